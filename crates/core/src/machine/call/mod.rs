//! A call from its first attempt to its reply, without I/O.
//!
//! [`Call::next`] takes an event and returns the next step. The async and the blocking client drive
//! the same machine, so neither can behave differently.

mod answer;
#[cfg(test)]
mod tests;

use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::AUTHORIZATION;
use http::{HeaderMap, Request, StatusCode};

use super::finalize::finalize;
use super::reporter::CallReporter;
use super::shared::Shared;
use crate::error::{
    EncodeError, Error, RequestInfo, TokenError, TokenErrorKind, TransportError,
    TransportErrorKind, UnreadableReply,
};
use crate::policy::{
    AccessToken, CallOptions, Caller, NO_LIMIT, Permit, Provided, ProvidedToken, RateBudget,
    RetryBudget, RetryPolicy,
};
use crate::transport::{Deadline, Now};
use crate::wire::{RawReply, Spec};

/// The media type of most replies.
const JSON: &str = "application/json";

/// The input of a call.
#[derive(Debug)]
pub(crate) enum Event {
    /// The call starts.
    Start,
    /// The result of a [`Step::Token`].
    Token(Provided),
    /// No token arrived in time.
    NoToken,
    /// The time of a [`Step::Wait`] has passed.
    Waited,
    /// The head of a response arrived.
    Head(StatusCode, HeaderMap),
    /// The whole body arrived.
    Body(Bytes),
    /// The body is longer than the limit of [`Step::Read`]; this is its start, up to the limit.
    TooLarge(Bytes),
    /// No response arrived, or not all of it; with as much of its body as did.
    Failed(TransportError, Bytes),
    /// The reply of a [`Step::Done`] could not be decoded.
    Undecodable(Box<Undecodable>),
}

/// A reply that could not be decoded, and why.
#[derive(Debug)]
pub(crate) struct Undecodable {
    pub(crate) reply: RawReply,
    pub(crate) error: UnreadableReply,
}

/// What a call does next.
#[derive(Debug)]
pub(crate) enum Step {
    /// Request a token from the provider to replace the refused one, within this time.
    Token(Option<AccessToken>, Option<Duration>),
    /// Send this.
    Send(Request<Bytes>, Deadline),
    /// Sleep.
    Wait(Duration),
    /// Read the body, up to this many bytes.
    Read(u64),
    /// The call succeeded. A streamed body is still to be read.
    Done(RawReply),
    /// The call failed.
    Fail(Error),
}

/// What to do with the body of the reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// Collect it.
    Body,
    /// Stream it, on success.
    Stream,
}

/// The source of the token of a call.
#[derive(Debug)]
struct Token {
    /// The provider's last token; `None` if the configuration has the token.
    provided: Option<Arc<ProvidedToken>>,
    /// The token of the current attempt.
    used: Option<AccessToken>,
    /// The token that was refused. It is replaced once.
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
    pub(crate) reporter: CallReporter,
    /// Whether a permit of the rate budget is held.
    holds_permit: bool,
    /// Whether the call waits for the rate budget.
    held_back: bool,
    head: Option<(StatusCode, HeaderMap)>,
    /// The error of the previous attempt, which is returned if there is no time for another.
    last: Option<Error>,
}

impl Call {
    /// Creates a call from the request that an endpoint encoded.
    pub(crate) fn new(
        spec: Spec,
        encoded: Request<Bytes>,
        wanted: Wanted,
        shared: &Shared,
        options: &CallOptions,
        provided: Option<Arc<ProvidedToken>>,
        random: fastrand::Rng,
    ) -> Result<Self, Error> {
        let config = &shared.config;
        let version = options.version.clone().unwrap_or_default();
        if !spec.exists_in(&version) {
            return Err(EncodeError::version(&spec, &version).into());
        }
        let mut request = finalize(&spec, encoded, config, options, &version)?;
        if provided.is_none() {
            let header = match config.token.header() {
                Ok(header) => header.clone(),
                Err(kind) => return Err(token_error(RequestInfo::of(&spec, &request), kind)),
            };
            request.headers_mut().insert(AUTHORIZATION, header);
        }
        let server = request.uri().authority().cloned();
        let reporter = CallReporter::new(&spec, version, server, config.observer.clone());
        Ok(Self {
            request,
            token: Token {
                provided,
                used: None,
                refused: None,
            },
            reporter,
            wanted,
            policy: options.retry.unwrap_or_default(),
            timeout: options.timeout,
            connect_timeout: options.connect_timeout,
            idle_timeout: options.idle_timeout.filter(|it| *it < NO_LIMIT),
            deadline: None,
            max_body: match spec.accept {
                JSON => config.max_json_body,
                _ => config.max_body,
            },
            spec,
            rate: Arc::clone(&shared.rate_budget),
            retries: Arc::clone(&shared.retry_budget),
            random,
            holds_permit: false,
            held_back: false,
            head: None,
            last: None,
        })
    }

    /// Sets these headers, overriding the options.
    pub(crate) fn set_headers(&mut self, headers: HeaderMap) {
        self.request.headers_mut().extend(headers);
    }

    /// The request, for errors.
    pub(crate) fn info(&self) -> RequestInfo {
        RequestInfo::of(&self.spec, &self.request)
    }

    /// What to do after this event.
    pub(crate) fn next(&mut self, event: Event, now: Now) -> Step {
        let step = self.step(event, now);
        match &step {
            Step::Send(..) => self.reporter.request(now),
            Step::Done(_) => self.reporter.done(now),
            Step::Fail(error) => self.reporter.failed(error, now),
            Step::Token(..) | Step::Wait(_) | Step::Read(_) => {}
        }
        step
    }

    /// Ends the call, which reports its success.
    ///
    /// A driver does this before it returns the reply: if the observer panics while the locals of a
    /// function are dropped, its return value leaks, and with a body the connection that it is read from.
    pub(crate) fn end(self) {
        drop(self);
    }

    pub(crate) const fn reporter(&self) -> &CallReporter {
        &self.reporter
    }

    fn step(&mut self, event: Event, now: Now) -> Step {
        match event {
            Event::Start => {
                self.reporter.begin(now);
                self.deadline = self
                    .timeout
                    .and_then(|timeout| now.instant.checked_add(timeout));
                self.send(false, now)
            }
            Event::Token(Ok(token)) => self.token(token, now),
            Event::Token(Err(source)) => self.no_token(TokenErrorKind::Provider(source)),
            Event::NoToken => self.no_token(TokenErrorKind::Timeout),
            Event::Waited => {
                let waited = std::mem::take(&mut self.held_back);
                self.send(waited, now)
            }
            Event::Head(status, headers) => self.head(status, headers, now),
            Event::Body(body) => self.body(body, now),
            Event::TooLarge(start) => self.too_large(start, now),
            Event::Failed(error, start) => self.failed(error, start, now),
            Event::Undecodable(undecodable) => self.undecodable(*undecodable, now),
        }
    }

    /// Sends the next attempt, if there is a token and the rate limit allows it. `waited` is whether the
    /// attempt has just waited for the rate limit.
    fn send(&mut self, waited: bool, now: Now) -> Step {
        if self.is_late(now) {
            return self.too_late(TransportError::new(TransportErrorKind::Timeout));
        }
        if let Some(provided) = self.token.provided.clone()
            && self.token.used.is_none()
        {
            let refused = self.token.refused.as_ref();
            let Some(token) = provided.other_than(refused) else {
                return Step::Token(refused.cloned(), self.time_left(now));
            };
            if let Err(error) = self.use_token(token) {
                return Step::Fail(error);
            }
        }
        let caller = Caller {
            deadline: self.deadline,
            waited,
        };
        match self.rate.acquire(caller, now) {
            Permit::Granted => {
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
            Permit::After(wait) if self.fits(wait, now) => {
                self.reporter.wait(wait);
                self.held_back = true;
                Step::Wait(wait)
            }
            Permit::After(wait) => {
                let left = self.time_left(now).unwrap_or_default();
                let reason = format!(
                    "the rate limit allows the next request in {:.1} s, and the call has {:.1} s left",
                    wait.as_secs_f64(),
                    left.as_secs_f64()
                );
                self.too_late(TransportError::new(TransportErrorKind::Timeout).with_source(reason))
            }
        }
    }

    /// The provider returned a token.
    fn token(&mut self, token: AccessToken, now: Now) -> Step {
        if self.is_late(now) {
            return self.no_token(TokenErrorKind::Timeout);
        }
        if self.token.refused.as_ref() == Some(&token)
            && let Some(last) = self.last.take()
        {
            return Step::Fail(last);
        }
        match self.use_token(token) {
            Ok(()) => self.send(false, now),
            Err(error) => Step::Fail(error),
        }
    }

    /// The provider returned none.
    fn no_token(&mut self, kind: TokenErrorKind) -> Step {
        let refusal = match self.last.take() {
            Some(Error::Api(refusal)) => Some(refusal),
            _ => None,
        };
        Step::Fail(Error::Token(Box::new(TokenError {
            info: self.info(),
            kind,
            refusal,
        })))
    }

    fn use_token(&mut self, token: AccessToken) -> Result<(), Error> {
        let header = match token.header() {
            Ok(header) => header.clone(),
            Err(kind) => return Err(token_error(self.info(), kind)),
        };
        self.request.headers_mut().insert(AUTHORIZATION, header);
        self.token.used = Some(token);
        Ok(())
    }

    /// There is no time for an attempt: the call fails with the error of the previous one, if any.
    fn too_late(&mut self, error: TransportError) -> Step {
        match self.last.take() {
            Some(last) => Step::Fail(last),
            None => Step::Fail(self.lost(error.not_sent(), None)),
        }
    }

    fn time_left(&self, now: Now) -> Option<Duration> {
        let deadline = self.deadline?;
        Some(deadline.saturating_duration_since(now.instant))
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

/// A call that is dropped early returns its permit.
impl Drop for Call {
    fn drop(&mut self) {
        self.release();
    }
}

fn token_error(info: RequestInfo, kind: TokenErrorKind) -> Error {
    Error::from(TokenError {
        info,
        kind,
        refusal: None,
    })
}
