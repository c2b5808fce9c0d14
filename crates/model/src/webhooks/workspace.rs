//! The workspace itself: its API, its audiences, its connectors.

use macro_rules_attribute::apply;

use crate::data_connectors::DataConnectorErrorType;
use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::time;
use crate::{
    AdminId, AudienceId, ConversationId, DataConnectorExecutionId, DataConnectorId, ObjectId,
    ObjectType, Reference, Timestamp,
};

/// A test of a webhook, sent when it is set up and from time to time.
#[apply(response)]
pub struct Ping {
    pub r#type: Option<ObjectType>,
    pub message: Option<String>,
}

/// A contact or other object that an audience gained or lost. In Preview.
#[apply(response)]
pub struct AudienceMembership {
    pub r#type: Option<ObjectType>,
    pub audience_id: Option<AudienceId>,
    pub content: Option<Reference>,
}

/// A request to the REST API.
#[apply(response)]
pub struct ApiRequestCompleted {
    pub r#type: Option<ObjectType>,
    pub request_id: Option<String>,
    pub timestamp: Option<Timestamp>,
    pub request: Option<ApiRequest>,
    pub authentication: Option<ApiAuthentication>,
    pub response: Option<ApiResponse>,
    pub admin: Option<ApiRequestAdmin>,
}

/// The request of an [`ApiRequestCompleted`].
#[apply(response)]
pub struct ApiRequest {
    pub method: Option<String>,
    /// The path, without its query.
    pub path: Option<String>,
    pub ip_address: Option<String>,
    pub user_agent: Option<String>,
}

/// How the request of an [`ApiRequestCompleted`] was authenticated.
#[apply(response)]
pub struct ApiAuthentication {
    /// Such as `oauth`.
    pub method: Option<String>,
    /// The id of the token, not the token itself.
    pub token_id: Option<String>,
    pub oauth_client_id: Option<String>,
    pub app_package_code: Option<String>,
}

/// The reply to the request of an [`ApiRequestCompleted`].
#[apply(response)]
pub struct ApiResponse {
    #[serde(deserialize_with = "number::any_form")]
    pub status: Option<u64>,
}

/// The owner of the token of an [`ApiRequestCompleted`].
#[apply(response)]
pub struct ApiRequestAdmin {
    pub id: Option<AdminId>,
    pub email: Option<String>,
}

/// A call of a data connector.
#[apply(response)]
pub struct DataConnectorExecuted {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: DataConnectorExecutionId,
    /// The data connector.
    pub action_id: Option<DataConnectorId>,
    pub action_name: Option<String>,
    pub success: Option<bool>,
    #[serde(deserialize_with = "number::any_form")]
    pub http_status: Option<u64>,
    pub error_type: Option<DataConnectorErrorType>,
    /// How long it took, in milliseconds.
    #[serde(deserialize_with = "number::any_form")]
    pub execution_time_ms: Option<u64>,
    #[serde(serialize_with = "time::iso8601")]
    pub completed_at: Option<Timestamp>,
    /// What called it, such as `workflow` or `inbox`.
    pub source_type: Option<String>,
    pub source_id: Option<ObjectId>,
    pub conversation_id: Option<ConversationId>,
    pub user_id: Option<ObjectId>,
    pub admin_id: Option<AdminId>,
}
