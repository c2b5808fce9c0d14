//! The URL and the headers that every request has.

use bytes::Bytes;
use http::header::{ACCEPT, HeaderName, HeaderValue, USER_AGENT};
use http::uri::PathAndQuery;
use http::{Request, Uri};

use crate::error::{EncodeError, EncodeErrorKind};
use crate::operation::encode::with_query;
use crate::policy::{CallOptions, Config};
use crate::wire::{ApiVersion, Spec};

/// Headers that the client sets itself.
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

/// Adds the URL to a request, and the headers that every request has except the token's.
pub(crate) fn finalize(
    spec: &Spec,
    encoded: Request<Bytes>,
    config: &Config,
    options: &CallOptions,
    version: &ApiVersion,
) -> Result<Request<Bytes>, EncodeError> {
    let refuse = |kind| EncodeError::new(spec.name, kind);
    let (mut parts, body) = encoded.into_parts();
    let target = parts.uri.path_and_query().cloned();
    let target = target.unwrap_or_else(|| PathAndQuery::from_static("/"));
    let base_url = config
        .base_url
        .as_ref()
        .map_err(|error| refuse(EncodeErrorKind::BaseUrl(error.to_string())))?;
    let target = with_prefix(base_url.prefix(), target)
        .and_then(|target| with_query(target, &options.query))
        .map_err(|error| refuse(EncodeErrorKind::Target(error.to_string())))?;
    parts.uri = Uri::builder()
        .scheme(base_url.scheme.clone())
        .authority(base_url.authority.clone())
        .path_and_query(target)
        .build()
        .map_err(|error| refuse(EncodeErrorKind::Target(error.to_string())))?;

    let version_name = HeaderName::from_static("intercom-version");
    let of_version = version_header(version);
    for (name, value) in [
        (version_name, of_version),
        (USER_AGENT, config.user_agent.clone()),
    ] {
        let Some(value) = value else {
            let name = name.to_string();
            return Err(refuse(EncodeErrorKind::Header { name }));
        };
        parts.headers.insert(name, value);
    }
    parts
        .headers
        .entry(ACCEPT)
        .or_insert(HeaderValue::from_static(spec.accept));
    for (name, value) in &options.headers {
        let problem = || refuse(EncodeErrorKind::Header { name: name.clone() });
        let header = HeaderName::try_from(name.as_str()).map_err(|_| problem())?;
        if RESERVED.contains(&header.as_str()) {
            return Err(refuse(EncodeErrorKind::ReservedHeader {
                name: name.clone(),
            }));
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

/// Puts the path of the base URL before that of the operation.
fn with_prefix(prefix: &str, target: PathAndQuery) -> Result<PathAndQuery, http::uri::InvalidUri> {
    match prefix {
        "" => Ok(target),
        prefix => PathAndQuery::try_from(format!("{prefix}{target}")),
    }
}
