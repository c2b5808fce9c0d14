//! What an observer is told.

use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use futures_core::Stream;
use http::{Request, Response};
use intercom_core::api::{contacts, data_export};
use intercom_core::transport::{self, Body, Deadline, TransportError, TransportErrorKind};
use intercom_core::{CallEvent, CallInfo, Client, Config, Observer, RetryPolicy, blocking};

use crate::support::{Answer, Scripted, json, now};

/// Writes down what it is told.
#[derive(Debug, Default)]
struct Log(Mutex<Vec<String>>);

impl Observer for Log {
    fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>) {
        let line = match event {
            CallEvent::Request { attempt, .. } => {
                let (method, path) = (call.method, call.path);
                format!(
                    "{attempt}: {method} {path} {} {}",
                    call.endpoint, call.version
                )
            }
            CallEvent::Response {
                attempt,
                status,
                request_id,
                ..
            } => format!("{attempt}: {} {request_id:?}", status.as_u16()),
            CallEvent::Failure { attempt, error, .. } => format!("{attempt}: {error}"),
            CallEvent::Retry { attempt, wait, .. } => format!("{attempt} after {wait:?}"),
            CallEvent::Wait { wait, .. } => format!("held back for {wait:?}"),
            CallEvent::Done {
                attempts, elapsed, ..
            } => format!("done, {attempts}, {elapsed:?}"),
            CallEvent::Failed {
                attempts, error, ..
            } => format!("failed, {attempts}: {error}"),
            CallEvent::Cancelled { attempts, .. } => format!("cancelled, {attempts}"),
            other => panic!("{other:?}"),
        };
        self.0.lock().unwrap().push(line);
    }
}

impl Log {
    fn lines(&self) -> Vec<String> {
        self.0.lock().unwrap().clone()
    }
}

fn config(log: &Arc<Log>) -> Config {
    // Without a base, waits have no jitter.
    let policy = RetryPolicy::default().base(Duration::ZERO);
    Config::new("secret-token")
        .observer(log.clone())
        .retry(policy)
}

/// What is told of a call of both clients.
fn told(answers: fn() -> Vec<Answer>) -> Vec<String> {
    let (one, other) = (Arc::new(Log::default()), Arc::new(Log::default()));
    let endpoint = contacts::FindByExternalId::new("ada@example.com");
    let _ = now(Client::new(Scripted::new(answers()), config(&one)).call(&endpoint));
    let _ = blocking::Client::new(Scripted::new(answers()), config(&other)).call(&endpoint);
    assert_eq!(one.lines(), other.lines());
    one.lines()
}

#[test]
fn every_step_of_a_call_is_reported_without_token_or_personal_data() {
    let lines = told(|| {
        let mut late = json(503, "").unwrap();
        late.headers_mut()
            .insert("retry-after", "2".parse().unwrap());
        let mut good = json(200, r#"{"id":"1","email":"ada@example.com"}"#).unwrap();
        good.headers_mut()
            .insert("x-request-id", "r-1".parse().unwrap());
        let closed = TransportError::new(TransportErrorKind::Closed);
        vec![Ok(late), Err(closed), Ok(good)]
    });
    let request = "GET /contacts/find_by_external_id/{external_id} contacts::FindByExternalId 2.16";
    assert_eq!(
        lines,
        [
            &format!("1: {request}"),
            "1: 503 None",
            "2 after 2s",
            &format!("2: {request}"),
            "2: the connection broke",
            "3 after 0ns",
            &format!("3: {request}"),
            r#"3: 200 Some("r-1")"#,
            "done, 3, 2s",
        ]
    );
}

#[test]
fn a_failed_call_is_reported_with_its_error() {
    let lines = told(|| vec![json(404, r#"{"errors":[{"code":"not_found"}]}"#)]);
    let last = "failed, 1: 404 not_found (GET /contacts/find_by_external_id/ada%40example.com)";
    assert_eq!(lines.last().unwrap(), last);
}

#[test]
fn an_unreadable_reply_is_reported_as_a_failed_call() {
    let lines = told(|| vec![json(200, "[1]")]);
    assert_eq!(lines.len(), 3, "{lines:?}");
    assert!(
        lines[2].starts_with("failed, 1: 200 with an unexpected body"),
        "{lines:?}"
    );
}

#[test]
fn the_debug_of_an_event_shows_no_personal_data() {
    #[derive(Debug, Default)]
    struct Shown(Mutex<Vec<String>>);

    impl Observer for Shown {
        fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>) {
            self.0.lock().unwrap().push(format!("{call:?} {event:?}"));
        }
    }

    let shown = Arc::new(Shown::default());
    let refused =
        r#"{"errors":[{"code":"parameter_invalid","message":"ada@example.com is taken"}]}"#;
    let answers = [json(503, refused), json(400, refused)];
    let policy = RetryPolicy::default().base(Duration::ZERO);
    let config = Config::new("token").observer(shown.clone()).retry(policy);
    let client = Client::new(Scripted::new(answers), config);
    let endpoint = contacts::FindByExternalId::new("ada@example.com");
    now(client.call(&endpoint)).unwrap_err();
    let shown = shown.0.lock().unwrap();
    assert!(shown.iter().all(|line| !line.contains("ada")), "{shown:?}");
    let last = shown.last().unwrap();
    assert!(last.contains("error: api 400 parameter_invalid"), "{last}");
}

#[test]
fn a_wait_for_the_rate_limit_is_reported() {
    let lines = told(|| {
        let mut refused = json(429, "").unwrap();
        refused
            .headers_mut()
            .insert("retry-after", "9".parse().unwrap());
        vec![Ok(refused), json(200, r#"{"id":"1"}"#)]
    });
    assert!(lines.contains(&"2 after 9s".to_owned()), "{lines:?}");
    assert_eq!(lines.last().unwrap(), "done, 2, 9s");
}

#[test]
fn a_dropped_call_is_reported_as_cancelled() {
    use std::pin::pin;
    use std::task::{Context, Waker};

    let log = Arc::new(Log::default());
    let transport = Scripted::hanging();
    let client = Client::new(transport, config(&log));
    let endpoint = contacts::Get::new("1");
    {
        let mut call = pin!(client.call(&endpoint));
        let mut context = Context::from_waker(Waker::noop());
        assert!(call.as_mut().poll(&mut context).is_pending());
    }
    assert_eq!(log.lines().last().unwrap(), "cancelled, 1");
}

#[test]
fn calls_have_distinct_ids() {
    #[derive(Debug, Default)]
    struct Ids(Mutex<Vec<u64>>);

    impl Observer for Ids {
        fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>) {
            if matches!(event, CallEvent::Done { .. }) {
                self.0.lock().unwrap().push(call.id);
            }
        }
    }

    let ids = Arc::new(Ids::default());
    let answers = || json(200, r#"{"id":"1"}"#);
    let config = Config::new("token").observer(ids.clone());
    let client = Client::new(Scripted::new([answers(), answers()]), config);
    for _ in 0..2 {
        now(client.call(&contacts::Get::new("1"))).unwrap();
    }
    let ids = ids.0.lock().unwrap();
    assert_ne!(ids[0], ids[1]);
}

/// An open body, which is as long as it is held.
#[derive(Debug, Clone, Default)]
struct Open(Arc<()>);

impl Stream for Open {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Pending
    }
}

impl Read for Open {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Ok(0)
    }
}

#[async_trait]
impl transport::Transport for Open {
    async fn send(&self, _: Request<Bytes>, _: Deadline) -> Result<Response<Body>, TransportError> {
        Ok(Response::new(Body::from_stream(self.clone())))
    }

    async fn sleep(&self, _: Duration) {}
}

impl blocking::Transport for Open {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let body = blocking::Body::from_reader(self.clone());
        Ok(Response::new(body))
    }

    fn sleep(&self, _: Duration) {}
}

#[test]
fn an_observer_that_panics_when_a_call_is_done_leaves_no_body_open() {
    #[derive(Debug)]
    struct Panics;

    impl Observer for Panics {
        fn observe(&self, _: &CallInfo<'_>, event: &CallEvent<'_>) {
            if matches!(event, CallEvent::Done { .. }) {
                resume_unwind(Box::new("done"));
            }
        }
    }

    let open = Open::default();
    let config = || Config::new("token").observer(Panics);
    let export = data_export::Download::new("1");
    let panics = |call: &dyn Fn()| assert!(catch_unwind(AssertUnwindSafe(call)).is_err());
    {
        let client = Client::new(open.clone(), config());
        panics(&|| drop(now(client.download(&export))));
        panics(&|| drop(now(client.stream(&export))));
        let client = blocking::Client::new(open.clone(), config());
        panics(&|| drop(client.download(&export)));
        panics(&|| drop(client.stream(&export)));
    }
    assert_eq!(Arc::strong_count(&open.0), 1);
}
