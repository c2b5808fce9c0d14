//! Calls, told what happens by a script, in made-up time.

mod bodies;
mod deadlines;
mod requests;
mod retries;

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};

use super::{Call, Event, Step, Wanted};
use crate::api::{contacts, custom_objects, help_center, tags};
use crate::error::{
    DecodeErrorKind, EncodeErrorKind, Error, TokenErrorKind, TransportError, TransportErrorKind,
};
use crate::machine::shared::Shared;
use crate::operation::Endpoint;
use crate::policy::{CallOptions, Config, RetryPolicy};
use crate::transport::Now;
use crate::wire::ApiVersion;

/// A call that has not begun.
fn prepare<E: Endpoint>(
    endpoint: &E,
    wanted: Wanted,
    shared: &Shared,
    options: CallOptions,
) -> Result<Call, Error> {
    let (spec, encoded) = (endpoint.spec(), endpoint.encode()?);
    let options = shared.config.call.overridden_by(options);
    let random = fastrand::Rng::with_seed(7);
    Call::new(spec, encoded, wanted, shared, &options, None, random)
}

/// Why a call cannot begin.
fn refused<E: Endpoint>(endpoint: &E, shared: &Shared, options: CallOptions) -> Error {
    prepare(endpoint, Wanted::Body, shared, options).unwrap_err()
}

/// A call with a clock that goes as far as its waits say.
struct Script {
    call: Call,
    now: Now,
    waits: Vec<Duration>,
    sent: Vec<Request<Bytes>>,
}

impl Script {
    fn of<E: Endpoint>(endpoint: &E) -> Self {
        Self::with(endpoint, &Shared::new("token".into()), CallOptions::new())
    }

    fn with<E: Endpoint>(endpoint: &E, shared: &Shared, options: CallOptions) -> Self {
        Self {
            call: prepare(endpoint, Wanted::Body, shared, options).unwrap(),
            now: Now::from_system(),
            waits: Vec::new(),
            sent: Vec::new(),
        }
    }

    fn read() -> Self {
        Self::of(&contacts::Get::new("1"))
    }

    fn write() -> Self {
        Self::of(&contacts::Create::new(
            contacts::ContactCreate::new().email("ada@example.com"),
        ))
    }

    /// Goes on until the call sends, reads a body, or is over.
    fn go(&mut self, event: Event) -> Step {
        let mut event = event;
        loop {
            match self.call.next(event, self.now) {
                Step::Wait(wait) => {
                    self.waits.push(wait);
                    self.now = self.now + wait;
                    event = Event::Waited;
                }
                Step::Send(request, deadline) => {
                    self.sent.push(request.clone());
                    return Step::Send(request, deadline);
                }
                step => return step,
            }
        }
    }

    fn answer(&mut self, status: u16, headers: &[(&str, &str)], body: &str) -> Step {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.insert(
                HeaderName::try_from(*name).unwrap(),
                HeaderValue::from_str(value).unwrap(),
            );
        }
        match self.go(Event::Head(StatusCode::from_u16(status).unwrap(), map)) {
            Step::Read(_) => self.go(Event::Body(Bytes::copy_from_slice(body.as_bytes()))),
            step => step,
        }
    }

    fn fail(&mut self, error: TransportError) -> Step {
        self.go(Event::Failed(error, Bytes::new()))
    }

    fn attempts(&self) -> usize {
        self.sent.len()
    }
}

fn failure(step: Step) -> Error {
    match step {
        Step::Fail(error) => error,
        step => panic!("expected a failure, got {step:?}"),
    }
}

fn lost() -> TransportError {
    TransportError::new(TransportErrorKind::Closed)
}

#[test]
fn a_success_finishes_at_once() {
    let mut script = Script::read();
    script.go(Event::Start);
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(reply) if reply.body() == "{}"));
    assert_eq!((script.attempts(), script.waits.len()), (1, 0));
}

#[test]
fn a_client_error_is_not_retried() {
    let mut script = Script::read();
    script.go(Event::Start);
    let body = r#"{"type":"error.list","request_id":"r-1","errors":[{"code":"not_found","message":"User Not Found"}]}"#;
    let error = failure(script.answer(404, &[], body));
    assert_eq!(
        error.to_string(),
        "404 not_found: User Not Found (GET /contacts/1, request r-1)"
    );
    assert_eq!(
        (error.status(), error.request_id()),
        (Some(StatusCode::NOT_FOUND), Some("r-1"))
    );
    assert_eq!(
        (
            script.attempts(),
            error.is_retryable(),
            error.outcome_unknown()
        ),
        (1, false, false)
    );
}

#[test]
fn a_dropped_call_returns_its_permit() {
    #[derive(Debug, Default)]
    struct Counting(std::sync::atomic::AtomicI32);

    impl crate::RateBudget for Counting {
        fn acquire(&self, _: crate::Caller, _: Now) -> crate::Permit {
            self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            crate::Permit::Granted
        }

        fn observe(&self, _: &HeaderMap, _: Now) {}

        fn exhausted(&self, _: Duration, _: Now) {}

        fn release(&self) {
            self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        }
    }

    let budget = std::sync::Arc::new(Counting::default());
    let shared = Shared::new(Config::new("token").rate_budget(budget.clone()));
    for after in 0..4 {
        let mut script = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
        script.go(Event::Start);
        match after {
            0 => {}
            1 => drop(script.go(Event::Head(StatusCode::OK, HeaderMap::new()))),
            2 => drop(script.fail(lost())),
            _ => drop(script.answer(200, &[], "{}")),
        }
        drop(script);
        assert_eq!(
            budget.0.load(std::sync::atomic::Ordering::SeqCst),
            0,
            "{after}"
        );
    }
}
