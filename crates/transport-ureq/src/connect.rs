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
use rustls::ClientConfig;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::time::Duration as Limit;
use ureq::unversioned::transport::{ConnectionDetails, Connector, NextTimeout, TransportAdapter};

use crate::current;
use crate::error::{Failure, ProxyFailed, Stage};
use crate::guard::ip_literal;
use crate::proxy::{Proxies, Proxy};
use crate::secure::Tls;
use crate::tcp::{self, Tcp};
use crate::tracked::{Tracked, too_late};

/// Of a connection in use: holds a head.
const BUFFER: usize = 64 * 1024;
/// Of a connection below TLS: holds a record.
const BUFFER_BELOW: usize = 17 * 1024;
/// The longest answer that a proxy may give.
const MAX_PROXY_HEAD: usize = 8 * 1024;

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
                .map_err(|cause| ProxyFailed::wrap(proxy.address(), cause))
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
    uri: &Uri,
    mut connection: TransportAdapter<Tcp>,
) -> Result<TransportAdapter<Tcp>, ureq::Error> {
    let host = uri.host().unwrap_or_default();
    let port = uri.port_u16().unwrap_or(443);
    let mut request = format!("CONNECT {host}:{port} HTTP/1.1\r\nHost: {host}:{port}\r\n");
    if let Some(credentials) = proxy.credentials() {
        request.push_str(&format!("Proxy-Authorization: Basic {credentials}\r\n"));
    }
    request.push_str("\r\n");
    connection.write_all(request.as_bytes())?;

    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if head.len() == MAX_PROXY_HEAD || connection.read(&mut byte)? == 0 {
            return Err(ureq::Error::ConnectProxyFailed(
                "it gave no whole answer".to_owned(),
            ));
        }
        head.extend_from_slice(&byte);
    }
    let line = head.split(|&byte| byte == b'\r').next().unwrap_or_default();
    let line = String::from_utf8_lossy(line);
    let mut words = line.splitn(3, ' ');
    match (words.next(), words.next()) {
        (Some("HTTP/1.1" | "HTTP/1.0"), Some("200")) => Ok(connection),
        (_, Some("407")) => Err(ureq::Error::ConnectProxyFailed(
            "it demands other credentials (407)".to_owned(),
        )),
        _ => Err(ureq::Error::ConnectProxyFailed(format!(
            "it answered {line:?}"
        ))),
    }
}

/// The time from now until then, as ureq has it.
pub(crate) fn until(over: Option<Instant>) -> Result<NextTimeout, ureq::Error> {
    let after = match over {
        None => Limit::NotHappening,
        Some(over) => match over.saturating_duration_since(Instant::now()) {
            std::time::Duration::ZERO => return Err(too_late()),
            left => Limit::Exact(left),
        },
    };
    Ok(NextTimeout {
        after,
        ..NextTimeout::default()
    })
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
