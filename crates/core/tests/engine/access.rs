//! Where the token comes from.

use std::collections::VecDeque;
use std::error::Error as StdError;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use async_trait::async_trait;
use intercom_core::api::{contacts, tags};
use intercom_core::transport::{TransportError, TransportErrorKind};
use intercom_core::{
    AccessToken, Client, Config, Error, SharedRateBudget, TokenProvider, blocking,
};

use crate::support::{Answer, Scripted, json, now};

/// Gives one token after the other, and then none.
#[derive(Debug, Clone)]
struct Tokens(Arc<Mutex<VecDeque<&'static str>>>);

impl Tokens {
    fn new(tokens: &[&'static str]) -> Self {
        Self(Arc::new(Mutex::new(tokens.iter().copied().collect())))
    }

    fn next(&self) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        let next = self.0.lock().unwrap().pop_front();
        next.map(AccessToken::from)
            .ok_or_else(|| "the vault is sealed".into())
    }
}

#[async_trait]
impl TokenProvider for Tokens {
    async fn token(
        &self,
        _: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.next()
    }
}

impl blocking::TokenProvider for Tokens {
    fn token(
        &self,
        _: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn StdError + Send + Sync>> {
        self.next()
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

/// Gets a contact so many times with both clients; gives the tokens that were sent, and the last
/// outcome.
fn get(
    times: usize,
    tokens: &[&'static str],
    answers: fn() -> Vec<Answer>,
) -> (Vec<String>, Result<(), Error>) {
    let (one, other) = (Scripted::new(answers()), Scripted::new(answers()));
    let client = Client::new(one.clone(), Config::default()).token_provider(Tokens::new(tokens));
    let blocking =
        blocking::Client::new(other.clone(), Config::default()).token_provider(Tokens::new(tokens));
    let (mut first, mut second) = (Ok(()), Ok(()));
    for _ in 0..times {
        first = now(client.call(&contacts::Get::new("1"))).map(drop);
        second = blocking.call(&contacts::Get::new("1")).map(drop);
    }
    assert_eq!(one.tokens(), other.tokens());
    assert_eq!(
        first.as_ref().err().map(ToString::to_string),
        second.as_ref().err().map(ToString::to_string)
    );
    (one.tokens(), first)
}

#[test]
fn a_provider_is_called_once_and_its_token_is_kept() {
    let (sent, outcome) = get(3, &["one"], || vec![ok(), ok(), ok()]);
    assert_eq!(sent, ["Bearer one"; 3]);
    outcome.unwrap();
}

#[test]
fn a_401_requests_a_new_token_and_the_call_continues() {
    let (sent, outcome) = get(2, &["one", "two"], || vec![refused(), ok(), ok()]);
    assert_eq!(sent, ["Bearer one", "Bearer two", "Bearer two"]);
    outcome.unwrap();
}

#[test]
fn a_second_401_is_returned() {
    let (sent, outcome) = get(1, &["one", "two"], || vec![refused(), refused()]);
    assert_eq!(sent, ["Bearer one", "Bearer two"]);
    assert_eq!(outcome.unwrap_err().status().unwrap(), 401);
}

#[test]
fn a_token_that_was_refused_is_not_sent_again() {
    let (sent, outcome) = get(1, &["one", "one"], || vec![refused()]);
    assert_eq!(sent, ["Bearer one"]);
    assert_eq!(outcome.unwrap_err().status().unwrap(), 401);
}

#[test]
fn a_token_that_cannot_be_sent_is_not_kept() {
    let (sent, outcome) = get(2, &["to\nken", "two"], || vec![ok()]);
    assert_eq!(sent, ["Bearer two"]);
    outcome.unwrap();
}

#[test]
fn a_write_refused_with_401_is_sent_with_the_new_token() {
    let transport = Scripted::new([refused(), json(200, r#"{"id":"7"}"#)]);
    let client = Client::new(transport.clone(), Config::default())
        .token_provider(Tokens::new(&["one", "two"]));
    now(client.call(&tags::CreateOrUpdate::new(tags::TagRequest::create("vip")))).unwrap();
    assert_eq!(transport.tokens(), ["Bearer one", "Bearer two"]);
}

#[test]
fn a_provider_error_is_in_the_token_error() {
    let (sent, outcome) = get(1, &[], Vec::new);
    assert!(sent.is_empty());
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token provider failed: the vault is sealed (GET /contacts/1)"
    );
    assert!(error.is_retryable() && !error.outcome_unknown());
}

#[test]
fn a_client_without_token_and_provider_sends_nothing() {
    let transport = Scripted::new([]);
    let error = now(Client::new(transport, Config::default()).call(&contacts::Get::new("1")));
    assert!(matches!(error.unwrap_err(), Error::Token(_)));
}

#[test]
fn clients_of_one_configuration_do_not_share_the_rate_limit() {
    let limited = || {
        let soon = SystemTime::now() + Duration::from_secs(5);
        let soon = soon.duration_since(UNIX_EPOCH).unwrap().as_secs();
        let mut answer = ok().unwrap();
        let headers = answer.headers_mut();
        for (name, value) in [
            ("limit", "10"),
            ("remaining", "4"),
            ("reset", &soon.to_string()),
        ] {
            let name: http::HeaderName = format!("x-ratelimit-{name}").parse().unwrap();
            headers.insert(name, value.parse().unwrap());
        }
        Ok(answer)
    };
    let get = contacts::Get::new("1");
    let knows = |config: &Config| {
        let one = blocking::Client::new(Scripted::new([limited()]), config.clone());
        let other = blocking::Client::new(Scripted::new([]), config.clone());
        one.call(&get).unwrap();
        assert!(one.rate_limit().is_some());
        other.rate_limit().is_some()
    };
    assert!(!knows(&Config::new("token")));
    let budget = SharedRateBudget::default();
    assert!(knows(&Config::new("token").rate_budget(budget)));
}

#[test]
fn a_provider_that_fails_after_a_401_does_not_hide_it() {
    let (sent, outcome) = get(1, &["one"], || vec![refused()]);
    assert_eq!(sent, ["Bearer one"]);
    let error = outcome.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the token provider failed: the vault is sealed (GET /contacts/1, after a 401)"
    );
    assert_eq!(error.status().unwrap(), 401);
    assert_eq!(error.code().unwrap().as_str(), "token_unauthorized");
    assert!(!error.is_timeout());
}

#[test]
fn a_token_is_replaced_whatever_the_retry_policy_and_this_is_reported() {
    use intercom_core::{CallEvent, CallInfo, Observer, RetryPolicy};

    #[derive(Debug, Default)]
    struct Retries(Mutex<Vec<u32>>);

    impl Observer for Retries {
        fn observe(&self, _: &CallInfo<'_>, event: &CallEvent<'_>) {
            if let CallEvent::Retry { attempt, .. } = event {
                self.0.lock().unwrap().push(*attempt);
            }
        }
    }

    let retries = Arc::new(Retries::default());
    let config = Config::default()
        .retry(RetryPolicy::NEVER)
        .observer(retries.clone());
    let transport = Scripted::new([refused(), ok()]);
    let client =
        Client::new(transport.clone(), config).token_provider(Tokens::new(&["one", "two"]));
    now(client.call(&contacts::Get::new("1"))).unwrap();
    assert_eq!(transport.tokens(), ["Bearer one", "Bearer two"]);
    assert_eq!(*retries.0.lock().unwrap(), [2]);
}

#[test]
fn a_token_survives_a_failed_attempt() {
    let (sent, outcome) = get(1, &["one"], || {
        vec![
            Err(TransportError::new(TransportErrorKind::Connect).not_sent()),
            ok(),
        ]
    });
    assert_eq!(sent, ["Bearer one"; 2]);
    outcome.unwrap();
}
