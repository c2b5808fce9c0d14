//! An observer that counts, and panics by plan.

use std::cell::Cell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

use intercom_core::{CallEvent, CallInfo, Observer};

use crate::plan::Plan;

thread_local! {
    /// The number of the call that this thread works on.
    static CALL: Cell<Option<usize>> = const { Cell::new(None) };
}

/// What a planned panic throws.
#[derive(Debug)]
pub(crate) struct Planned;

/// Panics, without a message on the terminal.
pub(crate) fn panic_as_planned() -> ! {
    resume_unwind(Box::new(Planned))
}

/// Works on a call. An error is a planned panic.
pub(crate) fn work_on<T>(number: usize, work: impl FnOnce() -> T) -> Result<T, Planned> {
    CALL.set(Some(number));
    let result = catch_unwind(AssertUnwindSafe(work));
    CALL.set(None);
    result.map_err(|thrown| match thrown.downcast::<Planned>() {
        Ok(planned) => *planned,
        Err(other) => resume_unwind(other),
    })
}

#[derive(Debug)]
pub(crate) struct Witness {
    plan: Plan,
    /// The events of each call.
    events: Vec<AtomicU32>,
    /// How many tokens were refused to each call, as far as it knows.
    refusals: Vec<AtomicUsize>,
    first_attempts: AtomicUsize,
    further_attempts: AtomicUsize,
    /// Retries after 401 and 429, which need no retry budget.
    free_retries: AtomicUsize,
    successes: AtomicUsize,
}

impl Witness {
    pub(crate) fn new(plan: Plan, calls: usize) -> Self {
        Self {
            plan,
            events: (0..calls).map(|_| AtomicU32::new(0)).collect(),
            refusals: (0..calls).map(|_| AtomicUsize::new(0)).collect(),
            first_attempts: AtomicUsize::new(0),
            further_attempts: AtomicUsize::new(0),
            free_retries: AtomicUsize::new(0),
            successes: AtomicUsize::new(0),
        }
    }

    pub(crate) fn attempts(&self) -> usize {
        self.first_attempts.load(Ordering::SeqCst) + self.further_attempts.load(Ordering::SeqCst)
    }

    pub(crate) fn refusals(&self, number: usize) -> usize {
        self.refusals[number].load(Ordering::SeqCst)
    }

    /// How many attempts used the retry budget, and how many responses filled it.
    pub(crate) fn retry_budget(&self) -> (usize, usize) {
        let further = self.further_attempts.load(Ordering::SeqCst);
        let free = self.free_retries.load(Ordering::SeqCst);
        let successes = self.successes.load(Ordering::SeqCst);
        (further.saturating_sub(free), successes)
    }
}

impl Observer for Witness {
    fn observe(&self, _: &CallInfo<'_>, event: &CallEvent<'_>) {
        let counter = match event {
            CallEvent::Request { attempt: 1, .. } => Some(&self.first_attempts),
            CallEvent::Request { .. } => Some(&self.further_attempts),
            CallEvent::Response { status, .. } if status.is_success() => Some(&self.successes),
            CallEvent::Retry { error, .. } => match error.status().map(|it| it.as_u16()) {
                Some(401 | 429) => Some(&self.free_retries),
                _ => None,
            },
            _ => None,
        };
        if let Some(counter) = counter {
            counter.fetch_add(1, Ordering::SeqCst);
        }
        let number = CALL.get().unwrap();
        if let CallEvent::Response { status, .. } = event
            && status.as_u16() == 401
        {
            self.refusals[number].fetch_add(1, Ordering::SeqCst);
        }
        let nth = self.events[number].fetch_add(1, Ordering::SeqCst);
        if self.plan.observer_panics(number, nth) {
            panic_as_planned();
        }
    }
}
