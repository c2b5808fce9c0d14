//! Admins: the teammates of a workspace.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::id;
use crate::{
    AdminId, Avatar, AwayStatusReasonId, ObjectType, RoleId, TeamId, Timestamp, WorkspaceId,
};

/// A teammate of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/admins/admin)
#[apply(response)]
pub struct Admin {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: AdminId,
    pub name: Option<String>,
    pub email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub job_title: Option<String>,
    /// Whether conversations are kept from the admin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_mode_enabled: Option<bool>,
    /// Whether conversations are reassigned when customers reply.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_mode_reassign: Option<bool>,
    /// Why the admin is away. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_status_reason_id: Option<AwayStatusReasonId>,
    /// The label of that reason; empty if there is none. Only in webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub away_status_reason: Option<String>,
    /// Whether the admin has a paid seat in the inbox.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_inbox_seat: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_ids: Option<Vec<TeamId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub avatar: Option<Avatar>,
    /// In which teams the admin comes first. From 2.8.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub team_priority_level: Option<TeamPriorityLevel>,
    /// From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub role: Option<AdminRole>,
    /// Only on the owner of the access token.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_verified: Option<bool>,
    /// The workspace of the access token. Only on its owner.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app: Option<App>,
}

/// In which teams an admin gets conversations first, and in which second.
#[apply(response)]
pub struct TeamPriorityLevel {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub primary_team_ids: Option<Vec<TeamId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secondary_team_ids: Option<Vec<TeamId>>,
}

/// What an admin may do in the workspace. From 2.16.
#[apply(response)]
pub struct AdminRole {
    pub r#type: Option<ObjectType>,
    pub id: Option<RoleId>,
    pub name: Option<String>,
}

/// A workspace.
#[apply(response)]
pub struct App {
    pub r#type: Option<ObjectType>,
    /// The id of the workspace, which also starts its Messenger.
    pub id_code: Option<WorkspaceId>,
    pub name: Option<String>,
    pub created_at: Option<Timestamp>,
    /// Whether the Messenger demands that users prove who they are.
    pub identity_verification: Option<bool>,
    /// The same, by its older name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secure: Option<bool>,
    /// By the names of the IANA.
    pub timezone: Option<String>,
    /// The region that stores the workspace's data: `US`, `EU` or `AU`.
    pub region: Option<String>,
}

/// The admins of the workspace.
#[apply(response)]
#[items(admins)]
pub struct AdminList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub admins: Vec<Admin>,
}

/// Whether an admin is away, and what becomes of the admin's conversations.
#[apply(body)]
pub struct AwayMode {
    /// Whether conversations are kept from the admin.
    pub away_mode_enabled: bool,
    /// Whether conversations are reassigned when customers reply.
    pub away_mode_reassign: bool,
    /// Why the admin is away. From 2.14.
    #[serde(serialize_with = "id::as_number")]
    pub away_status_reason_id: Option<AwayStatusReasonId>,
}
