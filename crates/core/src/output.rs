//! Replies that are not JSON.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, header};

/// A reply without content.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Empty;

/// A reply that is read, and on the server's side written, in its own way instead of as JSON.
pub trait FromReply: Sized {
    /// Whether there is a body on success.
    const REPLIES: bool = true;

    /// Whether a redirect is the answer, and not an error.
    const REDIRECTS: bool = false;

    /// The media type to ask for.
    const ACCEPT: &'static str = "application/json";

    /// Reads the reply of a success.
    fn from_reply(headers: &HeaderMap, body: &Bytes) -> Result<Self, serde_json::Error>;

    /// What a server answers.
    fn to_reply(&self) -> http::Response<Bytes>;
}

impl FromReply for Empty {
    const REPLIES: bool = false;

    fn from_reply(_: &HeaderMap, _: &Bytes) -> Result<Self, serde_json::Error> {
        Ok(Self)
    }

    fn to_reply(&self) -> http::Response<Bytes> {
        http::Response::default()
    }
}

/// The reply as it came, such as a gzipped CSV. For one of any size, see
/// [`Client::download`](crate::Client::download).
impl FromReply for Bytes {
    const ACCEPT: &'static str = "application/octet-stream";

    fn from_reply(_: &HeaderMap, body: &Bytes) -> Result<Self, serde_json::Error> {
        Ok(body.clone())
    }

    fn to_reply(&self) -> http::Response<Bytes> {
        http::Response::new(self.clone())
    }
}

/// The reply as text. Bytes that are no UTF-8 are replaced.
impl FromReply for String {
    const ACCEPT: &'static str = "text/plain";

    fn from_reply(_: &HeaderMap, body: &Bytes) -> Result<Self, serde_json::Error> {
        Ok(Self::from_utf8_lossy(body).into_owned())
    }

    fn to_reply(&self) -> http::Response<Bytes> {
        http::Response::new(Bytes::from(self.clone()))
    }
}

/// A reply that is the address of something elsewhere.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Redirect {
    /// The address. It is often signed, and valid for a short time.
    pub location: String,
}

impl Redirect {
    /// A redirect to this address.
    #[must_use]
    pub fn new(location: impl Into<String>) -> Self {
        Self {
            location: location.into(),
        }
    }
}

/// Shows the address without its query, where signatures are.
impl fmt::Debug for Redirect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = self.location.split(['?', '#']).next().unwrap_or_default();
        f.debug_struct("Redirect")
            .field("location", &shown)
            .finish()
    }
}

impl FromReply for Redirect {
    const REPLIES: bool = false;
    const REDIRECTS: bool = true;

    fn from_reply(headers: &HeaderMap, _: &Bytes) -> Result<Self, serde_json::Error> {
        let location = headers
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok());
        location
            .map(Self::new)
            .ok_or_else(|| serde::de::Error::custom("expected a redirect with a header `Location`"))
    }

    fn to_reply(&self) -> http::Response<Bytes> {
        let mut response = http::Response::default();
        *response.status_mut() = http::StatusCode::FOUND;
        if let Ok(location) = http::HeaderValue::from_str(&self.location) {
            response.headers_mut().insert(header::LOCATION, location);
        }
        response
    }
}
