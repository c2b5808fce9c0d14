//! Fin as an agent of the workspace's own programs: start it, reply to it, ask it, hand over.

mod events;
mod requests;

use std::collections::BTreeMap;

use macro_rules_attribute::apply;
use serde::Serialize;

use crate::json::null;
use crate::json::object::object;
use crate::vocabulary::declare::{part, read_tagged, response};
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::time;
use crate::{
    ConversationId, CustomAttributes, ExternalConversationId, Extra, ProcedureId, Secret, Timestamp,
};

pub use events::*;
pub use requests::*;

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
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/fin_agent_message)
#[apply(object)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct FinMessage {
    /// Who wrote it.
    pub author: FinAuthor,
    /// As plain text or HTML.
    pub body: String,
    /// When it was written, to the millisecond. One that was already sent with the same time within
    /// 5 minutes is dropped. Only Preview does without.
    #[serde(
        default,
        serialize_with = "time::iso8601",
        skip_serializing_if = "Option::is_none"
    )]
    pub timestamp: Option<Timestamp>,
}

impl FinMessage {
    /// What somebody wrote, and when.
    #[must_use]
    pub fn new(
        author: FinAuthor,
        body: impl Into<String>,
        timestamp: impl Into<Timestamp>,
    ) -> Self {
        Self {
            author,
            body: body.into(),
            timestamp: Some(timestamp.into()),
        }
    }

    /// What the user wrote, and when.
    #[must_use]
    pub fn from_user(body: impl Into<String>, timestamp: impl Into<Timestamp>) -> Self {
        Self::new(FinAuthor::User, body, timestamp)
    }

    /// What a human who answers for the workspace wrote, and when.
    #[must_use]
    pub fn from_agent(body: impl Into<String>, timestamp: impl Into<Timestamp>) -> Self {
        Self::new(FinAuthor::Agent, body, timestamp)
    }
}

/// The user with whom Fin talks.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/fin_agent_user)
#[apply(part)]
pub struct FinUser {
    /// The id that the workspace gave the user: the `external_id` of the contact.
    pub id: String,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Attributes of the contact to set, up to 10. Unknown ones are reported in
    /// [`FinConversation::errors`].
    pub attributes: Option<CustomAttributes>,
}

/// What comes with a message, for Fin to see.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/fin_agent_attachment)
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
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { FinAttachment by "type" { "url" => Url, "file" => File } }

/// An attachment at an address.
#[apply(part)]
pub struct FinUrl {
    pub url: String,
    pub name: Option<String>,
    /// The media type, such as `application/pdf`.
    pub content_type: Option<String>,
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

/// What Fin should know of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/fin_agent_conversation_metadata)
#[apply(part)]
pub struct FinConversationMetadata {
    /// The messages before, the last 10 at most.
    pub history: Option<Vec<FinMessage>>,
    /// Attributes of the conversation to set, up to 10.
    pub attributes: Option<CustomAttributes>,
}

/// How Fin should answer. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/fin_agent_settings)
#[apply(part)]
pub struct FinSettings {
    /// Whether Fin may ask back, and hand over to a human; yes by default.
    pub follow_up_questions: Option<bool>,
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

/// A conversation that Fin works on. What it answers comes later, as [`FinEvent`]s. From 2.14.
#[apply(response)]
pub struct FinConversation {
    pub conversation_id: Option<ExternalConversationId>,
    pub user_id: Option<String>,
    /// The procedure that it runs, if requested. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub procedure_id: Option<ProcedureId>,
    pub status: Option<FinStatus>,
    /// The time of the reply.
    #[serde(serialize_with = "time::iso8601")]
    pub created_at_ms: Option<Timestamp>,
    /// The attributes that could not be set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub errors: Option<FinAttributeErrors>,
    /// The URL of Fin's answers as server-sent events, if the workspace has them. It is
    /// secret, for it carries a token, and good for 3 minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sse_subscription_url: Option<Secret>,
}

/// The attributes that could not be set.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/fin_agent_attribute_errors)
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

open_enum! {
    /// What became of a rating.
    pub enum FinCsatStatus {
        Rated = "rated",
    }
}

/// A rating as it was stored. From 2.14.
#[apply(response)]
pub struct FinCsatRated {
    pub conversation_id: Option<ExternalConversationId>,
    pub rating: Option<FinRating>,
    pub status: Option<FinCsatStatus>,
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

/// What was handed over to a human. In Preview.
#[apply(response)]
pub struct FinEscalated {
    /// The conversation of the request, if it named one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ExternalConversationId>,
    /// The conversation that was started, if the request named a user.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub intercom_conversation_id: Option<ConversationId>,
    /// As in [`FinConversation::sse_subscription_url`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sse_subscription_url: Option<Secret>,
    pub status: Option<FinStatus>,
}
