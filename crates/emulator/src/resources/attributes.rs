//! Custom attributes: what the service refuses.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::model::{AttributeValue, CustomAttributes};

use crate::refusal::Refusal;

/// Refuses attributes whose name or value the service does not store.
pub(crate) fn check_attributes(attributes: &CustomAttributes) -> Result<(), Refusal> {
    attributes.iter().try_for_each(|(name, value)| {
        if name.is_empty() || name.contains(['.', '$']) {
            let message = format!("Custom attribute name '{name}' is not valid");
            return Err(invalid(message));
        }
        match value {
            AttributeValue::List(_) | AttributeValue::Object(_) => Err(invalid(format!(
                "Custom attribute '{name}' must be a string, a number, a boolean or null"
            ))),
            _ => Ok(()),
        }
    })
}

/// Returns a value as text.
pub(crate) fn text_of(value: &AttributeValue) -> Option<String> {
    match value {
        AttributeValue::Text(text) => Some(text.clone()),
        AttributeValue::Number(number) => Some(number.to_string()),
        AttributeValue::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn invalid(message: String) -> Refusal {
    let status = StatusCode::BAD_REQUEST;
    Refusal::new(status, ErrorCode::ParameterInvalid, message).field("custom_attributes")
}
