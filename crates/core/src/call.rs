//! A call from its first attempt to its reply, without I/O.
//!
//! [`Call::next`] is told what happened and says what to do. The async and the blocking client walk
//! the same steps, so neither can behave otherwise than the other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_LENGTH, HeaderName, HeaderValue, USER_AGENT};
use http::uri::PathAndQuery;
use http::{HeaderMap, Request, StatusCode, Uri};

use crate::config::{CallOptions, Config};
use crate::error::{
    ApiError, CallError, DecodeError, DecodeReason, EncodeError, EncodeProblem, Error, Subject,
    is_passing, may_have_acted,
};
use crate::rate::{Permission, RateBudget, RateLimit};
use crate::reply::RawReply;
use crate::retry::RetryPolicy;
use crate::transport::{Deadline, Now, TransportError, TransportErrorKind};
use crate::version::Spec;

/// How much of an error's body is read.
const MAX_ERROR_BODY: u64 = 1024 * 1024;

/// How long to hold back after a 429 that does not say: the length of a window.
const WINDOW: Duration = Duration::from_secs(10);

/// Headers that follow from the rest of a call.
const RESERVED: &[&str] = &[
    "authorization",
    "content-length",
    "host",
    "intercom-version",
    "transfer-encoding",
];

/// What a call is told.
#[derive(Debug)]
pub(crate) enum Event {
    /// It begins.
    Start,
    /// The time of a [`Step::Wait`] is over.
    Waited,
    /// The head of a response came.
    Head(StatusCode, HeaderMap),
    /// The whole body came.
    Body(Bytes),
    /// The body is longer than the limit of [`Step::Read`].
    TooLarge,
    /// No response came, or not all of it.
    Failed(TransportError),
}

/// What a call does next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Sends this.
    Send(Request<Bytes>, Deadline),
    /// Waits so long.
    Wait(Duration),
    /// Reads the body, up to so many bytes.
    Read(u64),
    /// Is over. A streamed body is still to be read.
    Done(RawReply),
    /// Has failed.
    Fail(Error),
}

/// What is wanted of a reply's body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// All of it, collected.
    Body,
    /// On success, a stream.
    Stream,
}

/// A call in progress.
#[derive(Debug)]
pub(crate) struct Call {
    spec: Spec,
    request: Request<Bytes>,
    wanted: Wanted,
    policy: RetryPolicy,
    timeout: Option<Duration>,
    connect_timeout: Option<Duration>,
    deadline: Option<Instant>,
    max_body: u64,
    rate: Arc<dyn RateBudget>,
    retries: Arc<crate::retry::RetryBudget>,
    random: fastrand::Rng,
    attempts: u32,
    /// Whether a permit of the rate budget is held.
    holds_permit: bool,
    head: Option<(StatusCode, HeaderMap)>,
    /// Why there is another attempt; the error, where there is no time for it.
    last: Option<Error>,
}

impl Call {
    /// A call of a request that an endpoint encoded.
    pub(crate) fn new(
        spec: Spec,
        encoded: Request<Bytes>,
        wanted: Wanted,
        config: &Config,
        options: &CallOptions,
        random: fastrand::Rng,
    ) -> Result<Self, EncodeError> {
        let version = options.version.clone().unwrap_or_default();
        if !spec.exists_in(&version) {
            return Err(EncodeError::version(&spec, &version));
        }
        let request = complete(&spec, encoded, config, options, version.as_str())?;
        Ok(Self {
            spec,
            request,
            wanted,
            policy: options.retry.unwrap_or_default(),
            timeout: options.timeout,
            connect_timeout: config.connect_timeout,
            deadline: None,
            max_body: config.max_body,
            rate: Arc::clone(&config.rate_budget),
            retries: Arc::clone(&config.retry_budget),
            random,
            attempts: 0,
            holds_permit: false,
            head: None,
            last: None,
        })
    }

    /// What the call is about, for errors.
    pub(crate) fn subject(&self) -> Subject {
        Subject {
            endpoint: self.spec.name,
            method: self.spec.method,
            path: self.request.uri().path().to_owned(),
        }
    }

    /// What to do, after this happened.
    pub(crate) fn next(&mut self, event: Event, now: Now) -> Step {
        match event {
            Event::Start => {
                self.deadline = self
                    .timeout
                    .and_then(|timeout| now.instant.checked_add(timeout));
                self.send(now)
            }
            Event::Waited => self.send(now),
            Event::Head(status, headers) => self.head(status, headers, now),
            Event::Body(body) => self.body(body, now),
            Event::TooLarge => self.too_large(),
            Event::Failed(error) => self.failed(error, now),
        }
    }

    fn send(&mut self, now: Now) -> Step {
        if self
            .deadline
            .is_some_and(|deadline| now.instant >= deadline)
        {
            return self.too_late(TransportError::new(TransportErrorKind::Timeout));
        }
        match self.rate.acquire(now) {
            Permission::Granted => {
                self.holds_permit = true;
                self.attempts += 1;
                let deadline = match (self.deadline, self.wanted) {
                    (None, _) => Deadline::none(),
                    (Some(deadline), Wanted::Body) => Deadline::at(deadline),
                    (Some(deadline), Wanted::Stream) => Deadline::head_at(deadline),
                };
                Step::Send(
                    self.request.clone(),
                    deadline.with_connect(self.connect_timeout),
                )
            }
            Permission::After(wait) if self.fits(wait, now) => Step::Wait(wait),
            Permission::After(_) => {
                let reason = "the rate limit leaves no request before the deadline";
                self.too_late(TransportError::new(TransportErrorKind::Timeout).with_source(reason))
            }
        }
    }

    /// There is no time for an attempt: what came of the one before is the error, if there was one.
    fn too_late(&mut self, error: TransportError) -> Step {
        match self.last.take() {
            Some(last) => Step::Fail(last),
            None => Step::Fail(self.lost(error.not_sent(), None)),
        }
    }

    fn head(&mut self, status: StatusCode, headers: HeaderMap, now: Now) -> Step {
        self.rate.observe(&headers, now);
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
        if announced.is_some_and(|length| length > limit) {
            self.too_large()
        } else {
            Step::Read(limit)
        }
    }

    fn body(&mut self, body: Bytes, now: Now) -> Step {
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
            self.attempts,
            reply,
            may_have_acted(status) && !self.spec.replay,
        );
        let wait = if status == StatusCode::TOO_MANY_REQUESTS && is_of_window(&error) {
            // It was refused before it was processed, so even a write may be sent again.
            let wait = Self::until_window(&error.reply, now);
            self.rate.exhausted(wait, now);
            let wait = wait.saturating_add(self.policy.backoff(0, self.random.f64()));
            (self.attempts <= self.policy.retries && self.fits(wait, now)).then_some(wait)
        } else if is_passing(status) {
            self.retry(self.spec.replay, error.reply.retry_after(), now)
        } else {
            None
        };
        self.wait_or_fail(wait, Error::Api(Box::new(error)))
    }

    fn failed(&mut self, error: TransportError, now: Now) -> Step {
        self.release();
        let reply = self
            .head
            .take()
            .map(|(status, headers)| RawReply::new(status, headers, Bytes::new()));
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

    fn too_large(&mut self) -> Step {
        self.release();
        let (status, headers) = self.head.take().unwrap_or_default();
        let reply = RawReply::new(status, headers, Bytes::new());
        if !self.is_success(status) {
            let unknown = may_have_acted(status) && !self.spec.replay;
            return Step::Fail(Error::Api(Box::new(ApiError::new(
                self.subject(),
                self.attempts,
                reply,
                unknown,
            ))));
        }
        let limit = self.max_body;
        Step::Fail(self.undecodable(reply, DecodeReason::TooLarge { limit }, None))
    }

    /// How long to wait before another attempt, where there may be one.
    fn retry(&mut self, again: bool, asked: Option<Duration>, now: Now) -> Option<Duration> {
        if !again || self.attempts > self.policy.retries {
            return None;
        }
        let jitter = self
            .policy
            .backoff(self.attempts.saturating_sub(1), self.random.f64());
        let wait = asked.map_or(jitter, |asked| {
            asked.saturating_add(jitter.min(self.policy.base))
        });
        (self.fits(wait, now) && self.retries.take()).then_some(wait)
    }

    fn until_window(reply: &RawReply, now: Now) -> Duration {
        let by_headers =
            || RateLimit::read(reply.headers()).map(|rate| rate.until_reset(reply.headers(), now));
        reply.retry_after().or_else(by_headers).unwrap_or(WINDOW)
    }

    fn is_success(&self, status: StatusCode) -> bool {
        status.is_success() || (self.spec.redirects && status.is_redirection())
    }

    fn fits(&self, wait: Duration, now: Now) -> bool {
        self.deadline.is_none_or(|deadline| {
            now.instant
                .checked_add(wait)
                .is_some_and(|then| then < deadline)
        })
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
            reply,
            reason,
            // Most likely it was done; but who knows who answered.
            outcome_unknown: !self.spec.replay,
            source,
        }))
    }

    fn lost(&self, source: TransportError, reply: Option<RawReply>) -> Error {
        let outcome_unknown = (source.sent() || reply.is_some()) && !self.spec.replay;
        Error::Transport(Box::new(CallError {
            subject: self.subject(),
            attempts: self.attempts,
            source,
            reply,
            outcome_unknown,
        }))
    }

    /// Waits for another attempt, and keeps why; or fails.
    fn wait_or_fail(&mut self, wait: Option<Duration>, error: Error) -> Step {
        match wait {
            Some(wait) => {
                self.last = Some(error);
                Step::Wait(wait)
            }
            None => Step::Fail(error),
        }
    }

    fn release(&mut self) {
        if std::mem::take(&mut self.holds_permit) {
            self.rate.release();
        }
    }
}

/// A call that is dropped half-way gives its permit back.
impl Drop for Call {
    fn drop(&mut self) {
        self.release();
    }
}

/// Adds to a request the address and the headers that all have.
fn complete(
    spec: &Spec,
    encoded: Request<Bytes>,
    config: &Config,
    options: &CallOptions,
    version: &str,
) -> Result<Request<Bytes>, EncodeError> {
    let refuse = |problem| EncodeError::new(spec.name, problem);
    let (mut parts, body) = encoded.into_parts();
    parts.uri = Uri::builder()
        .scheme(config.base_url.scheme.clone())
        .authority(config.base_url.authority.clone())
        .path_and_query(
            parts
                .uri
                .path_and_query()
                .cloned()
                .unwrap_or_else(|| PathAndQuery::from_static("/")),
        )
        .build()
        .map_err(|error| refuse(EncodeProblem::Target(error.to_string())))?;

    let token = config.token.as_str();
    let mut bearer = HeaderValue::try_from(format!("Bearer {token}"))
        .ok()
        .filter(|_| !token.trim().is_empty())
        .ok_or_else(|| refuse(EncodeProblem::AccessToken))?;
    bearer.set_sensitive(true);
    parts.headers.insert(AUTHORIZATION, bearer);

    let version_name = HeaderName::from_static("intercom-version");
    for (name, value) in [(version_name, version), (USER_AGENT, &config.user_agent)] {
        let value = HeaderValue::from_str(value).map_err(|_| {
            refuse(EncodeProblem::Header {
                name: name.to_string(),
            })
        })?;
        parts.headers.insert(name, value);
    }
    parts
        .headers
        .entry(ACCEPT)
        .or_insert(HeaderValue::from_static(spec.accept));
    for (name, value) in &options.headers {
        let problem = || refuse(EncodeProblem::Header { name: name.clone() });
        let header = HeaderName::try_from(name.as_str()).map_err(|_| problem())?;
        if RESERVED.contains(&header.as_str()) {
            return Err(refuse(EncodeProblem::ReservedHeader { name: name.clone() }));
        }
        parts
            .headers
            .insert(header, HeaderValue::from_str(value).map_err(|_| problem())?);
    }
    Ok(Request::from_parts(parts, body))
}

/// Whether a 429 is about the window. Others count jobs that are running, and are not over with it.
fn is_of_window(error: &ApiError) -> bool {
    let remaining = error.reply.rate_limit().map(|rate| rate.remaining);
    let counts_jobs = error
        .errors
        .errors
        .iter()
        .filter_map(|error| error.message.as_deref())
        .any(|message| message.contains(" jobs"));
    !counts_jobs && remaining.is_none_or(|remaining| remaining == 0)
}

#[cfg(test)]
mod tests;
