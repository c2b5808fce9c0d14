//! The emulator as a transport, without sockets.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, Read};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use async_trait::async_trait;
use bytes::Bytes;
use futures_core::Stream;
use http::header::CONTENT_LENGTH;
use http::{Method, Request, Response};
use intercom_core::transport::{Body, Deadline, Now, blocking};
use intercom_core::{Transport, TransportError, TransportErrorKind};

use crate::clock::Clock;
use crate::dispatch::{Outcome, PIECE, Way, half};
use crate::emulator::Emulator;

/// Moves requests to an [`Emulator`] in this process: for async clients and for blocking ones,
/// without sockets and without a runtime.
#[derive(Clone)]
pub struct EmulatorTransport {
    emulator: Emulator,
}

impl fmt::Debug for EmulatorTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EmulatorTransport")
    }
}

/// A body as it arrives.
#[derive(Debug)]
struct Arriving {
    emulator: Emulator,
    rest: Bytes,
    /// How it ends before its end, if it does.
    breaks: Option<TransportErrorKind>,
    /// It comes slowly, and not beyond the deadline.
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
        let transport = EmulatorTransport::new(self.emulator.clone());
        let until = transport.until(pause);
        if let Some(deadline) = deadline.filter(|deadline| until.is_none_or(|it| it >= *deadline)) {
            transport.sleep_until(Some(deadline));
            self.rest.clear();
            return Some(Err(TransportError::new(TransportErrorKind::Timeout)
                .with_source("the emulator was told to answer slowly")));
        }
        transport.sleep_until(until);
        Some(Ok(self.rest.split_to(PIECE.min(self.rest.len()))))
    }
}

impl EmulatorTransport {
    pub(crate) const fn new(emulator: Emulator) -> Self {
        Self { emulator }
    }

    fn exchange(
        &self,
        request: &Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Arriving>, TransportError> {
        let now = self.emulator.lock().clock.now();
        if deadline
            .until_head()
            .is_some_and(|whole| now.instant >= whole)
        {
            return Err(TransportError::new(TransportErrorKind::Timeout).not_sent());
        }
        match self.emulator.answer(request) {
            Outcome::Reply(mut reply, way) => {
                let (mut breaks, mut pause) = (None, None);
                match way {
                    Way::Whole | Way::ThenClose => {}
                    Way::CutShort => breaks = Some(TransportErrorKind::Closed),
                    Way::BrokenGzip => {
                        reply.headers_mut().remove(CONTENT_LENGTH);
                        breaks = Some(TransportErrorKind::Encoding);
                    }
                    Way::Trickle(time) => pause = Some((time, deadline.whole)),
                }
                breaks = breaks.filter(|_| request.method() != Method::HEAD);
                Ok(reply.map(|body| Arriving {
                    emulator: self.emulator.clone(),
                    rest: if breaks.is_some() { half(body) } else { body },
                    breaks,
                    pause,
                }))
            }
            Outcome::Reset => Err(broken(TransportErrorKind::Closed)),
            Outcome::Hang => {
                if let Some(whole) = deadline.until_head() {
                    self.emulator.lock().clock.advance_to(whole);
                }
                Err(TransportError::new(TransportErrorKind::Timeout)
                    .with_source("the emulator was told not to answer"))
            }
        }
    }
}

impl EmulatorTransport {
    fn until(&self, duration: Duration) -> Option<Instant> {
        let now = self.emulator.lock().clock.now().instant;
        now.checked_add(duration)
    }

    fn sleep_until(&self, until: Option<Instant>) {
        let Some(until) = until else { return };
        let mut state = self.emulator.lock();
        match &mut state.clock {
            clock @ Clock::Virtual(_) => clock.advance_to(until),
            Clock::System => {
                drop(state);
                std::thread::sleep(until.saturating_duration_since(Instant::now()));
            }
        }
    }
}

fn broken(kind: TransportErrorKind) -> TransportError {
    TransportError::new(kind).with_source(match kind {
        TransportErrorKind::Encoding => "the emulator was told to leave out the end",
        _ => "the emulator was told to close the connection",
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

    /// Moves a virtual clock. Tasks that begin to sleep in the same round sleep side by side.
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
        self.emulator.lock().clock.now()
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
        self.emulator.lock().clock.now()
    }
}

impl Stream for Arriving {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.piece())
    }
}

/// Reads a body; the second is what there is of a piece.
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
