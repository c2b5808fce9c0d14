//! The emulator as an HTTP server.

use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread::JoinHandle;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::header::{
    ACCEPT_ENCODING, CONTENT_ENCODING, CONTENT_LENGTH, ETAG, HeaderMap, HeaderValue, VARY,
};
use http::{Request, Response};
use http_body::{Frame, SizeHint};
use http_body_util::{BodyExt, LengthLimitError, Limited};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::sync::oneshot;

use crate::dispatch::{MAX_BODY, Outcome};
use crate::emulator::Emulator;

/// Bodies smaller than this are not compressed.
const WORTH_COMPRESSING: usize = 1024;

/// An [`Emulator`] that serves HTTP/1.1, and HTTP/2 to those who begin with it, in a thread of its
/// own. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Emulator {
    /// Serves on this address; port 0 takes any that is free.
    ///
    /// ```
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().demo().build();
    /// let server = emulator.serve("127.0.0.1:0")?;
    /// println!("{}/contacts", server.url());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Where the address cannot be listened on, or there is no thread or runtime to be had.
    pub fn serve(&self, address: impl ToSocketAddrs) -> io::Result<Server> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        let (stop, stopped) = oneshot::channel();
        let emulator = self.clone();
        let listener = {
            let _inside = runtime.enter();
            tokio::net::TcpListener::from_std(listener)?
        };
        let thread = std::thread::Builder::new()
            .name("intercom-emulator".to_owned())
            .spawn(move || {
                runtime.block_on(async {
                    tokio::select! {
                        () = accept(listener, emulator) => {}
                        _ = stopped => {}
                    }
                });
                // Connections that are still open end here.
                runtime.shutdown_background();
            })?;
        Ok(Server {
            address,
            stop: Some(stop),
            thread: Some(thread),
        })
    }
}

impl Server {
    /// Where it listens.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The base URL, such as `http://127.0.0.1:8099`.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Waits for the server to end, which it does not by itself.
    pub fn join(mut self) {
        if let Some(thread) = self.thread.take() {
            // It has no result; that it panicked would show on its own.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            // It fails where the server has ended already.
            let _ = stop.send(());
        }
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn accept(listener: tokio::net::TcpListener, emulator: Emulator) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, for example: others must close first.
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            continue;
        };
        // Small replies must not wait for the acknowledgement of earlier ones.
        let _ = stream.set_nodelay(true);
        let emulator = emulator.clone();
        tokio::spawn(async move {
            let service = service_fn(move |request| respond(emulator.clone(), request));
            let mut builder = auto::Builder::new(TokioExecutor::new());
            builder.http1().timer(TokioTimer::new());
            // What fails here is the connection, of which nobody else need know.
            let _ = builder
                .serve_connection(TokioIo::new(stream), service)
                .await;
        });
    }
}

/// An error that closes the connection.
#[derive(Debug)]
struct Closed;

impl std::fmt::Display for Closed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("the emulator closes the connection")
    }
}

impl std::error::Error for Closed {}

async fn respond(
    emulator: Emulator,
    request: Request<Incoming>,
) -> Result<Response<Reply>, Closed> {
    let (head, body) = request.into_parts();
    let body = match Limited::new(body, MAX_BODY).collect().await {
        Ok(body) => body.to_bytes(),
        // One byte too many, which the emulator refuses as it refuses all of them.
        Err(error) if error.is::<LengthLimitError>() => vec![0; MAX_BODY + 1].into(),
        Err(_) => return Err(Closed),
    };
    let gzip = accepts_gzip(&head.headers);
    let request = Request::from_parts(head, body);
    match emulator.answer(&request) {
        Outcome::Reply(reply) if gzip => Ok(compress(reply).map(Reply::whole)),
        Outcome::Reply(reply) => Ok(reply.map(Reply::whole)),
        Outcome::CutShort(reply) => Ok(reply.map(Reply::half)),
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
    // What has a tag is a file, of which the parts are asked for as they are.
    let as_it_is = headers.contains_key(CONTENT_ENCODING) || headers.contains_key(ETAG);
    if as_it_is || reply.body().len() < WORTH_COMPRESSING {
        return reply;
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    let compressed = encoder
        .write_all(reply.body())
        .and_then(|()| encoder.finish());
    // Writing to memory does not fail; if it did, the reply would go out as it is.
    if let Ok(compressed) = compressed {
        let headers = reply.headers_mut();
        headers.insert(CONTENT_LENGTH, compressed.len().into());
        headers.insert(CONTENT_ENCODING, HeaderValue::from_static("gzip"));
        headers.insert(VARY, HeaderValue::from_static("Accept-Encoding"));
        *reply.body_mut() = compressed.into();
    }
    reply
}

/// The body of a reply, which may break off in its middle.
#[derive(Debug)]
struct Reply {
    rest: Option<Bytes>,
    breaks: bool,
    /// Whether what comes before the break had its chance to go out.
    flushed: bool,
}

impl Reply {
    fn whole(bytes: Bytes) -> Self {
        Self {
            rest: Some(bytes).filter(|bytes| !bytes.is_empty()),
            breaks: false,
            flushed: false,
        }
    }

    fn half(mut bytes: Bytes) -> Self {
        bytes.truncate(bytes.len() / 2);
        Self {
            rest: Some(bytes),
            breaks: true,
            flushed: false,
        }
    }
}

impl http_body::Body for Reply {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        if let Some(rest) = self.rest.take() {
            return Poll::Ready(Some(Ok(Frame::data(rest))));
        }
        if self.breaks && !std::mem::replace(&mut self.flushed, true) {
            // What was given so far goes out while there is nothing more to be had.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.breaks.then_some(Err(Closed)))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_none() && !self.breaks
    }

    fn size_hint(&self) -> SizeHint {
        match &self.rest {
            Some(rest) if !self.breaks => SizeHint::with_exact(rest.len() as u64),
            None if !self.breaks => SizeHint::with_exact(0),
            _ => SizeHint::default(),
        }
    }
}
