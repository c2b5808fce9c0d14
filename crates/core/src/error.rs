//! What can go wrong with a call.

mod api;
mod call;
mod decode;
mod encode;
mod paging;
mod token;

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use intercom_model::{ContactId, ErrorCode, ErrorDetail};

pub use self::api::ApiError;
pub use self::call::CallError;
pub use self::decode::{DecodeError, DecodeReason};
pub use self::encode::{EncodeError, EncodeProblem};
pub use self::paging::PagingError;
pub use self::token::{TokenError, TokenReason};
use crate::download::{DownloadError, DownloadReason};
use crate::job::{JobError, JobReason};
use crate::reply::RawReply;
use crate::transport::TransportErrorKind;
use crate::version::{Method, Spec};

/// Why a call failed.
///
/// ```
/// # use intercom_core::{Error, ErrorCode};
/// # fn found<T>(result: Result<T, Error>) -> Result<Option<T>, Error> {
/// match result {
///     Err(error) if error.code() == Some(&ErrorCode::NotFound) => Ok(None),
///     other => other.map(Some),
/// }
/// # }
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub enum Error {
    /// The request could not be made. Nothing was sent.
    Encode(EncodeError),
    /// There was no response, or not all of it.
    Transport(Box<CallError>),
    /// The service answered with an error.
    Api(Box<ApiError>),
    /// The service answered with success, but not with what the endpoint gives.
    Decode(Box<DecodeError>),
    /// A list of pages did not go on as it should.
    Paging(PagingError),
    /// The [`TokenProvider`](crate::TokenProvider) gave no access token.
    Token(Box<TokenError>),
    /// A download began, and could not be completed.
    Download(Box<DownloadError>),
    /// A job started, and did not come to what was wanted of it.
    Job(Box<JobError>),
}

impl Error {
    /// The error of the call that ended a download or the wait for a job; else, the error itself.
    fn of_call(&self) -> &Self {
        match self {
            Self::Download(error) => match &error.reason {
                DownloadReason::Refused(error) => error.of_call(),
                _ => self,
            },
            Self::Job(error) => match &error.reason {
                JobReason::Poll(error) => error.of_call(),
                _ => self,
            },
            _ => self,
        }
    }

    /// What the service refused the call with.
    fn refusal(&self) -> Option<&ApiError> {
        match self.of_call() {
            Self::Api(error) => Some(error),
            Self::Token(error) => error.refusal.as_deref(),
            _ => None,
        }
    }

    /// What kind of error it is, in a word, such as `transport`: for logs and metrics, which the text
    /// of the error may tell more than they should.
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
        }
    }

    /// What it came from, outside of this crate: the error of a socket, of the JSON, of the token
    /// provider, of what a download was written to. Its text is part of that of the error.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self.of_call() {
            Self::Transport(error) => Some(error.source.cause()?),
            Self::Decode(error) => error.cause(),
            Self::Token(error) => match &error.reason {
                TokenReason::Provider(error) => Some(&**error),
                TokenReason::Late => None,
            },
            Self::Download(error) => match &error.reason {
                DownloadReason::Broken(error) | DownloadReason::NotResumable(error) => {
                    Some(error.cause()?)
                }
                DownloadReason::Damaged(error)
                | DownloadReason::Incomplete(error)
                | DownloadReason::Write(error) => Some(error),
                _ => None,
            },
            Self::Encode(_) | Self::Api(_) | Self::Paging(_) | Self::Job(_) => None,
        }
    }

    /// The status of the response, where there was one.
    #[must_use]
    pub fn status(&self) -> Option<StatusCode> {
        self.reply().map(RawReply::status)
    }

    /// What the service says was wrong, in a word.
    #[must_use]
    pub fn code(&self) -> Option<&ErrorCode> {
        self.errors().first()?.code.as_ref()
    }

    /// Everything that the service says was wrong.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        self.refusal().map_or(&[], |error| &error.errors.errors)
    }

    /// The contact that exists already, where one was refused with 409 and
    /// [`ErrorCode::Conflict`]. The service names it in the message alone.
    #[must_use]
    pub fn existing_contact(&self) -> Option<ContactId> {
        if self.code() != Some(&ErrorCode::Conflict) {
            return None;
        }
        let messages = self.errors().iter().filter_map(|e| e.message.as_deref());
        let mut ids = messages.filter_map(|message| Some(message.split_once("id=")?.1));
        ids.find_map(contact_id)
    }

    /// The contact into which the one that was asked for was merged, where the service answers with
    /// 410 and [`ErrorCode::ContactMerged`].
    #[must_use]
    pub fn merged_into(&self) -> Option<ContactId> {
        if self.code() != Some(&ErrorCode::ContactMerged) {
            return None;
        }
        let links = self.reply()?.headers().get_all(http::header::LINK);
        let mut links = links.iter().filter_map(|link| link.to_str().ok());
        links.find_map(|link| contact_id(link.split_once("/contacts/")?.1))
    }

    /// What to name to Intercom's support.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        match self.refusal() {
            Some(error) => error.request_id(),
            None => self.reply()?.request_id(),
        }
    }

    /// The response with its headers and its body, where there was one.
    #[must_use]
    pub fn reply(&self) -> Option<&RawReply> {
        match self.of_call() {
            Self::Api(error) => Some(&error.reply),
            Self::Decode(error) => Some(&error.reply),
            Self::Transport(error) => error.reply.as_ref(),
            Self::Job(error) => error.reply.as_ref(),
            Self::Token(error) => Some(&error.refusal.as_ref()?.reply),
            Self::Encode(_) | Self::Paging(_) | Self::Download(_) => None,
        }
    }

    /// How long the service asks to wait before another attempt.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.reply()?.retry_after()
    }

    /// Whether the same call may succeed later, and doing it again cannot double anything.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Transport(error) => {
                let lasting = matches!(
                    error.source.kind(),
                    TransportErrorKind::Refused | TransportErrorKind::Tls
                );
                !error.outcome_unknown && !lasting
            }
            Self::Api(error) => {
                let status = error.reply.status();
                status == StatusCode::TOO_MANY_REQUESTS
                    || (is_passing(status) && !error.outcome_unknown)
            }
            Self::Token(_) => true,
            Self::Download(error) => error.is_retryable(),
            Self::Decode(error) => error.reason == DecodeReason::Empty && !error.outcome_unknown,
            // Of a job: to do it again would start another one.
            Self::Encode(_) | Self::Paging(_) | Self::Job(_) => false,
        }
    }

    /// Whether it was a write that may have been done, or not: look before you do it again.
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
            | Self::Job(_) => false,
        }
    }

    /// Whether the time that the call, or the wait for a job, was given was over.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        match self.of_call() {
            Self::Transport(error) => error.source.kind() == TransportErrorKind::Timeout,
            Self::Job(error) => matches!(error.reason, JobReason::Deadline { .. }),
            Self::Token(error) => matches!(error.reason, TokenReason::Late),
            _ => false,
        }
    }
}

/// The id that a text begins with.
fn contact_id(text: &str) -> Option<ContactId> {
    let end = text.find(|c: char| !c.is_ascii_alphanumeric());
    let id = &text[..end.unwrap_or(text.len())];
    (!id.is_empty()).then(|| ContactId::from(id))
}

/// Whether a status tells of a fault that may pass.
pub(crate) fn is_passing(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 500 | 502 | 503 | 504)
}

/// Whether a status leaves open what became of the request, as the 5xx of proxies do.
pub(crate) fn may_have_acted(status: StatusCode) -> bool {
    is_passing(status) || (status.is_server_error() && status != StatusCode::NOT_IMPLEMENTED)
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Encode(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Paging(error) => error.fmt(f),
            Self::Token(error) => error.fmt(f),
            Self::Download(error) => error.fmt(f),
            Self::Job(error) => error.fmt(f),
        }
    }
}

/// What an error came from is in its text; it has no `source` beside, which reports would show twice.
impl std::error::Error for Error {}

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

/// The call that an error is about.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Subject {
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: &'static str,
    /// The method.
    pub method: Method,
    /// The path, without the query.
    pub path: String,
}

impl Subject {
    pub(crate) fn of(spec: &Spec, request: &Request<Bytes>) -> Self {
        Self {
            endpoint: spec.name,
            method: spec.method,
            path: request.uri().path().to_owned(),
        }
    }
}

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

/// The end of an error's text: the call in brackets, and what else is known of it.
struct About<'a> {
    subject: &'a Subject,
    request_id: Option<&'a str>,
    attempts: u32,
    outcome_unknown: bool,
}

impl fmt::Display for About<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " ({}", self.subject)?;
        if let Some(id) = self.request_id {
            write!(f, ", request {id}")?;
        }
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        if self.outcome_unknown {
            f.write_str(", it may have been done")?;
        }
        f.write_str(")")
    }
}
