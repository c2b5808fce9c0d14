//! Requests without a response, or without all of it.

use std::error::Error;
use std::fmt;

/// A request got no response, or the body of its response broke off.
///
/// Its text names the causes too, on one line, and [`source`](Error::source) returns the first of
/// them.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    may_have_been_sent: bool,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// Why a request failed on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// No connection: the host is unknown, unreachable, or refuses connections.
    Connect,
    /// The TLS handshake failed, most often because the certificate is not trusted.
    Tls,
    /// The deadline passed.
    Timeout,
    /// The connection broke.
    Closed,
    /// The response was not valid HTTP, or not what its head announced.
    Protocol,
    /// The body was announced as gzip but is not valid gzip, or is truncated.
    Encoding,
    /// The request was refused before it was sent: plain http to another machine, or a proxy that
    /// does not let it through. Another attempt gets the same result.
    Refused,
    /// Anything else.
    Other,
}

impl TransportErrorKind {
    const fn describe(self) -> &'static str {
        match self {
            Self::Connect => "no connection",
            Self::Tls => "the TLS handshake failed",
            Self::Timeout => "the deadline passed",
            Self::Closed => "the connection broke",
            Self::Protocol => "the response was not valid HTTP",
            Self::Encoding => "the body was not valid gzip",
            Self::Refused => "the request was not sent",
            Self::Other => "the transport failed",
        }
    }
}

impl TransportError {
    /// Creates an error of a request that the server may have received, in full or in part.
    ///
    /// A write that may have been sent is not repeated. If the server certainly received nothing, add
    /// [`not_sent`](Self::not_sent).
    #[must_use]
    pub const fn new(kind: TransportErrorKind) -> Self {
        Self {
            kind,
            may_have_been_sent: true,
            source: None,
        }
    }

    /// Marks the request as certainly not received by the server, so that it may be sent again.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.may_have_been_sent = false;
        self
    }

    /// Adds the cause.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub const fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the server may have received the request.
    #[must_use]
    pub const fn may_have_been_sent(&self) -> bool {
        self.may_have_been_sent
    }

    /// Converts the error of a body that was being read: returns the transport error inside, or else
    /// one of a broken connection or a timeout.
    #[must_use]
    pub fn from_body_error(error: std::io::Error) -> Self {
        let kind = match error.kind() {
            std::io::ErrorKind::TimedOut | std::io::ErrorKind::WouldBlock => {
                TransportErrorKind::Timeout
            }
            _ => TransportErrorKind::Closed,
        };
        error
            .downcast::<Self>()
            .unwrap_or_else(|error| Self::new(kind).with_source(error))
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.describe())?;
        let mut source = self.source();
        let mut last = String::new();
        while let Some(error) = source {
            let text = error.to_string();
            // Many errors repeat their source in their own text.
            if !last.contains(&text) {
                write!(f, ": {text}")?;
            }
            last = text;
            source = error.source();
        }
        Ok(())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(&**self.source.as_ref()?)
    }
}
