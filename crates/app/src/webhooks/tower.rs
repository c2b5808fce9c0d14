//! Webhooks as a tower service.

use std::error::Error;
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response, StatusCode};
use http_body::Body;
use http_body_util::Full;
use tower_service::Service;

use super::notification::Notification;
use super::receiver::Receiver;

/// Serves a webhook: verified notifications go to the inner service, which returns the status to reply
/// with. Probes, pings and refusals do not reach it.
///
/// It reads bodies up to the limit of the receiver. How long a sender may take for one is for the server
/// to limit.
///
/// ```
/// use std::convert::Infallible;
///
/// use http::StatusCode;
/// use intercom_app::webhooks::{Notification, Receiver, WebhookService};
///
/// async fn handle(notification: Notification) -> Result<StatusCode, Infallible> {
///     println!("{}", notification.topic());
///     Ok(StatusCode::OK)
/// }
///
/// let service = WebhookService::new(Receiver::new("client secret"), tower::service_fn(handle));
/// # let _ = service;
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "tower")))]
#[derive(Clone)]
pub struct WebhookService<S> {
    receiver: Receiver,
    inner: S,
}

impl<S> WebhookService<S> {
    /// Wraps a service.
    #[must_use]
    pub fn new(receiver: Receiver, inner: S) -> Self {
        Self { receiver, inner }
    }
}

impl<S> fmt::Debug for WebhookService<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("WebhookService")
            .field("receiver", &self.receiver)
            .finish_non_exhaustive()
    }
}

impl<S, B> Service<Request<B>> for WebhookService<S>
where
    S: Service<Notification, Response = StatusCode> + Clone + Send + 'static,
    S::Future: Send,
    B: Body + Send + 'static,
    B::Data: Send,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Response = Response<Full<Bytes>>;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(cx)
    }

    fn call(&mut self, request: Request<B>) -> Self::Future {
        // The service that is ready is this one, not its clone.
        let clone = self.inner.clone();
        let mut inner = std::mem::replace(&mut self.inner, clone);
        let receiver = self.receiver.clone();
        Box::pin(async move {
            let received = receiver.gate().collect(request).await;
            let received = received
                .and_then(|(parts, body)| receiver.receive(&parts.method, &parts.headers, body));
            match received {
                Ok(notification) => {
                    let mut response = Response::new(Full::default());
                    *response.status_mut() = inner.call(notification).await?;
                    Ok(response)
                }
                Err(reply) => Ok(reply.to_response()),
            }
        })
    }
}
