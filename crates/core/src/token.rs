//! The access token, and where it comes from.

mod provided;

use std::error::Error;
use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use http::HeaderValue;

pub(crate) use self::provided::{Provided, ProvidedToken};

/// A token that gives access to a workspace. It never shows in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// Made once, and not again for each call; `None` where it cannot be sent.
    header: Option<HeaderValue>,
    text: Arc<str>,
}

impl AccessToken {
    /// The token, without `Bearer`.
    #[must_use]
    pub fn new(token: impl Into<Arc<str>>) -> Self {
        let text = token.into();
        let mut header = HeaderValue::try_from(format!("Bearer {text}"))
            .ok()
            .filter(|_| !text.trim().is_empty());
        if let Some(header) = &mut header {
            header.set_sensitive(true);
        }
        Self { header, text }
    }

    /// The value of the header `Authorization`.
    pub(crate) const fn header(&self) -> Option<&HeaderValue> {
        self.header.as_ref()
    }
}

impl From<&str> for AccessToken {
    fn from(token: &str) -> Self {
        Self::new(token)
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

/// Gives access tokens, such as from a vault where they are replaced from time to time.
///
/// A client asks at its first call and keeps the token. When the service refuses it with 401, the
/// client asks once more, and sends the call again if it is given another, whatever its
/// [`RetryPolicy`](crate::RetryPolicy).
///
/// Calls of a client that need the same at the same time, such as another token than the one that all
/// of them were refused, ask once and share what is given, or why nothing is. Other clients, other
/// processes, and calls that come ten seconds later, ask for themselves. So a provider must not make a
/// new token, which ends the one before, each time that it is asked, but only where the newest is the
/// one that was refused; else it gives the newest. It must not use the client that waits for it.
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
    /// A token to use from now on. `refused` is the one that the service has just refused, if any.
    ///
    /// Each call waits for it up to its deadline. The future is dropped when none is left that does.
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

/// The same for programs without an async runtime.
pub(crate) mod blocking {
    use std::error::Error;
    use std::fmt;
    use std::sync::Arc;

    use super::AccessToken;

    /// Gives access tokens, blocking the thread; otherwise as
    /// [`TokenProvider`](crate::TokenProvider) says.
    pub trait TokenProvider: fmt::Debug + Send + Sync {
        /// A token to use from now on. `refused` is the one that the service has just refused, if
        /// any.
        ///
        /// It should not take longer than a call may: nothing ends it, and a call whose time is over
        /// by then fails.
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
}
