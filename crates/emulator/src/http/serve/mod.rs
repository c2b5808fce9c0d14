//! The HTTP server.

mod body;

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, ACCEPT_RANGES, CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap, HeaderValue, VARY,
};
use http::{Request, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::sync::{Notify, oneshot};
use tokio::time::{sleep, timeout};

use body::ReplyBody;

use super::reply::{Delivery, MAX_BODY, Outcome};
use super::transport::Host;

/// How long a client may take to send a head, or a body.
const CLIENT_TIMEOUT: Duration = Duration::from_secs(20);

/// Smaller bodies are not compressed.
const WORTH_COMPRESSING: usize = 1024;

/// A running HTTP server: HTTP/1.1, and HTTP/2 for clients that start with it. It runs on its own
/// thread and stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve.
    pub(crate) fn start(host: Arc<dyn Host>, address: impl ToSocketAddrs) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let thread = std::thread::Builder::new()
            .name("intercom-emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = accept(listener, host) => {}
                        _ = stopped => {}
                    }
                });
                // Aborts the connections that are still open.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }

    /// Returns the address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the base URL, such as `http://127.0.0.1:8099`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Blocks until the server ends, which it does not do on its own.
    pub fn join(mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic has been reported by its hook.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // Fails only if the server has already ended.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: tokio::net::TcpListener, host: Arc<dyn Host>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, for example: wait for others to close.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        // Small replies must not wait for earlier acknowledgements.
        let _ = stream.set_nodelay(true);
        let host = Arc::clone(&host);
        tokio::spawn(async move {
            let closes = Arc::new(Notify::new());
            let close = Arc::clone(&closes);
            let service =
                service_fn(move |request| respond(Arc::clone(&host), Arc::clone(&close), request));
            let mut builder = auto::Builder::new(TokioExecutor::new());
            builder
                .http1()
                .timer(TokioTimer::new())
                .header_read_timeout(CLIENT_TIMEOUT);
            let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
            // An error here ends this connection only.
            tokio::select! {
                _ = connection.as_mut() => return,
                () = closes.notified() => {}
            }
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        });
    }
}

/// The error that closes a connection.
#[derive(Debug)]
pub(crate) struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("connection closed")
    }
}

impl std::error::Error for Closed {}

async fn respond(
    host: Arc<dyn Host>,
    close: Arc<Notify>,
    request: Request<Incoming>,
) -> Result<Response<ReplyBody>, Closed> {
    let (head, body) = request.into_parts();
    let body = timeout(CLIENT_TIMEOUT, Limited::new(body, MAX_BODY).collect());
    let body = match body.await {
        Ok(Ok(body)) => body.to_bytes(),
        // One byte too many, so that the service refuses it.
        Ok(Err(error)) if error.is::<LengthLimitError>() => vec![0; MAX_BODY + 1].into(),
        Ok(Err(_)) | Err(_) => return Err(Closed),
    };
    let gzip = accepts_gzip(&head.headers);
    let request = Request::from_parts(head, body);
    match host.answer(&request) {
        Outcome::Reply(reply, delivery) => Ok(match delivery {
            Delivery::CutShort => reply.map(ReplyBody::half),
            Delivery::BrokenGzip => without_end(compress(reply)).map(ReplyBody::whole),
            Delivery::Trickle(pause) => reply.map(|body| ReplyBody::slow(body, pause)),
            Delivery::ThenClose => reply.map(|body| ReplyBody::last(body, close)),
            Delivery::Whole if gzip && reply.body().len() >= WORTH_COMPRESSING => {
                compress(reply).map(ReplyBody::whole)
            }
            Delivery::Whole => reply.map(ReplyBody::whole),
        }),
        Outcome::Reset => Err(Closed),
        Outcome::Hang => std::future::pending().await,
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    let codings = headers.get_all(ACCEPT_ENCODING).iter();
    let mut codings = codings
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','));
    codings.any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let weight = weight.trim().trim_start_matches("q=").parse::<f32>();
        name.trim().eq_ignore_ascii_case("gzip") && weight != Ok(0.0)
    })
}

fn compress(mut reply: Response<Bytes>) -> Response<Bytes> {
    let headers = reply.headers();
    // Ranges are of the uncompressed file.
    if headers.contains_key(CONTENT_ENCODING) || headers.contains_key(ACCEPT_RANGES) {
        return reply;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let compressed = encoder
        .write_all(reply.body())
        .and_then(|()| encoder.finish());
    // Writing to memory does not fail; if it did, the reply would stay uncompressed.
    if let Ok(compressed) = compressed {
        let headers = reply.headers_mut();
        headers.insert(CONTENT_LENGTH, compressed.len().into());
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        *reply.body_mut() = compressed.into();
    }
    reply
}

/// Cuts off the checksum of a gzip body and a few bytes before it.
fn without_end(mut reply: Response<Bytes>) -> Response<Bytes> {
    let body = reply.body_mut();
    body.truncate(body.len().saturating_sub(12));
    let length = body.len();
    reply.headers_mut().insert(CONTENT_LENGTH, length.into());
    reply
}
