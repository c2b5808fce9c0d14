//! Calls without a reply, or without all of it.

use std::fmt;

use super::info::{About, RequestInfo};
use super::transport::TransportError;
use crate::wire::RawReply;

/// A call got no reply, or not all of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct RequestError {
    /// The request.
    pub info: RequestInfo,
    /// How many times the request was sent.
    pub attempts: u32,
    /// Why the last attempt failed.
    pub source: TransportError,
    /// The reply, if only its body broke off, with as much of the body as arrived.
    pub reply: Option<RawReply>,
    /// Whether this is a write that may have been processed.
    pub outcome_unknown: bool,
}

impl std::error::Error for RequestError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.source)
    }
}

impl fmt::Display for RequestError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(reply) = &self.reply {
            let part = match reply.body().is_empty() {
                true => "without its body",
                false => "without the end of its body",
            };
            write!(f, "{} {part}: ", reply.status().as_u16())?;
        }
        self.source.fmt(f)?;
        About {
            info: &self.info,
            request_id: self.reply.as_ref().and_then(RawReply::request_id),
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
        .fmt(f)
    }
}
