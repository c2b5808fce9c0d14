//! Requests without a response, or without all of it.

use std::error::Error;
use std::fmt;

/// A request got no response, or the body of its response broke off.
///
/// Its text names the causes too, on one line: `connecting to api.intercom.io:443: Connection refused
/// (os error 111)`. [`source`](Error::source) returns the first of them.
#[derive(Debug)]
pub struct TransportError {
    kind: TransportErrorKind,
    may_have_been_sent: bool,
    peer: Option<String>,
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
            peer: None,
            source: None,
        }
    }

    /// Marks the request as certainly not received by the server, so that it may be sent again.
    #[must_use]
    pub fn not_sent(mut self) -> Self {
        self.may_have_been_sent = false;
        self
    }

    /// Names the host and port at the other end, such as `api.intercom.io:443`.
    #[must_use]
    pub fn with_peer(mut self, peer: impl Into<String>) -> Self {
        self.peer = Some(peer.into());
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

    /// Returns the host and port at the other end, if the transport named them.
    #[must_use]
    pub fn peer(&self) -> Option<&str> {
        self.peer.as_deref()
    }

    /// Converts the error of a body that was being read: returns the transport error that it is or
    /// contains, or else one of a broken connection or a timeout.
    #[must_use]
    pub fn from_body_error(error: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        let error = match error.into().downcast::<Self>() {
            Ok(error) => return *error,
            Err(error) => error,
        };
        let error = match error.downcast::<std::io::Error>() {
            Ok(error) => *error,
            Err(error) => return Self::new(TransportErrorKind::Closed).with_source(error),
        };
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
        match (self.kind, &self.peer) {
            (TransportErrorKind::Connect, Some(peer)) => write!(f, "connecting to {peer}")?,
            (TransportErrorKind::Tls, Some(peer)) => write!(f, "TLS handshake with {peer}")?,
            (TransportErrorKind::Closed, Some(peer)) => {
                write!(f, "the connection to {peer} broke")?;
            }
            (kind, _) => f.write_str(kind.describe())?,
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn refused() -> std::io::Error {
        std::io::Error::new(std::io::ErrorKind::ConnectionRefused, "nobody listens")
    }

    #[test]
    fn the_text_has_the_peer_and_the_whole_chain_and_the_source_is_the_cause() {
        let error = TransportError::new(TransportErrorKind::Connect)
            .with_peer("api.intercom.io:443")
            .with_source(refused());
        let text = "connecting to api.intercom.io:443: nobody listens";
        assert_eq!(error.to_string(), text);
        assert_eq!(error.source().unwrap().to_string(), "nobody listens");
    }

    #[test]
    fn a_transport_error_in_an_error_of_a_body_is_found() {
        let inner = || TransportError::new(TransportErrorKind::Timeout).not_sent();
        for error in [
            TransportError::from_body_error(inner()),
            TransportError::from_body_error(std::io::Error::other(inner())),
        ] {
            assert_eq!(error.kind(), TransportErrorKind::Timeout);
            assert!(!error.may_have_been_sent());
        }
        let other = TransportError::from_body_error(refused());
        assert_eq!(other.kind(), TransportErrorKind::Closed);
        let late =
            TransportError::from_body_error(std::io::Error::from(std::io::ErrorKind::TimedOut));
        assert_eq!(late.kind(), TransportErrorKind::Timeout);
    }
}
