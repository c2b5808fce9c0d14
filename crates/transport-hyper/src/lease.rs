//! The body of a response, with the connection that it arrives on.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Response;
use http_body::{Body as _, Frame, SizeHint};
use hyper::body::Incoming;
use hyper::client::conn::TrySendError;
use tokio::runtime::Handle;
use tokio::time::{Instant, timeout};

use crate::classify::BoxError;
use crate::connection::{Connection, Outgoing};
use crate::origin::Origin;

/// How long a connection may take, after a response, to finish writing a request whose body the
/// server did not wait for.
const LAST_WRITES: Duration = Duration::from_secs(5);

/// The body of a response, with the HTTP/1.1 connection that it arrives on.
///
/// At the end of the body the connection goes back to its origin. Dropped before, it is closed.
pub(crate) struct Leased {
    incoming: Incoming,
    is_http1: bool,
    lease: Option<(Connection, Arc<Origin>)>,
}

impl Leased {
    /// Sends the request and returns the head of the response.
    pub(crate) async fn exchange(
        mut connection: Connection,
        request: Outgoing,
        origin: &Arc<Origin>,
        deadline: Option<Instant>,
    ) -> Result<Response<Self>, TrySendError<Outgoing>> {
        let response = connection.send(request, origin.host(), deadline).await?;
        Ok(response.map(|incoming| Self::new(incoming, connection, origin)))
    }

    fn new(incoming: Incoming, connection: Connection, origin: &Arc<Origin>) -> Self {
        let is_http1 = connection.is_http1();
        let mut body = Self {
            incoming,
            is_http1,
            // An HTTP/2 connection is shared, and needs no giving back.
            lease: is_http1.then(|| (connection, Arc::clone(origin))),
        };
        if body.incoming.is_end_stream() {
            body.give_back();
        }
        body
    }

    fn give_back(&mut self) {
        if let Some((connection, origin)) = self.lease.take() {
            give_back(connection, origin);
        }
    }
}

/// Keeps the connection once it is ready for another request, as it mostly is at once.
fn give_back(mut connection: Connection, origin: Arc<Origin>) {
    if connection.is_free() {
        origin.keep(connection);
    } else if !connection.is_closed()
        && let Ok(runtime) = Handle::try_current()
    {
        runtime.spawn(async move {
            if let Ok(true) = timeout(LAST_WRITES, connection.becomes_ready()).await {
                origin.keep(connection);
            }
        });
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
            Poll::Ready(None) if !self.is_http1 && !self.incoming.is_end_stream() => {
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
