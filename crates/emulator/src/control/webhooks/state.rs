//! The subscribed webhooks and their deliveries: all decisions, no I/O.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

use super::delivery::{Attempt, Delivery, DeliveryState};
use super::{Event, Target, Webhook, WebhookId, WebhookKind};

/// When a delivery that failed is tried again.
const RETRY: Duration = Duration::from_secs(60);

/// How many attempts a delivery has.
const ATTEMPTS: usize = 2;

/// How long a webhook is throttled after it replied 429.
const THROTTLE: Duration = Duration::from_secs(60);

/// A notification that was throttled for longer is dropped.
const LATEST: Duration = Duration::from_secs(2 * 60 * 60);

/// A webhook with more errors in a row than this, within [`PAUSE`], is paused for [`PAUSE`].
const ERRORS: usize = 1000;

const PAUSE: Duration = Duration::from_secs(15 * 60);

/// How many bytes of deliveries are kept.
const KEPT: usize = 16 * 1024 * 1024;

/// What a delivery takes besides its item, roughly.
const OVERHEAD: usize = 512;

/// A webhook that is subscribed.
#[derive(Debug, Clone)]
pub(crate) struct Subscription {
    pub(crate) id: WebhookId,
    pub(crate) webhook: Webhook,
    /// Why it was disabled, if it was.
    pub(crate) disabled: Option<String>,
    pub(crate) throttled_until: Option<SystemTime>,
    pub(crate) paused_until: Option<SystemTime>,
    /// How many attempts failed in a row, and since when.
    failures: usize,
    failing_since: Option<SystemTime>,
}

impl Subscription {
    fn wants(&self, topic: &str) -> bool {
        if !self.webhook.kind.topics().contains(&topic) {
            return false;
        }
        let mut topics = self.webhook.topics.iter();
        self.webhook.topics.is_empty()
            || topics.any(|wanted| match wanted.strip_suffix('*') {
                Some(start) => topic.starts_with(start),
                None => topic == wanted,
            })
    }

    fn is_paused(&self, now: SystemTime) -> bool {
        self.paused_until.is_some_and(|until| now < until)
    }
}

/// An attempt to make.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) delivery: u64,
    pub(crate) target: Target,
    pub(crate) request: Request<Bytes>,
}

/// The outcome of an attempt.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: Result<u16, String>,
    pub(crate) took: Duration,
}

#[derive(Debug, Default)]
pub(crate) struct Webhooks {
    subscriptions: BTreeMap<WebhookId, Subscription>,
    subscribed: u64,
    deliveries: VecDeque<Delivery>,
    created: u64,
    bytes: usize,
}

impl Webhooks {
    /// Returns the same subscriptions without any deliveries.
    pub(crate) fn fork(&self) -> Self {
        Self {
            subscriptions: self.subscriptions.clone(),
            subscribed: self.subscribed,
            // An attempt that is still in flight must not be taken for one of another delivery.
            created: self.created,
            ..Self::default()
        }
    }

    /// Whether any webhook is enabled.
    pub(crate) fn is_wanted(&self) -> bool {
        let mut subscriptions = self.subscriptions.values();
        subscriptions.any(|subscription| subscription.disabled.is_none())
    }

    pub(crate) fn has_pending(&self) -> bool {
        let mut deliveries = self.deliveries.iter();
        deliveries.any(|delivery| delivery.state == DeliveryState::Pending)
    }

    pub(crate) fn subscriptions(&self) -> impl Iterator<Item = &Subscription> {
        self.subscriptions.values()
    }

    pub(crate) fn subscription(&self, id: WebhookId) -> Option<&Subscription> {
        self.subscriptions.get(&id)
    }

    /// Subscribes a webhook. One of notifications at an address is checked first.
    pub(crate) fn subscribe(&mut self, webhook: Webhook, now: SystemTime) -> WebhookId {
        self.subscribed += 1;
        let id = WebhookId(self.subscribed);
        let is_remote = matches!(webhook.target, Target::Url(_));
        let is_checked = is_remote && webhook.kind == WebhookKind::Notifications;
        self.subscriptions.insert(
            id,
            Subscription {
                id,
                webhook,
                disabled: None,
                throttled_until: None,
                paused_until: None,
                failures: 0,
                failing_since: None,
            },
        );
        if is_checked {
            self.add(id, None, None, Value::Null, now, now);
        }
        id
    }

    pub(crate) fn unsubscribe(&mut self, id: WebhookId) -> bool {
        self.drop_pending(id);
        self.subscriptions.remove(&id).is_some()
    }

    /// Sends a ping.
    pub(crate) fn ping(&mut self, id: WebhookId, now: SystemTime) -> Option<u64> {
        self.subscriptions.get(&id)?;
        let item = json!({"type": "ping", "message": "ping from intercom-emulator"});
        Some(self.add(id, None, Some("ping"), item, now, now))
    }

    /// Queues an event for every webhook that is subscribed to its topic.
    pub(crate) fn notify(&mut self, event: Event, notification: &str, now: SystemTime) {
        let wanting = self.subscriptions.values().filter(|subscription| {
            subscription.disabled.is_none()
                && !subscription.is_paused(now)
                && subscription.wants(event.topic)
        });
        let wanting: Vec<_> = wanting
            .map(|it| (it.id, it.webhook.duplicates, it.webhook.delay))
            .collect();
        for (id, duplicates, delay) in wanting {
            let due = now.checked_add(delay).unwrap_or(now);
            for _ in 0..=duplicates {
                let notification = Some(notification.to_owned());
                self.add(
                    id,
                    notification,
                    Some(event.topic),
                    event.item.clone(),
                    now,
                    due,
                );
            }
        }
    }

    fn add(
        &mut self,
        webhook: WebhookId,
        notification: Option<String>,
        topic: Option<&'static str>,
        item: Value,
        now: SystemTime,
        due: SystemTime,
    ) -> u64 {
        self.created += 1;
        let size = OVERHEAD + item.to_string().len();
        self.bytes += size;
        self.deliveries.push_back(Delivery {
            id: self.created,
            webhook,
            notification,
            topic,
            item,
            created_at: now,
            due,
            state: DeliveryState::Pending,
            attempts: Vec::new(),
            size,
        });
        while self.bytes > KEPT
            && let Some(oldest) = self.deliveries.pop_front()
        {
            self.bytes -= oldest.size;
        }
        self.created
    }

    pub(crate) fn deliveries(&self) -> impl DoubleEndedIterator<Item = &Delivery> {
        self.deliveries.iter()
    }

    pub(crate) fn clear_deliveries(&mut self) {
        self.deliveries
            .retain(|it| it.state == DeliveryState::InFlight);
        self.bytes = self.deliveries.iter().map(|delivery| delivery.size).sum();
    }

    fn delivery_mut(&mut self, id: u64) -> Option<&mut Delivery> {
        let place = self.deliveries.binary_search_by_key(&id, |it| it.id).ok()?;
        self.deliveries.get_mut(place)
    }

    /// Sends a notification again, as a delivery of its own.
    pub(crate) fn replay(&mut self, id: u64, now: SystemTime) -> Option<u64> {
        let old = self.delivery_mut(id)?;
        let (webhook, notification) = (old.webhook, old.notification.clone());
        let (topic, item) = (old.topic, old.item.clone());
        self.subscriptions.get(&webhook)?;
        Some(self.add(webhook, notification, topic, item, now, now))
    }

    fn drop_pending(&mut self, webhook: WebhookId) {
        for delivery in &mut self.deliveries {
            if delivery.webhook == webhook && delivery.state == DeliveryState::Pending {
                delivery.state = DeliveryState::Dropped;
            }
        }
    }

    /// Takes the attempts that are due: at most one for each webhook that has none in flight.
    pub(crate) fn take_jobs(&mut self, app_id: &str, now: SystemTime, remote: bool) -> Vec<Job> {
        let in_flight = self.deliveries.iter();
        let in_flight = in_flight.filter(|it| it.state == DeliveryState::InFlight);
        let mut busy: BTreeSet<WebhookId> = in_flight.map(|delivery| delivery.webhook).collect();
        let mut chosen: BTreeMap<WebhookId, u64> = BTreeMap::new();
        for delivery in &mut self.deliveries {
            if delivery.state != DeliveryState::Pending || delivery.due > now {
                continue;
            }
            let Some(subscription) = self.subscriptions.get(&delivery.webhook) else {
                continue;
            };
            if matches!(subscription.webhook.target, Target::Url(_)) != remote
                || busy.contains(&delivery.webhook)
                || subscription
                    .throttled_until
                    .is_some_and(|until| now < until)
            {
                continue;
            }
            let age = now.duration_since(delivery.due).unwrap_or_default();
            if age > LATEST {
                delivery.state = DeliveryState::Dropped;
                continue;
            }
            // The check of a new webhook comes before everything else.
            let last = subscription.webhook.reorder && delivery.topic.is_some();
            if last || !chosen.contains_key(&delivery.webhook) {
                chosen.insert(delivery.webhook, delivery.id);
            }
            if delivery.topic.is_none() {
                busy.insert(delivery.webhook);
            }
        }
        let mut jobs = Vec::new();
        for (webhook, id) in chosen {
            let Some(subscription) = self.subscriptions.get(&webhook).cloned() else {
                continue;
            };
            if let Some(delivery) = self.delivery_mut(id) {
                delivery.state = DeliveryState::InFlight;
                jobs.push(Job {
                    delivery: id,
                    request: delivery.request(&subscription.webhook, app_id, now),
                    target: subscription.webhook.target,
                });
            }
        }
        jobs
    }

    /// Returns when the next attempt is due; `None` if nothing is pending.
    #[cfg(feature = "serve")]
    pub(crate) fn next_due(&self) -> Option<SystemTime> {
        let pending = self.deliveries.iter();
        let pending = pending.filter(|it| it.state == DeliveryState::Pending);
        pending
            .map(|delivery| {
                let subscription = self.subscriptions.get(&delivery.webhook);
                let throttled = subscription.and_then(|it| it.throttled_until);
                throttled.map_or(delivery.due, |until| until.max(delivery.due))
            })
            .min()
    }

    /// Records the outcome of an attempt.
    pub(crate) fn finish(&mut self, id: u64, outcome: Outcome, now: SystemTime) {
        let Some(delivery) = self.delivery_mut(id) else {
            return;
        };
        let (status, error) = match outcome.status {
            Ok(status) => (Some(status), None),
            Err(error) => (None, Some(error)),
        };
        delivery.attempts.push(Attempt {
            at: now,
            status,
            error: error.clone(),
            took: outcome.took,
        });
        let (webhook, is_check) = (delivery.webhook, delivery.topic.is_none());
        let succeeded = matches!(status, Some(200..=299));
        // Being throttled does not use up an attempt.
        let tried = delivery.attempts.iter().filter(|it| it.status != Some(429));
        let again = !is_check && tried.count() < ATTEMPTS && status != Some(410);
        delivery.state = match status {
            _ if succeeded => DeliveryState::Delivered,
            Some(429) if !is_check => DeliveryState::Pending,
            _ if again => DeliveryState::Pending,
            _ => DeliveryState::Failed,
        };
        if delivery.state == DeliveryState::Pending && status != Some(429) {
            delivery.due = now.checked_add(RETRY).unwrap_or(now);
        }
        let Some(subscription) = self.subscriptions.get_mut(&webhook) else {
            return;
        };
        if succeeded {
            (subscription.failures, subscription.failing_since) = (0, None);
            return;
        }
        if status == Some(429) && !is_check {
            subscription.throttled_until = now.checked_add(THROTTLE);
            return;
        }
        subscription.failures += 1;
        let since = *subscription.failing_since.get_or_insert(now);
        if subscription.failures > ERRORS && now <= since + PAUSE {
            subscription.paused_until = now.checked_add(PAUSE);
            (subscription.failures, subscription.failing_since) = (0, None);
            self.drop_pending(webhook);
            return;
        }
        let reason = match (status, error) {
            (Some(410), _) => Some("it replied 410".to_owned()),
            (Some(status), _) if is_check => Some(format!("it replied {status} to HEAD")),
            (None, error) if is_check => {
                let error = error.unwrap_or_default();
                Some(format!("it did not reply to HEAD: {error}"))
            }
            _ => None,
        };
        if reason.is_some() {
            subscription.disabled = reason;
            self.drop_pending(webhook);
        }
    }
}

#[cfg(test)]
mod tests {
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
}
