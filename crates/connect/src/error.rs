//! Why a transport cannot be made.

use std::error::Error;
use std::fmt;

use crate::BoxError;

/// Why no transport could be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no root certificate to trust.
    NoRoots(BoxError),
    /// One of the given root certificates cannot be read.
    #[non_exhaustive]
    BadRoot {
        /// Which one, counted from 0.
        index: usize,
        /// What is wrong with it.
        source: BoxError,
    },
    /// The client certificate or its key cannot be used.
    BadClientCertificate(BoxError),
    /// The proxy is not one that can be used.
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
                "root certificate {index} cannot be read: `root_certificates` takes X.509 in DER \
                 or PEM"
            ),
            Self::BadClientCertificate(_) => f.write_str(
                "the client certificate cannot be used: `client_certificate` takes its chain, and \
                 its key as PKCS#8, PKCS#1 or SEC1, in DER or PEM",
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
            // Said in full above.
            Self::BadProxy(_) => None,
        }
    }
}
