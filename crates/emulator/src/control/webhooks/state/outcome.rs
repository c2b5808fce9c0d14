//! What comes of the outcome of an attempt: another attempt, a wait, or the end of the webhook.

use std::time::{Duration, SystemTime};

use super::Webhooks;
use crate::control::webhooks::{Attempt, DeliveryState};

/// When a delivery that failed is tried again.
const RETRY: Duration = Duration::from_secs(60);

/// How many attempts a delivery has.
const ATTEMPTS: usize = 2;

/// How long a webhook is throttled after it replied 429.
const THROTTLE: Duration = Duration::from_secs(60);

/// A webhook with more errors in a row than this, within [`PAUSE`], is paused for [`PAUSE`].
const ERRORS: usize = 1000;

const PAUSE: Duration = Duration::from_secs(15 * 60);

/// The outcome of an attempt.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: Result<u16, String>,
    pub(crate) took: Duration,
}

impl Webhooks {
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
