//! The body of a response as a stream: decompressed, and over when the deadline is.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use http::{HeaderMap, Response};
use intercom_core::transport::{Body, Deadline, Gunzip, TransportError, TransportErrorKind};
use tokio::time::{Instant, Sleep, sleep, sleep_until};

use crate::error::{self, Expired};

/// A response whose body ends, with an error, when its deadline passes.
///
/// The headers of a gzip encoding go with it. They stay on a response without a body, such as one
/// to HEAD, where they are all that it says.
pub(crate) fn of_response<B>(
    mut response: Response<B>,
    deadline: Deadline,
    failed: fn(B::Error) -> TransportError,
) -> Response<Body>
where
    B: http_body::Body + Send + 'static,
    B::Data: Send,
{
    let gunzip = if response.body().is_end_stream() || !is_gzip(response.headers()) {
        None
    } else {
        response.headers_mut().remove(CONTENT_ENCODING);
        response.headers_mut().remove(CONTENT_LENGTH);
        Some(Gunzip::new())
    };
    response.map(|incoming| {
        Body::from_stream(Arriving {
            incoming: Some(Box::pin(incoming)),
            gunzip,
            failed,
            over: deadline
                .whole
                .map(|over| Box::pin(sleep_until(Instant::from_std(over)))),
            pause: deadline.idle.map(Pause::of),
        })
    })
}

fn is_gzip(headers: &HeaderMap) -> bool {
    let mut encodings = headers.get_all(CONTENT_ENCODING).iter();
    let (Some(encoding), None) = (encodings.next(), encodings.next()) else {
        return false;
    };
    let encoding = encoding.as_bytes().trim_ascii();
    encoding.eq_ignore_ascii_case(b"gzip") || encoding.eq_ignore_ascii_case(b"x-gzip")
}

struct Arriving<B: http_body::Body> {
    /// Taken away at the end or an error, which lets go of the connection.
    incoming: Option<Pin<Box<B>>>,
    gunzip: Option<Gunzip>,
    /// What an error of it stands for.
    failed: fn(B::Error) -> TransportError,
    over: Option<Pin<Box<Sleep>>>,
    pause: Option<Pause>,
}

/// How long nothing came while it was waited for.
struct Pause {
    limit: Duration,
    /// Runs while it is waited. It is made at the first wait, for most bodies never have one.
    timer: Option<Pin<Box<Sleep>>>,
    waiting: bool,
}

impl Pause {
    const fn of(limit: Duration) -> Self {
        Self {
            limit,
            timer: None,
            waiting: false,
        }
    }

    fn poll<T>(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, TransportError>>> {
        let limit = self.limit;
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(limit)));
        if !self.waiting
            && let Some(end) = Instant::now().checked_add(limit)
        {
            timer.as_mut().reset(end);
        }
        self.waiting = true;
        let over = timer.as_mut().poll(context);
        over.map(|()| Some(Err(error::timeout(Expired::Idle(limit)))))
    }
}

impl<B: http_body::Body> Arriving<B> {
    fn is_over(&mut self, context: &mut Context<'_>) -> bool {
        self.over.as_mut().is_some_and(|over| {
            // The timer wakes; the clock also counts when the runtime had no time to look at it.
            over.as_mut().poll(context).is_ready() || over.deadline() <= Instant::now()
        })
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        loop {
            if let Some(gunzip) = &mut self.gunzip
                && let Some(piece) = gunzip.piece().map_err(not_gzip)?
            {
                return Poll::Ready(Some(Ok(piece)));
            }
            let Some(incoming) = &mut self.incoming else {
                return Poll::Ready(None);
            };
            let frame = ready!(incoming.as_mut().poll_frame(context));
            if let Some(pause) = &mut self.pause {
                pause.waiting = false;
            }
            match frame {
                Some(Ok(frame)) => {
                    // Of `Bytes`, this makes no copy.
                    let data = frame
                        .into_data()
                        .map(|mut data| data.copy_to_bytes(data.remaining()));
                    match (data, &mut self.gunzip) {
                        (Ok(data), Some(gunzip)) => gunzip.push(data),
                        (Ok(data), None) if !data.is_empty() => return Poll::Ready(Some(Ok(data))),
                        // Nothing, or trailers, which no one asks for.
                        _ => {}
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err((self.failed)(error)))),
                None => {
                    // hyper takes an HTTP/2 reset without an error code for the end of the body.
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
    }
}

impl<B: http_body::Body> Stream for Arriving<B> {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let piece = if this.incoming.is_some() && this.is_over(context) {
            Poll::Ready(Some(Err(error::timeout(Expired::Body))))
        } else {
            let piece = this.poll_piece(context);
            match &mut this.pause {
                Some(pause) if piece.is_pending() => pause.poll(context),
                _ => piece,
            }
        };
        if let Poll::Ready(Some(Err(_))) = piece {
            this.incoming = None;
            this.gunzip = None;
        }
        piece
    }
}

fn not_gzip(error: std::io::Error) -> TransportError {
    TransportError::new(TransportErrorKind::Encoding).with_source(error)
}
