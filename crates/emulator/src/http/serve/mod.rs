//! The HTTP server.

mod activity;
mod body;
mod respond;

use std::io;
use std::net::{SocketAddr, TcpListener, ToSocketAddrs};
use std::pin::pin;
use std::sync::Arc;
use std::thread::JoinHandle;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use tokio::sync::{Notify, Semaphore, oneshot, watch};
use tokio::time::{sleep, timeout};

use activity::{Activity, Watched};

use super::transport::Host;

/// How long a client may take to send a head, or a body, and to take a piece of a reply.
const CLIENT_TIMEOUT: Duration = Duration::from_secs(20);

/// How long the requests that are open when the server stops may take.
const GRACE: Duration = Duration::from_secs(5);

/// How many connections are served at once, unless it is said otherwise.
pub(crate) const MAX_CONNECTIONS: usize = 4096;

/// How many requests an HTTP/2 client may have in flight.
const MAX_STREAMS: u32 = 256;

/// A running HTTP server: HTTP/1.1, and HTTP/2 for clients that start with it. It runs on its own
/// thread and stops when dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    control: bool,
    stop: Option<oneshot::Sender<Duration>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts to serve what `host` returns for the address.
    pub(crate) fn start(
        host: impl FnOnce(SocketAddr) -> Arc<dyn Host>,
        address: impl ToSocketAddrs,
        max_connections: usize,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(address)?;
        listener.set_nonblocking(true)?;
        let address = listener.local_addr()?;
        let host = host(address);
        let control = host.has_control();
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
                runtime.block_on(run(listener, host, stopped, max_connections));
                // Aborts the connections that are still open.
                runtime.shutdown_background();
            })?;
        Ok(Self {
            address,
            control,
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

    /// Returns the URL of the control API, such as `http://127.0.0.1:8099/_emulator`, if it is served.
    #[must_use]
    pub fn control_url(&self) -> Option<String> {
        self.control.then(|| format!("{}/_emulator", self.url()))
    }

    /// Blocks until the server ends, which it does not do on its own.
    pub fn join(mut self) {
        self.wait();
    }

    /// Stops listening, and waits for the requests that are open: up to five seconds. A dropped server
    /// does not wait for them.
    pub fn shut_down(mut self) {
        self.end(GRACE);
    }

    fn end(&mut self, grace: Duration) {
        if let Some(stop) = self.stop.take() {
            // Fails only if the server has already ended.
            let _ = stop.send(grace);
        }
        self.wait();
    }

    fn wait(&mut self) {
        if let Some(thread) = self.thread.take() {
            // A panic has been reported by its hook.
            let _ = thread.join();
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if self.thread.is_some() {
            self.end(Duration::ZERO);
        }
    }
}

/// Serves until it is told to stop, and then waits for what is open.
async fn run(
    listener: tokio::net::TcpListener,
    host: Arc<dyn Host>,
    stopped: oneshot::Receiver<Duration>,
    max_connections: usize,
) {
    let permits = Arc::new(Semaphore::new(max_connections));
    let (closing, close) = watch::channel(false);
    let grace = tokio::select! {
        () = accept(&listener, &host, &permits, &close) => return,
        grace = stopped => grace.unwrap_or_default(),
    };
    drop(listener);
    // The receivers see it, if there are any.
    let _ = closing.send(true);
    if let Ok(all) = u32::try_from(max_connections) {
        let _ = timeout(grace, permits.acquire_many(all)).await;
    }
}

async fn accept(
    listener: &tokio::net::TcpListener,
    host: &Arc<dyn Host>,
    permits: &Arc<Semaphore>,
    close: &watch::Receiver<bool>,
) {
    loop {
        // When all connections are in use, new ones wait in the backlog.
        let Ok(permit) = Arc::clone(permits).acquire_owned().await else {
            return;
        };
        let Ok((stream, _)) = listener.accept().await else {
            // Out of file handles, for example: wait for others to close.
            sleep(Duration::from_millis(10)).await;
            continue;
        };
        // Small replies must not wait for earlier acknowledgements.
        let _ = stream.set_nodelay(true);
        let (host, close) = (Arc::clone(host), close.clone());
        tokio::spawn(async move {
            serve(stream, host, close).await;
            drop(permit);
        });
    }
}

/// Serves one connection. An error ends this connection only.
async fn serve(
    stream: tokio::net::TcpStream,
    host: Arc<dyn Host>,
    mut close: watch::Receiver<bool>,
) {
    let activity = Activity::start();
    let stream = Watched::new(stream, Arc::clone(&activity));
    let last = Arc::new(Notify::new());
    let service = service_fn(|request| {
        let (host, last) = (Arc::clone(&host), Arc::clone(&last));
        respond::respond(host, last, request, activity.request())
    });
    let mut builder = auto::Builder::new(TokioExecutor::new());
    builder
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(CLIENT_TIMEOUT);
    builder
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        _ = connection.as_mut() => return,
        () = activity.stuck(CLIENT_TIMEOUT) => return,
        () = last.notified() => {}
        _ = close.wait_for(|closing| *closing) => {}
    }
    connection.as_mut().graceful_shutdown();
    tokio::select! {
        _ = connection => {}
        () = activity.stuck(CLIENT_TIMEOUT) => {}
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
