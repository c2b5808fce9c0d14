//! One attempt to send a request, and what it has to keep to.

use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION};
use http::request::Parts;
use http::{HeaderValue, Method, Request, Response, Version};
use intercom_core::transport::Deadline;
use ureq::{Agent, AsSendBody};

use crate::secret;

/// Longer than any request, and short enough that adding it to a time cannot overflow.
const FOREVER: Duration = Duration::from_secs(365 * 24 * 60 * 60);

/// How long an attempt may take, counted from now.
#[derive(Clone, Copy)]
pub(crate) struct Limits {
    whole: Option<Duration>,
    head: Option<Duration>,
    connect: Duration,
}

impl Limits {
    /// What is left until the deadline, or `None` if it has passed.
    pub(crate) fn until(deadline: Deadline, connect: Duration) -> Option<Self> {
        let now = Instant::now();
        let left = |end: Instant| end.saturating_duration_since(now).min(FOREVER);
        let (whole, head) = (deadline.whole.map(left), deadline.until_head().map(left));
        if head.is_some_and(|left| left.is_zero()) {
            return None;
        }
        let connect = deadline.connect.map_or(connect, |limit| limit.min(connect));
        Some(Self {
            whole,
            head,
            connect: connect.min(FOREVER),
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
        let parts = self.parts.clone();
        // Without a body, a write has one of length zero. The others have none.
        let has_body = matches!(parts.method, Method::POST | Method::PUT | Method::PATCH);
        let run = || {
            if has_body || !self.body.is_empty() {
                // ureq sends any body that is given to it so, also with GET and DELETE.
                run(
                    agent,
                    Request::from_parts(parts, &self.body[..]),
                    limits,
                    connection,
                )
            } else {
                run(agent, Request::from_parts(parts, ()), limits, connection)
            }
        };
        secret::sending(self.authorization.clone(), run)
    }
}

fn run(
    agent: &Agent,
    request: Request<impl AsSendBody>,
    limits: Limits,
    connection: Connection,
) -> Result<Response<ureq::Body>, ureq::Error> {
    let mut options = agent
        .configure_request(request)
        .timeout_global(limits.whole)
        // Each step up to the head may take that long, for ureq has no limit for all together.
        .timeout_send_request(limits.head)
        .timeout_send_body(limits.head)
        .timeout_recv_response(limits.head)
        .timeout_connect(Some(limits.connect));
    if connection == Connection::New {
        // No connection is that young.
        options = options.max_idle_age(Duration::ZERO);
    }
    agent.run(options.build())
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn the_shorter_limit_for_connecting_counts() {
        let connect = |own| {
            Limits::until(Deadline::none().with_connect(own), 3 * SECOND)
                .unwrap()
                .connect
        };
        assert_eq!(connect(None), 3 * SECOND);
        assert_eq!(connect(Some(SECOND)), SECOND);
        assert_eq!(connect(Some(5 * SECOND)), 3 * SECOND);
    }

    #[test]
    fn a_limit_without_measure_is_cut() {
        let limits = Limits::until(Deadline::none(), Duration::MAX).unwrap();
        assert_eq!((limits.whole, limits.connect), (None, FOREVER));
        let far = Instant::now() + 3 * FOREVER;
        let limits = Limits::until(Deadline::at(far), SECOND).unwrap();
        assert_eq!(limits.whole, Some(FOREVER));
    }

    #[test]
    fn a_deadline_that_has_passed_leaves_nothing() {
        assert!(Limits::until(Deadline::at(Instant::now()), SECOND).is_none());
    }
}
