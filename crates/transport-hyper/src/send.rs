//! The transport itself: one request out, one head back.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderValue};
use http::{Request, Response};
use http_body::Body as _;
use http_body_util::Full;
use intercom_connect::BuildError;
use intercom_core::transport::{
    Body, Deadline, Transport, TransportError, TransportErrorKind, guard,
};
use tokio::runtime::{Handle, Id};
use tokio::task::yield_now;
use tokio::time::{Instant, sleep, timeout};

use crate::alarm::Alarm;
use crate::body;
use crate::builder::{HyperTransportBuilder, Settings};
use crate::error::{self, Expired};
use crate::line::Leased;
use crate::pool::Pool;

/// Sends requests with hyper, over pooled connections.
///
/// A clone shares the connections, so make one and clone it; a new one reads the platform's root
/// certificates again. It must be used inside a tokio runtime whose I/O and time are enabled
/// (`#[tokio::main]` and `Runtime::new` do that), and a pooled connection ends with the runtime
/// in which it was made.
///
/// Dropping the future of a request, or the body of its reply, gives the request up: HTTP/1.1
/// closes the connection, HTTP/2 resets the stream.
#[derive(Clone)]
pub struct HyperTransport {
    pool: Arc<Pool>,
    settings: Settings,
}

/// Shows how the transport was set up, without a proxy's credentials.
impl fmt::Debug for HyperTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("HyperTransport")
            .field(&self.settings)
            .finish()
    }
}

impl HyperTransport {
    /// A transport as [`builder`](Self::builder) makes it when nothing is set.
    ///
    /// # Errors
    ///
    /// When the platform has no root certificates, as in a container without `ca-certificates`.
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Sets up a transport.
    #[must_use]
    pub fn builder() -> HyperTransportBuilder {
        HyperTransportBuilder::default()
    }

    pub(crate) fn from_parts(pool: Pool, settings: Settings) -> Self {
        Self {
            pool: Arc::new(pool),
            settings,
        }
    }

    /// The head of the response, or why there is none, before either limit has passed.
    async fn head(
        &self,
        request: Request<Bytes>,
        begun: &mut Begun,
        connect: Option<Duration>,
    ) -> Result<Response<Leased>, TransportError> {
        let uri = request.uri().clone();
        let Begun { over, alarm, .. } = begun;
        let origin = self.pool.origin(&uri, begun.runtime);
        let mut request = request.map(Full::new);
        let has_body = !request.body().is_end_stream();
        if origin.has_rested() {
            // A runtime of one thread has not looked at its sockets while it did not run: the first
            // yield lets it, and the second lets the connections know.
            yield_now().await;
            yield_now().await;
        }
        loop {
            let line = match origin.kept() {
                Some(line) => line,
                None => {
                    let limit = self.settings.connect_timeout;
                    let limit = connect.map_or(limit, |own| own.min(limit));
                    // Boxed, so that the many calls that need none are not as large as this.
                    let connecting = Box::pin(timeout(limit, self.pool.connect(&origin, &uri)));
                    match alarm.within(*over, connecting).await {
                        Some(Ok(line)) => line?,
                        Some(Err(_)) => {
                            return Err(error::timeout(Expired::Connect(limit)).not_sent());
                        }
                        None => return Err(error::timeout(Expired::Start).not_sent()),
                    }
                }
            };
            let is_new = line.is_new();
            match alarm.within(*over, line.send(request, &origin)).await {
                Some(Ok(response)) => return Ok(response),
                Some(Err(mut failed)) => match failed.take_message() {
                    // It turned out to be closed before the request was begun.
                    Some(returned) if !is_new => {
                        request = returned;
                        *request.uri_mut() = uri.clone();
                    }
                    _ => return Err(error::of_request(failed.into_error(), has_body)),
                },
                None => return Err(error::timeout(Expired::Head)),
            }
        }
    }
}

#[async_trait]
impl Transport for HyperTransport {
    async fn send(
        &self,
        mut request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        let mut begun = begin("HyperTransport", &mut request, deadline)?;
        let response = self.head(request, &mut begun, deadline.connect).await?;
        Ok(body::of_response(response, deadline, begun.alarm))
    }

    /// Comes back after this time, by tokio's clock; outside of a tokio runtime, at once.
    async fn sleep(&self, duration: Duration) {
        pause(duration).await;
    }
}

/// A call that has begun.
pub(crate) struct Begun {
    runtime: Id,
    /// Until when the head of the response must have come.
    pub(crate) over: Option<Instant>,
    /// That of all of the call.
    pub(crate) alarm: Alarm,
}

/// Makes a request ready to be sent. An error where it must not be, or where it is too late.
pub(crate) fn begin(
    transport: &str,
    request: &mut Request<Bytes>,
    deadline: Deadline,
) -> Result<Begun, TransportError> {
    guard::check(request.uri())?;
    let Ok(runtime) = Handle::try_current() else {
        // Of a kind that is not tried again.
        return Err(TransportError::new(TransportErrorKind::Refused)
            .with_source(format!("{transport} must be used inside a tokio runtime"))
            .not_sent());
    };
    let now = Instant::now();
    let over = deadline.until_head().map(Instant::from_std);
    if over.is_some_and(|over| over <= now) {
        return Err(error::timeout(Expired::Start).not_sent());
    }
    let pause = deadline.idle.and_then(|idle| now.checked_add(idle));
    // Unless the request asks for something else.
    let encodings = request.headers_mut().entry(ACCEPT_ENCODING);
    encodings.or_insert(HeaderValue::from_static("gzip"));
    Ok(Begun {
        runtime: runtime.id(),
        over,
        alarm: Alarm::for_first([over, pause]),
    })
}

/// Sleeps by tokio's clock. Where there is none, the send that follows says so.
pub(crate) async fn pause(duration: Duration) {
    if Handle::try_current().is_ok() {
        sleep(duration).await;
    }
}
