//! Custom channel events: what happened in a channel of the workspace's own.

use macro_rules_attribute::apply;

use crate::contacts::Role;
use crate::declare::{body, part, response};
use crate::{ContactId, ConversationId, ExternalConversationId, QuickReplyId};

/// A contact of a custom channel.
#[apply(part)]
pub struct ChannelContact {
    pub r#type: Role,
    /// The id that the workspace gave the contact in its own system.
    pub external_id: String,
    /// Required for users.
    pub name: Option<String>,
    /// Required for users.
    pub email: Option<String>,
}

impl ChannelContact {
    /// A user, who needs a name and an email.
    #[must_use]
    pub fn user(
        external_id: impl Into<String>,
        name: impl Into<String>,
        email: impl Into<String>,
    ) -> Self {
        Self::new(Role::User, external_id).name(name).email(email)
    }

    /// A lead.
    #[must_use]
    pub fn lead(external_id: impl Into<String>) -> Self {
        Self::new(Role::Lead, external_id)
    }
}

/// A conversation that began.
#[apply(body)]
pub struct NewConversation {
    /// The id that the workspace gave the event.
    pub event_id: String,
    pub external_conversation_id: ExternalConversationId,
    pub contact: ChannelContact,
}

/// A message that a contact wrote.
#[apply(body)]
pub struct NewMessage {
    /// The id that the workspace gave the event.
    pub event_id: String,
    pub external_conversation_id: ExternalConversationId,
    pub contact: ChannelContact,
    pub body: String,
}

/// A quick reply that a contact chose.
#[apply(body)]
pub struct QuickReplySelected {
    /// The id that the workspace gave the event.
    pub event_id: String,
    pub external_conversation_id: ExternalConversationId,
    pub contact: ChannelContact,
    pub quick_reply_option_id: QuickReplyId,
}

/// An attribute that a contact was asked for, and gave.
#[apply(body)]
pub struct AttributeCollected {
    /// The id that the workspace gave the event.
    pub event_id: String,
    pub external_conversation_id: ExternalConversationId,
    pub contact: ChannelContact,
    pub attribute: ChannelAttribute,
}

/// An attribute, and what the contact answered.
#[apply(part)]
pub struct ChannelAttribute {
    /// The name of the attribute, such as `shipping_address`.
    pub id: String,
    pub value: String,
}

/// The conversation and the contact of an event, by the ids of both sides.
#[apply(response)]
pub struct ChannelNotified {
    pub external_conversation_id: Option<ExternalConversationId>,
    pub conversation_id: Option<ConversationId>,
    /// The id that the workspace gave the contact in its own system.
    pub external_contact_id: Option<String>,
    pub contact_id: Option<ContactId>,
}
