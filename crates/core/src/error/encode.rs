//! Requests that could not be encoded.

use std::fmt;

use crate::wire::{ApiVersion, Spec};

/// A request could not be encoded. Nothing was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    endpoint: &'static str,
    kind: EncodeErrorKind,
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeErrorKind {
    /// An argument of the path, or a required argument of the query, is empty.
    EmptyArgument {
        /// The field.
        name: &'static str,
    },
    /// An argument of the path is `.` or `..`, which would change the path.
    DotArgument {
        /// The field.
        name: &'static str,
    },
    /// The body cannot be written as JSON.
    Body(String),
    /// The path or the query cannot be sent.
    Target(String),
    /// A header contains a character that is not allowed, such as a line break.
    Header {
        /// The name of the header.
        name: String,
    },
    /// The header is set by the client and cannot be overridden.
    ReservedHeader {
        /// The name of the header.
        name: String,
    },
    /// The base URL of the configuration cannot be used.
    BaseUrl(String),
    /// The requested version does not have the operation.
    #[non_exhaustive]
    Version {
        /// The requested version.
        version: ApiVersion,
        /// The versions that have the operation, in words.
        exists: String,
    },
}

impl EncodeError {
    /// Creates an error about a request of this endpoint.
    #[must_use]
    pub const fn new(endpoint: &'static str, kind: EncodeErrorKind) -> Self {
        Self { endpoint, kind }
    }

    pub(crate) fn version(spec: &Spec, version: &ApiVersion) -> Self {
        let kind = EncodeErrorKind::Version {
            version: version.clone(),
            exists: spec.versions(),
        };
        Self::new(spec.name, kind)
    }

    /// Returns the endpoint, such as `contacts::Get`.
    #[must_use]
    pub const fn endpoint(&self) -> &'static str {
        self.endpoint
    }

    /// Returns what is wrong.
    #[must_use]
    pub const fn kind(&self) -> &EncodeErrorKind {
        &self.kind
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = self.endpoint;
        match &self.kind {
            EncodeErrorKind::EmptyArgument { name } => write!(f, "{endpoint}: `{name}` is empty"),
            EncodeErrorKind::DotArgument { name } => {
                write!(
                    f,
                    "{endpoint}: `{name}` is `.` or `..`, which would change the path"
                )
            }
            EncodeErrorKind::Body(reason) => write!(
                f,
                "{endpoint}: the body cannot be written as JSON: {reason}"
            ),
            EncodeErrorKind::Target(reason) => {
                write!(f, "{endpoint}: the path or query cannot be sent: {reason}")
            }
            EncodeErrorKind::Header { name } => write!(
                f,
                "{endpoint}: the header `{name}` cannot be sent: names are ASCII tokens, and values have no control characters"
            ),
            EncodeErrorKind::ReservedHeader { name } => write!(
                f,
                "{endpoint}: the header `{name}` is set by the client and cannot be overridden"
            ),
            EncodeErrorKind::BaseUrl(reason) => write!(f, "{endpoint}: {reason}"),
            EncodeErrorKind::Version { version, exists } => {
                write!(f, "{endpoint} exists {exists} (requested {version})")
            }
        }
    }
}

impl std::error::Error for EncodeError {}
