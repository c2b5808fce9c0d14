//! Fin as an agent of your own programs: start it, reply to it, ask it, hand over. From 2.14.
//!
//! Fin answers later, by webhooks or by server-sent events.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use std::time::SystemTime;
//!
//! use intercom_core::api::fin_agent::{self, FinMessage, FinStart, FinUser};
//! use intercom_core::model::Timestamp;
//!
//! let question = FinMessage::from_user("How do I reset my password?")
//!     .timestamp(Timestamp::from(SystemTime::now()));
//! let ada = FinUser::new("user_001").name("Ada Lovelace");
//! let started = intercom.call(&fin_agent::Start::new(FinStart::new("chat_42", question, ada))).await?;
//! println!("{:?}: listen at {:?}", started.status, started.sse_subscription_url);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::fin_agent::*;
use intercom_model::{ConversationId, ProcedureId};
use macro_rules_attribute::apply;

use crate::Empty;
use crate::endpoint::endpoint;

/// Has Fin take a conversation. From 2.14.
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
#[spec(POST "/fin/csat" -> FinCsatRated; since V2_14, replay)]
pub struct SubmitCsat {
    pub body: FinCsat,
}

/// What Fin can do for a user. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/fin-agent/listfincapabilities)
#[apply(endpoint)]
#[spec(POST "/fin/capabilities" -> FinCapabilities; since Preview, replay)]
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

/// Answers a procedure that waits for a human. The token needs the scope `write_conversations`, and
/// its admin access to the conversation. A second answer is refused with 409, one that comes too late
/// with 404. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/procedures/collectprocedureagentinput)
#[apply(endpoint)]
#[spec(POST "/procedures/{conversation_id}/collect_agent_input" => Empty; since Preview)]
pub struct CollectAgentInput {
    #[path]
    pub conversation_id: ConversationId,
    pub body: AgentInput,
}
