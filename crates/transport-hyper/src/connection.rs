//! One connection, and what is known of its state.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::Context;

use bytes::Bytes;
use http::header::{HOST, HeaderValue};
use http::{Request, Response, Uri};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::{TrySendError, http1, http2};
use tokio::time::Instant;

use crate::health::Health;
use crate::socket::Peephole;

pub(crate) type Outgoing = Request<Full<Bytes>>;
type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A connection that takes requests.
pub(crate) struct Connection {
    sender: Sender,
    /// The task of the connection, which is spawned only after the first request was handed over:
    /// a connection that fails at once can then tell that request why.
    unstarted: Option<Running>,
    pub(crate) made: Instant,
    pub(crate) idle_since: Instant,
}

pub(crate) enum Sender {
    Http1(http1::SendRequest<Full<Bytes>>, Peephole),
    Http2(http2::SendRequest<Full<Bytes>>, Arc<Health>),
}

impl Connection {
    pub(crate) fn new<E>(
        sender: Sender,
        running: impl Future<Output = Result<(), E>> + Send + 'static,
        made: Instant,
    ) -> Self {
        Self {
            sender,
            // Its requests report how it ended.
            unstarted: Some(Box::pin(async move { drop(running.await) })),
            made,
            idle_since: made,
        }
    }

    /// Returns another handle to an HTTP/2 connection; `None` for HTTP/1.1.
    pub(crate) fn share(&self) -> Option<Self> {
        let Sender::Http2(sender, health) = &self.sender else {
            return None;
        };
        Some(Self {
            sender: Sender::Http2(sender.clone(), Arc::clone(health)),
            unstarted: None,
            made: self.made,
            idle_since: self.idle_since,
        })
    }

    /// Whether it has carried no request yet.
    pub(crate) const fn is_new(&self) -> bool {
        self.unstarted.is_some()
    }

    pub(crate) const fn is_http1(&self) -> bool {
        matches!(self.sender, Sender::Http1(..))
    }

    /// Whether it has ended its last exchange, as far as hyper knows.
    pub(crate) fn is_free(&self) -> bool {
        match &self.sender {
            Sender::Http1(sender, _) => sender.is_ready(),
            Sender::Http2(sender, _) => sender.is_ready(),
        }
    }

    /// Whether it is free and open.
    ///
    /// If there is anything to read on an HTTP/1.1 connection, the server has closed it, or has sent a
    /// reply that nobody asked for, which hyper would take for the reply to the next request.
    pub(crate) fn is_ready(&self) -> bool {
        let is_quiet = || match &self.sender {
            Sender::Http1(_, peephole) => peephole.is_quiet(),
            Sender::Http2(..) => true,
        };
        self.is_free() && is_quiet()
    }

    /// Whether requests on it are left without a reply.
    pub(crate) fn is_stalled(&self) -> bool {
        matches!(&self.sender, Sender::Http2(_, health) if health.is_stalled())
    }

    pub(crate) fn is_closed(&self) -> bool {
        match &self.sender {
            Sender::Http1(sender, _) => sender.is_closed(),
            Sender::Http2(sender, _) => sender.is_closed(),
        }
    }

    /// Waits until an HTTP/1.1 connection can take another request. False: it never will.
    pub(crate) async fn becomes_ready(&mut self) -> bool {
        let ready = |context: &mut Context<'_>| match &mut self.sender {
            Sender::Http1(sender, _) => sender.poll_ready(context),
            Sender::Http2(sender, _) => sender.poll_ready(context),
        };
        poll_fn(ready).await.is_ok()
    }

    /// Sends the request and returns the head of the response.
    ///
    /// `deadline` is when the caller stops waiting for it.
    pub(crate) async fn send(
        &mut self,
        mut request: Outgoing,
        host: Option<&HeaderValue>,
        deadline: Option<Instant>,
    ) -> Result<Response<Incoming>, TrySendError<Outgoing>> {
        match &mut self.sender {
            Sender::Http1(sender, _) => {
                if let Some(host) = host {
                    request.headers_mut().entry(HOST).or_insert(host.clone());
                }
                let path = request.uri().path_and_query().cloned();
                *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
                let response = sender.try_send_request(request);
                start(self.unstarted.take());
                response.await
            }
            Sender::Http2(sender, health) => {
                let mut waiting = health.wait(deadline);
                let response = sender.try_send_request(request);
                start(self.unstarted.take());
                let response = response.await;
                waiting.ended(response.is_ok());
                response
            }
        }
    }
}

fn start(connection: Option<Running>) {
    if let Some(connection) = connection {
        tokio::spawn(connection);
    }
}
