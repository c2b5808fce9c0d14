//! What an answer means, and the lack of one: whether the call is over, or has another attempt.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use super::{Call, Step, Wanted};
use crate::error::{
    ApiError, CallError, DecodeError, DecodeReason, Error, is_passing, may_have_acted,
};
use crate::rate::RateLimit;
use crate::reply::RawReply;
use crate::transport::{Now, TransportError, TransportErrorKind};

/// How much of an error's body is read.
const MAX_ERROR_BODY: u64 = 1024 * 1024;

/// The unit of the times that the service tells.
const SECOND: Duration = Duration::from_secs(1);

/// How long to hold back after a 429 that does not say: the length of a window.
const WINDOW: Duration = Duration::from_secs(10);

impl Call {
    pub(super) fn head(&mut self, status: StatusCode, headers: HeaderMap, now: Now) -> Step {
        self.rate.observe(&headers, now);
        let request_id = headers.get("x-request-id").and_then(|id| id.to_str().ok());
        self.watch.response(status, request_id, now);
        let announced = headers
            .get(CONTENT_LENGTH)
            .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
        let success = self.is_success(status);
        let limit = if success {
            self.max_body
        } else {
            MAX_ERROR_BODY
        };
        if success && self.wanted == Wanted::Stream {
            self.release();
            self.retries.succeeded();
            return Step::Done(RawReply::new(status, headers, Bytes::new()));
        }
        self.head = Some((status, headers));
        // The start of an error says what is wrong, however long it is.
        if success && announced.is_some_and(|length| length > limit) {
            self.too_large(Bytes::new(), now)
        } else {
            Step::Read(limit)
        }
    }

    pub(super) fn body(&mut self, body: Bytes, now: Now) -> Step {
        self.release();
        let Some((status, headers)) = self.head.take() else {
            return Step::Fail(self.lost(TransportError::new(TransportErrorKind::Protocol), None));
        };
        let reply = RawReply::new(status, headers, body);
        if !self.is_success(status) {
            return self.refused(reply, now);
        }
        // A proxy answers so at times; what is only read can be asked for again.
        if reply.body().is_empty() && self.spec.replies {
            let wait = self.retry(self.spec.replay, None, now);
            return self.wait_or_fail(wait, self.undecodable(reply, DecodeReason::Empty, None));
        }
        self.retries.succeeded();
        Step::Done(reply)
    }

    /// The service answered with an error.
    fn refused(&mut self, reply: RawReply, now: Now) -> Step {
        let status = reply.status();
        let error = ApiError::new(
            self.subject(),
            self.watch.attempts(),
            reply,
            may_have_acted(status) && !self.spec.replay,
        );
        // A request that was refused for its token was not processed, so even a write may be sent
        // again.
        if status == StatusCode::UNAUTHORIZED
            && self.token.refused.is_none()
            && let Some(used) = self.token.used.take()
        {
            self.token.refused = Some(used);
            let error = Error::Api(Box::new(error));
            self.watch.retry(&error, Duration::ZERO);
            self.last = Some(error);
            return self.send(false, now);
        }
        let wait = if status == StatusCode::TOO_MANY_REQUESTS && is_of_window(&error) {
            // It was refused before it was processed, so even a write may be sent again.
            let wait = Self::until_window(&error.reply, now);
            self.rate.exhausted(wait, now);
            let wait = wait.saturating_add(self.policy.backoff(0, self.random.f64()));
            (self.watch.attempts() <= self.policy.retries && self.fits(wait, now)).then_some(wait)
        } else if is_passing(status) {
            self.retry(self.spec.replay, error.reply.retry_after(), now)
        } else {
            None
        };
        self.wait_or_fail(wait, Error::Api(Box::new(error)))
    }

    pub(super) fn failed(&mut self, error: TransportError, start: Bytes, now: Now) -> Step {
        self.release();
        self.watch.failure(&error, now);
        let reply = self
            .head
            .take()
            .map(|(status, headers)| RawReply::new(status, headers, start));
        let again = match &reply {
            // The status says more than the loss of the body that explains it.
            Some(reply) if !self.is_success(reply.status()) => {
                return self.refused(reply.clone(), now);
            }
            // What was answered was received, whatever the transport says.
            Some(_) => self.spec.replay,
            None => match error.kind() {
                TransportErrorKind::Refused | TransportErrorKind::Tls => false,
                _ => !error.sent() || self.spec.replay,
            },
        };
        let wait = self.retry(again, None, now);
        self.wait_or_fail(wait, self.lost(error, reply))
    }

    pub(super) fn too_large(&mut self, start: Bytes, now: Now) -> Step {
        self.release();
        let (status, headers) = self.head.take().unwrap_or_default();
        let reply = RawReply::new(status, headers, start);
        if !self.is_success(status) {
            return self.refused(reply, now);
        }
        let limit = self.max_body;
        Step::Fail(self.undecodable(reply, DecodeReason::TooLarge { limit }, None))
    }

    /// How long to wait before another attempt, where there may be one.
    fn retry(&mut self, again: bool, asked: Option<Duration>, now: Now) -> Option<Duration> {
        if !again || self.watch.attempts() > self.policy.retries {
            return None;
        }
        let jitter = self
            .policy
            .backoff(self.watch.attempts().saturating_sub(1), self.random.f64());
        let wait = asked.map_or(jitter, |asked| {
            asked.saturating_add(jitter.min(self.policy.base))
        });
        (self.fits(wait, now) && self.retries.take(now)).then_some(wait)
    }

    /// How long to hold back after a 429. A reset is told in whole seconds, so it is never sooner than
    /// in one.
    fn until_window(reply: &RawReply, now: Now) -> Duration {
        let by_headers = || {
            let rate = RateLimit::read(reply.headers())?;
            Some(rate.until_reset(reply.headers(), now).max(SECOND))
        };
        reply.retry_after().or_else(by_headers).unwrap_or(WINDOW)
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || (self.spec.redirects && status.is_redirection())
    }

    /// A success whose body is not what the endpoint gives.
    pub(crate) fn undecodable(
        &self,
        reply: RawReply,
        reason: DecodeReason,
        source: Option<serde_json::Error>,
    ) -> Error {
        Error::Decode(Box::new(DecodeError {
            subject: self.subject(),
            attempts: self.watch.attempts(),
            reply,
            reason,
            // Most likely it was done; but who knows who answered.
            outcome_unknown: !self.spec.replay,
            source,
        }))
    }

    pub(super) fn lost(&self, source: TransportError, reply: Option<RawReply>) -> Error {
        let outcome_unknown = (source.sent() || reply.is_some()) && !self.spec.replay;
        Error::Transport(Box::new(CallError {
            subject: self.subject(),
            attempts: self.watch.attempts(),
            source,
            reply,
            outcome_unknown,
        }))
    }

    /// Waits for another attempt, and keeps why; or fails.
    fn wait_or_fail(&mut self, wait: Option<Duration>, error: Error) -> Step {
        match wait {
            Some(wait) => {
                self.watch.retry(&error, wait);
                self.last = Some(error);
                Step::Wait(wait)
            }
            None => Step::Fail(error),
        }
    }
}

/// Whether a 429 is about a window. Others count jobs that are running, and are not over with it.
fn is_of_window(error: &ApiError) -> bool {
    let says = |word| {
        let mut errors = error.errors.errors.iter();
        errors.any(|error| error.message.as_ref().is_some_and(|it| it.contains(word)))
    };
    let remaining = error.reply.rate_limit().map(|rate| rate.remaining);
    // There are windows of the app and of the workspace, and the headers tell of one of them.
    says("_seconds") || (!says(" jobs") && remaining.is_none_or(|remaining| remaining == 0))
}
