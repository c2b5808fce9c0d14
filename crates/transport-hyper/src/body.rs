//! The body of a response, which ends at its deadline.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::Response;
use intercom_core::transport::{Body, Deadline, Gunzip, TransportError, TransportErrorKind};
use tokio::time::Instant;

use crate::alarm::Alarm;
use crate::error::{self, BoxError, Expired};

/// A response whose body ends, with an error, when its deadline passes. The alarm is that of the call.
///
/// The headers of a gzip encoding go with it. They stay on a response without a body, such as one
/// to HEAD, where they are all that it says.
pub(crate) fn of_response<B>(
    mut response: Response<B>,
    deadline: Deadline,
    alarm: Alarm,
) -> Response<Body>
where
    B: http_body::Body + Send + Unpin + 'static,
    B::Data: Send,
    B::Error: Into<BoxError>,
{
    let gunzip = if response.body().is_end_stream() {
        None
    } else {
        Gunzip::of_body(response.headers_mut())
    };
    response.map(|incoming| {
        Body::from_stream(Arriving {
            incoming: Some(incoming),
            gunzip,
            alarm,
            over: deadline.whole.map(Instant::from_std),
            idle: deadline.idle,
            waiting: None,
        })
    })
}

/// How many frames without data may follow each other before other tasks get their turn.
const MAX_EMPTY: usize = 32;

struct Arriving<B> {
    /// Taken away at the end or an error, which lets go of the connection.
    incoming: Option<B>,
    gunzip: Option<Gunzip>,
    alarm: Alarm,
    over: Option<Instant>,
    /// For how long the body may pause.
    idle: Option<Duration>,
    /// Since when the reader waits.
    waiting: Option<Instant>,
}

impl<B> Arriving<B>
where
    B: http_body::Body + Unpin,
    B::Error: Into<BoxError>,
{
    /// Whether the deadline has passed, even if the runtime has not polled the alarm yet.
    fn is_over(&self) -> bool {
        self.over.is_some_and(|over| over <= Instant::now())
    }

    /// Ready with an error if the reader has waited too long.
    fn poll_alarm(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        let paused = self.idle.and_then(|idle| {
            let since = self.waiting.get_or_insert_with(Instant::now);
            Some((since.checked_add(idle)?, Expired::Idle(idle)))
        });
        let over = self.over.map(|over| (over, Expired::Body));
        let first = paused.into_iter().chain(over).min_by_key(|(end, _)| *end);
        let Some((end, expired)) = first else {
            return Poll::Pending;
        };
        let rings = self.alarm.poll(Some(end), context);
        rings.map(|()| error::timeout(expired))
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        for _ in 0..MAX_EMPTY {
            if let Some(gunzip) = &mut self.gunzip
                && let Some(piece) = gunzip.piece().map_err(not_gzip)?
            {
                self.waiting = None;
                return Poll::Ready(Some(Ok(piece)));
            }
            let Some(incoming) = &mut self.incoming else {
                return Poll::Ready(None);
            };
            let frame = ready!(Pin::new(&mut *incoming).poll_frame(context));
            match frame {
                Some(Ok(frame)) => {
                    // Of `Bytes`, this makes no copy.
                    let data = frame
                        .into_data()
                        .map(|mut data| data.copy_to_bytes(data.remaining()));
                    match (data, &mut self.gunzip) {
                        (Ok(data), Some(gunzip)) => gunzip.push(data),
                        (Ok(data), None) if !data.is_empty() => {
                            self.waiting = None;
                            return Poll::Ready(Some(Ok(data)));
                        }
                        // Nothing, or trailers, which nobody asks for.
                        _ => {}
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error::of_exchange(error)))),
                None => {
                    // As of a service that takes a reset for the end.
                    if incoming.size_hint().lower() > 0 && !incoming.is_end_stream() {
                        let error = TransportError::new(TransportErrorKind::Closed)
                            .with_source("the body ended before its Content-Length");
                        return Poll::Ready(Some(Err(error)));
                    }
                    self.incoming = None;
                    if let Some(gunzip) = &mut self.gunzip {
                        gunzip.finish().map_err(not_gzip)?;
                    }
                }
            }
        }
        // Lets other tasks run, and the alarm be looked at.
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl<B> Stream for Arriving<B>
where
    B: http_body::Body + Unpin,
    B::Error: Into<BoxError>,
{
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = if self.incoming.is_some() && self.is_over() {
            Poll::Ready(Some(Err(error::timeout(Expired::Body))))
        } else {
            match self.poll_piece(context) {
                Poll::Pending => self.poll_alarm(context).map(|error| Some(Err(error))),
                piece => piece,
            }
        };
        if let Poll::Ready(Some(Err(_))) = piece {
            self.incoming = None;
            self.gunzip = None;
        }
        piece
    }
}

fn not_gzip(error: std::io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Encoding).with_source(error)
}
