//! Fin procedures that wait for a human.
//!
//! The webhook `procedure.hitl_notification.created` announces one.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::procedures::{self, AgentInput, AgentInputValue};
//! use intercom_core::{ApiVersion, CallOptions};
//!
//! let intercom = intercom.with_options(CallOptions::new().version(ApiVersion::Preview));
//! let approved = AgentInput::new("step_7", [AgentInputValue::new("approved", true)]);
//! intercom.call(&procedures::CollectAgentInput::new("64619700005694", approved)).await?;
//! # Ok(())
//! # }
//! ```

use intercom_model::ConversationId;
pub use intercom_model::procedures::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// Provides the human input that a procedure is waiting for.
///
/// The token needs the scope `write_conversations`, and its admin needs access to the conversation.
/// Fails with 409 if the input was already given, and with 404 if it is too late.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/procedures/collectprocedureagentinput)
#[apply(endpoint)]
#[spec(POST "/procedures/{conversation_id}/collect_agent_input" => Empty; since Preview)]
pub struct CollectAgentInput {
    #[path]
    pub conversation_id: ConversationId,
    pub body: AgentInput,
}
