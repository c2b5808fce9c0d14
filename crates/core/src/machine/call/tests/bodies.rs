//! Bodies that are missing, too long, or broken off.

use super::*;

#[test]
fn an_empty_success_is_retried_if_idempotent() {
    let mut script = Script::read();
    script.go(Event::Start);
    assert!(matches!(script.answer(200, &[], ""), Step::Send(..)));
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));

    let mut script = Script::read();
    script.go(Event::Start);
    (0..3).for_each(|_| drop(script.answer(200, &[], "")));
    assert_eq!(
        failure(script.answer(200, &[], "")).to_string(),
        "200 without the expected body (GET /contacts/1, 4 attempts)"
    );

    let mut script = Script::write();
    script.go(Event::Start);
    let error = failure(script.answer(200, &[("x-request-id", "r-2")], ""));
    assert!(matches!(&error, Error::Decode(error) if error.kind == DecodeErrorKind::Empty));
    assert_eq!(
        error.to_string(),
        "200 without the expected body (POST /contacts, request r-2, the request may have been processed)"
    );
    assert!(error.outcome_unknown());

    let mut script = Script::of(&tags::Delete::new("1"));
    script.go(Event::Start);
    assert!(matches!(script.answer(200, &[], ""), Step::Done(_)));
}

#[test]
fn a_body_beyond_the_limit_is_not_read() {
    let shared = Shared::new(Config::new("token").max_json_body(1_000));
    let mut script = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
    script.go(Event::Start);
    let error = failure(script.answer(200, &[("content-length", "2147483648")], "never read"));
    assert!(
        matches!(&error, Error::Decode(error) if error.kind == DecodeErrorKind::TooLarge { limit: 1_000 })
    );
    assert!(error.to_string().contains("limit of 1000 bytes"), "{error}");

    let mut script = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
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
fn an_error_keeps_the_received_part_of_its_body() {
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
        "200 without the end of its body: the connection broke (POST /contacts, the request may have been processed)"
    );
}

#[test]
fn the_status_of_an_error_is_reported_even_if_its_body_is_lost() {
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
fn a_write_whose_reply_broke_off_is_not_retried_and_keeps_its_head() {
    for error in [lost(), lost().not_sent()] {
        let mut script = Script::write();
        script.go(Event::Start);
        let mut headers = HeaderMap::new();
        headers.insert("x-request-id", HeaderValue::from_static("r-3"));
        script.go(Event::Head(StatusCode::CREATED, headers));
        let error = failure(script.fail(error));
        assert_eq!(
            error.to_string(),
            "201 without its body: the connection broke (POST /contacts, request r-3, the request may have been processed)"
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
fn a_read_whose_reply_broke_off_is_retried() {
    let mut script = Script::read();
    script.go(Event::Start);
    script.go(Event::Head(StatusCode::OK, HeaderMap::new()));
    assert!(matches!(script.fail(lost()), Step::Send(..)));
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));
}

#[test]
fn an_html_page_of_a_proxy_is_an_error_that_shows_its_start() {
    let mut script = Script::with(
        &contacts::Get::new("1"),
        &Shared::new("token".into()),
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

/// What a script does with a reply that the endpoint cannot decode.
fn undecodable(script: &mut Script, body: &str) -> Step {
    script.go(Event::Start);
    let Step::Done(reply) = script.answer(200, &[], body) else {
        panic!("a success is done");
    };
    let Err(undecodable) = crate::machine::decode::<contacts::Get>(reply) else {
        panic!("{body} was decoded");
    };
    script.go(Event::Undecodable(undecodable))
}

#[test]
fn a_success_that_is_not_json_is_retried_if_idempotent() {
    for body in ["<html>Bad gateway</html>", r#"{"type":"contact","id":"1"#] {
        let mut script = Script::read();
        assert!(
            matches!(undecodable(&mut script, body), Step::Send(..)),
            "{body}"
        );
        assert_eq!(script.attempts(), 2);
        assert!(matches!(
            script.answer(200, &[], r#"{"id":"1"}"#),
            Step::Done(_)
        ));

        let mut script = Script::write();
        let error = failure(undecodable(&mut script, body));
        assert!(error.outcome_unknown() && !error.is_retryable(), "{error}");
        assert_eq!(script.attempts(), 1);
    }
}

#[test]
fn a_success_of_another_shape_is_not_retried() {
    let mut script = Script::read();
    let error = failure(undecodable(&mut script, "[1]"));
    assert!(!error.is_retryable() && !error.outcome_unknown(), "{error}");
    assert_eq!(script.attempts(), 1);
}

#[test]
fn json_has_a_smaller_limit_than_files() {
    let shared = Shared::new(Config::new("token").max_json_body(1_000).max_body(2_000));
    let length = [("content-length", "1500")];
    let mut json = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
    json.go(Event::Start);
    let error = failure(json.answer(200, &length, "never read"));
    assert!(error.to_string().contains("limit of 1000 bytes"), "{error}");
    let export = crate::api::data_export::Download::new("1");
    let mut file = Script::with(&export, &shared, CallOptions::new());
    file.go(Event::Start);
    assert!(matches!(file.answer(200, &length, "read"), Step::Done(_)));
}
