//! Custom channel events: what happened in a channel of the workspace's own.

use macro_rules_attribute::apply;

use crate::contacts::Role;
use crate::vocabulary::declare::{part, response};
use crate::{ContactId, ConversationId, ExternalConversationId, QuickReplyId};

/// A contact of a custom channel.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/models/custom_channel_contact)
#[apply(part)]
pub struct ChannelContact {
    pub r#type: Role,
    /// The id of the contact in your own system.
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

/// An event: what every one tells, beside its own fields.
macro_rules! event {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! {
            $(#[$meta])*
            pub struct $Name {
                /// The id that the workspace gave the event.
                pub event_id: String,
                pub external_conversation_id: ExternalConversationId,
                pub contact: ChannelContact,
                $($fields)*
            }
        }
    };
}

/// A conversation that began.
#[apply(event)]
pub struct NewConversation {}

/// A message that a contact wrote.
#[apply(event)]
pub struct NewMessage {
    pub body: String,
}

/// A quick reply that a contact chose.
#[apply(event)]
pub struct QuickReplySelected {
    pub quick_reply_option_id: QuickReplyId,
}

/// An attribute that a contact was asked for, and gave.
#[apply(event)]
pub struct AttributeCollected {
    pub attribute: ChannelAttribute,
}

/// An attribute, and what the contact answered.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/models/custom_channel_attribute)
#[apply(part)]
pub struct ChannelAttribute {
    /// The name of the attribute, such as `shipping_address`.
    pub id: String,
    pub value: String,
}

/// The conversation and the contact of an event, by the ids of both sides.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/models/custom_channel_notification_response)
#[apply(response)]
pub struct ChannelNotified {
    pub external_conversation_id: Option<ExternalConversationId>,
    pub conversation_id: Option<ConversationId>,
    /// The id of the contact in your own system.
    pub external_contact_id: Option<String>,
    pub contact_id: Option<ContactId>,
}
