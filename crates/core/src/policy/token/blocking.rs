//! The token provider of programs without an async runtime.

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use super::AccessToken;

/// Supplies access tokens, blocking the thread; otherwise like
/// [`TokenProvider`](crate::TokenProvider).
pub trait TokenProvider: fmt::Debug + Send + Sync {
    /// Returns the token to use from now on. `refused` is the token that the service has just
    /// refused, if any.
    ///
    /// It should not take longer than a call may: it is not interrupted, and the call fails if
    /// its deadline has passed by then.
    ///
    /// # Errors
    ///
    /// If there is no token.
    fn token(
        &self,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn Error + Send + Sync>>;
}

/// One provider for many clients.
impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    fn token(
        &self,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
        (**self).token(refused)
    }
}
