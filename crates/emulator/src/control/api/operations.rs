//! The operations of the API.

use intercom_core::api;
use serde_json::json;

use super::{Body, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, required};
use crate::http::is_emulated;

static OPERATION: Shape = Shape {
    name: "Operation",
    about: "An operation of the API.",
    fields: &[
        required("name", Kind::Text, "Its name, such as `contacts::Search`."),
        required("method", Kind::Text, "Its method."),
        required(
            "path",
            Kind::Text,
            "Its path, with the arguments in braces.",
        ),
        required("since", Kind::Text, "The first version that has it."),
        required(
            "until",
            Kind::Nullable(&Kind::Text),
            "The last version that has it; null if it still exists.",
        ),
        required(
            "emulated",
            Kind::Flag,
            "Whether it is emulated; otherwise it replies 501.",
        ),
    ],
};

static LIST: Shape = Shape {
    name: "Operations",
    about: "All operations of all versions.",
    fields: &[
        required("total", Kind::Integer(0, u64::MAX), "How many there are."),
        required(
            "emulated",
            Kind::Integer(0, u64::MAX),
            "How many of them are emulated.",
        ),
        required(
            "operations",
            Kind::List(&Kind::Object(&OPERATION)),
            "By resource.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[Route {
    method: "GET",
    path: "/operations",
    about: "Lists the operations, and whether they are emulated.",
    query: &[],
    body: Body::None,
    reply: ReplyKind::Object(&LIST),
    run: |_| {
        let operations = api::ALL.iter().map(|spec| {
            json!({
                "name": spec.name,
                "method": spec.method.as_str(),
                "path": spec.path,
                "since": spec.since.as_str(),
                "until": spec.until.as_ref().map(|version| version.as_str()),
                "emulated": is_emulated(spec),
            })
        });
        Ok(json!({
            "total": api::ALL.len(),
            "emulated": api::ALL.iter().filter(|spec| is_emulated(spec)).count(),
            "operations": operations.collect::<Vec<_>>(),
        })
        .into())
    },
}];
