//! Logging in: the URL, the state, and the exchange over both kinds of transports.

use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use intercom_app::model::Timestamp;
use intercom_app::model::admins::Admin;
use intercom_app::oauth::{App, OAuthError, StateError, States, region, verified_email};
use intercom_app::webhooks::MemoryDeduplicator;
use intercom_core::transport::{Body, Deadline, TransportError, async_trait, blocking};
use intercom_core::{Region, Transport};
use proptest::prelude::*;

/// A transport that replies the same to every request, and keeps the requests.
struct Scripted {
    status: u16,
    body: &'static str,
    requests: Mutex<Vec<Request<Bytes>>>,
}

impl Scripted {
    fn new(status: u16, body: &'static str) -> Arc<Self> {
        Arc::new(Self {
            status,
            body,
            requests: Mutex::default(),
        })
    }

    fn reply<B: From<Bytes>>(&self, request: Request<Bytes>) -> Response<B> {
        self.requests.lock().unwrap().push(request);
        let body = B::from(Bytes::from_static(self.body.as_bytes()));
        Response::builder().status(self.status).body(body).unwrap()
    }
}

impl fmt::Debug for Scripted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Scripted")
    }
}

#[async_trait]
impl Transport for Scripted {
    async fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        Ok(self.reply(request))
    }

    async fn sleep(&self, _: Duration) {}
}

impl blocking::Transport for Scripted {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        Ok(self.reply(request))
    }

    fn sleep(&self, _: Duration) {}
}

fn app() -> App {
    App::new("client id", "client secret")
}

/// The outcome over both kinds of transports, which must be the same.
fn exchange(transport: &Arc<Scripted>, app: &App, code: &str) -> Result<String, OAuthError> {
    let asynchronous: Arc<dyn Transport> = transport.clone();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let grant = runtime.block_on(app.exchange(&asynchronous, code));
    let threaded: Arc<dyn blocking::Transport> = transport.clone();
    let again = app.exchange_blocking(&threaded, code);
    assert_eq!(format!("{grant:?}"), format!("{again:?}"));
    grant.map(|grant| grant.access_token.as_str().to_owned())
}

#[test]
fn a_code_is_exchanged_with_its_trailing_equals_sign() {
    let body = r#"{"token_type": "Bearer", "token": "dG9r", "access_token": "dG9r"}"#;
    let transport = Scripted::new(200, body);
    assert_eq!(exchange(&transport, &app(), "a+b/c=").unwrap(), "dG9r");
    for request in transport.requests.lock().unwrap().iter() {
        assert_eq!(request.uri(), "https://api.intercom.io/auth/eagle/token");
        assert_eq!(request.method(), "POST");
        let fields: Vec<_> = form_urlencoded::parse(request.body())
            .into_owned()
            .collect();
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(
            fields,
            [
                pair("code", "a+b/c="),
                pair("client_id", "client id"),
                pair("client_secret", "client secret"),
            ]
        );
    }
}

#[test]
fn a_refusal_is_told_with_its_message_and_request_id() {
    let body = r#"{"type": "error.list", "request_id": "r7", "errors": [{"code": "unauthorized", "message": "Unauthorized Code"}]}"#;
    let error = exchange(&Scripted::new(401, body), &app(), "used").unwrap_err();
    assert!(error.is_unauthorized());
    assert_eq!(
        error.to_string(),
        "exchanging the code: 401 Unauthorized Code (request r7)"
    );
}

#[test]
fn a_success_without_a_token_is_an_error_that_does_not_show_the_body() {
    for body in [
        "",
        "[]",
        "{}",
        r#"{"access_token": ""}"#,
        r#"{"access_token": {"s3cr3t": 1}}"#,
    ] {
        let error = exchange(&Scripted::new(200, body), &app(), "code").unwrap_err();
        assert!(matches!(error, OAuthError::NoToken { .. }), "{body}");
        assert!(
            !format!("{error} {error:?}").contains("s3cr3t"),
            "{error:?}"
        );
    }
}

#[test]
fn an_empty_code_is_refused_before_anything_is_sent() {
    let transport = Scripted::new(200, "{}");
    let error = exchange(&transport, &app(), "").unwrap_err();
    assert!(matches!(error, OAuthError::NoCode));
    assert!(transport.requests.lock().unwrap().is_empty());
}

#[test]
fn the_authorize_url_is_that_of_the_region_with_its_arguments_encoded() {
    let url = app().authorize_url("a&b");
    assert_eq!(
        url,
        "https://app.intercom.com/oauth?client_id=client+id&state=a%26b"
    );
    let url = app()
        .region(Region::Au)
        .redirect_uri("https://example.com/cb?x=1")
        .authorize_url("s");
    assert_eq!(
        url,
        "https://app.au.intercom.com/oauth?client_id=client+id&state=s&redirect_uri=https%3A%2F%2Fexample.com%2Fcb%3Fx%3D1"
    );
    let url = app()
        .authorize_page("http://127.0.0.1:8099/oauth?as=admin")
        .authorize_url("s");
    assert_eq!(
        url,
        "http://127.0.0.1:8099/oauth?as=admin&client_id=client+id&state=s"
    );
}

#[test]
fn neither_the_secret_nor_the_token_shows_in_debug() {
    let grant = exchange_grant();
    assert!(!format!("{grant:?} {:?}", app()).contains("dG9r"));
    assert!(!format!("{:?} {:?}", app(), States::new("client secret")).contains("client secret"));
}

fn exchange_grant() -> intercom_app::oauth::Grant {
    let transport: Arc<dyn blocking::Transport> = Scripted::new(200, r#"{"access_token": "dG9r"}"#);
    app().exchange_blocking(&transport, "code").unwrap()
}

#[test]
fn the_region_of_the_workspace_and_a_verified_email_are_found_in_me() {
    let me = |json: &str| serde_json::from_str::<Admin>(json).unwrap();
    let eu = me(r#"{"email": "a@example.com", "email_verified": true, "app": {"region": "EU"}}"#);
    assert_eq!(region(&eu), Some(Region::Eu));
    assert_eq!(verified_email(&eu), Some("a@example.com"));
    let unknown =
        me(r#"{"email": "a@example.com", "email_verified": false, "app": {"region": "XX"}}"#);
    assert_eq!(region(&unknown), None);
    assert_eq!(verified_email(&unknown), None);
}

fn now() -> Timestamp {
    Timestamp::from_second(1_800_000_000)
}

#[test]
fn a_state_works_once_for_its_session_until_it_expires() {
    let states = States::new("a secret").lifetime(Duration::from_secs(60));
    let used = MemoryDeduplicator::new(10);
    let state = states.issue("session", now()).unwrap();
    let check = |session: &str, after: u64| {
        states.check(&state, session, now() + Duration::from_secs(after), &used)
    };
    assert_eq!(check("other", 0), Err(StateError::NotIssued));
    assert_eq!(check("session", 60), Err(StateError::Expired));
    assert_eq!(check("session", 59), Ok(()));
    assert_eq!(check("session", 59), Err(StateError::Used));
    let elsewhere = States::new("another secret");
    let fresh = states.issue("session", now()).unwrap();
    let checked = elsewhere.check(&fresh, "session", now(), &used);
    assert_eq!(checked, Err(StateError::NotIssued));
    assert_ne!(state, fresh);
}

proptest! {
    #[test]
    fn a_changed_state_is_refused(place: prop::sample::Index, bit in 0..7_u8) {
        let states = States::new("a secret");
        let used = MemoryDeduplicator::new(10);
        let mut state = states.issue("session", now()).unwrap().into_bytes();
        let place = place.index(state.len());
        state[place] ^= 1 << bit;
        let state = String::from_utf8(state).unwrap();
        let checked = states.check(&state, "session", now(), &used);
        prop_assert_eq!(checked, Err(StateError::NotIssued));
    }

    #[test]
    fn foreign_text_is_never_a_state(state in "\\PC{0,300}", session in "\\PC{0,20}") {
        let used = MemoryDeduplicator::new(10);
        let checked = States::new("a secret").check(&state, &session, now(), &used);
        prop_assert_eq!(checked, Err(StateError::NotIssued));
    }
}
