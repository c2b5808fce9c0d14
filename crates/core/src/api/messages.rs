//! Messages: what a workspace sends to its contacts, and how it arrives.
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

/// Sends a message to contacts, or in the name of one.
///
/// A contact that was created a moment ago is answered with 404 until it can be written to. A message
/// to a contact begins a conversation once the contact replies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/createmessage)
#[apply(endpoint)]
#[spec(POST "/messages" -> Message; since V2_7)]
pub struct Create {
    pub body: MessageCreate,
}

/// How far a message by WhatsApp got. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/retrievewhatsappmessagestatus)
#[apply(endpoint)]
#[spec(GET "/messages/whatsapp/status" -> WhatsappMessageStatus; since V2_16)]
pub struct GetWhatsappStatus {
    /// The id that WhatsApp gave the message.
    #[query]
    pub message_id: MessageId,
}

/// How far the messages of a ruleset got; so far, those by WhatsApp. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/getwhatsappmessagestatus)
#[apply(endpoint)]
#[spec(GET "/messages/status" -> WhatsappMessageStatusList; since V2_16)]
#[paged(events [WhatsappMessageEvent] by cursor starting_after)]
pub struct ListStatuses {
    #[query]
    pub ruleset_id: RulesetId,
    /// How many messages a page has: 50 by default, 100 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
}
