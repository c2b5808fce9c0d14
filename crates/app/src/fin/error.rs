//! Errors of the stream.

use std::error::Error;
use std::fmt;

use http::StatusCode;
use intercom_core::TransportError;

/// Why a stream of events ended.
#[derive(Debug)]
#[non_exhaustive]
pub enum EventsError {
    /// The URL of the subscription is not valid.
    Url(String),
    /// No connection, or a broken one, for as often as it is tried again.
    Transport(TransportError),
    /// The token of the URL is no longer valid: it lives for three minutes, and is revoked once Fin waits
    /// for the user or is done. Reply to Fin for a new URL.
    Expired,
    /// Intercom refused the subscription.
    Refused {
        /// The status.
        status: StatusCode,
    },
    /// The response is not a stream of events.
    NotAStream {
        /// Its content type.
        content_type: String,
    },
    /// An event is longer than the limit, in bytes.
    TooLong {
        /// The limit.
        limit: usize,
    },
    /// The data of an event is not the JSON of one.
    Unreadable(String),
}

impl fmt::Display for EventsError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("events of Fin: ")?;
        match self {
            Self::Url(problem) => f.write_str(problem),
            Self::Transport(error) => error.fmt(f),
            Self::Expired => f.write_str("the token of the subscription URL has expired"),
            Self::Refused { status } => write!(f, "refused with {}", status.as_u16()),
            Self::NotAStream { content_type } => {
                write!(
                    f,
                    "the response is `{content_type}`, not `text/event-stream`"
                )
            }
            Self::TooLong { limit } => write!(f, "an event is longer than {limit} bytes"),
            Self::Unreadable(problem) => write!(f, "an event cannot be read: {problem}"),
        }
    }
}

impl Error for EventsError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
