//! Faults on demand.

use std::borrow::Borrow;
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderName, HeaderValue};
use http::{Response, StatusCode};
use intercom_core::{ErrorCode, Spec};

use crate::emulator::Emulator;
use crate::refusal::Refusal;

/// What goes wrong.
///
/// A number stands for [`Fault::status`]: `emulator.fail_any().with(503)`.
#[derive(Debug, Clone)]
pub struct Fault(pub(crate) Kind);

#[derive(Debug, Clone)]
pub(crate) enum Kind {
    Status(Answer),
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

/// What is answered instead of doing the operation.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    status: StatusCode,
    body: Option<Bytes>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Fault {
    /// This status, with the envelope of an error as its body, and the operation not done. A number
    /// that is no status stands for 500.
    #[must_use]
    pub fn status(status: u16) -> Self {
        Self(Kind::Status(Answer {
            status: status_of(status),
            body: None,
            headers: Vec::new(),
        }))
    }

    /// This status, with the HTML page of a proxy and no header of Intercom's, and the operation not
    /// done. A number that is no status stands for 500.
    #[must_use]
    pub fn page(status: u16) -> Self {
        Self(Kind::Page(status_of(status)))
    }

    /// 429 and the operation not done, with a window that is used up and ends after this time. The
    /// headers say so in whole seconds; whoever asks again, even before, is answered.
    #[must_use]
    pub const fn rate_limited(wait: Duration) -> Self {
        Self(Kind::RateLimited(wait))
    }

    /// 200 without a body. The operation is done.
    #[must_use]
    pub const fn empty_body() -> Self {
        Self(Kind::EmptyBody)
    }

    /// A body that breaks off in its middle. The operation is done.
    #[must_use]
    pub const fn truncated_body() -> Self {
        Self(Kind::TruncatedBody)
    }

    /// Half of the body, and a `Content-Length` that says that this is all. The operation is done.
    #[must_use]
    pub const fn short_length() -> Self {
        Self(Kind::ShortLength)
    }

    /// A gzip body that ends before its end, whether or not gzip was asked for. The operation is
    /// done.
    #[must_use]
    pub const fn broken_gzip() -> Self {
        Self(Kind::BrokenGzip)
    }

    /// A body that comes 16 bytes at a time, with this pause before each. The operation is done. In
    /// process, the clock moves with each pause.
    #[must_use]
    pub const fn trickle(pause: Duration) -> Self {
        Self(Kind::Trickle(pause))
    }

    /// The connection closes, and the operation was not done.
    #[must_use]
    pub const fn reset_before() -> Self {
        Self(Kind::ResetBefore)
    }

    /// The connection closes although the operation was done.
    #[must_use]
    pub const fn reset_after() -> Self {
        Self(Kind::ResetAfter)
    }

    /// A reply as ever, after which the connection closes without having said so. In process there
    /// is no connection, and so no fault.
    #[must_use]
    pub const fn close_after() -> Self {
        Self(Kind::CloseAfter)
    }

    /// No answer, and the operation not done. In process, the clock moves to the deadline.
    #[must_use]
    pub const fn hang() -> Self {
        Self(Kind::Hang)
    }

    /// This body with the status. Other faults have none.
    #[must_use]
    pub fn body(mut self, body: impl Into<Bytes>) -> Self {
        if let Kind::Status(answer) = &mut self.0 {
            answer.body = Some(body.into());
        }
        self
    }

    /// This header with the status. Other faults have none, and one that is not valid is left out.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        if let Kind::Status(answer) = &mut self.0
            && let (Ok(name), Ok(value)) =
                (HeaderName::try_from(name), HeaderValue::try_from(value))
        {
            answer.headers.push((name, value));
        }
        self
    }
}

fn status_of(number: u16) -> StatusCode {
    StatusCode::from_u16(number).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
}

/// What proxies say.
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

impl Answer {
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
            None => Refusal::new(self.status, code, "A fault on demand").reply(request_id),
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

/// Which requests fail, and how.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// `None` for any operation.
    operation: Option<&'static str>,
    first: usize,
    /// `None` for all from the first on.
    times: Option<usize>,
    seen: usize,
    fault: Fault,
}

impl Faults {
    /// What goes wrong with the next request for this operation. Every rule counts it.
    pub(crate) fn next(&mut self, operation: Option<&'static str>) -> Option<Kind> {
        let mut found = None;
        for rule in &mut self.0 {
            if rule.operation.is_some() && rule.operation != operation {
                continue;
            }
            rule.seen += 1;
            let ends = rule.times.map(|times| rule.first.saturating_add(times));
            let hits = rule.seen >= rule.first && ends.is_none_or(|end| rule.seen < end);
            if hits && found.is_none() {
                found = Some(rule.fault.0.clone());
            }
        }
        found
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Says which calls fail; [`with`](Self::with) says how, and sets the fault.
#[derive(Debug)]
#[must_use = "nothing fails until `with` says how"]
pub struct FaultBuilder<'a> {
    emulator: &'a Emulator,
    operation: Option<&'static str>,
    first: usize,
    times: Option<usize>,
}

impl<'a> FaultBuilder<'a> {
    pub(crate) fn new(emulator: &'a Emulator, operation: Option<&'static str>) -> Self {
        Self {
            emulator,
            operation,
            first: 1,
            times: Some(1),
        }
    }

    pub(crate) fn of(emulator: &'a Emulator, operation: &impl Borrow<Spec>) -> Self {
        Self::new(emulator, Some(operation.borrow().name))
    }

    /// From the n-th call on, counted from now; the first is 1.
    pub const fn nth(mut self, n: usize) -> Self {
        self.first = if n == 0 { 1 } else { n };
        self
    }

    /// So many calls in a row; one, unless told.
    pub const fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// All calls, until the faults are cleared.
    pub const fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Sets the fault.
    pub fn with(self, fault: impl Into<Fault>) {
        self.emulator.lock().faults.0.push(Rule {
            operation: self.operation,
            first: self.first,
            times: self.times,
            seen: 0,
            fault: fault.into(),
        });
    }
}
