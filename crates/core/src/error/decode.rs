//! Successful replies that are not what the endpoint expects.

use std::fmt;

use super::api::start_of;
use super::info::{About, RequestInfo};
use crate::wire::RawReply;

/// The service replied with success, but not with what the endpoint expects.
#[derive(Debug)]
#[non_exhaustive]
pub struct DecodeError {
    /// The request.
    pub info: RequestInfo,
    /// How many times the request was sent.
    pub attempts: u32,
    /// The reply, with as much of its body as was read.
    pub reply: RawReply,
    /// What is wrong with the reply.
    pub kind: DecodeErrorKind,
    /// Whether this is a write, which has most likely been processed.
    pub outcome_unknown: bool,
    pub(crate) source: Option<serde_json::Error>,
}

impl DecodeError {
    /// Whether the reply is not one of the service: it has no body, or the body is not JSON.
    pub(crate) fn is_transient(&self) -> bool {
        let is_json = self.source.as_ref().is_none_or(serde_json::Error::is_data);
        self.kind == DecodeErrorKind::Empty || (self.kind == DecodeErrorKind::Json && !is_json)
    }
}

/// What is wrong with a successful reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The body is missing.
    Empty,
    /// The body is larger than the client accepts, and was not read to its end.
    #[non_exhaustive]
    TooLarge {
        /// The limit in bytes: [`Config::max_json_body`](crate::Config::max_json_body) or
        /// [`Config::max_body`](crate::Config::max_body).
        limit: u64,
    },
    /// The body has so many JSON objects that decoding them would take too much memory.
    #[non_exhaustive]
    TooManyObjects {
        /// The limit.
        limit: usize,
    },
    /// The body is not JSON, or is JSON of another shape.
    Json,
    /// The reply of a write lacks the field that confirms it.
    #[non_exhaustive]
    MissingField {
        /// The name of the field.
        name: &'static str,
    },
    /// A header is missing, or is not text.
    #[non_exhaustive]
    MissingHeader {
        /// The name of the header, in lower case.
        name: &'static str,
    },
}

/// Why [`Endpoint::decode`](crate::Endpoint::decode) could not read a reply.
#[derive(Debug)]
pub struct UnreadableReply {
    kind: DecodeErrorKind,
    source: Option<serde_json::Error>,
}

impl UnreadableReply {
    /// A header that the reply must have is missing, or is not text. The name is in lower case.
    #[must_use]
    pub const fn missing_header(name: &'static str) -> Self {
        Self {
            kind: DecodeErrorKind::MissingHeader { name },
            source: None,
        }
    }

    pub(crate) const fn too_many_objects(limit: usize) -> Self {
        Self {
            kind: DecodeErrorKind::TooManyObjects { limit },
            source: None,
        }
    }

    pub(crate) const fn missing_field(name: &'static str) -> Self {
        Self {
            kind: DecodeErrorKind::MissingField { name },
            source: None,
        }
    }

    /// Returns what is wrong with the reply.
    #[must_use]
    pub const fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    pub(crate) fn into_parts(self) -> (DecodeErrorKind, Option<serde_json::Error>) {
        (self.kind, self.source)
    }
}

impl From<serde_json::Error> for UnreadableReply {
    fn from(error: serde_json::Error) -> Self {
        Self {
            kind: DecodeErrorKind::Json,
            source: Some(error),
        }
    }
}

impl std::error::Error for UnreadableReply {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref()?)
    }
}

impl fmt::Display for UnreadableReply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        describe(self.kind, self.source.as_ref(), f)
    }
}

fn describe(
    kind: DecodeErrorKind,
    source: Option<&serde_json::Error>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    match (kind, source) {
        (DecodeErrorKind::Empty, _) => f.write_str("without the expected body"),
        (DecodeErrorKind::TooLarge { limit }, _) => {
            write!(f, "with a body over the client's limit of {limit} bytes")
        }
        (DecodeErrorKind::TooManyObjects { limit }, _) => {
            write!(f, "with more than {limit} JSON objects")
        }
        (DecodeErrorKind::Json, None) => f.write_str("with an unexpected body"),
        (DecodeErrorKind::Json, Some(error)) => write!(f, "with an unexpected body: {error}"),
        (DecodeErrorKind::MissingField { name }, _) => {
            write!(f, "without the expected field `{name}`")
        }
        (DecodeErrorKind::MissingHeader { name }, _) => {
            write!(f, "without the expected header `{name}`")
        }
    }
}

impl std::error::Error for DecodeError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref()?)
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ", self.reply.status().as_u16())?;
        describe(self.kind, self.source.as_ref(), f)?;
        if self.kind == DecodeErrorKind::Json
            && let Some(text) = start_of(self.reply.body())
        {
            write!(f, ": {text}")?;
        }
        About {
            info: &self.info,
            request_id: self.reply.request_id(),
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
        .fmt(f)
    }
}
