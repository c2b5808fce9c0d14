//! A tower service as a transport.

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Body, Deadline, Transport, TransportError};
use tower_service::Service;

use crate::begin::{Begun, begin, pause};
use crate::body::Arriving;
use crate::classify::{self, Expired};

/// Sends requests through a [`tower_service::Service`]: a client with layers around it, or a server in
/// the same program.
///
/// `Q` is the request body of the service, such as `Full<Bytes>` or `axum::body::Body`.
///
/// ```
/// use intercom_transport_hyper::{AccessToken, Client, TowerTransport};
/// # use bytes::Bytes;
/// use http::{Request, Response};
/// use http_body_util::Full;
///
/// let service = tower::service_fn(async |request: Request<Full<Bytes>>| {
///     Ok::<_, std::convert::Infallible>(Response::new(Full::new(Bytes::from_static(b"{}"))))
/// });
/// let intercom = Client::new(TowerTransport::new(service), AccessToken::new("token"));
/// ```
///
/// Each call clones the service, waits until the clone is ready, and calls it. So a limit that clones
/// share applies to all calls. If the clones of a service do not share its limit, wrap it in a buffer.
///
/// If the service does not become ready, the request was certainly not sent, and even a write can be
/// retried. Once the service is called, the request counts as sent. A service that sends a request
/// twice can therefore perform a write twice.
///
/// The limit for connecting is left to the service. It must be used inside a tokio runtime.
pub struct TowerTransport<S, Q> {
    /// Locked only to clone it, since a service need not be `Sync`.
    service: Mutex<S>,
    body: PhantomData<fn(Bytes) -> Q>,
}

impl<S, Q> TowerTransport<S, Q> {
    /// Creates a transport that sends through `service`.
    pub fn new(service: S) -> Self
    where
        S: Service<Request<Q>>,
    {
        Self {
            service: Mutex::new(service),
            body: PhantomData,
        }
    }
}

impl<S, Q> fmt::Debug for TowerTransport<S, Q> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TowerTransport")
    }
}

#[async_trait]
impl<S, Q, B> Transport for TowerTransport<S, Q>
where
    S: Service<Request<Q>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Into<Box<dyn Error + Send + Sync>>,
    Q: From<Bytes> + Send + 'static,
    B: http_body::Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        let Begun { mut alarm, .. } = begin("TowerTransport", deadline)?;
        let mut service = self
            .service
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        let ready = poll_fn(|context| service.poll_ready(context));
        match alarm.within(ready).await {
            Some(Ok(())) => {}
            Some(Err(error)) => return Err(classify::of_exchange(error).not_sent()),
            None => return Err(classify::timeout(Expired::Start).not_sent()),
        }
        match alarm.within(service.call(request.map(Q::from))).await {
            Some(Ok(response)) => Ok(response.map(|body| Body::new(Arriving(Box::pin(body))))),
            Some(Err(error)) => Err(classify::of_exchange(error)),
            None => Err(classify::timeout(Expired::Head)),
        }
    }

    /// Sleeps for `duration`, by tokio's clock. Outside of a tokio runtime it returns at once.
    async fn sleep(&self, duration: Duration) {
        pause(duration).await;
    }
}
