//! The one timer of a call.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use tokio::time::{Instant, Sleep, sleep_until};

/// Wakes a call at its limits, which change as it goes on.
///
/// A timer costs more to set than to leave alone. So it is set once, for the first limit that a call
/// can meet, and looks at which limit holds only when it goes off; a short call never gets that far.
pub(crate) struct Alarm(Option<Pin<Box<Sleep>>>);

impl Alarm {
    /// Goes off no later than the first of these; never, where there is none.
    pub(crate) fn for_first(limits: impl IntoIterator<Item = Option<Instant>>) -> Self {
        let first = limits.into_iter().flatten().min();
        Self(first.map(|first| Box::pin(sleep_until(first))))
    }

    /// Ready when this limit is over, which is one of those or later.
    pub(crate) fn poll(&mut self, limit: Option<Instant>, context: &mut Context<'_>) -> Poll<()> {
        let (Some(sleep), Some(limit)) = (&mut self.0, limit) else {
            return Poll::Pending;
        };
        if sleep.deadline() > limit {
            sleep.as_mut().reset(limit);
        }
        loop {
            ready!(sleep.as_mut().poll(context));
            if sleep.deadline() >= limit {
                return Poll::Ready(());
            }
            sleep.as_mut().reset(limit);
        }
    }

    /// What comes of it until then, or `None`.
    pub(crate) async fn within<F: Future>(
        &mut self,
        limit: Option<Instant>,
        future: F,
    ) -> Option<F::Output> {
        let mut future = pin!(future);
        poll_fn(|context| match future.as_mut().poll(context) {
            Poll::Ready(output) => Poll::Ready(Some(output)),
            Poll::Pending => self.poll(limit, context).map(|()| None),
        })
        .await
    }
}
