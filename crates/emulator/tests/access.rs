//! Who may ask, in which version, and how often.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::api::contacts::{self, ContactCreate};
use intercom_core::api::procedures::{AgentInput, AgentInputValue, CollectAgentInput};
use intercom_core::api::{admins, help_center};
use intercom_core::blocking::Client;
use intercom_core::transport::Deadline;
use intercom_core::transport::blocking::Transport;
use intercom_core::{ApiVersion, Config, Endpoint, RetryPolicy};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

fn send(
    emulator: &Emulator,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
) -> http::Response<String> {
    let mut request = http::Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(bytes::Bytes::new()).unwrap();
    let reply = Transport::send(&emulator.transport(), request, Deadline::none()).unwrap();
    reply.map(|body| std::io::read_to_string(body).unwrap())
}

#[test]
fn without_a_token_nothing_is_answered() {
    let emulator = Emulator::builder().rate_limit(5).build();
    for headers in [
        vec![],
        vec![("authorization", "Bearer ")],
        vec![("authorization", "Basic x")],
    ] {
        for path in ["/contacts", "/nowhere"] {
            let reply = send(&emulator, "GET", path, &headers);
            assert_eq!(reply.status(), 401);
            assert!(reply.body().contains("Access Token Invalid"));
            assert!(!reply.headers().contains_key("x-ratelimit-limit"));
        }
    }
}

#[test]
fn where_a_token_is_set_no_other_is_accepted() {
    let emulator = Emulator::builder().token("secret").build();
    let call = |token| Client::new(emulator.transport(), token).call(&admins::Me::new());
    assert!(call("secret").is_ok());
    assert_eq!(
        told(&call("secret2").unwrap_err()),
        (401, "unauthorized", "Access Token Invalid")
    );
    assert!(!format!("{:?}", Emulator::builder().token("s3cr3t")).contains("s3cr3t"));
}

#[test]
fn an_unknown_version_is_refused() {
    let emulator = Emulator::builder().version(ApiVersion::V2_9).build();
    let asked = |version| {
        let headers = [("Authorization", "bearer x"), ("INTERCOM-VERSION", version)];
        send(&emulator, "GET", "/me/", &headers)
    };
    let refused = asked("1.3");
    assert_eq!(refused.status(), 400);
    assert!(refused.body().contains("intercom_version_invalid"));
    assert_eq!(asked("2.13").headers()["intercom-version"], "2.13");
    assert_eq!(asked("Unstable").headers()["intercom-version"], "Preview");
    let default = send(&emulator, "GET", "/me", &[("authorization", "Bearer x")]);
    assert_eq!(default.headers()["intercom-version"], "2.9");
}

#[test]
fn an_operation_that_a_version_does_not_have_is_refused_in_it() {
    let emulator = Emulator::new();
    let asked = |version| {
        let headers = [("authorization", "Bearer x"), ("intercom-version", version)];
        send(&emulator, "GET", "/help_center/sections", &headers)
    };
    assert_eq!(asked("2.9").status(), 200);
    let refused = asked("2.10");
    assert_eq!(refused.status(), 400);
    assert!(
        refused
            .body()
            .contains("Requested resource is not available in current API version.")
    );
}

#[test]
fn windows_allow_n_requests_and_then_answer_429() {
    let emulator = Emulator::builder().rate_limit(2).build();
    let intercom = client(&emulator);
    emulator.advance(Duration::from_millis(7_500));
    for left in [1, 0] {
        let limit = intercom
            .call(&admins::Me::new())
            .unwrap()
            .raw()
            .rate_limit()
            .unwrap();
        assert_eq!((limit.limit, limit.remaining), (2, left));
    }
    // A client of its own has not learnt that the window is used up.
    let error = client(&emulator).call(&admins::Me::new()).unwrap_err();
    assert_eq!(
        told(&error),
        (
            429,
            "rate_limit_exceeded",
            "Exceeded rate limit of 2 in 10_seconds"
        )
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
    emulator.advance(Duration::from_millis(2_500));
    assert!(client(&emulator).call(&admins::Me::new()).is_ok());
}

#[test]
fn a_client_that_paces_itself_never_meets_the_limit() {
    let emulator = Emulator::builder().rate_limit(5).build();
    let intercom = Client::new(
        emulator.transport(),
        Config::new("token").timeout(Duration::from_secs(60)),
    );
    let start = emulator.now();
    for _ in 0..23 {
        intercom.call(&admins::Me::new()).unwrap();
    }
    assert_eq!(emulator.journal().total(), 23);
    assert!(
        emulator
            .journal()
            .requests()
            .all(|request| request.status == Some(200))
    );
    assert!(emulator.now().duration_since(start).unwrap() >= Duration::from_secs(40));
}

#[test]
fn what_is_not_emulated_says_so_by_name() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let approved = AgentInput::new("step_7", [AgentInputValue::new("approved", true)]);
    let error = intercom
        .call(&CollectAgentInput::new("1", approved))
        .unwrap_err();
    let message = "procedures::CollectAgentInput (POST /procedures/{conversation_id}/collect_agent_input) \
                   is not emulated. Only a procedure that Fin runs waits for input, and there is no Fin.";
    assert_eq!(told(&error), (501, "not_implemented", message));
    assert_eq!(emulator.journal().count(CollectAgentInput::SPEC), 1);
    let known = intercom_emulator::not_emulated();
    assert!(
        known
            .iter()
            .any(|(spec, _)| spec.name == "procedures::CollectAgentInput")
    );
}

#[test]
fn what_is_missing_or_wrong_in_a_request_is_named() {
    let emulator = Emulator::new();
    let known = [("authorization", "Bearer x")];
    let reply = send(&emulator, "POST", "/help_center/collections", &known);
    assert_eq!(reply.status(), 400);
    assert!(
        reply.body().contains(
            r#""code":"parameter_not_found","message":"name is required","field":"name""#
        )
    );
    let reply = send(&emulator, "GET", "/contacts?per_page=many", &known);
    assert_eq!(reply.status(), 400);
    assert!(reply.body().contains(r#""field":"per_page""#));
    let error = client(&emulator)
        .call(&contacts::Create::new(ContactCreate::new()))
        .unwrap_err();
    assert_eq!(
        (told(&error).0, told(&error).1),
        (400, "parameter_not_found")
    );
}

#[test]
fn head_and_options_get_sane_answers() {
    let emulator = Emulator::new();
    let known = [("authorization", "Bearer x")];
    let head = send(&emulator, "HEAD", "/me", &known);
    assert_eq!((head.status().as_u16(), head.body().as_str()), (200, ""));
    assert_ne!(head.headers()["content-length"], "0");
    let options = send(&emulator, "OPTIONS", "/contacts", &[]);
    assert_eq!(options.status(), 204);
    assert_eq!(options.headers()["allow"], "GET, POST, HEAD, OPTIONS");
    assert_eq!(send(&emulator, "GET", "/nowhere", &known).status(), 404);
    assert_eq!(send(&emulator, "PATCH", "/contacts", &known).status(), 404);
}

#[test]
fn two_runs_with_one_seed_are_the_same() {
    let run = |seed| {
        let emulator = Emulator::builder().seed(seed).demo().build();
        let intercom = Client::new(
            emulator.transport(),
            Config::new("token").retry(RetryPolicy::NEVER),
        );
        let created = contacts::Create::new(ContactCreate::new().email("ada@example.com"));
        let created = intercom.call(&created).unwrap();
        let list = intercom.call(&contacts::List::new()).unwrap();
        let collections = intercom.call(&help_center::ListCollections::new()).unwrap();
        let replies = [created.raw(), list.raw(), collections.raw()];
        replies.map(|reply| (reply.request_id().map(str::to_owned), reply.body().clone()))
    };
    assert_eq!(run(7), run(7));
    assert_ne!(run(7), run(8));
}

#[test]
fn emulators_know_nothing_of_each_other() {
    let (one, other) = (Emulator::new(), Emulator::new());
    one.contact().email("ada@example.com").create();
    assert_eq!(one.clone().size().contacts, 1);
    assert_eq!(other.size().contacts, 0);
}

#[test]
fn every_authenticated_reply_has_a_tag_and_the_rate_limit() {
    let emulator = Emulator::new();
    let reply = send(&emulator, "GET", "/me", &[("authorization", "Bearer x")]);
    let headers = reply.headers();
    for name in [
        "etag",
        "x-ratelimit-limit",
        "x-ratelimit-remaining",
        "x-ratelimit-reset",
    ] {
        assert!(headers.contains_key(name), "{name}");
    }
    let same = send(&emulator, "GET", "/me", &[("authorization", "Bearer x")]);
    assert_eq!(same.headers()["etag"], headers["etag"]);
    let stranger = send(&emulator, "GET", "/me", &[]);
    assert!(!stranger.headers().contains_key("x-ratelimit-limit"));
}

#[test]
fn a_repeated_field_counts_once_and_a_bad_body_is_described_without_rust() {
    let emulator = Emulator::new();
    let post = |body: &str| {
        let request = http::Request::post("/contacts")
            .header("authorization", "Bearer x")
            .body(bytes::Bytes::copy_from_slice(body.as_bytes()))
            .unwrap();
        let reply = Transport::send(&emulator.transport(), request, Deadline::none()).unwrap();
        let status = reply.status().as_u16();
        let text = std::io::read_to_string(reply.into_body()).unwrap();
        (status, text)
    };
    let (status, text) = post(r#"{"email":"a@example.com","email":"b@example.com"}"#);
    assert_eq!(status, 200);
    assert!(text.contains("b@example.com"));
    for body in [r#"{"email":1}"#, "[]", "{", r#"{"role":{}}"#] {
        let (status, text) = post(body);
        assert_eq!(status, 400, "{body}");
        assert!(
            !text.contains("struct") && !text.contains("at line"),
            "{text}"
        );
    }
}
