//! The error of setting up a transport.

use std::error::Error;
use std::fmt;

use crate::BoxError;

/// The options of a transport cannot be used.
///
/// Its text leaves out its [`source`](Error::source).
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// There are no root certificates to trust.
    NoRoots(BoxError),
    /// A root certificate that was given cannot be read.
    #[non_exhaustive]
    BadRoot {
        /// Its position among those given, from 0.
        index: usize,
        /// Why it cannot be read.
        source: BoxError,
    },
    /// The client certificate or its key cannot be used.
    BadClientCertificate(BoxError),
    /// The proxy cannot be used.
    BadProxy(String),
    /// TLS could not be set up.
    Tls(BoxError),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoots(_) => f.write_str(
                "no root certificates to trust: install the platform's (often the package \
                 ca-certificates), or give some with `root_certificates`",
            ),
            Self::BadRoot { index, .. } => write!(
                f,
                "root certificate {index} cannot be read: `root_certificates` takes X.509 \
                 certificates in DER or PEM"
            ),
            Self::BadClientCertificate(_) => f.write_str(
                "the client certificate cannot be used: `client_certificate` takes a chain, and a \
                 key in PKCS#8, PKCS#1 or SEC1, each in DER or PEM",
            ),
            Self::BadProxy(why) => write!(f, "the proxy cannot be used: {why}"),
            Self::Tls(_) => f.write_str("TLS could not be set up"),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoRoots(source)
            | Self::BadRoot { source, .. }
            | Self::BadClientCertificate(source)
            | Self::Tls(source) => Some(&**source),
            Self::BadProxy(_) => None,
        }
    }
}
