//! Connections to all servers: reused, and shared if the protocol allows it.
//!
//! hyper-util's client has a pool too. This one is smaller, and holds promises that the other does not:
//! - Whether a request was given to a connection is known at every moment, at no cost. On it depends
//!   whether a write may be retried.
//! - If many first calls go to a server that speaks HTTP/2, one of them connects and the others wait
//!   for that connection.
//! - The age of a connection is checked before a request, not after its response.
//! - An HTTP/1.1 connection is checked for a stray reply before each request.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, Weak};
use std::time::Duration;

use http::Uri;
use hyper::client::conn::{http1, http2};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use intercom_core::transport::TransportError;
use tokio::runtime::Id;
use tokio::sync::oneshot;
use tokio::time::{Instant, timeout};

use crate::classify;
use crate::connection::{Connection, Sender};
use crate::connector::Connector;
use crate::health::Health;
use crate::origin::{Origin, lock};
use crate::settings::Limits;

/// The connections to all servers.
pub(crate) struct Pool {
    connector: Connector,
    http2: http2::Builder<TokioExecutor>,
    limits: Limits,
    origins: Mutex<Origins>,
}

#[derive(Default)]
struct Origins {
    /// A list, as there are too few to be worth a hash.
    known: Vec<Arc<Origin>>,
    /// One for each runtime: the task that closes idle connections ends when this is dropped.
    sweepers: Vec<(Id, oneshot::Sender<Infallible>)>,
}

impl Pool {
    pub(crate) fn new(connector: Connector, mut limits: Limits) -> Self {
        if limits.idle_timeout.is_zero() || limits.max_age.is_zero() {
            // No connection could be used twice, so there is nothing to keep.
            limits.max_idle = 0;
        }
        let mut http2 = http2::Builder::new(TokioExecutor::new());
        http2
            .timer(TokioTimer::new())
            // Finds a connection that died without being closed.
            .keep_alive_interval(Duration::from_secs(20))
            .keep_alive_timeout(Duration::from_secs(10))
            .keep_alive_while_idle(true)
            // How much the server may send ahead of a slow reader, which is held in memory: of one
            // response, and of all responses on a connection.
            .initial_stream_window_size(2 * 1024 * 1024)
            .initial_connection_window_size(4 * 1024 * 1024)
            // Until the server announces its limit; it refuses the streams beyond it.
            .initial_max_send_streams(10);
        Self {
            connector,
            http2,
            limits,
            origins: Mutex::default(),
        }
    }

    /// The server of this URL, for the runtime of the caller: a connection makes progress only while
    /// the runtime runs that it was made in.
    pub(crate) fn origin(&self, uri: &Uri, runtime: Id) -> Arc<Origin> {
        let mut origins = lock(&self.origins);
        let mut known = origins.known.iter();
        if let Some(origin) = known.find(|origin| origin.serves(uri, runtime)) {
            return Arc::clone(origin);
        }
        let may_share = self.connector.may_be_http2(uri);
        let origin = Arc::new(Origin::new(uri, runtime, self.limits, may_share));
        origins.known.push(Arc::clone(&origin));
        origin
    }

    /// Connects to a server.
    ///
    /// If the connection may turn out to be shared, one caller connects at a time and the others take
    /// that connection, unless it takes too long.
    pub(crate) async fn connect(
        self: &Arc<Self>,
        origin: &Origin,
        uri: &Uri,
    ) -> Result<Connection, TransportError> {
        self.keep_sweeping(origin.runtime());
        let mut gate = None;
        if origin.shares() {
            gate = timeout(LONGEST_GATE, origin.gate()).await.ok();
            if let Some(connection) = origin.kept() {
                return Ok(connection);
            }
        }
        if !origin.shares() {
            // As the connection of another caller showed meanwhile.
            gate = None;
        }
        let connected = self.connector.connect(uri).await?;
        origin.set_shares(connected.is_http2);
        let made = Instant::now();
        let unsent = |error| classify::of_request(error, false).not_sent();
        let connection = if connected.is_http2 {
            let shaken = self.http2.handshake(connected.wire).await;
            let (sender, running) = shaken.map_err(unsent)?;
            Connection::new(
                Sender::Http2(sender, Arc::new(Health::default())),
                running,
                made,
            )
        } else {
            let shaken = http1::handshake(connected.wire).await;
            let (sender, running) = shaken.map_err(unsent)?;
            Connection::new(Sender::Http1(sender, connected.peephole), running, made)
        };
        origin.share(&connection);
        drop(gate);
        Ok(connection)
    }

    /// Makes sure that idle connections are closed in time, for as long as there are any.
    fn keep_sweeping(self: &Arc<Self>, runtime: Id) {
        let mut origins = lock(&self.origins);
        let Origins { known, sweepers } = &mut *origins;
        // A task ends with its runtime, and so do the connections.
        sweepers.retain(|(_, sweeper)| !sweeper.is_closed());
        if !sweepers.iter().any(|(of, _)| *of == runtime) {
            known.retain(|origin| {
                let runs = |(of, _): &(Id, _)| *of == origin.runtime();
                sweepers.iter().any(runs) || Arc::strong_count(origin) > 1
            });
            let (sweeper, gone) = oneshot::channel();
            sweepers.push((runtime, sweeper));
            let every = self.limits.idle_timeout.max(SHORTEST_SWEEP);
            tokio::spawn(sweep(Arc::downgrade(self), gone, every, runtime));
        }
    }
}

/// How long a call waits for the connection that another call makes. That call may be stuck, or its
/// task busy with something else.
const LONGEST_GATE: Duration = Duration::from_secs(2);

/// The shortest interval at which idle connections are looked at.
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
            // The list has one; calls have the others, and may give a connection back.
            origin.runtime() != runtime || origin.sweep() || Arc::strong_count(origin) > 1
        });
        if !known.iter().any(|origin| origin.runtime() == runtime) {
            sweepers.retain(|(of, _)| *of != runtime);
            return;
        }
    }
}
