//! The options of a transport.

use std::sync::Arc;
use std::time::Duration;

use intercom_connect::{BuildError, Proxies, Tls};
use ureq::Agent;
use ureq::config::{AutoHeaderValue, Config};

use crate::connect::{DeferredResolver, StagedConnector};

use crate::settings::Settings;
use crate::ureq_transport::UreqTransport;

/// Sets up a [`UreqTransport`]. The defaults suit Intercom.
#[derive(Debug, Clone, Default)]
pub struct UreqTransportBuilder {
    settings: Settings,
    tls: Tls,
    /// Why the proxy cannot be used.
    bad_proxy: Option<String>,
}

impl UreqTransport {
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
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::default()
    }
}

impl UreqTransportBuilder {
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
        self.settings.pool_idle_timeout = limit;
        self
    }

    /// Sends no new requests on a connection of this age. The default is 10 minutes.
    ///
    /// A new connection looks the host up again and follows a change of its addresses.
    #[must_use]
    pub fn pool_max_age(mut self, limit: Duration) -> Self {
        self.settings.pool_max_age = limit;
        self
    }

    /// Keeps at most this many idle connections to a host. The default is 32.
    ///
    /// It does not limit requests: one that finds no idle connection makes a new one. A number near
    /// that of the threads that call at the same time saves handshakes.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool_max_idle_per_host = connections;
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
    pub fn build(self) -> Result<UreqTransport, BuildError> {
        if let Some(why) = self.bad_proxy {
            return Err(BuildError::BadProxy(why));
        }
        let settings = self.settings;
        let connector = StagedConnector {
            tls: Arc::new(self.tls.config()?),
            proxies: settings.proxies.clone(),
            max_age: settings.pool_max_age,
        };
        let config = Config::builder()
            // The default is a proxy from the environment.
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            // Whoever made the request sets its headers.
            .user_agent(AutoHeaderValue::None)
            .accept(AutoHeaderValue::None)
            .accept_encoding(AutoHeaderValue::None)
            .max_idle_connections(usize::MAX)
            .max_idle_connections_per_host(settings.pool_max_idle_per_host)
            .max_idle_age(settings.pool_idle_timeout)
            .build();
        Ok(UreqTransport {
            agent: Agent::with_parts(config, connector, DeferredResolver),
            settings,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transport_is_shared_between_threads() {
        fn check<T: Clone + std::fmt::Debug + Send + Sync + 'static>() {}
        check::<UreqTransport>();
    }
}
