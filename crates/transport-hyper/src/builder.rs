//! Setting up a transport.

use std::sync::Arc;
use std::time::Duration;

use intercom_connect::{BuildError, Proxies, Tls};

use crate::connector::Connector;
use crate::hyper_transport::HyperTransport;
use crate::pool::Pool;
use crate::settings::Settings;

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
    /// How long making a connection may take: name lookup, TCP, proxy and TLS together. 10 s if not
    /// set.
    ///
    /// A call whose own limit is shorter goes by that.
    #[must_use]
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.settings.connect_timeout = limit;
        self
    }

    /// How long a connection may lie idle and then still be used. 50 s if not set.
    ///
    /// Many load balancers close an idle connection after 60 s, and a request that crosses with
    /// that is lost: whether it was carried out is then unknown. So this side should close first.
    #[must_use]
    pub fn pool_idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.pool.idle_timeout = limit;
        self
    }

    /// How old a connection may be and then still take another request. 10 minutes if not set.
    ///
    /// A new one looks the host up again, and so finds the addresses that it has by then.
    #[must_use]
    pub fn pool_max_age(mut self, limit: Duration) -> Self {
        self.settings.pool.max_age = limit;
        self
    }

    /// How many idle HTTP/1.1 connections to one host are kept. 32 if not set.
    ///
    /// This limits no requests: one that finds no idle connection makes its own. With HTTP/2, one
    /// connection carries all requests and is kept, except with 0: then every request makes a
    /// connection of its own.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool.max_idle = connections;
        self
    }

    /// Trusts these root certificates in addition to those of the platform. Each is one in DER, or
    /// any number in PEM. Called again, it adds to the ones before.
    ///
    /// For a server or proxy with a private root, or for a container without a certificate store.
    #[must_use]
    pub fn root_certificates<C: Into<Vec<u8>>>(
        mut self,
        certificates: impl IntoIterator<Item = C>,
    ) -> Self {
        self.tls.add_roots(certificates);
        self
    }

    /// Shows this certificate to servers that ask for one, such as a gateway of one's own.
    ///
    /// The chain begins with the certificate of this client, each in DER, or all in PEM; the key is
    /// PKCS#8, PKCS#1 or SEC1, in DER or PEM.
    #[must_use]
    pub fn client_certificate<C: Into<Vec<u8>>>(
        mut self,
        chain: impl IntoIterator<Item = C>,
        key: impl Into<Vec<u8>>,
    ) -> Self {
        self.tls.set_client(chain, key);
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

    /// Makes every `https` connection through this proxy, `http://[user:password@]host:port`,
    /// except to this machine.
    ///
    /// The proxy sees to which host it connects, and no more: TLS runs through it, end to end. No
    /// proxy is used unless this or [`proxy_from_environment`](Self::proxy_from_environment) is
    /// called; the later call counts.
    #[must_use]
    pub fn proxy(self, url: &str) -> Self {
        self.proxies(Proxies::all(url))
    }

    /// Uses the proxy that `HTTPS_PROXY` or else `ALL_PROXY` names, if one of them does, except
    /// for the hosts in `NO_PROXY` and this machine. The variables may be in lower case; they are
    /// read right away.
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

    /// Makes the transport. It connects to nothing yet.
    ///
    /// This reads the platform's certificate store, or what the variables `SSL_CERT_FILE` and
    /// `SSL_CERT_DIR` name instead.
    ///
    /// # Errors
    ///
    /// When there are no root certificates, a certificate or key that was given cannot be used, or
    /// the proxy is not one that can be used.
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
