//! What can go wrong with a call.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::StatusCode;
use intercom_model::{ContactId, ErrorCode, ErrorDetail, ErrorList};

use crate::download::{DownloadError, DownloadReason};
use crate::job::{JobError, JobReason};
use crate::reply::RawReply;
use crate::transport::{TransportError, TransportErrorKind};
use crate::version::{ApiVersion, Method, Spec};

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

impl fmt::Display for Subject {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.method, self.path)
    }
}

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

/// There was no access token to send a call with.
#[derive(Debug)]
#[non_exhaustive]
pub struct TokenError {
    /// The call.
    pub subject: Subject,
    /// Why there was none.
    pub reason: TokenReason,
    /// The 401 with which the token before was refused, where there was one.
    pub refusal: Option<Box<ApiError>>,
}

/// Why there was no access token.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TokenReason {
    /// What the [`TokenProvider`](crate::TokenProvider) said.
    Provider(Arc<dyn std::error::Error + Send + Sync>),
    /// It took longer than the call had time.
    Late,
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.reason {
            TokenReason::Provider(error) => write!(f, "the provider gave no access token: {error}"),
            TokenReason::Late => f.write_str("the provider gave no access token in time"),
        }?;
        write!(f, " ({}", self.subject)?;
        f.write_str(match self.refusal {
            Some(_) => ", after a 401)",
            None => ")",
        })
    }
}

impl std::error::Error for TokenError {}

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
        write!(f, "{} ({}", self.source, self.subject)?;
        if let Some(id) = self.reply.as_ref().and_then(RawReply::request_id) {
            write!(f, ", request {id}")?;
        }
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        f.write_str(if self.outcome_unknown {
            ", it may have been done)"
        } else {
            ")"
        })
    }
}

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

/// How much of a body that is no error envelope is shown.
const SHOWN: usize = 120;

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

    fn request_id(&self) -> Option<&str> {
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
        write!(f, " ({}", self.subject)?;
        if let Some(id) = self.request_id() {
            write!(f, ", request {id}")?;
        }
        if self.attempts > 1 {
            write!(f, ", {} attempts", self.attempts)?;
        }
        f.write_str(if self.outcome_unknown {
            ", it may have been done)"
        } else {
            ")"
        })
    }
}

/// The start of a body, on one line.
fn start_of(body: &Bytes) -> Option<String> {
    let text = String::from_utf8_lossy(&body[..body.len().min(4 * SHOWN)]);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut = line
        .char_indices()
        .nth(SHOWN)
        .map(|(cut, _)| format!("{}…", &line[..cut]));
    Some(cut.unwrap_or(line)).filter(|line| !line.is_empty())
}

/// The service answered with success, but not with what the endpoint gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct DecodeError {
    /// The call.
    pub subject: Subject,
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
        write!(f, " ({}", self.subject)?;
        if let Some(id) = self.reply.request_id() {
            write!(f, ", request {id}")?;
        }
        f.write_str(if self.outcome_unknown {
            ", it may have been done)"
        } else {
            ")"
        })
    }
}

/// A list of pages did not go on as it should.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum PagingError {
    /// The service named a page that was already read, or gives nothing new, so that reading on
    /// would never end.
    #[non_exhaustive]
    Repeated {
        /// The endpoint.
        endpoint: &'static str,
        /// The page that came again.
        position: String,
    },
    /// The text is no position, or not one of this list.
    #[non_exhaustive]
    Position {
        /// The endpoint.
        endpoint: &'static str,
        /// The text.
        position: String,
    },
    /// The service says that there is another page, but not in a way that is known, so that the list
    /// cannot be read to its end.
    #[non_exhaustive]
    Unreadable {
        /// The endpoint.
        endpoint: &'static str,
        /// What it says.
        found: String,
    },
    /// A scroll cannot be read on from where it was left: it has to start again.
    #[non_exhaustive]
    Scroll {
        /// The endpoint.
        endpoint: &'static str,
    },
}

impl fmt::Display for PagingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Repeated { endpoint, position } => {
                write!(
                    f,
                    "{endpoint}: the service gave the page `{position}` again, so that the list would never end"
                )
            }
            Self::Position { endpoint, position } => {
                write!(f, "{endpoint}: `{position}` is no position in this list")
            }
            Self::Unreadable { endpoint, found } => {
                write!(
                    f,
                    "{endpoint}: there is another page, but not in a way that is known: {found}"
                )
            }
            Self::Scroll { endpoint } => {
                write!(
                    f,
                    "{endpoint}: a scroll cannot be read on from where it was left; start it again"
                )
            }
        }
    }
}

impl std::error::Error for PagingError {}
