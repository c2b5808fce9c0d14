//! Errors that the service replies with.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{StatusCode, header};
use intercom_model::{ContactId, ErrorCode, ErrorDetail, ErrorList};

use super::info::{About, RequestInfo};
use crate::wire::RawReply;

/// The service replied with an error.
#[derive(Debug)]
#[non_exhaustive]
pub struct ApiError {
    /// The request.
    pub info: RequestInfo,
    /// How many times the request was sent.
    pub attempts: u32,
    /// The errors that the service lists; empty if the body is something else, such as the HTML page
    /// of a proxy.
    pub errors: ErrorList,
    /// The reply with its body, or with the start of a body that broke off or is very long.
    pub reply: RawReply,
    /// Whether this is a write that may have been processed.
    pub outcome_unknown: bool,
}

impl ApiError {
    pub(crate) fn new(
        info: RequestInfo,
        attempts: u32,
        reply: RawReply,
        outcome_unknown: bool,
    ) -> Self {
        let errors = ErrorList::read(reply.body()).unwrap_or_default();
        Self {
            info,
            attempts,
            errors,
            reply,
            outcome_unknown,
        }
    }

    /// Returns the HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.reply.status()
    }

    /// Returns the code of the first error that the service lists.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.errors().first()?.code.as_ref()
    }

    /// Returns all errors that the service lists.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        &self.errors.errors
    }

    /// Returns the request id to quote to Intercom support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        let listed = self.errors.request_id.as_deref();
        listed.or_else(|| self.reply.request_id())
    }

    /// Returns how long the service asks to wait before another attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply.retry_after()
    }

    /// Whether the object does not exist: status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.status() == StatusCode::NOT_FOUND
    }

    /// Whether the access token is missing or not valid: status 401.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        self.status() == StatusCode::UNAUTHORIZED
    }

    /// Whether the access token lacks a permission: status 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.status() == StatusCode::FORBIDDEN
    }

    /// Whether there were too many requests, or too many jobs at a time: status 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.status() == StatusCode::TOO_MANY_REQUESTS
    }

    /// Whether the request conflicts with what exists, such as a contact with the same email: status
    /// 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.status() == StatusCode::CONFLICT
    }

    /// Returns the id of the contact that exists, if creating one was refused with 409 and
    /// [`ErrorCode::Conflict`]. The service gives the id only in the message.
    #[must_use]
    pub fn existing_contact(&self) -> Option<ContactId> {
        if self.code() != Some(&ErrorCode::Conflict) {
            return None;
        }
        let messages = self.errors().iter().filter_map(|e| e.message.as_deref());
        let mut ids = messages.filter_map(|message| Some(message.split_once("id=")?.1));
        ids.find_map(contact_id)
    }

    /// Whether creating a contact was refused because it exists in the archive.
    pub(crate) fn contact_is_archived(&self) -> bool {
        let mut messages = self.errors().iter().filter_map(|e| e.message.as_deref());
        self.code() == Some(&ErrorCode::Conflict)
            && messages.any(|message| message.to_ascii_lowercase().contains("archived contact"))
    }

    /// Returns the id of the contact into which the requested one was merged, if the service replied
    /// with 410 and [`ErrorCode::ContactMerged`].
    #[must_use]
    pub fn merged_into(&self) -> Option<ContactId> {
        if self.code() != Some(&ErrorCode::ContactMerged) {
            return None;
        }
        let links = self.reply.headers().get_all(header::LINK);
        let mut links = links.iter().filter_map(|link| link.to_str().ok());
        links.find_map(|link| contact_id(link.split_once("/contacts/")?.1))
    }
}

/// The id at the start of a text.
fn contact_id(text: &str) -> Option<ContactId> {
    let id = text.split(|c: char| !c.is_ascii_alphanumeric()).next()?;
    (!id.is_empty()).then(|| ContactId::from(id))
}

impl std::error::Error for ApiError {}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let status = self.status();
        write!(f, "{}", status.as_u16())?;
        for (index, error) in self.errors().iter().enumerate() {
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
        if self.errors().is_empty() {
            match (redirect(&self.reply), start_of(self.reply.body())) {
                (Some(location), _) => write!(f, " redirect to {location}, which is not followed")?,
                (None, Some(text)) => write!(f, " with an unexpected body: {text}")?,
                (None, None) => f.write_str(" without a body")?,
            }
        }
        About {
            info: &self.info,
            request_id: self.request_id(),
            attempts: self.attempts,
            outcome_unknown: self.outcome_unknown,
        }
        .fmt(f)
    }
}

/// The target of a redirect, without its query, which may be signed.
fn redirect(reply: &RawReply) -> Option<&str> {
    if !reply.status().is_redirection() {
        return None;
    }
    let location = reply.headers().get(header::LOCATION)?.to_str().ok()?;
    location.split(['?', '#']).next()
}

/// How many characters of a body are shown.
const SHOWN: usize = 120;

/// The start of a body, on one line.
pub(super) fn start_of(body: &Bytes) -> Option<String> {
    let start = body.get(..4 * SHOWN).unwrap_or(body);
    let text = String::from_utf8_lossy(start);
    let mut line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((cut, _)) = line.char_indices().nth(SHOWN) {
        line.truncate(cut);
        line.push('…');
    }
    (!line.is_empty()).then_some(line)
}
