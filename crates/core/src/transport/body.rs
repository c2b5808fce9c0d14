//! The body of a response in the async client.

use std::error::Error;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Frame, SizeHint};
use pin_project_lite::pin_project;

use super::limits::Limits;
use super::unzip::Unzipped;
use crate::error::TransportError;

/// How many frames without data may follow each other before other tasks get their turn.
const MAX_EMPTY: usize = 32;

/// The body of a response, as it arrives.
///
/// A transport makes one from whatever its HTTP client returns, with [`new`](Self::new), or from
/// [`Bytes`]. A program reads one with [`chunk`](Self::chunk), as a [`Stream`], or as an
/// [`http_body::Body`].
pub struct Body {
    inner: Inner,
    limits: Option<Box<Limits>>,
}

enum Inner {
    /// The whole body; `None` once it was read.
    Whole(Option<Bytes>),
    Arriving(Arriving),
    Unzipped(Box<Unzipped<Arriving>>),
}

/// A body of any type.
struct Arriving(Pin<Box<dyn http_body::Body<Data = Bytes, Error = TransportError> + Send>>);

impl Body {
    /// Makes a body from any [`http_body::Body`].
    ///
    /// An error that is or wraps a [`TransportError`] stays that error. Any other one means that the
    /// connection broke. Trailers are dropped.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        Inner::Arriving(Arriving(Box::pin(Foreign { body }))).into()
    }

    /// Makes a body from a stream of pieces.
    pub fn from_stream(
        stream: impl Stream<Item = Result<Bytes, TransportError>> + Send + 'static,
    ) -> Self {
        Inner::Arriving(Arriving(Box::pin(Pieces { stream }))).into()
    }

    /// Undoes the gzip of the body.
    pub(super) fn unzipped(self) -> Self {
        let arriving = match self.inner {
            Inner::Arriving(arriving) => arriving,
            inner => Arriving(Box::pin(Self::from(inner))),
        };
        Self {
            inner: Inner::Unzipped(Box::new(Unzipped::new(arriving))),
            limits: self.limits,
        }
    }

    /// Ends the body at these limits.
    pub(super) fn limited(mut self, limits: Limits) -> Self {
        self.limits = Some(Box::new(limits));
        self
    }

    /// Returns the next piece, or `None` at the end.
    pub async fn chunk(&mut self) -> Option<Result<Bytes, TransportError>> {
        std::future::poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Inner::Whole(Some(bytes)).into()
    }
}

impl From<Inner> for Body {
    fn from(inner: Inner) -> Self {
        Self {
            inner,
            limits: None,
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Self { inner, limits } = &mut *self;
        if inner.has_ended() {
            return Poll::Ready(None);
        }
        let late = limits.as_ref().map_or(Ok(()), |limits| limits.check());
        let piece = match late {
            Err(error) => Poll::Ready(Some(Err(error))),
            Ok(()) => inner.poll_piece(context),
        };
        let piece = match (piece, limits) {
            (Poll::Pending, None) => return Poll::Pending,
            (Poll::Pending, Some(limits)) => Some(Err(ready!(limits.poll_wait(context)))),
            (Poll::Ready(piece), _) => piece,
        };
        if let Some(Ok(_)) = piece {
            if let Some(limits) = &mut self.limits {
                limits.progress();
            }
        } else {
            // Lets go of the connection. Nothing follows an error.
            self.inner = Inner::Whole(None);
        }
        Poll::Ready(piece)
    }
}

impl Inner {
    const fn has_ended(&self) -> bool {
        matches!(self, Self::Whole(None))
    }

    fn poll_piece(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, TransportError>>> {
        match self {
            Self::Whole(bytes) => {
                let bytes = bytes.take().filter(|bytes| !bytes.is_empty());
                Poll::Ready(bytes.map(Ok))
            }
            Self::Arriving(body) => Pin::new(body).poll_next(context),
            Self::Unzipped(body) => body.poll_piece(context),
        }
    }
}

/// The data of a body, without empty frames and trailers.
impl Stream for Arriving {
    type Item = Result<Bytes, TransportError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        for _ in 0..MAX_EMPTY {
            let Some(frame) = ready!(self.0.as_mut().poll_frame(context)?) else {
                return Poll::Ready(None);
            };
            if let Ok(data) = frame.into_data()
                && !data.is_empty()
            {
                return Poll::Ready(Some(Ok(data)));
            }
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        self.poll_next(context)
            .map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Whole(bytes) => bytes.as_ref().is_none_or(Bytes::is_empty),
            Inner::Arriving(body) => body.0.is_end_stream(),
            Inner::Unzipped(_) => false,
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Whole(bytes) => {
                SizeHint::with_exact(bytes.as_ref().map_or(0, Bytes::len) as u64)
            }
            Inner::Arriving(body) => body.0.size_hint(),
            Inner::Unzipped(_) => SizeHint::default(),
        }
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}

pin_project! {
    /// The body of another crate, in terms of this one.
    struct Foreign<B> {
        #[pin]
        body: B,
    }
}

impl<B> http_body::Body for Foreign<B>
where
    B: http_body::Body,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let frame = ready!(self.project().body.poll_frame(context));
        Poll::Ready(frame.map(|frame| match frame {
            // Of `Bytes`, this makes no copy.
            Ok(frame) => Ok(frame.map_data(|mut data| data.copy_to_bytes(data.remaining()))),
            Err(error) => Err(TransportError::from_body_error(error)),
        }))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

pin_project! {
    /// A stream of pieces as a body.
    struct Pieces<S> {
        #[pin]
        stream: S,
    }
}

impl<S: Stream<Item = Result<Bytes, TransportError>>> http_body::Body for Pieces<S> {
    type Data = Bytes;
    type Error = TransportError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, TransportError>>> {
        let piece = ready!(self.project().stream.poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Frame::data)))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::task::Wake;

    use super::*;
    use crate::error::TransportErrorKind;

    /// Counts how often it is woken.
    #[derive(Default)]
    struct Wakes(AtomicUsize);

    impl Wake for Wakes {
        fn wake(self: Arc<Self>) {
            self.0.fetch_add(1, Ordering::SeqCst);
        }
    }

    /// A body that repeats this frame without an end.
    struct Endless(Bytes);

    impl http_body::Body for Endless {
        type Data = Bytes;
        type Error = std::convert::Infallible;

        fn poll_frame(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
        ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
            Poll::Ready(Some(Ok(Frame::data(self.0.clone()))))
        }
    }

    fn poll(body: &mut Body, wakes: &Arc<Wakes>) -> Poll<Option<Result<Bytes, TransportError>>> {
        let waker = Arc::clone(wakes).into();
        Pin::new(body).poll_next(&mut Context::from_waker(&waker))
    }

    #[test]
    fn frames_without_data_leave_other_tasks_their_turn() {
        let empty_member = b"\x1f\x8b\x08\0\0\0\0\0\0\xff\x03\0\0\0\0\0\0\0\0\0";
        for mut body in [
            Body::new(Endless(Bytes::new())),
            Body::new(Endless(Bytes::from_static(empty_member))).unzipped(),
        ] {
            let wakes = Arc::default();
            for turn in 1..4 {
                assert!(poll(&mut body, &wakes).is_pending());
                assert_eq!(wakes.0.load(Ordering::SeqCst), turn);
            }
        }
    }

    #[test]
    fn nothing_follows_an_error() {
        let error = || TransportError::new(TransportErrorKind::Tls);
        let stream = items([Err(error()), Ok(Bytes::from_static(b"more"))]);
        let mut body = Body::from_stream(stream);
        let wakes = Arc::default();
        let Poll::Ready(Some(Err(error))) = poll(&mut body, &wakes) else {
            panic!("the error is lost");
        };
        assert_eq!(error.kind(), TransportErrorKind::Tls);
        assert!(matches!(poll(&mut body, &wakes), Poll::Ready(None)));
        assert!(http_body::Body::is_end_stream(&body));
    }

    /// A stream of these items, which are all there.
    fn items<T: Unpin>(all: impl IntoIterator<Item = T>) -> impl Stream<Item = T> {
        struct Items<I>(I);

        impl<I: Iterator + Unpin> Stream for Items<I> {
            type Item = I::Item;

            fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<I::Item>> {
                Poll::Ready(self.0.next())
            }
        }

        Items(all.into_iter().collect::<Vec<_>>().into_iter())
    }

    #[test]
    fn a_body_knows_its_length_if_it_is_whole() {
        let body = Body::from(Bytes::from_static(b"four"));
        assert_eq!(http_body::Body::size_hint(&body).exact(), Some(4));
    }
}
