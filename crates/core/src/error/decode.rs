//! Replies that are not what the endpoint gives.

use std::fmt;

use super::api::start_of;
use super::{About, Subject};
use crate::reply::RawReply;

/// The service answered with success, but not with what the endpoint gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct DecodeError {
    /// The call.
    pub subject: Subject,
    /// How often it was sent.
    pub attempts: u32,
    /// The response, with as much of its body as was read.
    pub reply: RawReply,
    /// What is wrong with the body.
    pub reason: DecodeReason,
    /// Whether it was a write, which has most likely been done.
    pub outcome_unknown: bool,
    pub(crate) source: Option<serde_json::Error>,
}

impl DecodeError {
    /// Where the body is no JSON of the expected kind: what was found, and in which line and column.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(self.source.as_ref()?)
    }
}

/// What is wrong with a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum DecodeReason {
    /// There is none.
    Empty,
    /// It is larger than the client takes, so that it was not read to its end.
    #[non_exhaustive]
    TooLarge {
        /// How many bytes the client takes: [`Config::max_body`](crate::Config::max_body).
        limit: u64,
    },
    /// It is no JSON, or JSON of another kind.
    Json,
}

impl std::error::Error for DecodeError {}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.reply.status().as_u16();
        match (self.reason, &self.source) {
            (DecodeReason::Empty, _) => write!(f, "{status} without the body that was promised")?,
            (DecodeReason::TooLarge { limit }, _) => {
                write!(
                    f,
                    "{status} with a body of more than {limit} bytes, the client's limit"
                )?;
            }
            (DecodeReason::Json, source) => {
                write!(f, "{status} with a body that is not as documented")?;
                if let Some(source) = source {
                    write!(f, ": {source}")?;
                }
                if let Some(text) = start_of(self.reply.body()) {
                    write!(f, ": {text}")?;
                }
            }
        }
        About {
            subject: &self.subject,
            request_id: self.reply.request_id(),
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
        .fmt(f)
    }
}
