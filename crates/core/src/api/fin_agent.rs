//! Fin as an agent in your own programs: start it, reply to it, ask it, or escalate to a human.
//!
//! Fin answers later, through webhooks or server-sent events: see [`FinEvent`].
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use std::time::SystemTime;
//!
//! use intercom_core::api::fin_agent::{self, FinMessage, FinStart, FinUser};
//! use intercom_core::model::Timestamp;
//!
//! let now = Timestamp::from(SystemTime::now());
//! let question = FinMessage::from_user("How do I reset my password?", now);
//! let ada = FinUser::new("user_001").name("Ada Lovelace");
//! let started = intercom.call(&fin_agent::Start::new(FinStart::new("chat_42", question, ada))).await?;
//! println!("{:?}: listen at {:?}", started.status, started.sse_subscription_url);
//! # Ok(())
//! # }
//! ```

use intercom_model::ProcedureId;
pub use intercom_model::fin_agent::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Starts Fin on a conversation.
///
/// Preview keeps it for existing programs; new ones use [`Ask`] and [`RunProcedure`] there.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/startfinconversation)
#[apply(endpoint)]
#[spec(POST "/fin/start" -> FinConversation; since V2_14)]
pub struct Start {
    pub body: FinStart,
}

/// Sends Fin the user's reply in one of its conversations.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/replytofin)
#[apply(endpoint)]
#[spec(POST "/fin/reply" -> FinConversation; since V2_14)]
pub struct Reply {
    pub body: FinReply,
}

/// Submits the rating of a conversation, after Fin asked for one.
///
/// The same rating submitted twice counts once. Fails with 422 if no rating was asked for, or if it
/// is too late for one.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/submitfincsat)
#[apply(endpoint)]
#[spec(POST "/fin/csat" -> FinCsatRated; since V2_14, idempotent)]
pub struct SubmitCsat {
    pub body: FinCsat,
}

/// Returns what Fin can do for a user.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/listfincapabilities)
#[apply(endpoint)]
#[spec(POST "/fin/capabilities" -> FinCapabilities; since Preview, idempotent)]
pub struct ListCapabilities {
    pub body: FinCapabilitiesRequest,
}

/// Asks Fin a single question.
///
/// Fin answers without asking back, without procedures and without escalating.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/askfin)
#[apply(endpoint)]
#[spec(POST "/fin/ask" -> FinConversation; since Preview)]
pub struct Ask {
    pub body: FinAsk,
}

/// Runs a Fin procedure in a new conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/runfinprocedure)
#[apply(endpoint)]
#[spec(POST "/fin/procedures/{procedure_id}/run" -> FinConversation; since Preview)]
pub struct RunProcedure {
    #[path]
    pub procedure_id: ProcedureId,
    pub body: FinProcedureRun,
}

/// Escalates a conversation to a human.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/escalatefinconversation)
#[apply(endpoint)]
#[spec(POST "/fin/escalate" -> FinEscalated; since Preview)]
pub struct Escalate {
    pub body: FinEscalate,
}
