//! Replies that are not JSON.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, header};
use serde::de::IgnoredAny;

use crate::error::UnreadableReply;

/// A reply without content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Empty;

/// A reply that is not read as JSON.
///
/// The server half of the same types is `server::ToReply`, with the feature `server`.
pub trait FromReply: Sized {
    /// Whether a successful reply has a body.
    const HAS_BODY: bool = true;

    /// Whether a redirect is a success, not an error.
    const REDIRECTS: bool = false;

    /// The media type to request.
    const ACCEPT: &'static str = "application/json";

    /// Reads a successful reply.
    ///
    /// # Errors
    ///
    /// If the reply does not have the expected body or headers.
    fn from_reply(headers: &HeaderMap, body: &Bytes) -> Result<Self, UnreadableReply>;
}

/// Any JSON is accepted and skipped. Anything else is an error: it is more likely the page of a proxy than
/// the reply of the service.
impl FromReply for Empty {
    const HAS_BODY: bool = false;

    fn from_reply(_: &HeaderMap, body: &Bytes) -> Result<Self, UnreadableReply> {
        if !body.trim_ascii().is_empty() {
            serde_json::from_slice::<IgnoredAny>(body)?;
        }
        Ok(Self)
    }
}

/// The body as received, such as a gzipped CSV. For a file of any size, use
/// [`Client::download`](crate::Client::download).
impl FromReply for Bytes {
    const ACCEPT: &'static str = "application/octet-stream";

    fn from_reply(_: &HeaderMap, body: &Bytes) -> Result<Self, UnreadableReply> {
        Ok(body.clone())
    }
}

/// The body as text. Bytes that are not UTF-8 are replaced.
impl FromReply for String {
    const ACCEPT: &'static str = "text/plain";

    fn from_reply(_: &HeaderMap, body: &Bytes) -> Result<Self, UnreadableReply> {
        Ok(Self::from_utf8_lossy(body).into_owned())
    }
}

/// A reply that redirects to another URL.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redirect {
    /// The URL. It is often signed, and valid for a short time.
    pub location: String,
}

impl Redirect {
    /// Creates a redirect to this URL.
    #[must_use]
    pub fn new(location: impl Into<String>) -> Self {
        Self {
            location: location.into(),
        }
    }
}

/// Shows the URL without its query, which may be signed.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.location.split(['?', '#']).next().unwrap_or_default();
        f.debug_struct("Redirect")
            .field("location", &shown)
            .finish()
    }
}

impl FromReply for Redirect {
    const HAS_BODY: bool = false;
    const REDIRECTS: bool = true;

    fn from_reply(headers: &HeaderMap, _: &Bytes) -> Result<Self, UnreadableReply> {
        headers
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok())
            .map(Self::new)
            .ok_or_else(|| UnreadableReply::missing_header("location"))
    }
}
