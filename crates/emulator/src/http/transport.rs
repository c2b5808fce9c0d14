//! The in-process transport.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response};
use intercom_core::transport::{Body, Deadline, Now, blocking};
use intercom_core::{Transport, TransportError, TransportErrorKind};

use super::event_stream::Arrival;
use super::reply::{Delivery, Outcome, PIECE, half};

/// What answers requests: an emulator.
pub(crate) trait Host: Send + Sync {
    /// Answers a request.
    fn answer(&self, request: &Request<Bytes>) -> Outcome;

    /// Whether it has a control API.
    #[cfg(feature = "serve")]
    fn has_control(&self) -> bool {
        false
    }

    /// Returns how long the body of a request may be.
    #[cfg(feature = "serve")]
    fn max_body(&self, _: &http::request::Parts) -> usize {
        super::reply::MAX_BODY
    }

    /// Returns the emulator's time.
    fn now(&self) -> Now;

    /// Waits until `instant`: a stopped clock advances to it. Returns how long to sleep otherwise.
    fn wait_until(&self, instant: Instant) -> Duration;
}

/// An in-process transport to an emulator, for async and blocking clients. It needs no sockets and
/// no runtime.
#[derive(Clone)]
pub struct EmulatorTransport {
    host: Arc<dyn Host>,
}

impl fmt::Debug for EmulatorTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmulatorTransport")
    }
}

/// A body in delivery.
#[derive(Debug)]
struct Arriving {
    transport: EmulatorTransport,
    rest: Bytes,
    /// The error after the last byte, if the body breaks off.
    breaks: Option<TransportErrorKind>,
    /// The pause before each piece, and the deadline of the request.
    pause: Option<(Duration, Option<Instant>)>,
}

impl Arriving {
    fn piece(&mut self) -> Option<Result<Bytes, TransportError>> {
        if self.rest.is_empty() {
            return self.breaks.take().map(|kind| Err(broken(kind)));
        }
        let Some((pause, deadline)) = self.pause else {
            return Some(Ok(std::mem::take(&mut self.rest)));
        };
        let until = self.transport.until(pause);
        if let Some(deadline) = deadline.filter(|deadline| until.is_none_or(|it| it >= *deadline)) {
            self.transport.sleep_until(Some(deadline));
            self.rest.clear();
            return Some(Err(TransportError::new(TransportErrorKind::Timeout)
                .with_source("injected fault: slow reply")));
        }
        self.transport.sleep_until(until);
        Some(Ok(self.rest.split_to(PIECE.min(self.rest.len()))))
    }
}

impl EmulatorTransport {
    pub(crate) fn new(host: impl Host + 'static) -> Self {
        let host = Arc::new(host);
        Self { host }
    }

    fn exchange(
        &self,
        request: &Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Arriving>, TransportError> {
        let now = self.host.now();
        if deadline
            .until_head()
            .is_some_and(|whole| now.instant >= whole)
        {
            return Err(TransportError::new(TransportErrorKind::Timeout).not_sent());
        }
        match self.host.answer(request) {
            Outcome::Reply(mut reply, delivery) => {
                let (mut breaks, mut pause) = (None, None);
                match delivery {
                    Delivery::Whole | Delivery::ThenClose => {}
                    Delivery::CutShort => breaks = Some(TransportErrorKind::Closed),
                    Delivery::BrokenGzip => {
                        reply.headers_mut().remove(CONTENT_LENGTH);
                        breaks = Some(TransportErrorKind::Encoding);
                    }
                    Delivery::Trickle(time) => pause = Some((time, deadline.whole)),
                }
                breaks = breaks.filter(|_| request.method() != Method::HEAD);
                Ok(reply.map(|body| Arriving {
                    transport: self.clone(),
                    rest: if breaks.is_some() { half(body) } else { body },
                    breaks,
                    pause,
                }))
            }
            // What has not arrived by now does not come while the caller waits for it.
            Outcome::Stream(reply, mut arrivals) => Ok(reply.map(|begin| {
                let mut body = begin.to_vec();
                while let Arrival::Events(events) = (arrivals.0)() {
                    body.extend_from_slice(&events);
                }
                Arriving {
                    transport: self.clone(),
                    rest: body.into(),
                    breaks: None,
                    pause: None,
                }
            })),
            // Only the control API takes its time, which is served over sockets.
            #[cfg(feature = "serve")]
            Outcome::Later(_) => Err(broken(TransportErrorKind::Closed)),
            Outcome::Reset => Err(broken(TransportErrorKind::Closed)),
            Outcome::Hang => {
                if let Some(whole) = deadline.until_head() {
                    self.host.wait_until(whole);
                }
                Err(TransportError::new(TransportErrorKind::Timeout)
                    .with_source("injected fault: no reply"))
            }
        }
    }
}

impl EmulatorTransport {
    fn until(&self, duration: Duration) -> Option<Instant> {
        let now = self.host.now().instant;
        now.checked_add(duration)
    }

    fn sleep_until(&self, until: Option<Instant>) {
        let Some(until) = until else { return };
        std::thread::sleep(self.host.wait_until(until));
    }
}

fn broken(kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind).with_source(match kind {
        TransportErrorKind::Encoding => "injected fault: truncated gzip",
        _ => "injected fault: connection closed",
    })
}

#[async_trait]
impl Transport for EmulatorTransport {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        Ok(self.exchange(&request, deadline)?.map(Body::from_stream))
    }

    /// Advances a virtual clock. Tasks that start to sleep in the same round sleep concurrently.
    async fn sleep(&self, duration: Duration) {
        let until = self.until(duration);
        let mut waited = false;
        poll_fn(|context| {
            if std::mem::replace(&mut waited, true) {
                return Poll::Ready(());
            }
            context.waker().wake_by_ref();
            Poll::Pending
        })
        .await;
        self.sleep_until(until);
    }

    fn now(&self) -> Now {
        self.host.now()
    }
}

impl blocking::Transport for EmulatorTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        let reply = self.exchange(&request, deadline)?;
        Ok(reply.map(|body| blocking::Body::from_reader(Reader(body, Bytes::new()))))
    }

    fn sleep(&self, duration: Duration) {
        self.sleep_until(self.until(duration));
    }

    fn now(&self) -> Now {
        self.host.now()
    }
}

impl Stream for Arriving {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.piece())
    }
}

/// Reads a body; the second field is the rest of the current piece.
struct Reader(Arriving, Bytes);

impl Read for Reader {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.1.is_empty() {
            self.1 = self
                .0
                .piece()
                .transpose()
                .map_err(io::Error::other)?
                .unwrap_or_default();
        }
        let piece = self.1.split_to(buffer.len().min(self.1.len()));
        buffer[..piece.len()].copy_from_slice(&piece);
        Ok(piece.len())
    }
}
