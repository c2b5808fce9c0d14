//! Data connectors: calls to other services, which workflows and Fin make.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::json::{null, number, object};
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::time;
use crate::{
    AdminId, AttributeValue, ConversationId, DataConnectorExecutionId, DataConnectorId, ObjectId,
    ObjectType, Secret, Timestamp,
};

open_enum! {
    /// Whether a connector is in use.
    pub enum DataConnectorState {
        Draft = "draft",
        Live = "live",
    }
}

open_enum! {
    /// The method of a connector's request.
    pub enum DataConnectorHttpMethod {
        Delete = "delete",
        Get = "get",
        Patch = "patch",
        Post = "post",
        Put = "put",
    }
}

open_enum! {
    /// The side on which a connector runs.
    pub enum DataConnectorExecutionType {
        /// In the page of the Messenger.
        ClientSide = "client_side",
        ServerSide = "server_side",
    }
}

open_enum! {
    /// The source of the fields of a connector's response.
    pub enum DataConnectorResponseType {
        /// From a response that was made up.
        Mock = "mock_response_type",
        /// From the response to a test.
        Test = "test_response_type",
    }
}

open_enum! {
    /// What of a connector's response is used.
    pub enum DataConnectorTransformation {
        /// What code makes of it.
        CodeBlock = "code_block_transformation",
        FullAccess = "full_access",
        /// All but what is redacted.
        RedactedAccess = "redacted_access",
    }
}

open_enum! {
    /// To which of Intercom's objects a response is mapped.
    pub enum DataConnectorObjectType {
        Conversation = "conversation",
        User = "user",
    }
}

open_enum! {
    /// The source of the value of a mapping.
    pub enum DataConnectorMappingType {
        Context = "context_mapping",
        Primitive = "primitive_mapping",
    }
}

open_enum! {
    /// What calls a connector.
    pub enum DataConnectorSource {
        Answer = "answer",
        ButtonCustomBot = "button_custom_bot",
        CustomBot = "custom_bot",
        Fin = "fin",
        InboundCustomBot = "inbound_custom_bot",
        Inbox = "inbox",
        /// A macro.
        SavedReply = "saved_reply",
        TriggerableCustomBot = "triggerable_custom_bot",
        Workflow = "workflow",
    }
}

open_enum! {
    /// For whom a connector is.
    pub enum DataConnectorAudience {
        Leads = "leads",
        Users = "users",
        Visitors = "visitors",
    }
}

open_enum! {
    /// What an input or a field of a response holds.
    pub enum DataConnectorFieldType {
        Boolean = "boolean",
        /// Only of responses.
        Datetime = "datetime",
        Decimal = "decimal",
        Integer = "integer",
        String = "string",
        /// Only of responses: what it holds could not be learned. Spelt `unknown`.
        Undetermined = "unknown",
    }
}

/// A call to another service. A list has what is above the audiences; a single one has all. From
/// 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/data_connector)
#[apply(response)]
pub struct DataConnector {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: DataConnectorId,
    pub name: Option<String>,
    pub description: Option<String>,
    pub state: Option<DataConnectorState>,
    pub http_method: Option<DataConnectorHttpMethod>,
    /// Whether Fin may call it without a workflow.
    pub direct_fin_usage: Option<bool>,
    pub created_by_admin_id: Option<AdminId>,
    pub updated_by_admin_id: Option<AdminId>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub updated_at: Option<Timestamp>,
    /// The path of what its calls gave.
    pub execution_results_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audiences: Option<Vec<DataConnectorAudience>>,
    /// The address, with inputs as `{{name}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The body of its request, with inputs as `{{name}}`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub headers: Option<Vec<DataConnectorHeader>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execution_type: Option<DataConnectorExecutionType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub configuration_response_type: Option<DataConnectorResponseType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_transformation_type: Option<DataConnectorTransformation>,
    /// The function of the Messenger's page that it calls, if it runs there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_function_name: Option<String>,
    /// How long that function may take, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub client_function_timeout_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_inputs: Option<Vec<DataConnectorInput>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_fields: Option<Vec<DataConnectorResponseField>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub object_mappings: Option<Vec<DataConnectorObjectMapping>>,
    /// The tokens with which it authenticates.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub token_ids: Option<Vec<ObjectId>>,
    /// Whether a contact must have proved who it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer_authentication: Option<bool>,
    /// Whether the other service is public.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bypass_authentication: Option<bool>,
    /// Whether a missing input makes the call fail.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub validate_missing_attributes: Option<bool>,
}

/// A header of a connector's request.
#[apply(part)]
pub struct DataConnectorHeader {
    pub name: Option<String>,
    /// With inputs as `{{name}}`. Replies have `****` in its place: sent back, it replaces the value.
    pub value: Option<Secret>,
}

/// What a connector's request is made of.
#[apply(part)]
pub struct DataConnectorInput {
    pub name: Option<String>,
    pub r#type: Option<DataConnectorFieldType>,
    /// Updates require it.
    pub description: Option<String>,
    pub required: Option<bool>,
    pub default_value: Option<String>,
}

/// A field of a connector's response.
#[apply(response)]
pub struct DataConnectorResponseField {
    /// Such as `order.status`.
    pub path: Option<String>,
    pub r#type: Option<DataConnectorFieldType>,
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub example_value: AttributeValue,
    /// Whether it is left out of logs.
    pub redacted: Option<bool>,
}

/// What of a response becomes attributes of Intercom's objects.
#[apply(response)]
pub struct DataConnectorObjectMapping {
    pub response_object_path: Option<String>,
    pub intercom_object_type: Option<DataConnectorObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub attribute_mappings: Vec<DataConnectorAttributeMapping>,
    #[serde(deserialize_with = "null::as_default")]
    pub reference_mappings: Vec<DataConnectorReferenceMapping>,
}

/// Which field of a response becomes which attribute.
#[apply(response)]
pub struct DataConnectorAttributeMapping {
    pub response_attribute_path: Option<String>,
    pub intercom_attribute_identifier: Option<String>,
    pub mapping_type: Option<DataConnectorMappingType>,
}

/// Which reference to another object is set.
#[apply(response)]
pub struct DataConnectorReferenceMapping {
    pub intercom_object_type: Option<DataConnectorObjectType>,
    pub intercom_attribute_identifier: Option<String>,
}

/// A connector to create, as a draft. From 2.16.
#[apply(body)]
pub struct DataConnectorCreate {
    pub name: String,
    pub description: Option<String>,
    pub http_method: Option<DataConnectorHttpMethod>,
    /// The address, with inputs as `{{name}}`.
    pub url: Option<String>,
    /// The body of its request, with inputs as `{{name}}`.
    pub body: Option<String>,
    /// Whether Fin may call it without a workflow.
    pub direct_fin_usage: Option<bool>,
    pub audiences: Option<Vec<DataConnectorAudience>>,
    pub headers: Option<Vec<DataConnectorHeader>>,
    pub data_inputs: Option<Vec<DataConnectorInput>>,
    /// Whether a contact must have proved who it is; no by default.
    pub customer_authentication: Option<bool>,
    /// Whether the other service is public; no by default.
    pub bypass_authentication: Option<bool>,
    /// Whether a missing input makes the call fail.
    pub validate_missing_attributes: Option<bool>,
    /// The tokens with which it authenticates.
    pub token_ids: Option<Vec<ObjectId>>,
    /// A response to learn the fields from: any JSON object. The connector then answers by it
    /// ([`DataConnectorResponseType::Mock`]).
    #[serde(deserialize_with = "object::map")]
    pub mock_response: Option<BTreeMap<String, AttributeValue>>,
}

/// Changes to a connector. From 2.16.
#[apply(body)]
pub struct DataConnectorUpdate {
    pub name: Option<String>,
    pub description: Option<String>,
    /// Whether it is in use.
    pub state: Option<DataConnectorState>,
    pub http_method: Option<DataConnectorHttpMethod>,
    /// The address, with inputs as `{{name}}`.
    pub url: Option<String>,
    /// The body of its request, with inputs as `{{name}}`.
    pub body: Option<String>,
    /// Whether Fin may call it without a workflow.
    pub direct_fin_usage: Option<bool>,
    pub audiences: Option<Vec<DataConnectorAudience>>,
    /// The values too: those of replies are hidden, and not to be sent back.
    pub headers: Option<Vec<DataConnectorHeader>>,
    /// Replaces all inputs. Each needs a description.
    pub data_inputs: Option<Vec<DataConnectorInput>>,
    /// Whether a contact must have proved who it is.
    pub customer_authentication: Option<bool>,
    /// Whether the other service is public.
    pub bypass_authentication: Option<bool>,
    /// Whether a missing input makes the call fail.
    pub validate_missing_attributes: Option<bool>,
    /// Replaces the tokens with which it authenticates; an empty list removes them.
    pub token_ids: Option<Vec<ObjectId>>,
    /// A response to learn the fields from: any JSON object. The connector then answers by it
    /// ([`DataConnectorResponseType::Mock`]).
    #[serde(deserialize_with = "object::map")]
    pub mock_response: Option<BTreeMap<String, AttributeValue>>,
}

open_enum! {
    /// Why a call failed.
    pub enum DataConnectorErrorType {
        ClientSideAction = "client_side_action_error",
        EmailVerification = "email_verification_error",
        /// The request could not be sent.
        Faraday = "faraday_error",
        FinActionIdentityVerification = "fin_action_identity_verification_error",
        FinActionResponseFormatting = "fin_action_response_formatting_error",
        NonFinStandaloneActionIdentityVerification = "non_fin_standalone_action_identity_verification_error",
        RequestConfiguration = "request_configuration_error",
        RequestValidation = "request_validation_error",
        ResponseMapping = "response_mapping_error",
        /// The other service returned an error.
        ThirdParty = "3rd_party_error",
        TokenRefresh = "token_refresh_error",
    }
}

/// What a call of a connector gave. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-connectors/data_connector_execution_result)
#[apply(response)]
pub struct DataConnectorExecutionResult {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: DataConnectorExecutionId,
    pub data_connector_id: Option<DataConnectorId>,
    pub success: Option<bool>,
    pub http_status: Option<u16>,
    pub http_method: Option<DataConnectorHttpMethod>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_type: Option<DataConnectorErrorType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_message: Option<String>,
    /// How long it took, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub execution_time_ms: Option<u64>,
    /// What called it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_type: Option<DataConnectorSource>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_id: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_url: Option<String>,
    /// In a list, only with `include_bodies`, like the other bodies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request_body: Option<String>,
    /// The response, as far as it was used.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_body: Option<String>,
    /// The response as it was received.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub raw_response_body: Option<String>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at: Option<Timestamp>,
}
