//! Connections that are kept for the next requests, and shared where the protocol allows it.
//!
//! hyper-util's client has a pool too. This one is smaller, and gives what that one does not:
//! - It is known at every moment whether a request was given a connection, so whether it can have been
//!   sent, and it costs nothing to know.
//! - Of many first calls to a server that speaks HTTP/2, one makes the connection, and the others wait
//!   for it.
//! - How old a connection is counts before a request, and not after its reply.

use std::convert::Infallible;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use http::Uri;
use http::header::HeaderValue;
use http::uri::{Authority, Scheme};
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use intercom_core::transport::TransportError;
use tokio::runtime::Id;
use tokio::sync::{Mutex as Gate, oneshot};
use tokio::time::{Instant, timeout};

use crate::connect::Connector;
use crate::error;
use crate::line::{Line, Sender};

/// Which connections are kept.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) idle_timeout: Duration,
    pub(crate) max_age: Duration,
    pub(crate) max_idle: usize,
}

/// The connections to all servers.
pub(crate) struct Pool {
    connector: Connector,
    http2: http2::Builder<TokioExecutor>,
    limits: Limits,
    origins: Mutex<Origins>,
}

#[derive(Default)]
struct Origins {
    /// So few that one is found sooner by looking at each than by a hash.
    known: Vec<Arc<Origin>>,
    /// Ends the tasks that close what lies idle, with this pool: one for each runtime.
    sweepers: Vec<(Id, oneshot::Sender<Infallible>)>,
}

impl Pool {
    pub(crate) fn new(connector: Connector, mut limits: Limits) -> Self {
        if limits.idle_timeout.is_zero() || limits.max_age.is_zero() {
            // None would ever be used again, so that there is nothing to wait for either.
            limits.max_idle = 0;
        }
        let mut http2 = http2::Builder::new(TokioExecutor::new());
        http2
            .timer(TokioTimer::new())
            // A connection that died without a word would else swallow one request after another:
            // unlike with HTTP/1.1, a request that timed out leaves it in the pool.
            .keep_alive_interval(Duration::from_secs(20))
            .keep_alive_timeout(Duration::from_secs(10))
            .keep_alive_while_idle(true)
            // What the server may send ahead of a slow reader, and so what is held in memory: by
            // one reply, and by all of a connection together.
            .initial_stream_window_size(2 * 1024 * 1024)
            .initial_connection_window_size(4 * 1024 * 1024)
            // Until the server tells how many requests it takes at once; it refuses what is beyond.
            .initial_max_send_streams(10);
        Self {
            connector,
            http2,
            limits,
            origins: Mutex::default(),
        }
    }

    /// The server that a request for this goes to, as this runtime knows it: a connection only gets on
    /// for as long as the runtime runs in which it was made.
    pub(crate) fn origin(&self, uri: &Uri, runtime: Id) -> Arc<Origin> {
        let mut origins = lock(&self.origins);
        let mut known = origins.known.iter();
        if let Some(origin) = known.find(|origin| origin.runtime == runtime && origin.is_of(uri)) {
            return Arc::clone(origin);
        }
        let origin = Arc::new(Origin {
            runtime,
            scheme: uri.scheme().cloned(),
            authority: uri.authority().cloned(),
            host: host(uri),
            limits: self.limits,
            // Until it is known better.
            shares: AtomicBool::new(self.connector.may_be_http2(uri)),
            gate: Gate::default(),
            kept: Mutex::default(),
        });
        origins.known.push(Arc::clone(&origin));
        origin
    }

    /// Makes a connection to this server. Where it may be shared, one is made at a time, and those who
    /// wait take that one, unless it is long in coming.
    pub(crate) async fn connect(
        self: &Arc<Self>,
        origin: &Origin,
        uri: &Uri,
    ) -> Result<Line, TransportError> {
        self.keep_sweeping(origin.runtime);
        let mut gate = None;
        if origin.shares() {
            gate = timeout(LONGEST_GATE, origin.gate.lock()).await.ok();
            if let Some(line) = origin.kept() {
                return Ok(line);
            }
        }
        if !origin.shares() {
            // As came out meanwhile.
            gate = None;
        }
        let (wire, is_http2) = self
            .connector
            .connect(uri.clone())
            .await
            .map_err(error::of_connect)?;
        origin.shares.store(is_http2, Ordering::Relaxed);
        let made = Instant::now();
        let line = if is_http2 {
            let (sender, connection) = self.http2.handshake(wire).await.map_err(unsent)?;
            Line::new(Sender::Http2(sender), connection, made)
        } else {
            let (sender, connection) = http1::handshake(wire).await.map_err(unsent)?;
            Line::new(Sender::Http1(sender), connection, made)
        };
        origin.share(&line);
        drop(gate);
        Ok(line)
    }

    /// Sees to it that what lies idle for too long is closed, for as long as there is anything.
    fn keep_sweeping(self: &Arc<Self>, runtime: Id) {
        let mut origins = lock(&self.origins);
        let Origins { known, sweepers } = &mut *origins;
        // A task ends with its runtime, and so do the connections.
        sweepers.retain(|(_, sweeper)| !sweeper.is_closed());
        if !sweepers.iter().any(|(of, _)| *of == runtime) {
            known.retain(|origin| {
                let runs = |(of, _): &(Id, _)| *of == origin.runtime;
                sweepers.iter().any(runs) || Arc::strong_count(origin) > 1
            });
            let (sweeper, gone) = oneshot::channel();
            sweepers.push((runtime, sweeper));
            let every = self.limits.idle_timeout.max(SHORTEST_SWEEP);
            tokio::spawn(sweep(Arc::downgrade(self), gone, every, runtime));
        }
    }
}

/// How long a call waits for the connection that another one makes. That one may be stuck, or its task
/// busy with something else.
const LONGEST_GATE: Duration = Duration::from_secs(2);

/// The shortest time after which idle connections are looked at again.
const SHORTEST_SWEEP: Duration = Duration::from_millis(100);

async fn sweep(
    pool: Weak<Pool>,
    mut gone: oneshot::Receiver<Infallible>,
    every: Duration,
    runtime: Id,
) {
    while timeout(every, &mut gone).await.is_err() {
        let Some(pool) = pool.upgrade() else {
            return;
        };
        let mut origins = lock(&pool.origins);
        let Origins { known, sweepers } = &mut *origins;
        known.retain(|origin| {
            // The list has one; the others are of calls, which may give a connection back.
            origin.runtime != runtime || origin.sweep() || Arc::strong_count(origin) > 1
        });
        if !known.iter().any(|origin| origin.runtime == runtime) {
            sweepers.retain(|(of, _)| *of != runtime);
            return;
        }
    }
}

/// What `Host` says: the port is left out where it goes without saying.
fn host(uri: &Uri) -> Option<HeaderValue> {
    let usual = match uri.scheme_str() {
        Some("https") => 443,
        _ => 80,
    };
    let host = match uri.port_u16() {
        Some(port) if port != usual => uri.authority().map(Authority::as_str),
        _ => uri.host(),
    };
    HeaderValue::from_str(host?).ok()
}

/// The connections of a runtime to one server.
pub(crate) struct Origin {
    runtime: Id,
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    host: Option<HeaderValue>,
    limits: Limits,
    /// Whether its connections may be shared: whether it speaks HTTP/2, or may do so.
    shares: AtomicBool,
    /// Held while a connection is made that may be shared.
    gate: Gate<()>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    shared: Option<Line>,
    /// The one that was used last is at the end.
    idle: Vec<Line>,
}

/// After how long without a request it is looked whether the server has closed a connection.
const REST: Duration = Duration::from_secs(1);

impl Origin {
    fn is_of(&self, uri: &Uri) -> bool {
        self.authority.as_ref() == uri.authority() && self.scheme.as_ref() == uri.scheme()
    }

    pub(crate) const fn host(&self) -> Option<&HeaderValue> {
        self.host.as_ref()
    }

    fn shares(&self) -> bool {
        self.limits.max_idle > 0 && self.shares.load(Ordering::Relaxed)
    }

    /// Whether all connections have lain idle for so long that some may be closed by now, which the
    /// runtime did not have to notice yet.
    pub(crate) fn has_rested(&self) -> bool {
        let kept = lock(&self.kept);
        let last = kept.shared.as_ref().or(kept.idle.last());
        last.is_some_and(|line| line.idle_since.elapsed() >= REST)
    }

    /// A connection that is open and free, if there is one.
    pub(crate) fn kept(&self) -> Option<Line> {
        let now = Instant::now();
        let mut kept = lock(&self.kept);
        if let Some(shared) = kept.shared.as_mut().filter(|line| self.is_good(line, now)) {
            shared.idle_since = now;
            return shared.share();
        }
        kept.shared = None;
        while let Some(line) = kept.idle.pop() {
            if self.is_good(&line, now) {
                return Some(line);
            }
        }
        None
    }

    /// Whether the connection may take another request.
    fn is_good(&self, line: &Line, now: Instant) -> bool {
        line.is_ready()
            && now.duration_since(line.idle_since) < self.limits.idle_timeout
            && now.duration_since(line.made) < self.limits.max_age
    }

    /// Keeps a connection that others may use at the same time.
    fn share(&self, line: &Line) {
        if self.limits.max_idle > 0
            && let Some(shared) = line.share()
        {
            lock(&self.kept).shared = Some(shared);
        }
    }

    /// Keeps a connection whose reply was read to its end.
    pub(crate) fn keep(&self, mut line: Line) {
        line.idle_since = Instant::now();
        let mut kept = lock(&self.kept);
        if kept.idle.len() < self.limits.max_idle {
            kept.idle.push(line);
        }
    }

    /// Lets go of what may take no more requests. Whether anything is left.
    fn sweep(&self) -> bool {
        let now = Instant::now();
        let mut kept = lock(&self.kept);
        kept.shared = kept.shared.take().filter(|line| self.is_good(line, now));
        kept.idle.retain(|line| self.is_good(line, now));
        kept.shared.is_some() || !kept.idle.is_empty()
    }
}

fn unsent(error: hyper::Error) -> TransportError {
    error::of_request(error, false).not_sent()
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
