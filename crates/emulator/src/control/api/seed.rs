//! Fixtures.

use http::StatusCode;
use serde_json::json;

use super::{Answer, Body, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, required};
use crate::control::seed::FIELDS;

static SEED: Shape = Shape {
    name: "Seed",
    about: "Objects to create, by resource. `$name` names an object, and `\"$ada\"` stands for the id of the one that is named `ada`.",
    fields: FIELDS,
};

static SEEDED: Shape = Shape {
    name: "Seeded",
    about: "What was created.",
    fields: &[
        required(
            "created",
            Kind::Map(&Kind::List(&Kind::Any)),
            "The objects by resource, as the API shows them.",
        ),
        required(
            "names",
            Kind::Map(&Kind::Any),
            "The ids of the objects that have a `$name`.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[Route {
    method: "POST",
    path: "/seed",
    about: "Creates objects: all of them, or none if there is a mistake.",
    query: &[],
    body: Body::Object(&SEED),
    reply: ReplyKind::Object(&SEEDED),
    run: |call| {
        let seeded = call.emulator.plant(&call.body)?;
        let body = json!({"created": seeded.created, "names": seeded.names});
        Ok(Answer::Json(StatusCode::CREATED, body))
    },
}];
