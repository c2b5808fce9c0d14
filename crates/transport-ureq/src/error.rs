//! What ureq reports, in the terms of the core.

use std::error::Error as StdError;
use std::fmt;
use std::io;

use intercom_core::transport::{TransportError, TransportErrorKind};

/// How far an attempt had come when it failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stage {
    /// Looking up the host and opening the connection.
    Connecting,
    /// Making the TLS session.
    Securing,
    /// Sending the request and reading the reply.
    Exchanging {
        /// The connection had served before and gave no byte of this reply.
        stale: bool,
    },
}

/// An error of ureq with the stage at which it came.
///
/// ureq's own errors do not tell a connection that was never made from one that broke later. This
/// one travels through ureq as [`ureq::Error::Other`].
#[derive(Debug)]
pub(crate) struct Failure {
    stage: Stage,
    host: String,
    cause: ureq::Error,
}

impl Failure {
    pub(crate) fn new(stage: Stage, host: &str, cause: ureq::Error) -> Self {
        Self {
            stage,
            host: host.to_owned(),
            cause,
        }
    }

    fn kind(&self) -> TransportErrorKind {
        match (&self.cause, self.stage) {
            (ureq::Error::Timeout(_), _) => TransportErrorKind::Timeout,
            (_, Stage::Connecting) => TransportErrorKind::Connect,
            (_, Stage::Securing) => TransportErrorKind::Tls,
            (cause, Stage::Exchanging { .. }) if tls_error(cause).is_some() => {
                TransportErrorKind::Tls
            }
            (_, Stage::Exchanging { .. }) => TransportErrorKind::Closed,
        }
    }
}

impl From<Failure> for ureq::Error {
    fn from(failure: Failure) -> Self {
        Self::Other(Box::new(failure))
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let host = &self.host;
        match self.stage {
            Stage::Connecting => write!(f, "connecting to {host}"),
            Stage::Securing if is_unknown_issuer(&self.cause) => write!(
                f,
                "TLS handshake with {host}, whose certificate comes from no trusted root \
                 (a private root is added with `root_certificates`)"
            ),
            Stage::Securing => write!(f, "TLS handshake with {host}"),
            Stage::Exchanging { .. } => write!(f, "talking to {host}"),
        }
    }
}

impl StdError for Failure {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        match &self.cause {
            // Shown without the "io: " that ureq puts before it.
            ureq::Error::Io(error) => Some(error),
            other => Some(other),
        }
    }
}

/// Whether a connection out of the pool broke before it gave anything of a reply.
pub(crate) fn is_stale(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Other(inner) => inner
            .downcast_ref::<Failure>()
            .is_some_and(|failure| failure.stage == Stage::Exchanging { stale: true }),
        _ => false,
    }
}

/// The transport error for what ureq reports.
///
/// `sent_before`: an earlier attempt at the same request may have reached the server.
pub(crate) fn classify(error: ureq::Error, sent_before: bool) -> TransportError {
    let kind = match error {
        ureq::Error::Other(inner) => {
            return match inner.downcast::<Failure>() {
                Ok(failure) => {
                    let sent = sent_before || matches!(failure.stage, Stage::Exchanging { .. });
                    let error = TransportError::new(failure.kind()).with_source(failure);
                    if sent { error } else { error.not_sent() }
                }
                Err(other) => TransportError::new(TransportErrorKind::Other).with_source(other),
            };
        }
        ureq::Error::Io(error) => {
            return TransportError::new(TransportErrorKind::Closed).with_source(error);
        }
        ureq::Error::Timeout(_) => TransportErrorKind::Timeout,
        ureq::Error::Protocol(_)
        | ureq::Error::Http(_)
        | ureq::Error::LargeResponseHeader(..)
        | ureq::Error::BodyStalled => TransportErrorKind::Protocol,
        _ => TransportErrorKind::Other,
    };
    TransportError::new(kind).with_source(error)
}

/// The error for a deadline that had passed before anything was done.
pub(crate) fn too_late(sent_before: bool) -> TransportError {
    let error = TransportError::new(TransportErrorKind::Timeout);
    if sent_before { error } else { error.not_sent() }
}

fn tls_error(error: &ureq::Error) -> Option<&rustls::Error> {
    match error {
        ureq::Error::Rustls(error) => Some(error),
        ureq::Error::Io(error) => error.get_ref()?.downcast_ref(),
        _ => None,
    }
}

fn is_unknown_issuer(error: &ureq::Error) -> bool {
    matches!(
        tls_error(error),
        Some(rustls::Error::InvalidCertificate(
            rustls::CertificateError::UnknownIssuer
        ))
    )
}

/// The end of a connection where more should have come.
pub(crate) fn cut_off() -> ureq::Error {
    ureq::Error::Io(io::Error::new(
        io::ErrorKind::UnexpectedEof,
        "the server closed the connection before it replied",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reset() -> ureq::Error {
        ureq::Error::Io(io::ErrorKind::ConnectionReset.into())
    }

    fn classified(
        stage: Stage,
        cause: ureq::Error,
        sent_before: bool,
    ) -> (TransportErrorKind, bool) {
        let error = classify(
            Failure::new(stage, "example.com", cause).into(),
            sent_before,
        );
        (error.kind(), error.sent())
    }

    #[test]
    fn what_fails_before_the_exchange_was_not_sent() {
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
    fn what_fails_in_the_exchange_counts_as_sent() {
        let stage = Stage::Exchanging { stale: true };
        assert_eq!(
            classified(stage, reset(), false),
            (TransportErrorKind::Closed, true)
        );
        assert!(classify(ureq::Error::Timeout(ureq::Timeout::Global), false).sent());
    }

    #[test]
    fn a_second_attempt_does_not_hide_that_the_first_was_sent() {
        assert_eq!(
            classified(Stage::Connecting, reset(), true),
            (TransportErrorKind::Connect, true)
        );
        assert!(too_late(true).sent());
    }

    #[test]
    fn an_error_says_where_and_why() {
        let refused = io::Error::new(io::ErrorKind::ConnectionRefused, "nobody listens");
        let error = Failure::new(Stage::Connecting, "example.com", ureq::Error::Io(refused));
        assert_eq!(
            classify(error.into(), false).to_string(),
            "no connection could be made: connecting to example.com: nobody listens"
        );
    }

    #[test]
    fn an_unknown_root_names_the_fix() {
        let unknown = rustls::Error::InvalidCertificate(rustls::CertificateError::UnknownIssuer);
        let error = Failure::new(Stage::Securing, "example.com", ureq::Error::Rustls(unknown));
        assert!(
            classify(error.into(), false)
                .to_string()
                .contains("`root_certificates`")
        );
    }
}
