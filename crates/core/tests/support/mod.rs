//! A transport that plays a script and remembers what it was sent.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::collections::VecDeque;
use std::future::Future;
use std::pin::pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Body, Deadline, Now, Transport, TransportError, blocking};

pub(crate) type Answer = Result<Response<Bytes>, TransportError>;

/// Plays a script. Time passes only by its waits.
#[derive(Debug, Clone)]
pub(crate) struct Scripted(Arc<Mutex<State>>);

#[derive(Debug)]
struct State {
    answers: VecDeque<Answer>,
    sent: Vec<Request<Bytes>>,
    began: Now,
    now: Now,
    hangs: bool,
}

impl Scripted {
    pub(crate) fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let answers = answers.into_iter().collect();
        let now = Now::from_system();
        Self(Arc::new(Mutex::new(State {
            answers,
            sent: Vec::new(),
            began: now,
            now,
            hangs: false,
        })))
    }

    /// One that never answers.
    pub(crate) fn hanging() -> Self {
        let scripted = Self::new([]);
        scripted.0.lock().unwrap().hangs = true;
        scripted
    }

    /// When it was made.
    pub(crate) fn began(&self) -> Instant {
        self.0.lock().unwrap().began.instant
    }

    /// The tokens that were sent.
    pub(crate) fn tokens(&self) -> Vec<String> {
        let state = self.0.lock().unwrap();
        let token = |request: &Request<Bytes>| {
            let header = request.headers().get("authorization").unwrap();
            header.to_str().unwrap().to_owned()
        };
        state.sent.iter().map(token).collect()
    }

    /// What was sent: method, path and query, body.
    pub(crate) fn sent(&self) -> Vec<String> {
        let state = self.0.lock().unwrap();
        state.sent.iter().map(line).collect()
    }

    /// A header of the n-th request, counted from 0.
    pub(crate) fn header(&self, n: usize, name: &str) -> Option<String> {
        let state = self.0.lock().unwrap();
        let value = state.sent.get(n)?.headers().get(name)?;
        value.to_str().ok().map(str::to_owned)
    }

    fn next(&self, request: Request<Bytes>) -> Answer {
        let mut state = self.0.lock().unwrap();
        state.sent.push(request);
        state
            .answers
            .pop_front()
            .expect("the script has an answer for every request")
    }

    fn pass(&self, duration: Duration) {
        let mut state = self.0.lock().unwrap();
        state.now = state.now + duration;
    }
}

fn line(request: &Request<Bytes>) -> String {
    let body = String::from_utf8_lossy(request.body());
    let target = request
        .uri()
        .path_and_query()
        .map_or("", |target| target.as_str());
    format!("{} {target} {body}", request.method())
        .trim_end()
        .to_owned()
}

#[async_trait]
impl Transport for Scripted {
    async fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        if self.0.lock().unwrap().hangs {
            std::future::pending().await
        }
        self.next(request).map(|response| response.map(Body::from))
    }

    async fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }

    fn now(&self) -> Now {
        self.0.lock().unwrap().now
    }
}

impl blocking::Transport for Scripted {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        self.next(request)
            .map(|response| response.map(blocking::Body::from))
    }

    fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }

    fn now(&self) -> Now {
        self.0.lock().unwrap().now
    }
}

pub(crate) fn json(status: u16, body: &str) -> Answer {
    Ok(Response::builder()
        .status(status)
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap())
}

/// Runs a future that is never pending, as those of a scripted transport are.
pub(crate) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("a scripted transport never waits"),
    }
}
