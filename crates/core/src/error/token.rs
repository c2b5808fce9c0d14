//! Calls without an access token.

use std::fmt;
use std::sync::Arc;

use super::api::ApiError;
use super::info::RequestInfo;

/// There was no usable access token for a call.
#[derive(Debug)]
#[non_exhaustive]
pub struct TokenError {
    /// The request.
    pub info: RequestInfo,
    /// Why there was none.
    pub kind: TokenErrorKind,
    /// The 401 that refused the previous token, if there was one.
    pub refusal: Option<Box<ApiError>>,
}

/// Why there was no usable access token.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum TokenErrorKind {
    /// The token is empty.
    Missing,
    /// The token contains a line break or another character that cannot be sent.
    Invalid,
    /// The token starts with `Bearer `, which the client adds itself.
    BearerPrefix,
    /// The [`TokenProvider`](crate::TokenProvider) failed.
    Provider(Arc<dyn std::error::Error + Send + Sync>),
    /// The [`TokenProvider`](crate::TokenProvider) took longer than the call had time.
    Timeout,
}

impl fmt::Display for TokenErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str(
                "the access token is empty: pass one to `Config::new` or set a token provider",
            ),
            Self::Invalid => f.write_str(
                "the access token contains a line break or another character that cannot be sent",
            ),
            Self::BearerPrefix => f.write_str(
                "the access token starts with `Bearer `: pass the token alone, the client adds the prefix",
            ),
            Self::Provider(error) => write!(f, "the token provider failed: {error}"),
            Self::Timeout => f.write_str("the token provider did not return a token in time"),
        }
    }
}

impl fmt::Display for TokenError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({}", self.kind, self.info)?;
        f.write_str(match self.refusal {
            Some(_) => ", after a 401)",
            None => ")",
        })
    }
}

impl std::error::Error for TokenError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.kind {
            TokenErrorKind::Provider(error) => Some(&**error),
            _ => None,
        }
    }
}
