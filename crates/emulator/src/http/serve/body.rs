//! Reply bodies, and the ways in which they fail.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tokio::sync::Notify;
use tokio::time::{Sleep, sleep};

use super::Closed;
use super::activity::InFlight;
use crate::http::event_stream::Arrival;
use crate::http::reply::{Arrivals, PIECE, half};

/// How often a body that goes on is looked at.
const LOOK: Duration = Duration::from_millis(20);

/// The body of a reply.
#[derive(Debug)]
pub(crate) struct ReplyBody {
    rest: Option<Bytes>,
    /// Whether it breaks off after the rest.
    breaks: bool,
    /// Whether the bytes before the break had a chance to be flushed.
    flushed: bool,
    /// The pause before each piece.
    pause: Option<Duration>,
    pausing: Option<Pin<Box<Sleep>>>,
    /// What the body goes on with after the rest.
    arrivals: Option<Arrivals>,
    /// Notified when the body ends.
    last: Option<Arc<Notify>>,
    /// The request that it answers.
    in_flight: Option<InFlight>,
}

impl Drop for ReplyBody {
    fn drop(&mut self) {
        if let Some(last) = &self.last {
            last.notify_one();
        }
    }
}

impl ReplyBody {
    pub(crate) fn whole(bytes: Bytes) -> Self {
        Self {
            rest: Some(bytes).filter(|bytes| !bytes.is_empty()),
            breaks: false,
            flushed: false,
            pause: None,
            pausing: None,
            arrivals: None,
            last: None,
            in_flight: None,
        }
    }

    /// Keeps the request in flight until the body ends.
    pub(super) fn of(mut self, request: InFlight) -> Self {
        self.in_flight = Some(request);
        self
    }

    pub(crate) fn half(bytes: Bytes) -> Self {
        let mut reply = Self::whole(half(bytes));
        reply.breaks = true;
        reply
    }

    pub(crate) fn slow(bytes: Bytes, pause: Duration) -> Self {
        let mut reply = Self::whole(bytes);
        reply.pause = Some(pause);
        reply
    }

    pub(crate) fn last(bytes: Bytes, close: Arc<Notify>) -> Self {
        let mut reply = Self::whole(bytes);
        reply.last = Some(close);
        reply
    }

    /// A body that begins with these bytes, and goes on with what arrives.
    pub(crate) fn stream(bytes: Bytes, arrivals: Arrivals) -> Self {
        let mut reply = Self::whole(bytes);
        reply.arrivals = Some(arrivals);
        reply
    }

    /// Waits for what arrives next.
    fn poll_arrival(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        loop {
            if let Some(pausing) = &mut self.pausing {
                ready!(pausing.as_mut().poll(context));
                self.pausing = None;
            }
            let Some(arrivals) = &mut self.arrivals else {
                return Poll::Ready(None);
            };
            match (arrivals.0)() {
                Arrival::Events(events) => return Poll::Ready(Some(events)),
                Arrival::Nothing => self.pausing = Some(Box::pin(sleep(LOOK))),
                Arrival::End => self.arrivals = None,
            }
        }
    }

    /// Takes the next piece, after the pause if there is one.
    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Bytes>> {
        let Some(mut rest) = self.rest.take() else {
            return self.poll_arrival(context);
        };
        let Some(pause) = self.pause else {
            return Poll::Ready(Some(rest));
        };
        let pausing = self.pausing.get_or_insert_with(|| Box::pin(sleep(pause)));
        if pausing.as_mut().poll(context).is_pending() {
            self.rest = Some(rest);
            return Poll::Pending;
        }
        self.pausing = None;
        let piece = rest.split_to(PIECE.min(rest.len()));
        self.rest = Some(rest).filter(|rest| !rest.is_empty());
        Poll::Ready(Some(piece))
    }
}

impl http_body::Body for ReplyBody {
    type Data = Bytes;
    type Error = Closed;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Closed>>> {
        if let Some(piece) = ready!(self.poll_piece(context)) {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        if self.breaks && !std::mem::replace(&mut self.flushed, true) {
            // The bytes so far are flushed while the body is pending.
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        Poll::Ready(self.breaks.then_some(Err(Closed)))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_none() && self.arrivals.is_none() && !self.breaks
    }

    fn size_hint(&self) -> SizeHint {
        if self.breaks || self.arrivals.is_some() {
            return SizeHint::default();
        }
        let rest = self.rest.as_ref().map_or(0, Bytes::len);
        SizeHint::with_exact(rest as u64)
    }
}
