//! The content of exports.

use serde_json::json;

use super::{Answer, Body, Call, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, required};

static EXPORT: Shape = Shape {
    name: "Export",
    about: "What exports that are started from now on contain.",
    fields: &[required(
        "csv",
        Kind::Nullable(&Kind::Text),
        "The CSV; null for no data, as at the start.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/export",
        about: "Returns the content of exports.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&EXPORT),
        run: |call| Ok(show(call)),
    },
    Route {
        method: "PUT",
        path: "/export",
        about: "Sets the content of exports.",
        query: &[],
        body: Body::Object(&EXPORT),
        reply: ReplyKind::Object(&EXPORT),
        run: |call| {
            let csv = call.body.text("csv").map(str::to_owned);
            call.emulator.lock().service.workspace.export = csv;
            Ok(show(call))
        },
    },
];

fn show(call: &Call<'_>) -> Answer {
    json!({ "csv": call.emulator.lock().service.workspace.export }).into()
}
