//! The one timer of a call.

use std::future::{Future, poll_fn};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use tokio::time::{Instant, Sleep, sleep_until};

/// Wakes a call at its limits, which change in the course of it.
///
/// Setting a timer is expensive. So it is set once, for the earliest limit that the call can have, and
/// compared with the limit in force only when it fires. Most calls end before that.
pub(crate) struct Alarm(Option<Pin<Box<Sleep>>>);

impl Alarm {
    /// A timer for the earliest of these limits; without any, it never fires.
    pub(crate) fn for_first(limits: impl IntoIterator<Item = Option<Instant>>) -> Self {
        let first = limits.into_iter().flatten().min();
        Self(first.map(|first| Box::pin(sleep_until(first))))
    }

    /// Ready once `limit` has passed, which is not before the earliest limit.
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

    /// Returns the output of the future, or `None` if the limit passes first.
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
