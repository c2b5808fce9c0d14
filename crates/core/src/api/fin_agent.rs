//! Fin as an agent of your own programs: start it, reply to it, ask it, hand over. From 2.14.
//!
//! Fin answers later, by webhooks or by server-sent events: see [`FinEvent`].
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

/// Has Fin take a conversation. From 2.14.
///
/// Preview keeps it for the programs that use it, and goes on with [`Ask`] and [`RunProcedure`].
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/startfinconversation)
#[apply(endpoint)]
#[spec(POST "/fin/start" -> FinConversation; since V2_14)]
pub struct Start {
    pub body: FinStart,
}

/// Tells Fin what the user replied, in a conversation that it has. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/replytofin)
#[apply(endpoint)]
#[spec(POST "/fin/reply" -> FinConversation; since V2_14)]
pub struct Reply {
    pub body: FinReply,
}

/// Rates a conversation, after Fin asked for it. The same rating twice is one. Where none was asked
/// for, or it is too late for one, the answer is 422. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/fin-agent/submitfincsat)
#[apply(endpoint)]
#[spec(POST "/fin/csat" -> FinCsatRated; since V2_14, idempotent)]
pub struct SubmitCsat {
    pub body: FinCsat,
}

/// What Fin can do for a user. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/listfincapabilities)
#[apply(endpoint)]
#[spec(POST "/fin/capabilities" -> FinCapabilities; since Preview, idempotent)]
pub struct ListCapabilities {
    pub body: FinCapabilitiesRequest,
}

/// Asks Fin one question. It answers without asking back, without procedures, and without handing
/// over. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/askfin)
#[apply(endpoint)]
#[spec(POST "/fin/ask" -> FinConversation; since Preview)]
pub struct Ask {
    pub body: FinAsk,
}

/// Has Fin carry out a procedure in a new conversation. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/runfinprocedure)
#[apply(endpoint)]
#[spec(POST "/fin/procedures/{procedure_id}/run" -> FinConversation; since Preview)]
pub struct RunProcedure {
    #[path]
    pub procedure_id: ProcedureId,
    pub body: FinProcedureRun,
}

/// Hands over to a human. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/escalatefinconversation)
#[apply(endpoint)]
#[spec(POST "/fin/escalate" -> FinEscalated; since Preview)]
pub struct Escalate {
    pub body: FinEscalate,
}
