//! How long a call may take, and what it is told when that is over.

use super::*;

#[test]
fn no_wait_exceeds_the_deadline() {
    let mut script = Script::with(
        &contacts::Get::new("1"),
        &Shared::new("token".into()),
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
    let shared = Shared::new(Config::new("token"));
    let mut first = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
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
        &shared,
        CallOptions::new().timeout(Duration::from_secs(1)),
    );
    hurried.now = first.now;
    let error = failure(hurried.go(Event::Start));
    assert!(error.is_timeout() && error.is_retryable());
    assert!(
        error
            .to_string()
            .contains(" s, and the call has 1.0 s left"),
        "{error}"
    );

    let mut second = Script::with(&contacts::Get::new("2"), &shared, CallOptions::new());
    second.now = first.now;
    assert!(matches!(second.go(Event::Start), Step::Send(..)));
    assert!(
        (5_000..=6_000).contains(&second.waits[0].as_millis()),
        "{:?}",
        second.waits
    );
}

#[test]
fn a_streamed_body_may_take_longer_than_the_timeout() {
    let (shared, options) = (Shared::new("token".into()), CallOptions::new());
    let get = contacts::Get::new("1");
    let mut call = prepare(&get, Wanted::Stream, &shared, options).unwrap();
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
    let shared = Shared::new(Config::new("token").no_timeout());
    let mut script = Script::with(&contacts::Get::new("1"), &shared, CallOptions::new());
    let Step::Send(_, deadline) = script.go(Event::Start) else {
        panic!()
    };
    assert_eq!(deadline.until_head(), None);
}

#[test]
fn a_body_may_pause_for_thirty_seconds_unless_configured_otherwise() {
    let idle = |config: Config, options| {
        let mut script = Script::with(&contacts::Get::new("1"), &Shared::new(config), options);
        let Step::Send(_, deadline) = script.go(Event::Start) else {
            panic!()
        };
        deadline.idle
    };
    let (config, options) = (Config::new("token"), CallOptions::new());
    let (short, usual) = (Duration::from_secs(1), Duration::from_secs(30));
    assert_eq!(idle(config.clone(), options.clone()), Some(usual));
    assert_eq!(
        idle(config.clone(), options.clone().idle_timeout(short)),
        Some(short)
    );
    assert_eq!(
        idle(config.clone(), options.clone().no_idle_timeout()),
        None
    );
    assert_eq!(idle(config.no_idle_timeout(), options), None);
}

#[test]
fn the_error_of_the_last_attempt_is_returned_if_there_is_no_time_for_another() {
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
