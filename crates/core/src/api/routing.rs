//! Which operation a request is for, and operations without their types.

use bytes::Bytes;
use http::{HeaderMap, Request};
use intercom_model::Deviation;
use serde_json::Value;

use super::{ALL, OPERATIONS};
use crate::error::UnreadableReply;
use crate::server::{Received, Serve};
use crate::wire::Spec;

/// The endpoint that a request is for, and the arguments in its path.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Route {
    /// The endpoint.
    pub spec: &'static Spec,
    /// The arguments in the path, in order, decoded.
    pub arguments: Vec<String>,
}

/// Finds the endpoint of a method and a path, in any version. If several fit, as for
/// `/contacts/search`, it is the one with the fewest arguments.
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

/// A reply that was decoded and encoded again, with its deviations.
pub type Rewritten = (Value, Vec<Deviation>);

/// An endpoint without its types, for tools that treat all endpoints alike.
#[derive(Debug, Clone, Copy)]
pub struct Operation {
    pub(crate) spec: &'static Spec,
    pub(crate) encode: fn(&Received<'_>) -> Result<Request<Bytes>, String>,
    pub(crate) decode: fn(&HeaderMap, &Bytes) -> Result<Rewritten, UnreadableReply>,
}

impl Operation {
    /// Returns the operation with this name, such as `contacts::Update`.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        OPERATIONS
            .iter()
            .find(|operation| operation.spec.name == name)
    }

    /// Returns all operations, in the order of [`ALL`].
    #[must_use]
    pub fn all() -> &'static [Self] {
        OPERATIONS
    }

    /// Returns the spec.
    #[must_use]
    pub const fn spec(&self) -> &'static Spec {
        self.spec
    }

    /// Decodes a request as a server does, and encodes it as a client does.
    ///
    /// # Errors
    ///
    /// If either half refuses it, in words.
    pub fn encode(&self, request: &Received<'_>) -> Result<Request<Bytes>, String> {
        (self.encode)(request)
    }

    /// Decodes a successful reply as a client does, and encodes it as a server does; `null` if there is
    /// no body.
    ///
    /// # Errors
    ///
    /// If the body is not of the documented kind.
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
