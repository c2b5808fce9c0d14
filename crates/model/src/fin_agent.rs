//! Fin as an agent of the workspace's own programs: start it, reply to it, ask it, hand over.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::declare::{body, part, response};
use crate::open_enum::open_enum;
use crate::{
    AttributeValue, ConversationId, CustomAttributes, ExternalConversationId, ProcedureId,
    ProcedureStepId, Timestamp, null, time,
};

open_enum! {
    /// Who wrote a message.
    pub enum FinAuthor {
        /// A human who answers for the workspace.
        Agent = "agent",
        Fin = "fin",
        User = "user",
    }
}

/// A message in a conversation with Fin.
#[apply(part)]
pub struct FinMessage {
    pub author: FinAuthor,
    /// As plain text or HTML.
    pub body: String,
    /// When it was written, to the millisecond. One that was already sent with the same time within
    /// 5 minutes is dropped. Required up to 2.16.
    #[serde(serialize_with = "time::iso8601")]
    pub timestamp: Option<Timestamp>,
    /// When it was written. Only in events, not in requests.
    #[serde(serialize_with = "time::iso8601")]
    pub timestamp_ms: Option<Timestamp>,
}

impl FinMessage {
    /// What the user wrote.
    #[must_use]
    pub fn from_user(body: impl Into<String>) -> Self {
        Self::new(FinAuthor::User, body)
    }

    /// What a human who answers for the workspace wrote.
    #[must_use]
    pub fn from_agent(body: impl Into<String>) -> Self {
        Self::new(FinAuthor::Agent, body)
    }
}

/// The user with whom Fin talks.
#[apply(part)]
pub struct FinUser {
    /// The id that the workspace gave the user: the `external_id` of the contact.
    pub id: String,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Attributes of the contact to set, up to 10. Those that Intercom does not have are told by
    /// [`FinConversation::errors`].
    pub attributes: Option<CustomAttributes>,
}

/// What comes with a message, for Fin to see.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum FinAttachment {
    /// At an address that is public.
    Url(FinUrl),
    /// In the request itself.
    File(FinFile),
    /// Of a kind that this version of the crate does not know, as it came.
    #[serde(untagged)]
    Other(AttributeValue),
}

/// An attachment at an address.
#[apply(part)]
pub struct FinUrl {
    pub url: String,
}

/// An attachment in the request.
#[apply(part)]
pub struct FinFile {
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// Its content, in Base64.
    pub data: String,
}

impl FinAttachment {
    /// What is at this address, which must be public.
    #[must_use]
    pub fn url(url: impl Into<String>) -> Self {
        Self::Url(FinUrl::new(url))
    }

    /// A file of this media type, with its content in Base64.
    #[must_use]
    pub fn file(
        name: impl Into<String>,
        content_type: impl Into<String>,
        data: impl Into<String>,
    ) -> Self {
        Self::File(FinFile::new(name, content_type, data))
    }
}

impl<'de> Deserialize<'de> for FinAttachment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = Value::deserialize(deserializer)?;
        match value.get("type").and_then(Value::as_str) {
            Some("url") => serde_json::from_value(value).map(Self::Url),
            Some("file") => serde_json::from_value(value).map(Self::File),
            _ => serde_json::from_value(value).map(Self::Other),
        }
        .map_err(D::Error::custom)
    }
}

/// What Fin should know of a conversation.
#[apply(part)]
pub struct FinConversationMetadata {
    /// The messages before, the last 10 at most.
    pub history: Option<Vec<FinMessage>>,
    /// Attributes of the conversation to set, up to 10.
    pub attributes: Option<CustomAttributes>,
}

/// How Fin should answer. In Preview.
#[apply(part)]
pub struct FinSettings {
    /// Whether Fin may ask back, and hand over to a human; yes by default.
    pub follow_up_questions: Option<bool>,
    /// Whether Fin writes as in an email; as in a chat by default.
    pub email: Option<bool>,
}

/// A conversation for Fin to take. From 2.14.
#[apply(body)]
pub struct FinStart {
    pub conversation_id: ExternalConversationId,
    /// What the user wrote.
    pub message: FinMessage,
    pub user: FinUser,
    /// Up to 10.
    pub attachments: Option<Vec<FinAttachment>>,
    pub conversation_metadata: Option<FinConversationMetadata>,
    /// In Preview.
    pub settings: Option<FinSettings>,
}

/// What the user replied to Fin. From 2.14.
#[apply(body)]
pub struct FinReply {
    pub conversation_id: ExternalConversationId,
    /// What the user wrote.
    pub message: FinMessage,
    pub user: FinUser,
    /// Up to 10.
    pub attachments: Option<Vec<FinAttachment>>,
    /// In Preview.
    pub settings: Option<FinSettings>,
}

/// One question for Fin. In Preview.
#[apply(body)]
pub struct FinAsk {
    /// Of a conversation that does not exist yet.
    pub conversation_id: ExternalConversationId,
    /// The question.
    pub message: FinMessage,
    pub user: FinUser,
    pub conversation_metadata: Option<FinConversationMetadata>,
    /// Up to 10.
    pub attachments: Option<Vec<FinAttachment>>,
}

/// A procedure for Fin to carry out. In Preview.
#[apply(body)]
pub struct FinProcedureRun {
    /// Of a conversation that does not exist yet.
    pub conversation_id: ExternalConversationId,
    pub user: FinUser,
    pub message: Option<FinMessage>,
    pub conversation_metadata: Option<FinProcedureMetadata>,
    pub settings: Option<FinProcedureSettings>,
}

/// What Fin should know of a conversation in which it carries out a procedure. In Preview.
#[apply(part)]
pub struct FinProcedureMetadata {
    /// Attributes of the conversation to set, up to 10.
    pub attributes: Option<CustomAttributes>,
}

/// How Fin should answer when it carries out a procedure. In Preview.
#[apply(part)]
pub struct FinProcedureSettings {
    /// Whether Fin writes as in an email; as in a chat by default.
    pub email: Option<bool>,
}

open_enum! {
    /// How far Fin is with a conversation.
    pub enum FinStatus {
        /// It waits for what the user replies.
        AwaitingUserReply = "awaiting_user_reply",
        /// It is done, and the conversation is the workspace's again.
        Complete = "complete",
        /// It handed over to a human.
        Escalated = "escalated",
        /// It has written a part of its reply.
        Replying = "replying",
        /// It answered what the user asked.
        Resolved = "resolved",
        Thinking = "thinking",
    }
}

/// A conversation that Fin works on. What it answers comes later, by webhooks or by server-sent
/// events. From 2.14.
#[apply(response)]
pub struct FinConversation {
    pub conversation_id: Option<ExternalConversationId>,
    pub user_id: Option<String>,
    /// The procedure that it carries out, where it was told to. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure_id: Option<ProcedureId>,
    pub status: Option<FinStatus>,
    /// The time of the reply.
    #[serde(serialize_with = "time::iso8601")]
    pub created_at_ms: Option<Timestamp>,
    /// The attributes that could not be set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<FinAttributeErrors>,
    /// Where Fin's answers come as server-sent events, where the workspace has them. The address is
    /// secret, for it carries a token, and good for 3 minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sse_subscription_url: Option<String>,
}

/// The attributes that could not be set.
#[apply(response)]
pub struct FinAttributeErrors {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<FinRefusedAttributes>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation: Option<FinRefusedAttributes>,
}

/// Attributes that could not be set.
#[apply(response)]
pub struct FinRefusedAttributes {
    /// Why each could not, by its name.
    #[serde(deserialize_with = "null::as_default")]
    pub attributes: BTreeMap<String, String>,
}

open_enum! {
    /// How a user rates a conversation, worst first.
    pub enum FinRating {
        Terrible = "terrible",
        Bad = "bad",
        Ok = "ok",
        Good = "good",
        Amazing = "amazing",
    }
}

/// How a user rates a conversation with Fin. From 2.14.
#[apply(body)]
pub struct FinCsat {
    pub conversation_id: ExternalConversationId,
    pub rating: FinRating,
    /// What the user says to it. It can be added to a rating later, but only once; after that, the
    /// rating stays.
    pub remark: Option<String>,
}

/// A rating as it was stored. From 2.14.
#[apply(response)]
pub struct FinCsatRated {
    pub conversation_id: Option<ExternalConversationId>,
    pub rating: Option<FinRating>,
    /// `rated`.
    pub status: Option<String>,
}

/// Whose capabilities to list. In Preview.
#[apply(body)]
pub struct FinCapabilitiesRequest {
    /// One who is not known yet is created; one who is takes over the email and the attributes.
    pub user: FinUser,
}

/// What Fin can do for a user. In Preview.
#[apply(response)]
pub struct FinCapabilities {
    /// The version of the API.
    pub version: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub capabilities: Vec<FinCapability>,
}

open_enum! {
    /// A kind of thing that Fin can do.
    pub enum FinCapabilityType {
        Ask = "ask",
        Escalate = "escalate",
        Procedure = "procedure",
        Reply = "reply",
    }
}

/// Something that Fin can do for a user. In Preview.
#[apply(response)]
pub struct FinCapability {
    pub r#type: Option<FinCapabilityType>,
    /// Only on procedures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<ProcedureId>,
    /// Only on procedures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    pub description: Option<String>,
    /// The path of the operation that has Fin do it.
    pub endpoint: Option<String>,
    /// The method of that operation, in capitals.
    pub method: Option<String>,
}

/// What to hand over to a human: a conversation that exists, or else a user. In Preview.
#[apply(body)]
pub struct FinEscalate {
    pub conversation_id: Option<ExternalConversationId>,
    /// Not on Fin for Platforms.
    pub user: Option<FinUser>,
    /// The first message of the user's conversation, which the user sees; up to 10,000 characters.
    pub message: Option<String>,
    /// What the human should know: a note that the user does not see, up to 10,000 characters.
    pub context: Option<String>,
}

impl FinEscalate {
    /// Hands this conversation over.
    #[must_use]
    pub fn of_conversation(conversation_id: impl Into<ExternalConversationId>) -> Self {
        Self::new().conversation_id(conversation_id)
    }

    /// Begins a conversation of this user with a human.
    #[must_use]
    pub fn for_user(user: FinUser) -> Self {
        Self::new().user(user)
    }
}

/// What was handed over to a human. In Preview.
#[apply(response)]
pub struct FinEscalated {
    /// The conversation of the request, where it named one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ExternalConversationId>,
    /// The conversation that began, where the request named a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercom_conversation_id: Option<ConversationId>,
    /// As in [`FinConversation::sse_subscription_url`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sse_subscription_url: Option<String>,
    pub status: Option<FinStatus>,
}

/// What a human answers to a procedure that waits for it. In Preview.
#[apply(body)]
pub struct AgentInput {
    /// The step that waits, from the webhook that told of it.
    pub step_id: ProcedureStepId,
    /// A value for each attribute that the webhook asks for.
    pub attribute_values: Vec<AgentInputValue>,
}

/// The value of an attribute that a procedure asks for. In Preview.
#[apply(part)]
pub struct AgentInputValue {
    /// As the webhook names it.
    pub identifier: String,
    /// Of the type that the webhook names: for a list, the id of an option.
    pub value: AttributeValue,
}
