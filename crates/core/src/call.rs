//! A call from its first attempt to its reply, without I/O.
//!
//! [`Call::next`] is told what happened and says what to do. The async and the blocking client walk
//! the same steps, so neither can behave otherwise than the other.

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{AUTHORIZATION, CONTENT_LENGTH};
use http::{HeaderMap, Request, StatusCode};

use crate::config::{CallOptions, Config, NO_LIMIT};
use crate::error::{
    ApiError, CallError, DecodeError, DecodeReason, EncodeError, Error, Subject, TokenError,
    TokenReason, is_passing, may_have_acted,
};
use crate::prepare::{bearer, complete};
use crate::rate::{Caller, Permission, RateBudget, RateLimit};
use crate::reply::RawReply;
use crate::retry::RetryPolicy;
use crate::token::{AccessToken, Answer, ProvidedToken};
use crate::transport::{Deadline, Now, TransportError, TransportErrorKind};
use crate::version::Spec;
use crate::watch::Watch;

/// How much of an error's body is read.
const MAX_ERROR_BODY: u64 = 1024 * 1024;

/// The unit of the times that the service tells.
const SECOND: Duration = Duration::from_secs(1);

/// How long to hold back after a 429 that does not say: the length of a window.
const WINDOW: Duration = Duration::from_secs(10);

/// What a call is told.
#[derive(Debug)]
pub(crate) enum Event {
    /// It begins.
    Start,
    /// The token of a [`Step::Token`], or why there is none.
    Token(Answer),
    /// There was none within the time.
    NoToken,
    /// The time of a [`Step::Wait`] is over.
    Waited,
    /// The head of a response came.
    Head(StatusCode, HeaderMap),
    /// The whole body came.
    Body(Bytes),
    /// The body is longer than the limit of [`Step::Read`], up to which it is here.
    TooLarge(Bytes),
    /// No response came, or not all of it; with what came of its body.
    Failed(TransportError, Bytes),
}

/// What a call does next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Gets a token from the provider, in place of the one that was refused, within this time.
    Token(Option<AccessToken>, Option<Duration>),
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

/// Where the token of a call comes from.
#[derive(Debug)]
struct Token {
    /// What the provider gave last; `None` where the configuration has the token.
    provided: Option<Arc<ProvidedToken>>,
    /// The one that the request has.
    used: Option<AccessToken>,
    /// The one that was refused. It is replaced once.
    refused: Option<AccessToken>,
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
    idle_timeout: Option<Duration>,
    deadline: Option<Instant>,
    max_body: u64,
    rate: Arc<dyn RateBudget>,
    retries: Arc<crate::retry::RetryBudget>,
    random: fastrand::Rng,
    token: Token,
    pub(crate) watch: Watch,
    /// Whether a permit of the rate budget is held.
    holds_permit: bool,
    /// Whether the rate budget said to wait.
    held_back: bool,
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
        provided: Option<Arc<ProvidedToken>>,
        random: fastrand::Rng,
    ) -> Result<Self, EncodeError> {
        let version = options.version.clone().unwrap_or_default();
        if !spec.exists_in(&version) {
            return Err(EncodeError::version(&spec, &version));
        }
        let mut request = complete(&spec, encoded, config, options, &version)?;
        if provided.is_none() {
            let header = bearer(&spec, &config.token)?;
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        let server = &config.base_url.authority;
        let watch = Watch::new(&spec, version, server, config.observer.clone());
        Ok(Self {
            spec,
            request,
            token: Token {
                provided,
                used: None,
                refused: None,
            },
            watch,
            wanted,
            policy: options.retry.unwrap_or_default(),
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
            idle_timeout: options.idle_timeout.filter(|it| *it < NO_LIMIT),
            deadline: None,
            max_body: config.max_body,
            rate: Arc::clone(&config.rate_budget),
            retries: Arc::clone(&config.retry_budget),
            random,
            holds_permit: false,
            held_back: false,
            head: None,
            last: None,
        })
    }

    /// Sets these headers, whatever the options say.
    pub(crate) fn set_headers(&mut self, headers: HeaderMap) {
        self.request.headers_mut().extend(headers);
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
        let step = self.step(event, now);
        match &step {
            Step::Send(..) => self.watch.request(now),
            Step::Done(_) => self.watch.done(now),
            Step::Fail(error) => self.watch.failed(error, now),
            Step::Token(..) | Step::Wait(_) | Step::Read(_) => {}
        }
        step
    }

    /// What watches the call.
    pub(crate) const fn watch(&self) -> &Watch {
        &self.watch
    }

    fn step(&mut self, event: Event, now: Now) -> Step {
        match event {
            Event::Start => {
                self.watch.begin(now);
                self.deadline = self
                    .timeout
                    .and_then(|timeout| now.instant.checked_add(timeout));
                self.send(false, now)
            }
            Event::Token(Ok(token)) => self.token(token, now),
            Event::Token(Err(source)) => self.no_token(TokenReason::Provider(source)),
            Event::NoToken => self.no_token(TokenReason::Late),
            Event::Waited => {
                let waited = std::mem::take(&mut self.held_back);
                self.send(waited, now)
            }
            Event::Head(status, headers) => self.head(status, headers, now),
            Event::Body(body) => self.body(body, now),
            Event::TooLarge(start) => self.too_large(start, now),
            Event::Failed(error, start) => self.failed(error, start, now),
        }
    }

    /// Sends the next attempt, where the token is there and the rate limit allows it. `waited` says
    /// whether it was the rate limit that held it back.
    fn send(&mut self, waited: bool, now: Now) -> Step {
        if self.is_late(now) {
            return self.too_late(TransportError::new(TransportErrorKind::Timeout));
        }
        if let Some(provided) = self.token.provided.clone()
            && self.token.used.is_none()
        {
            let refused = self.token.refused.as_ref();
            let Some(token) = provided.other_than(refused) else {
                let left = self
                    .deadline
                    .map(|deadline| deadline.saturating_duration_since(now.instant));
                return Step::Token(refused.cloned(), left);
            };
            if let Err(error) = self.use_token(token) {
                return Step::Fail(error.into());
            }
        }
        let caller = Caller {
            deadline: self.deadline,
            waited,
        };
        match self.rate.acquire(caller, now) {
            Permission::Granted => {
                self.holds_permit = true;
                let deadline = match (self.deadline, self.wanted) {
                    (None, _) => Deadline::none(),
                    (Some(deadline), Wanted::Body) => Deadline::at(deadline),
                    (Some(deadline), Wanted::Stream) => Deadline::head_at(deadline),
                };
                Step::Send(
                    self.request.clone(),
                    deadline
                        .with_connect(self.connect_timeout)
                        .with_idle(self.idle_timeout),
                )
            }
            Permission::After(wait) if self.fits(wait, now) => {
                self.watch.wait(wait);
                self.held_back = true;
                Step::Wait(wait)
            }
            Permission::After(_) => {
                let reason = "the rate limit leaves no request before the deadline";
                self.too_late(TransportError::new(TransportErrorKind::Timeout).with_source(reason))
            }
        }
    }

    /// The provider gave a token.
    fn token(&mut self, token: AccessToken, now: Now) -> Step {
        if self.is_late(now) {
            return self.no_token(TokenReason::Late);
        }
        if self.token.refused.as_ref() == Some(&token)
            && let Some(last) = self.last.take()
        {
            return Step::Fail(last);
        }
        match self.use_token(token) {
            Ok(()) => self.send(false, now),
            Err(error) => Step::Fail(error.into()),
        }
    }

    /// The provider gave none.
    fn no_token(&mut self, reason: TokenReason) -> Step {
        let refusal = match self.last.take() {
            Some(Error::Api(refusal)) => Some(refusal),
            _ => None,
        };
        Step::Fail(Error::Token(Box::new(TokenError {
            subject: self.subject(),
            reason,
            refusal,
        })))
    }

    fn use_token(&mut self, token: AccessToken) -> Result<(), EncodeError> {
        let header = bearer(&self.spec, &token)?;
        self.request.headers_mut().insert(AUTHORIZATION, header);
        self.token.used = Some(token);
        Ok(())
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

    fn failed(&mut self, error: TransportError, start: Bytes, now: Now) -> Step {
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

    fn too_large(&mut self, start: Bytes, now: Now) -> Step {
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

    fn is_late(&self, now: Now) -> bool {
        self.deadline
            .is_some_and(|deadline| now.instant >= deadline)
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

#[cfg(test)]
mod tests;
