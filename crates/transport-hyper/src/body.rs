//! The body of a response, with its errors as transport errors.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use http_body::{Frame, SizeHint};
use intercom_core::transport::{TransportError, TransportErrorKind};

use crate::classify::{self, BoxError};

/// The body of a response, as it arrives.
pub(crate) struct Arriving<B>(pub(crate) B);

impl<B> http_body::Body for Arriving<B>
where
    B: http_body::Body + Unpin,
    B::Error: Into<BoxError>,
{
    type Data = B::Data;
    type Error = TransportError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<B::Data>, TransportError>>> {
        let frame = ready!(Pin::new(&mut self.0).poll_frame(context));
        Poll::Ready(match frame {
            Some(Ok(frame)) => Some(Ok(frame)),
            Some(Err(error)) => Some(Err(classify::of_exchange(error))),
            // As in a service that takes a reset for the end.
            None if self.0.size_hint().lower() > 0 && !self.0.is_end_stream() => {
                let error = TransportError::new(TransportErrorKind::Closed);
                Some(Err(
                    error.with_source("the body ended before its Content-Length")
                ))
            }
            None => None,
        })
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}
