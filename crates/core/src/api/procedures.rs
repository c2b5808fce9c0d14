//! Procedures of Fin that wait for a human. In Preview.
//!
//! The webhook `procedure.hitl_notification.created` tells of one.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::procedures::{self, AgentInput, AgentInputValue};
//!
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
