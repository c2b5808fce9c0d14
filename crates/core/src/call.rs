//! A call from its first attempt to its reply, without I/O.
//!
//! [`Call::next`] is told what happened and says what to do. The async and the blocking client walk
//! the same steps, so neither can behave otherwise than the other.

mod answer;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request, StatusCode};

use crate::config::{CallOptions, NO_LIMIT};
use crate::engine::Shared;
use crate::error::{EncodeError, Error, Subject, TokenError, TokenReason};
use crate::prepare::{bearer, complete};
use crate::rate::{Caller, Permission, RateBudget};
use crate::reply::RawReply;
use crate::retry::{RetryBudget, RetryPolicy};
use crate::token::{AccessToken, Provided, ProvidedToken};
use crate::transport::{Deadline, Now, TransportError, TransportErrorKind};
use crate::version::Spec;
use crate::watch::Watch;

/// What a call is told.
#[derive(Debug)]
pub(crate) enum Event {
    /// It begins.
    Start,
    /// The token of a [`Step::Token`], or why there is none.
    Token(Provided),
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
    retries: Arc<RetryBudget>,
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
        shared: &Shared,
        options: &CallOptions,
        provided: Option<Arc<ProvidedToken>>,
        random: fastrand::Rng,
    ) -> Result<Self, EncodeError> {
        let config = &shared.config;
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
            rate: Arc::clone(&shared.rate_budget),
            retries: Arc::clone(&shared.retry_budget),
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
        Subject::of(&self.spec, &self.request)
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
