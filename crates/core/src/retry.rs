//! When an attempt is repeated, and after how long.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// How often failed attempts are repeated, and after how long.
///
/// The wait before the n-th retry is drawn between nothing and `base` times 2 to the n, up to `cap`
/// ("full jitter"), so that clients that failed together do not come back together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// How many retries there are at most.
    pub retries: u32,
    /// The longest wait before the first retry.
    pub base: Duration,
    /// The longest wait before any.
    pub cap: Duration,
}

impl RetryPolicy {
    /// No attempt is repeated.
    pub const NEVER: Self = Self {
        retries: 0,
        ..Self::DEFAULT
    };

    const DEFAULT: Self = Self {
        retries: 3,
        base: Duration::from_millis(500),
        cap: Duration::from_secs(20),
    };

    /// So many retries at most.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// The longest wait before the first retry.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// The longest wait before any retry.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// The wait before the n-th retry, counted from 0; `random` is between 0 and 1.
    pub(crate) fn backoff(&self, retry: u32, random: f64) -> Duration {
        let longest = self
            .base
            .saturating_mul(2_u32.saturating_pow(retry))
            .min(self.cap);
        longest.mul_f64(random)
    }
}

/// Three retries, half a second at first, 20 seconds at most.
impl Default for RetryPolicy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// Tenths of a retry that a budget holds.
const FULL: u32 = 100;
const RETRY_COSTS: u32 = 10;
const SUCCESS_GIVES: u32 = 1;

/// Keeps all calls of a client together from hammering on a service that fails: ten retries, and
/// one more for every ten successes. Waits for the rate limit cost nothing.
#[derive(Debug)]
pub(crate) struct RetryBudget(AtomicU32);

impl Default for RetryBudget {
    fn default() -> Self {
        Self(AtomicU32::new(FULL))
    }
}

impl RetryBudget {
    /// Whether there is a retry left; if so, it is taken.
    pub(crate) fn take(&self) -> bool {
        let take = |left: u32| left.checked_sub(RETRY_COSTS);
        self.0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, take)
            .is_ok()
    }

    pub(crate) fn succeeded(&self) {
        let give = |left: u32| Some((left + SUCCESS_GIVES).min(FULL));
        let _ = self
            .0
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, give);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{RetryBudget, RetryPolicy};

    #[test]
    fn waits_double_up_to_the_cap() {
        let policy = RetryPolicy::default();
        let longest: Vec<u128> = [0, 1, 2, 5, 6, 40]
            .map(|retry| policy.backoff(retry, 1.0).as_millis())
            .into();
        assert_eq!(longest, [500, 1_000, 2_000, 16_000, 20_000, 20_000]);
        assert_eq!(policy.backoff(3, 0.0), Duration::ZERO);
    }

    #[test]
    fn a_budget_gives_ten_retries_and_earns_one_with_ten_successes() {
        let budget = RetryBudget::default();
        assert_eq!((0..20).filter(|_| budget.take()).count(), 10);
        (0..10).for_each(|_| budget.succeeded());
        assert!(budget.take());
        assert!(!budget.take());
    }
}
