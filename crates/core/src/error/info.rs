//! Which request an error is about.

use std::fmt;

use bytes::Bytes;
use http::Request;

use crate::wire::{Method, Spec};

/// The request that an error is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RequestInfo {
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: &'static str,
    /// The method.
    pub method: Method,
    /// The path, without the query.
    pub path: String,
}

impl RequestInfo {
    pub(crate) fn of(spec: &Spec, request: &Request<Bytes>) -> Self {
        Self {
            endpoint: spec.name,
            method: spec.method,
            path: request.uri().path().to_owned(),
        }
    }
}

impl fmt::Display for RequestInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The end of an error's text: the request in parentheses, and what else is known about it.
pub(super) struct About<'a> {
    pub(super) info: &'a RequestInfo,
    pub(super) request_id: Option<&'a str>,
    pub(super) attempts: u32,
    pub(super) outcome_unknown: bool,
}

impl fmt::Display for About<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " ({}", self.info)?;
        if let Some(id) = self.request_id {
            write!(f, ", request {id}")?;
        }
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        if self.outcome_unknown {
            f.write_str(", the request may have been processed")?;
        }
        f.write_str(")")
    }
}
