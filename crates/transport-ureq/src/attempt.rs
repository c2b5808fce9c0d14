//! One attempt to send a request, and what it has to keep to.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, Version};
use intercom_core::transport::Deadline;
use ureq::Agent;

use crate::current::{self, Attempt};

/// Until when an attempt may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    connect: Option<Instant>,
    head: Option<Instant>,
    whole: Option<Instant>,
    idle: Option<Duration>,
}

impl Limits {
    /// For an attempt that begins now, or `None` if it is too late for one.
    pub(crate) fn from(deadline: Deadline, connect: Duration, now: Instant) -> Option<Self> {
        let head = deadline.until_head();
        if head.is_some_and(|end| end <= now) {
            return None;
        }
        let connect = deadline.connect.map_or(connect, |limit| limit.min(connect));
        Some(Self {
            // A time beyond what the clock can tell is no limit.
            connect: now.checked_add(connect).into_iter().chain(head).min(),
            head,
            whole: deadline.whole,
            idle: deadline.idle,
        })
    }
}

/// Where an attempt may get its connection.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Connection {
    /// From the pool, or a new one if there is none.
    Any,
    /// A new one.
    New,
}

/// A request that can be sent more than once.
pub(crate) struct Outgoing {
    parts: Parts,
    authorization: Option<HeaderValue>,
    body: Bytes,
}

impl Outgoing {
    pub(crate) fn new(request: Request<Bytes>) -> Self {
        let (mut parts, body) = request.into_parts();
        parts.version = Version::HTTP_11;
        let gzip = HeaderValue::from_static("gzip");
        parts.headers.entry(ACCEPT_ENCODING).or_insert(gzip);
        let authorization = parts.headers.remove(AUTHORIZATION);
        Self {
            parts,
            authorization,
            body,
        }
    }

    pub(crate) fn method(&self) -> &Method {
        &self.parts.method
    }

    /// Sends the request once, and reads the head of the reply.
    pub(crate) fn attempt(
        &self,
        agent: &Agent,
        limits: Limits,
        connection: Connection,
    ) -> Result<Response<ureq::Body>, ureq::Error> {
        let attempt = Attempt {
            authorization: self.authorization.clone(),
            fresh: connection == Connection::New,
            connect: limits.connect,
            head: limits.head,
            whole: limits.whole,
            idle: limits.idle,
        };
        let parts = self.parts.clone();
        // Without a body, a write has one of length zero. The others have none.
        let has_body = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
        current::running(attempt, || {
            if has_body || !self.body.is_empty() {
                // ureq sends any body that is given to it so, also with GET and DELETE.
                agent.run(Request::from_parts(parts, &self.body[..]))
            } else {
                agent.run(Request::from_parts(parts, ()))
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_shorter_limit_for_connecting_counts() {
        let now = Instant::now();
        let connect = |deadline| Limits::from(deadline, 3 * SECOND, now).unwrap().connect;
        let own = |limit| Deadline::none().with_connect(Some(limit));
        assert_eq!(connect(Deadline::none()), Some(now + 3 * SECOND));
        assert_eq!(connect(own(SECOND)), Some(now + SECOND));
        assert_eq!(connect(own(5 * SECOND)), Some(now + 3 * SECOND));
        assert_eq!(connect(Deadline::at(now + SECOND)), Some(now + SECOND));
        assert_eq!(connect(Deadline::head_at(now + SECOND)), Some(now + SECOND));
    }

    #[test]
    fn a_limit_without_measure_is_none() {
        let limits = Limits::from(Deadline::none(), Duration::MAX, Instant::now()).unwrap();
        assert_eq!(limits.connect, None);
    }

    #[test]
    fn a_deadline_that_has_passed_leaves_nothing() {
        let now = Instant::now();
        assert_eq!(Limits::from(Deadline::at(now), SECOND, now), None);
        assert_eq!(Limits::from(Deadline::head_at(now), SECOND, now), None);
    }
}
