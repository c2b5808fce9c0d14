//! Requests, written as a client writes them.

use std::borrow::Cow;
use std::fmt;

use intercom_core::api::routing::Operation;
use intercom_core::server::Received;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::target::{Refusal, Target};

/// A request to make.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    #[serde(default)]
    query: Value,
    #[serde(borrow, default)]
    body: Option<&'a RawValue>,
}

/// What became of a request.
#[derive(Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: Option<&'static str>,
    /// Whether the request can be made.
    pub ok: bool,
    /// The method.
    pub method: Option<String>,
    /// The path with its arguments, as it is sent.
    pub path: Option<String>,
    /// The query by name.
    pub query: Option<Map<String, Value>>,
    /// The body; null where there is none.
    pub body: Value,
    /// Why it cannot be made.
    pub error: Option<String>,
}

/// A request that was made.
pub(crate) struct Encoded {
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) query: Map<String, Value>,
    pub(crate) body: Value,
}

/// Makes the request of one line.
#[must_use]
pub fn answer(line: &[u8]) -> Answer {
    match read(line) {
        Ok((endpoint, request)) => Answer {
            endpoint: Some(endpoint),
            ok: true,
            method: Some(request.method),
            path: Some(request.path),
            query: Some(request.query),
            body: request.body,
            error: None,
        },
        Err(Refusal { endpoint, error }) => Answer {
            endpoint,
            ok: false,
            method: None,
            path: None,
            query: None,
            body: Value::Null,
            error: Some(error),
        },
    }
}

fn read(line: &[u8]) -> Result<(&'static str, Encoded), Refusal> {
    let malformed = |error: &dyn fmt::Display| Refusal::from(format!("malformed line: {error}"));
    let line: Line<'_> = serde_json::from_slice(line).map_err(|error| malformed(&error))?;
    let mut query = query(line.query).map_err(|error| malformed(&error))?;
    let target = Target::find(&line.method, &line.path, &line.version)?;
    query.splice(0..0, pairs(target.query));
    let body = line.body.map_or("", RawValue::get);
    let endpoint = target.operation.spec().name;
    let request =
        encode(target.operation, target.arguments, query, body).map_err(|error| Refusal {
            endpoint: Some(endpoint),
            error,
        })?;
    Ok((endpoint, request))
}

/// Reads a request into its type, and makes it from there.
pub(crate) fn encode(
    operation: &Operation,
    arguments: Vec<String>,
    query: Vec<(String, String)>,
    body: &str,
) -> Result<Encoded, String> {
    let mut received = Received::new(arguments, None, body.as_bytes());
    received.query = query;
    let request = operation.encode(&received)?;
    let query = pairs(request.uri().query().unwrap_or_default());
    let text = request.body();
    let body = if text.is_empty() {
        Value::Null
    } else {
        serde_json::from_slice(text)
            .unwrap_or_else(|_| String::from_utf8_lossy(text).into_owned().into())
    };
    Ok(Encoded {
        method: request.method().to_string(),
        path: request.uri().path().to_owned(),
        query: query
            .into_iter()
            .map(|(name, value)| (name, value.into()))
            .collect(),
        body,
    })
}

fn pairs(query: &str) -> Vec<(String, String)> {
    form_urlencoded::parse(query.as_bytes())
        .into_owned()
        .collect()
}

/// A query from a text or an object of scalars.
fn query(query: Value) -> Result<Vec<(String, String)>, String> {
    let fields = match query {
        Value::Null => return Ok(Vec::new()),
        Value::String(text) => return Ok(pairs(text.trim_start_matches('?'))),
        Value::Object(fields) => fields,
        _ => return Err("the query is neither an object nor a text".to_owned()),
    };
    let mut pairs = Vec::new();
    for (name, value) in fields {
        match scalar(&value) {
            Some(text) => pairs.push((name, text)),
            None if value.is_null() => {}
            None => {
                return Err(format!(
                    "`{name}` in the query is no text, number or boolean"
                ));
            }
        }
    }
    Ok(pairs)
}

/// A text, number or boolean as it stands in an address.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Answer, answer};

    fn made(line: Value) -> Answer {
        answer(line.to_string().as_bytes())
    }

    #[test]
    fn a_request_is_made_from_what_was_received() {
        let made = made(
            json!({"method": "PUT", "path": "/contacts/a b?include_merge_history=true", "version": "2.16", "body": {"name": "Ada", "owner_id": null, "x": 1}}),
        );
        assert_eq!(
            (made.endpoint, made.ok, made.method.as_deref()),
            (Some("contacts::Update"), true, Some("PUT"))
        );
        assert_eq!(made.path.as_deref(), Some("/contacts/a%20b"));
        assert_eq!(
            Value::from(made.query),
            json!({"include_merge_history": "true"})
        );
        assert_eq!(made.body, json!({"name": "Ada", "owner_id": null, "x": 1}));
    }

    #[test]
    fn a_query_may_be_a_text_or_an_object() {
        for query in [
            json!("per_page=5&starting_after=a+b"),
            json!("?starting_after=a%20b&per_page=5"),
            json!({"per_page": 5, "starting_after": "a b", "page": null}),
        ] {
            let made = made(
                json!({"method": "GET", "path": "/contacts", "version": "2.16", "query": query}),
            );
            assert_eq!(
                Value::from(made.query),
                json!({"per_page": "5", "starting_after": "a b"})
            );
            assert_eq!(made.body, Value::Null);
        }
    }

    #[test]
    fn what_cannot_be_made_says_why() {
        let error = |line| made(line).error.unwrap_or_default();
        let tag = |body| json!({"method": "POST", "path": "/contacts/1/tags", "version": "2.16", "body": body});
        assert_eq!(error(tag(json!({}))), "id is required");
        assert!(error(tag(json!([1]))).starts_with("the body cannot be decoded"));
        assert_eq!(
            error(
                json!({"method": "GET", "path": "/contacts", "version": "2.16", "query": "per_page=many"})
            ),
            "per_page must be a whole number"
        );
        assert_eq!(
            error(json!({"method": "GET", "path": "/visitors", "version": "2.16"})),
            "user_id is required"
        );
        assert_eq!(
            error(json!({"method": "GET", "path": "/contacts/..", "version": "2.16"})),
            "contacts::Get: `contact_id` is `.` or `..`, which would change the path"
        );
        assert_eq!(
            error(json!({"method": "GET", "path": "/contacts/activities", "version": "2.16"})),
            "contacts::ListActivities exists in Preview (requested 2.16)"
        );
        for line in [
            json!({"method": "GET", "path": "/me", "version": "2.16", "query": [1]}),
            json!({"method": "GET", "path": "/me", "version": "2.16", "query": {"a": [1]}}),
            json!({"method": "GET", "path": "/me"}),
        ] {
            assert!(error(line).starts_with("malformed line: "));
        }
    }

    #[test]
    fn no_line_is_too_odd_for_an_answer() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let update = |body: &str| {
            format!(r#"{{"method":"PUT","path":"/contacts/1","version":"2.16","body":{body}}}"#)
        };
        for line in [
            String::new(),
            "{".repeat(10_000),
            deep.clone(),
            update(&deep),
            update(&format!(r#"{{"custom_attributes":{deep}}}"#)),
            update("-1e999"),
            update("\"text\""),
        ] {
            let made = answer(line.as_bytes());
            assert!(!made.ok && made.error.is_some(), "{line:.200}");
        }
        assert!(!answer(b"\xff\xfe").ok);
    }
}
