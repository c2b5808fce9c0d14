//! Fin Voice: calls that Fin takes for another telephone system. From 2.15.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::fin_voice::{self, FinVoiceCallRegister};
//!
//! let call = FinVoiceCallRegister::new("+15551234567", "call-123-abc");
//! let registered = intercom.call(&fin_voice::Register::new(call)).await?;
//! println!("{:?}", registered.status);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::fin_voice::*;
use intercom_model::{ConversationId, FinVoiceCallId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Announces a call that Fin is about to take. One that was announced before is refused with 409.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/registerfinvoicecall)
#[apply(endpoint)]
#[spec(POST "/fin_voice/register" -> FinVoiceCall; since V2_15)]
pub struct Register {
    pub body: FinVoiceCallRegister,
}

/// A call, by the id that Intercom gave it. Until it is matched, this and the other ways to get it
/// answer 404.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallbyid)
#[apply(endpoint)]
#[spec(GET "/fin_voice/collect/{fin_voice_call_id}" -> FinVoiceCall; since V2_15)]
pub struct Get {
    #[path]
    pub fin_voice_call_id: FinVoiceCallId,
}

/// A call, by its id in the other telephone system.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallbyexternalid)
#[apply(endpoint)]
#[spec(GET "/fin_voice/external_id/{external_id}" -> FinVoiceCall; since V2_15)]
pub struct GetByExternalId {
    #[path]
    pub external_id: String,
}

/// The last call of a phone number. What it answers is not described, and taken to be the same as for an id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallbyphonenumber)
#[apply(endpoint)]
#[spec(GET "/fin_voice/phone_number/{phone_number}" -> FinVoiceCall; since V2_15)]
pub struct GetByPhoneNumber {
    /// In E.164 form.
    #[path]
    pub phone_number: String,
}

/// The calls of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallsbyconversationid)
#[apply(endpoint)]
#[spec(GET "/fin_voice/conversation/{conversation_id}" -> Vec<FinVoiceCall>; since V2_15)]
pub struct ListForConversation {
    #[path]
    pub conversation_id: ConversationId,
}
