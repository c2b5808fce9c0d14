//! The clock.

use std::time::{Duration, SystemTime};

use intercom_core::model::Timestamp;
use serde_json::json;

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::schema::{Invalid, Kind, Shape, optional, required};
use crate::store::MAX_RATE;

/// The longest time to advance by at once, in seconds: a hundred years.
const MAX_ADVANCE: f64 = 3_155_760_000.0;

static CLOCK: Shape = Shape {
    name: "Clock",
    about: "The emulator's clock.",
    fields: &[
        required("now", Kind::Number(0.0, f64::MAX), "Seconds since 1970."),
        required("time", Kind::Text, "The same as ISO 8601."),
        required(
            "rate",
            Kind::Number(0.0, MAX_RATE),
            "How fast it runs: 0 if it is frozen, 1 in real time.",
        ),
        required("frozen", Kind::Flag, "Whether it stands still."),
    ],
};

static CHANGE: Shape = Shape {
    name: "ClockChange",
    about: "What to change, applied in this order: freeze, rate, now, advance_by.",
    fields: &[
        optional(
            "freeze",
            Kind::Flag,
            "Stops the clock, or lets it run in real time.",
        ),
        optional(
            "rate",
            Kind::Number(0.0, MAX_RATE),
            "How fast it runs: 60 makes a minute of a second.",
        ),
        optional(
            "now",
            Kind::Number(0.0, MAX_ADVANCE * 2.0),
            "The time in seconds since 1970.",
        ),
        optional(
            "advance_by",
            Kind::Number(0.0, MAX_ADVANCE),
            "Seconds to advance by.",
        ),
    ],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/clock",
        about: "Returns the time.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&CLOCK),
        run: |call| Ok(show(call)),
    },
    Route {
        method: "PUT",
        path: "/clock",
        about: "Freezes, advances or sets the clock, or changes how fast it runs.",
        query: &[],
        body: Body::Object(&CHANGE),
        reply: ReplyKind::Object(&CLOCK),
        run: change,
    },
];

fn show(call: &Call<'_>) -> Answer {
    let state = call.emulator.lock();
    let clock = &state.service.clock;
    let now = clock.now().system;
    let since = now.duration_since(SystemTime::UNIX_EPOCH);
    json!({
        "now": since.unwrap_or_default().as_secs_f64(),
        "time": Timestamp::from(now).to_string(),
        "rate": clock.rate(),
        "frozen": clock.is_stopped(),
    })
    .into()
}

fn change(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = &call.body;
    if body.has("freeze") && body.has("rate") {
        return Err(Invalid::new("rate", "give `freeze` or `rate`, not both").into());
    }
    let seconds = |name| {
        let seconds = body.number(name);
        seconds.and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
    };
    {
        let mut state = call.emulator.lock();
        let clock = &mut state.service.clock;
        if let Some(freeze) = body.flag("freeze") {
            clock.set_rate(if freeze { 0.0 } else { 1.0 });
        }
        if let Some(rate) = body.number("rate") {
            clock.set_rate(rate);
        }
        if let Some(now) = seconds("now") {
            clock.set(SystemTime::UNIX_EPOCH + now);
        }
        if let Some(duration) = seconds("advance_by") {
            clock.advance(duration);
        }
    }
    call.emulator.deliver();
    Ok(show(call))
}
