//! Snapshots.

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::Snapshot;

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/snapshot",
        about: "Returns everything that the workspace stores.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Other(
            "The snapshot. What it contains beside `snapshot`, the version of the format, may change.",
        ),
        run: take,
    },
    Route {
        method: "PUT",
        path: "/snapshot",
        about: "Replaces the workspace by that of a snapshot. A frozen clock returns to the time of the snapshot.",
        query: &[],
        body: Body::Free("A snapshot, as GET returned it."),
        reply: ReplyKind::Nothing,
        run: restore,
    },
];

fn take(call: &Call<'_>) -> Result<Answer, Problem> {
    let snapshot = call.emulator.snapshot();
    let mut json = Vec::new();
    snapshot.write_to(&mut json).map_err(|error| {
        let message = format!("the snapshot cannot be written: {error}");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, message)
    })?;
    let mut reply = Response::new(Bytes::from(json));
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    reply.headers_mut().insert(CONTENT_TYPE, kind);
    Ok(Answer::Whole(reply))
}

fn restore(call: &Call<'_>) -> Result<Answer, Problem> {
    let snapshot = Snapshot::read_from(&call.request.body()[..]);
    let snapshot =
        snapshot.map_err(|error| Problem::new(StatusCode::BAD_REQUEST, error.to_string()))?;
    call.emulator.restore(&snapshot);
    Ok(Answer::Nothing)
}
