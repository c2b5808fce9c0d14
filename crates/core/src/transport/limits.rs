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
                // It fires early enough, and is then reset.
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

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::task::Waker;

    use super::*;

    /// A clock that a test moves.
    #[derive(Clone)]
    struct Clock(Arc<Mutex<Instant>>);

    impl Clock {
        fn new() -> Self {
            Self(Arc::new(Mutex::new(Instant::now())))
        }

        fn advance(&self, duration: Duration) {
            *self.0.lock().unwrap() += duration;
        }
    }

    impl Timer for Clock {
        fn now(&self) -> Instant {
            *self.0.lock().unwrap()
        }

        fn sleep(&self, duration: Duration) -> Sleep {
            let (clock, end) = (self.clone(), self.now() + duration);
            Box::pin(std::future::poll_fn(move |_| match clock.now() >= end {
                true => Poll::Ready(()),
                false => Poll::Pending,
            }))
        }
    }

    const SECOND: Duration = Duration::from_secs(1);

    fn waits(limits: &mut Limits) -> Option<String> {
        match limits.poll_wait(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(error) => Some(error.to_string()),
            Poll::Pending => None,
        }
    }

    #[test]
    fn a_pause_begins_with_the_wait_and_ends_with_data() {
        let clock = Clock::new();
        let idle = Deadline::none().with_idle(Some(3 * SECOND));
        let mut limits = Limits::new(Box::new(clock.clone()), idle);
        // A reader who does not ask does not wait.
        clock.advance(10 * SECOND);
        for _ in 0..2 {
            assert_eq!(waits(&mut limits), None);
            clock.advance(2 * SECOND);
            assert_eq!(waits(&mut limits), None);
            limits.progress();
        }
        assert_eq!(waits(&mut limits), None);
        clock.advance(3 * SECOND);
        let error = waits(&mut limits).unwrap();
        assert!(error.contains("paused for longer than 3s"), "{error}");
    }

    #[test]
    fn the_earlier_limit_counts() {
        let clock = Clock::new();
        let deadline = Deadline::at(clock.now() + 2 * SECOND).with_idle(Some(3 * SECOND));
        let mut limits = Limits::new(Box::new(clock.clone()), deadline);
        assert_eq!(waits(&mut limits), None);
        limits.check().unwrap();
        clock.advance(2 * SECOND);
        let error = waits(&mut limits).unwrap();
        assert!(error.contains("its body had not ended"), "{error}");
        limits.check().unwrap_err();
    }

    #[test]
    fn without_limits_a_body_may_wait_forever() {
        let clock = Clock::new();
        let mut limits = Limits::new(Box::new(clock.clone()), Deadline::none());
        assert_eq!(waits(&mut limits), None);
        clock.advance(1000 * SECOND);
        assert_eq!(waits(&mut limits), None);
    }
}
