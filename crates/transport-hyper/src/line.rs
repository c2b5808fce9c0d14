//! A connection that takes requests, and the body that comes on it.

use std::future::{Future, poll_fn};
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::header::HOST;
use http::{Request, Response, Uri};
use http_body::{Body as _, Frame, SizeHint};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::{TrySendError, http1, http2};
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout};

use crate::connect::BoxError;
use crate::pool::Origin;

type Outgoing = Request<Full<Bytes>>;
type Running = Pin<Box<dyn Future<Output = ()> + Send>>;

/// How long a connection may take, after a response, to write what the server did not wait for.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// A connection that takes requests.
pub(crate) struct Line {
    sender: Sender,
    /// The connection itself, until the first request: it must be there before the connection fails,
    /// to be told why.
    unstarted: Option<Running>,
    pub(crate) made: Instant,
    pub(crate) idle_since: Instant,
}

pub(crate) enum Sender {
    Http1(http1::SendRequest<Full<Bytes>>),
    Http2(http2::SendRequest<Full<Bytes>>),
}

impl Line {
    pub(crate) fn new<E>(
        sender: Sender,
        connection: impl Future<Output = Result<(), E>> + Send + 'static,
        made: Instant,
    ) -> Self {
        Self {
            sender,
            // How it ended, its requests are told.
            unstarted: Some(Box::pin(async move { drop(connection.await) })),
            made,
            idle_since: made,
        }
    }

    /// The same connection, for others to use.
    pub(crate) fn share(&self) -> Option<Self> {
        let Sender::Http2(sender) = &self.sender else {
            return None;
        };
        Some(Self {
            sender: Sender::Http2(sender.clone()),
            unstarted: None,
            made: self.made,
            idle_since: self.idle_since,
        })
    }

    /// Whether it was made for the call that has it.
    pub(crate) const fn is_new(&self) -> bool {
        self.unstarted.is_some()
    }

    pub(crate) fn is_ready(&self) -> bool {
        match &self.sender {
            Sender::Http1(sender) => sender.is_ready(),
            Sender::Http2(sender) => sender.is_ready(),
        }
    }

    /// Sends the request and gives the head of the response. The connection goes back to where it came
    /// from with the end of the body.
    pub(crate) async fn send(
        mut self,
        mut request: Outgoing,
        origin: &Arc<Origin>,
    ) -> Result<Response<Leased>, TrySendError<Outgoing>> {
        match &mut self.sender {
            Sender::Http1(sender) => {
                if let Some(host) = origin.host() {
                    request.headers_mut().entry(HOST).or_insert(host.clone());
                }
                let path = request.uri().path_and_query().cloned();
                *request.uri_mut() = path.map(Uri::from).unwrap_or_default();
                let response = sender.try_send_request(request);
                start(self.unstarted.take());
                let response = response.await?;
                Ok(response.map(|incoming| Leased::new(incoming, self, Arc::clone(origin))))
            }
            Sender::Http2(sender) => {
                let response = sender.try_send_request(request);
                start(self.unstarted.take());
                let response = response.await?;
                Ok(response.map(Leased::without))
            }
        }
    }

    /// Keeps the connection when it is ready for another request, as it mostly is by now.
    fn give_back(mut self, origin: Arc<Origin>) {
        let Sender::Http1(sender) = &mut self.sender else {
            return;
        };
        if sender.is_ready() {
            origin.keep(self);
        } else if !sender.is_closed()
            && let Ok(runtime) = Handle::try_current()
        {
            runtime.spawn(async move {
                let Sender::Http1(sender) = &mut self.sender else {
                    return;
                };
                let ready = poll_fn(|context| sender.poll_ready(context));
                if let Ok(Ok(())) = timeout(LAST_WRITES, ready).await {
                    origin.keep(self);
                }
            });
        }
    }
}

/// The body of a response, with the connection that it comes on. Dropped before its end, it closes
/// that.
pub(crate) struct Leased {
    incoming: Incoming,
    /// Whether it comes by HTTP/2.
    is_shared: bool,
    lease: Option<(Line, Arc<Origin>)>,
}

impl Leased {
    fn new(incoming: Incoming, line: Line, origin: Arc<Origin>) -> Self {
        let mut body = Self {
            incoming,
            is_shared: false,
            lease: Some((line, origin)),
        };
        if body.incoming.is_end_stream() {
            body.give_back();
        }
        body
    }

    /// On a connection that is shared, which it leaves alone.
    const fn without(incoming: Incoming) -> Self {
        Self {
            incoming,
            is_shared: true,
            lease: None,
        }
    }

    fn give_back(&mut self) {
        if let Some((line, origin)) = self.lease.take() {
            line.give_back(origin);
        }
    }
}

impl http_body::Body for Leased {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = Pin::new(&mut self.incoming).poll_frame(context);
        let frame = frame.map(|frame| frame.map(|read| read.map_err(Into::into)));
        match &frame {
            // hyper takes a reset without an error code for the end of the body.
            Poll::Ready(None) if self.is_shared && !self.incoming.is_end_stream() => {
                let cut = io::Error::from(io::ErrorKind::UnexpectedEof);
                return Poll::Ready(Some(Err(cut.into())));
            }
            Poll::Ready(Some(Err(_))) => self.lease = None,
            Poll::Ready(_) if self.incoming.is_end_stream() => self.give_back(),
            Poll::Ready(None) => self.give_back(),
            _ => {}
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.incoming.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.incoming.size_hint()
    }
}

fn start(connection: Option<Running>) {
    if let Some(connection) = connection {
        tokio::spawn(connection);
    }
}
