//! The subscribed webhooks and their deliveries: all decisions, no I/O.

mod outcome;
mod subscription;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::Request;
use serde_json::{Value, json};

pub(crate) use self::outcome::Outcome;
pub(crate) use self::subscription::Subscription;
use super::delivery::{Delivery, DeliveryState};
use super::{Event, Target, Webhook, WebhookId, WebhookKind};

/// A notification that was throttled for longer is dropped.
const LATEST: Duration = Duration::from_secs(2 * 60 * 60);

/// How many bytes of deliveries are kept.
const KEPT: usize = 16 * 1024 * 1024;

/// What a delivery takes besides its item, roughly.
const OVERHEAD: usize = 512;

/// An attempt to make.
#[derive(Debug)]
pub(crate) struct Job {
    pub(crate) delivery: u64,
    pub(crate) target: Target,
    pub(crate) request: Request<Bytes>,
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
}

#[cfg(test)]
mod tests;
