//! How connections are made.
//!
//! ureq's own chain of connectors leaves some things to be wished for, which this one gives:
//! - It is known how far an attempt came ([`Stage`]), so whether the request can have been sent.
//! - A name is looked up when a connection is made, and not for a request on a pooled one.
//! - One limit covers it all: the look-up, the connection, the proxy, and the TLS handshake.
//! - The TLS configuration is made once.
//! - A proxy is used if the caller says so, and only then.

use std::fmt;
use std::io::{self, Read, Write};
use std::sync::Arc;
use std::time::Instant;

use http::Uri;
use intercom_connect::{Proxies, Proxy, ProxyError};
use intercom_core::transport::guard::ip_literal;
use rustls::ClientConfig;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout, TransportAdapter};

use crate::current;
use crate::error::{Failure, Stage};
use crate::limit::{too_late, until};
use crate::secure::Tls;
use crate::tcp::{self, Tcp};
use crate::tracked::Tracked;

/// Of a connection in use: holds a head.
const BUFFER: usize = 64 * 1024;
/// Of a connection below TLS: holds a record.
const BUFFER_BELOW: usize = 17 * 1024;

/// Looks up the host, connects, and makes the TLS session if there is to be one.
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
        let at = |stage| move |cause| Failure::new(stage, host, cause);
        let tracked = |inner| Ok(Some(Tracked::new(inner, host, self.max_age)));

        let proxy = self.proxies.as_ref().and_then(|all| all.of(host));
        if !details.needs_tls() {
            // It is to this machine, which no proxy reaches.
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
        // There is nothing to wait for, so spare the thread that ureq waits with.
        patience.after = Limit::NotHappening;
    }
    let addresses = DefaultResolver::default().resolve(uri, config, patience)?;
    match tcp::connect(&addresses, over) {
        Ok(stream) => Ok(Tcp::new(stream, buffer)),
        Err(error) if error.kind() == io::ErrorKind::TimedOut => Err(too_late()),
        Err(error) => Err(error.into()),
    }
}

/// The connection as what [`Read`] and [`Write`] are for, until this time.
fn adapt(
    tcp: Tcp,
    over: Option<Instant>,
    details: &ConnectionDetails<'_>,
) -> Result<TransportAdapter<Tcp>, ureq::Error> {
    let mut adapter = TransportAdapter::new(tcp, Arc::clone(&details.current_time));
    adapter.set_timeout(until(over)?);
    Ok(adapter)
}

/// Asks the proxy for a connection to the host.
fn tunnel(
    proxy: &Proxy,
    to: &Uri,
    mut connection: TransportAdapter<Tcp>,
) -> Result<TransportAdapter<Tcp>, ureq::Error> {
    connection.write_all(proxy.request(to).as_bytes())?;
    let mut answer = Vec::new();
    loop {
        let mut piece = [0; 1024];
        let count = connection.read(&mut piece)?;
        answer.extend_from_slice(piece.get(..count).unwrap_or_default());
        if let Some(meant) = proxy.answer(&answer, count == 0) {
            return match meant {
                Ok(()) => Ok(connection),
                Err(error) => Err(ureq::Error::Other(error.into())),
            };
        }
    }
}

/// Names the proxy in what went wrong with it. A timeout stays one.
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
