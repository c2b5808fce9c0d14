//! The deadline of a body.

use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use super::deadline::Deadline;
use crate::error::{TransportError, TransportErrorKind};

pub(super) type Sleep = Pin<Box<dyn Future<Output = ()> + Send>>;

/// The clock and the timers of a transport.
pub(super) trait Timer: Send {
    fn now(&self) -> Instant;

    fn sleep(&self, duration: Duration) -> Sleep;
}

/// Ends a body at its deadline, and at pauses that are too long.
///
/// A pause is the time for which the reader waits without getting any data, whatever arrives in the
/// meantime.
pub(super) struct Limits {
    timer: Box<dyn Timer>,
    deadline: Deadline,
    waiting_since: Option<Instant>,
    /// A timer that was needed, and when it fires. Most bodies end without one.
    alarm: Option<(Instant, Sleep)>,
}

impl Limits {
    pub(super) fn new(timer: Box<dyn Timer>, deadline: Deadline) -> Self {
        Self {
            timer,
            deadline,
            waiting_since: None,
            alarm: None,
        }
    }

    /// Fails if the deadline has passed, even if there is data.
    pub(super) fn check(&self) -> Result<(), TransportError> {
        match self.deadline.whole {
            Some(end) if end <= self.timer.now() => Err(too_late()),
            _ => Ok(()),
        }
    }

    /// There is data, so the reader waits no longer.
    pub(super) fn progress(&mut self) {
        self.waiting_since = None;
    }

    /// There is no data yet. Ready once the reader has waited for too long.
    pub(super) fn poll_wait(&mut self, context: &mut Context<'_>) -> Poll<TransportError> {
        loop {
            let now = self.timer.now();
            let paused = self.deadline.idle.and_then(|idle| {
                let since = *self.waiting_since.get_or_insert(now);
                Some((since.checked_add(idle)?, Some(idle)))
            });
            let whole = self.deadline.whole.map(|end| (end, None));
            let Some((end, idle)) = paused.into_iter().chain(whole).min_by_key(|(end, _)| *end)
            else {
                return Poll::Pending;
            };
            if end <= now {
                return Poll::Ready(idle.map_or_else(too_late, paused_too_long));
            }
            match &mut self.alarm {
                // It fires early enough, and is set anew then.
                Some((at, sleep)) if *at <= end => match sleep.as_mut().poll(context) {
                    Poll::Ready(()) => {
                        let is_over = *at == end;
                        self.alarm = None;
                        if is_over {
                            return Poll::Ready(idle.map_or_else(too_late, paused_too_long));
                        }
                    }
                    Poll::Pending => return Poll::Pending,
                },
                _ => self.alarm = Some((end, self.timer.sleep(end.duration_since(now)))),
            }
        }
    }
}

pub(super) fn too_late() -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
        .with_source("the response had begun, its body had not ended")
}

pub(super) fn paused_too_long(idle: Duration) -> TransportError {
    TransportError::new(TransportErrorKind::Timeout)
        .with_source(format!("the body paused for longer than {idle:?}"))
}
