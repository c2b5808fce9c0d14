//! The rate limit.

use serde_json::{Value, json};

use super::{Answer, Body, Call, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, required};
use crate::http::QuotaWindow;

static WINDOW: Shape = Shape {
    name: "QuotaWindow",
    about: "A window of ten seconds.",
    fields: &[
        required(
            "start",
            Kind::Integer(0, u64::MAX),
            "When it starts, in seconds since 1970.",
        ),
        required(
            "end",
            Kind::Integer(0, u64::MAX),
            "When it ends, in seconds since 1970.",
        ),
        required(
            "used",
            Kind::Integer(0, u64::MAX),
            "How many requests were let through.",
        ),
        required(
            "refused",
            Kind::Integer(0, u64::MAX),
            "How many requests were refused with 429.",
        ),
    ],
};

static QUOTA: Shape = Shape {
    name: "Quota",
    about: "The rate limit.",
    fields: &[
        required(
            "limit",
            Kind::Nullable(&Kind::Integer(0, u64::MAX)),
            "How many requests a window allows; null for any number.",
        ),
        required("window", Kind::Object(&WINDOW), "The current window."),
        required(
            "past",
            Kind::List(&Kind::Object(&WINDOW)),
            "Up to 60 windows before it in which there were requests, oldest first.",
        ),
    ],
};

static CHANGE: Shape = Shape {
    name: "QuotaChange",
    about: "The new limit. What was used of the current window stays used.",
    fields: &[required(
        "limit",
        Kind::Nullable(&Kind::Integer(0, 1_000_000)),
        "How many requests a window of ten seconds allows; null for any number.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/quota",
        about: "Returns the rate limit and its windows.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&QUOTA),
        run: |call| Ok(show(call)),
    },
    Route {
        method: "PUT",
        path: "/quota",
        about: "Changes the rate limit.",
        query: &[],
        body: Body::Object(&CHANGE),
        reply: ReplyKind::Object(&QUOTA),
        run: |call| {
            call.emulator.set_rate_limit(call.body.integer("limit"));
            Ok(show(call))
        },
    },
];

fn window(window: QuotaWindow) -> Value {
    json!({
        "start": window.start,
        "end": window.end(),
        "used": window.used,
        "refused": window.refused,
    })
}

fn show(call: &Call<'_>) -> Answer {
    let service = &mut call.emulator.lock().service;
    let now = service.clock.now().system;
    let current = service.limit.window(now);
    json!({
        "limit": service.limit.limit(),
        "window": window(current),
        "past": service.limit.past().map(window).collect::<Vec<_>>(),
    })
    .into()
}
