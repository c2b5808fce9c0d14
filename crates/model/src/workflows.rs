//! Workflows: automations of the workspace. From 2.15.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{AttributeValue, Timestamp, WorkflowId, WorkspaceId};

/// A workflow as it was at a time. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/workflow_export)
#[apply(response)]
pub struct WorkflowExport {
    /// The version of the form of the export, such as `1.0`.
    pub export_version: Option<String>,
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub exported_at: Option<Timestamp>,
    pub app_id: Option<WorkspaceId>,
    pub workflow: Option<Workflow>,
}

open_enum! {
    /// Whether a workflow runs.
    pub enum WorkflowState {
        Draft = "draft",
        Live = "live",
        Paused = "paused",
    }
}

/// An automation: its trigger and its steps. From 2.15.
#[apply(response)]
pub struct Workflow {
    #[serde(deserialize_with = "null::as_default")]
    pub id: WorkflowId,
    pub title: Option<String>,
    pub description: Option<String>,
    /// What starts it, such as `inbound_conversation`.
    pub trigger_type: Option<String>,
    pub state: Option<WorkflowState>,
    /// Such as `chat`.
    #[serde(deserialize_with = "null::as_default")]
    pub target_channels: Vec<String>,
    /// Such as `mobile`.
    #[serde(deserialize_with = "null::as_default")]
    pub preferred_devices: Vec<String>,
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub created_at: Option<Timestamp>,
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub updated_at: Option<Timestamp>,
    /// For whom it is: its form is not described.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub targeting: AttributeValue,
    /// Its steps: their form is not described.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub snapshot: AttributeValue,
    /// The attributes that it uses: their form is not described.
    #[serde(deserialize_with = "null::as_default")]
    pub attributes: Vec<AttributeValue>,
    /// The rules within its steps: their form is not described.
    #[serde(deserialize_with = "null::as_default")]
    pub embedded_rules: Vec<AttributeValue>,
}
