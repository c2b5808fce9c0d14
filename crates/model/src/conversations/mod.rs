//! Conversations: what contacts and teammates say to each other, and what becomes of it.
//!
//! A conversation has a source, which is its first message, and parts, which are all that happened
//! since: replies, notes, and events such as an assignment.

mod actions;
mod ai;
mod files;
mod legacy;
mod lists;
mod parts;
mod reply;
mod requests;
mod source;
mod statistics;
mod teammates;

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::companies::Company;
use crate::contacts::ContactReference;
use crate::json::{null, object};
use crate::tags::TagList;
use crate::ticket_types::TicketCategory;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, AttributeValue, ContactId, ConversationId, CustomAttributes, EmbeddedList, ObjectId,
    ObjectType, TeamId, Timestamp,
};

pub use actions::*;
pub use ai::*;
pub use files::*;
pub use legacy::*;
pub use lists::*;
pub use parts::*;
pub use reply::*;
pub use requests::*;
pub use source::*;
pub use statistics::*;
pub use teammates::*;

open_enum! {
    /// Whether a conversation needs attention.
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
#[kinds("conversation")]
pub struct Conversation {
    pub r#type: Option<ObjectType>,
    /// Missing in versions that send only `customers`.
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
    /// `0` or `None` if no admin is assigned: see [`Conversation::admin`].
    pub admin_assignee_id: Option<AdminId>,
    /// `0` or `None` if no team is assigned: see [`Conversation::team`].
    pub team_assignee_id: Option<TeamId>,
    pub source: Option<ConversationSource>,
    pub contacts: Option<ConversationContacts>,
    /// The admins who took part.
    pub teammates: Option<ConversationTeammates>,
    /// The company that it is about. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Box<Company>>,
    pub tags: Option<TagList>,
    pub first_contact_reply: Option<FirstContactReply>,
    pub conversation_rating: Option<ConversationRating>,
    pub statistics: Option<ConversationStatistics>,
    /// The state of its SLA; without a status if the SLA was removed by hand.
    pub sla_applied: Option<SlaApplied>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    /// The tickets that it is linked to: at most 1,000. From 2.10.
    pub linked_objects: Option<EmbeddedList<LinkedObject>>,
    /// Whether the AI agent took part. From 2.11.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_agent_participated: Option<bool>,
    /// What the AI agent did. From 2.11.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_agent: Option<AiAgent>,
    /// What the conversation is about, as the AI sees it. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_topics: Option<Box<AiTopics>>,
    /// Whether the sales agent took part. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_agent_participated: Option<bool>,
    /// What the sales agent did. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sales_agent: Option<Box<SalesAgent>>,
    /// From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<ConversationChannel>,
    /// What the conversation is known as in other systems. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_references: Option<Vec<ExternalReference>>,
    /// Only with `include_monitors`. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub monitor_evaluations: Option<Vec<MonitorEvaluation>>,
    /// Only with `include_scorecards`. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scorecards: Option<Vec<Scorecard>>,
    /// The latest 500 parts, oldest first. Only on single conversations.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_parts: Option<ConversationParts>,
    /// Sent without being documented.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub topics: AttributeValue,
    /// Sent without being documented; `linked_objects` has the tickets.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub ticket: AttributeValue,
    /// The contacts who take part now: all that the reply to a change of them has.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customers: Option<Vec<ContactReference>>,
    /// The user or lead. Only in webhooks of the versions 1.x, as the fields that follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<LegacyConversationUser>>,
    /// The admin or team that it is assigned to, or nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<Box<Author>>,
    /// The first message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_message: Option<Box<LegacyConversationMessage>>,
    /// The tags that were added, in the event of a tag.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags_added: Option<TagList>,
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "object::map")]
    pub metadata: Option<BTreeMap<String, AttributeValue>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub links: Option<LegacyConversationLinks>,
}

impl Conversation {
    /// Returns the admin that the conversation is assigned to. The service writes `0` as well as `null`
    /// for nobody.
    #[must_use]
    pub fn admin(&self) -> Option<&AdminId> {
        let id = self.admin_assignee_id.as_ref();
        id.filter(|id| !id.is_nobody())
    }

    /// Returns the team that the conversation is assigned to. The service writes `0` as well as `null`
    /// for nobody.
    #[must_use]
    pub fn team(&self) -> Option<&TeamId> {
        let id = self.team_assignee_id.as_ref();
        id.filter(|id| !id.is_nobody())
    }
}

fn is_missing(id: &ConversationId) -> bool {
    id.as_str().is_empty()
}

/// The contacts who take part in a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_contacts)
#[apply(response)]
#[items(contacts)]
pub struct ConversationContacts {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub contacts: Vec<ContactReference>,
}

open_enum! {
    /// A channel of a conversation. From 2.16.
    pub enum Channel {
        Email = "email",
        Messenger = "messenger",
        Twitter = "twitter",
        ZendeskSunshine = "zendesk_sunshine",
        ZendeskTicket = "zendesk_ticket",
    }
}

/// The channel that a conversation began in, and the one that it continues in. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_channel)
#[apply(response)]
pub struct ConversationChannel {
    pub initial: Option<Channel>,
    pub current: Option<Channel>,
}

open_enum! {
    /// What a conversation is in another system. From 2.16.
    pub enum ExternalReferenceType {
        ApiConversation = "api_conversation",
        CustomHelpdeskConversation = "custom_helpdesk_conversation",
        FreshchatConversation = "freshchat_conversation",
        FreshdeskTicket = "freshdesk_ticket",
        HubspotConversation = "hubspot_conversation",
        SalesforceCase = "salesforce_case",
        SalesforceInAppMessageConversation = "salesforce_in_app_message_conversation",
        ZendeskSunshineConversation = "zendesk_sunshine_conversation",
        ZendeskTicket = "zendesk_ticket",
    }
}

/// What a conversation is known as in another system. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_external_reference)
#[apply(response)]
pub struct ExternalReference {
    pub r#type: Option<ExternalReferenceType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
}

/// A ticket or a conversation that another is linked to. From 2.10.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/linked_object)
#[apply(response)]
pub struct LinkedObject {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    /// Only for tickets.
    pub category: Option<TicketCategory>,
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
    /// The id of the contact in your own system.
    #[serde(rename = "user_id")]
    ExternalId(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"external_id\")")
        )]
        String,
    ),
    /// The email. If no contact has it, adding it as a participant creates a lead.
    #[serde(rename = "email")]
    Email(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"email\")")
        )]
        String,
    ),
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
