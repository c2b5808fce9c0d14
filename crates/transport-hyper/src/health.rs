//! Whether an HTTP/2 connection still answers requests.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use tokio::time::Instant;

/// How long a request without a reply must have waited to count, if its caller drops it.
const PATIENCE: Duration = Duration::from_secs(1);

/// What the requests on a connection report about it.
///
/// A connection can be alive, its PINGs answered, and yet leave every request without a reply. So if a
/// request times out and no other was answered while it waited, the connection is stalled until one
/// is.
#[derive(Debug, Default)]
pub(crate) struct Health {
    /// How many requests were answered. It wraps around, as only a change matters.
    answered: AtomicUsize,
    stalled: AtomicBool,
}

impl Health {
    pub(crate) fn is_stalled(&self) -> bool {
        self.stalled.load(Ordering::Relaxed)
    }

    /// A request that waits for its reply, until `deadline`.
    pub(crate) fn wait(self: &Arc<Self>, deadline: Option<Instant>) -> Waiting {
        Waiting {
            answered_before: self.answered.load(Ordering::Relaxed),
            health: Some(Arc::clone(self)),
            since: Instant::now(),
            deadline,
        }
    }
}

/// A request that waits for its reply. Dropping it means that the caller waits no longer.
#[derive(Debug)]
pub(crate) struct Waiting {
    /// `None` once the wait has ended.
    health: Option<Arc<Health>>,
    answered_before: usize,
    since: Instant,
    deadline: Option<Instant>,
}

impl Waiting {
    /// The wait ended with a reply, or with an error.
    pub(crate) fn ended(&mut self, replied: bool) {
        if let Some(health) = self.health.take()
            && replied
        {
            health.answered.fetch_add(1, Ordering::Relaxed);
            health.stalled.store(false, Ordering::Relaxed);
        }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        let Some(health) = &self.health else {
            return;
        };
        let now = Instant::now();
        let timed_out = self.deadline.is_some_and(|deadline| deadline <= now);
        if (timed_out || now.duration_since(self.since) >= PATIENCE)
            && health.answered.load(Ordering::Relaxed) == self.answered_before
        {
            health.stalled.store(true, Ordering::Relaxed);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_stalled_after_a_timeout_until_the_next_reply() {
        let health = Arc::new(Health::default());
        let mut late = health.wait(None);
        drop(health.wait(Some(Instant::now())));
        assert!(health.is_stalled());
        late.ended(true);
        assert!(!health.is_stalled());
    }

    #[tokio::test(start_paused = true)]
    async fn a_timeout_does_not_stall_a_connection_with_other_replies() {
        let health = Arc::new(Health::default());
        let slow = health.wait(Some(Instant::now()));
        health.wait(None).ended(true);
        drop(slow);
        assert!(!health.is_stalled());
    }

    #[tokio::test(start_paused = true)]
    async fn a_request_that_is_dropped_counts_only_after_a_while() {
        let health = Arc::new(Health::default());
        drop(health.wait(None));
        assert!(!health.is_stalled());
        let waiting = health.wait(None);
        tokio::time::advance(PATIENCE).await;
        drop(waiting);
        assert!(health.is_stalled());
    }

    #[tokio::test(start_paused = true)]
    async fn an_early_failure_stalls_nothing() {
        let health = Arc::new(Health::default());
        health.wait(Some(Instant::now())).ended(false);
        assert!(!health.is_stalled());
    }
}
