//! Making connections.
//!
//! This replaces the connectors of ureq, for these reasons:
//! - It reports how far an attempt got ([`Stage`]), which decides whether the request may have been sent.
//! - It looks a name up only to connect, not for a request on a pooled connection.
//! - One limit covers name lookup, TCP, the proxy and the TLS handshake.
//! - The TLS configuration is made once.
//! - A proxy is used only if the caller asked for it.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Instant;

use http::Uri;
use intercom_connect::{Proxies, Proxy, ProxyError, peer};
use intercom_core::transport::guard::ip_literal;
use rustls::ClientConfig;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout, TransportAdapter};

use crate::classify::{Failure, Stage};
use crate::current;
use crate::limit::{too_late, until};
use crate::secure::Tls;
use crate::tcp::{self, Tcp};
use crate::tracked::Tracked;

/// The size of the buffers of a connection, which hold a head.
const BUFFER: usize = 64 * 1024;
/// The size of the buffers below TLS, which hold a record.
const BUFFER_BELOW: usize = 17 * 1024;

/// Looks up the host, connects, and performs the TLS handshake for `https`.
pub(crate) struct StagedConnector {
    pub(crate) tls: Arc<ClientConfig>,
    pub(crate) proxies: Option<Arc<Proxies>>,
    pub(crate) max_age: std::time::Duration,
}

impl Connector for StagedConnector {
    type Out = Tracked;

    fn connect(
        &self,
        details: &ConnectionDetails<'_>,
        _: Option<()>,
    ) -> Result<Option<Tracked>, ureq::Error> {
        let (uri, config) = (details.uri, details.config);
        let host = uri.host().unwrap_or_default();
        let over = current::with(|attempt| attempt.connect).flatten();
        let peer = &peer(uri);
        let at = |stage| move |cause| Failure::new(stage, peer, cause);
        let tracked = |inner| Ok(Some(Tracked::new(inner, peer, self.max_age)));

        let proxy = self.proxies.as_ref().and_then(|all| all.of(host));
        if !details.needs_tls() {
            // Plain http goes to this machine only, which is reached without a proxy.
            let tcp = dial(uri, config, over, BUFFER).map_err(at(Stage::Connecting))?;
            return tracked(Box::new(tcp));
        }
        let tcp = match proxy {
            None => dial(uri, config, over, BUFFER_BELOW)
                .and_then(|tcp| adapt(tcp, over, details))
                .map_err(at(Stage::Connecting))?,
            Some(proxy) => dial(proxy.address(), config, over, BUFFER_BELOW)
                .and_then(|tcp| adapt(tcp, over, details))
                .and_then(|tcp| tunnel(proxy, uri, tcp))
                .map_err(|cause| through(proxy, cause))
                .map_err(at(Stage::Connecting))?,
        };
        let tls = Tls::handshake(&self.tls, host, tcp, BUFFER).map_err(at(Stage::Securing))?;
        tracked(Box::new(tls))
    }
}

/// Looks up the host and connects.
fn dial(
    uri: &Uri,
    config: &Config,
    over: Option<Instant>,
    buffer: usize,
) -> Result<Tcp, ureq::Error> {
    let mut patience = until(over)?;
    if uri.host().and_then(ip_literal).is_some() {
        // With a timeout, ureq looks names up in another thread, which an address does not need.
        patience.after = Limit::NotHappening;
    }
    let addresses = DefaultResolver::default().resolve(uri, config, patience)?;
    match tcp::connect(&addresses, over) {
        Ok(stream) => Ok(Tcp::new(stream, buffer)),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(too_late()),
        Err(error) => Err(error.into()),
    }
}

/// Adapts the connection to [`Read`] and [`Write`], with a deadline.
fn adapt(
    tcp: Tcp,
    over: Option<Instant>,
    details: &ConnectionDetails<'_>,
) -> Result<TransportAdapter<Tcp>, ureq::Error> {
    let mut adapter = TransportAdapter::new(tcp, Arc::clone(&details.current_time));
    adapter.set_timeout(until(over)?);
    Ok(adapter)
}

/// Asks the proxy for a tunnel to the host.
fn tunnel(
    proxy: &Proxy,
    to: &Uri,
    mut connection: TransportAdapter<Tcp>,
) -> Result<TransportAdapter<Tcp>, ureq::Error> {
    connection.write_all(proxy.request(to).as_bytes())?;
    let mut reply = Vec::new();
    loop {
        let mut piece = [0; 1024];
        let count = connection.read(&mut piece)?;
        reply.extend_from_slice(piece.get(..count).unwrap_or_default());
        if let Some(meant) = proxy.reply(&reply, count == 0) {
            return match meant {
                Ok(()) => Ok(connection),
                Err(error) => Err(ureq::Error::Other(error.into())),
            };
        }
    }
}

/// Names the proxy in an error, except for a timeout.
fn through(proxy: &Proxy, cause: ureq::Error) -> ureq::Error {
    let error = match cause {
        ureq::Error::Timeout(_) => return cause,
        ureq::Error::Other(error) if error.is::<ProxyError>() => error,
        ureq::Error::Io(error) => proxy.failed(error).into(),
        other => proxy.failed(other).into(),
    };
    ureq::Error::Other(error)
}

impl fmt::Debug for StagedConnector {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StagedConnector")
    }
}

/// Leaves name lookup to [`StagedConnector`], as ureq looks names up even for a pooled connection.
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
