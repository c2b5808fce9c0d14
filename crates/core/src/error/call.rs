//! Calls without a response, or without all of it.

use std::fmt;

use super::{About, Subject};
use crate::reply::RawReply;
use crate::transport::TransportError;

/// A call that got no response, or not all of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct CallError {
    /// The call.
    pub subject: Subject,
    /// How often it was sent.
    pub attempts: u32,
    /// What happened to the last attempt.
    pub source: TransportError,
    /// The response, where only its body broke off, with as much of that as came.
    pub reply: Option<RawReply>,
    /// Whether it was a write that may have been done, or not.
    pub outcome_unknown: bool,
}

impl std::error::Error for CallError {}

impl fmt::Display for CallError {
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
            subject: &self.subject,
            request_id: self.reply.as_ref().and_then(RawReply::request_id),
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
        .fmt(f)
    }
}
