//! The rate budget, with an exact count of its permits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use http::HeaderMap;
use intercom_core::transport::Now;
use intercom_core::{Caller, Permit, RateBudget, SharedRateBudget};

#[derive(Debug, Default)]
pub(crate) struct Counted {
    budget: SharedRateBudget,
    granted: AtomicUsize,
    released: AtomicUsize,
}

impl Counted {
    pub(crate) fn granted(&self) -> usize {
        self.granted.load(Ordering::SeqCst)
    }

    pub(crate) fn released(&self) -> usize {
        self.released.load(Ordering::SeqCst)
    }
}

impl RateBudget for Counted {
    fn acquire(&self, caller: Caller, now: Now) -> Permit {
        let permission = self.budget.acquire(caller, now);
        if permission == Permit::Granted {
            self.granted.fetch_add(1, Ordering::SeqCst);
        }
        permission
    }

    fn observe(&self, headers: &HeaderMap, now: Now) {
        self.budget.observe(headers, now);
    }

    fn exhausted(&self, wait: Duration, now: Now) {
        self.budget.exhausted(wait, now);
    }

    fn release(&self) {
        self.budget.release();
        let released = self.released.fetch_add(1, Ordering::SeqCst) + 1;
        assert!(released <= self.granted(), "a permit was given back twice");
    }
}
