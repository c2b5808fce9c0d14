//! The server half of the endpoints: which one a request is for, reading it, and writing the reply.
//!
//! It mirrors what a client does, from the same definitions, so that the two cannot drift apart.

use std::fmt;
use std::slice::Iter;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Response, header};
use intercom_model::Deviation;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::api::OPERATIONS;
use crate::endpoint::Endpoint;
use crate::param::Param;
use crate::version::Spec;

/// An endpoint as a server sees it.
pub trait Serve: Endpoint + Sized {
    /// Reads the request.
    ///
    /// # Errors
    ///
    /// Where an argument or the body is missing, or not of its kind.
    fn receive(request: &Received<'_>) -> Result<Self, ReceiveError>;

    /// Writes the reply.
    fn respond(output: &Self::Output) -> Response<Bytes>;
}

/// A request that was matched to its endpoint.
#[derive(Debug)]
#[non_exhaustive]
pub struct Received<'a> {
    /// The arguments of the path, in their order, decoded.
    pub arguments: Vec<String>,
    /// The query, decoded.
    pub query: Vec<(String, String)>,
    /// The body.
    pub body: &'a [u8],
}

impl<'a> Received<'a> {
    /// A request with these arguments, this query as it stands in the address, and this body.
    #[must_use]
    pub fn new(arguments: Vec<String>, query: Option<&str>, body: &'a [u8]) -> Self {
        let query = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
            .into_owned()
            .collect();
        Self {
            arguments,
            query,
            body,
        }
    }

    pub(crate) fn argument<T: Param>(
        &self,
        rest: &mut Iter<'_, String>,
        name: &'static str,
    ) -> Result<T, ReceiveError> {
        let text = rest.next().ok_or(ReceiveError::Missing {
            field: name.to_owned(),
        })?;
        T::from_text(text).map_err(|expected| ReceiveError::Invalid {
            field: name.to_owned(),
            expected,
        })
    }

    pub(crate) fn query<T: Param>(&self, name: &'static str) -> Result<Option<T>, ReceiveError> {
        let Some((_, text)) = self.query.iter().find(|(key, _)| key == name) else {
            return Ok(None);
        };
        T::from_text(text)
            .map(Some)
            .map_err(|expected| ReceiveError::Invalid {
                field: name.to_owned(),
                expected,
            })
    }

    pub(crate) fn required_query<T: Param>(&self, name: &'static str) -> Result<T, ReceiveError> {
        self.query(name)?.ok_or(ReceiveError::Missing {
            field: name.to_owned(),
        })
    }

    pub(crate) fn parts<T: crate::Multipart>(&self) -> Result<T, ReceiveError> {
        let reason = || ReceiveError::Body("expected multipart/form-data".to_owned());
        let parts = crate::multipart::read(self.body).ok_or_else(reason)?;
        T::from_parts(parts).map_err(|field| ReceiveError::Missing {
            field: field.to_owned(),
        })
    }

    pub(crate) fn json<T: DeserializeOwned>(&self) -> Result<T, ReceiveError> {
        // An update that changes nothing may come without a body.
        let body = if self.body.trim_ascii().is_empty() {
            b"{}"
        } else {
            self.body
        };
        serde_json::from_slice(body).map_err(|error| {
            let message = error.to_string();
            match message
                .strip_prefix("missing field `")
                .and_then(|rest| rest.split_once('`'))
            {
                Some((field, _)) => ReceiveError::Missing {
                    field: field.to_owned(),
                },
                None => ReceiveError::Body(message),
            }
        })
    }
}

/// Why a request cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReceiveError {
    /// A required field is missing.
    Missing {
        /// Its name.
        field: String,
    },
    /// An argument of the path or the query is not of its kind.
    Invalid {
        /// Its name.
        field: String,
        /// What was expected.
        expected: &'static str,
    },
    /// The body is no JSON, or JSON of another kind.
    Body(String),
}

impl fmt::Display for ReceiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing { field } => write!(f, "{field} is required"),
            Self::Invalid { field, expected } => write!(f, "{field} must be {expected}"),
            Self::Body(reason) => write!(f, "the body cannot be read: {reason}"),
        }
    }
}

impl std::error::Error for ReceiveError {}

/// A reply of 200 with this JSON.
pub fn json_reply(value: &impl Serialize) -> Response<Bytes> {
    // Model types have string keys only, which is all that writing JSON can fail for.
    let body = serde_json::to_vec(value).unwrap_or_default();
    let mut response = Response::new(Bytes::from(body));
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("application/json; charset=utf-8"),
    );
    response
}

/// The endpoint of a request, and the arguments of its path.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Route {
    /// The endpoint.
    pub spec: &'static Spec,
    /// The arguments of the path, in their order, decoded.
    pub arguments: Vec<String>,
}

/// Finds the endpoint of a method and a path, in whichever version it is. Where a path fits several
/// endpoints, as `/contacts/search` does, the one with the fewest arguments has it.
#[must_use]
pub fn route(method: &str, path: &str) -> Option<Route> {
    let path = path
        .strip_suffix('/')
        .filter(|path| !path.is_empty())
        .unwrap_or(path);
    let fits = crate::api::ALL
        .iter()
        .filter(|spec| spec.method.as_str() == method);
    fits.filter_map(|spec| arguments(spec.path, path).map(|arguments| Route { spec, arguments }))
        .min_by_key(|route| route.arguments.len())
}

fn arguments(template: &str, path: &str) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    let (mut template, mut path) = (template.split('/'), path.split('/'));
    loop {
        match (template.next(), path.next()) {
            (None, None) => return Some(arguments),
            (Some(name), Some(value)) if name.starts_with('{') && !value.is_empty() => {
                arguments.push(
                    percent_encoding::percent_decode_str(value)
                        .decode_utf8()
                        .ok()?
                        .into_owned(),
                );
            }
            (Some(name), Some(value)) if name == value => {}
            _ => return None,
        }
    }
}

/// A reply that was read and written back, with where it was not as documented.
pub type Rewritten = (Value, Vec<Deviation>);

/// An endpoint without its types: what tools that treat all endpoints alike need.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub(crate) spec: &'static Spec,
    pub(crate) encode: fn(&Received<'_>) -> Result<Request<Bytes>, String>,
    pub(crate) decode: fn(&HeaderMap, &Bytes) -> Result<Rewritten, serde_json::Error>,
}

impl Operation {
    /// The operation of this name, such as `contacts::Update`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        OPERATIONS
            .iter()
            .find(|operation| operation.spec.name == name)
    }

    /// All of them, in the order of [`ALL`](crate::api::ALL).
    #[must_use]
    pub fn all() -> &'static [Self] {
        OPERATIONS
    }

    /// Method, path, versions.
    #[must_use]
    pub const fn spec(&self) -> &'static Spec {
        self.spec
    }

    /// Reads a request as a server does, and encodes it as a client does.
    ///
    /// # Errors
    ///
    /// In words, where either half refuses it.
    pub fn encode(&self, request: &Received<'_>) -> Result<Request<Bytes>, String> {
        (self.encode)(request)
    }

    /// Reads the reply of a success as a client does, and writes it back as a server does; `null`
    /// where there is no body.
    ///
    /// # Errors
    ///
    /// Where the body is not of the documented kind.
    pub fn decode(
        &self,
        headers: &HeaderMap,
        body: &Bytes,
    ) -> Result<Rewritten, serde_json::Error> {
        (self.decode)(headers, body)
    }
}

pub(crate) fn encode<E: Serve>(request: &Received<'_>) -> Result<Request<Bytes>, String> {
    let endpoint = E::receive(request).map_err(|error| error.to_string())?;
    endpoint.encode().map_err(|error| error.to_string())
}

pub(crate) fn decode<E: Serve>(
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Rewritten, serde_json::Error> {
    let decoded = E::decode(headers, body)?;
    let reply = E::respond(&decoded.value).into_body();
    let value = match serde_json::from_slice(&reply) {
        _ if reply.is_empty() => Value::Null,
        Ok(value) => value,
        // Text and downloads stand for themselves.
        Err(_) => Value::String(String::from_utf8_lossy(&reply).into_owned()),
    };
    Ok((value, decoded.deviations))
}

#[cfg(test)]
mod tests {
    use super::route;

    #[test]
    fn a_request_is_routed_to_the_endpoint_with_the_fewest_arguments() {
        let name = |method, path| route(method, path).map(|route| route.spec.name);
        assert_eq!(name("POST", "/contacts/search"), Some("contacts::Search"));
        assert_eq!(name("GET", "/contacts/search"), Some("contacts::Get"));
        assert_eq!(name("GET", "/contacts/"), Some("contacts::List"));
        assert_eq!(name("GET", "/contacts/{any}"), Some("contacts::Get"));
        assert_eq!(name("PATCH", "/contacts"), None);
        assert_eq!(name("GET", "/nowhere"), None);
        assert_eq!(name("GET", "/contacts//tags"), None);
        assert_eq!(route("GET", "/contacts/a%2Fb").unwrap().arguments, ["a/b"]);
    }
}
