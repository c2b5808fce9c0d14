//! Selecting requests of the journal, and comparing their bodies.

use serde_json::Value;

use super::journal::Entry;
use super::schema::{Field, Fields, Invalid, Kind, optional};
use crate::http::operation_named;

/// The fields that select requests.
pub(crate) const FIELDS: [Field; 5] = [
    optional("method", Kind::Text, "The method, in any case."),
    optional(
        "path",
        Kind::Text,
        "The path without its query, or the beginning of it and `*`.",
    ),
    optional(
        "operation",
        Kind::Text,
        "The operation, such as `contacts::Search`.",
    ),
    optional(
        "status",
        Kind::Integer(100, 999),
        "The status of the reply.",
    ),
    optional(
        "since",
        Kind::Integer(0, u64::MAX),
        "Only requests with a greater index.",
    ),
];

/// Which requests are meant.
#[derive(Debug)]
pub(crate) struct Filter<'a> {
    method: Option<&'a str>,
    path: Option<&'a str>,
    operation: Option<&'a str>,
    status: Option<u64>,
    since: usize,
}

impl<'a> Filter<'a> {
    pub(crate) fn read(fields: &'a Fields) -> Result<Self, Invalid> {
        let operation = fields.text("operation");
        if let Some(name) = operation
            && operation_named(name).is_none()
        {
            let message = format!(
                "there is no operation `{name}`; GET /_emulator/operations lists all, such as `contacts::Search`"
            );
            return Err(Invalid::new("operation", message));
        }
        Ok(Self {
            method: fields.text("method"),
            path: fields.text("path"),
            operation,
            status: fields.integer("status"),
            since: fields.count("since").unwrap_or(0),
        })
    }

    pub(crate) fn fits(&self, entry: &Entry) -> bool {
        let path = entry.path.split('?').next().unwrap_or_default();
        entry.index > self.since
            && self
                .method
                .is_none_or(|it| it.eq_ignore_ascii_case(&entry.method))
            && self.operation.is_none_or(|it| entry.operation == Some(it))
            && self
                .status
                .is_none_or(|it| entry.status.map(u64::from) == Some(it))
            && self
                .path
                .is_none_or(|wanted| match wanted.strip_suffix('*') {
                    Some(start) => path.starts_with(start),
                    None => path == wanted,
                })
    }
}

/// Whether a value has everything that another has: objects may have more fields, arrays are compared
/// item by item, and numbers by their value.
pub(crate) fn includes(value: &Value, part: &Value) -> bool {
    match (value, part) {
        (Value::Object(value), Value::Object(part)) => part
            .iter()
            .all(|(name, part)| value.get(name).is_some_and(|value| includes(value, part))),
        (Value::Array(value), Value::Array(part)) => {
            value.len() == part.len()
                && value
                    .iter()
                    .zip(part)
                    .all(|(value, part)| includes(value, part))
        }
        (Value::Number(value), Value::Number(part)) => value.as_f64() == part.as_f64(),
        _ => value == part,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::includes;

    #[test]
    fn a_body_includes_a_part_of_it() {
        let body = json!({"email": "ada@example.com", "n": 1, "tags": [{"id": 1, "name": "vip"}]});
        for part in [
            json!({}),
            json!({"email": "ada@example.com"}),
            json!({"n": 1.0, "tags": [{"name": "vip"}]}),
        ] {
            assert!(includes(&body, &part), "{part}");
        }
        for other in [
            json!({"email": "bob@example.com"}),
            json!({"name": null}),
            json!({"tags": []}),
            json!([]),
        ] {
            assert!(!includes(&body, &other), "{other}");
        }
    }
}
