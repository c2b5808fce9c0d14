//! Canvas requests to an app.

use std::time::Instant;

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use serde_json::{Value, json};

use super::{Answer, Body, Call, Problem, ReplyKind, Route, json_reply};
use crate::control::canvas::{CanvasRequest, FLOWS, Flow, LOCATIONS};
use crate::control::schema::{Invalid, Kind, Shape, optional, required};
use crate::control::send::send;
use crate::control::webhooks::check_url;
use crate::http::Later;

const OBJECT: Kind = Kind::Map(&Kind::Any);

/// The fields that are sent as they are.
const SENT: [&str; 6] = [
    "component_id",
    "input_values",
    "current_canvas",
    "card_creation_options",
    "canvas",
    "sheet_values",
];

static NEW: Shape = Shape {
    name: "NewCanvasRequest",
    about: "What somebody does with an app, and where.",
    fields: &[
        required(
            "url",
            Kind::Text,
            "The URL of the app for this flow, by http.",
        ),
        optional(
            "secret",
            Kind::Text,
            "The client secret of the app, with which the request is signed; empty by default.",
        ),
        required(
            "flow",
            Kind::Choice(FLOWS),
            "What happens: the app is opened, a component is used, a teammate configures the app, a live canvas is viewed, a sheet is opened or submitted.",
        ),
        optional(
            "location",
            Kind::Choice(LOCATIONS),
            "The place in the Messenger. Without it, `initialize` and `submit` come from the Inbox, and the others from a conversation.",
        ),
        optional(
            "conversation_id",
            Kind::Text,
            "The conversation; required in the Inbox.",
        ),
        optional(
            "contact_id",
            Kind::Text,
            "The contact; the first of the conversation by default.",
        ),
        optional(
            "admin_id",
            Kind::Text,
            "The teammate; the owner of the workspace by default.",
        ),
        optional(
            "component_id",
            Kind::Text,
            "The component that is used; required by `submit` and `open_sheet`.",
        ),
        optional(
            "input_values",
            OBJECT,
            "The values of the fields, by the ids of their components.",
        ),
        optional(
            "current_canvas",
            OBJECT,
            "The canvas that is shown, as the app sent it.",
        ),
        optional(
            "card_creation_options",
            OBJECT,
            "The results of the configuration.",
        ),
        optional(
            "canvas",
            OBJECT,
            "The live canvas; required by `live_canvas`.",
        ),
        optional(
            "sheet_values",
            OBJECT,
            "What the page of the sheet submits; required by `submit_sheet`.",
        ),
    ],
};

static EXCHANGE: Shape = Shape {
    name: "CanvasExchange",
    about: "A canvas request and the app's reply.",
    fields: &[
        required("request", OBJECT, "The body of the request."),
        required(
            "signature",
            Kind::Text,
            "The header `X-Body-Signature` of the request.",
        ),
        required(
            "status",
            Kind::Nullable(&Kind::Integer(100, 999)),
            "The status of the reply; null if there was none.",
        ),
        required(
            "reply",
            Kind::Any,
            "The body of the reply: JSON, or else text.",
        ),
        required("error", Kind::Nullable(&Kind::Text), "Why there was none."),
        required("took_ms", Kind::Integer(0, u64::MAX), "How long it took."),
    ],
};

pub(super) static ROUTES: &[Route] = &[Route {
    method: "POST",
    path: "/canvas",
    about: "Sends a canvas request to an app, and returns the app's reply: within 5 seconds, and of at most 1 MiB.",
    query: &[],
    body: Body::Object(&NEW),
    reply: ReplyKind::Object(&EXCHANGE),
    run: request,
}];

fn request(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = &call.body;
    let text = |name| body.text(name).unwrap_or_default();
    let url = text("url");
    check_url(url).map_err(|message| Invalid::new("url", message))?;
    let mut flows = Flow::ALL.into_iter();
    let flow = flows.find(|flow| flow.as_str() == text("flow"));
    let mut canvas = CanvasRequest::new(flow.unwrap_or(Flow::Initialize));
    for name in SENT {
        if let Some(value) = body.get(name).filter(|value| !value.is_null()) {
            canvas = canvas.field(name, value.clone());
        }
    }
    if let Some(location) = body.text("location") {
        canvas = canvas.location(location);
    }
    if let Some(id) = body.text("conversation_id") {
        canvas = canvas.conversation(id);
    }
    if let Some(id) = body.text("contact_id") {
        canvas = canvas.contact(id);
    }
    if let Some(id) = body.text("admin_id") {
        canvas = canvas.admin(id);
    }
    let request = call
        .emulator
        .canvas_request_to(url, &canvas, text("secret"))
        .map_err(|error| Invalid::new(error.field, error.to_string()))?;
    Ok(Answer::Later(Later(Box::pin(exchange(request)))))
}

async fn exchange(request: Request<Bytes>) -> Response<Bytes> {
    let sent: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let signature = request.headers().get("x-body-signature");
    let signature = signature.and_then(|value| value.to_str().ok());
    let signature = signature.unwrap_or_default().to_owned();
    let started = Instant::now();
    let outcome = send(request).await;
    let took = started.elapsed().as_millis();
    let reply = outcome.as_ref().map(Response::body).map(|body| {
        let text = || String::from_utf8_lossy(body).into_owned().into();
        serde_json::from_slice(body).unwrap_or_else(|_| text())
    });
    let exchange = json!({
        "request": sent,
        "signature": signature,
        "status": outcome.as_ref().ok().map(|reply| reply.status().as_u16()),
        "reply": reply.unwrap_or(Value::Null),
        "error": outcome.as_ref().err(),
        "took_ms": u64::try_from(took).unwrap_or(u64::MAX),
    });
    json_reply(StatusCode::OK, &exchange)
}
