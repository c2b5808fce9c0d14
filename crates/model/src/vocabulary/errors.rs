//! What the service says when it refuses a request.

use macro_rules_attribute::apply;
use serde_json::Value;

use crate::ObjectType;
use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;

open_enum! {
    /// What was wrong, in a word. The service adds codes without notice.
    pub enum ErrorCode {
        AdminNotFound = "admin_not_found",
        AlreadyLinkedToTracker = "already_linked_to_tracker",
        ApiPlanRestricted = "api_plan_restricted",
        ArticleNotFound = "article_not_found",
        AssigneeNotFound = "assignee_not_found",
        AwayStatusReasonMandatory = "away_status_reason_mandatory",
        BadRequest = "bad_request",
        ClientError = "client_error",
        CompanyNotFound = "company_not_found",
        /// The object exists already, or changed meanwhile.
        Conflict = "conflict",
        ContactCompanyLimitExceeded = "contact_company_limit_exceeded",
        /// The contact lives on in another one, which the `Link` header names.
        ContactMerged = "contact_merged",
        ContentHasProcedureDependencies = "content_has_procedure_dependencies",
        ContentSnippetNotFound = "content_snippet_not_found",
        ConversationAttributeNotFound = "conversation_attribute_not_found",
        ConversationIdLimitExceeded = "conversation_id_limit_exceeded",
        ConversationNotFound = "conversation_not_found",
        ConversationPartOrMessageNotFound = "conversation_part_or_message_not_found",
        DataConnectorInUse = "data_connector_in_use",
        DataConnectorNotFound = "data_connector_not_found",
        DataInvalid = "data_invalid",
        ExecutionResultNotFound = "execution_result_not_found",
        FieldNotFound = "field_not_found",
        Forbidden = "forbidden",
        IdentityVerificationSecretNotFound = "identity_verification_secret_not_found",
        ImportJobIdRequired = "import_job_id_required",
        ImportSourceNotFound = "import_source_not_found",
        /// The version that the request names does not exist, or does not have the operation.
        IntercomVersionInvalid = "intercom_version_invalid",
        InternalArticleNotFound = "internal_article_not_found",
        InternalError = "internal_error",
        InvalidCatalogFormat = "invalid_catalog_format",
        InvalidField = "invalid_field",
        InvalidMerge = "invalid_merge",
        InvalidPartNumber = "invalid_part_number",
        InvalidSortOrder = "invalid_sort_order",
        InvalidTicketType = "invalid_ticket_type",
        JobNotFound = "job_not_found",
        LinkedConversationLimitExceeded = "linked_conversation_limit_exceeded",
        MergeFailed = "merge_failed",
        MissingAuthorization = "missing_authorization",
        NotFound = "not_found",
        ParameterInvalid = "parameter_invalid",
        ParameterMismatch = "parameter_mismatch",
        ParameterNotFound = "parameter_not_found",
        PayloadTooLarge = "payload_too_large",
        /// More requests than a window allows, or more jobs of a kind than may run at once.
        RateLimitExceeded = "rate_limit_exceeded",
        ResourceConflict = "resource_conflict",
        /// Another scroll over the companies is open.
        ScrollExists = "scroll_exists",
        ServerError = "server_error",
        ServiceUnavailable = "service_unavailable",
        SyncInProgress = "sync_in_progress",
        TagHasDependentObjects = "tag_has_dependent_objects",
        TagNotFound = "tag_not_found",
        TeamNotFound = "team_not_found",
        TicketNotFound = "ticket_not_found",
        TicketStateIdInvalid = "ticket_state_id_invalid",
        TokenNotFound = "token_not_found",
        TokenRevoked = "token_revoked",
        TokenUnauthorized = "token_unauthorized",
        TypeMismatch = "type_mismatch",
        Unauthorized = "unauthorized",
        UploadSessionNotFinalizable = "upload_session_not_finalizable",
        UploadSessionNotFound = "upload_session_not_found",
        ValidationError = "validation_error",
        WhatsappMessageNotFound = "whatsapp_message_not_found",
    }
}

/// One thing that was wrong with a request.
#[apply(response)]
pub struct ErrorDetail {
    pub code: Option<ErrorCode>,
    pub message: Option<String>,
    /// The field of the request that it is about.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
}

/// The envelope of errors: everything that was wrong with a request.
#[apply(response)]
pub struct ErrorList {
    pub r#type: Option<ObjectType>,
    /// What to name to Intercom's support.
    pub request_id: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub errors: Vec<ErrorDetail>,
}

impl ErrorList {
    /// Reads every form in which the service answers errors: the documented list, a lone
    /// `error_key`, a lone `message`, and messages by field. `None` if the text is none of them,
    /// such as the HTML page of a proxy.
    #[must_use]
    pub fn read(body: &[u8]) -> Option<Self> {
        let Value::Object(body) = serde_json::from_slice(body).ok()? else {
            return None;
        };
        let text = |name: &str| body.get(name).and_then(Value::as_str).map(str::to_owned);

        let errors: Vec<ErrorDetail> = match body.get("errors") {
            Some(Value::Array(errors)) => errors.iter().map(detail).collect(),
            Some(Value::Object(fields)) => fields
                .iter()
                .flat_map(|(field, messages)| messages_of(field, messages))
                .collect(),
            _ => Vec::new(),
        };
        let code = ["error_key", "code", "error"]
            .into_iter()
            .find_map(text)
            .map(ErrorCode::from);
        let message = ["message", "error_description", "error_message"]
            .into_iter()
            .find_map(text);
        let errors = match (errors.is_empty(), &code, &message) {
            (false, ..) => errors,
            // An envelope without errors still has its request id.
            (true, None, None) if text("request_id").is_some() => Vec::new(),
            (true, None, None) => return None,
            (true, ..) => vec![ErrorDetail {
                code,
                message,
                field: None,
            }],
        };
        Some(Self {
            r#type: text("type").map(ObjectType::from),
            request_id: text("request_id"),
            errors,
        })
    }
}

fn detail(error: &Value) -> ErrorDetail {
    match error {
        Value::String(message) => ErrorDetail {
            message: Some(message.clone()),
            ..ErrorDetail::default()
        },
        error => ErrorDetail {
            code: error
                .get("code")
                .and_then(Value::as_str)
                .map(ErrorCode::from),
            message: error
                .get("message")
                .and_then(Value::as_str)
                .map(str::to_owned),
            field: error
                .get("field")
                .and_then(Value::as_str)
                .map(str::to_owned),
        },
    }
}

fn messages_of(field: &str, messages: &Value) -> Vec<ErrorDetail> {
    let messages = match messages {
        Value::Array(messages) => messages.iter().filter_map(Value::as_str).collect(),
        message => Vec::from_iter(message.as_str()),
    };
    let detail = |message: &str| ErrorDetail {
        code: None,
        message: Some(message.to_owned()),
        field: Some(field.to_owned()),
    };
    messages.into_iter().map(detail).collect()
}

#[cfg(test)]
mod tests {
    use super::{ErrorCode, ErrorList};

    fn first(body: &str) -> (Option<ErrorCode>, Option<String>, Option<String>) {
        let error = ErrorList::read(body.as_bytes()).unwrap().errors.remove(0);
        (error.code, error.message, error.field)
    }

    #[test]
    fn every_envelope_gives_its_code_message_and_field() {
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            first(
                r#"{"type":"error.list","errors":[{"code":"not_found","message":"Gone","field":null}]}"#
            ),
            (Some(ErrorCode::NotFound), text("Gone"), None)
        );
        assert_eq!(
            first(
                r#"{"error_key":"sms_failed","message":"SMS failed to send. Please check the phone number."}"#
            ),
            (
                Some(ErrorCode::from("sms_failed")),
                text("SMS failed to send. Please check the phone number."),
                None
            )
        );
        assert_eq!(
            first(r#"{"type":"error","request_id":"r","message":"Bad"}"#),
            (None, text("Bad"), None)
        );
        assert_eq!(
            first(r#"{"errors":{"rating":"is not a number"}}"#),
            (None, text("is not a number"), text("rating"))
        );
        assert_eq!(
            first(r#"{"errors":["one","two"]}"#),
            (None, text("one"), None)
        );
    }

    #[test]
    fn an_envelope_without_errors_keeps_its_request_id() {
        let body = br#"{"type":"error.list","request_id":"r1","errors":[]}"#;
        let list = ErrorList::read(body).unwrap();
        assert_eq!(list.request_id.as_deref(), Some("r1"));
        assert!(list.errors.is_empty());
    }

    #[test]
    fn other_json_is_not_read_as_an_error_envelope() {
        for body in [
            "",
            "<html>502</html>",
            "[]",
            "{}",
            r#"{"errors":[]}"#,
            r#"{"id":"1"}"#,
        ] {
            assert_eq!(ErrorList::read(body.as_bytes()), None, "{body}");
        }
    }
}
