//! What is repeated, and what is not.

use super::*;

#[test]
fn a_read_is_retried_after_transient_failures() {
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
fn a_read_fails_after_three_retries() {
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
fn a_write_that_may_have_been_processed_is_not_retried() {
    let mut script = Script::write();
    script.go(Event::Start);
    let error = failure(script.fail(lost()));
    assert!(error.outcome_unknown() && !error.is_retryable());
    assert_eq!(
        error.to_string(),
        "the connection broke (POST /contacts, the request may have been processed)"
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
fn an_ambiguous_status_has_an_unknown_outcome() {
    let written = |status| {
        let mut script = Script::write();
        script.go(Event::Start);
        failure(script.answer(status, &[], "")).outcome_unknown()
    };
    // From 520 on they are of proxies, which lost sight of the service.
    for status in [
        101, 302, 303, 408, 500, 502, 503, 504, 507, 520, 524, 599, 999,
    ] {
        assert!(written(status), "{status}");
    }
    for status in [400, 401, 404, 409, 413, 422, 501] {
        assert!(!written(status), "{status}");
    }
}

#[test]
fn a_write_that_was_never_sent_is_retried() {
    let mut script = Script::write();
    script.go(Event::Start);
    let refused = TransportError::new(TransportErrorKind::Connect).not_sent();
    assert!(matches!(script.fail(refused), Step::Send(..)));
    assert!(matches!(script.answer(200, &[], "{}"), Step::Done(_)));
}

#[test]
fn a_write_refused_with_429_is_retried_in_the_next_window() {
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
fn a_429_that_is_not_about_the_window_is_an_error_at_once() {
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
fn retry_after_is_read_in_seconds_or_as_a_date() {
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
fn every_requested_wait_is_honoured_or_refused() {
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
            let mut script = Script::with(
                &contacts::Get::new("1"),
                &Shared::new("token".into()),
                options,
            );
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
fn all_calls_of_a_client_share_a_retry_budget() {
    let shared = Shared::new(Config::new("token"));
    let mut attempts = 0;
    for _ in 0..100 {
        let mut script = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
        let mut step = script.go(Event::Start);
        while matches!(step, Step::Send(..)) {
            step = script.answer(500, &[], "");
        }
        attempts += script.attempts();
    }
    assert_eq!(attempts, 110);
}

#[test]
fn a_wait_of_more_than_a_minute_is_left_to_the_caller() {
    for status in [429, 503] {
        let options = CallOptions::new().no_timeout();
        let mut script = Script::with(&contacts::Get::new("1"), &Shared::new("t".into()), options);
        script.go(Event::Start);
        let error = failure(script.answer(status, &[("retry-after", "3600")], ""));
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3600)));
        assert_eq!((script.attempts(), script.waits.len()), (1, 0), "{status}");
    }
}

#[test]
fn an_impossible_reset_is_read_as_one_window() {
    let now = std::time::SystemTime::now();
    let seconds = now.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    for reset in [seconds * 1000, seconds + 3600, 0] {
        let reset = reset.to_string();
        let headers = [
            ("x-ratelimit-limit", "167"),
            ("x-ratelimit-remaining", "0"),
            ("x-ratelimit-reset", reset.as_str()),
        ];
        let mut script = Script::read();
        script.go(Event::Start);
        assert!(
            matches!(script.answer(429, &headers, ""), Step::Send(..)),
            "{reset}"
        );
        let waited: Duration = script.waits.iter().sum();
        assert!(waited < Duration::from_secs(25), "{waited:?}");
    }
}
