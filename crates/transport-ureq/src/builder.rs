//! The options of a transport.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use ureq::Agent;
use ureq::config::{AutoHeaderValue, Config};
use ureq::tls::{TlsConfig, TlsProvider};

use crate::connect::{DeferredResolver, StagedConnector};
use crate::{UreqTransport, roots};

/// Options for a [`UreqTransport`]; [`UreqTransport::builder`] starts with the defaults.
#[derive(Clone)]
pub struct UreqTransportBuilder {
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    pool_max_idle_per_host: usize,
    root_certificates: Vec<Vec<u8>>,
}

impl UreqTransportBuilder {
    pub(crate) fn new() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_idle_timeout: Duration::from_secs(30),
            pool_max_idle_per_host: 16,
            root_certificates: Vec::new(),
        }
    }

    /// How long making a connection may take: looking up the host, connecting, and the TLS
    /// handshake together. Default: 10 seconds.
    ///
    /// A call whose deadline has a shorter limit for this keeps to that.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// How long a connection is kept for another request. Default: 30 seconds.
    ///
    /// Load balancers close connections that were idle for a while, the usual ones after 60
    /// seconds. This should be well below their time: a request that meets the closing connection
    /// on its way is lost, and a write that is lost so cannot be repeated safely. Zero keeps none.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.pool_idle_timeout = limit;
        self
    }

    /// How many unused connections to one host are kept. Default: 16.
    ///
    /// This limits no requests: each one that finds no connection makes its own. A number near that
    /// of the threads that call at the same time saves handshakes.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, limit: usize) -> Self {
        self.pool_max_idle_per_host = limit;
        self
    }

    /// Trusts these root certificates (DER) in addition to those of the platform.
    ///
    /// Called again, it adds to the ones before.
    #[must_use]
    pub fn root_certificates(mut self, certificates: impl IntoIterator<Item = Vec<u8>>) -> Self {
        self.root_certificates.extend(certificates);
        self
    }

    /// Makes the transport. It reads the roots of the platform, and connects to nothing yet.
    ///
    /// # Errors
    /// A root certificate that cannot be read, or no root certificate at all.
    pub fn build(self) -> Result<UreqTransport, BuildError> {
        let tls = TlsConfig::builder()
            .provider(TlsProvider::Rustls)
            .root_certs(roots::load(self.root_certificates)?)
            // Named, so that it does not depend on what else the program links or installs.
            .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .build();
        let config = Config::builder()
            .tls_config(tls)
            // By default ureq takes a proxy from the environment.
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            // Headers are the business of whoever made the request.
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .max_idle_connections(usize::MAX)
            .max_idle_connections_per_host(self.pool_max_idle_per_host)
            .max_idle_age(self.pool_idle_timeout)
            .build();
        Ok(UreqTransport {
            agent: Agent::with_parts(config, StagedConnector::default(), DeferredResolver),
            connect_timeout: self.connect_timeout,
        })
    }
}

impl fmt::Debug for UreqTransportBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UreqTransportBuilder")
            .field("connect_timeout", &self.connect_timeout)
            .field("pool_idle_timeout", &self.pool_idle_timeout)
            .field("pool_max_idle_per_host", &self.pool_max_idle_per_host)
            .field("root_certificates", &self.root_certificates.len())
            .finish()
    }
}

/// Why a transport could not be made.
#[derive(Debug)]
pub struct BuildError {
    message: String,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl BuildError {
    pub(crate) fn bad_root(index: usize, error: rustls::Error) -> Self {
        Self {
            message: format!(
                "root certificate {index} cannot be read: `root_certificates` takes X.509 in DER, \
                 not in PEM"
            ),
            source: Some(error.into()),
        }
    }

    pub(crate) fn no_roots(reason: Option<rustls_native_certs::Error>) -> Self {
        Self {
            message: "the platform has no root certificates: install them (often a package \
                      called ca-certificates) or give some with `root_certificates`"
                .to_owned(),
            source: reason.map(Into::into),
        }
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl StdError for BuildError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.source.as_deref().map(|source| source as _)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_root_that_cannot_be_read_is_an_error_that_names_it() {
        let pem = b"-----BEGIN CERTIFICATE-----".to_vec();
        let error = UreqTransport::builder()
            .root_certificates([pem])
            .build()
            .unwrap_err();
        assert!(error.to_string().contains("root certificate 0"), "{error}");
        assert!(error.source().is_some());
    }

    #[test]
    fn a_transport_is_shared_between_threads() {
        fn check<T: Clone + fmt::Debug + Send + Sync + 'static>() {}
        check::<UreqTransport>();
    }
}
