//! Workflows. Since 2.15.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::workflows::{Export, Workflow, WorkflowExport, WorkflowState};
use intercom_core::model::WorkflowId;

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::Workspace;

impl Workspace {
    /// Stores a workflow. It runs nothing.
    pub(crate) fn add_workflow(&mut self, mut workflow: Workflow, context: &Context) -> Workflow {
        workflow.id = WorkflowId::new(self.ids.decimal().to_string());
        workflow.state.get_or_insert(WorkflowState::Live);
        let trigger = &mut workflow.trigger_type;
        trigger.get_or_insert_with(|| "inbound_conversation".to_owned());
        workflow.created_at.get_or_insert(context.now);
        workflow.updated_at.get_or_insert(context.now);
        self.workflows.insert(workflow.id.clone(), workflow.clone());
        workflow
    }
}

impl Handle<Export> for Workspace {
    fn handle(&mut self, export: Export, context: &Context) -> Result<WorkflowExport, Refusal> {
        let workflow = self.workflows.get(&export.workflow_id).ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::NotFound,
                "Workflow not found",
            )
        })?;
        Ok(object!(WorkflowExport {
            export_version: Some("1.0".to_owned()),
            exported_at: Some(context.now),
            app_id: Some(self.workspace_id.clone()),
            workflow: Some(workflow.clone()),
        }))
    }
}
