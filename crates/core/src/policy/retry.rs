//! When a failed attempt is retried, and after how long.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use crate::transport::Now;

/// The longest wait that the service may ask for. A call that is asked to wait longer fails at once, and
/// its error says for how long the service asked.
pub(crate) const MAX_WAIT: Duration = Duration::from_secs(60);

/// How often failed attempts are retried, and after how long.
///
/// The wait before a retry is random, between zero and `base`; the upper end doubles with each retry,
/// up to `cap` ("full jitter"), so that clients that failed together do not retry together. The
/// default is three retries, with a `base` of half a second and a `cap` of 20 seconds.
///
/// All calls of a client also share a budget of ten retries, of which ten successes or ten seconds
/// restore one, so that a failing service is not flooded with retries. When the retry budget is empty,
/// a call fails with its last error. Retries after the rate limit was exceeded do not count.
///
/// If the service asks for a wait with `Retry-After`, the wait is that long, plus jitter. A wait of more
/// than 60 seconds is not honoured: the call fails at once, and
/// [`Error::retry_after`](crate::Error::retry_after) returns what the service asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// The maximum number of retries.
    pub retries: u32,
    /// The longest wait before the first retry.
    pub base: Duration,
    /// The longest wait before any retry.
    pub cap: Duration,
}

impl RetryPolicy {
    /// No retries. A call that is refused with 401 is still sent again if a
    /// [`TokenProvider`](crate::TokenProvider) supplies another token: it was not processed.
    pub const NEVER: Self = Self {
        retries: 0,
        ..Self::DEFAULT
    };

    const DEFAULT: Self = Self {
        retries: 3,
        base: Duration::from_millis(500),
        cap: Duration::from_secs(20),
    };

    /// Creates the default policy.
    #[must_use]
    pub const fn new() -> Self {
        Self::DEFAULT
    }

    /// Sets the maximum number of retries.
    #[must_use]
    pub const fn retries(mut self, retries: u32) -> Self {
        self.retries = retries;
        self
    }

    /// Sets the longest wait before the first retry.
    #[must_use]
    pub const fn base(mut self, base: Duration) -> Self {
        self.base = base;
        self
    }

    /// Sets the longest wait before any retry.
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

impl Default for RetryPolicy {
    fn default() -> Self {
        Self::DEFAULT
    }
}

// The budget is kept as time, because passing time restores it second by second.
const FULL: Duration = Duration::from_secs(100);
const RETRY_COSTS: Duration = Duration::from_secs(10);
const SUCCESS_GIVES: Duration = Duration::from_secs(1);

/// Keeps the calls of a client together from flooding a failing service with retries. Time restores it
/// too, so that a client that rarely calls is not left without retries.
#[derive(Debug)]
pub(crate) struct RetryBudget(Mutex<Account>);

#[derive(Debug)]
struct Account {
    left: Duration,
    /// The time up to which passing time is credited.
    counted: Option<Instant>,
}

impl Default for RetryBudget {
    fn default() -> Self {
        Self(Mutex::new(Account {
            left: FULL,
            counted: None,
        }))
    }
}

impl RetryBudget {
    /// Takes a retry, if there is one left.
    pub(crate) fn take(&self, now: Now) -> bool {
        self.with(|account| {
            let since = account.counted.unwrap_or(now.instant);
            account.earn(now.instant.saturating_duration_since(since));
            account.counted = Some(since.max(now.instant));
            let rest = account.left.checked_sub(RETRY_COSTS);
            account.left = rest.unwrap_or(account.left);
            rest.is_some()
        })
    }

    pub(crate) fn succeeded(&self) {
        self.with(|account| account.earn(SUCCESS_GIVES));
    }

    fn with<T>(&self, act: impl FnOnce(&mut Account) -> T) -> T {
        act(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Account {
    fn earn(&mut self, time: Duration) {
        self.left = self.left.saturating_add(time).min(FULL);
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{RetryBudget, RetryPolicy};
    use crate::transport::Now;

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
        let (budget, now) = (RetryBudget::default(), Now::from_system());
        assert_eq!((0..20).filter(|_| budget.take(now)).count(), 10);
        (0..10).for_each(|_| budget.succeeded());
        assert!(budget.take(now));
        assert!(!budget.take(now));
    }

    #[test]
    fn a_budget_that_is_used_up_earns_a_retry_in_ten_seconds_without_a_success() {
        let (budget, mut now) = (RetryBudget::default(), Now::from_system());
        while budget.take(now) {}
        now = now + Duration::from_millis(9_999);
        assert!(!budget.take(now));
        now = now + Duration::from_millis(1);
        assert!(budget.take(now));
        assert!(!budget.take(now));
    }

    #[test]
    fn time_earns_no_more_than_a_budget_holds() {
        let (budget, mut now) = (RetryBudget::default(), Now::from_system());
        assert!(budget.take(now));
        now = now + Duration::from_secs(60 * 60);
        assert_eq!((0..20).filter(|_| budget.take(now)).count(), 10);
    }

    #[test]
    fn a_tool_that_calls_once_a_minute_has_all_its_retries_after_an_outage() {
        let (budget, mut now) = (RetryBudget::default(), Now::from_system());
        for _ in 0..60 {
            now = now + Duration::from_secs(60);
            assert_eq!((0..3).filter(|_| budget.take(now)).count(), 3);
        }
    }
}
