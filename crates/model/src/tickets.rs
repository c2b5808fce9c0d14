//! Tickets: matters that take longer than a conversation.

use std::collections::BTreeMap;
use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::conversations::{
    AttachmentFile, ContactKey, ConversationContacts, LinkedObject, QuickReply,
};
use crate::declare::{body, part, response};
use crate::open_enum::open_enum;
use crate::ticket_types::{TicketCategory, TicketState, TicketStateCategory, TicketType};
use crate::{
    AdminId, AssigneeId, AttributeValue, CompanyId, ContactId, ConversationId, CustomAttributes,
    EmbeddedList, ObjectType, Pages, Patch, Reference, TeamId, TicketId, TicketPartId,
    TicketStateId, TicketTypeAttributeId, TicketTypeId, Timestamp, id, null,
};

pub use crate::conversations::{Attachment, Author};

/// A ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket)
#[apply(response)]
pub struct Ticket {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketId,
    /// Its number in the workspace, which people see. No operation takes it.
    pub ticket_id: Option<String>,
    pub category: Option<TicketCategory>,
    /// By name; those of the title and description are `_default_title_` and
    /// `_default_description_`.
    #[serde(deserialize_with = "null::as_default")]
    pub ticket_attributes: CustomAttributes,
    pub ticket_state: Option<TicketStateOrCategory>,
    /// What teammates see of the state. Up to 2.11, and in some replies since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_state_internal_label: Option<String>,
    /// What contacts see of the state. Up to 2.11, and in some replies since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_state_external_label: Option<String>,
    /// The state before; `None` where it was always in this one. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_ticket_state_id: Option<TicketStateId>,
    pub ticket_type: Option<TicketType>,
    pub contacts: Option<ConversationContacts>,
    /// `0` where no admin is assigned.
    pub admin_assignee_id: Option<AdminId>,
    /// `0` where no team is assigned.
    pub team_assignee_id: Option<TeamId>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// From 2.10.
    pub open: Option<bool>,
    /// From 2.10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// The conversations and tickets that it is linked to. From 2.10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_objects: Option<EmbeddedList<LinkedObject>>,
    pub ticket_parts: Option<TicketParts>,
    /// Whether the contact sees it.
    pub is_shared: Option<bool>,
}

/// The state of a ticket: its category up to 2.11, the whole of it from 2.12.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum TicketStateOrCategory {
    /// The category alone.
    Category(TicketStateCategory),
    /// The state.
    State(Box<TicketState>),
}

impl TicketStateOrCategory {
    /// How far the ticket is, in whichever form it came.
    #[must_use]
    pub fn category(&self) -> Option<&TicketStateCategory> {
        match self {
            Self::Category(category) => Some(category),
            Self::State(state) => state.category.as_ref(),
        }
    }
}

impl<'de> Deserialize<'de> for TicketStateOrCategory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StateVisitor;

        impl<'de> Visitor<'de> for StateVisitor {
            type Value = TicketStateOrCategory;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the state of a ticket (its category, or an object)")
            }

            fn visit_str<E: Error>(self, category: &str) -> Result<Self::Value, E> {
                Ok(TicketStateOrCategory::Category(category.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Box::deserialize(MapAccessDeserializer::new(map)).map(TicketStateOrCategory::State)
            }
        }

        deserializer.deserialize_any(StateVisitor)
    }
}

/// The parts of a ticket.
#[apply(response)]
pub struct TicketParts {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub ticket_parts: Vec<TicketPart>,
    /// How many parts the ticket has, which may be more than come with it.
    pub total_count: Option<u64>,
}

open_enum! {
    /// What a part of a ticket is.
    pub enum TicketPartType {
        Assignment = "assignment",
        Comment = "comment",
        LanguageDetectionDetails = "language_detection_details",
        /// Seen by teammates only.
        Note = "note",
        QuickReply = "quick_reply",
        Snoozed = "snoozed",
        TicketAttributeUpdatedByAdmin = "ticket_attribute_updated_by_admin",
        TicketStateUpdatedByAdmin = "ticket_state_updated_by_admin",
    }
}

/// A reply, a note, or something that happened to a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket_part)
#[apply(response)]
pub struct TicketPart {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketPartId,
    pub part_type: Option<TicketPartType>,
    /// It may contain HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_ticket_state: Option<TicketStateCategory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_state: Option<TicketStateCategory>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// To whom the part assigned the ticket, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<Reference>,
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    pub attachments: Vec<Attachment>,
    /// The id that the part has in another system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    pub redacted: Option<bool>,
    /// The app that made the part. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_package_code: Option<String>,
    /// Which attribute got which value, where the part is of that kind. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_attribute_data: Option<UpdatedAttribute>,
    /// The body by language; under `original` is the language of the body itself. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translations: Option<BTreeMap<String, String>>,
}

/// Which attribute of a ticket got which value. From 2.14.
#[apply(response)]
pub struct UpdatedAttribute {
    pub attribute: Option<UpdatedAttributeName>,
    pub value: Option<UpdatedAttributeValue>,
}

/// An attribute that got a value. From 2.14.
#[apply(response)]
pub struct UpdatedAttributeName {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketTypeAttributeId,
    pub label: Option<String>,
}

/// The value that an attribute got. From 2.14.
#[apply(response)]
pub struct UpdatedAttributeValue {
    pub r#type: Option<ObjectType>,
    /// A text: the value itself, or the id of an item of a list. Of files, a list of their ids.
    pub id: AttributeValue,
    /// A text; of files, a list of their names.
    pub label: AttributeValue,
}

/// A page of tickets.
#[apply(response)]
pub struct TicketList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub tickets: Vec<Ticket>,
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

/// The reply to the deletion of a ticket. From 2.13.
#[apply(response)]
pub struct TicketDeleted {
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketId,
    pub object: Option<ObjectType>,
    pub deleted: Option<bool>,
}

/// A ticket to create.
#[apply(body)]
pub struct TicketCreate {
    pub ticket_type_id: TicketTypeId,
    /// Whom it is about; the service takes one.
    pub contacts: Vec<TicketContact>,
    /// By name; those of the title and description are `_default_title_` and
    /// `_default_description_`. A list attribute takes the id of an item.
    pub ticket_attributes: Option<CustomAttributes>,
    /// A conversation or a ticket to link it to; which can be linked depends on the categories.
    /// From 2.14.
    pub conversation_to_link_id: Option<ConversationId>,
    pub company_id: Option<CompanyId>,
    /// When it was created, for tickets that come from another system. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Without one, it is assigned to nobody. From 2.14.
    pub assignment: Option<TicketAssignees>,
    /// Tells nobody of it. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// Whom a ticket is about: by one of its ids, or by its email.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketContact {
    /// The id that Intercom gave the contact.
    Id(ContactId),
    /// The id that the workspace gave the contact in its own system.
    ExternalId(String),
    /// The email. Where there is no such contact, it is created.
    Email(String),
}

impl TicketContact {
    /// The contact with this id of Intercom's.
    #[must_use]
    pub fn id(id: impl Into<ContactId>) -> Self {
        Self::Id(id.into())
    }

    /// The contact with this id of the workspace's own system.
    #[must_use]
    pub fn external_id(id: impl Into<String>) -> Self {
        Self::ExternalId(id.into())
    }

    /// The contact with this email, which is created where there is none.
    #[must_use]
    pub fn email(email: impl Into<String>) -> Self {
        Self::Email(email.into())
    }
}

/// To whom a new ticket is assigned. From 2.14.
#[apply(part)]
pub struct TicketAssignees {
    pub admin_assignee_id: Option<AdminId>,
    pub team_assignee_id: Option<TeamId>,
}

/// What to change about a ticket. What is not set stays as it is.
#[apply(body)]
pub struct TicketUpdate {
    /// Attributes that are not named stay as they are. A list attribute takes the id of an item.
    pub ticket_attributes: Option<CustomAttributes>,
    /// Up to 2.11.
    pub state: Option<TicketStateCategory>,
    /// From 2.12.
    pub ticket_state_id: Option<TicketStateId>,
    /// From 2.12.
    pub company_id: Patch<CompanyId>,
    /// A ticket that is closed is no longer snoozed. From 2.10.
    pub open: Option<bool>,
    /// Whether the contact sees it.
    pub is_shared: Option<bool>,
    /// From 2.10.
    pub snoozed_until: Option<Timestamp>,
    /// Who changes it; workflows need it. From 2.14.
    #[serde(serialize_with = "id::as_number")]
    pub admin_id: Option<AdminId>,
    /// An admin or a team, or `0` for nobody. From 2.14.
    pub assignee_id: Option<AssigneeId>,
    /// The same, up to 2.13.
    pub assignment: Option<TicketAssignment>,
    /// Tells nobody of it. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// To whom a ticket is assigned, and who does it. Up to 2.13.
#[apply(part)]
pub struct TicketAssignment {
    pub admin_id: Option<AdminId>,
    /// An admin or a team, or `0` for nobody.
    pub assignee_id: Option<AssigneeId>,
}

/// Of which type a ticket shall be. From 2.16.
#[apply(body)]
pub struct TicketTypeChange {
    /// Of the same category as the type before.
    pub ticket_type_id: TicketTypeId,
    pub ticket_state_id: TicketStateId,
    /// Attributes of the same name and kind are taken over; these are set beside them, or instead.
    pub ticket_attributes: Option<CustomAttributes>,
}

/// A conversation, or a customer ticket, to link to a tracker ticket. From 2.16.
#[apply(body)]
pub struct ConversationLink {
    pub conversation_id: ConversationId,
}

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
}

/// The `type` tells which it is; 2.9 describes none, and only replies of admins.
impl<'de> Deserialize<'de> for TicketReply {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::deserialize(deserializer)?;
        let r#type = fields.remove("type");
        let fields = Value::Object(fields);
        match r#type.as_ref().map_or(Some("admin"), Value::as_str) {
            Some("admin") => serde_json::from_value(fields).map(Self::Admin),
            Some("user") => serde_json::from_value(fields).map(Self::Contact),
            _ => return Err(D::Error::custom("expected the type `admin` or `user`")),
        }
        .map_err(D::Error::custom)
    }
}

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
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
}

impl TicketAdminReply {
    /// A message to the contact. More can be said of it with [`TicketAdminReply::Comment`].
    #[must_use]
    pub fn comment(admin_id: impl Into<AdminId>, body: impl Into<String>) -> Self {
        Self::Comment(TicketComment::new(admin_id, body))
    }

    /// A note that only teammates see. More can be said of it with [`TicketAdminReply::Note`].
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
    /// When it was written, where that was not now. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten addresses of images.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files, instead of addresses. From 2.16.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Tells nobody of it. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// A note of an admin on a ticket.
#[apply(body)]
pub struct TicketNote {
    pub admin_id: AdminId,
    /// It may contain some HTML.
    pub body: String,
    /// When it was written, where that was not now. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten addresses of images.
    pub attachment_urls: Option<Vec<String>>,
    /// Up to ten files, instead of addresses. From 2.16.
    pub attachment_files: Option<Vec<AttachmentFile>>,
    /// Puts it on all linked conversations too. Only on back-office tickets.
    pub cross_post: Option<bool>,
    /// Tells nobody of it. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// Answers that the contact of a ticket can choose from.
#[apply(body)]
pub struct TicketQuickReply {
    pub admin_id: AdminId,
    pub reply_options: Vec<QuickReply>,
    pub body: Option<String>,
    /// When it was written, where that was not now. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Tells nobody of it. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// What a contact replies to a ticket.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketContactReply {
    /// A message.
    Comment(TicketContactComment),
}

impl TicketContactReply {
    /// A message. More can be said of it with [`TicketContactReply::Comment`].
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
    /// When it was written, where that was not now. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Up to ten addresses of images.
    pub attachment_urls: Option<Vec<String>>,
    /// The answer that the contact chose. From 2.14.
    pub reply_options: Option<Vec<QuickReply>>,
    /// Tells nobody of it. From 2.13.
    pub skip_notifications: Option<bool>,
}
