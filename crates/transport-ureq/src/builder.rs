//! The options of a transport.

use std::sync::Arc;
use std::time::Duration;

use intercom_connect::{BuildError, Proxies, Tls};
use ureq::Agent;
use ureq::config::{AutoHeaderValue, Config};

use crate::connect::{DeferredResolver, StagedConnector};

use crate::settings::Settings;
use crate::ureq_transport::UreqTransport;

/// Sets up a [`UreqTransport`]; each option has a default that suits the service.
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
        self.settings.pool_idle_timeout = limit;
        self
    }

    /// How old a connection may be and then still take another request. 10 minutes if not set.
    ///
    /// A new one looks the host up again, and so finds the addresses that it has by then.
    #[must_use]
    pub fn pool_max_age(mut self, limit: Duration) -> Self {
        self.settings.pool_max_age = limit;
        self
    }

    /// How many idle connections to one host are kept. 32 if not set.
    ///
    /// This limits no requests: one that finds no idle connection makes its own. A number near that
    /// of the threads that call at the same time saves handshakes.
    #[must_use]
    pub fn pool_max_idle_per_host(mut self, connections: usize) -> Self {
        self.settings.pool_max_idle_per_host = connections;
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
            // By default ureq takes a proxy from the environment.
            .proxy(None)
            .http_status_as_error(false)
            .max_redirects(0)
            // Headers are the business of whoever made the request.
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
