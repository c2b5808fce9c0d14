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
    /// The name under which the message stands, in place of an envelope.
    pub(crate) key: Option<&'static str>,
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
            key: None,
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

    /// Replies with the message under this name, in place of an envelope.
    pub(crate) fn keyed(mut self, key: &'static str) -> Self {
        self.key = Some(key);
        self
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
            ReceiveError::Body(reason) => Self::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ParameterInvalid,
                describe(&reason),
            ),
            _ => Self::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ParameterInvalid,
                message,
            ),
        }
    }
}

/// Words an error of serde_json without the names of Rust types.
fn describe(reason: &str) -> String {
    let place = reason
        .split_once(" at line ")
        .map_or(reason, |(what, _)| what);
    let types = place
        .strip_prefix("invalid type: ")
        .or_else(|| place.strip_prefix("invalid value: "))
        .and_then(|rest| rest.split_once(", expected "));
    let Some((found, expected)) = types else {
        let is_plain = ["expected multipart", "missing", "unknown"]
            .iter()
            .any(|start| place.starts_with(start));
        return if is_plain {
            place.to_owned()
        } else {
            "the request body is not valid JSON".to_owned()
        };
    };
    let expected = match expected {
        "a map" => "an object",
        "a sequence" => "an array",
        name if name.starts_with("struct ") => "an object",
        "u8" | "u16" | "u32" | "u64" | "i64" | "i32" => "an integer",
        "f64" => "a number",
        name => name,
    };
    let found = match found.split_once(' ') {
        Some(("string", _)) => "a string",
        Some(("integer" | "floating", _)) => "a number",
        Some(("boolean", _)) => "a boolean",
        _ => match found {
            "map" => "an object",
            "sequence" => "an array",
            other => other,
        },
    };
    format!("the request body has {found} where {expected} belongs")
}

#[cfg(test)]
mod tests {
    use super::describe;

    #[test]
    fn errors_do_not_name_rust_types() {
        for (reason, message) in [
            (
                "invalid type: string \"x\", expected struct ContactCreate at line 1 column 8",
                "the request body has a string where an object belongs",
            ),
            (
                "invalid type: floating point `1.5`, expected u32 at line 1 column 8",
                "the request body has a number where an integer belongs",
            ),
            (
                "invalid type: map, expected a sequence at line 1 column 8",
                "the request body has an object where an array belongs",
            ),
            (
                "EOF while parsing an object at line 1 column 8",
                "the request body is not valid JSON",
            ),
        ] {
            assert_eq!(describe(reason), message);
        }
    }
}
