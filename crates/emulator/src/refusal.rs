//! Refusals: why a request fails.

use http::StatusCode;
use http::header::{HeaderName, HeaderValue};
use intercom_core::ErrorCode;
use intercom_core::server::ReceiveError;

/// A request that fails: the status, and the contents of the error envelope.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: ErrorCode,
    pub(crate) message: String,
    pub(crate) field: Option<String>,
    pub(crate) headers: Vec<(HeaderName, HeaderValue)>,
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

    /// 404 with the message that most resources use.
    pub(crate) fn not_found() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ErrorCode::NotFound,
            "Resource Not Found",
        )
    }

    /// 404 for contacts.
    pub(crate) fn no_contact() -> Self {
        Self::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, "User Not Found")
    }

    /// 404 for tickets.
    pub(crate) fn no_ticket() -> Self {
        Self::new(
            StatusCode::NOT_FOUND,
            ErrorCode::TicketNotFound,
            "Ticket not found",
        )
    }

    /// 400 for an invalid field.
    pub(crate) fn invalid(field: &str, message: impl Into<String>) -> Self {
        Self::new(
            StatusCode::BAD_REQUEST,
            ErrorCode::ParameterInvalid,
            message,
        )
        .field(field)
    }

    /// 400 for a missing field.
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
