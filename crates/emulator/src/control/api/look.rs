//! Looking at the workspace without leaving a trace.

use bytes::Bytes;
use http::{Request, StatusCode};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/look/{path*}",
        about: "Replies as the API does to a GET of this path and query, without a token, and without the request being counted, limited, failed or written to the journal.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Other("The reply of the API."),
        run: look,
    },
    Route {
        method: "POST",
        path: "/look/{path*}",
        about: "The same for the operations that search.",
        query: &[],
        body: Body::Free("The body of the search."),
        reply: ReplyKind::Other("The reply of the API."),
        run: look,
    },
];

fn look(call: &Call<'_>) -> Result<Answer, Problem> {
    let path = call.arguments.first().map_or("", String::as_str);
    let query = call.request.uri().query();
    let query = query.map_or_else(String::new, |query| format!("?{query}"));
    let request = Request::builder()
        .method(call.request.method())
        .uri(format!("/{path}{query}"))
        .body(Bytes::clone(call.request.body()));
    let request = request.map_err(|error| {
        Problem::new(
            StatusCode::BAD_REQUEST,
            format!("`{path}` is not a path: {error}"),
        )
    })?;
    let reply = call.emulator.lock().service.look(&request);
    let reply = reply.ok_or_else(|| {
        let message = "only GET and operations that search can be looked at";
        Problem::new(StatusCode::BAD_REQUEST, message)
    })?;
    Ok(Answer::Whole(reply))
}
