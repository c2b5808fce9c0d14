//! Custom channel events, which report to Intercom what happened in a channel of your own.
//!
//! Intercom enables them for workspaces that ask for it. The official descriptions of 2.14, 2.15
//! and Preview had them until April 2026; that of 2.16 never did. This crate offers them in 2.16
//! all the same, because the service may support what a description leaves out.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::custom_channel_events::{self, ChannelContact, NewMessage};
//!
//! let jane = ChannelContact::user("user_001", "Jane Doe", "jane@example.com");
//! let message = NewMessage::new("event_7", "chat_42", jane, "Where is my order?");
//! let reported = intercom.call(&custom_channel_events::NotifyNewMessage::new(message)).await?;
//! println!("added to conversation {:?}", reported.conversation_id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::custom_channel_events::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Reports that a conversation started, which triggers the workflows for it.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/custom-channel-events/notifynewconversation)
#[apply(endpoint)]
#[spec(POST "/custom_channel_events/notify_new_conversation" -> ChannelNotified; since V2_14)]
pub struct NotifyNewConversation {
    pub body: NewConversation,
}

/// Reports that a contact sent a message.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/custom-channel-events/notifynewmessage)
#[apply(endpoint)]
#[spec(POST "/custom_channel_events/notify_new_message" -> ChannelNotified; since V2_14)]
pub struct NotifyNewMessage {
    pub body: NewMessage,
}

/// Reports that a contact selected a quick reply.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/custom-channel-events/notifyquickreplyselected)
#[apply(endpoint)]
#[spec(POST "/custom_channel_events/notify_quick_reply_selected" -> ChannelNotified; since V2_14)]
pub struct NotifyQuickReplySelected {
    pub body: QuickReplySelected,
}

/// Reports that a contact provided an attribute that was asked for.
///
/// [Reference](https://developers.intercom.com/docs/references/2.15/rest-api/api.intercom.io/custom-channel-events/notifyattributecollected)
#[apply(endpoint)]
#[spec(POST "/custom_channel_events/notify_attribute_collected" -> ChannelNotified; since V2_14)]
pub struct NotifyAttributeCollected {
    pub body: AttributeCollected,
}
