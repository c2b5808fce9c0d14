//! The transport itself: one request out, one head back.

use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, HeaderValue};
use http::{Request, Response};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::{CaptureConnection, capture_connection};
use intercom_core::transport::{Body, Deadline, Transport, TransportError, TransportErrorKind};
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, sleep_until};

use crate::body;
use crate::builder::{BuildError, HyperTransportBuilder, Settings};
use crate::connect::{Connector, Made};
use crate::error::{self, Expired};
use crate::guard;

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
    client: Client<Connector, Full<Bytes>>,
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

    pub(crate) const fn from_parts(
        client: Client<Connector, Full<Bytes>>,
        settings: Settings,
    ) -> Self {
        Self { client, settings }
    }

    /// The head of the response, or why there is none, before either limit has passed.
    async fn head(
        &self,
        request: Request<Bytes>,
        over: Option<Instant>,
        connect: Option<Duration>,
    ) -> Result<Response<Incoming>, TransportError> {
        let mut request = request.map(Full::new);
        let connection = capture_connection(&mut request);
        let mut response = pin!(self.client.request(request));
        let mut over = pin!(over.map(sleep_until));
        let mut connect_over = pin!(connect.map(sleep));
        poll_fn(|context| {
            // The request is given its connection while it is polled, so that looking at it right
            // afterwards misses nothing, and needs no waker.
            let answer = response.as_mut().poll(context);
            let connected = connection.connection_metadata().is_some();
            if let Poll::Ready(answer) = answer {
                return Poll::Ready(match answer {
                    Ok(response) => Ok(self.retiring(response, &connection)),
                    Err(error) => Err(error::of_request(error, connected)),
                });
            }
            if !connected
                && let (Some(limit), Some(timer)) = (connect, connect_over.as_mut().as_pin_mut())
                && timer.poll(context).is_ready()
            {
                return Poll::Ready(Err(error::timeout(Expired::Connect(limit)).not_sent()));
            }
            if let Some(timer) = over.as_mut().as_pin_mut()
                && timer.poll(context).is_ready()
            {
                return Poll::Ready(Err(if connected {
                    error::timeout(Expired::Head)
                } else {
                    error::timeout(Expired::Start).not_sent()
                }));
            }
            Poll::Pending
        })
        .await
    }

    /// Keeps the connection of this response from taking more requests, if it is old.
    fn retiring(
        &self,
        mut response: Response<Incoming>,
        connection: &CaptureConnection,
    ) -> Response<Incoming> {
        let made = response.extensions_mut().remove::<Made>();
        if made.is_some_and(|made| made.age() >= self.settings.pool_max_age)
            && let Some(connected) = connection.connection_metadata().as_ref()
        {
            connected.poison();
        }
        response
    }
}

#[async_trait]
impl Transport for HyperTransport {
    async fn send(
        &self,
        mut request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        guard::check(request.uri())?;
        if Handle::try_current().is_err() {
            return Err(outside_of_a_runtime("HyperTransport"));
        }
        let head_over = deadline.until_head().map(Instant::from_std);
        if head_over.is_some_and(|over| over <= Instant::now()) {
            return Err(error::timeout(Expired::Start).not_sent());
        }
        accept_gzip(&mut request);
        let response = self.head(request, head_over, deadline.connect).await?;
        Ok(body::of_response(response, deadline, error::of_body))
    }

    /// Comes back after this time, by tokio's clock; outside of a tokio runtime, at once.
    async fn sleep(&self, duration: Duration) {
        pause(duration).await;
    }
}

/// Asks for gzip, unless the request asks for something else.
pub(crate) fn accept_gzip(request: &mut Request<Bytes>) {
    request
        .headers_mut()
        .entry(ACCEPT_ENCODING)
        .or_insert(HeaderValue::from_static("gzip"));
}

/// The error for a call in a thread without a runtime. Its kind is one that is not tried again.
pub(crate) fn outside_of_a_runtime(transport: &str) -> TransportError {
    TransportError::new(TransportErrorKind::Refused)
        .with_source(format!("{transport} must be used inside a tokio runtime"))
        .not_sent()
}

/// Sleeps by tokio's clock. Where there is none, the send that follows says so.
pub(crate) async fn pause(duration: Duration) {
    if Handle::try_current().is_ok() {
        sleep(duration).await;
    }
}
