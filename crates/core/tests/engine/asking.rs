//! Many calls that need a token at the same time, and a provider that takes its time.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Arc, Barrier, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use intercom_core::api::contacts;
use intercom_core::transport::{Deadline, Now, Transport, TransportError};
use intercom_core::{AccessToken, CallOptions, Client, Config, Error, TokenProvider, blocking};

use crate::support::{Answer, Scripted, json, now};

type Given = Result<AccessToken, Box<dyn StdError + Send + Sync>>;

/// A vault that answers when it is told to.
#[derive(Debug, Default)]
struct Vault(Mutex<State>);

#[derive(Debug, Default)]
struct State {
    /// For which refused tokens it was asked.
    asked: Vec<Option<AccessToken>>,
    answers: VecDeque<Result<&'static str, &'static str>>,
    waker: Option<Waker>,
}

impl Vault {
    fn answers(&self, answer: Result<&'static str, &'static str>) {
        let mut state = self.0.lock().unwrap();
        state.answers.push_back(answer);
        if let Some(waker) = state.waker.take() {
            waker.wake();
        }
    }

    fn asked(&self) -> usize {
        self.0.lock().unwrap().asked.len()
    }
}

#[async_trait]
impl TokenProvider for Vault {
    async fn token(&self, refused: Option<&AccessToken>) -> Given {
        self.0.lock().unwrap().asked.push(refused.cloned());
        poll_fn(|context| {
            let mut state = self.0.lock().unwrap();
            match state.answers.pop_front() {
                Some(Ok(token)) => Poll::Ready(Ok(token.into())),
                Some(Err(reason)) => Poll::Ready(Err(reason.into())),
                None => {
                    state.waker = Some(context.waker().clone());
                    Poll::Pending
                }
            }
        })
        .await
    }
}

fn ok() -> Answer {
    json(200, r#"{"type":"contact","id":"1"}"#)
}

fn refused() -> Answer {
    json(
        401,
        r#"{"type":"error.list","errors":[{"code":"token_unauthorized"}]}"#,
    )
}

/// A client whose calls wait for the vault as long as it takes.
fn patient(answers: Vec<Answer>) -> (Scripted, Arc<Vault>, Client) {
    let (transport, vault) = (Scripted::new(answers), Arc::new(Vault::default()));
    let config = Config::default().no_timeout();
    let client = Client::new(transport.clone(), config).token_provider(vault.clone());
    (transport, vault, client)
}

/// A call of a clone of the client.
fn call(client: &Client) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>> {
    let client = client.clone();
    Box::pin(async move { client.call(&contacts::Get::new("1")).await.map(drop) })
}

fn is_pending<F: Future + Unpin>(future: &mut F) -> bool {
    let mut context = Context::from_waker(Waker::noop());
    pin!(future).poll(&mut context).is_pending()
}

#[test]
fn calls_that_begin_together_request_one_token() {
    let (transport, vault, client) = patient(vec![ok(), ok(), ok()]);
    let mut calls = [(); 3].map(|()| call(&client));
    assert!(calls.iter_mut().all(is_pending));
    vault.answers(Ok("one"));
    calls.into_iter().for_each(|call| now(call).unwrap());
    assert_eq!(vault.asked(), 1);
    assert_eq!(transport.tokens(), ["Bearer one"; 3]);
}

#[test]
fn calls_refused_together_request_one_token_and_continue() {
    let answers = vec![ok(), refused(), refused(), refused(), ok(), ok(), ok()];
    let (transport, vault, client) = patient(answers);
    vault.answers(Ok("one"));
    now(call(&client)).unwrap();
    let mut calls = [(); 3].map(|()| call(&client));
    assert!(calls.iter_mut().all(is_pending));
    vault.answers(Ok("two"));
    calls.into_iter().for_each(|call| now(call).unwrap());
    assert_eq!(
        vault.0.lock().unwrap().asked,
        [None, Some(AccessToken::new("one"))]
    );
    assert_eq!(transport.tokens()[..4], ["Bearer one"; 4]);
    assert_eq!(transport.tokens()[4..], ["Bearer two"; 3]);
}

#[test]
fn calls_given_the_refused_token_again_do_not_call_the_provider() {
    let (transport, vault, client) = patient(vec![ok(), refused(), refused()]);
    vault.answers(Ok("one"));
    now(call(&client)).unwrap();
    let mut calls = [(); 2].map(|()| call(&client));
    assert!(calls.iter_mut().all(is_pending));
    vault.answers(Ok("one"));
    for call in calls {
        assert_eq!(now(call).unwrap_err().status().unwrap(), 401);
    }
    assert_eq!((vault.asked(), transport.tokens().len()), (2, 3));
}

#[test]
fn a_provider_error_reaches_all_waiting_calls_and_the_next_call_asks_again() {
    let (transport, vault, client) = patient(vec![ok()]);
    let mut calls = [(); 3].map(|()| call(&client));
    assert!(calls.iter_mut().all(is_pending));
    vault.answers(Err("the vault is sealed"));
    for call in calls {
        let error = now(call).unwrap_err();
        assert_eq!(error.source().unwrap().to_string(), "the vault is sealed");
    }
    assert_eq!(vault.asked(), 1);
    vault.answers(Ok("one"));
    now(call(&client)).unwrap();
    assert_eq!(vault.asked(), 2);
    assert_eq!(transport.tokens(), ["Bearer one"]);
}

#[test]
fn a_later_call_requests_a_new_token_while_an_earlier_one_still_waits() {
    let (_, vault, client) = patient(vec![ok()]);
    let (mut first, mut other) = (call(&client), call(&client));
    assert!(is_pending(&mut first) && is_pending(&mut other));
    vault.answers(Err("the vault is sealed"));
    now(first).unwrap_err();
    vault.answers(Ok("one"));
    now(call(&client)).unwrap();
    now(other).unwrap_err();
    assert_eq!(vault.asked(), 2);
}

#[test]
fn a_token_request_survives_the_call_that_started_it() {
    let (transport, vault, client) = patient(vec![ok()]);
    let (mut first, mut other) = (call(&client), call(&client));
    assert!(is_pending(&mut first) && is_pending(&mut other));
    drop(first);
    vault.answers(Ok("one"));
    now(other).unwrap();
    assert_eq!((vault.asked(), transport.tokens().len()), (1, 1));
}

#[test]
fn after_all_token_requests_are_dropped_the_next_call_starts_one() {
    let (transport, vault, client) = patient(vec![ok()]);
    let (mut first, mut other) = (call(&client), call(&client));
    assert!(is_pending(&mut first) && is_pending(&mut other));
    drop((first, other));
    vault.answers(Ok("one"));
    now(call(&client)).unwrap();
    assert_eq!((vault.asked(), transport.tokens().len()), (2, 1));
}

/// Counts how often it wakes.
#[derive(Default)]
struct Woken(Mutex<u32>);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        *self.0.lock().unwrap() += 1;
    }
}

#[test]
fn a_call_that_waits_is_woken_even_if_another_was_polled_last() {
    for tells in [true, false] {
        let (_, vault, client) = patient(vec![ok(), ok()]);
        let (mut first, mut other) = (call(&client), call(&client));
        let woken = Arc::new(Woken::default());
        let waker = Waker::from(woken.clone());
        let mut context = Context::from_waker(&waker);
        assert!(first.as_mut().poll(&mut context).is_pending());
        assert!(is_pending(&mut other));
        if tells {
            vault.answers(Ok("one"));
        } else {
            // The other call finds the answer by itself.
            vault.0.lock().unwrap().answers.push_back(Ok("one"));
            now(other).unwrap();
        }
        assert_eq!(*woken.0.lock().unwrap(), 1);
        now(first).unwrap();
    }
}

#[test]
fn an_unanswered_token_request_does_not_block_later_calls_forever() {
    let (transport, vault, client) = patient(vec![ok()]);
    let (mut first, mut soon) = (call(&client), call(&client));
    assert!(is_pending(&mut first));
    blocking::Transport::sleep(&transport, Duration::from_millis(9_999));
    assert!(is_pending(&mut soon));
    assert_eq!(vault.asked(), 1);
    blocking::Transport::sleep(&transport, Duration::from_millis(1));
    let mut later = call(&client);
    assert!(is_pending(&mut later));
    assert_eq!(vault.asked(), 2);
    vault.answers(Ok("one"));
    now(later).unwrap();
}

#[test]
fn each_call_waits_up_to_its_own_deadline() {
    let (transport, vault, client) = patient(vec![ok()]);
    let start = Transport::now(&transport).instant;
    let mut patient = call(&client);
    assert!(is_pending(&mut patient));
    let hurried = client.with_options(CallOptions::new().timeout(Duration::from_secs(5)));
    let error = now(call(&hurried)).unwrap_err();
    assert!(error.is_timeout() && error.is_retryable(), "{error:?}");
    assert_eq!(
        error.to_string(),
        "the token provider did not return a token in time (GET /contacts/1)"
    );
    let passed = Transport::now(&transport).instant - start;
    assert_eq!(passed, Duration::from_secs(5));

    vault.answers(Ok("one"));
    now(patient).unwrap();
    assert_eq!(vault.asked(), 1);
}

#[test]
fn the_401_is_returned_if_no_new_token_comes_in_time() {
    let transport = Scripted::new([ok(), refused()]);
    let vault = Arc::new(Vault::default());
    let client = Client::new(transport, Config::default()).token_provider(vault.clone());
    vault.answers(Ok("one"));
    now(call(&client)).unwrap();
    let error = now(call(&client)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token provider did not return a token in time (GET /contacts/1, after a 401)"
    );
    assert!(error.is_timeout());
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.code().unwrap().as_str(), "token_unauthorized");
}

/// Wakes a thread that is parked.
struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs a future to its end, where it is woken for it.
fn wait_for<T>(mut future: Pin<Box<dyn Future<Output = T> + Send>>) -> T {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(&waker)) {
            return value;
        }
        let patience = Duration::from_secs(30);
        let parked = Instant::now();
        thread::park_timeout(patience);
        assert!(parked.elapsed() < patience, "it was never woken");
    }
}

#[test]
fn every_waiter_is_woken_in_every_interleaving() {
    for _ in 0..200 {
        let (transport, vault, client) = patient(vec![ok(), ok(), ok(), ok()]);
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| wait_for(call(&client)).unwrap());
            }
            while vault.asked() == 0 {
                thread::yield_now();
            }
            vault.answers(Ok("one"));
        });
        assert_eq!((vault.asked(), transport.tokens().len()), (1, 4));
    }
}

/// Takes longer than a call has.
#[derive(Debug)]
struct Slow(Scripted);

impl blocking::TokenProvider for Slow {
    fn token(&self, _: Option<&AccessToken>) -> Given {
        blocking::Transport::sleep(&self.0, Duration::from_secs(61));
        Ok("one".into())
    }
}

#[test]
fn a_blocking_call_checks_its_deadline_after_the_provider_returns() {
    let transport = Scripted::new([ok()]);
    let client = blocking::Client::new(transport.clone(), Config::default())
        .token_provider(Slow(transport.clone()));
    let error = client.call(&contacts::Get::new("1")).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert!(transport.tokens().is_empty());
    // What it gave is kept.
    client.call(&contacts::Get::new("1")).unwrap();
    assert_eq!(transport.tokens(), ["Bearer one"]);
}

const THREADS: usize = 4;

/// Refuses the first token, of all threads at the same time.
#[derive(Debug)]
struct Refusing(Barrier);

impl blocking::Transport for Refusing {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let answer = if request.headers()["authorization"] == "Bearer one" {
            self.0.wait();
            refused()
        } else {
            ok()
        };
        answer.map(|response| response.map(blocking::Body::from))
    }

    fn sleep(&self, _: Duration) {}

    fn now(&self) -> Now {
        Now::from_system()
    }
}

/// Counts how often it is asked.
#[derive(Debug, Default)]
struct Counting(Mutex<usize>);

impl blocking::TokenProvider for Counting {
    fn token(&self, _: Option<&AccessToken>) -> Given {
        let mut asked = self.0.lock().unwrap();
        *asked += 1;
        Ok(if *asked == 1 { "one" } else { "two" }.into())
    }
}

#[test]
fn threads_refused_together_request_one_token() {
    let counting = Arc::new(Counting::default());
    let client = blocking::Client::new(Refusing(Barrier::new(THREADS)), Config::default())
        .token_provider(counting.clone());
    thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| client.call(&contacts::Get::new("1")).unwrap());
        }
    });
    assert_eq!(*counting.0.lock().unwrap(), 2);
}

/// A provider that calls the API with the client that waits for it.
#[derive(Debug, Default)]
struct Circular(std::sync::OnceLock<blocking::Client>);

impl blocking::TokenProvider for Circular {
    fn token(
        &self,
        _: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn std::error::Error + Send + Sync>> {
        let client = self.0.get().ok_or("no client")?;
        client.call(&contacts::Get::new("1"))?;
        Ok("token".into())
    }
}

#[test]
fn a_provider_that_calls_its_own_client_gets_an_error() {
    let provider = Arc::new(Circular::default());
    let client = blocking::Client::new(Scripted::new([]), Config::default())
        .token_provider(Arc::clone(&provider));
    provider.0.set(client.clone()).unwrap();
    let error = client.call(&contacts::Get::new("2")).unwrap_err();
    assert!(
        error
            .to_string()
            .contains("called the client that waits for it"),
        "{error}"
    );
}
