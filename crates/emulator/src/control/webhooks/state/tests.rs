//! When notifications are delivered, retried and dropped.

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use serde_json::json;

use super::{DeliveryState, Event, Outcome, Target, Webhook, Webhooks};

const START: SystemTime = SystemTime::UNIX_EPOCH;

fn at(seconds: u64) -> SystemTime {
    START + Duration::from_secs(seconds)
}

fn remote() -> Webhook {
    Webhook::new(Target::Url("http://127.0.0.1:1/".to_owned()))
}

fn local() -> Webhook {
    Webhook::new(Target::Receiver(Arc::new(|_| 200)))
}

fn event(n: u64) -> Event {
    Event {
        topic: "contact.user.created",
        item: json!({ "n": n }),
    }
}

/// Makes the attempts that are due, all with this status, and returns which.
fn attempt(webhooks: &mut Webhooks, status: u16, now: SystemTime) -> Vec<u64> {
    let mut made = Vec::new();
    for remote in [true, false] {
        loop {
            let jobs = webhooks.take_jobs("app", now, remote);
            if jobs.is_empty() {
                break;
            }
            for job in jobs {
                made.push(job.delivery);
                let took = Duration::ZERO;
                let status = Ok(status);
                webhooks.finish(job.delivery, Outcome { status, took }, now);
            }
        }
    }
    made
}

fn states(webhooks: &Webhooks) -> Vec<DeliveryState> {
    webhooks
        .deliveries()
        .map(|delivery| delivery.state)
        .collect()
}

#[test]
fn a_delivery_that_failed_is_tried_once_more_after_a_minute() {
    let mut webhooks = Webhooks::default();
    webhooks.subscribe(local(), START);
    webhooks.notify(event(1), "notif_1", START);
    assert_eq!(attempt(&mut webhooks, 500, at(0)), [1]);
    assert_eq!(attempt(&mut webhooks, 500, at(59)), [0; 0]);
    assert_eq!(attempt(&mut webhooks, 500, at(60)), [1]);
    assert_eq!(states(&webhooks), [DeliveryState::Failed]);
    assert_eq!(attempt(&mut webhooks, 200, at(999)), [0; 0]);
}

#[test]
fn a_webhook_that_is_gone_gets_nothing_more() {
    let mut webhooks = Webhooks::default();
    webhooks.subscribe(local(), START);
    webhooks.notify(event(1), "notif_1", START);
    webhooks.notify(event(2), "notif_2", START);
    assert_eq!(attempt(&mut webhooks, 410, START), [1]);
    webhooks.notify(event(3), "notif_3", START);
    assert_eq!(
        states(&webhooks),
        [DeliveryState::Failed, DeliveryState::Dropped]
    );
    assert!(!webhooks.is_wanted());
}

#[test]
fn a_webhook_that_is_asked_too_much_waits_and_drops_what_is_too_late() {
    let mut webhooks = Webhooks::default();
    webhooks.subscribe(local(), START);
    webhooks.notify(event(1), "notif_1", START);
    assert_eq!(attempt(&mut webhooks, 429, START), [1]);
    assert_eq!(attempt(&mut webhooks, 200, at(59)), [0; 0]);
    webhooks.notify(event(2), "notif_2", at(59));
    assert_eq!(attempt(&mut webhooks, 429, at(60)), [1]);
    assert_eq!(attempt(&mut webhooks, 200, at(7_230)), [2]);
    assert_eq!(
        states(&webhooks),
        [DeliveryState::Dropped, DeliveryState::Delivered]
    );
}

#[test]
fn a_new_address_must_answer_before_it_gets_anything() {
    let mut webhooks = Webhooks::default();
    let id = webhooks.subscribe(remote(), START);
    webhooks.notify(event(1), "notif_1", START);
    let jobs = webhooks.take_jobs("app", START, true);
    assert_eq!((jobs.len(), jobs[0].request.method().as_str()), (1, "HEAD"));
    let status = Err("connection refused".to_owned());
    let took = Duration::ZERO;
    webhooks.finish(jobs[0].delivery, Outcome { status, took }, START);
    let reason = webhooks.subscription(id).unwrap().disabled.clone();
    assert_eq!(
        reason.as_deref(),
        Some("it did not reply to HEAD: connection refused")
    );
    assert_eq!(
        states(&webhooks),
        [DeliveryState::Failed, DeliveryState::Dropped]
    );
}

#[test]
fn notifications_come_twice_late_and_in_reverse_on_demand() {
    let mut webhooks = Webhooks::default();
    let odd = local()
        .duplicates(1)
        .delay(Duration::from_secs(5))
        .reordered();
    webhooks.subscribe(odd.topic("contact.*"), START);
    webhooks.notify(event(1), "notif_1", START);
    webhooks.notify(event(2), "notif_2", START);
    assert_eq!(attempt(&mut webhooks, 200, at(4)), [0; 0]);
    assert_eq!(attempt(&mut webhooks, 200, at(5)), [4, 3, 2, 1]);
    assert_eq!(webhooks.replay(1, at(6)), Some(5));
    assert_eq!(attempt(&mut webhooks, 200, at(6)), [5]);
    let ids: Vec<_> = webhooks
        .deliveries()
        .map(|it| it.notification.as_deref())
        .collect();
    assert_eq!(
        ids,
        [
            Some("notif_1"),
            Some("notif_1"),
            Some("notif_2"),
            Some("notif_2"),
            Some("notif_1")
        ]
    );
}

#[test]
fn only_wanted_topics_are_delivered() {
    let mut webhooks = Webhooks::default();
    webhooks.subscribe(local().topic("contact.user.deleted"), START);
    webhooks.notify(event(1), "notif_1", START);
    assert_eq!(states(&webhooks), []);
}
