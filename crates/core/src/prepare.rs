//! What every request has beside that which its endpoint gives.

use bytes::Bytes;
use http::header::{ACCEPT, HeaderName, HeaderValue, USER_AGENT};
use http::uri::PathAndQuery;
use http::{Request, Uri};

use crate::config::{CallOptions, Config};
use crate::error::{EncodeError, EncodeProblem};
use crate::token::AccessToken;
use crate::version::{ApiVersion, Spec};

/// Headers that follow from the rest of a call.
const RESERVED: &[&str] = &[
    "authorization",
    "connection",
    "content-length",
    "expect",
    "host",
    "intercom-version",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
];

/// Adds to a request the address, and the headers that all have but that of the token.
pub(crate) fn complete(
    spec: &Spec,
    encoded: Request<Bytes>,
    config: &Config,
    options: &CallOptions,
    version: &ApiVersion,
) -> Result<Request<Bytes>, EncodeError> {
    let refuse = |problem| EncodeError::new(spec.name, problem);
    let (mut parts, body) = encoded.into_parts();
    let target = parts.uri.path_and_query().cloned();
    let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
    let target = with_query(target, &options.query)
        .map_err(|error| refuse(EncodeProblem::Target(error.to_string())))?;
    parts.uri = Uri::builder()
        .scheme(config.base_url.scheme.clone())
        .authority(config.base_url.authority.clone())
        .path_and_query(target)
        .build()
        .map_err(|error| refuse(EncodeProblem::Target(error.to_string())))?;

    let version_name = HeaderName::from_static("intercom-version");
    let of_version = version_header(version);
    for (name, value) in [
        (version_name, of_version),
        (USER_AGENT, config.user_agent.clone()),
    ] {
        let Some(value) = value else {
            let name = name.to_string();
            return Err(refuse(EncodeProblem::Header { name }));
        };
        parts.headers.insert(name, value);
    }
    parts
        .headers
        .entry(ACCEPT)
        .or_insert(HeaderValue::from_static(spec.accept));
    for (name, value) in &options.headers {
        let problem = || refuse(EncodeProblem::Header { name: name.clone() });
        let header = HeaderName::try_from(name.as_str()).map_err(|_| problem())?;
        if RESERVED.contains(&header.as_str()) {
            return Err(refuse(EncodeProblem::ReservedHeader { name: name.clone() }));
        }
        parts
            .headers
            .insert(header, HeaderValue::from_str(value).map_err(|_| problem())?);
    }
    Ok(Request::from_parts(parts, body))
}

/// The name of a version as a header; that of one that is known is not copied.
fn version_header(version: &ApiVersion) -> Option<HeaderValue> {
    match ApiVersion::KNOWN.iter().find(|known| *known == version) {
        Some(known) => Some(HeaderValue::from_static(known.as_str())),
        None => HeaderValue::from_str(version.as_str()).ok(),
    }
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

/// The header of a token.
pub(crate) fn bearer(spec: &Spec, token: &AccessToken) -> Result<HeaderValue, EncodeError> {
    let bearer = token.header().cloned();
    bearer.ok_or_else(|| EncodeError::new(spec.name, EncodeProblem::AccessToken))
}
