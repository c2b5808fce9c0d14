//! Why there was no access token.

use std::fmt;
use std::sync::Arc;

use super::{ApiError, Subject};

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
