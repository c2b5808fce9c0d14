//! Replies, read as a client reads them.

use std::borrow::Cow;
use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue};
use intercom_core::api::routing::Operation;
use intercom_core::model::{Deviation, ErrorDetail, ErrorList};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value, json};

use crate::compare::{Change, Difference, compare};
use crate::target::{Refusal, Target};

/// How many paths of unread values are reported.
const MOST_UNREAD: usize = 100;

/// A recorded reply.
#[derive(Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    method: Cow<'a, str>,
    #[serde(borrow)]
    path: Cow<'a, str>,
    #[serde(borrow)]
    version: Cow<'a, str>,
    status: u16,
    #[serde(default)]
    headers: Option<Map<String, Value>>,
    /// As it stands in the line, for reading must start from the very text that came.
    #[serde(borrow, default)]
    body: Option<&'a RawValue>,
}

/// What became of a reply.
#[derive(Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Answer {
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: Option<&'static str>,
    /// Whether the reply was read, if perhaps with deviations.
    pub ok: bool,
    /// The reply as a server would write it, or what was read of an error.
    pub value: Value,
    /// Values that were not of the documented kind.
    pub deviations: Vec<Surprise>,
    /// The paths of values that the type has no field for, up to 100.
    pub unread: Vec<String>,
    /// Why there is no value.
    pub error: Option<String>,
}

/// A value that was not of the documented kind, and read as if it were missing.
#[derive(Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Surprise {
    /// Where it was, such as `data[3].location.city`.
    pub path: String,
    /// What should have been there.
    pub expected: String,
    /// The value, cut after 80 characters.
    pub found: String,
}

impl From<Deviation> for Surprise {
    fn from(deviation: Deviation) -> Self {
        Self {
            path: deviation.path,
            expected: deviation.expected,
            found: deviation.found,
        }
    }
}

/// A reply that was read.
pub(crate) struct Decoded {
    pub(crate) value: Value,
    pub(crate) deviations: Vec<Deviation>,
    pub(crate) unread: Vec<String>,
}

/// Reads the reply of one line.
#[must_use]
pub fn answer(line: &[u8]) -> Answer {
    match read(line) {
        Ok((endpoint, decoded)) => Answer {
            endpoint: Some(endpoint),
            ok: true,
            value: decoded.value,
            deviations: decoded.deviations.into_iter().map(Surprise::from).collect(),
            unread: decoded.unread,
            error: None,
        },
        Err(Refusal { endpoint, error }) => Answer {
            endpoint,
            ok: false,
            value: Value::Null,
            deviations: Vec::new(),
            unread: Vec::new(),
            error: Some(error),
        },
    }
}

fn read(line: &[u8]) -> Result<(&'static str, Decoded), Refusal> {
    let malformed = |error: &dyn fmt::Display| Refusal::from(format!("malformed line: {error}"));
    let line: Line<'_> = serde_json::from_slice(line).map_err(|error| malformed(&error))?;
    let headers = headers(line.headers.unwrap_or_default()).map_err(|error| malformed(&error))?;
    let body = body(line.body).map_err(|error| malformed(&error))?;
    let target = Target::find(&line.method, &line.path, &line.version)?;
    let endpoint = target.operation.spec().name;
    let decoded =
        decode(target.operation, line.status, &headers, &body).map_err(|error| Refusal {
            endpoint: Some(endpoint),
            error,
        })?;
    Ok((endpoint, decoded))
}

/// Reads a reply: by the endpoint up to status 399, and as an error from there on.
pub(crate) fn decode(
    operation: &Operation,
    status: u16,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Decoded, String> {
    if status >= 400 {
        return Ok(Decoded {
            value: error(status, headers, body),
            deviations: Vec::new(),
            unread: Vec::new(),
        });
    }
    if body.is_empty() && operation.spec().has_body {
        return Err(format!("{status} without the body that was promised"));
    }
    match operation.decode(headers, body) {
        Ok((value, deviations)) => {
            let unread = unread(body, &value, &deviations);
            Ok(Decoded {
                value,
                deviations,
                unread,
            })
        }
        Err(error) => Err(format!("a reply {error}")),
    }
}

/// Returns the paths of the values that are lost without a deviation. Nothing is known of a reply that is not
/// quite JSON.
fn unread(body: &[u8], value: &Value, deviations: &[Deviation]) -> Vec<String> {
    let Ok(body) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let is_lost = |difference: &Difference| {
        difference.change == Change::Lost
            && !deviations
                .iter()
                .any(|deviation| difference.path.starts_with(&deviation.path))
    };
    compare(&body, value)
        .into_iter()
        .filter(is_lost)
        .map(|difference| difference.path)
        .take(MOST_UNREAD)
        .collect()
}

/// What a client reads of an error, whichever form it has; no errors where it has none of them.
fn error(status: u16, headers: &HeaderMap, body: &[u8]) -> Value {
    let list = ErrorList::read(body).unwrap_or_default();
    let request_id = list.request_id.or_else(|| {
        let id = headers.get("x-request-id")?;
        id.to_str().ok().map(str::to_owned)
    });
    let detail = |error: &ErrorDetail| {
        json!({
            "code": error.code.as_ref().map(|code| code.as_str()),
            "message": error.message,
            "field": error.field,
        })
    };
    json!({
        "status": status,
        "request_id": request_id,
        "errors": list.errors.iter().map(detail).collect::<Vec<_>>(),
    })
}

/// The body as it was sent: a string stands for a body that is not JSON.
fn body(body: Option<&RawValue>) -> Result<Bytes, serde_json::Error> {
    match body.map(RawValue::get) {
        None => Ok(Bytes::new()),
        Some(text) if text.starts_with('"') => {
            serde_json::from_str::<String>(text).map(Bytes::from)
        }
        Some(json) => Ok(Bytes::copy_from_slice(json.as_bytes())),
    }
}

/// Headers from an object; a value is a text, a number, or a list of those.
pub(crate) fn headers(fields: Map<String, Value>) -> Result<HeaderMap, String> {
    let mut headers = HeaderMap::new();
    for (name, value) in fields {
        let header: HeaderName = name
            .parse()
            .map_err(|_| format!("`{name}` is no name of a header"))?;
        let values = match value {
            Value::Array(values) => values,
            value => vec![value],
        };
        for value in values {
            let text = match value {
                Value::Null => continue,
                Value::String(text) => text,
                Value::Number(number) => number.to_string(),
                _ => return Err(format!("the header `{name}` is no text")),
            };
            let value = HeaderValue::try_from(text)
                .map_err(|_| format!("the header `{name}` has characters that cannot be sent"))?;
            headers.append(header.clone(), value);
        }
    }
    Ok(headers)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Answer, answer};

    fn reply(method: &str, path: &str, version: &str, status: u16, body: Value) -> Answer {
        let line = json!({"method": method, "path": path, "version": version, "status": status, "body": body});
        answer(line.to_string().as_bytes())
    }

    #[test]
    fn a_reply_is_read_by_its_endpoint_and_written_back() {
        let read = reply(
            "GET",
            "/tags/{any}?x=1",
            "2.11",
            200,
            json!({"type": "tag", "id": "1", "name": "vip"}),
        );
        assert_eq!(
            (read.endpoint, read.ok, read.error),
            (Some("tags::Get"), true, None)
        );
        assert_eq!(read.value, json!({"type": "tag", "id": "1", "name": "vip"}));
    }

    #[test]
    fn fields_that_the_type_does_not_have_are_reported() {
        let body = json!({"id": "1", "name": ["vip"], "colour": "red", "more": {"a": 1}});
        let read = reply("GET", "/tags/1", "2.16", 200, body);
        assert!(read.ok);
        assert_eq!(read.unread, ["colour", "more"]);
        assert_eq!(read.deviations.len(), 1);
    }

    #[test]
    fn a_deviation_is_reported_and_loses_nothing_else() {
        let read = reply(
            "get",
            "/tags/1",
            "Preview",
            200,
            json!({"id": "1", "name": ["vip"]}),
        );
        assert!(read.ok);
        assert_eq!(read.value["id"], "1");
        assert_eq!(
            (
                read.deviations[0].path.as_str(),
                read.deviations[0].found.as_str()
            ),
            ("name", "[\"vip\"]")
        );
    }

    #[test]
    fn an_error_is_read_in_every_form() {
        let list = json!({"type": "error.list", "request_id": "r", "errors": [{"code": "not_found", "message": "Gone"}]});
        let read = reply("GET", "/contacts/1", "2.16", 404, list);
        assert_eq!(
            read.value,
            json!({"status": 404, "request_id": "r", "errors": [{"code": "not_found", "message": "Gone", "field": null}]})
        );
        let page = reply("GET", "/contacts/1", "2.16", 502, json!("<html>502</html>"));
        assert!(page.ok);
        assert_eq!(
            page.value,
            json!({"status": 502, "request_id": null, "errors": []})
        );
        let line = br#"{"method":"GET","path":"/me","version":"2.16","status":500,"headers":{"X-Request-Id":"h"}}"#;
        assert_eq!(answer(line).value["request_id"], "h");
    }

    #[test]
    fn a_reply_without_content_needs_no_body_and_others_do() {
        let deleted = reply("DELETE", "/tags/1", "2.16", 200, Value::Null);
        assert_eq!((deleted.ok, deleted.value), (true, Value::Null));
        let empty = reply("GET", "/tags/1", "2.16", 200, Value::Null);
        assert_eq!(
            (empty.ok, empty.error.as_deref()),
            (false, Some("200 without the body that was promised"))
        );
    }

    #[test]
    fn what_does_not_exist_is_named() {
        let nowhere = reply("GET", "/nowhere", "2.16", 200, json!({}));
        assert_eq!(
            (nowhere.endpoint, nowhere.ok, nowhere.error.as_deref()),
            (None, false, Some("no operation for GET /nowhere"))
        );
        let later = reply("POST", "/contacts/1/block", "2.10", 200, json!({}));
        assert_eq!(later.endpoint, Some("contacts::Block"));
        assert_eq!(
            later.error.as_deref(),
            Some("contacts::Block exists from 2.13 on (requested 2.10)")
        );
    }

    #[test]
    fn no_line_is_too_odd_for_an_answer() {
        let deep = format!("{}{}", "[".repeat(10_000), "]".repeat(10_000));
        let tag = |body: &str| {
            format!(
                r#"{{"method":"GET","path":"/tags/1","version":"2.16","status":200,"body":{body}}}"#
            )
        };
        let refused = [
            "".into(),
            "null".into(),
            "{".into(),
            "[]".into(),
            deep.clone(),
            r#"{"method":1,"path":"/me","version":"2.16","status":200}"#.into(),
            r#"{"method":"GET","path":"/me","version":"2.16","status":1e400}"#.into(),
            r#"{"method":"GET","path":"/me","version":"2.16","status":70000}"#.into(),
            r#"{"method":"GET","path":"/me","version":"2.16","status":200,"headers":{"a b":"c"}}"#
                .into(),
            r#"{"method":"GET","path":"/me","version":"2.16","status":200,"body":"\ud800"}"#.into(),
            r#"{"method":"GET","path":"","version":"","status":200}"#.into(),
            r#"{"method":"GET","path":"/tags/%FF","version":"2.16","status":200,"body":{}}"#.into(),
            tag("1e999999"),
            tag(r#"{"id":1"#),
        ];
        for line in refused {
            let read = answer(line.as_bytes());
            assert!(!read.ok && read.error.is_some(), "{line:.200}");
        }
        assert!(!answer(b"{\"method\":\"\xff\"}").ok);

        let within = answer(tag(&format!(r#"{{"id":"1","name":{deep}}}"#)).as_bytes());
        assert_eq!((within.ok, within.deviations.len()), (true, 1));
        let huge = answer(
            tag(&format!(
                r#"{{"id":"1","applied_at":1{}}}"#,
                "0".repeat(400)
            ))
            .as_bytes(),
        );
        assert_eq!((huge.ok, huge.deviations.len()), (true, 1));
    }
}
