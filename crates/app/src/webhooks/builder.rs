//! Notifications for tests, and for whatever plays the part of Intercom.

use bytes::Bytes;
use http::header::USER_AGENT;
use http::{HeaderValue, Request};
use intercom_model::{Secret, Timestamp, WorkspaceId};
use ring::digest;
use serde_json::{Value, json};

use super::event::{Event, Topic};
use super::notification::{Notification, UnreadableNotification};
use crate::hex;
use crate::signature::WEBHOOK;

/// Builds a notification as Intercom sends it.
///
/// ```
/// use intercom_app::model::contacts::Contact;
/// use intercom_app::webhooks::{Event, Notification, Receiver};
///
/// let mut ada = Contact::default();
/// ada.email = Some("ada@example.com".to_owned());
/// let request = Notification::builder(Event::ContactUserCreated(ada.into())).sign("s3cr3t");
///
/// let receiver = Receiver::new("s3cr3t");
/// let notification = receiver.receive(request.method(), request.headers(), request.body().clone())?;
/// assert!(matches!(notification.event(), Event::ContactUserCreated(ada) if ada.email.is_some()));
/// # Ok::<(), intercom_app::Reply>(())
/// ```
#[derive(Debug, Clone)]
#[must_use]
pub struct NotificationBuilder {
    topic: Topic,
    item: Value,
    id: Option<String>,
    workspace_id: WorkspaceId,
    attempt: u64,
    created_at: Timestamp,
    first_sent_at: Option<Timestamp>,
}

impl Notification {
    /// Starts a notification of an event, for tests.
    pub fn builder(event: Event) -> NotificationBuilder {
        NotificationBuilder {
            topic: event.topic(),
            // All types of items can be written as JSON: their maps have strings as keys.
            item: event.to_wire().unwrap_or_default(),
            id: None,
            workspace_id: WorkspaceId::new("abc12345"),
            attempt: 1,
            created_at: event.object_time().unwrap_or_default(),
            first_sent_at: None,
        }
    }
}

impl NotificationBuilder {
    /// Sets the id. By default, it is worked out from the topic and the item, so that two notifications
    /// of the same event have the same id.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// Sets the workspace.
    pub fn workspace_id(mut self, id: impl Into<WorkspaceId>) -> Self {
        self.workspace_id = id.into();
        self
    }

    /// Sets the number of the delivery attempt: 2 for the retry.
    pub fn attempt(mut self, attempt: u64) -> Self {
        self.attempt = attempt;
        self
    }

    /// Sets when the notification was created. By default, that is the time of the object.
    pub fn created_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.created_at = time.into();
        self
    }

    /// Sets when the notification was first sent. By default, that is when it was created.
    pub fn first_sent_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.first_sent_at = Some(time.into());
        self
    }

    /// Returns the body.
    #[must_use]
    pub fn body(&self) -> Bytes {
        let is_ping = self.topic == Topic::Ping;
        let id = self
            .id
            .clone()
            .or_else(|| (!is_ping).then(|| self.made_up_id()));
        let body = json!({
            "type": "notification_event",
            "app_id": self.workspace_id,
            "data": { "type": "notification_event_data", "item": self.item },
            "links": {},
            "id": id,
            "topic": self.topic,
            "delivery_status": if is_ping { None } else { Some("pending") },
            "delivery_attempts": self.attempt,
            "delivered_at": 0,
            "first_sent_at": self.first_sent_at.unwrap_or(self.created_at),
            "created_at": self.created_at,
            "self": null,
        });
        body.to_string().into()
    }

    /// An id in the form of Intercom's: `notif_` and a UUID.
    fn made_up_id(&self) -> String {
        let text = format!("{}\n{}", self.topic, self.item);
        let digits = hex::encode(digest::digest(&digest::SHA256, text.as_bytes()).as_ref());
        let mut id = String::from("notif_");
        for (place, digit) in digits.chars().take(32).enumerate() {
            if matches!(place, 8 | 12 | 16 | 20) {
                id.push('-');
            }
            id.push(digit);
        }
        id
    }

    /// Returns the notification without a signature, for tests of what handles it.
    ///
    /// # Errors
    ///
    /// If it has no topic, which only [`Topic::from`] an empty text has.
    pub fn build(&self) -> Result<Notification, UnreadableNotification> {
        Notification::read(self.body())
    }

    /// Returns the signed request that delivers the notification, to the path `/`.
    #[must_use]
    pub fn sign(&self, client_secret: impl Into<Secret>) -> Request<Bytes> {
        let mut request = WEBHOOK.request(&client_secret.into(), self.body());
        request.headers_mut().insert(
            USER_AGENT,
            HeaderValue::from_static("intercom-parrot-service-client/1.0"),
        );
        request
    }
}
