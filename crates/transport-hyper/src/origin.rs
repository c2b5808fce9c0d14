//! The connections to one server.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use http::Uri;
use http::header::HeaderValue;
use http::uri::{Authority, Scheme};
use tokio::runtime::Id;
use tokio::sync::{Mutex as Gate, MutexGuard as GateGuard};
use tokio::time::Instant;

use crate::connection::Connection;
use crate::settings::Limits;

/// After how long without a request a shared connection may have been closed unnoticed.
const REST: Duration = Duration::from_secs(1);

/// The connections of a runtime to one server.
pub(crate) struct Origin {
    runtime: Id,
    scheme: Option<Scheme>,
    authority: Option<Authority>,
    host: Option<HeaderValue>,
    limits: Limits,
    /// Whether its connections can be shared: whether it speaks HTTP/2, or may do so.
    shares: AtomicBool,
    /// Held while a connection is made that may be shared.
    gate: Gate<()>,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    shared: Option<Connection>,
    /// The one that was used last is at the end.
    idle: Vec<Connection>,
}

impl Origin {
    /// `may_share`: whether the server may turn out to speak HTTP/2.
    pub(crate) fn new(uri: &Uri, runtime: Id, limits: Limits, may_share: bool) -> Self {
        Self {
            runtime,
            scheme: uri.scheme().cloned(),
            authority: uri.authority().cloned(),
            host: host(uri),
            limits,
            shares: AtomicBool::new(may_share),
            gate: Gate::default(),
            kept: Mutex::default(),
        }
    }

    pub(crate) fn serves(&self, uri: &Uri, runtime: Id) -> bool {
        self.runtime == runtime
            && self.authority.as_ref() == uri.authority()
            && self.scheme.as_ref() == uri.scheme()
    }

    pub(crate) const fn runtime(&self) -> Id {
        self.runtime
    }

    pub(crate) const fn host(&self) -> Option<&HeaderValue> {
        self.host.as_ref()
    }

    pub(crate) fn shares(&self) -> bool {
        self.limits.max_idle > 0 && self.shares.load(Ordering::Relaxed)
    }

    pub(crate) fn set_shares(&self, shares: bool) {
        self.shares.store(shares, Ordering::Relaxed);
    }

    /// Waits for the turn to make a connection that may be shared.
    pub(crate) async fn gate(&self) -> GateGuard<'_, ()> {
        self.gate.lock().await
    }

    /// Whether the shared connection has been idle for so long that the server may have closed it,
    /// which the runtime need not have noticed.
    pub(crate) fn has_rested(&self) -> bool {
        let kept = lock(&self.kept);
        let shared = kept.shared.as_ref();
        shared.is_some_and(|connection| connection.idle_since.elapsed() >= REST)
    }

    /// Returns a connection that can take a request at once, if there is one.
    pub(crate) fn kept(&self) -> Option<Connection> {
        let now = Instant::now();
        if let Some(shared) = self.shared(now) {
            return Some(shared);
        }
        while let Some(connection) = self.pop() {
            if self.is_fresh(&connection, now) && connection.is_ready() {
                return Some(connection);
            }
        }
        None
    }

    fn shared(&self, now: Instant) -> Option<Connection> {
        let mut kept = lock(&self.kept);
        let shared = kept.shared.as_mut()?;
        if !self.is_fresh(shared, now) || !shared.is_ready() {
            kept.shared = None;
            return None;
        }
        if shared.is_stalled() {
            // Requests are still waiting on it. If one is answered before another connection takes
            // its place, it is used again.
            return None;
        }
        shared.idle_since = now;
        shared.share()
    }

    fn pop(&self) -> Option<Connection> {
        lock(&self.kept).idle.pop()
    }

    /// Whether the connection is young enough for another request.
    fn is_fresh(&self, connection: &Connection, now: Instant) -> bool {
        now.duration_since(connection.idle_since) < self.limits.idle_timeout
            && now.duration_since(connection.made) < self.limits.max_age
    }

    /// Keeps a connection that others can use at the same time.
    pub(crate) fn share(&self, connection: &Connection) {
        if self.limits.max_idle > 0
            && let Some(shared) = connection.share()
        {
            lock(&self.kept).shared = Some(shared);
        }
    }

    /// Keeps a connection whose response was read to its end.
    pub(crate) fn keep(&self, mut connection: Connection) {
        connection.idle_since = Instant::now();
        let mut kept = lock(&self.kept);
        if kept.idle.len() < self.limits.max_idle {
            kept.idle.push(connection);
        }
    }

    /// Drops the connections that can take no more requests. Returns whether any is left.
    pub(crate) fn sweep(&self) -> bool {
        let now = Instant::now();
        let stays =
            |connection: &Connection| self.is_fresh(connection, now) && connection.is_ready();
        let mut kept = lock(&self.kept);
        kept.shared = kept.shared.take().filter(stays);
        kept.idle.retain(stays);
        kept.shared.is_some() || !kept.idle.is_empty()
    }
}

/// The `Host` header, which names the port only if it is not the usual one.
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

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
