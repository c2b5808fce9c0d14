//! Setting up a transport.

use std::error::Error;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::Uri;
use hyper_util::client::legacy::Client;
use hyper_util::client::proxy::matcher::Matcher;
use hyper_util::rt::{TokioExecutor, TokioTimer};
use rustls::pki_types::CertificateDer;
use rustls::{ClientConfig, RootCertStore};

use crate::connect::{Connector, check_proxy};
use crate::transport::HyperTransport;

/// Sets up a [`HyperTransport`]; each option has a default that suits the service.
///
/// ```
/// # use intercom_transport_hyper::{BuildError, HyperTransport};
/// # fn transport(private_root: Vec<u8>) -> Result<HyperTransport, BuildError> {
/// use std::time::Duration;
///
/// let transport = HyperTransport::builder()
///     .connect_timeout(Duration::from_secs(3))
///     .root_certificates([private_root])
///     .build()?;
/// # Ok(transport)
/// # }
/// ```
#[derive(Debug, Clone, Default)]
pub struct HyperTransportBuilder {
    settings: Settings,
    roots: Roots,
    /// Whether it is an error that the proxy could not be read.
    requires_proxy: bool,
}

/// What stays known of a transport after it was made.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    connect_timeout: Duration,
    pool_idle_timeout: Duration,
    pool_max_idle_per_host: Option<usize>,
    http2: bool,
    /// Its Debug leaves the credentials out.
    proxies: Option<Arc<Matcher>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_idle_timeout: Duration::from_secs(50),
            pool_max_idle_per_host: None,
            http2: true,
            proxies: None,
        }
    }
}

/// Certificates in DER, to trust in addition to the platform's.
#[derive(Clone, Default)]
struct Roots(Vec<CertificateDer<'static>>);

impl fmt::Debug for Roots {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} certificates", self.0.len())
    }
}

impl HyperTransportBuilder {
    /// How long making a connection may take: name lookup, TCP and TLS together. 10 s if not set.
    ///
    /// A call whose own limit is shorter goes by that.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// How long a connection may lie idle before it is closed. 50 s if not set.
    ///
    /// Many load balancers close an idle connection after 60 s, and a request that crosses with
    /// that is lost: whether it was carried out is then unknown. So this side should close first.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.pool_idle_timeout = limit;
        self
    }

    /// How many idle HTTP/1.1 connections to one host are kept. No limit if not set.
    ///
    /// With HTTP/2, one connection carries all requests and is kept, except with 0: then every
    /// request makes a connection of its own.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool_max_idle_per_host = Some(connections);
        self
    }

    /// Trusts these root certificates, each in DER, in addition to those of the platform.
    ///
    /// For a server or proxy with a private root, or for a container without a certificate store.
    #[must_use]
    pub fn root_certificates<C: Into<Vec<u8>>>(
        mut self,
        certificates: impl IntoIterator<Item = C>,
    ) -> Self {
        let certificates = certificates.into_iter();
        self.roots = Roots(certificates.map(|der| der.into().into()).collect());
        self
    }

    /// Whether HTTP/2 is offered, for the server to choose (by ALPN). Yes if not set.
    ///
    /// Plain http, to this machine, is always HTTP/1.1.
    #[must_use]
    pub fn http2(mut self, offered: bool) -> Self {
        self.settings.http2 = offered;
        self
    }

    /// Makes every `https` connection through this proxy, `http://[user:password@]host:port`.
    ///
    /// The proxy sees to which host it connects, and no more: TLS runs through it, end to end. No
    /// proxy is used unless this or [`proxy_from_environment`](Self::proxy_from_environment) is
    /// called; the later call counts.
    #[must_use]
    pub fn proxy(mut self, url: &str) -> Self {
        self.settings.proxies = Some(Arc::new(Matcher::builder().all(url).build()));
        self.requires_proxy = true;
        self
    }

    /// Uses the proxy that `HTTPS_PROXY` or else `ALL_PROXY` names, if one of them does, except
    /// for the hosts in `NO_PROXY`. The variables may be in lower case; they are read right away.
    #[must_use]
    pub fn proxy_from_environment(mut self) -> Self {
        self.settings.proxies = Some(Arc::new(Matcher::from_env()));
        self.requires_proxy = false;
        self
    }

    /// Makes the transport. It connects to nothing yet.
    ///
    /// This reads the platform's certificate store, or what the variables `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR` name instead.
    ///
    /// # Errors
    ///
    /// When there are no root certificates, one that was given is not a certificate, or the proxy
    /// is not one that can be used.
    pub fn build(self) -> Result<HyperTransport, BuildError> {
        let roots = roots(self.roots.0)?;
        // Named here, so that it does not depend on what else in the program uses rustls.
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let tls = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| BuildError::Tls(error.into()))?
            .with_root_certificates(roots)
            .with_no_client_auth();

        let settings = self.settings;
        if let Some(proxies) = &settings.proxies {
            match proxies.intercept(&Uri::from_static("https://api.intercom.io")) {
                Some(proxy) => {
                    check_proxy(&proxy).map_err(|why| BuildError::BadProxy(why.into()))?
                }
                None if self.requires_proxy => {
                    let why = "it is not a URL of the form http://[user:password@]host:port";
                    return Err(BuildError::BadProxy(why.into()));
                }
                None => {}
            }
        }
        let connector = Connector::new(
            tls,
            settings.http2,
            settings.proxies.clone(),
            settings.connect_timeout,
        );
        let client = Client::builder(TokioExecutor::new())
            .timer(TokioTimer::new())
            .pool_timer(TokioTimer::new())
            .pool_idle_timeout(settings.pool_idle_timeout)
            .pool_max_idle_per_host(settings.pool_max_idle_per_host.unwrap_or(usize::MAX))
            // A connection that died without a word would else swallow one request after another:
            // unlike with HTTP/1.1, a request that timed out leaves it in the pool.
            .http2_keep_alive_interval(Duration::from_secs(20))
            .http2_keep_alive_timeout(Duration::from_secs(10))
            .http2_keep_alive_while_idle(true)
            .build(connector);
        Ok(HyperTransport::from_parts(client, settings))
    }
}

/// The roots of the platform, and these in addition.
fn roots(additional: Vec<CertificateDer<'static>>) -> Result<RootCertStore, BuildError> {
    let mut roots = RootCertStore::empty();
    for (index, certificate) in additional.into_iter().enumerate() {
        roots
            .add(certificate)
            .map_err(|error| BuildError::BadRoot {
                index,
                source: error.into(),
            })?;
    }
    let platform = rustls_native_certs::load_native_certs();
    // Stores hold old certificates that rustls cannot read; they are no reason not to use the rest.
    roots.add_parsable_certificates(platform.certs);
    if roots.is_empty() {
        let why = match platform.errors.into_iter().next() {
            Some(error) => error.into(),
            None => "the platform's certificate store is empty".into(),
        };
        return Err(BuildError::NoRoots(why));
    }
    Ok(roots)
}

/// Why no transport could be made.
#[derive(Debug)]
#[non_exhaustive]
pub enum BuildError {
    /// There is no root certificate to trust.
    NoRoots(Box<dyn Error + Send + Sync>),
    /// One of the given root certificates is not a certificate in DER.
    BadRoot {
        /// Which one, counted from 0.
        index: usize,
        /// What is wrong with it.
        source: Box<dyn Error + Send + Sync>,
    },
    /// The proxy is not one that can be used.
    BadProxy(Box<dyn Error + Send + Sync>),
    /// TLS could not be set up.
    Tls(Box<dyn Error + Send + Sync>),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoRoots(_) => f.write_str(
                "no root certificates to trust: install the platform's (often the package \
                 ca-certificates), or give some to HyperTransportBuilder::root_certificates",
            ),
            Self::BadRoot { index, .. } => write!(
                f,
                "root certificate {index} is not a certificate in DER; PEM must be decoded first"
            ),
            Self::BadProxy(why) => write!(f, "the proxy cannot be used: {why}"),
            Self::Tls(_) => f.write_str("TLS could not be set up"),
        }
    }
}

impl Error for BuildError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::NoRoots(source) | Self::BadRoot { source, .. } | Self::Tls(source) => {
                Some(&**source)
            }
            // Said in full above.
            Self::BadProxy(_) => None,
        }
    }
}
