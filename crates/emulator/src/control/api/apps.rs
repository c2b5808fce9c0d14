//! The apps that workspaces can authorize.

use http::StatusCode;
use serde_json::{Value, json};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::schema::{Invalid, Kind, Shape, optional, required};
use crate::http::oauth::OAuthApp;

/// How many apps there can be at once.
const MAX_APPS: usize = 100;

static NEW: Shape = Shape {
    name: "NewApp",
    about: "An app to register. One with the same client id is replaced.",
    fields: &[
        required("client_id", Kind::Text, "Its client id."),
        required("client_secret", Kind::Text, "Its client secret."),
        optional(
            "redirect_uris",
            Kind::List(&Kind::Text),
            "The URLs to which it may redirect, the default first; any without them.",
        ),
    ],
};

static APP: Shape = Shape {
    name: "App",
    about: "A registered app. Its secret is not shown.",
    fields: &[
        required("client_id", Kind::Text, "Its client id."),
        required(
            "redirect_uris",
            Kind::List(&Kind::Text),
            "The URLs to which it may redirect; empty for any.",
        ),
    ],
};

static APPS: Shape = Shape {
    name: "Apps",
    about: "The registered apps.",
    fields: &[required(
        "apps",
        Kind::List(&Kind::Object(&APP)),
        "Oldest first.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/apps",
        about: "Lists the apps that can be authorized by OAuth. While there is none, every client id and secret is taken.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&APPS),
        run: |call| {
            let state = call.emulator.lock();
            let apps: Vec<_> = state.service.oauth.apps().iter().map(show).collect();
            Ok(json!({ "apps": apps }).into())
        },
    },
    Route {
        method: "POST",
        path: "/apps",
        about: "Registers an app. All workspaces share the apps.",
        query: &[],
        body: Body::Object(&NEW),
        reply: ReplyKind::Object(&APP),
        run: register,
    },
    Route {
        method: "DELETE",
        path: "/apps/{client_id}",
        about: "Removes an app.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            let client_id = call.arguments.first();
            if client_id.is_some_and(|client_id| call.emulator.remove_app(client_id)) {
                Ok(Answer::Nothing)
            } else {
                Err(Problem::not_found("there is no app with this client id"))
            }
        },
    },
];

fn register(call: &Call<'_>) -> Result<Answer, Problem> {
    if call.emulator.lock().service.oauth.apps().len() >= MAX_APPS {
        let message = format!("there are {MAX_APPS} apps already: remove some with DELETE");
        return Err(Problem::new(StatusCode::CONFLICT, message));
    }
    let text = |name| call.body.text(name).unwrap_or_default();
    let mut app = OAuthApp::new(text("client_id"), text("client_secret"));
    for url in call.body.list("redirect_uris").into_iter().flatten() {
        app = app.redirect_uri(url.as_str().unwrap_or_default());
    }
    let shown = show(&app);
    call.emulator
        .register_app(app)
        .map_err(|error| Invalid::new(error.field, error.to_string()))?;
    Ok(Answer::Json(StatusCode::CREATED, shown))
}

fn show(app: &OAuthApp) -> Value {
    json!({"client_id": app.client_id, "redirect_uris": app.redirect_uris})
}
