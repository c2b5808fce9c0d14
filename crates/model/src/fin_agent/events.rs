//! The events that Fin sends about its conversations.

use macro_rules_attribute::apply;

use super::{FinAuthor, FinRating, FinStatus};
use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::time;
use crate::{ExternalConversationId, ObjectId, Timestamp};

open_enum! {
    /// The kind of a Fin event.
    pub enum FinEventName {
        /// It asks the user to rate the conversation: answer with `fin_agent::SubmitCsat`.
        CsatRequested = "csat_requested",
        /// It wrote something to the user.
        Replied = "fin_replied",
        /// It is writing, and this is what it wrote so far. Only as a server-sent event.
        ReplyChunk = "fin_reply_chunk",
        /// It went on to another status.
        StatusUpdated = "fin_status_updated",
    }
}

/// An event of a conversation with Fin: the body of a webhook, or the data of a server-sent event. From
/// 2.14.
///
/// A webhook is signed in its header `X-Fin-Agent-API-Webhook-Signature`.
///
/// ```
/// use intercom_model::fin_agent::{FinEvent, FinEventName};
///
/// let body = br#"{"event_name": "fin_replied", "conversation_id": "chat_42", "user_id": "user_001",
///     "message": {"id": "1", "author": "fin", "body": "<p>Hello!</p>"}, "status": "replying"}"#;
/// let (event, _) = intercom_model::from_slice::<FinEvent>(body)?;
/// assert_eq!(event.event_name, Some(FinEventName::Replied));
/// assert_eq!(event.message.and_then(|message| message.body).as_deref(), Some("<p>Hello!</p>"));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[apply(response)]
pub struct FinEvent {
    pub event_name: Option<FinEventName>,
    pub conversation_id: Option<ExternalConversationId>,
    /// Not of a [`FinEventName::ReplyChunk`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    /// Not of a [`FinEventName::CsatRequested`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<FinStatus>,
    /// Why it handed over to a human, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// What it wrote. Only of a [`FinEventName::Replied`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<FinReplyMessage>,
    /// Identifies a streamed reply: its chunks and the complete reply have the same id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stream_id: Option<String>,
    /// The place of a chunk among the others, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub chunk_index: Option<u64>,
    /// All of the reply so far, as plain text, in place of the chunk before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chunk_text: Option<String>,
    /// How to rate the conversation. Only of a [`FinEventName::CsatRequested`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub csat: Option<FinCsatSurvey>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at_ms: Option<Timestamp>,
}

/// What Fin wrote. From 2.14.
#[apply(response)]
pub struct FinReplyMessage {
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub author: Option<FinAuthor>,
    /// As HTML.
    pub body: Option<String>,
    #[serde(serialize_with = "time::iso8601")]
    pub timestamp_ms: Option<Timestamp>,
}

/// How a user can rate a conversation. From 2.14.
#[apply(response)]
pub struct FinCsatSurvey {
    /// In the order in which to show them.
    #[serde(deserialize_with = "null::as_default")]
    pub options: Vec<FinCsatOption>,
}

/// A rating to choose. From 2.14.
#[apply(response)]
pub struct FinCsatOption {
    /// The rating to send back.
    pub key: Option<FinRating>,
    pub emoji: Option<String>,
    /// What to show, in the language of the conversation.
    pub label: Option<String>,
}
