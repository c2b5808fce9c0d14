//! The delay with which searches find new objects.

use std::time::Duration;

use serde_json::json;

use super::{Answer, Body, Call, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, optional, required};
use crate::query::SearchLag;

const PERCENT: Kind = Kind::Integer(0, 100);
const ABOUT_PERCENT: &str = "The percentage of new objects that searches find with a delay.";
/// A day at most.
const SECONDS: Kind = Kind::Integer(0, 86_400);
const ABOUT_SECONDS: &str = "The longest delay, in seconds of the emulator's clock.";

static LAG: Shape = Shape {
    name: "SearchLag",
    about: "The delay with which searches find new contacts, companies, conversations and tickets.",
    fields: &[
        required("percent", PERCENT, ABOUT_PERCENT),
        required("up_to_seconds", SECONDS, ABOUT_SECONDS),
        required(
            "seed",
            Kind::Integer(0, u64::MAX),
            "Decides which objects are delayed.",
        ),
    ],
};

static CHANGE: Shape = Shape {
    name: "SearchLagChange",
    about: "The new lag.",
    fields: &[
        required("percent", PERCENT, ABOUT_PERCENT),
        required("up_to_seconds", SECONDS, ABOUT_SECONDS),
        optional(
            "seed",
            Kind::Integer(0, u64::MAX),
            "Decides which objects are delayed; 0 by default.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/search_lag",
        about: "Returns the delay with which searches find new objects.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&LAG),
        run: |call| Ok(show(call)),
    },
    Route {
        method: "PUT",
        path: "/search_lag",
        about: "Sets the delay with which searches find new objects.",
        query: &[],
        body: Body::Object(&CHANGE),
        reply: ReplyKind::Object(&LAG),
        run: |call| {
            let number = |name| call.body.integer(name).unwrap_or_default();
            let percent = u8::try_from(number("percent")).unwrap_or(100);
            let lag = SearchLag::new(percent, Duration::from_secs(number("up_to_seconds")));
            call.emulator.set_search_lag(lag.seed(number("seed")));
            Ok(show(call))
        },
    },
];

fn show(call: &Call<'_>) -> Answer {
    let lag = call.emulator.lock().service.search_lag;
    json!({
        "percent": lag.percent(),
        "up_to_seconds": lag.up_to(),
        "seed": lag.seeded_with(),
    })
    .into()
}
