//! Deliveries of notifications.

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{Method, Request};
use serde_json::{Value, json};

use super::{Target, Webhook, WebhookId, WebhookKind};
use crate::control::signatures::{FIN_AGENT, NOTIFICATION, SENDER, unsigned};

/// The state of a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DeliveryState {
    /// It will be sent, for the first time or again.
    Pending,
    /// It is being sent.
    InFlight,
    /// The receiver answered 2xx.
    Delivered,
    /// It failed for good.
    Failed,
    /// It was not sent, because the webhook was disabled, removed, paused or throttled for too long.
    Dropped,
}

impl DeliveryState {
    /// Returns the state as the control API writes it.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::InFlight => "in_flight",
            Self::Delivered => "delivered",
            Self::Failed => "failed",
            Self::Dropped => "dropped",
        }
    }
}

/// One attempt to deliver a notification.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// When it was made, by the emulator's clock.
    pub at: SystemTime,
    /// The status of the reply; `None` if there was none.
    pub status: Option<u16>,
    /// Why there was none.
    pub error: Option<String>,
    /// How long it took.
    pub took: Duration,
}

/// A notification on its way to one webhook.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Delivery {
    /// The number of the delivery, counting from 1.
    pub id: u64,
    /// The webhook.
    pub webhook: WebhookId,
    /// The id of the notification, the same in duplicates and replays; `None` for pings and checks.
    pub notification: Option<String>,
    /// The topic, or the name of the event of Fin; `None` for the check of a new webhook.
    pub topic: Option<&'static str>,
    /// What it is about.
    pub item: Value,
    /// When it happened.
    pub created_at: SystemTime,
    /// When it is sent next, while it is pending.
    pub due: SystemTime,
    /// Its state.
    pub state: DeliveryState,
    /// The attempts so far.
    pub attempts: Vec<Attempt>,
    /// How large the item is.
    pub(crate) size: usize,
}

fn seconds(time: SystemTime) -> u64 {
    let since = time.duration_since(SystemTime::UNIX_EPOCH);
    since.unwrap_or_default().as_secs()
}

impl Delivery {
    /// Returns the body of the next attempt.
    pub(crate) fn body(&self, app_id: &str, now: SystemTime) -> Value {
        let first = self.attempts.first().map_or(now, |attempt| attempt.at);
        json!({
            "type": "notification_event",
            "app_id": app_id,
            "data": {"type": "notification_event_data", "item": self.item},
            "links": {},
            "id": self.notification,
            "topic": self.topic,
            "delivery_status": self.notification.as_ref().map(|_| "pending"),
            "delivery_attempts": self.attempts.len() + 1,
            "delivered_at": 0,
            "first_sent_at": seconds(first),
            "created_at": seconds(self.created_at),
            "self": null,
        })
    }

    /// Returns the request of the next attempt.
    pub(crate) fn request(
        &self,
        webhook: &Webhook,
        app_id: &str,
        now: SystemTime,
    ) -> Request<Bytes> {
        let uri = match &webhook.target {
            Target::Url(url) => url.as_str(),
            Target::Receiver(_) => "/",
        };
        if self.topic.is_none() {
            let request = Request::builder()
                .method(Method::HEAD)
                .uri(uri)
                .header(USER_AGENT, SENDER);
            // The address was checked when the webhook was subscribed.
            return request.body(Bytes::new()).unwrap_or_default();
        }
        let secret = &webhook.secret.0;
        match webhook.kind {
            WebhookKind::FinAgent => FIN_AGENT.request(uri, secret, self.item.to_string()),
            WebhookKind::Uninstall => unsigned(uri, self.item.to_string()),
            WebhookKind::Notifications => {
                NOTIFICATION.request(uri, secret, self.body(app_id, now).to_string())
            }
        }
    }
}
