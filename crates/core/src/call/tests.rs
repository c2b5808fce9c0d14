//! Calls, told what happens by a script, in made-up time.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};

use super::{Call, Event, Step, Wanted};
use crate::api::{contacts, custom_objects, tags};
use crate::config::{CallOptions, Config};
use crate::error::{DecodeReason, EncodeProblem, Error};
use crate::transport::{Now, TransportError, TransportErrorKind};
use crate::{ApiVersion, Endpoint, RetryPolicy};

/// A call with a clock that goes as far as its waits say.
struct Script {
    call: Call,
    now: Now,
    waits: Vec<Duration>,
    sent: Vec<Request<Bytes>>,
}

impl Script {
    fn of<E: Endpoint>(endpoint: &E) -> Self {
        Self::with(endpoint, &Config::new("token"), CallOptions::new())
    }

    fn with<E: Endpoint>(endpoint: &E, config: &Config, options: CallOptions) -> Self {
        let options = config.call.overlaid(options);
        let random = fastrand::Rng::with_seed(7);
        let encoded = endpoint.encode().unwrap();
        let spec = endpoint.spec();
        let call = Call::new(spec, encoded, Wanted::Body, config, &options, None, random).unwrap();
        Self {
            call,
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
fn a_request_carries_the_token_the_version_and_the_whole_address() {
    let mut script = Script::with(
        &contacts::Get::new("a b/ü"),
        &Config::new("dG9rOg").user_agent("shop/1.0"),
        CallOptions::new()
            .version(ApiVersion::V2_11)
            .header("X-Trace", "7"),
    );
    script.go(Event::Start);
    let request = &script.sent[0];
    assert_eq!(
        request.uri(),
        "https://api.intercom.io/contacts/a%20b%2F%C3%BC"
    );
    assert_eq!(request.headers()["authorization"], "Bearer dG9rOg");
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(request.headers()["intercom-version"], "2.11");
    assert_eq!(request.headers()["x-trace"], "7");
    assert!(
        request.headers()["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("shop/1.0 intercom-rs/")
    );
    assert!(!format!("{:?}", script.call).contains("dG9rOg"));
}

#[test]
fn a_success_is_done_at_once() {
    let mut script = Script::read();
    script.go(Event::Start);
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(reply) if reply.body() == "{}"));
    assert_eq!((script.attempts(), script.waits.len()), (1, 0));
}

#[test]
fn an_error_of_the_caller_is_not_repeated() {
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
fn a_read_is_repeated_after_faults_that_pass() {
    for status in [408, 500, 502, 503, 504] {
        let mut script = Script::read();
        script.go(Event::Start);
        assert!(
            matches!(script.answer(status, &[], "<html>"), Step::Send(..)),
            "{status}"
        );
        assert!(matches!(script.fail(lost()), Step::Send(..)));
        assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));
        assert_eq!(script.attempts(), 3);
    }
}

#[test]
fn a_read_is_given_up_after_three_retries() {
    let mut script = Script::read();
    script.go(Event::Start);
    for _ in 0..3 {
        script.answer(503, &[], "");
    }
    let error = failure(script.answer(503, &[], ""));
    assert_eq!(
        error.to_string(),
        "503 without a body (GET /contacts/1, 4 attempts)"
    );
    assert_eq!(script.attempts(), 4);
    assert!(
        script
            .waits
            .iter()
            .zip([500, 1_000, 2_000])
            .all(|(wait, longest)| wait.as_millis() <= longest)
    );
}

#[test]
fn a_write_that_may_have_been_done_is_not_repeated() {
    let mut script = Script::write();
    script.go(Event::Start);
    let error = failure(script.fail(lost()));
    assert!(error.outcome_unknown() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "the connection broke (POST /contacts, it may have been done)"
    );

    for status in [408, 500, 502, 503, 504] {
        let mut script = Script::write();
        script.go(Event::Start);
        let error = failure(script.answer(status, &[("retry-after", "1")], ""));
        assert!(error.outcome_unknown() && !error.is_retryable(), "{status}");
        assert_eq!(script.attempts(), 1);
    }
}

#[test]
fn a_status_that_leaves_open_what_was_done_says_so() {
    let written = |status| {
        let mut script = Script::write();
        script.go(Event::Start);
        failure(script.answer(status, &[], "")).outcome_unknown()
    };
    // From 520 on they are of proxies, which lost sight of the service.
    for status in [408, 500, 502, 503, 504, 507, 520, 524, 599] {
        assert!(written(status), "{status}");
    }
    for status in [302, 400, 401, 404, 409, 413, 422, 501] {
        assert!(!written(status), "{status}");
    }
}

#[test]
fn a_write_that_was_never_sent_is_repeated() {
    let mut script = Script::write();
    script.go(Event::Start);
    let refused = TransportError::new(TransportErrorKind::Connect).not_sent();
    assert!(matches!(script.fail(refused), Step::Send(..)));
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));
}

#[test]
fn a_write_that_was_refused_for_the_rate_is_repeated_after_the_window() {
    let mut script = Script::write();
    script.go(Event::Start);
    let body = r#"{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 167 in 10_seconds"}]}"#;
    assert!(matches!(
        script.answer(429, &[("retry-after", "4")], body),
        Step::Send(..)
    ));
    assert!(
        (4_000..4_500).contains(&script.waits[0].as_millis()),
        "{:?}",
        script.waits
    );
}

#[test]
fn a_limit_that_is_not_of_the_window_is_told_at_once() {
    let jobs = r#"{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 5 pending reporting dataset export jobs"}]}"#;
    let left = [
        ("x-ratelimit-limit", "167"),
        ("x-ratelimit-remaining", "160"),
        ("x-ratelimit-reset", "4102444800"),
    ];
    for (headers, body) in [(&[][..], jobs), (&left[..], "{}")] {
        let mut script = Script::write();
        script.go(Event::Start);
        let error = failure(script.answer(429, headers, body));
        assert_eq!((script.attempts(), error.is_retryable()), (1, true));
    }
}

#[test]
fn what_the_service_asks_to_wait_is_waited_in_seconds_or_up_to_a_date() {
    let date = [
        ("retry-after", "Sun, 06 Nov 1994 08:49:40 GMT"),
        ("date", "Sun, 06 Nov 1994 08:49:37 GMT"),
    ];
    for headers in [&[("retry-after", "3")][..], &date[..]] {
        let mut script = Script::read();
        script.go(Event::Start);
        script.answer(503, headers, "");
        assert!(
            (3_000..=3_500).contains(&script.waits[0].as_millis()),
            "{:?}",
            script.waits
        );
    }
}

#[test]
fn nothing_is_waited_for_beyond_the_deadline() {
    let mut script = Script::with(
        &contacts::Get::new("1"),
        &Config::new("token"),
        CallOptions::new().timeout(Duration::from_secs(5)),
    );
    script.go(Event::Start);
    let error = failure(script.answer(503, &[("retry-after", "3600")], ""));
    assert_eq!(
        (error.status(), script.waits.len()),
        (Some(StatusCode::SERVICE_UNAVAILABLE), 0)
    );
    assert_eq!(error.retry_after(), Some(Duration::from_secs(3_600)));
}

#[test]
fn the_deadline_holds_for_all_attempts_together() {
    let mut script = Script::read();
    let start = script.now.instant;
    let Step::Send(_, first) = script.go(Event::Start) else {
        panic!()
    };
    script.now = script.now + Duration::from_secs(30);
    let Step::Send(_, second) = script.fail(lost()) else {
        panic!()
    };
    assert_eq!(
        (first.whole, second.whole),
        (Some(start + Duration::from_secs(60)), first.whole)
    );
    script.now = script.now + Duration::from_secs(30);
    assert!(failure(script.fail(TransportError::new(TransportErrorKind::Timeout))).is_timeout());
}

#[test]
fn a_call_waits_for_the_window_before_it_is_sent() {
    let config = Config::new("token");
    let mut first = Script::with(&contacts::Get::new("1"), &config, CallOptions::new());
    first.go(Event::Start);
    let unix = first
        .now
        .system
        .duration_since(std::time::UNIX_EPOCH)
        .unwrap()
        .as_secs();
    let reset = (unix + 6).to_string();
    first.answer(
        200,
        &[
            ("x-ratelimit-limit", "5"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", &reset),
        ],
        "{}",
    );

    let mut hurried = Script::with(
        &contacts::Get::new("3"),
        &config,
        CallOptions::new().timeout(Duration::from_secs(1)),
    );
    hurried.now = first.now;
    let error = failure(hurried.go(Event::Start));
    assert!(error.is_timeout() && error.is_retryable());
    assert!(
        error
            .to_string()
            .contains("the rate limit leaves no request before the deadline"),
        "{error}"
    );

    let mut second = Script::with(&contacts::Get::new("2"), &config, CallOptions::new());
    second.now = first.now;
    assert!(matches!(second.go(Event::Start), Step::Send(..)));
    assert!(
        (5_000..=6_000).contains(&second.waits[0].as_millis()),
        "{:?}",
        second.waits
    );
}

#[test]
fn an_empty_success_is_asked_for_again_where_that_is_safe() {
    let mut script = Script::read();
    script.go(Event::Start);
    assert!(matches!(script.answer(200, &[], ""), Step::Send(..)));
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));

    let mut script = Script::read();
    script.go(Event::Start);
    (0..3).for_each(|_| drop(script.answer(200, &[], "")));
    assert_eq!(
        failure(script.answer(200, &[], "")).to_string(),
        "200 without the body that was promised (GET /contacts/1, 4 attempts)"
    );

    let mut script = Script::write();
    script.go(Event::Start);
    let error = failure(script.answer(200, &[("x-request-id", "r-2")], ""));
    assert!(matches!(&error, Error::Decode(error) if error.reason == DecodeReason::Empty));
    assert_eq!(
        error.to_string(),
        "200 without the body that was promised (POST /contacts, request r-2, it may have been done)"
    );
    assert!(error.outcome_unknown());

    let mut script = Script::of(&tags::Delete::new("1"));
    script.go(Event::Start);
    assert!(matches!(script.answer(200, &[], ""), Step::Done(_)));
}

#[test]
fn a_body_beyond_the_limit_is_not_read() {
    let config = Config::new("token").max_body(1_000);
    let mut script = Script::with(&contacts::Get::new("1"), &config, CallOptions::new());
    script.go(Event::Start);
    let error = failure(script.answer(200, &[("content-length", "2147483648")], "never read"));
    assert!(
        matches!(&error, Error::Decode(error) if error.reason == DecodeReason::TooLarge { limit: 1_000 })
    );
    assert!(
        error.to_string().contains("more than 1000 bytes"),
        "{error}"
    );

    let mut script = Script::with(&contacts::Get::new("1"), &config, CallOptions::new());
    script.go(Event::Start);
    assert!(matches!(
        script.go(Event::Head(StatusCode::OK, HeaderMap::new())),
        Step::Read(1_000)
    ));
    let error = failure(script.go(Event::TooLarge(Bytes::from("{"))));
    assert_eq!(
        (error.status(), error.outcome_unknown()),
        (Some(StatusCode::OK), false)
    );

    let mut script = Script::write();
    script.go(Event::Start);
    script.go(Event::Head(StatusCode::OK, HeaderMap::new()));
    assert!(failure(script.go(Event::TooLarge(Bytes::from("{")))).outcome_unknown());
}

#[test]
fn an_error_keeps_what_came_of_its_body() {
    let start = || Bytes::from("<html>The service");
    let long = HeaderMap::from_iter([(
        http::header::CONTENT_LENGTH,
        HeaderValue::from_static("2147483648"),
    )]);
    for event in [Event::TooLarge(start()), Event::Failed(lost(), start())] {
        let mut script = Script::write();
        script.go(Event::Start);
        let step = script.go(Event::Head(StatusCode::NOT_FOUND, long.clone()));
        assert!(matches!(step, Step::Read(_)));
        let error = failure(script.go(event));
        assert_eq!(error.reply().unwrap().body(), &start());
    }

    let mut script = Script::write();
    script.go(Event::Start);
    script.go(Event::Head(StatusCode::OK, HeaderMap::new()));
    let error = failure(script.go(Event::Failed(lost(), start())));
    assert_eq!(error.reply().unwrap().body(), &start());
    assert_eq!(
        error.to_string(),
        "200 without the end of its body: the connection broke (POST /contacts, it may have been done)"
    );
}

#[test]
fn the_status_of_an_error_is_told_even_if_its_body_is_lost() {
    let mut script = Script::write();
    script.go(Event::Start);
    script.go(Event::Head(
        StatusCode::UNPROCESSABLE_ENTITY,
        HeaderMap::new(),
    ));
    let error = failure(script.fail(lost()));
    assert_eq!(
        (error.status(), error.outcome_unknown()),
        (Some(StatusCode::UNPROCESSABLE_ENTITY), false)
    );
}

#[test]
fn a_write_whose_answer_broke_off_is_not_repeated_and_keeps_its_head() {
    for error in [lost(), lost().not_sent()] {
        let mut script = Script::write();
        script.go(Event::Start);
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", HeaderValue::from_static("r-3"));
        script.go(Event::Head(StatusCode::CREATED, headers));
        let error = failure(script.fail(error));
        assert_eq!(
            error.to_string(),
            "201 without its body: the connection broke (POST /contacts, request r-3, it may have been done)"
        );
        assert_eq!(
            (error.status(), error.request_id()),
            (Some(StatusCode::CREATED), Some("r-3"))
        );
        assert_eq!(
            (
                script.attempts(),
                error.outcome_unknown(),
                error.is_retryable()
            ),
            (1, true, false)
        );
    }
}

#[test]
fn a_read_whose_answer_broke_off_is_asked_for_again() {
    let mut script = Script::read();
    script.go(Event::Start);
    script.go(Event::Head(StatusCode::OK, HeaderMap::new()));
    assert!(matches!(script.fail(lost()), Step::Send(..)));
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));
}

#[test]
fn any_wait_that_is_asked_for_is_waited_or_refused() {
    let policy = RetryPolicy {
        base: Duration::from_secs(8),
        ..RetryPolicy::default()
    };
    for asked in [
        "0",
        "-1",
        "soon",
        "18446744073709551615",
        "99999999999999999999",
    ] {
        for (status, timeout) in [429, 503]
            .into_iter()
            .flat_map(|status| [(status, Duration::from_secs(60)), (status, Duration::MAX)])
        {
            let options = CallOptions::new().retry(policy).timeout(timeout);
            let mut script = Script::with(&contacts::Get::new("1"), &Config::new("token"), options);
            script.go(Event::Start);
            let headers = HeaderMap::from_iter([(
                HeaderName::from_static("retry-after"),
                HeaderValue::from_static(asked),
            )]);
            let status = StatusCode::from_u16(status).unwrap();
            script.go(Event::Head(status, headers));
            // Not by the script, whose clock cannot go so far.
            let step = script.call.next(Event::Body(Bytes::new()), script.now);
            assert!(matches!(step, Step::Wait(_) | Step::Fail(_)), "{step:?}");
        }
    }
}

#[test]
fn a_page_of_a_proxy_is_an_error_that_shows_its_start() {
    let mut script = Script::with(
        &contacts::Get::new("1"),
        &Config::new("token"),
        CallOptions::new().retry(RetryPolicy::NEVER),
    );
    script.go(Event::Start);
    let error = failure(script.answer(502, &[], "<html>\n  <h1>502 Bad Gateway</h1>\n</html>"));
    assert_eq!(
        error.to_string(),
        "502 with an unexpected body: <html> <h1>502 Bad Gateway</h1> </html> (GET /contacts/1)"
    );
    assert!(
        error
            .reply()
            .is_some_and(|reply| reply.body().starts_with(b"<html>"))
    );
}

#[test]
fn retries_of_all_calls_together_have_a_budget() {
    let config = Config::new("token");
    let mut attempts = 0;
    for _ in 0..100 {
        let mut script = Script::with(&contacts::Get::new("1"), &config, CallOptions::new());
        let mut step = script.go(Event::Start);
        while matches!(step, Step::Send(..)) {
            step = script.answer(500, &[], "");
        }
        attempts += script.attempts();
    }
    assert_eq!(attempts, 110);
}

#[test]
fn a_call_that_is_dropped_gives_its_permit_back() {
    #[derive(Debug, Default)]
    struct Counting(std::sync::atomic::AtomicI32);

    impl crate::RateBudget for Counting {
        fn acquire(&self, _: crate::Caller, _: Now) -> crate::Permission {
            self.0.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
            crate::Permission::Granted
        }

        fn observe(&self, _: &HeaderMap, _: Now) {}

        fn exhausted(&self, _: Duration, _: Now) {}

        fn release(&self) {
            self.0.fetch_sub(1, std::sync::atomic::Ordering::SeqCst);
        }
    }

    let budget = std::sync::Arc::new(Counting::default());
    let config = Config::new("token").rate_budget(budget.clone());
    for after in 0..4 {
        let mut script = Script::with(&contacts::Get::new("1"), &config, CallOptions::new());
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

#[test]
fn a_version_without_the_operation_is_refused_before_anything_is_sent() {
    let config = Config::new("token").version(ApiVersion::V2_10);
    let refuse = |spec: crate::Spec, encoded| {
        Call::new(
            spec,
            encoded,
            Wanted::Body,
            &config,
            &config.call,
            None,
            fastrand::Rng::with_seed(0),
        )
        .unwrap_err()
        .to_string()
    };
    let find = contacts::FindByExternalId::new("7");
    assert_eq!(
        refuse(contacts::FindByExternalId::SPEC, find.encode().unwrap()),
        "contacts::FindByExternalId exists from 2.13 on (asked for 2.10)"
    );
    let sections = crate::api::help_center::ListSections::new();
    assert_eq!(
        refuse(
            crate::api::help_center::ListSections::SPEC,
            sections.encode().unwrap()
        ),
        "help_center::ListSections exists from 2.7 to 2.9 (asked for 2.10)"
    );
}

#[test]
fn what_cannot_be_sent_is_refused_by_name() {
    let encoded = || contacts::Get::new("1").encode().unwrap();
    let refuse = |config: &Config, options: CallOptions| {
        let options = config.call.overlaid(options);
        let random = fastrand::Rng::with_seed(0);
        Call::new(
            contacts::Get::SPEC,
            encoded(),
            Wanted::Body,
            config,
            &options,
            None,
            random,
        )
        .unwrap_err()
    };
    for token in ["", " ", "to\nken", "tok\0en"] {
        let error = refuse(&Config::new(token), CallOptions::new());
        assert_eq!(error.problem(), &EncodeProblem::AccessToken);
        assert!(token.trim().is_empty() || !error.to_string().contains(token));
    }
    for (name, value) in [("x-name", "a\r\nb: c"), ("x name", "a"), ("", "a")] {
        let error = refuse(
            &Config::new("token"),
            CallOptions::new().header(name, value),
        );
        assert_eq!(
            error.problem(),
            &EncodeProblem::Header { name: name.into() }
        );
    }
    for (id, problem) in [
        ("", EncodeProblem::EmptyArgument { name: "contact_id" }),
        (".", EncodeProblem::DotArgument { name: "contact_id" }),
        ("..", EncodeProblem::DotArgument { name: "contact_id" }),
    ] {
        assert_eq!(
            contacts::Get::new(id).encode().unwrap_err().problem(),
            &problem
        );
    }
    assert_eq!(
        contacts::Get::new("").encode().unwrap_err().to_string(),
        "contacts::Get: `contact_id` is empty"
    );
    let delete = |id| custom_objects::DeleteByExternalId::new("Order", id).encode();
    assert_eq!(
        delete("").unwrap_err().to_string(),
        "custom_objects::DeleteByExternalId: `external_id` is empty"
    );
    assert_eq!(
        delete("a b").unwrap().uri(),
        "/custom_object_instances/Order?external_id=a+b"
    );
    assert_eq!(
        contacts::Get::new("../me?a#b").encode().unwrap().uri(),
        "/contacts/..%2Fme%3Fa%23b"
    );
}

#[test]
fn a_body_that_is_streamed_may_take_longer_than_the_call() {
    let config = Config::new("token");
    let encoded = contacts::Get::new("1").encode().unwrap();
    let random = fastrand::Rng::with_seed(0);
    let spec = contacts::Get::SPEC;
    let mut call = Call::new(
        spec,
        encoded,
        Wanted::Stream,
        &config,
        &config.call,
        None,
        random,
    )
    .unwrap();
    let now = Now::from_system();
    let Step::Send(_, deadline) = call.next(Event::Start, now) else {
        panic!()
    };
    let minute = now.instant + Duration::from_secs(60);
    assert_eq!((deadline.whole, deadline.head), (None, Some(minute)));
    let head = Event::Head(StatusCode::OK, HeaderMap::new());
    assert!(matches!(call.next(head, now), Step::Done(_)));
}

#[test]
fn a_call_without_a_timeout_has_no_deadline() {
    let config = Config::new("token").no_timeout();
    let mut script = Script::with(&contacts::Get::new("1"), &config, CallOptions::new());
    let Step::Send(_, deadline) = script.go(Event::Start) else {
        panic!()
    };
    assert_eq!(deadline.until_head(), None);
}

#[test]
fn a_body_may_pause_for_half_a_minute_or_as_set_or_for_ever() {
    let idle = |config: &Config, options| {
        let mut script = Script::with(&contacts::Get::new("1"), config, options);
        let Step::Send(_, deadline) = script.go(Event::Start) else {
            panic!()
        };
        deadline.idle
    };
    let (config, options) = (Config::new("token"), CallOptions::new());
    let (short, usual) = (Duration::from_secs(1), Duration::from_secs(30));
    assert_eq!(idle(&config, options.clone()), Some(usual));
    assert_eq!(
        idle(&config, options.clone().idle_timeout(short)),
        Some(short)
    );
    assert_eq!(idle(&config, options.clone().no_idle_timeout()), None);
    assert_eq!(idle(&config.no_idle_timeout(), options), None);
}

#[test]
fn what_came_of_the_attempt_before_is_told_where_there_is_no_time_for_another() {
    let mut script = Script::read();
    script.go(Event::Start);
    let Step::Read(_) = script.go(Event::Head(
        StatusCode::SERVICE_UNAVAILABLE,
        HeaderMap::new(),
    )) else {
        panic!()
    };
    let Step::Wait(_) = script.call.next(Event::Body(Bytes::new()), script.now) else {
        panic!()
    };
    let late = script.now + Duration::from_secs(61);
    let Step::Fail(error) = script.call.next(Event::Waited, late) else {
        panic!()
    };
    assert_eq!(error.status(), Some(StatusCode::SERVICE_UNAVAILABLE));
}

#[test]
fn headers_that_follow_from_the_rest_of_a_call_cannot_be_set_apart() {
    for name in [
        "Authorization",
        "Host",
        "content-length",
        "Intercom-Version",
    ] {
        let config = Config::new("token");
        let options = config.call.overlaid(CallOptions::new().header(name, "x"));
        let encoded = contacts::Get::new("1").encode().unwrap();
        let random = fastrand::Rng::with_seed(0);
        let spec = contacts::Get::SPEC;
        let error =
            Call::new(spec, encoded, Wanted::Body, &config, &options, None, random).unwrap_err();
        assert_eq!(
            error.problem(),
            &EncodeProblem::ReservedHeader { name: name.into() }
        );
    }
}
