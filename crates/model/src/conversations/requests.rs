//! What is sent about conversations, but for replies.

use macro_rules_attribute::apply;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::{ContactKey, Priority};
use crate::declare::{body, part};
use crate::open_enum::open_enum;
use crate::segments::PersonType;
use crate::{
    AdminId, BrandId, CompanyId, ContactId, ConversationId, ConversationPartId, CustomAttributes,
    MessageId, Patch, TeamId, TicketStateId, TicketTypeId, Timestamp, id,
};

open_enum! {
    /// How bodies are written.
    pub enum DisplayAs {
        Html = "html",
        Plaintext = "plaintext",
    }
}

/// A conversation to begin in the name of a contact.
#[apply(body)]
pub struct ConversationCreate {
    pub from: Person,
    /// Plain text: HTML is shown as it is.
    pub body: String,
    /// The subject of an email.
    pub subject: Option<String>,
    /// Up to ten addresses of images.
    pub attachment_urls: Option<Vec<String>>,
    /// When it was written, for conversations that come from another system. From 2.11.
    pub created_at: Option<Timestamp>,
    /// From 2.16.
    pub brand_id: Option<BrandId>,
}

/// A contact, by its kind and its id.
#[apply(part)]
pub struct Person {
    pub r#type: PersonType,
    pub id: ContactId,
}

impl Person {
    /// A user.
    #[must_use]
    pub fn user(id: impl Into<ContactId>) -> Self {
        Self::new(PersonType::User, id)
    }

    /// A lead.
    #[must_use]
    pub fn lead(id: impl Into<ContactId>) -> Self {
        Self::new(PersonType::Lead, id)
    }

    /// A user or a lead.
    #[must_use]
    pub fn contact(id: impl Into<ContactId>) -> Self {
        Self::new(PersonType::Contact, id)
    }
}

/// What to change about a conversation. What is not set stays as it is.
#[apply(body)]
pub struct ConversationUpdate {
    /// Marks it as read, or as unread.
    pub read: Option<bool>,
    /// From 2.13.
    pub title: Option<String>,
    /// In Preview.
    pub priority: Option<Priority>,
    /// Who changes the priority; without one, it is the Operator. In Preview.
    pub admin_id: Option<AdminId>,
    /// Attributes that are not named stay as they are.
    pub custom_attributes: Option<CustomAttributes>,
    /// The company that it is about. From 2.14.
    pub company_id: Patch<CompanyId>,
}

/// What to do with a conversation, and who does it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type")]
#[non_exhaustive]
pub enum ConversationAction {
    /// Closes it.
    #[serde(
        rename = "close",
        serialize_with = "by_admin::serialize",
        deserialize_with = "by_admin::deserialize"
    )]
    Close(Close),
    /// Closes it until a time.
    #[serde(rename = "snoozed")]
    Snooze(Snooze),
    /// Opens it again.
    #[serde(rename = "open")]
    Open(Open),
    /// Assigns it to an admin or a team, or to nobody.
    #[serde(rename = "assignment")]
    Assign(Assign),
}

impl ConversationAction {
    /// Closes the conversation. [`ConversationAction::Close`] can say something on the way.
    #[must_use]
    pub fn close(admin_id: impl Into<AdminId>) -> Self {
        Self::Close(Close::new(admin_id))
    }

    /// Closes the conversation until then.
    #[must_use]
    pub fn snooze(admin_id: impl Into<AdminId>, until: impl Into<Timestamp>) -> Self {
        Self::Snooze(Snooze::new(admin_id, until))
    }

    /// Opens the conversation again.
    #[must_use]
    pub fn open(admin_id: impl Into<AdminId>) -> Self {
        Self::Open(Open::new(admin_id))
    }

    /// Assigns the conversation to this admin.
    #[must_use]
    pub fn assign_to_admin(admin_id: impl Into<AdminId>, assignee: impl Into<AdminId>) -> Self {
        Self::Assign(Assign::new(Assignee::Admin(assignee.into()), admin_id))
    }

    /// Assigns the conversation to this team.
    #[must_use]
    pub fn assign_to_team(admin_id: impl Into<AdminId>, assignee: impl Into<TeamId>) -> Self {
        Self::Assign(Assign::new(Assignee::Team(assignee.into()), admin_id))
    }

    /// Takes the conversation from whom it is assigned to.
    #[must_use]
    pub fn unassign(admin_id: impl Into<AdminId>) -> Self {
        Self::assign_to_admin(admin_id, "0")
    }
}

/// The field `type`, which is always the same.
mod by_admin {
    use super::{Close, Deserialize, Deserializer, Serialize, Serializer};

    #[derive(Serialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Sent<'a> {
        Admin(&'a Close),
    }

    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Received {
        Admin(Close),
    }

    pub(super) fn serialize<S: Serializer>(close: &Close, to: S) -> Result<S::Ok, S::Error> {
        Sent::Admin(close).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Close, D::Error> {
        Received::deserialize(from).map(|Received::Admin(close)| close)
    }
}

/// Closes a conversation.
#[apply(body)]
pub struct Close {
    pub admin_id: AdminId,
    /// A last message to the contact.
    pub body: Option<String>,
}

/// Closes a conversation until a time.
#[apply(body)]
pub struct Snooze {
    pub admin_id: AdminId,
    pub snoozed_until: Timestamp,
}

/// Opens a conversation again.
#[apply(body)]
pub struct Open {
    pub admin_id: AdminId,
}

/// Assigns a conversation.
#[apply(body)]
pub struct Assign {
    #[serde(flatten)]
    pub assignee: Assignee,
    /// Who assigns it.
    pub admin_id: AdminId,
    pub body: Option<String>,
}

/// To whom a conversation is assigned; the id `0` is nobody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", content = "assignee_id", rename_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs, reason = "the names say it all")]
pub enum Assignee {
    Admin(AdminId),
    Team(TeamId),
}

/// What to make unreadable for good.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Redaction {
    /// A part of a conversation.
    ConversationPart(RedactPart),
    /// The first message of a conversation.
    Source(RedactSource),
}

impl Redaction {
    /// A part of a conversation.
    #[must_use]
    pub fn part(
        conversation_id: impl Into<ConversationId>,
        part_id: impl Into<ConversationPartId>,
    ) -> Self {
        Self::ConversationPart(RedactPart::new(conversation_id, part_id))
    }

    /// The first message of a conversation.
    #[must_use]
    pub fn source(
        conversation_id: impl Into<ConversationId>,
        source_id: impl Into<MessageId>,
    ) -> Self {
        Self::Source(RedactSource::new(conversation_id, source_id))
    }
}

/// A part to make unreadable.
#[apply(body)]
pub struct RedactPart {
    pub conversation_id: ConversationId,
    pub conversation_part_id: ConversationPartId,
}

/// A first message to make unreadable.
#[apply(body)]
pub struct RedactSource {
    pub conversation_id: ConversationId,
    pub source_id: MessageId,
}

/// A contact who shall take part in a conversation.
#[apply(body)]
pub struct ParticipantAttach {
    pub customer: Participant,
    /// Who adds the contact.
    pub admin_id: Option<AdminId>,
}

/// A contact who takes part in a conversation.
#[apply(part)]
pub struct Participant {
    #[serde(flatten)]
    pub contact: ContactKey,
    /// A participant in whose name the contact is added.
    pub customer: Patch<ContactKey>,
}

impl From<ContactKey> for Participant {
    fn from(contact: ContactKey) -> Self {
        Self::new(contact)
    }
}

/// Who takes a contact out of a conversation.
#[apply(body)]
pub struct ParticipantDetach {
    pub admin_id: AdminId,
    /// The contact once more; the path names it already.
    pub customer: Option<Participant>,
}

/// Into which conversation another goes. From 2.16.
#[apply(body)]
pub struct ConversationMerge {
    /// The conversation that stays.
    #[serde(serialize_with = "id::as_number")]
    pub merge_into_conversation_id: ConversationId,
}

/// What kind of ticket a conversation becomes.
#[apply(body)]
pub struct ConversationConvert {
    pub ticket_type_id: TicketTypeId,
    /// From 2.16.
    pub ticket_state_id: Option<TicketStateId>,
    /// By name; those of the default title and description are `_default_title_` and
    /// `_default_description_`. A list attribute takes the id of an item.
    pub attributes: Option<CustomAttributes>,
}

/// What became of a part in another system: how far it got, or that an admin saw it. In Preview.
#[apply(body)]
pub struct ConversationPartUpdate {
    /// It must be `true`, for the operation is an experiment of Intercom's.
    pub experimental: bool,
    /// The HMAC that allows it.
    pub secret: String,
    /// How far a reply got, such as `sent`. It needs an `info_message`.
    pub send_state: Option<String>,
    pub info_message: Option<String>,
    /// Marks the part as seen. It needs an `admin_id`.
    pub seen: Option<bool>,
    /// The admin who saw it.
    pub admin_id: Option<AdminId>,
}
