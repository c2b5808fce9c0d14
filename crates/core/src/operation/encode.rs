//! Building the request of an endpoint from its arguments.

use bytes::Bytes;
use http::uri::PathAndQuery;
use http::{Request, header};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::multipart::{Part, write};
use crate::error::{EncodeError, EncodeErrorKind};
use crate::wire::Spec;

/// What stays as it is in a path argument; RFC 3986 calls it unreserved.
const PATH_ARGUMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The body of a request.
#[derive(Debug)]
pub enum Payload {
    /// None.
    Nothing,
    /// JSON, or why it could not be written.
    Json(Result<Vec<u8>, serde_json::Error>),
    /// `multipart/form-data`.
    Parts(Vec<Part>),
}

/// Builds the request of an endpoint from the text of its arguments.
pub fn request(
    spec: &Spec,
    arguments: &[(&'static str, String)],
    required: &[(&'static str, String)],
    query: &[(&'static str, Option<String>)],
    body: Payload,
) -> Result<Request<Bytes>, EncodeError> {
    let refuse = |kind| EncodeError::new(spec.name, kind);
    if let Some((name, _)) = required.iter().find(|(_, value)| value.is_empty()) {
        return Err(refuse(EncodeErrorKind::EmptyArgument { name }));
    }
    let mut target = String::with_capacity(96);
    let mut rest = spec.path;
    for (name, argument) in arguments {
        let (Some(open), Some(close)) = (rest.find('{'), rest.find('}')) else {
            break;
        };
        match argument.as_str() {
            "" => return Err(refuse(EncodeErrorKind::EmptyArgument { name })),
            "." | ".." => return Err(refuse(EncodeErrorKind::DotArgument { name })),
            argument => {
                target.push_str(&rest[..open]);
                target.extend(utf8_percent_encode(argument, PATH_ARGUMENT));
                rest = &rest[close + 1..];
            }
        }
    }
    target.push_str(rest);

    let set = query
        .iter()
        .filter_map(|(name, value)| Some((*name, value.as_deref()?)));
    let required = required.iter().map(|(name, value)| (*name, value.as_str()));
    let mut query = required.chain(set).peekable();
    if query.peek().is_some() {
        target.push('?');
        let start = target.len();
        form_urlencoded::Serializer::for_suffix(&mut target, start).extend_pairs(query);
    }

    let request = Request::builder()
        .method(http::Method::from(spec.method))
        .uri(target);
    let request = match body {
        Payload::Nothing => request.body(Bytes::new()),
        Payload::Json(body) => {
            let body = body.map_err(|error| refuse(EncodeErrorKind::Body(error.to_string())))?;
            request
                .header(header::CONTENT_TYPE, "application/json")
                .body(Bytes::from(body))
        }
        Payload::Parts(parts) => {
            let (content_type, body) = write(&parts);
            request
                .header(header::CONTENT_TYPE, content_type)
                .body(Bytes::from(body))
        }
    };
    request.map_err(|error| refuse(EncodeErrorKind::Target(error.to_string())))
}

/// Checks at compile time that a path template names the path fields, in their order.
#[must_use]
pub const fn names_arguments(path: &str, fields: &[&str]) -> bool {
    let path = path.as_bytes();
    let (mut at, mut field) = (0, 0);
    while at < path.len() {
        if path[at] == b'{' {
            if field == fields.len() {
                return false;
            }
            let name = fields[field].as_bytes();
            let mut offset = 0;
            while offset < name.len() {
                if at + 1 + offset >= path.len() || path[at + 1 + offset] != name[offset] {
                    return false;
                }
                offset += 1;
            }
            at += 1 + name.len();
            if at >= path.len() || path[at] != b'}' {
                return false;
            }
            field += 1;
        }
        at += 1;
    }
    field == fields.len()
}

/// The name of a field without the `r#` of a raw identifier.
#[must_use]
pub const fn field_name(name: &'static str) -> &'static str {
    match name.as_bytes() {
        [b'r', b'#', ..] => name.split_at(2).1,
        _ => name,
    }
}

/// The name of an endpoint from that of its type: the module of the resource, and the verb.
#[must_use]
pub const fn endpoint_name(path: &'static str) -> &'static str {
    let bytes = path.as_bytes();
    let (mut at, mut separators) = (bytes.len(), 0);
    while at >= 2 {
        if bytes[at - 1] == b':' && bytes[at - 2] == b':' {
            separators += 1;
            if separators == 2 {
                return path.split_at(at).1;
            }
            at -= 1;
        }
        at -= 1;
    }
    path
}

/// Adds arguments to the query.
pub(crate) fn with_query(
    target: PathAndQuery,
    query: &[(String, String)],
) -> Result<PathAndQuery, http::uri::InvalidUri> {
    if query.is_empty() {
        return Ok(target);
    }
    let mut text = target.as_str().to_owned();
    text.push(if target.query().is_some() { '&' } else { '?' });
    let start = text.len();
    let mut arguments = form_urlencoded::Serializer::for_suffix(text, start);
    arguments.extend_pairs(query);
    PathAndQuery::try_from(arguments.finish())
}
