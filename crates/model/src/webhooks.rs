//! Webhooks: the notifications that the service sends.

use macro_rules_attribute::apply;

use crate::json::number;
use serde::Deserialize;

use crate::json::object::object;
use crate::{ObjectType, Timestamp, WorkspaceId};

/// What a webhook brings: the object that its topic is about, and which delivery it is.
///
/// A notification may come more than once, with the same [`id`](Self::id). It is signed in the header
/// `X-Hub-Signature`: `sha1=` and the HMAC-SHA1 of the body in hexadecimal digits, with the secret of
/// the app as its key. Check that before reading the body.
///
/// ```
/// use intercom_model::contacts::Contact;
/// use intercom_model::webhooks::Notification;
///
/// let body = br#"{"type": "notification_event", "id": "notif_1", "topic": "contact.user.created",
///     "app_id": "abc123", "data": {"item": {"type": "contact", "id": "6762", "name": "Ada"}}}"#;
/// let (notification, _) = intercom_model::from_slice::<Notification<Contact>>(body)?;
/// let ada = notification.data.and_then(|data| data.item);
/// assert_eq!(ada.and_then(|ada| ada.name).as_deref(), Some("Ada"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[apply(object)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Notification<T> {
    /// [`ObjectType::NotificationEvent`].
    #[serde(default)]
    pub r#type: Option<ObjectType>,
    /// The id of the notification, the same in each delivery.
    #[serde(default)]
    pub id: Option<String>,
    /// What happened, such as `conversation.user.created`, or `ping` when a webhook is set up.
    #[serde(default)]
    pub topic: Option<String>,
    /// The workspace.
    #[serde(default)]
    pub app_id: Option<WorkspaceId>,
    /// The object that it happened to.
    #[serde(default)]
    pub data: Option<NotificationData<T>>,
    /// The number of delivery attempts, including this one.
    #[serde(default)]
    #[serde(deserialize_with = "number::any_form")]
    pub delivery_attempts: Option<u64>,
    /// When it was sent for the first time.
    #[serde(default)]
    pub first_sent_at: Option<Timestamp>,
}

/// What a notification is about.
#[apply(object)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "T: Deserialize<'de>"))]
#[non_exhaustive]
pub struct NotificationData<T> {
    /// The current state of the object.
    #[serde(default)]
    pub item: Option<T>,
}
