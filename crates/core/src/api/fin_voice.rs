//! Fin Voice: calls that Fin takes for another phone system.
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

/// Registers a call that Fin is about to take.
///
/// Fails with 409 if the call is already registered.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/registerfinvoicecall)
#[apply(endpoint)]
#[spec(POST "/fin_voice/register" -> FinVoiceCall; since V2_15)]
pub struct Register {
    pub body: FinVoiceCallRegister,
}

/// Returns a call by its Intercom id.
///
/// Fails with 404 until the call is matched, as do the other ways to get a call.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallbyid)
#[apply(endpoint)]
#[spec(GET "/fin_voice/collect/{fin_voice_call_id}" -> FinVoiceCall; since V2_15)]
pub struct Get {
    #[path]
    pub fin_voice_call_id: FinVoiceCallId,
}

/// Returns a call by its id in the other phone system.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallbyexternalid)
#[apply(endpoint)]
#[spec(GET "/fin_voice/external_id/{external_id}" -> FinVoiceCall; since V2_15)]
pub struct GetByExternalId {
    #[path]
    pub external_id: String,
}

/// Returns the last call of a phone number.
///
/// The reply is undocumented, and assumed to be the same as that of [`Get`].
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallbyphonenumber)
#[apply(endpoint)]
#[spec(GET "/fin_voice/phone_number/{phone_number}" -> FinVoiceCall; since V2_15)]
pub struct GetByPhoneNumber {
    /// The phone number in E.164 form.
    #[path]
    pub phone_number: String,
}

/// Lists the calls of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/calls/collectfinvoicecallsbyconversationid)
#[apply(endpoint)]
#[spec(GET "/fin_voice/conversation/{conversation_id}" -> Vec<FinVoiceCall>; since V2_15)]
pub struct ListForConversation {
    #[path]
    pub conversation_id: ConversationId,
}
