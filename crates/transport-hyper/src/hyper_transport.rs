//! The transport itself.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use http_body::Body as _;
use http_body_util::Full;
use intercom_core::transport::{Body, Deadline, Transport, TransportError};
use tokio::task::yield_now;
use tokio::time::timeout;

use crate::begin::{Begun, begin, pause};
use crate::body::Arriving;
use crate::classify::{self, Expired};
use crate::lease::Leased;
use crate::pool::Pool;
use crate::settings::Settings;

/// Sends requests with hyper, over pooled connections.
///
/// Clones share their connections, so create one and clone it: a new one reads the platform's root
/// certificates again. It must be used inside a tokio runtime with I/O and time enabled, as
/// `#[tokio::main]` and `Runtime::new` do. A pooled connection ends with the runtime that it was made
/// in.
///
/// Dropping the future of a request, or the body of its response, cancels the request: with HTTP/1.1
/// the connection is closed, with HTTP/2 the stream is reset.
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
    pub(crate) fn from_parts(pool: Pool, settings: Settings) -> Self {
        Self {
            pool: Arc::new(pool),
            settings,
        }
    }

    /// Sends the request and returns the head of the response.
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
            // A runtime of one thread did not look at its sockets while it was blocked: the first
            // yield lets it, and the second lets the tasks of the connections run.
            yield_now().await;
            yield_now().await;
        }
        loop {
            let connection = match origin.kept() {
                Some(connection) => connection,
                None => {
                    let limit = self.settings.connect_timeout;
                    let limit = connect.map_or(limit, |own| own.min(limit));
                    // Boxed, to keep the future of the many calls small that need no connection.
                    let connecting = Box::pin(timeout(limit, self.pool.connect(&origin, &uri)));
                    match alarm.within(connecting).await {
                        Some(Ok(connected)) => connected?,
                        Some(Err(_)) => return Err(classify::connect_timeout(&uri, limit)),
                        None => return Err(classify::timeout(Expired::Start).not_sent()),
                    }
                }
            };
            let is_new = connection.is_new();
            let exchange = Leased::exchange(connection, request, &origin, *over);
            match alarm.within(exchange).await {
                Some(Ok(response)) => return Ok(response),
                Some(Err(mut failed)) => match failed.take_message() {
                    // The connection was closed before the request was begun.
                    Some(returned) if !is_new => {
                        request = returned;
                        *request.uri_mut() = uri.clone();
                    }
                    _ => return Err(classify::of_request(failed.into_error(), has_body)),
                },
                None => return Err(classify::timeout(Expired::Head)),
            }
        }
    }
}

#[async_trait]
impl Transport for HyperTransport {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        let mut begun = begin("HyperTransport", deadline)?;
        let response = self.head(request, &mut begun, deadline.connect).await?;
        Ok(response.map(|body| Body::new(Arriving(body))))
    }

    /// Sleeps for `duration`, by tokio's clock. Outside of a tokio runtime it returns at once.
    async fn sleep(&self, duration: Duration) {
        pause(duration).await;
    }
}
