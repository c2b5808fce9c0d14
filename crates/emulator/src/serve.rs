//! The emulator as an HTTP server.

use std::future::Future;
use std::io::{self, Write};
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::thread::JoinHandle;
use std::time::Duration;

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
use tokio::sync::{Notify, oneshot};
use tokio::time::{Sleep, sleep};

use crate::dispatch::{MAX_BODY, Outcome, PIECE, Way, half};
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
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        // Small replies must not wait for the acknowledgement of earlier ones.
        let _ = stream.set_nodelay(true);
        let emulator = emulator.clone();
        tokio::spawn(async move {
            let closes = Arc::new(Notify::new());
            let close = Arc::clone(&closes);
            let service =
                service_fn(move |request| respond(emulator.clone(), Arc::clone(&close), request));
            let mut builder = auto::Builder::new(TokioExecutor::new());
            builder.http1().timer(TokioTimer::new());
            let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
            // What fails here is the connection, of which nobody else need know.
            tokio::select! {
                _ = connection.as_mut() => return,
                () = closes.notified() => {}
            }
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
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
    close: Arc<Notify>,
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
        Outcome::Reply(reply, way) => Ok(match way {
            Way::CutShort => reply.map(Reply::half),
            Way::BrokenGzip => without_end(compress(reply)).map(Reply::whole),
            Way::Trickle(pause) => reply.map(|body| Reply::slow(body, pause)),
            Way::ThenClose => reply.map(|body| Reply::last(body, close)),
            Way::Whole if gzip && reply.body().len() >= WORTH_COMPRESSING => {
                compress(reply).map(Reply::whole)
            }
            Way::Whole => reply.map(Reply::whole),
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
    // What has a tag is a file, of which the parts are asked for as they are.
    if headers.contains_key(CONTENT_ENCODING) || headers.contains_key(ETAG) {
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

/// Takes away the checksum of a gzip body, and some of what is before it.
fn without_end(mut reply: Response<Bytes>) -> Response<Bytes> {
    let body = reply.body_mut();
    body.truncate(body.len().saturating_sub(12));
    let length = body.len();
    reply.headers_mut().insert(CONTENT_LENGTH, length.into());
    reply
}

/// The body of a reply.
#[derive(Debug)]
struct Reply {
    rest: Option<Bytes>,
    /// Whether it breaks off when the rest is over.
    breaks: bool,
    /// Whether what comes before the break had its chance to go out.
    flushed: bool,
    /// It comes in pieces, with this pause before each.
    pause: Option<Duration>,
    pausing: Option<Pin<Box<Sleep>>>,
    /// Told when it is over.
    last: Option<Arc<Notify>>,
}

impl Drop for Reply {
    fn drop(&mut self) {
        if let Some(last) = &self.last {
            last.notify_one();
        }
    }
}

impl Reply {
    fn whole(bytes: Bytes) -> Self {
        Self {
            rest: Some(bytes).filter(|bytes| !bytes.is_empty()),
            breaks: false,
            flushed: false,
            pause: None,
            pausing: None,
            last: None,
        }
    }

    fn half(bytes: Bytes) -> Self {
        let mut reply = Self::whole(half(bytes));
        reply.breaks = true;
        reply
    }

    fn slow(bytes: Bytes, pause: Duration) -> Self {
        let mut reply = Self::whole(bytes);
        reply.pause = Some(pause);
        reply
    }

    fn last(bytes: Bytes, close: Arc<Notify>) -> Self {
        let mut reply = Self::whole(bytes);
        reply.last = Some(close);
        reply
    }

    /// Waits before a piece where it is to be waited, and takes it.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(mut rest) = self.rest.take() else {
            return Poll::Ready(None);
        };
        let Some(pause) = self.pause else {
            return Poll::Ready(Some(rest));
        };
        let pausing = self.pausing.get_or_insert_with(|| Box::pin(sleep(pause)));
        if pausing.as_mut().poll(context).is_pending() {
            self.rest = Some(rest);
            return Poll::Pending;
        }
        self.pausing = None;
        let piece = rest.split_to(PIECE.min(rest.len()));
        self.rest = Some(rest).filter(|rest| !rest.is_empty());
        Poll::Ready(Some(piece))
    }
}

impl http_body::Body for Reply {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        if let Some(piece) = ready!(self.poll_piece(context)) {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
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
