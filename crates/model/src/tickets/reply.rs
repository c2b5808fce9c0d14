//! Replies to tickets: by an admin or by a contact, each in the forms that it can have.

use macro_rules_attribute::apply;
use serde::Serialize;

use crate::conversations::{AttachmentFile, ContactKey, QuickReply};
use crate::vocabulary::declare::{body, read_tagged};
use crate::{AdminId, Extra, Timestamp};

/// A reply to a ticket: by an admin, or in the name of a contact. From 2.10; in 2.9, only notes of
/// admins.
///
/// ```
/// use intercom_model::conversations::ContactKey;
/// use intercom_model::tickets::{TicketAdminReply, TicketContactReply, TicketReply};
///
/// let note = TicketReply::from(TicketAdminReply::note("991267", "Seen before."));
/// let thanks = TicketReply::from(TicketContactReply::comment(ContactKey::email("ada@example.com"), "Thanks!"));
/// # let _ = (note, thanks);
/// ```
///
/// ```compile_fail
/// # use intercom_model::tickets::TicketComment;
/// // Only a note goes to the linked conversations.
/// TicketComment::new("991267", "Done.").cross_post(true);
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type")]
#[non_exhaustive]
pub enum TicketReply {
    /// By an admin.
    #[serde(rename = "admin")]
    Admin(TicketAdminReply),
    /// In the name of a contact.
    #[serde(rename = "user")]
    Contact(TicketContactReply),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

// Version 2.9 describes no `type`, and only replies of admins.
read_tagged! { TicketReply by "type" else "admin" { "admin" => Admin, "user" => Contact } }

impl From<TicketAdminReply> for TicketReply {
    fn from(reply: TicketAdminReply) -> Self {
        Self::Admin(reply)
    }
}

impl From<TicketContactReply> for TicketReply {
    fn from(reply: TicketContactReply) -> Self {
        Self::Contact(reply)
    }
}

/// What an admin replies to a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/admin_reply_ticket_request)
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketAdminReply {
    /// A message to the contact.
    Comment(TicketComment),
    /// A note that only teammates see.
    Note(TicketNote),
    /// Answers that the contact can choose from.
    QuickReply(TicketQuickReply),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { TicketAdminReply by "message_type" {
    "comment" => Comment,
    "note" => Note,
    "quick_reply" => QuickReply,
} }

impl TicketAdminReply {
    /// A message to the contact. To set more fields, use [`TicketAdminReply::Comment`].
    #[must_use]
    pub fn comment(admin_id: impl Into<AdminId>, body: impl Into<String>) -> Self {
        Self::Comment(TicketComment::new(admin_id, body))
    }

    /// A note that only teammates see. To set more fields, use [`TicketAdminReply::Note`].
    #[must_use]
    pub fn note(admin_id: impl Into<AdminId>, body: impl Into<String>) -> Self {
        Self::Note(TicketNote::new(admin_id, body))
    }

    /// Answers that the contact can choose from.
    #[must_use]
    pub fn quick_reply(admin_id: impl Into<AdminId>, options: impl Into<Vec<QuickReply>>) -> Self {
        Self::QuickReply(TicketQuickReply::new(admin_id, options))
    }
}

/// A message of an admin to the contact of a ticket.
#[apply(body)]
pub struct TicketComment {
    pub admin_id: AdminId,
    pub body: String,
    /// When it was written; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files, instead of addresses. From 2.16.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Suppresses notifications. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// A note of an admin on a ticket.
#[apply(body)]
pub struct TicketNote {
    pub admin_id: AdminId,
    /// It may contain some HTML.
    pub body: String,
    /// When it was written; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files, instead of addresses. From 2.16.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Puts it on all linked conversations too. Only on back-office tickets.
    pub cross_post: Option<bool>,
    /// Suppresses notifications. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// Answers that the contact of a ticket can choose from.
#[apply(body)]
pub struct TicketQuickReply {
    pub admin_id: AdminId,
    pub reply_options: Vec<QuickReply>,
    pub body: Option<String>,
    /// When it was written; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files, instead of addresses. From 2.16.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Suppresses notifications. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// What a contact replies to a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/contact_reply_ticket_request)
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketContactReply {
    /// A message.
    Comment(TicketContactComment),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { TicketContactReply by "message_type" { "comment" => Comment } }

impl TicketContactReply {
    /// A message. To set more fields, use [`TicketContactReply::Comment`].
    #[must_use]
    pub fn comment(contact: impl Into<ContactKey>, body: impl Into<String>) -> Self {
        Self::Comment(TicketContactComment::new(contact, body))
    }
}

/// A message of a contact on a ticket.
#[apply(body)]
pub struct TicketContactComment {
    #[serde(flatten)]
    pub contact: ContactKey,
    pub body: String,
    /// When it was written; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// The answer that the contact chose. From 2.14.
    pub reply_options: Option<Vec<QuickReply>>,
    /// Suppresses notifications. From 2.13.
    pub skip_notifications: Option<bool>,
}
