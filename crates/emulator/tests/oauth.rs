//! OAuth: an app is authorized, exchanges its code, and is uninstalled.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::blocking::Transport;
use intercom_core::transport::Deadline;
use intercom_emulator::{Emulator, OAuthApp};
use serde_json::{Value, json};

const CALLBACK: &str = "https://app.example/callback";

fn send(emulator: &Emulator, request: http::request::Builder, body: &str) -> Response<String> {
    let request: Request<Bytes> = request.body(Bytes::from(body.to_owned())).unwrap();
    let reply = Transport::send(&emulator.transport(), request, Deadline::none()).unwrap();
    reply.map(|body| std::io::read_to_string(body).unwrap())
}

/// Sends the form of the page, and returns the reply and where it redirects to.
fn decide(emulator: &Emulator, form: &str) -> (u16, String) {
    let reply = send(emulator, Request::post("/oauth"), form);
    let location = reply.headers().get("location");
    let location = location.map_or(reply.body().as_str(), |url| url.to_str().unwrap());
    (reply.status().as_u16(), location.to_owned())
}

fn authorize(emulator: &Emulator) -> String {
    let form = format!("client_id=a0b1&state=s7&redirect_uri={CALLBACK}&decision=authorize");
    let (status, location) = decide(emulator, &form);
    assert_eq!(status, 302, "{location}");
    let code = location.strip_prefix("https://app.example/callback?code=");
    code.unwrap().strip_suffix("&state=s7").unwrap().to_owned()
}

fn exchange(emulator: &Emulator, client_id: &str, secret: &str, code: &str) -> (u16, Value) {
    let form = format!("client_id={client_id}&client_secret={secret}&code={code}");
    let reply = send(emulator, Request::post("/auth/eagle/token"), &form);
    let body = serde_json::from_str(reply.body()).unwrap();
    (reply.status().as_u16(), body)
}

fn me(emulator: &Emulator, token: &str) -> u16 {
    let request = Request::get("/me").header("authorization", format!("Bearer {token}"));
    send(emulator, request, "").status().as_u16()
}

#[test]
fn the_token_of_an_authorized_app_is_accepted_until_it_is_uninstalled() {
    let emulator = Emulator::builder().token("of a private app").build();
    let code = authorize(&emulator);
    // A code ends in `=`, which a form encodes.
    assert!(code.ends_with("%3D"), "{code}");
    let (status, grant) = exchange(&emulator, "a0b1", "s3cret", &code);
    assert_eq!((status, &grant["token_type"]), (200, &json!("Bearer")));
    let token = grant["access_token"].as_str().unwrap();
    assert_eq!(grant["token"], token);
    assert_eq!(me(&emulator, token), 200);
    assert_eq!(me(&emulator, "another"), 401);

    let uninstall = || {
        let request = Request::post("/auth/uninstall");
        request.header("authorization", format!("Bearer {token}"))
    };
    assert_eq!(send(&emulator, uninstall(), "").status(), 200);
    assert_eq!(me(&emulator, token), 401);
    assert_eq!(send(&emulator, uninstall(), "").status(), 401);
    assert_eq!(me(&emulator, "of a private app"), 200);
}

#[test]
fn a_code_works_once_for_its_app_and_for_ten_minutes() {
    let emulator = Emulator::new();
    let refused = |code: &str, client_id: &str| {
        let (status, body) = exchange(&emulator, client_id, "s3cret", code);
        assert_eq!(status, 401);
        assert_eq!(body["errors"][0]["message"], "Unauthorized Code");
    };
    let code = authorize(&emulator);
    refused("made-up", "a0b1");
    refused(&code, "another");
    assert_eq!(exchange(&emulator, "a0b1", "s3cret", &code).0, 200);
    refused(&code, "a0b1");
    let late = authorize(&emulator);
    emulator.advance(Duration::from_secs(600));
    refused(&late, "a0b1");
}

#[test]
fn json_is_taken_as_well_and_a_missing_field_is_named() {
    let emulator = Emulator::new();
    let code = authorize(&emulator).replace("%3D", "=");
    let post = |body: &Value| {
        let request = Request::post("/auth/eagle/token");
        let request = request.header("content-type", "application/json");
        let reply = send(&emulator, request, &body.to_string());
        let body: Value = serde_json::from_str(reply.body()).unwrap();
        (reply.status().as_u16(), body)
    };
    let (status, body) = post(&json!({"client_id": "a0b1", "code": code}));
    assert_eq!(
        (status, &body["errors"][0]["field"]),
        (400, &json!("client_secret"))
    );
    assert_eq!(post(&json!([])).0, 400);
    let whole = json!({"client_id": "a0b1", "client_secret": "s3cret", "code": code});
    assert_eq!(post(&whole).0, 200);
}

#[test]
fn only_registered_apps_are_authorized_once_there_is_one() {
    let emulator = Emulator::new();
    let app = OAuthApp::new("a0b1", "s3cret").redirect_uri(CALLBACK);
    emulator.register_app(app).unwrap();
    // Without a redirect URL, the first one of the app is taken.
    let (status, location) = decide(&emulator, "client_id=a0b1");
    assert_eq!(status, 302);
    assert!(location.starts_with("https://app.example/callback?code="));
    for (form, part) in [
        (
            "client_id=other",
            "there is no app with the client_id other",
        ),
        ("state=s7", "client_id is missing"),
        (
            "client_id=a0b1&redirect_uri=https://evil.example",
            "redirect_uri https://evil.example is not registered",
        ),
        ("client_id=a0b1&decision=maybe", "decision must be"),
    ] {
        let (status, page) = decide(&emulator, form);
        assert_eq!(status, 400, "{form}");
        assert!(page.contains(part), "{page}");
    }
    let code = authorize(&emulator);
    let (status, body) = exchange(&emulator, "a0b1", "guessed", &code);
    assert_eq!(
        (status, &body["errors"][0]["message"]),
        (401, &json!("Unauthorized Client"))
    );
    assert_eq!(exchange(&emulator, "a0b1", "s3cret", &code).0, 200);

    // Apps stay after a reset, and tokens do not.
    emulator.reset();
    assert_eq!(decide(&emulator, "client_id=other").0, 400);
    assert!(emulator.remove_app("a0b1"));
    assert!(!emulator.remove_app("a0b1"));
}

#[test]
fn a_denied_app_learns_so() {
    let emulator = Emulator::new();
    let form = format!("client_id=a0b1&state=s7&redirect_uri={CALLBACK}?a=b&decision=deny");
    let location = "https://app.example/callback?a=b&error=access_denied&state=s7";
    assert_eq!(decide(&emulator, &form), (302, location.to_owned()));
}

#[test]
fn the_page_shows_what_it_was_asked_as_text_and_no_other_way() {
    let emulator = Emulator::new();
    let page = |query: &str| send(&emulator, Request::get(format!("/oauth?{query}")), "");
    let hostile = "client_id=%3Cscript%3E&state=%22%3E%3Cimg%3E&redirect_uri=https://app.example/";
    let reply = page(hostile);
    assert_eq!(reply.status(), 200);
    let html = reply.body();
    assert!(html.contains("<code>&lt;script&gt;</code>"), "{html}");
    assert!(html.contains(r#"name="state" value="&quot;&gt;&lt;img&gt;""#));
    assert!(!html.contains("<script") && !html.contains("<img"));
    let policy = reply.headers()["content-security-policy"].to_str().unwrap();
    assert!(policy.starts_with("default-src 'none'"));

    for url in [
        "javascript:alert(1)",
        "/callback",
        "https://app.example/%23a",
    ] {
        let reply = page(&format!("client_id=a0b1&redirect_uri={url}"));
        assert_eq!(reply.status(), 400, "{url}");
    }
}

#[test]
fn the_journal_has_the_exchange_without_its_secrets() {
    let emulator = Emulator::new();
    let code = authorize(&emulator);
    assert_eq!(exchange(&emulator, "a0b1", "s3cret", &code).0, 200);
    let journal = emulator.journal();
    let entry = journal.requests().next_back().unwrap();
    assert_eq!(
        (entry.path.as_str(), entry.status),
        ("/auth/eagle/token", Some(200))
    );
    assert!(!format!("{entry:?}").contains("s3cret"));
    assert!(!format!("{entry:?}").contains("access_token"));
}
