//! Messages that a workspace sends to its contacts, and their delivery.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::messages::{self, OutboundMessage, Person};
//!
//! let ada = Person::user("6762f2391bb69f9f2193bc19");
//! let hello = OutboundMessage::in_app("991267816", ada, "Hello!");
//! let sent = intercom.call(&messages::Create::new(hello)).await?;
//! println!("{:?}", sent.id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::conversations::Person;
pub use intercom_model::messages::*;
use intercom_model::{MessageId, RulesetId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Sends a message to contacts, or on behalf of one.
///
/// Fails with 404 for a contact that was created a moment ago and cannot receive messages yet. A
/// message to a contact starts a conversation once the contact replies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/createmessage)
#[apply(endpoint)]
#[spec(POST "/messages" -> Message; since V2_7)]
pub struct Create {
    pub body: MessageCreate,
}

/// Returns the delivery status of a WhatsApp message.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/retrievewhatsappmessagestatus)
#[apply(endpoint)]
#[spec(GET "/messages/whatsapp/status" -> WhatsappMessageStatus; since V2_16)]
pub struct GetWhatsappStatus {
    /// The id that WhatsApp gave the message.
    #[query]
    pub message_id: MessageId,
}

/// Lists the delivery status of the messages of a ruleset.
///
/// So far, only messages sent by WhatsApp are listed.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/getwhatsappmessagestatus)
#[apply(endpoint)]
#[spec(GET "/messages/status" -> WhatsappMessageStatusList; since V2_16)]
#[paged(events [WhatsappMessageEvent] by cursor starting_after)]
pub struct ListStatuses {
    /// The ruleset whose messages are listed.
    #[query]
    pub ruleset_id: RulesetId,
    /// Limits how many messages a page has: 50 by default, 100 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
}
