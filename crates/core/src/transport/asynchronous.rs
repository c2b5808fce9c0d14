//! Transports for async programs.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};

use super::body::Body;
use super::deadline::Deadline;
use super::limits::{Limits, Sleep, Timer};
use super::now::Now;
use super::{encoding, guard};
use crate::error::TransportError;

/// Sends requests, asynchronously.
///
/// A transport moves bytes, and promises three things:
///
/// - It sends a request at most once, and follows no redirect. A response with any status is a
///   response.
/// - It keeps the [`Deadline`] until the head of the response has arrived. For the body, the client
///   does.
/// - Its errors tell whether the server may have received the request. On that depends whether a write
///   is retried.
///
/// The rest is done above it: the client refuses plain http to other machines, and asks for gzip and
/// undoes it. The crate `intercom-transport-tests` checks a transport against real sockets.
///
/// This one makes a connection without TLS for each request:
///
/// ```
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use http_body_util::Full;
/// use hyper::client::conn::http1;
/// use hyper_util::rt::TokioIo;
/// use intercom_core::api::admins;
/// use intercom_core::transport::{
///     Body, Deadline, Transport, TransportError, TransportErrorKind as Kind, async_trait,
/// };
/// use intercom_core::{BaseUrl, Client, Config};
/// use tokio::net::TcpStream;
/// use tokio::time::timeout_at;
///
/// #[derive(Debug)]
/// struct Simple;
///
/// impl Simple {
///     async fn try_send(request: Request<Bytes>) -> Result<Response<Body>, TransportError> {
///         let peer = request.uri().authority().map(ToString::to_string).unwrap_or_default();
///         let stream = TcpStream::connect(&peer).await.map_err(|error| {
///             // Nothing was sent, so even a write can be repeated.
///             let error = TransportError::new(Kind::Connect).with_source(error);
///             error.with_peer(peer).not_sent()
///         })?;
///         let closed = |error| TransportError::new(Kind::Closed).with_source(error);
///         let connected = http1::handshake(TokioIo::new(stream)).await;
///         let (mut connection, running) = connected.map_err(closed)?;
///         tokio::spawn(running);
///         let response = connection.send_request(request.map(Full::new)).await;
///         Ok(response.map_err(closed)?.map(Body::new))
///     }
/// }
///
/// #[async_trait]
/// impl Transport for Simple {
///     async fn send(
///         &self,
///         request: Request<Bytes>,
///         deadline: Deadline,
///     ) -> Result<Response<Body>, TransportError> {
///         let Some(end) = deadline.until_head() else {
///             return Self::try_send(request).await;
///         };
///         let sent = timeout_at(end.into(), Self::try_send(request)).await;
///         sent.unwrap_or_else(|_| Err(TransportError::new(Kind::Timeout)))
///     }
///
///     async fn sleep(&self, duration: Duration) {
///         tokio::time::sleep(duration).await;
///     }
/// }
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # use std::io::{Read, Write};
/// # let server = std::net::TcpListener::bind("127.0.0.1:0")?;
/// # let address = server.local_addr()?;
/// # std::thread::spawn(move || {
/// #     let (mut client, _) = server.accept().unwrap();
/// #     client.read(&mut [0; 4096]).unwrap();
/// #     let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 12\r\n\r\n{\"id\":\"814\"}";
/// #     client.write_all(reply).unwrap();
/// # });
/// let url = BaseUrl::parse(&format!("http://{address}"))?;
/// let intercom = Client::new(Simple, Config::new("token").base_url(url));
/// assert_eq!(intercom.call(&admins::Me::new()).await?.id.as_str(), "814");
/// # Ok(())
/// # }
/// ```
#[async_trait]
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an async transport",
    label = "an async client needs an async transport",
    note = "use `HyperTransport` of the crate `intercom-transport-hyper` here, or give a blocking \
            transport such as `UreqTransport` to the blocking `intercom_transport_ureq::Client`"
)]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and returns the response, whose body can still be arriving.
    ///
    /// # Errors
    ///
    /// If there is no response. The error tells whether the request may have been sent.
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError>;

    /// Sleeps for `duration`.
    async fn sleep(&self, duration: Duration);

    /// Returns the current time. A transport with its own clock, for tests, overrides this.
    fn now(&self) -> Now {
        Now::from_system()
    }
}

/// One transport for many clients.
#[async_trait]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        (**self).send(request, deadline).await
    }

    async fn sleep(&self, duration: Duration) {
        (**self).sleep(duration).await;
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}

/// Sends a request as the async client does.
///
/// Refuses a URL that would show the access token to the network, requests gzip and decompresses it, and ends
/// the body at its deadline.
///
/// # Errors
///
/// As [`Transport::send`], and of the kind [`Refused`](super::TransportErrorKind::Refused).
pub async fn send(
    transport: &Arc<dyn Transport>,
    mut request: Request<Bytes>,
    deadline: Deadline,
) -> Result<Response<Body>, TransportError> {
    guard::check(request.uri())?;
    encoding::accept_gzip(&mut request);
    let method = request.method().clone();
    // Not through the implementation for `Arc`, which would box another future.
    let mut response = (**transport).send(request, deadline).await?;
    let status = response.status();
    let is_gzip = encoding::take_gzip(&method, status, response.headers_mut());
    Ok(response.map(|body| {
        let body = if is_gzip { body.unzipped() } else { body };
        if deadline.whole.is_none() && deadline.idle.is_none() {
            return body;
        }
        let timer = Box::new(Arc::clone(transport));
        body.limited(Limits::new(timer, deadline))
    }))
}

impl Timer for Arc<dyn Transport> {
    fn now(&self) -> Instant {
        (**self).now().instant
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        let transport = Self::clone(self);
        Box::pin(async move { (*transport).sleep(duration).await })
    }
}
