//! Workflows, the automations of a workspace.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::workflows;
//!
//! let export = intercom.call(&workflows::Export::new("67890")).await?;
//! println!("{:?}", export.workflow);
//! # Ok(())
//! # }
//! ```

use intercom_model::WorkflowId;
pub use intercom_model::workflows::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Returns the current state of a workflow.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/workflows/exportworkflow)
#[apply(endpoint)]
#[spec(GET "/export/workflows/{workflow_id}" -> WorkflowExport; since V2_15)]
pub struct Export {
    #[path]
    pub workflow_id: WorkflowId,
}
