//! Which operation a request is for, and operations without their types.

use bytes::Bytes;
use http::{HeaderMap, Request};
use intercom_model::Deviation;
use serde_json::Value;

use super::{ALL, OPERATIONS};
use crate::error::UnreadableReply;
use crate::server::{Received, Serve};
use crate::wire::Spec;

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
    let fits = ALL.iter().filter(|spec| spec.method.as_str() == method);
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
    pub(crate) decode: fn(&HeaderMap, &Bytes) -> Result<Rewritten, UnreadableReply>,
}

impl Operation {
    /// The operation of this name, such as `contacts::Update`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        OPERATIONS
            .iter()
            .find(|operation| operation.spec.name == name)
    }

    /// All of them, in the order of [`ALL`](ALL).
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
    pub fn decode(&self, headers: &HeaderMap, body: &Bytes) -> Result<Rewritten, UnreadableReply> {
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
) -> Result<Rewritten, UnreadableReply> {
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
