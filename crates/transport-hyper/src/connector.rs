//! Making connections: TCP or a tunnel through a proxy, then TLS.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use http::uri::Scheme;
use hyper::rt::{Read, ReadBufCursor, Write};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder, MaybeHttpsStream};
use hyper_util::client::legacy::connect::{Connection as _, HttpConnector};
use hyper_util::rt::TokioIo;
use intercom_connect::{Proxies, Proxy, ProxyError};
use intercom_core::transport::TransportError;
use rustls::ClientConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tower_service::Service;

use crate::classify::{self, BoxError};
use crate::socket::{Peephole, Socket};

type BoxFuture<T> = Pin<Box<dyn Future<Output = Result<T, BoxError>> + Send>>;

/// Makes connections.
#[derive(Debug, Clone)]
pub(crate) struct Connector {
    https: HttpsConnector<Dial>,
    http2: bool,
}

/// A connection that was just made.
pub(crate) struct Connected {
    pub(crate) wire: Wire,
    pub(crate) peephole: Peephole,
    /// Whether HTTP/2 was agreed on.
    pub(crate) is_http2: bool,
}

impl Connector {
    pub(crate) fn new(
        tls: ClientConfig,
        http2: bool,
        proxies: Option<Arc<Proxies>>,
        limit: Duration,
    ) -> Self {
        let mut tcp = HttpConnector::new();
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        // Finds a peer that vanished while a long body is read without a deadline.
        tcp.set_keepalive(Some(Duration::from_secs(30)));
        tcp.set_keepalive_interval(Some(Duration::from_secs(10)));
        tcp.set_keepalive_retries(Some(3));
        // Shared among the addresses of a host, so that a dead one leaves time for the next.
        tcp.set_connect_timeout(Some(limit));

        let dial = Dial { tcp, proxies };
        let builder = HttpsConnectorBuilder::new()
            .with_tls_config(tls)
            .https_or_http();
        let https = if http2 {
            builder.enable_all_versions().wrap_connector(dial)
        } else {
            builder.enable_http1().wrap_connector(dial)
        };
        Self { https, http2 }
    }

    /// Whether a connection to this URL may turn out to speak HTTP/2.
    pub(crate) fn may_be_http2(&self, uri: &Uri) -> bool {
        self.http2 && uri.scheme() == Some(&Scheme::HTTPS)
    }

    pub(crate) async fn connect(&self, uri: &Uri) -> Result<Connected, TransportError> {
        let stream = self.stream(uri).await;
        let stream = stream.map_err(|error| classify::of_connect(uri, error))?;
        let socket = match &stream {
            MaybeHttpsStream::Http(socket) => socket.inner(),
            MaybeHttpsStream::Https(tls) => tls.inner().get_ref().0.inner().inner(),
        };
        Ok(Connected {
            peephole: socket.peephole(),
            is_http2: stream.connected().is_negotiated_h2(),
            wire: Wire(Box::new(stream)),
        })
    }

    async fn stream(&self, uri: &Uri) -> Result<MaybeHttpsStream<TokioIo<Socket>>, BoxError> {
        let mut https = self.https.clone();
        poll_fn(|context| https.poll_ready(context)).await?;
        https.call(uri.clone()).await
    }
}

/// A connection, boxed to keep the generic code of hyper small: that is a tenth of this crate.
pub(crate) struct Wire(Box<dyn Io>);

trait Io: Read + Write + Send + Unpin {}

impl Io for MaybeHttpsStream<TokioIo<Socket>> {}

impl Read for Wire {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: ReadBufCursor<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl Write for Wire {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.0.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

/// Connects to the host itself, or through a proxy if there is one for it.
#[derive(Debug, Clone)]
struct Dial {
    tcp: HttpConnector,
    proxies: Option<Arc<Proxies>>,
}

impl Service<Uri> for Dial {
    type Response = TokioIo<Socket>;
    type Error = BoxError;
    type Future = BoxFuture<Self::Response>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.tcp.poll_ready(context).map_err(Into::into)
    }

    fn call(&mut self, uri: Uri) -> Self::Future {
        // Plain http goes to this machine only, for which `of` returns none.
        let proxies = self.proxies.as_ref();
        let proxy = proxies.and_then(|all| all.of(uri.host().unwrap_or_default()));
        let Some(proxy) = proxy.cloned() else {
            let dialing = self.tcp.call(uri);
            return Box::pin(async move {
                let stream = dialing.await?.into_inner();
                Ok(TokioIo::new(Socket::new(stream)))
            });
        };
        let dialing = self.tcp.call(proxy.address().clone());
        Box::pin(async move {
            let stream = dialing.await.map_err(|error| proxy.failed(error))?;
            let mut stream = stream.into_inner();
            tunnel(&mut stream, &proxy, &uri).await?;
            Ok(TokioIo::new(Socket::new(stream)))
        })
    }
}

/// Asks the proxy for a tunnel to the host.
async fn tunnel(stream: &mut TcpStream, proxy: &Proxy, to: &Uri) -> Result<(), ProxyError> {
    let failed = |error: io::Error| proxy.failed(error);
    let request = proxy.request(to);
    stream.write_all(request.as_bytes()).await.map_err(failed)?;
    let mut reply = Vec::new();
    loop {
        let count = stream.read_buf(&mut reply).await.map_err(failed)?;
        if let Some(meant) = proxy.reply(&reply, count == 0) {
            return meant;
        }
    }
}
