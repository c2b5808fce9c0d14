//! Transports for programs without an async runtime.

use std::fmt;
use std::io::{self, Read};
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};

use super::deadline::Deadline;
use super::limits::{paused_too_long, too_late};
use super::now::Now;
use super::unzip::Unzipped;
use super::{encoding, guard};
use crate::error::TransportError;

/// Sends requests, blocking the thread.
///
/// It promises what the async [`Transport`](super::Transport) does, and in addition keeps the deadline
/// while a body is read: only the transport can end a read that blocks.
///
/// This one makes a connection without TLS for each request:
///
/// ```
/// use std::io::{BufRead, BufReader, Read, Write};
/// use std::net::TcpStream;
/// use std::time::Duration;
///
/// use bytes::Bytes;
/// use http::{Request, Response};
/// use intercom_core::transport::blocking::{Body, Transport};
/// use intercom_core::transport::{Deadline, TransportError, TransportErrorKind as Kind};
///
/// #[derive(Debug)]
/// struct Simple;
///
/// impl Transport for Simple {
///     fn send(
///         &self,
///         request: Request<Bytes>,
///         _deadline: Deadline,
///     ) -> Result<Response<Body>, TransportError> {
///         let peer = request.uri().authority().map(ToString::to_string).unwrap_or_default();
///         let mut stream = TcpStream::connect(&peer).map_err(|error| {
///             // Nothing was sent, so even a write can be repeated.
///             let error = TransportError::new(Kind::Connect).with_source(error);
///             error.with_peer(&peer).not_sent()
///         })?;
///         let closed = |error| TransportError::new(Kind::Closed).with_source(error);
///         let invalid = || TransportError::new(Kind::Protocol);
///
///         let (method, body) = (request.method(), request.body());
///         let mut head = format!("{method} {} HTTP/1.0\r\nhost: {peer}\r\n", request.uri().path());
///         for (name, value) in request.headers() {
///             head += &format!("{name}: {}\r\n", value.to_str().unwrap_or_default());
///         }
///         head += &format!("content-length: {}\r\n\r\n", body.len());
///         stream.write_all(&[head.as_bytes(), body].concat()).map_err(closed)?;
///
///         let mut reader = BufReader::new(stream);
///         let mut line = String::new();
///         reader.read_line(&mut line).map_err(closed)?;
///         let status = line.get(9..12).ok_or_else(invalid)?;
///         let mut response = Response::builder().status(status);
///         loop {
///             line.clear();
///             reader.read_line(&mut line).map_err(closed)?;
///             let Some((name, value)) = line.trim_end().split_once(": ") else {
///                 break;
///             };
///             response = response.header(name, value);
///         }
///         response.body(Body::from_reader(reader)).map_err(|_| invalid())
///     }
///
///     fn sleep(&self, duration: Duration) {
///         std::thread::sleep(duration);
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a blocking transport",
    label = "a blocking client needs a blocking transport",
    note = "use `UreqTransport` of the crate `intercom-transport-ureq` here, or give an async \
            transport such as `HyperTransport` to the async `intercom_transport_hyper::Client`"
)]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and returns the response, whose body can still be arriving.
    ///
    /// # Errors
    ///
    /// If there is no response. The error tells whether the request may have been sent.
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError>;

    /// Sleeps for `duration`.
    fn sleep(&self, duration: Duration);

    /// Returns the current time. A transport with its own clock, for tests, overrides this.
    fn now(&self) -> Now {
        Now::from_system()
    }
}

/// One transport for many clients.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        (**self).send(request, deadline)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}

/// Sends a request as the blocking client does.
///
/// Refuses a URL that would show the access token to the network, requests gzip and decompresses it, and ends
/// the body at its deadline.
///
/// # Errors
///
/// As [`Transport::send`], and of the kind [`Refused`](super::TransportErrorKind::Refused).
pub fn send(
    transport: &Arc<dyn Transport>,
    mut request: Request<Bytes>,
    deadline: Deadline,
) -> Result<Response<Body>, TransportError> {
    guard::check(request.uri())?;
    encoding::accept_gzip(&mut request);
    let method = request.method().clone();
    let mut response = transport.send(request, deadline)?;
    let status = response.status();
    let is_gzip = encoding::take_gzip(&method, status, response.headers_mut());
    let clock = Arc::clone(transport);
    Ok(response.map(|body| {
        let inner = match body.inner {
            Inner::Plain(reader) if is_gzip => Inner::Unzipped(Box::new(Unzipped::new(reader))),
            inner => inner,
        };
        let limits = Some(Limits { clock, deadline });
        Body {
            inner,
            limits,
            ended: false,
        }
    }))
}

/// The body of a response, read as it arrives.
///
/// If an [`io::Error`] of it wraps a [`TransportError`], that is the reason. Any other error means that
/// the connection broke.
pub struct Body {
    inner: Inner,
    limits: Option<Limits>,
    /// Whether the end was read, which then was in time.
    ended: bool,
}

type Reader = Box<dyn Read + Send>;

enum Inner {
    Plain(Reader),
    Unzipped(Box<Unzipped<Reader>>),
}

struct Limits {
    clock: Arc<dyn Transport>,
    deadline: Deadline,
}

impl Limits {
    fn now(&self) -> Instant {
        self.clock.now().instant
    }

    fn check(&self) -> io::Result<()> {
        match self.deadline.whole {
            Some(end) if end <= self.now() => Err(io::Error::other(too_late())),
            _ => Ok(()),
        }
    }

    /// Fails if the reader has waited for data since then, and for too long.
    fn check_pause(&self, since: Instant) -> io::Result<()> {
        self.check()?;
        match self.deadline.idle {
            Some(idle) if self.now().saturating_duration_since(since) >= idle => {
                Err(io::Error::other(paused_too_long(idle)))
            }
            _ => Ok(()),
        }
    }
}

impl Body {
    /// Makes a body from any reader.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self {
            inner: Inner::Plain(Box::new(reader)),
            limits: None,
            ended: false,
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::from_reader(io::Cursor::new(bytes))
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() || self.ended {
            return Ok(0);
        }
        let limits = self.limits.as_ref();
        limits.map_or(Ok(()), Limits::check)?;
        let count = match &mut self.inner {
            Inner::Plain(reader) => reader.read(buffer)?,
            Inner::Unzipped(body) => {
                let since = limits.map(Limits::now);
                loop {
                    if let Some(count) = body.read_some(buffer)? {
                        break count;
                    }
                    // The transport sees that bytes arrive, but not that they decompress to nothing.
                    if let (Some(limits), Some(since)) = (limits, since) {
                        limits.check_pause(since)?;
                    }
                }
            }
        };
        self.ended = count == 0;
        Ok(count)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
