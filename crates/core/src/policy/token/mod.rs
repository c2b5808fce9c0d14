//! Access tokens and their providers.

mod blocking;
#[cfg(all(test, shuttle))]
mod interleavings;
mod provided;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderValue;

use crate::error::TokenErrorKind;

pub use self::blocking::TokenProvider as BlockingTokenProvider;
pub(crate) use self::provided::{Provided, ProvidedToken};

/// An access token of a workspace. It never shows in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Built once, instead of for each call; `None` if it cannot be sent.
    header: Option<HeaderValue>,
    text: Arc<str>,
}

impl AccessToken {
    /// Wraps a token, without the prefix `Bearer`.
    #[must_use]
    pub fn new(token: impl Into<Arc<str>>) -> Self {
        let text = token.into();
        let mut header = HeaderValue::try_from(format!("Bearer {text}")).ok();
        if let Some(header) = &mut header {
            header.set_sensitive(true);
        }
        Self { header, text }
    }

    /// Returns the value of the header `Authorization`, or why it cannot be sent.
    pub(crate) fn header(&self) -> Result<&HeaderValue, TokenErrorKind> {
        let text = self.text.trim();
        let prefix = text.get(.."Bearer ".len()).unwrap_or(text);
        if text.is_empty() {
            Err(TokenErrorKind::Missing)
        } else if prefix.eq_ignore_ascii_case("Bearer ") {
            Err(TokenErrorKind::BearerPrefix)
        } else {
            self.header.as_ref().ok_or(TokenErrorKind::Invalid)
        }
    }
}

impl From<&str> for AccessToken {
    fn from(token: &str) -> Self {
        Self::new(token)
    }
}

impl From<&String> for AccessToken {
    fn from(token: &String) -> Self {
        Self::new(token.as_str())
    }
}

impl From<String> for AccessToken {
    fn from(token: String) -> Self {
        Self::new(token)
    }
}

impl fmt::Debug for AccessToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("AccessToken(..)")
    }
}

/// Supplies access tokens, such as from a vault that rotates them.
///
/// A client requests a token for its first call and keeps it. When the service refuses the token with
/// 401, the client requests another, and sends the call again if it gets one, whatever its
/// [`RetryPolicy`](crate::RetryPolicy).
///
/// Calls of a client that need a token at the same time share one request to the provider, and its
/// result. Other clients, other processes, and calls that come ten seconds later make requests of
/// their own. So if creating a token revokes the previous one, a provider should create one only when
/// `refused` is its newest token, and return the newest token otherwise.
///
/// A provider must not call the API through the client that waits for it.
///
/// ```
/// use intercom_core::{AccessToken, TokenProvider};
///
/// #[derive(Debug)]
/// struct TokenFile(std::path::PathBuf);
///
/// #[async_trait::async_trait]
/// impl TokenProvider for TokenFile {
///     async fn token(
///         &self,
///         _refused: Option<&AccessToken>,
///     ) -> Result<AccessToken, Box<dyn std::error::Error + Send + Sync>> {
///         Ok(AccessToken::new(std::fs::read_to_string(&self.0)?.trim()))
///     }
/// }
/// ```
#[async_trait]
pub trait TokenProvider: fmt::Debug + Send + Sync {
    /// Returns the token to use from now on. `refused` is the token that the service has just refused,
    /// if any.
    ///
    /// Each call waits until its deadline. The future is dropped when no call waits for it any more.
    ///
    /// # Errors
    ///
    /// If there is no token. Calls then fail with an error of the kind
    /// [`TokenErrorKind::Provider`].
    async fn token(
        &self,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn Error + Send + Sync>>;
}

/// One provider for many clients.
#[async_trait]
impl<T: TokenProvider + ?Sized> TokenProvider for Arc<T> {
    async fn token(
        &self,
        refused: Option<&AccessToken>,
    ) -> Result<AccessToken, Box<dyn Error + Send + Sync>> {
        (**self).token(refused).await
    }
}
