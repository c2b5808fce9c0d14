//! What can be set by a single number: the lag of the second replica, and the time zone.

use std::time::Duration;

use serde_json::json;

use super::{Answer, Body, Call, ReplyKind, Route};
use crate::control::schema::{Kind, Shape, required};
use crate::http::MAX_LAG;
use crate::query::UtcOffset;

static REPLICA_LAG: Shape = Shape {
    name: "ReplicaLag",
    about: "How far the second replica, which answers every other read, lags behind.",
    fields: &[required(
        "seconds",
        Kind::Number(0.0, MAX_LAG.as_secs() as f64),
        "The lag in seconds of the emulator's clock; 0 if there is only one replica.",
    )],
};

static UTC_OFFSET: Shape = Shape {
    name: "UtcOffset",
    about: "The time zone of the workspace.",
    fields: &[required(
        "minutes",
        Kind::Number(UtcOffset::LIMITS.0 as f64, UtcOffset::LIMITS.1 as f64),
        "How far it is ahead of UTC, in minutes.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/replica_lag",
        about: "Returns how far the second replica lags behind.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&REPLICA_LAG),
        run: |call| Ok(replica_lag(call)),
    },
    Route {
        method: "PUT",
        path: "/replica_lag",
        about: "Sets how far the second replica lags behind. Every other read is then answered as it would have been that long ago.",
        query: &[],
        body: Body::Object(&REPLICA_LAG),
        reply: ReplyKind::Object(&REPLICA_LAG),
        run: |call| {
            let seconds = call.body.number("seconds").unwrap_or_default();
            let lag = Duration::try_from_secs_f64(seconds).unwrap_or_default();
            call.emulator.set_replica_lag(lag);
            Ok(replica_lag(call))
        },
    },
    Route {
        method: "GET",
        path: "/utc_offset",
        about: "Returns the time zone of the workspace.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&UTC_OFFSET),
        run: |call| Ok(utc_offset(call)),
    },
    Route {
        method: "PUT",
        path: "/utc_offset",
        about: "Sets the time zone of the workspace, by whose days stable versions compare the dates of contacts.",
        query: &[],
        body: Body::Object(&UTC_OFFSET),
        reply: ReplyKind::Object(&UTC_OFFSET),
        run: |call| {
            let minutes = call.body.number("minutes").unwrap_or_default();
            call.emulator.set_utc_offset(minutes as i16);
            Ok(utc_offset(call))
        },
    },
];

fn replica_lag(call: &Call<'_>) -> Answer {
    let lag = call.emulator.lock().service.replica.lag();
    json!({ "seconds": lag.as_secs_f64() }).into()
}

fn utc_offset(call: &Call<'_>) -> Answer {
    let offset = call.emulator.lock().service.utc_offset;
    json!({ "minutes": offset.minutes() }).into()
}
