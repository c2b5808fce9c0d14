//! Faults on demand, and what was asked.

mod support;

use std::time::Duration;

use intercom_core::api::admins;
use intercom_core::api::contacts::{self, ContactCreate};
use intercom_core::blocking::Client;
use intercom_core::model::search::contact;
use intercom_core::{CallOptions, Config, Endpoint, Error};
use intercom_emulator::{Emulator, Fault};
use support::{client, told};

fn create() -> contacts::Create {
    contacts::Create::new(ContactCreate::new().email("ada@example.com"))
}

#[test]
fn faults_hit_the_nth_call_only() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    emulator.fail(contacts::List::SPEC).nth(2).with(503);
    let mut statuses = Vec::new();
    for _ in 0..3 {
        let reply = intercom.call(&contacts::List::new());
        statuses.push(reply.map_or_else(
            |error| told(&error).0,
            |reply| reply.raw().status().as_u16(),
        ));
        intercom.call(&admins::Me::new()).unwrap();
    }
    assert_eq!(statuses, [200, 503, 200]);
    assert_eq!(emulator.journal().count(contacts::List::SPEC), 3);
    assert_eq!(emulator.journal().count(&admins::Me::SPEC), 3);
}

#[test]
fn a_fault_lasts_as_long_as_it_was_told() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let fails = |calls: usize| -> Vec<bool> {
        (0..calls)
            .map(|_| intercom.call(&admins::Me::new()).is_err())
            .collect()
    };
    emulator.fail_any().nth(2).times(2).with(500);
    assert_eq!(fails(4), [false, true, true, false]);
    emulator.fail_any().always().with(500);
    assert_eq!(fails(3), [true, true, true]);
    emulator.clear_faults();
    assert_eq!(fails(1), [false]);
}

#[test]
fn a_client_that_retries_survives_a_fault_without_waiting() {
    let emulator = Emulator::new();
    let intercom = Client::new(emulator.transport(), "token");
    let search = contacts::Search::new(contact::ROLE.eq("user"));
    for fault in [
        Fault::status(503).header("Retry-After", "5"),
        Fault::reset_before(),
        Fault::reset_after(),
        Fault::empty_body(),
        Fault::truncated_body(),
        Fault::broken_gzip(),
        Fault::page(502),
        Fault::rate_limited(Duration::from_secs(3)),
    ] {
        emulator.fail(contacts::Search::SPEC).with(fault);
        intercom.call(&search).unwrap();
    }
    assert_eq!(emulator.journal().count(contacts::Search::SPEC), 16);
    assert!(emulator.now() > Emulator::new().now() + Duration::from_secs(8));
}

#[test]
fn a_reset_before_the_operation_leaves_nothing_and_one_after_it_leaves_a_contact() {
    for (fault, contacts) in [(Fault::reset_before(), 0), (Fault::reset_after(), 1)] {
        let emulator = Emulator::new();
        let intercom = Client::new(emulator.transport(), "token");
        emulator.fail(contacts::Create::SPEC).with(fault);
        let error = intercom.call(&create()).unwrap_err();
        assert!(error.outcome_unknown());
        assert_eq!(emulator.size().contacts, contacts);
        let journal = emulator.journal();
        let last = journal.requests().last().unwrap();
        assert_eq!(
            (last.method.as_str(), last.path.as_str()),
            ("POST", "/contacts")
        );
        assert_eq!(
            (last.operation, last.status),
            (Some("contacts::Create"), None)
        );
    }
}

#[test]
fn a_body_of_the_testers_own_is_answered_as_it_is() {
    let emulator = Emulator::new();
    let fault = Fault::status(502)
        .body("<html>Bad gateway</html>")
        .header("content-type", "text/html");
    emulator.fail_any().with(fault);
    let error = client(&emulator).call(&create()).unwrap_err();
    let reply = error.reply().unwrap();
    assert_eq!(&reply.body()[..], b"<html>Bad gateway</html>");
    assert_eq!(reply.headers()["content-type"], "text/html");
    assert_eq!(emulator.size().contacts, 0);
}

#[test]
fn the_page_of_a_proxy_has_nothing_of_the_service() {
    let emulator = Emulator::builder().rate_limit(10).build();
    emulator.fail_any().with(Fault::page(502));
    let error = client(&emulator).call(&create()).unwrap_err();
    let reply = error.reply().unwrap();
    assert_eq!(reply.headers()["content-type"], "text/html");
    assert!(reply.body().starts_with(b"<html>"));
    assert_eq!((error.request_id(), reply.version()), (None, None));
    assert_eq!(reply.rate_limit(), None);
    assert_eq!(emulator.size().contacts, 0);
}

#[test]
fn a_refusal_for_the_rate_says_when_the_window_ends() {
    // Whether or not there is a limit that would say otherwise.
    for emulator in [Emulator::new(), Emulator::builder().rate_limit(10).build()] {
        let fault = Fault::rate_limited(Duration::from_millis(2_500));
        emulator.fail_any().with(fault);
        let error = client(&emulator).call(&create()).unwrap_err();
        assert_eq!(error.retry_after(), Some(Duration::from_secs(3)));
        let limit = error.reply().unwrap().rate_limit().unwrap();
        assert_eq!((limit.limit, limit.remaining), (167, 0));
        assert_eq!(limit.reset, emulator.now() + Duration::from_secs(3));
        assert_eq!(emulator.size().contacts, 0);
        client(&emulator).call(&create()).unwrap();
    }
}

#[test]
fn a_body_that_cannot_be_read_is_of_a_contact_that_was_created() {
    for fault in [
        Fault::empty_body(),
        Fault::truncated_body(),
        Fault::short_length(),
        Fault::broken_gzip(),
    ] {
        let emulator = Emulator::new();
        emulator.fail_any().with(fault);
        let error = client(&emulator).call(&create()).unwrap_err();
        assert!(error.outcome_unknown(), "{error}");
        assert_eq!(emulator.size().contacts, 1);
    }
}

#[test]
fn a_slow_body_arrives_whole_or_meets_the_deadline() {
    let emulator = Emulator::new();
    let config = Config::new("token").timeout(Duration::from_secs(600));
    let intercom = Client::new(emulator.transport(), config);
    let start = emulator.now();
    let fault = || Fault::trickle(Duration::from_secs(1));
    emulator.fail_any().times(2).with(fault());
    let me = intercom.call(&admins::Me::new()).unwrap();
    let pieces = me.raw().body().len().div_ceil(16);
    assert_eq!(
        emulator.now().duration_since(start).unwrap(),
        Duration::from_secs(pieces as u64)
    );

    let start = emulator.now();
    let error = client(&emulator)
        .with_options(CallOptions::new().timeout(Duration::from_secs(3)))
        .call(&create())
        .unwrap_err();
    assert!(error.is_timeout() && error.outcome_unknown(), "{error}");
    assert_eq!(
        emulator.now().duration_since(start).unwrap(),
        Duration::from_secs(3)
    );
    assert_eq!(emulator.size().contacts, 1);
}

#[test]
fn a_hang_meets_the_deadline_of_the_call() {
    let emulator = Emulator::new();
    let config = Config::new("token").timeout(Duration::from_secs(30));
    let intercom = Client::new(emulator.transport(), config);
    let start = emulator.now();
    emulator.fail_any().always().with(Fault::hang());
    let error: Error = intercom.call(&admins::Me::new()).unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(
        emulator.now().duration_since(start).unwrap(),
        Duration::from_secs(30)
    );
}

#[tokio::test]
async fn async_clients_meet_the_same_faults_and_wait_side_by_side() {
    let emulator = Emulator::new();
    let intercom = intercom_core::Client::new(emulator.transport(), "token");
    emulator
        .fail_any()
        .times(2)
        .with(Fault::status(503).header("Retry-After", "20"));
    let start = emulator.now();
    let me = admins::Me::new();
    let (one, other) = tokio::join!(intercom.call(&me), intercom.call(&me));
    assert_eq!(one.unwrap().id, other.unwrap().id);
    let waited = emulator.now().duration_since(start).unwrap();
    assert!(waited < Duration::from_secs(40), "{waited:?}");
    for fault in [
        Fault::truncated_body(),
        Fault::broken_gzip(),
        Fault::trickle(Duration::from_millis(1)),
        Fault::close_after(),
    ] {
        emulator.fail_any().with(fault);
        intercom.call(&me).await.unwrap();
    }
    assert_eq!(emulator.journal().count(admins::Me::SPEC), 10);
}
