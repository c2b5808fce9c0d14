//! A subscribed webhook.

use std::time::SystemTime;

use crate::control::webhooks::{Webhook, WebhookId};

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
    pub(super) failures: usize,
    pub(super) failing_since: Option<SystemTime>,
}

impl Subscription {
    pub(super) fn wants(&self, topic: &str) -> bool {
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

    pub(super) fn is_paused(&self, now: SystemTime) -> bool {
        self.paused_until.is_some_and(|until| now < until)
    }
}
