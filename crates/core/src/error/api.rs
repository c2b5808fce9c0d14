//! What the service refuses calls with.

use std::fmt;

use bytes::Bytes;
use intercom_model::ErrorList;

use super::{About, Subject};
use crate::reply::RawReply;

/// The service answered with an error.
#[derive(Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// The call.
    pub subject: Subject,
    /// How often it was sent.
    pub attempts: u32,
    /// What the service says was wrong; nothing where it answered with something else, such as the
    /// HTML page of a proxy.
    pub errors: ErrorList,
    /// The response, with its body, or with the start of one that broke off or is very long.
    pub reply: RawReply,
    /// Whether it was a write that may have been done, or not.
    pub outcome_unknown: bool,
}

impl ApiError {
    pub(crate) fn new(
        subject: Subject,
        attempts: u32,
        reply: RawReply,
        outcome_unknown: bool,
    ) -> Self {
        let errors = ErrorList::read(reply.body()).unwrap_or_default();
        Self {
            subject,
            attempts,
            errors,
            reply,
            outcome_unknown,
        }
    }

    pub(super) fn request_id(&self) -> Option<&str> {
        self.errors
            .request_id
            .as_deref()
            .or_else(|| self.reply.request_id())
    }
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.reply.status().as_u16())?;
        for (index, error) in self.errors.errors.iter().enumerate() {
            let separator = if index == 0 { " " } else { "; " };
            f.write_str(separator)?;
            match (&error.code, &error.message) {
                (Some(code), Some(message)) => write!(f, "{code}: {message}")?,
                (Some(code), None) => write!(f, "{code}")?,
                (None, message) => f.write_str(message.as_deref().unwrap_or("no reason given"))?,
            }
            if let Some(field) = &error.field {
                write!(f, " [{field}]")?;
            }
        }
        if self.errors.errors.is_empty() {
            match start_of(self.reply.body()) {
                Some(text) => write!(f, " with an unexpected body: {text}")?,
                None => f.write_str(" without a body")?,
            }
        }
        About {
            subject: &self.subject,
            request_id: self.request_id(),
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
        .fmt(f)
    }
}

/// How much of a body that is no error envelope is shown.
const SHOWN: usize = 120;

/// The start of a body, on one line.
pub(super) fn start_of(body: &Bytes) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * SHOWN)]);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = line
        .char_indices()
        .nth(SHOWN)
        .map(|(cut, _)| format!("{}…", &line[..cut]));
    Some(cut.unwrap_or(line)).filter(|line| !line.is_empty())
}
