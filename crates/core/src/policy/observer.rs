//! Watching calls: for logs, and for metrics.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;

use crate::error::{Error, TransportError};
use crate::wire::{ApiVersion, Method};

/// Is told what happens to the calls of a client.
///
/// It is called by the call itself, between its steps, so it should be quick.
///
/// No token, query or body is among what it is told, and [`CallInfo`] has paths without their
/// arguments, which often are personal data: an external id may be an email. The `error` of
/// [`Retry`](CallEvent::Retry) and [`Failed`](CallEvent::Failed) is what the caller gets, and its text
/// has the path as it was sent, and the service's words. A log that must not hold those takes
/// [`Error::kind`], [`Error::status`] and [`Error::code`] instead, as the `Debug` of the events does.
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
    /// Something happened to a call.
    fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>);
}

/// One observer for many clients.
impl<T: Observer + ?Sized> Observer for Arc<T> {
    fn observe(&self, call: &CallInfo<'_>, event: &CallEvent<'_>) {
        (**self).observe(call, event);
    }
}

/// The call that something happened to.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct CallInfo<'a> {
    /// Which call it is: a number that no other call of this process has.
    pub id: u64,
    /// The endpoint, such as `contacts::Get`.
    pub endpoint: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its arguments in braces, such as `/contacts/{contact_id}`; empty for a
    /// [`RawRequest`](crate::RawRequest).
    pub path: &'static str,
    /// The version that is asked for.
    pub version: &'a ApiVersion,
}

/// What happened to a call. Its `Debug` shows of an error what holds no personal data.
#[non_exhaustive]
pub enum CallEvent<'a> {
    /// An attempt is sent.
    #[non_exhaustive]
    Request {
        /// Which attempt it is, from 1.
        attempt: u32,
    },
    /// The head of a response came.
    #[non_exhaustive]
    Response {
        /// Which attempt it answers, from 1.
        attempt: u32,
        /// The status.
        status: StatusCode,
        /// What to name to Intercom's support.
        request_id: Option<&'a str>,
        /// The time since the attempt was sent.
        elapsed: Duration,
    },
    /// An attempt got no response, or not all of it.
    #[non_exhaustive]
    Failure {
        /// Which attempt it was, from 1.
        attempt: u32,
        /// What happened.
        error: &'a TransportError,
        /// The time since the attempt was sent.
        elapsed: Duration,
    },
    /// There will be another attempt.
    #[non_exhaustive]
    Retry {
        /// Which attempt it will be, from 1.
        attempt: u32,
        /// Why the one before was not enough.
        error: &'a Error,
        /// The wait before it.
        wait: Duration,
    },
    /// The rate limit holds the call back.
    #[non_exhaustive]
    Wait {
        /// For so long.
        wait: Duration,
    },
    /// The call has its reply. Of one that is streamed, the body is still to come.
    #[non_exhaustive]
    Done {
        /// How many attempts there were.
        attempts: u32,
        /// The time since the call began.
        elapsed: Duration,
    },
    /// The call failed.
    #[non_exhaustive]
    Failed {
        /// How many attempts there were.
        attempts: u32,
        /// Why it failed.
        error: &'a Error,
        /// The time since the call began.
        elapsed: Duration,
    },
    /// The call was dropped before it was over.
    #[non_exhaustive]
    Cancelled {
        /// How many attempts there were.
        attempts: u32,
    },
}

/// What a log may hold of an error.
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
