//! Errors of ureq, as transport errors.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use intercom_connect::{Context, ProxyError, hint, rejected_client};
use intercom_core::transport::{TransportError, TransportErrorKind};

type BoxError = Box<dyn StdError + Send + Sync>;

/// How far an attempt got before it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Name lookup, TCP, and the tunnel through a proxy.
    Connecting,
    /// The TLS handshake.
    Securing,
    /// Sending the request and reading the response.
    Exchanging,
}

/// An error of ureq, with the stage at which it happened.
///
/// The errors of ureq do not distinguish a connection that was never made from one that broke later.
/// This one passes through ureq as [`ureq::Error::Other`].
#[derive(Debug)]
pub(crate) struct Failure {
    stage: Stage,
    peer: String,
    cause: ureq::Error,
}

impl Failure {
    /// `peer` is the host and port.
    pub(crate) fn new(stage: Stage, peer: &str, cause: ureq::Error) -> Self {
        Self {
            stage,
            peer: peer.to_owned(),
            cause,
        }
    }

    fn kind(&self) -> TransportErrorKind {
        match (&self.cause, self.stage) {
            (ureq::Error::Timeout(_), _) => TransportErrorKind::Timeout,
            (ureq::Error::Other(error), Stage::Connecting)
                if error.downcast_ref().is_some_and(ProxyError::is_refusal) =>
            {
                TransportErrorKind::Refused
            }
            (_, Stage::Connecting) => TransportErrorKind::Connect,
            (_, Stage::Securing) => TransportErrorKind::Tls,
            (cause, Stage::Exchanging) if tls_error(cause).is_some() => TransportErrorKind::Tls,
            (_, Stage::Exchanging) => TransportErrorKind::Closed,
        }
    }

    /// Whether the server may have acted on the request.
    fn may_have_been_sent(&self) -> bool {
        // With TLS 1.3, the client may send before the server has accepted its certificate. A server
        // processes nothing before it has.
        let unwelcome = || tls_error(&self.cause).and_then(rejected_client).is_some();
        matches!(self.stage, Stage::Exchanging) && !unwelcome()
    }

    fn into_error(self) -> TransportError {
        let kind = self.kind();
        let sent = self.may_have_been_sent();
        let hint = tls_error(&self.cause).and_then(hint);
        let cause: BoxError = match self.cause {
            // Without the "io: " that ureq adds.
            ureq::Error::Io(error) => error.into(),
            ureq::Error::Other(error) => error,
            ureq::Error::Timeout(_) => {
                let peer = &self.peer;
                let late = match self.stage {
                    Stage::Connecting => format!("connecting to {peer} took too long"),
                    Stage::Securing => format!("the TLS handshake with {peer} took too long"),
                    Stage::Exchanging => "the response had not ended".to_owned(),
                };
                late.into()
            }
            other => other.into(),
        };
        let cause = match hint {
            Some(hint) => Context::new(hint, cause).into(),
            None => cause,
        };
        let error = TransportError::new(kind)
            .with_peer(self.peer)
            .with_source(cause);
        if sent { error } else { error.not_sent() }
    }
}

impl From<Failure> for ureq::Error {
    fn from(failure: Failure) -> Self {
        Self::Other(Box::new(failure))
    }
}

/// Never shown: what reaches a caller is the [`TransportError`] that is made of it.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl StdError for Failure {}

/// Converts an error of ureq. `begun` says whether any of the request was given to a connection.
pub(crate) fn classify(error: ureq::Error, begun: bool) -> TransportError {
    let (error, sent) = match error {
        ureq::Error::Other(inner) => match inner.downcast::<Failure>() {
            Ok(failure) => {
                let error = failure.into_error();
                let sent = error.may_have_been_sent();
                (error, sent)
            }
            Err(inner) => {
                let kind = if inner.is::<HeadTooLarge>() {
                    TransportErrorKind::Refused
                } else {
                    TransportErrorKind::Other
                };
                (TransportError::new(kind).with_source(inner), true)
            }
        },
        ureq::Error::Io(error) => {
            let error = TransportError::new(TransportErrorKind::Closed).with_source(error);
            (error, true)
        }
        ureq::Error::Timeout(_) if begun => {
            let error = TransportError::new(TransportErrorKind::Timeout);
            let source = "the request was sent, the response had not ended";
            (error.with_source(source), true)
        }
        ureq::Error::Timeout(_) => (too_late(), false),
        error => {
            let kind = match error {
                ureq::Error::Protocol(_)
                | ureq::Error::Http(_)
                | ureq::Error::LargeResponseHeader(..)
                | ureq::Error::BodyStalled => TransportErrorKind::Protocol,
                _ => TransportErrorKind::Other,
            };
            (TransportError::new(kind).with_source(error), true)
        }
    };
    if begun && sent {
        error
    } else {
        error.not_sent()
    }
}

/// The deadline passed before anything was sent.
pub(crate) fn too_late() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
        .with_source("the request was not sent yet")
        .not_sent()
}

fn tls_error(error: &ureq::Error) -> Option<&rustls::Error> {
    match error {
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        ureq::Error::Other(error) => error.downcast_ref(),
        _ => None,
    }
}

/// The connection ended before the response.
pub(crate) fn cut_off() -> ureq::Error {
    ureq::Error::Io(io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the server closed the connection before it replied",
    ))
}

/// The head of the request does not fit into the buffer.
#[derive(Debug)]
struct HeadTooLarge;

impl fmt::Display for HeadTooLarge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the head of the request is too large")
    }
}

impl StdError for HeadTooLarge {}

pub(crate) fn head_too_large() -> ureq::Error {
    ureq::Error::Other(Box::new(HeadTooLarge))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reset() -> ureq::Error {
        ureq::Error::Io(io::ErrorKind::ConnectionReset.into())
    }

    fn classified(stage: Stage, cause: ureq::Error, begun: bool) -> (TransportErrorKind, bool) {
        let error = classify(Failure::new(stage, "example.com", cause).into(), begun);
        (error.kind(), error.may_have_been_sent())
    }

    #[test]
    fn a_failure_before_the_exchange_means_nothing_was_sent() {
        use TransportErrorKind::{Connect, Timeout, Tls};
        let late = || ureq::Error::Timeout(ureq::Timeout::Global);
        assert_eq!(
            classified(Stage::Connecting, reset(), false),
            (Connect, false)
        );
        assert_eq!(
            classified(Stage::Connecting, late(), false),
            (Timeout, false)
        );
        assert_eq!(classified(Stage::Securing, reset(), false), (Tls, false));
        assert_eq!(classified(Stage::Securing, late(), false), (Timeout, false));
    }

    #[test]
    fn a_failure_after_the_first_byte_counts_as_sent() {
        use TransportErrorKind::{Closed, Refused, Timeout};
        let late = || ureq::Error::Timeout(ureq::Timeout::Global);
        let of = |error: ureq::Error, begun| {
            let error = classify(error, begun);
            (error.kind(), error.may_have_been_sent())
        };
        assert_eq!(classified(Stage::Exchanging, reset(), true), (Closed, true));
        assert_eq!(of(late(), true), (Timeout, true));
        assert_eq!(of(late(), false), (Timeout, false));
        assert_eq!(of(head_too_large(), false), (Refused, false));
    }

    #[test]
    fn an_error_says_where_and_why() {
        let refused = io::Error::new(io::ErrorKind::ConnectionRefused, "nobody listens");
        let error = Failure::new(
            Stage::Connecting,
            "example.com:443",
            ureq::Error::Io(refused),
        );
        assert_eq!(
            classify(error.into(), false).to_string(),
            "connecting to example.com:443: nobody listens"
        );
    }

    #[test]
    fn an_unknown_root_names_the_fix() {
        let unknown = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let unknown = ureq::Error::Io(io::Error::new(io::ErrorKind::InvalidData, unknown));
        let error = Failure::new(Stage::Securing, "example.com", unknown);
        assert!(
            classify(error.into(), false)
                .to_string()
                .contains("`root_certificates`")
        );
    }
}
