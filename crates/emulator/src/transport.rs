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
use http::{Method, Request, Response};
use intercom_core::transport::{Body, Deadline, Now, blocking};
use intercom_core::{Transport, TransportError, TransportErrorKind};

use crate::clock::Clock;
use crate::dispatch::Outcome;
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

/// A response, and whether its body breaks off.
type Arrived = (Response<Bytes>, bool);

impl EmulatorTransport {
    pub(crate) const fn new(emulator: Emulator) -> Self {
        Self { emulator }
    }

    fn exchange(
        &self,
        request: &Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Arrived, TransportError> {
        let now = self.emulator.lock().clock.now();
        if deadline
            .until_head()
            .is_some_and(|whole| now.instant >= whole)
        {
            return Err(TransportError::new(TransportErrorKind::Timeout).not_sent());
        }
        match self.emulator.answer(request) {
            Outcome::Reply(reply) => Ok((reply, false)),
            Outcome::CutShort(mut reply) => {
                let half = reply.body().len() / 2;
                reply.body_mut().truncate(half);
                Ok((reply, request.method() != Method::HEAD))
            }
            Outcome::Reset => Err(broken()),
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

fn broken() -> TransportError {
    TransportError::new(TransportErrorKind::Closed)
        .with_source("the emulator was told to close the connection")
}

#[async_trait]
impl Transport for EmulatorTransport {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        let (reply, breaks) = self.exchange(&request, deadline)?;
        Ok(reply.map(|bytes| {
            if breaks {
                Body::from_stream(Pieces(vec![Err(broken()), Ok(bytes)]))
            } else {
                Body::from(bytes)
            }
        }))
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
        let (reply, breaks) = self.exchange(&request, deadline)?;
        Ok(reply.map(|bytes| {
            if breaks {
                blocking::Body::from_reader(io::Cursor::new(bytes).chain(Breaks))
            } else {
                blocking::Body::from(bytes)
            }
        }))
    }

    fn sleep(&self, duration: Duration) {
        self.sleep_until(self.until(duration));
    }

    fn now(&self) -> Now {
        self.emulator.lock().clock.now()
    }
}

/// The pieces of a body, last one first.
struct Pieces(Vec<Result<Bytes, TransportError>>);

impl Stream for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop())
    }
}

/// Ends a body with an error.
struct Breaks;

impl Read for Breaks {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(io::Error::other(broken()))
    }
}
