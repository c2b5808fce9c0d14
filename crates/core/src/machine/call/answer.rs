//! What a response means, or the lack of one: success, failure, or another attempt.

use std::time::Duration;

use bytes::Bytes;
use http::header::CONTENT_LENGTH;
use http::{HeaderMap, StatusCode};

use super::{Call, Step, Undecodable, Wanted};
use crate::error::{
    ApiError, DecodeError, DecodeErrorKind, Error, RequestError, TransportError,
    TransportErrorKind, is_transient, may_have_been_processed,
};
use crate::policy::MAX_WAIT;
use crate::transport::Now;
use crate::wire::{RateLimit, RawReply};

/// How much of the body of an error is read, in bytes.
const MAX_ERROR_BODY: u64 = 1024 * 1024;

/// The resolution of the times that the service sends.
const SECOND: Duration = Duration::from_secs(1);

/// How long to wait after a 429 that does not say: the length of a window.
const WINDOW: Duration = Duration::from_secs(10);

impl Call {
    pub(super) fn head(&mut self, status: StatusCode, headers: HeaderMap, now: Now) -> Step {
        self.rate.observe(&headers, now);
        let request_id = headers.get("x-request-id").and_then(|id| id.to_str().ok());
        self.reporter.response(status, request_id, now);
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
        // The start of an error says what is wrong, however long the body is.
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
        // Some proxies reply like this. An idempotent request can be sent again.
        if reply.body().is_empty() && self.spec.has_body {
            let wait = self.retry(self.spec.idempotent, None, now);
            let error = self.decode_error(reply, DecodeErrorKind::Empty, None);
            return self.wait_or_fail(wait, Error::Decode(error));
        }
        self.retries.succeeded();
        Step::Done(reply)
    }

    /// The service replied with an error.
    fn refused(&mut self, reply: RawReply, now: Now) -> Step {
        let status = reply.status();
        let error = ApiError::new(
            self.info(),
            self.reporter.attempts(),
            reply,
            may_have_been_processed(status) && !self.spec.idempotent,
        );
        // A request that was refused for its token was not processed, so even a write may be sent
        // again.
        if status == StatusCode::UNAUTHORIZED
            && self.token.refused.is_none()
            && let Some(used) = self.token.used.take()
        {
            self.token.refused = Some(used);
            let error = Error::Api(Box::new(error));
            self.reporter.retry(&error, Duration::ZERO);
            self.last = Some(error);
            return self.send(false, now);
        }
        let wait = if status == StatusCode::TOO_MANY_REQUESTS && is_of_window(&error) {
            // It was refused before processing, so even a write may be sent again.
            let wait = Self::until_window(&error.reply, now);
            self.rate.exhausted(wait, now);
            let again = self.reporter.attempts() <= self.policy.retries && wait <= MAX_WAIT;
            let wait = wait.saturating_add(self.policy.backoff(0, self.random.f64()));
            (again && self.fits(wait, now)).then_some(wait)
        } else if is_transient(status) {
            let asked = error.reply.retry_after();
            let again = self.spec.idempotent && asked.is_none_or(|wait| wait <= MAX_WAIT);
            self.retry(again, asked, now)
        } else {
            None
        };
        self.wait_or_fail(wait, Error::Api(Box::new(error)))
    }

    pub(super) fn failed(&mut self, error: TransportError, start: Bytes, now: Now) -> Step {
        self.release();
        self.reporter.failure(&error, now);
        let reply = self
            .head
            .take()
            .map(|(status, headers)| RawReply::new(status, headers, start));
        let again = match &reply {
            // The status says more than the loss of the body.
            Some(reply) if !self.is_success(reply.status()) => {
                return self.refused(reply.clone(), now);
            }
            // The server replied, so it received the request, whatever the transport says.
            Some(_) => self.spec.idempotent,
            None => match error.kind() {
                TransportErrorKind::Refused | TransportErrorKind::Tls => false,
                _ => !error.may_have_been_sent() || self.spec.idempotent,
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
        let error = self.decode_error(reply, DecodeErrorKind::TooLarge { limit }, None);
        Step::Fail(Error::Decode(error))
    }

    /// How long to wait before another attempt; `None` if there is none.
    fn retry(&mut self, again: bool, asked: Option<Duration>, now: Now) -> Option<Duration> {
        if !again || self.reporter.attempts() > self.policy.retries {
            return None;
        }
        let jitter = self.policy.backoff(
            self.reporter.attempts().saturating_sub(1),
            self.random.f64(),
        );
        let wait = asked.map_or(jitter, |asked| {
            asked.saturating_add(jitter.min(self.policy.base))
        });
        (self.fits(wait, now) && self.retries.take(now)).then_some(wait)
    }

    /// How long to wait after a 429. The reset has a resolution of one second, so the wait is at least
    /// that long.
    fn until_window(reply: &RawReply, now: Now) -> Duration {
        let by_headers = || {
            let rate = RateLimit::read(reply.headers())?;
            let wait = rate.until_reset(reply.headers(), now.system).max(SECOND);
            // A reset beyond that is a mistake, or the clock's.
            (wait <= MAX_WAIT).then_some(wait)
        };
        reply.retry_after().or_else(by_headers).unwrap_or(WINDOW)
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || (self.spec.redirects && status.is_redirection())
    }

    /// A success that could not be decoded. If it is not even JSON, it may be the page of a proxy, or
    /// cut short, and an idempotent request can be sent again.
    pub(super) fn undecodable(&mut self, undecodable: Undecodable, now: Now) -> Step {
        let (kind, source) = undecodable.error.into_parts();
        let error = self.decode_error(undecodable.reply, kind, source);
        let wait = self.retry(self.spec.idempotent && error.is_transient(), None, now);
        self.wait_or_fail(wait, Error::Decode(error))
    }

    fn decode_error(
        &self,
        reply: RawReply,
        kind: DecodeErrorKind,
        source: Option<serde_json::Error>,
    ) -> Box<DecodeError> {
        Box::new(DecodeError {
            info: self.info(),
            attempts: self.reporter.attempts(),
            reply,
            kind,
            // Most likely it was processed; but the reply may be that of a proxy.
            outcome_unknown: !self.spec.idempotent,
            source,
        })
    }

    pub(super) fn lost(&self, source: TransportError, reply: Option<RawReply>) -> Error {
        let outcome_unknown =
            (source.may_have_been_sent() || reply.is_some()) && !self.spec.idempotent;
        Error::Transport(Box::new(RequestError {
            info: self.info(),
            attempts: self.reporter.attempts(),
            source,
            reply,
            outcome_unknown,
        }))
    }

    /// Waits for another attempt and keeps the error, or fails with it.
    fn wait_or_fail(&mut self, wait: Option<Duration>, error: Error) -> Step {
        match wait {
            Some(wait) => {
                self.reporter.retry(&error, wait);
                self.last = Some(error);
                Step::Wait(wait)
            }
            None => Step::Fail(error),
        }
    }
}

/// Whether a 429 is about the rate limit. Others are about the number of running jobs, and do not end
/// with the window.
fn is_of_window(error: &ApiError) -> bool {
    let says = |word| {
        let mut errors = error.errors.errors.iter();
        errors.any(|error| error.message.as_ref().is_some_and(|it| it.contains(word)))
    };
    let remaining = error.reply.rate_limit().map(|rate| rate.remaining);
    // There are windows for the app and for the workspace; the headers describe one of them.
    says("_seconds") || (!says(" jobs") && remaining.is_none_or(|remaining| remaining == 0))
}
