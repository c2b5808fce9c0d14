//! Conversations: what contacts and teammates say to each other, and what becomes of it.
//!
//! A conversation has a source, which is its first message, and parts, which are all that happened
//! since: replies, notes, and events such as an assignment.

mod ai;
mod parts;
mod reply;
mod requests;

use macro_rules_attribute::apply;

use crate::companies::Company;
use crate::contacts::ContactReference;
use crate::declare::response;
use crate::open_enum::open_enum;
use crate::tags::TagList;
use crate::ticket_types::TicketCategory;
use crate::{
    AdminId, AttributeValue, ContactId, ConversationId, CustomAttributes, EmbeddedList, MessageId,
    ObjectId, ObjectType, Pages, Reference, SideConversationId, TeamId, Timestamp, null,
};

pub use ai::*;
pub use parts::*;
pub use reply::*;
pub use requests::*;

open_enum! {
    /// Whether a conversation wants attention.
    pub enum ConversationState {
        Closed = "closed",
        Open = "open",
        /// Closed until a time, or until the contact writes.
        Snoozed = "snoozed",
    }
}

open_enum! {
    /// How urgent a conversation is. Up to 2.15 it is a priority or none; from 2.16 there are levels.
    pub enum Priority {
        High = "high",
        Low = "low",
        Medium = "medium",
        None = "none",
        /// No priority. Up to 2.15.
        NotPriority = "not_priority",
        /// Up to 2.15.
        Priority = "priority",
        Urgent = "urgent",
    }
}

/// A conversation. In lists and searches it comes without its parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation)
#[apply(response)]
pub struct Conversation {
    pub r#type: Option<ObjectType>,
    /// Missing where `customers` is all there is.
    #[serde(
        deserialize_with = "null::as_default",
        skip_serializing_if = "is_missing"
    )]
    pub id: ConversationId,
    pub title: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Since when the contact waits for an answer; `None` once a teammate gave one.
    pub waiting_since: Option<Timestamp>,
    pub snoozed_until: Option<Timestamp>,
    pub open: Option<bool>,
    pub state: Option<ConversationState>,
    /// Whether a teammate read it.
    pub read: Option<bool>,
    pub priority: Option<Priority>,
    /// `0` in some places where no admin is assigned, and `None` in others.
    pub admin_assignee_id: Option<AdminId>,
    /// `0` in some places where no team is assigned, and `None` in others.
    pub team_assignee_id: Option<TeamId>,
    pub source: Option<ConversationSource>,
    pub contacts: Option<ConversationContacts>,
    /// The admins who took part.
    pub teammates: Option<ConversationTeammates>,
    /// The company that it is about. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Company>,
    pub tags: Option<TagList>,
    pub first_contact_reply: Option<FirstContactReply>,
    pub conversation_rating: Option<ConversationRating>,
    pub statistics: Option<ConversationStatistics>,
    /// How it stands with its SLA; without a status where one was taken off by hand.
    pub sla_applied: Option<SlaApplied>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    /// The tickets that it is linked to. From 2.10.
    pub linked_objects: Option<EmbeddedList<LinkedObject>>,
    /// Whether the AI agent took part. From 2.11.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_agent_participated: Option<bool>,
    /// What the AI agent did. From 2.11.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_agent: Option<AiAgent>,
    /// What the conversation is about, as the AI sees it. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_topics: Option<AiTopics>,
    /// Whether the sales agent took part. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_agent_participated: Option<bool>,
    /// What the sales agent did. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_agent: Option<SalesAgent>,
    /// From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ConversationChannel>,
    /// What the conversation is known as in other systems. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_references: Option<Vec<ExternalReference>>,
    /// Where `include_monitors` asked for them. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitor_evaluations: Option<Vec<MonitorEvaluation>>,
    /// Where `include_scorecards` asked for them. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scorecards: Option<Vec<Scorecard>>,
    /// The latest 500 parts, oldest first. Only on single conversations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_parts: Option<ConversationParts>,
    /// Sent without being described.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub topics: AttributeValue,
    /// Sent without being described; `linked_objects` has the tickets.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub ticket: AttributeValue,
    /// The contacts who take part now: all that the reply to a change of them has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<Vec<ContactReference>>,
}

fn is_missing(id: &ConversationId) -> bool {
    id.as_str().is_empty()
}

open_enum! {
    /// How a conversation came in.
    pub enum SourceType {
        Conversation = "conversation",
        Email = "email",
        Facebook = "facebook",
        Instagram = "instagram",
        PhoneCall = "phone_call",
        PhoneSwitch = "phone_switch",
        Push = "push",
        Sms = "sms",
        Twitter = "twitter",
        Whatsapp = "whatsapp",
    }
}

open_enum! {
    /// Who or what began a conversation.
    pub enum DeliveredAs {
        AdminInitiated = "admin_initiated",
        Automated = "automated",
        CampaignsInitiated = "campaigns_initiated",
        CustomerInitiated = "customer_initiated",
        OperatorInitiated = "operator_initiated",
    }
}

/// The first message of a conversation.
#[apply(response)]
pub struct ConversationSource {
    pub r#type: Option<SourceType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: MessageId,
    pub delivered_as: Option<DeliveredAs>,
    /// Of an email. It may contain HTML, as the body may.
    pub subject: Option<String>,
    pub body: Option<String>,
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    pub attachments: Vec<Attachment>,
    /// The page on which it was written.
    pub url: Option<String>,
    pub redacted: Option<bool>,
    /// To whom an email went. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<EmailRecipient>>,
    /// Where a reply to an email goes, where that is not its sender. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Vec<EmailReplyTo>>,
    /// Of an email. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_message_metadata: Option<EmailMetadata>,
}

/// Who wrote something, or caused it: a contact, an admin, a bot or a team.
#[apply(response)]
pub struct Author {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether it was the AI agent. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_ai_agent: Option<bool>,
    /// Whether it is an answer of the AI. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ai_answer: Option<bool>,
}

/// A file that came with a message.
#[apply(response)]
pub struct Attachment {
    pub r#type: Option<ObjectType>,
    pub name: Option<String>,
    pub url: Option<String>,
    /// The media type, such as `image/png`.
    pub content_type: Option<String>,
    /// In bytes.
    pub filesize: Option<u64>,
    /// In pixels, of an image.
    pub width: Option<u64>,
    /// In pixels, of an image.
    pub height: Option<u64>,
}

open_enum! {
    /// In which line of an email an address stands.
    pub enum RecipientType {
        Bcc = "bcc",
        Cc = "cc",
        To = "to",
    }
}

/// Somebody to whom an email went. From 2.16.
#[apply(response)]
pub struct EmailRecipient {
    pub r#type: Option<RecipientType>,
    pub email: Option<String>,
    /// Why the email was not sent to this address, where it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop_reason: Option<String>,
}

/// An address to which a reply to an email goes. From 2.16.
#[apply(response)]
pub struct EmailReplyTo {
    pub email: Option<String>,
    pub name: Option<String>,
}

/// The head of an email. From 2.13.
#[apply(response)]
pub struct EmailMetadata {
    pub subject: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub email_address_headers: Vec<EmailAddressHeader>,
    /// The header `Message-ID`. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The older emails that it quotes, as HTML, where `include_email_history` asked for them. In
    /// Preview, and only on the source.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<String>,
}

/// An address in the head of an email. From 2.13.
#[apply(response)]
pub struct EmailAddressHeader {
    /// The name of the header, such as `from`.
    pub r#type: Option<String>,
    pub email_address: Option<String>,
    pub name: Option<String>,
}

/// The contacts who take part in a conversation.
#[apply(response)]
pub struct ConversationContacts {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub contacts: Vec<ContactReference>,
}

/// The admins who took part in a conversation.
#[apply(response)]
pub struct ConversationTeammates {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub teammates: Vec<Reference>,
}

/// The first message that a contact wrote.
#[apply(response)]
pub struct FirstContactReply {
    pub created_at: Option<Timestamp>,
    pub r#type: Option<SourceType>,
    /// The page on which it was written.
    pub url: Option<String>,
}

/// How content a contact was.
#[apply(response)]
pub struct ConversationRating {
    /// From 1 to 5.
    pub rating: Option<u8>,
    pub remark: Option<String>,
    /// When the contact was asked.
    pub created_at: Option<Timestamp>,
    /// From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    pub contact: Option<ContactReference>,
    pub teammate: Option<Reference>,
}

/// What can be counted of a conversation. Durations are in seconds; what did not happen is `None`.
#[apply(response)]
pub struct ConversationStatistics {
    pub r#type: Option<ObjectType>,
    pub time_to_assignment: Option<u64>,
    pub time_to_admin_reply: Option<u64>,
    pub time_to_first_close: Option<u64>,
    pub time_to_last_close: Option<u64>,
    pub median_time_to_reply: Option<u64>,
    pub first_contact_reply_at: Option<Timestamp>,
    pub first_assignment_at: Option<Timestamp>,
    pub first_admin_reply_at: Option<Timestamp>,
    pub first_close_at: Option<Timestamp>,
    pub last_assignment_at: Option<Timestamp>,
    pub last_assignment_admin_reply_at: Option<Timestamp>,
    pub last_contact_reply_at: Option<Timestamp>,
    pub last_admin_reply_at: Option<Timestamp>,
    pub last_close_at: Option<Timestamp>,
    pub last_closed_by_id: Option<AdminId>,
    pub count_reopens: Option<u64>,
    pub count_assignments: Option<u64>,
    pub count_conversation_parts: Option<u64>,
    /// From 2.12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_team_first_response_time: Option<Vec<TeamResponseTime>>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_team_first_response_time_in_office_hours: Option<Vec<TeamResponseTime>>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub handling_time: Option<u64>,
    /// Without the time in which nobody worked on it. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub adjusted_handling_time: Option<u64>,
}

/// How long a team took for its first response. From 2.12.
#[apply(response)]
pub struct TeamResponseTime {
    pub team_id: Option<TeamId>,
    pub team_name: Option<String>,
    /// In seconds.
    pub response_time: Option<u64>,
}

open_enum! {
    /// How it stands with an SLA, or with one of its targets.
    pub enum SlaStatus {
        /// Applied, and not yet met.
        Active = "active",
        /// Spelt so in events.
        Canceled = "canceled",
        /// Spelt so on conversations.
        Cancelled = "cancelled",
        Hit = "hit",
        /// Told when a teammate replies, and not when the time is over.
        Missed = "missed",
        Paused = "paused",
    }
}

/// The SLA of a conversation.
#[apply(response)]
pub struct SlaApplied {
    pub r#type: Option<ObjectType>,
    pub sla_name: Option<String>,
    pub sla_status: Option<SlaStatus>,
}

/// By which channel a conversation began, and by which it goes on, such as `messenger`. From 2.16.
#[apply(response)]
pub struct ConversationChannel {
    pub initial: Option<String>,
    pub current: Option<String>,
}

/// What a conversation is known as in another system. From 2.16.
#[apply(response)]
pub struct ExternalReference {
    /// The other system, such as `zendesk`.
    pub r#type: Option<String>,
    pub id: Option<ObjectId>,
}

/// A ticket or a conversation that another is linked to. From 2.10.
#[apply(response)]
pub struct LinkedObject {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    /// Only of tickets.
    pub category: Option<TicketCategory>,
}

/// A page of conversations.
#[apply(response)]
pub struct ConversationList {
    pub r#type: Option<ObjectType>,
    /// Described as `data` up to 2.12, sent as `conversations`.
    #[serde(alias = "data", deserialize_with = "null::as_default")]
    pub conversations: Vec<Conversation>,
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

/// The reply to the deletion of a conversation. From 2.13.
#[apply(response)]
pub struct ConversationDeleted {
    #[serde(deserialize_with = "null::as_default")]
    pub id: ConversationId,
    pub object: Option<ObjectType>,
    pub deleted: Option<bool>,
}

/// A conversation that was deleted. From 2.16.
#[apply(response)]
pub struct DeletedConversation {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ConversationId,
    /// Whether reports still count it.
    pub metrics_retained: Option<bool>,
    pub deleted_at: Option<Timestamp>,
}

/// A page of the conversations that were deleted. From 2.16.
#[apply(response)]
pub struct DeletedConversationList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub conversations: Vec<DeletedConversation>,
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

open_enum! {
    /// Whether a teammate stopped working on a conversation, or went on.
    pub enum HandlingEventType {
        Paused = "paused",
        Resumed = "resumed",
    }
}

/// A teammate stopped working on a conversation, or went on. From 2.15.
#[apply(response)]
pub struct HandlingEvent {
    pub r#type: Option<HandlingEventType>,
    pub teammate: Option<TeammateReference>,
    #[serde(serialize_with = "crate::time::iso8601")]
    pub timestamp: Option<Timestamp>,
    /// Why, in words, such as `Away`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An admin, a team or a bot. From 2.15.
#[apply(response)]
pub struct TeammateReference {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub name: Option<String>,
    /// Only of admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// When teammates stopped working on a conversation, and went on. From 2.15.
#[apply(response)]
pub struct HandlingEventList {
    #[serde(deserialize_with = "null::as_default")]
    pub handling_events: Vec<HandlingEvent>,
}

/// What is said beside a conversation, among teammates or with others. From 2.16.
#[apply(response)]
pub struct SideConversation {
    #[serde(deserialize_with = "null::as_default")]
    pub side_conversation_id: SideConversationId,
    #[serde(deserialize_with = "null::as_default")]
    pub conversation_parts: Vec<ConversationPart>,
    /// How many parts it has.
    pub total_count: Option<u64>,
}

/// A page of side conversations. From 2.16.
#[apply(response)]
pub struct SideConversationList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub side_conversations: Vec<SideConversation>,
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

/// Which contact is meant: by one of its ids, or by its email.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub enum ContactKey {
    /// The id that Intercom gave the contact.
    #[serde(rename = "intercom_user_id")]
    Id(ContactId),
    /// The id that the workspace gave the contact in its own system.
    #[serde(rename = "user_id")]
    ExternalId(String),
    #[allow(missing_docs, reason = "its name says it all")]
    #[serde(rename = "email")]
    Email(String),
}

impl ContactKey {
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

    /// The contact with this email.
    #[must_use]
    pub fn email(email: impl Into<String>) -> Self {
        Self::Email(email.into())
    }
}

impl From<ContactId> for ContactKey {
    fn from(id: ContactId) -> Self {
        Self::Id(id)
    }
}

impl From<&ContactId> for ContactKey {
    fn from(id: &ContactId) -> Self {
        Self::Id(id.clone())
    }
}
