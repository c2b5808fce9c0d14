//! How connections are made.
//!
//! ureq's own chain of connectors leaves four things to be wished for, which this one gives:
//! - It is known how far an attempt came ([`Stage`]), so whether the request can have been sent.
//! - A name is looked up when a connection is made, and not for a request on a pooled one.
//! - One limit covers both, the look-up and the connection.
//! - The TLS configuration is made once. ureq makes it anew for each connection when requests have
//!   options of their own, and ours do: their deadlines.
//!
//! No connector here knows proxies: ureq would take them from the environment.

use std::fmt;
use std::time::Instant;

use http::Uri;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{
    ConnectionDetails, Connector, NextTimeout, RustlsConnector, TcpConnector,
};

use crate::error::{Failure, Stage};
use crate::guard::ip_literal;
use crate::tracked::Tracked;

/// Looks up the host, connects, and makes the TLS session if there is to be one.
#[derive(Default)]
pub(crate) struct StagedConnector {
    resolver: DefaultResolver,
    tcp: TcpConnector,
    tls: RustlsConnector,
}

impl Connector for StagedConnector {
    type Out = Tracked;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Tracked>, ureq::Error> {
        let host = details.uri.host().unwrap_or_default();
        let at = |stage| move |cause| Failure::new(stage, host, cause);

        let (addrs, timeout) = self.look_up(details).map_err(at(Stage::Connecting))?;
        let details = ConnectionDetails {
            addrs,
            timeout,
            now: (details.current_time)(),
            // Tells the TLS connector to keep its configuration. That is right, because no request
            // has a TLS configuration of its own.
            request_level: false,
            uri: details.uri,
            config: details.config,
            resolver: details.resolver,
            current_time: details.current_time.clone(),
            run_connector: details.run_connector.clone(),
            register_shutdown: details.register_shutdown.clone(),
        };
        let Some(tcp) =
            Connector::<()>::connect(&self.tcp, &details, None).map_err(at(Stage::Connecting))?
        else {
            return Ok(None);
        };
        let secured = self
            .tls
            .connect(&details, Some(tcp))
            .map_err(at(Stage::Securing))?;
        Ok(secured.map(|transport| Tracked::new(transport, host)))
    }
}

impl StagedConnector {
    /// The addresses of the host, and the time that is left to connect to one.
    fn look_up(
        &self,
        details: &ConnectionDetails<'_>,
    ) -> Result<(ResolvedSocketAddrs, NextTimeout), ureq::Error> {
        let mut timeout = details.timeout;
        let start = Instant::now();
        let mut patience = timeout;
        if details.uri.host().and_then(ip_literal).is_some() {
            // There is nothing to wait for, so spare the thread that ureq waits with.
            patience.after = Limit::NotHappening;
        }
        let addrs = self
            .resolver
            .resolve(details.uri, details.config, patience)?;
        if let Limit::Exact(limit) = timeout.after {
            let left = limit.saturating_sub(start.elapsed());
            if left.is_zero() {
                return Err(ureq::Error::Timeout(timeout.reason));
            }
            timeout.after = Limit::Exact(left);
        }
        Ok((addrs, timeout))
    }
}

impl fmt::Debug for StagedConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StagedConnector")
    }
}

/// Leaves the look-up to [`StagedConnector`]: ureq asks for it also when it has a connection.
#[derive(Debug)]
pub(crate) struct DeferredResolver;

impl Resolver for DeferredResolver {
    fn resolve(
        &self,
        _: &Uri,
        _: &Config,
        _: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        Ok(self.empty())
    }
}
