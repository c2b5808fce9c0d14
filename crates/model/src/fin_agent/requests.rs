//! What Fin is asked to do.

use macro_rules_attribute::apply;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::{FinAttachment, FinConversationMetadata, FinMessage, FinRating, FinSettings, FinUser};
use crate::vocabulary::declare::{body, part};
use crate::{CustomAttributes, ExternalConversationId};

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

/// How a user rates a conversation with Fin. From 2.14.
#[apply(body)]
pub struct FinCsat {
    pub conversation_id: ExternalConversationId,
    pub rating: FinRating,
    /// What the user says to it. It can be added to a rating later, but only once; after that, the
    /// rating stays.
    pub remark: Option<String>,
}

/// Whose capabilities to list. In Preview.
#[apply(body)]
pub struct FinCapabilitiesRequest {
    /// One who is not known yet is created; one who is takes over the email and the attributes.
    pub user: FinUser,
}

/// What to hand over to a human: a conversation that exists, or else a user. In Preview.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum FinEscalate {
    /// A conversation that exists.
    Conversation(EscalateConversation),
    /// A user, for whom a conversation begins. Not on Fin for Platforms.
    User(EscalateUser),
}

/// A conversation to hand over to a human. In Preview.
#[apply(body)]
pub struct EscalateConversation {
    pub conversation_id: ExternalConversationId,
    /// What the human should know: a note that the user does not see, up to 10,000 characters.
    pub context: Option<String>,
}

/// A user to hand over to a human. In Preview.
#[apply(body)]
pub struct EscalateUser {
    pub user: FinUser,
    /// The first message of the user's conversation, which the user sees; up to 10,000 characters. If
    /// omitted, it says that the user wants human support.
    pub message: Option<String>,
    /// What the human should know: a note that the user does not see, up to 10,000 characters.
    pub context: Option<String>,
}

impl FinEscalate {
    /// Hands this conversation over. To set more fields, use [`FinEscalate::Conversation`].
    #[must_use]
    pub fn of_conversation(conversation_id: impl Into<ExternalConversationId>) -> Self {
        Self::Conversation(EscalateConversation::new(conversation_id))
    }

    /// Begins a conversation of this user with a human. To set more fields, use
    /// [`FinEscalate::User`].
    #[must_use]
    pub fn for_user(user: FinUser) -> Self {
        Self::User(EscalateUser::new(user))
    }
}

impl From<EscalateConversation> for FinEscalate {
    fn from(conversation: EscalateConversation) -> Self {
        Self::Conversation(conversation)
    }
}

impl From<EscalateUser> for FinEscalate {
    fn from(user: EscalateUser) -> Self {
        Self::User(user)
    }
}

/// A request for a user names one; any other is for a conversation.
impl<'de> Deserialize<'de> for FinEscalate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        if fields.contains_key("user") {
            serde_json::from_value(Value::Object(fields)).map(Self::User)
        } else {
            serde_json::from_value(Value::Object(fields)).map(Self::Conversation)
        }
        .map_err(D::Error::custom)
    }
}
