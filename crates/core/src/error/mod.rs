//! Everything that can go wrong with a call, a list, a download, a job or an upsert.
//!
//! Callers get an [`Error`]. Its variants hold an error type each, which is a struct with what is
//! known of the request and a `kind`. The text of an error is complete on one line, and names the
//! cause; [`source`](std::error::Error::source) returns the cause to those who want to inspect it.

mod api;
mod decode;
mod download;
mod encode;
mod info;
mod job;
mod paging;
mod request;
mod token;
mod transport;
mod upsert;

use std::fmt;
use std::time::Duration;

use http::StatusCode;
use intercom_model::{ContactId, ErrorCode, ErrorDetail};

pub use self::api::ApiError;
pub use self::decode::{DecodeError, DecodeErrorKind, UnreadableReply};
pub use self::download::{DownloadError, DownloadErrorKind};
pub use self::encode::{EncodeError, EncodeErrorKind};
pub use self::info::RequestInfo;
pub use self::job::{JobError, JobErrorKind};
pub use self::paging::{PagingError, PagingErrorKind};
pub use self::request::RequestError;
pub use self::token::{TokenError, TokenErrorKind};
pub use self::transport::{TransportError, TransportErrorKind};
pub use self::upsert::{UpsertError, UpsertErrorKind};
use crate::wire::RawReply;

/// An error from a call, a list, a download, a job or an upsert.
///
/// ```
/// # use intercom_core::Error;
/// # fn found<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
/// match result {
///     Err(error) if error.is_not_found() => Ok(None),
///     // A write that may have been processed: look before sending it again.
///     Err(error) if error.outcome_unknown() => Err(error),
///     other => other.map(Some),
/// }
/// # }
/// ```
///
/// | question | method |
/// | --- | --- |
/// | What did the service reply? | [`status`](Self::status), [`code`](Self::code), [`errors`](Self::errors), [`reply`](Self::reply) |
/// | Which request was it? | [`request_id`](Self::request_id), and the text of the error |
/// | Is it worth another attempt? | [`is_retryable`](Self::is_retryable), [`retry_after`](Self::retry_after) |
/// | May a write have been processed? | [`outcome_unknown`](Self::outcome_unknown) |
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be encoded. Nothing was sent.
    Encode(EncodeError),
    /// There was no reply, or not all of it.
    Transport(Box<RequestError>),
    /// The service replied with an error.
    Api(Box<ApiError>),
    /// The service replied with success, but not with what the endpoint expects.
    Decode(Box<DecodeError>),
    /// A list could not be read to its end.
    Paging(PagingError),
    /// There was no usable access token.
    Token(Box<TokenError>),
    /// A download started, but could not be completed.
    Download(Box<DownloadError>),
    /// A job was started, but did not finish, or its result cannot be downloaded.
    Job(Box<JobError>),
    /// A contact could be neither created nor updated.
    Upsert(Box<UpsertError>),
}

impl Error {
    /// The error of the call that ended a download or the wait for a job, or else the error itself.
    fn of_call(&self) -> &Self {
        match self {
            Self::Download(error) => match &error.kind {
                DownloadErrorKind::Resume(error) => error.of_call(),
                _ => self,
            },
            Self::Job(error) => match &error.kind {
                JobErrorKind::Poll(error) => error.of_call(),
                _ => self,
            },
            _ => self,
        }
    }

    /// Returns the error that the service replied with, if it did: also the one that ended a download
    /// or the wait for a job.
    #[must_use]
    pub fn api(&self) -> Option<&ApiError> {
        match self.of_call() {
            Self::Api(error) => Some(error),
            Self::Token(error) => error.refusal.as_deref(),
            Self::Upsert(error) => Some(&error.source),
            _ => None,
        }
    }

    /// Returns the kind of the error as one word, such as `transport`, for logs and metrics that must
    /// not hold personal data, which the text of the error may contain.
    #[must_use]
    pub const fn kind(&self) -> &'static str {
        match self {
            Self::Encode(_) => "encode",
            Self::Transport(_) => "transport",
            Self::Api(_) => "api",
            Self::Decode(_) => "decode",
            Self::Paging(_) => "paging",
            Self::Token(_) => "token",
            Self::Download(_) => "download",
            Self::Job(_) => "job",
            Self::Upsert(_) => "upsert",
        }
    }

    /// Returns the HTTP status, if there was a reply.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(RawReply::status)
    }

    /// Returns the code of the first error that the service lists.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.api()?.code()
    }

    /// Returns all errors that the service lists.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        self.api().map_or(&[], ApiError::errors)
    }

    /// Returns the id of the contact that exists, if creating one was refused with 409 and
    /// [`ErrorCode::Conflict`]. The service gives the id only in the message.
    #[must_use]
    pub fn existing_contact(&self) -> Option<ContactId> {
        self.api()?.existing_contact()
    }

    /// Returns the id of the contact into which the requested one was merged, if the service replied
    /// with 410 and [`ErrorCode::ContactMerged`].
    #[must_use]
    pub fn merged_into(&self) -> Option<ContactId> {
        self.api()?.merged_into()
    }

    /// Returns the request id to quote to Intercom support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self.api() {
            Some(error) => error.request_id(),
            None => self.reply()?.request_id(),
        }
    }

    /// Returns the reply with its headers and body, if there was one.
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        match self.of_call() {
            Self::Api(error) => Some(&error.reply),
            Self::Decode(error) => Some(&error.reply),
            Self::Transport(error) => error.reply.as_ref(),
            Self::Job(error) => error.reply.as_ref(),
            Self::Token(error) => Some(&error.refusal.as_ref()?.reply),
            Self::Upsert(error) => Some(&error.source.reply),
            Self::Encode(_) | Self::Paging(_) | Self::Download(_) => None,
        }
    }

    /// Returns how long the service asks to wait before another attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply()?.retry_after()
    }

    /// Whether the object does not exist: status 404.
    #[must_use]
    pub fn is_not_found(&self) -> bool {
        self.api().is_some_and(ApiError::is_not_found)
    }

    /// Whether the access token is missing or not valid: no usable token, or status 401.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Token(_)) || self.api().is_some_and(ApiError::is_unauthorized)
    }

    /// Whether the access token lacks a permission: status 403.
    #[must_use]
    pub fn is_forbidden(&self) -> bool {
        self.api().is_some_and(ApiError::is_forbidden)
    }

    /// Whether there were too many requests, or too many jobs at a time: status 429.
    #[must_use]
    pub fn is_rate_limited(&self) -> bool {
        self.api().is_some_and(ApiError::is_rate_limited)
    }

    /// Whether the request conflicts with what exists, such as a contact with the same email: status
    /// 409.
    #[must_use]
    pub fn is_conflict(&self) -> bool {
        self.api().is_some_and(ApiError::is_conflict)
    }

    /// Whether the deadline of the call, or of the wait for a job, passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self.of_call() {
            Self::Transport(error) => error.source.kind() == TransportErrorKind::Timeout,
            Self::Job(error) => matches!(error.kind, JobErrorKind::Timeout { .. }),
            Self::Token(error) => matches!(error.kind, TokenErrorKind::Timeout),
            _ => false,
        }
    }

    /// Whether the same call may succeed later, and repeating it cannot do anything twice.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => {
                let permanent = matches!(
                    error.source.kind(),
                    TransportErrorKind::Refused | TransportErrorKind::Tls
                );
                !error.outcome_unknown && !permanent
            }
            Self::Api(error) => {
                error.is_rate_limited() || (is_transient(error.status()) && !error.outcome_unknown)
            }
            Self::Token(error) => matches!(
                error.kind,
                TokenErrorKind::Provider(_) | TokenErrorKind::Timeout
            ),
            Self::Download(error) => error.is_retryable(),
            Self::Decode(error) => error.is_transient() && !error.outcome_unknown,
            // Starting a job again would start another one.
            Self::Encode(_) | Self::Paging(_) | Self::Job(_) | Self::Upsert(_) => false,
        }
    }

    /// Whether this is a write that may have been processed: look before sending it again.
    #[must_use]
    pub fn outcome_unknown(&self) -> bool {
        match self.of_call() {
            Self::Transport(error) => error.outcome_unknown,
            Self::Api(error) => error.outcome_unknown,
            Self::Decode(error) => error.outcome_unknown,
            Self::Encode(_)
            | Self::Paging(_)
            | Self::Token(_)
            | Self::Download(_)
            | Self::Job(_)
            | Self::Upsert(_) => false,
        }
    }

    /// The error of the variant.
    fn inner(&self) -> &(dyn std::error::Error + 'static) {
        match self {
            Self::Encode(error) => error,
            Self::Transport(error) => &**error,
            Self::Api(error) => &**error,
            Self::Decode(error) => &**error,
            Self::Paging(error) => error,
            Self::Token(error) => &**error,
            Self::Download(error) => &**error,
            Self::Job(error) => &**error,
            Self::Upsert(error) => &**error,
        }
    }
}

/// Whether a status indicates a transient error.
pub(crate) fn is_transient(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504)
}

/// Whether a request that got this status, which is not a success, may have been processed. Only a
/// refusal is certain; anything else may come from a proxy, or from a service that failed half-way.
pub(crate) fn may_have_been_processed(status: StatusCode) -> bool {
    let refused = status.is_client_error() && status != StatusCode::REQUEST_TIMEOUT;
    !refused && status != StatusCode::NOT_IMPLEMENTED
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self.inner(), f)
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.inner().source()
    }
}

impl From<EncodeError> for Error {
    fn from(error: EncodeError) -> Self {
        Self::Encode(error)
    }
}

impl From<PagingError> for Error {
    fn from(error: PagingError) -> Self {
        Self::Paging(error)
    }
}

impl From<TokenError> for Error {
    fn from(error: TokenError) -> Self {
        Self::Token(Box::new(error))
    }
}
