//! Faults: what can go wrong with a request.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use intercom_core::ErrorCode;
use serde_json::{Value, json};

use super::reply::error_reply;
use crate::refusal::Refusal;

/// A fault to inject.
///
/// A number is shorthand for [`Fault::status`]: `emulator.fail_any().with(503)`.
#[derive(Debug, Clone)]
pub struct Fault(pub(crate) FaultKind);

#[derive(Debug, Clone)]
pub(crate) enum FaultKind {
    Status(FixedReply),
    Page(StatusCode),
    RateLimited(Duration),
    EmptyBody,
    TruncatedBody,
    ShortLength,
    BrokenGzip,
    Trickle(Duration),
    ResetBefore,
    ResetAfter,
    CloseAfter,
    Hang,
}

/// A reply that is sent instead of performing the operation.
#[derive(Debug, Clone)]
pub(crate) struct FixedReply {
    status: StatusCode,
    body: Option<Bytes>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Fault {
    /// Replies with this status and an error envelope, without performing the operation. An invalid
    /// status becomes 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self(FaultKind::Status(FixedReply {
            status: status_of(status),
            body: None,
            headers: Vec::new(),
        }))
    }

    /// Replies as a proxy would: with this status, an HTML page and none of Intercom's headers. The
    /// operation is not performed. An invalid status becomes 500.
    #[must_use]
    pub fn page(status: u16) -> Self {
        Self(FaultKind::Page(status_of(status)))
    }

    /// Replies 429 with an exhausted rate-limit window that resets after `wait`, without performing
    /// the operation. The headers round up to whole seconds. Later requests are not limited, even
    /// those sent before the reset.
    #[must_use]
    pub const fn rate_limited(wait: Duration) -> Self {
        Self(FaultKind::RateLimited(wait))
    }

    /// Performs the operation and replies 200 without a body.
    #[must_use]
    pub const fn empty_body() -> Self {
        Self(FaultKind::EmptyBody)
    }

    /// Performs the operation and breaks the connection in the middle of the body.
    #[must_use]
    pub const fn truncated_body() -> Self {
        Self(FaultKind::TruncatedBody)
    }

    /// Performs the operation and sends half of the body, with a `Content-Length` that matches.
    #[must_use]
    pub const fn short_length() -> Self {
        Self(FaultKind::ShortLength)
    }

    /// Performs the operation and sends a truncated gzip body, whether or not the client accepts
    /// gzip.
    #[must_use]
    pub const fn broken_gzip() -> Self {
        Self(FaultKind::BrokenGzip)
    }

    /// Performs the operation and sends the body 16 bytes at a time, pausing before each piece. In
    /// process, every pause advances the clock.
    #[must_use]
    pub const fn trickle(pause: Duration) -> Self {
        Self(FaultKind::Trickle(pause))
    }

    /// Closes the connection without performing the operation.
    #[must_use]
    pub const fn reset_before() -> Self {
        Self(FaultKind::ResetBefore)
    }

    /// Performs the operation and closes the connection without a reply.
    #[must_use]
    pub const fn reset_after() -> Self {
        Self(FaultKind::ResetAfter)
    }

    /// Replies normally and then closes the connection without announcing it. In process there is
    /// no connection, so this has no effect.
    #[must_use]
    pub const fn close_after() -> Self {
        Self(FaultKind::CloseAfter)
    }

    /// Never replies, and does not perform the operation. In process, the clock advances to the
    /// request's deadline.
    #[must_use]
    pub const fn hang() -> Self {
        Self(FaultKind::Hang)
    }

    /// Describes the fault as JSON.
    pub(crate) fn describe(&self) -> Value {
        let millis = |time: &Duration| u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        match &self.0 {
            FaultKind::Status(fixed) => {
                let mut fault = json!({"kind": "status", "status": fixed.status.as_u16()});
                if let Some(body) = &fixed.body {
                    fault["body"] = String::from_utf8_lossy(body).into_owned().into();
                }
                for (name, value) in &fixed.headers {
                    fault["headers"][name.as_str()] = value.to_str().unwrap_or_default().into();
                }
                fault
            }
            FaultKind::Page(status) => json!({"kind": "page", "status": status.as_u16()}),
            FaultKind::RateLimited(wait) => {
                json!({"kind": "rate_limited", "wait_seconds": wait.as_secs()})
            }
            FaultKind::Trickle(pause) => json!({"kind": "trickle", "pause_ms": millis(pause)}),
            FaultKind::EmptyBody => json!({"kind": "empty_body"}),
            FaultKind::TruncatedBody => json!({"kind": "truncated_body"}),
            FaultKind::ShortLength => json!({"kind": "short_length"}),
            FaultKind::BrokenGzip => json!({"kind": "broken_gzip"}),
            FaultKind::ResetBefore => json!({"kind": "reset_before"}),
            FaultKind::ResetAfter => json!({"kind": "reset_after"}),
            FaultKind::CloseAfter => json!({"kind": "close_after"}),
            FaultKind::Hang => json!({"kind": "hang"}),
        }
    }

    /// Sets the body of a [`status`](Self::status) fault; other faults ignore it.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let FaultKind::Status(reply) = &mut self.0 {
            reply.body = Some(body.into());
        }
        self
    }

    /// Adds a header to a [`status`](Self::status) fault; other faults ignore it. An invalid header
    /// is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let FaultKind::Status(reply) = &mut self.0
            && let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            reply.headers.push((name, value));
        }
        self
    }
}

fn status_of(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// Returns the kind of page that proxies send.
pub(crate) fn page(status: StatusCode) -> Response<Bytes> {
    let html = format!("<html><body><h1>{status}</h1></body></html>");
    let mut page = Response::new(Bytes::from(html));
    *page.status_mut() = status;
    let html = HeaderValue::from_static("text/html");
    page.headers_mut().insert(CONTENT_TYPE, html);
    page
}

impl From<u16> for Fault {
    fn from(status: u16) -> Self {
        Self::status(status)
    }
}

impl FixedReply {
    pub(crate) fn reply(self, request_id: &str) -> Response<Bytes> {
        let code = match self.status.as_u16() {
            401 => ErrorCode::Unauthorized,
            404 => ErrorCode::NotFound,
            429 => ErrorCode::RateLimitExceeded,
            503 => ErrorCode::ServiceUnavailable,
            500..=599 => ErrorCode::ServerError,
            _ => ErrorCode::ClientError,
        };
        let mut reply = match self.body {
            Some(body) => Response::new(body),
            None if self.status.as_u16() < 400 => Response::default(),
            None => {
                let refusal = Refusal::new(self.status, code, "Injected fault");
                error_reply(refusal, request_id)
            }
        };
        *reply.status_mut() = self.status;
        for (name, value) in self.headers {
            reply.headers_mut().insert(name, value);
        }
        if !reply.body().is_empty() {
            let json = HeaderValue::from_static("application/json; charset=utf-8");
            reply.headers_mut().entry(CONTENT_TYPE).or_insert(json);
        }
        reply
    }
}
