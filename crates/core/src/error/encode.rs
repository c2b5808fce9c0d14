//! Why a request could not be made.

use std::fmt;

use crate::version::{ApiVersion, Spec};

/// Why a request could not be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    endpoint: &'static str,
    problem: EncodeProblem,
}

/// What is wrong with a request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum EncodeProblem {
    /// An argument of the path is empty, so that the path would be another one, or a required
    /// argument of the query is.
    EmptyArgument {
        /// The field.
        name: &'static str,
    },
    /// An argument of the path is `.` or `..`, so that the path would be another one.
    DotArgument {
        /// The field.
        name: &'static str,
    },
    /// The body cannot be written as JSON.
    Body(String),
    /// The path or the query cannot be sent.
    Target(String),
    /// A header has a character that headers must not have, such as a line break.
    Header {
        /// The name of the header.
        name: String,
    },
    /// The header follows from the rest of the call, and cannot be set apart.
    ReservedHeader {
        /// The name of the header.
        name: String,
    },
    /// The access token is empty, or has a character that headers must not have.
    AccessToken,
    /// The version does not have the operation.
    #[non_exhaustive]
    Version {
        /// The version that was asked for.
        version: ApiVersion,
        /// The versions that have it, in words.
        exists: String,
    },
}

impl EncodeError {
    /// What is wrong with a request of this endpoint.
    #[must_use]
    pub const fn new(endpoint: &'static str, problem: EncodeProblem) -> Self {
        Self { endpoint, problem }
    }

    pub(crate) fn version(spec: &Spec, version: &ApiVersion) -> Self {
        let problem = EncodeProblem::Version {
            version: version.clone(),
            exists: spec.versions(),
        };
        Self::new(spec.name, problem)
    }

    /// The endpoint, such as `contacts::Get`.
    #[must_use]
    pub const fn endpoint(&self) -> &'static str {
        self.endpoint
    }

    /// What is wrong.
    #[must_use]
    pub const fn problem(&self) -> &EncodeProblem {
        &self.problem
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let endpoint = self.endpoint;
        match &self.problem {
            EncodeProblem::EmptyArgument { name } => write!(f, "{endpoint}: `{name}` is empty"),
            EncodeProblem::DotArgument { name } => {
                write!(f, "{endpoint}: `{name}` is a relative path (`.` or `..`)")
            }
            EncodeProblem::Body(reason) => write!(
                f,
                "{endpoint}: the body cannot be written as JSON: {reason}"
            ),
            EncodeProblem::Target(reason) => {
                write!(f, "{endpoint}: the path or query cannot be sent: {reason}")
            }
            EncodeProblem::Header { name } => write!(
                f,
                "{endpoint}: the header `{name}` cannot be sent: names are ASCII tokens, values have no control characters"
            ),
            EncodeProblem::ReservedHeader { name } => write!(
                f,
                "{endpoint}: the header `{name}` is left to the client: it follows from the token, the version, the address, the body or the connection"
            ),
            EncodeProblem::AccessToken => {
                write!(
                    f,
                    "{endpoint}: the access token is empty, or has a line break or another character that cannot be sent"
                )
            }
            EncodeProblem::Version { version, exists } => {
                write!(f, "{endpoint} exists {exists} (asked for {version})")
            }
        }
    }
}

impl std::error::Error for EncodeError {}
