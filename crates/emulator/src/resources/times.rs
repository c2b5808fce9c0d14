//! Times in requests: what the service does not take for one.

use serde_json::Value;

use crate::refusal::Refusal;

/// Numbers from here on are milliseconds: as seconds they would be after the year 5138.
const FIRST_MILLISECONDS: f64 = 100_000_000_000.0;

/// As many digits as such numbers have at least.
const DIGITS: usize = 12;

/// Objects whose fields are named by the sender, so that their names promise nothing.
const FREE: &[&str] = &[
    "additional_data",
    "attributes",
    "custom_attributes",
    "data",
    "metadata",
    "mock_response",
    "ticket_attributes",
];

/// Refuses times in milliseconds: the fields of requests are in seconds.
pub(crate) fn check_times(body: &[u8]) -> Result<(), Refusal> {
    // Few bodies have a number as large as that, and only those are read.
    let has_large = body
        .chunk_by(|one, other| one.is_ascii_digit() == other.is_ascii_digit())
        .any(|run| run.len() >= DIGITS && run.first().is_some_and(u8::is_ascii_digit));
    if !has_large {
        return Ok(());
    }
    let body = serde_json::from_slice(body).unwrap_or_default();
    match time_in_milliseconds(&body) {
        None => Ok(()),
        Some(field) => {
            let message = format!("{field} must be in seconds since 1970");
            Err(Refusal::invalid(field, message))
        }
    }
}

/// Returns the name of the first field that holds a time in milliseconds.
fn time_in_milliseconds(value: &Value) -> Option<&str> {
    match value {
        Value::Array(items) => items.iter().find_map(time_in_milliseconds),
        Value::Object(fields) => fields.iter().find_map(|(name, value)| match value {
            Value::Number(number) if name.ends_with("_at") => number
                .as_f64()
                .is_some_and(|number| number.abs() >= FIRST_MILLISECONDS)
                .then_some(name.as_str()),
            _ if FREE.contains(&name.as_str()) => None,
            value => time_in_milliseconds(value),
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::check_times;

    #[test]
    fn times_in_milliseconds_are_refused_by_name() {
        for (body, field) in [
            (r#"{"created_at":1700000000000}"#, Some("created_at")),
            (
                r#"{"items":[{"signed_up_at":99999999999999}]}"#,
                Some("signed_up_at"),
            ),
            (
                r#"{"created_at":1e14, "digits":"123456789012"}"#,
                Some("created_at"),
            ),
            (r#"{"created_at":1700000000}"#, None),
            (r#"{"id":"123456789012","count":1700000000000}"#, None),
            (r#"{"custom_attributes":{"paid_at":1700000000000}}"#, None),
            ("{1700000000000", None),
        ] {
            let refused = check_times(body.as_bytes()).err();
            assert_eq!(refused.and_then(|it| it.field).as_deref(), field, "{body}");
        }
    }
}
