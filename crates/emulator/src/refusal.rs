//! Why a request is refused, and how that is answered.

use bytes::Bytes;
use http::header::{HeaderName, HeaderValue};
use http::{Response, StatusCode};
use intercom_core::ErrorCode;
use intercom_core::model::{ErrorDetail, ErrorList, ObjectType};
use intercom_core::server::{ReceiveError, json_reply};

use crate::object::object;

/// A request that is refused.
#[derive(Debug)]
pub(crate) struct Refusal {
    status: StatusCode,
    code: ErrorCode,
    message: String,
    field: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    pub(crate) fn new(
        status: StatusCode,
        code: impl Into<ErrorCode>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            status,
            code: code.into(),
            message: message.into(),
            field: None,
            headers: Vec::new(),
        }
    }

    /// 404 with the message that most resources have.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ErrorCode::NotFound,
            "Resource Not Found",
        )
    }

    /// 404 as it is answered for contacts.
    pub(crate) fn no_contact() -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, "User Not Found")
    }

    /// 404 as it is answered for tickets.
    pub(crate) fn no_ticket() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ErrorCode::TicketNotFound,
            "Ticket not found",
        )
    }

    /// 400 for a field that is not as it must be.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::ParameterInvalid,
            message,
        )
        .field(field)
    }

    /// 400 for a field that is missing.
    pub(crate) fn missing(field: &str, message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::ParameterNotFound,
            message,
        )
        .field(field)
    }

    pub(crate) fn field(mut self, field: &str) -> Self {
        self.field = Some(field.to_owned());
        self
    }

    pub(crate) fn header(mut self, name: HeaderName, value: &str) -> Self {
        if let Ok(value) = HeaderValue::from_str(value) {
            self.headers.push((name, value));
        }
        self
    }

    pub(crate) fn reply(self, request_id: &str) -> Response<Bytes> {
        let error = object!(ErrorDetail {
            code: Some(self.code),
            message: Some(self.message),
            field: self.field,
        });
        let mut reply = json_reply(&object!(ErrorList {
            r#type: Some(ObjectType::ErrorList),
            request_id: Some(request_id.to_owned()),
            errors: vec![error],
        }));
        *reply.status_mut() = self.status;
        reply.headers_mut().extend(
            self.headers
                .into_iter()
                .map(|(name, value)| (Some(name), value)),
        );
        reply
    }
}

impl From<ReceiveError> for Refusal {
    fn from(error: ReceiveError) -> Self {
        let message = error.to_string();
        match error {
            ReceiveError::Missing { field } => Self::missing(&field, message),
            ReceiveError::Invalid { field, .. } => Self::invalid(&field, message),
            _ => Self::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ParameterInvalid,
                message,
            ),
        }
    }
}
