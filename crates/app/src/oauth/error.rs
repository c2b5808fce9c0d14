//! Errors of the exchange.

use std::fmt;

use http::StatusCode;
use intercom_core::TransportError;

/// Why a code was not exchanged.
#[derive(Debug)]
#[non_exhaustive]
pub enum OAuthError {
    /// The code is empty.
    NoCode,
    /// The base URL of the API is not valid.
    BaseUrl(String),
    /// There is no response. The code may have been used, which works once: restart with
    /// [`authorize_url`](super::App::authorize_url).
    Transport(TransportError),
    /// Intercom refused: 401 for a code that is wrong or was used, and for wrong client credentials.
    Refused {
        /// The status.
        status: StatusCode,
        /// The message, if the body has one.
        message: Option<String>,
        /// The id to quote to Intercom support.
        request_id: Option<String>,
    },
    /// The response is a success, but it has no access token.
    NoToken {
        /// What was read.
        problem: String,
    },
}

impl OAuthError {
    /// Returns `true` if the code is wrong or was used, or the client credentials are wrong.
    #[must_use]
    pub fn is_unauthorized(&self) -> bool {
        matches!(self, Self::Refused { status, .. } if *status == StatusCode::UNAUTHORIZED)
    }
}

impl fmt::Display for OAuthError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("exchanging the code: ")?;
        match self {
            Self::NoCode => f.write_str("the code is empty"),
            Self::BaseUrl(problem) => f.write_str(problem),
            Self::Transport(error) => error.fmt(f),
            Self::Refused {
                status,
                message,
                request_id,
            } => {
                write!(f, "{}", status.as_u16())?;
                if let Some(message) = message {
                    write!(f, " {message}")?;
                }
                match request_id {
                    Some(id) => write!(f, " (request {id})"),
                    None => Ok(()),
                }
            }
            Self::NoToken { problem } => {
                write!(f, "the response has no access token: {problem}")
            }
        }
    }
}

impl std::error::Error for OAuthError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Transport(error) => Some(error),
            _ => None,
        }
    }
}
