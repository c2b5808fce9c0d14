//! Replies: by an admin or by a contact, each in the forms that it can have.

use macro_rules_attribute::apply;
use serde::Serialize;

use super::ContactKey;
use crate::vocabulary::declare::{body, part, read_tagged};
use crate::{AdminId, Extra, QuickReplyId, Timestamp};

/// A reply to a conversation: by an admin, or in the name of a contact.
///
/// What one of them cannot send, does not compile:
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/reply_conversation_request)
///
/// ```
/// use intercom_model::conversations::{AdminReply, ContactKey, ContactReply, ConversationReply};
///
/// let answer = ConversationReply::from(AdminReply::comment("991267", "<p>Done.</p>"));
/// let thanks = ConversationReply::from(ContactReply::comment(ContactKey::email("ada@example.com"), "Thanks!"));
/// # let _ = (answer, thanks);
/// ```
///
/// ```compile_fail
/// # use intercom_model::conversations::{ContactKey, ContactReply};
/// // A contact takes no notes.
/// ContactReply::note(ContactKey::email("ada@example.com"), "Thanks!");
/// ```
///
/// ```compile_fail
/// # use intercom_model::conversations::AdminReply;
/// // Quick replies offer something to choose.
/// AdminReply::quick_reply("991267");
/// ```
///
/// ```compile_fail
/// # use intercom_model::conversations::{AdminMessage, QuickReply};
/// // A comment offers nothing to choose.
/// AdminMessage::new("991267", "<p>Done.</p>").reply_options(vec![]);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum ConversationReply {
    /// By an admin.
    #[serde(rename = "admin")]
    Admin(AdminReply),
    /// In the name of a contact.
    #[serde(rename = "user")]
    Contact(ContactReply),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { ConversationReply by "type" { "admin" => Admin, "user" => Contact } }

impl From<AdminReply> for ConversationReply {
    fn from(reply: AdminReply) -> Self {
        Self::Admin(reply)
    }
}

impl From<ContactReply> for ConversationReply {
    fn from(reply: ContactReply) -> Self {
        Self::Contact(reply)
    }
}

/// What an admin replies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/admin_reply_conversation_request)
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum AdminReply {
    /// A message to the contact.
    Comment(AdminMessage),
    /// A note that only teammates see.
    Note(AdminMessage),
    /// Answers that the contact can choose from. From 2.14.
    QuickReply(AdminQuickReply),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { AdminReply by "message_type" {
    "comment" => Comment,
    "note" => Note,
    "quick_reply" => QuickReply,
} }

impl AdminReply {
    /// A message to the contact. To set more fields, use [`AdminReply::Comment`].
    #[must_use]
    pub fn comment(admin_id: impl Into<AdminId>, body: impl Into<String>) -> Self {
        Self::Comment(AdminMessage::new(admin_id, body))
    }

    /// A note that only teammates see. To set more fields, use [`AdminReply::Note`].
    #[must_use]
    pub fn note(admin_id: impl Into<AdminId>, body: impl Into<String>) -> Self {
        Self::Note(AdminMessage::new(admin_id, body))
    }

    /// Answers that the contact can choose from. From 2.14.
    #[must_use]
    pub fn quick_reply(admin_id: impl Into<AdminId>, options: impl Into<Vec<QuickReply>>) -> Self {
        Self::QuickReply(AdminQuickReply::new(admin_id, options))
    }
}

/// A comment or a note by an admin.
#[apply(body)]
pub struct AdminMessage {
    pub admin_id: AdminId,
    /// A note may contain some HTML.
    pub body: String,
    /// When it was written; now if omitted.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Suppresses notifications. From 2.15.
    pub skip_notifications: Option<bool>,
    /// Leaves the conversation snoozed. In Preview.
    pub skip_unsnooze: Option<bool>,
}

/// Answers that the contact can choose from. From 2.14.
#[apply(body)]
pub struct AdminQuickReply {
    pub admin_id: AdminId,
    pub reply_options: Vec<QuickReply>,
    pub body: Option<String>,
    /// When it was written; now if omitted.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Suppresses notifications. From 2.15.
    pub skip_notifications: Option<bool>,
}

/// What a contact replies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/contact_reply_conversation_request)
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContactReply {
    /// A message.
    Comment(ContactMessage),
    /// One of the answers that were offered. From 2.14.
    QuickReply(ContactQuickReply),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { ContactReply by "message_type" {
    "comment" => Comment,
    "quick_reply" => QuickReply,
} }

impl ContactReply {
    /// A message. To set more fields, use [`ContactReply::Comment`].
    #[must_use]
    pub fn comment(contact: impl Into<ContactKey>, body: impl Into<String>) -> Self {
        Self::Comment(ContactMessage::new(contact, body))
    }

    /// One of the answers that were offered. From 2.14.
    #[must_use]
    pub fn quick_reply(contact: impl Into<ContactKey>, chosen: QuickReply) -> Self {
        Self::QuickReply(ContactQuickReply::new(contact, vec![chosen]))
    }
}

/// A message of a contact.
#[apply(body)]
pub struct ContactMessage {
    #[serde(flatten)]
    pub contact: ContactKey,
    pub body: String,
    /// When it was written; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// The answer that the contact chose. From 2.14.
    pub reply_options: Option<Vec<QuickReply>>,
}

/// The answer that a contact chose. From 2.14.
#[apply(body)]
pub struct ContactQuickReply {
    #[serde(flatten)]
    pub contact: ContactKey,
    pub reply_options: Vec<QuickReply>,
    pub body: Option<String>,
    /// When it was chosen; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
}

/// An answer to choose, or that was chosen.
#[apply(part)]
pub struct QuickReply {
    pub text: String,
    /// Identifies the quick reply in the part that a contact's choice creates.
    pub uuid: QuickReplyId,
}

/// A file to attach.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_attachment_files)
#[apply(part)]
pub struct AttachmentFile {
    /// The media type, such as `application/pdf`.
    pub content_type: String,
    /// The content in Base64.
    pub data: String,
    pub name: String,
}
