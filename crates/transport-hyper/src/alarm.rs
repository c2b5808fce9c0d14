//! The timer of a call.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::Poll;

use tokio::time::{Instant, Sleep, sleep_until};

/// Ends the wait for the head of a response. It is set once, as that is the expensive part.
pub(crate) struct Alarm(Option<Pin<Box<Sleep>>>);

impl Alarm {
    /// A timer for this moment; without one, it never fires.
    pub(crate) fn at(end: Option<Instant>) -> Self {
        Self(end.map(|end| Box::pin(sleep_until(end))))
    }

    /// Returns the output of the future, or `None` if the timer fires first.
    pub(crate) async fn within<F: Future>(&mut self, future: F) -> Option<F::Output> {
        let mut future = pin!(future);
        poll_fn(|context| {
            if let Poll::Ready(output) = future.as_mut().poll(context) {
                return Poll::Ready(Some(output));
            }
            match &mut self.0 {
                Some(sleep) => sleep.as_mut().poll(context).map(|()| None),
                None => Poll::Pending,
            }
        })
        .await
    }
}
