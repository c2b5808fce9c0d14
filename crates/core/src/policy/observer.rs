//! Observing calls, for logs and metrics.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::error::{Error, TransportError};
use crate::wire::{ApiVersion, Method};

/// Receives an event for every step of every call.
///
/// It runs inside the call, between its steps, so it should be quick.
///
/// Events contain no token, query or body, and [`CallInfo`] has paths without their arguments, which are
/// often personal data: an external id may be an email. The `error` of [`Retry`](CallEvent::Retry) and
/// [`Failed`](CallEvent::Failed) is the one that the caller gets; its text has the path as sent and the
/// service's message. A log that must not hold those uses [`Error::kind`], [`Error::status`] and
/// [`Error::code`], as the `Debug` output of the events does.
///
/// ```
/// use std::sync::atomic::{AtomicU64, Ordering};
/// use intercom_core::{CallEvent, CallInfo, Observer};
///
/// #[derive(Debug, Default)]
/// struct Retries(AtomicU64);
///
/// impl Observer for Retries {
///     fn observe(&self, _: &CallInfo<'_>, event: &CallEvent<'_>) {
///         if let CallEvent::Retry { .. } = event {
///             self.0.fetch_add(1, Ordering::Relaxed);
///         }
///     }
/// }
/// ```
pub trait Observer: fmt::Debug + Send + Sync {
    /// Receives an event.
    fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>);
}

/// One observer for many clients.
impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>) {
        (**self).observe(call, event);
    }
}

/// The call that an event is about.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallInfo<'a> {
    /// The number of the call, unique in this process.
    pub id: u64,
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its arguments in braces, such as `/contacts/{contact_id}`; empty for a
    /// [`RawRequest`](crate::RawRequest).
    pub path: &'static str,
    /// The requested version of the API.
    pub version: &'a ApiVersion,
}

/// A step of a call. Its `Debug` output leaves out the parts of errors that may be personal data.
#[non_exhaustive]
pub enum CallEvent<'a> {
    /// An attempt is being sent.
    #[non_exhaustive]
    Request {
        /// The number of the attempt, from 1.
        attempt: u32,
    },
    /// The head of a response arrived.
    #[non_exhaustive]
    Response {
        /// The number of the attempt, from 1.
        attempt: u32,
        /// The HTTP status.
        status: StatusCode,
        /// The request id to quote to Intercom support.
        request_id: Option<&'a str>,
        /// The time since the attempt was sent.
        elapsed: Duration,
    },
    /// An attempt got no response, or not all of it.
    #[non_exhaustive]
    Failure {
        /// The number of the attempt, from 1.
        attempt: u32,
        /// Why it failed.
        error: &'a TransportError,
        /// The time since the attempt was sent.
        elapsed: Duration,
    },
    /// The call will be retried.
    #[non_exhaustive]
    Retry {
        /// The number of the next attempt, from 1.
        attempt: u32,
        /// Why the last attempt failed.
        error: &'a Error,
        /// The wait before it.
        wait: Duration,
    },
    /// The call waits for the rate limit.
    #[non_exhaustive]
    Wait {
        /// How long.
        wait: Duration,
    },
    /// The call succeeded. If the body is streamed, it is still to be read.
    #[non_exhaustive]
    Done {
        /// The number of attempts.
        attempts: u32,
        /// The time since the call started.
        elapsed: Duration,
    },
    /// The call failed.
    #[non_exhaustive]
    Failed {
        /// The number of attempts.
        attempts: u32,
        /// Why it failed.
        error: &'a Error,
        /// The time since the call started.
        elapsed: Duration,
    },
    /// The call was dropped before it was over.
    #[non_exhaustive]
    Cancelled {
        /// The number of attempts.
        attempts: u32,
    },
}

/// The parts of an error that a log may hold.
struct Shown<'a>(&'a Error);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.kind())?;
        if let Some(status) = self.0.status() {
            write!(f, " {}", status.as_u16())?;
        }
        match self.0.code() {
            Some(code) => write!(f, " {code}"),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for CallEvent<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Request { attempt } => {
                f.debug_struct("Request").field("attempt", attempt).finish()
            }
            Self::Response {
                attempt,
                status,
                request_id,
                elapsed,
            } => f
                .debug_struct("Response")
                .field("attempt", attempt)
                .field("status", status)
                .field("request_id", request_id)
                .field("elapsed", elapsed)
                .finish(),
            Self::Failure {
                attempt,
                error,
                elapsed,
            } => f
                .debug_struct("Failure")
                .field("attempt", attempt)
                .field("error", &error.kind())
                .field("elapsed", elapsed)
                .finish(),
            Self::Retry {
                attempt,
                error,
                wait,
            } => f
                .debug_struct("Retry")
                .field("attempt", attempt)
                .field("error", &Shown(error))
                .field("wait", wait)
                .finish(),
            Self::Wait { wait } => f.debug_struct("Wait").field("wait", wait).finish(),
            Self::Done { attempts, elapsed } => f
                .debug_struct("Done")
                .field("attempts", attempts)
                .field("elapsed", elapsed)
                .finish(),
            Self::Failed {
                attempts,
                error,
                elapsed,
            } => f
                .debug_struct("Failed")
                .field("attempts", attempts)
                .field("error", &Shown(error))
                .field("elapsed", elapsed)
                .finish(),
            Self::Cancelled { attempts } => f
                .debug_struct("Cancelled")
                .field("attempts", attempts)
                .finish(),
        }
    }
}
