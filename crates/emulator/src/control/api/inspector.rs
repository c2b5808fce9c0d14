//! The inspector: a page for people.

use bytes::Bytes;
use http::Response;
use http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, X_FRAME_OPTIONS};

use super::{Answer, Body, Problem, ReplyKind, Route};

/// Nothing comes from elsewhere, and nobody shows the page inside of theirs.
const POLICY: &str = "default-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

const fn file(
    path: &'static str,
    about: &'static str,
    run: fn(&super::Call<'_>) -> Result<Answer, Problem>,
) -> Route {
    Route {
        method: "GET",
        path,
        about,
        query: &[],
        body: Body::None,
        reply: ReplyKind::Other("A file of the inspector."),
        run,
    }
}

pub(super) static ROUTES: &[Route] = &[
    file("/", "The inspector, for people with a browser.", |_| {
        Ok(page(
            "text/html; charset=utf-8",
            include_str!("../inspector/index.html"),
        ))
    }),
    file("/inspector.css", "The style of the inspector.", |_| {
        Ok(page(
            "text/css; charset=utf-8",
            include_str!("../inspector/style.css"),
        ))
    }),
    file("/inspector.js", "The program of the inspector.", |_| {
        Ok(page(
            "text/javascript; charset=utf-8",
            include_str!("../inspector/inspector.js"),
        ))
    }),
];

fn page(kind: &'static str, content: &'static str) -> Answer {
    let mut reply = Response::new(Bytes::from_static(content.as_bytes()));
    for (name, value) in [
        (CONTENT_TYPE, kind),
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_FRAME_OPTIONS, "DENY"),
    ] {
        reply
            .headers_mut()
            .insert(name, HeaderValue::from_static(value));
    }
    Answer::Whole(reply)
}
