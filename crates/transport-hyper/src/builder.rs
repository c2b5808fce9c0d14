//! The options of a transport.

use std::sync::Arc;
use std::time::Duration;

use intercom_connect::{BuildError, Proxies, Tls};

use crate::connector::Connector;
use crate::hyper_transport::HyperTransport;
use crate::pool::Pool;
use crate::settings::Settings;

/// Sets up a [`HyperTransport`]. The defaults suit Intercom.
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
    tls: Tls,
    /// Why the proxy cannot be used.
    bad_proxy: Option<String>,
}

impl HyperTransport {
    /// Creates a transport with the default options.
    ///
    /// # Errors
    ///
    /// If the platform has no root certificates, as in a container without `ca-certificates`.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts a transport with other options.
    #[must_use]
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }
}

impl HyperTransportBuilder {
    /// Limits the time to connect: name lookup, TCP, proxy and TLS together. The default is 10 s.
    ///
    /// A call can have a shorter limit, but no longer one.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// Closes a connection that was idle for this long. The default is 50 s.
    ///
    /// Many load balancers close an idle connection after 60 s. If a request is sent at that moment,
    /// its outcome is unknown. So the client should close first.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.pool.idle_timeout = limit;
        self
    }

    /// Sends no new requests on a connection of this age. The default is 10 minutes.
    ///
    /// A new connection looks the host up again and follows a change of its addresses.
    #[must_use]
    pub fn pool_max_age(mut self, limit: Duration) -> Self {
        self.settings.pool.max_age = limit;
        self
    }

    /// Keeps at most this many idle HTTP/1.1 connections to a host. The default is 32.
    ///
    /// It does not limit requests: one that finds no idle connection makes a new one. With HTTP/2, one
    /// connection carries all requests, unless this is 0, which makes a connection for each request.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool.max_idle = connections;
        self
    }

    /// Trusts these root certificates in addition to those of the platform. Each item is one
    /// certificate in DER, or any number of them in PEM. Further calls add to them.
    ///
    /// This is for servers with a private root, and for containers without a certificate store.
    #[must_use]
    pub fn root_certificates<C: Into<Vec<u8>>>(
        mut self,
        certificates: impl IntoIterator<Item = C>,
    ) -> Self {
        self.tls.add_roots(certificates);
        self
    }

    /// Presents this certificate to servers that ask for one, such as a gateway of your own.
    ///
    /// The chain begins with the certificate of the client. Its items are certificates in DER or PEM;
    /// the key is PKCS#8, PKCS#1 or SEC1, in DER or PEM.
    #[must_use]
    pub fn client_certificate<C: Into<Vec<u8>>>(
        mut self,
        chain: impl IntoIterator<Item = C>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.tls.set_client(chain, key);
        self
    }

    /// Sets whether to offer HTTP/2 in the TLS handshake. The default is true.
    ///
    /// Plain http, which goes to this machine only, is always HTTP/1.1.
    #[must_use]
    pub fn http2(mut self, offered: bool) -> Self {
        self.settings.http2 = offered;
        self
    }

    /// Makes `https` connections through this proxy, `http://[user:password@]host:port`, except to
    /// this machine.
    ///
    /// TLS runs through the proxy, which sees only the host. Without this and
    /// [`proxy_from_environment`](Self::proxy_from_environment), no proxy is used. The later call
    /// replaces the earlier one.
    #[must_use]
    pub fn proxy(self, url: &str) -> Self {
        self.proxies(Proxies::all(url))
    }

    /// Uses the proxy in the environment variable `HTTPS_PROXY`, or else `ALL_PROXY`, except for this
    /// machine and the hosts in `NO_PROXY`. Lower case works too. The variables are read at once.
    #[must_use]
    pub fn proxy_from_environment(self) -> Self {
        self.proxies(Proxies::from_variables(|name| std::env::var(name).ok()))
    }

    fn proxies(mut self, proxies: Result<Proxies, String>) -> Self {
        (self.settings.proxies, self.bad_proxy) = match proxies {
            Ok(proxies) => (Some(Arc::new(proxies)), None),
            Err(why) => (None, Some(why)),
        };
        self
    }

    /// Creates the transport, which connects on its first request.
    ///
    /// This reads the platform's certificate store, or the one that the environment variables
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
    ///
    /// # Errors
    ///
    /// If there are no root certificates, or if a certificate, key or proxy that was given cannot be
    /// used.
    pub fn build(self) -> Result<HyperTransport, BuildError> {
        if let Some(why) = self.bad_proxy {
            return Err(BuildError::BadProxy(why));
        }
        let tls = self.tls.config()?;
        let settings = self.settings;
        let connector = Connector::new(
            tls,
            settings.http2,
            settings.proxies.clone(),
            settings.connect_timeout,
        );
        let pool = Pool::new(connector, settings.pool);
        Ok(HyperTransport::from_parts(pool, settings))
    }
}
