//! One attempt to send a request, and its limits.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{Method, Request, Response, Version};
use intercom_core::transport::{Deadline, TransportError};
use ureq::Agent;

use crate::classify::classify;
use crate::current::{self, Attempt};

/// The limits of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Limits {
    connect: Option<Instant>,
    head: Option<Instant>,
    whole: Option<Instant>,
    idle: Option<Duration>,
}

impl Limits {
    /// The limits of an attempt that begins now; `None` if its deadline has passed.
    pub(crate) fn from(deadline: Deadline, connect: Duration, now: Instant) -> Option<Self> {
        let head = deadline.until_head();
        if head.is_some_and(|end| end <= now) {
            return None;
        }
        let connect = deadline.connect.map_or(connect, |limit| limit.min(connect));
        Some(Self {
            // A time that overflows the clock is no limit.
            connect: now.checked_add(connect).into_iter().chain(head).min(),
            head,
            whole: deadline.whole,
            idle: deadline.idle,
        })
    }
}

/// Sends the request once and reads the head of the response.
pub(crate) fn attempt(
    agent: &Agent,
    request: Request<Bytes>,
    limits: Limits,
) -> Result<Response<ureq::Body>, TransportError> {
    let (mut parts, body) = request.into_parts();
    parts.version = Version::HTTP_11;
    let attempt = Attempt {
        authorization: parts.headers.remove(AUTHORIZATION),
        connect: limits.connect,
        head: limits.head,
        whole: limits.whole,
        idle: limits.idle,
        begun: false,
    };
    // A write without a body has one of length zero.
    let has_body = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
    let (outcome, begun) = current::running(attempt, || {
        if has_body || !body.is_empty() {
            // In this form ureq sends a body with any method.
            agent.run(Request::from_parts(parts, &body[..]))
        } else {
            agent.run(Request::from_parts(parts, ()))
        }
    });
    outcome.map_err(|error| classify(error, begun))
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
    fn an_enormous_limit_is_no_limit() {
        let limits = Limits::from(Deadline::none(), Duration::MAX, Instant::now()).unwrap();
        assert_eq!(limits.connect, None);
    }

    #[test]
    fn a_deadline_in_the_past_leaves_no_time() {
        let now = Instant::now();
        assert_eq!(Limits::from(Deadline::at(now), SECOND, now), None);
        assert_eq!(Limits::from(Deadline::head_at(now), SECOND, now), None);
    }
}
