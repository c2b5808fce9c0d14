//! Procedures of Fin that wait for a human. In Preview.

use macro_rules_attribute::apply;

use crate::vocabulary::declare::{body, part};
use crate::{AttributeValue, ProcedureStepId};

/// What a human answers to a procedure that waits for it. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/procedures/collect_agent_input_request)
#[apply(body)]
pub struct AgentInput {
    /// The step that waits, as named by the webhook.
    pub step_id: ProcedureStepId,
    /// A value for each attribute that the webhook asks for.
    pub attribute_values: Vec<AgentInputValue>,
}

/// The value of an attribute that a procedure asks for. In Preview.
#[apply(part)]
pub struct AgentInputValue {
    /// As the webhook names it.
    pub identifier: String,
    /// Of the type that the webhook names: for a list, the id of an option.
    pub value: AttributeValue,
}
