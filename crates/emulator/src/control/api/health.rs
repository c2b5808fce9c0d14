//! Health and reset.

use serde_json::json;

use super::{Answer, Body, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, required};

static HEALTH: Shape = Shape {
    name: "Health",
    about: "The state of the emulator.",
    fields: &[
        required("status", Kind::Choice(&["ok"]), "Always `ok`."),
        required("version", Kind::Text, "The version of the emulator."),
        required("workspace_id", Kind::Text, "The id of the workspace."),
        required(
            "requests",
            Kind::Integer(0, u64::MAX),
            "The number of API requests so far.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/health",
        about: "Replies as soon as the emulator is ready.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&HEALTH),
        run: |call| {
            let state = call.emulator.lock();
            Ok(json!({
                "status": "ok",
                "version": env!("CARGO_PKG_VERSION"),
                "workspace_id": state.service.workspace.workspace_id,
                "requests": state.journal.total(),
            })
            .into())
        },
    },
    Route {
        method: "POST",
        path: "/reset",
        about: "Returns to the state in which the emulator started, and removes faults and journal.",
        query: &[],
        body: Body::Object(&Shape {
            name: "Reset",
            about: "Nothing.",
            fields: &[],
        }),
        reply: ReplyKind::Nothing,
        run: |call| {
            call.emulator.reset();
            Ok(Answer::Nothing)
        },
    },
];
