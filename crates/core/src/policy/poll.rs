//! How often a job is polled, and for how long.

use std::time::Duration;

/// How often a job is polled, and for how long.
///
/// The wait between polls doubles from `first` to `cap`: by default from one second to 30. At the
/// `deadline`, by default after an hour, the job is polled once more, and the wait fails if it has
/// not finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct PollPolicy {
    /// The first wait.
    pub first: Duration,
    /// The longest wait.
    pub cap: Duration,
    /// How long to wait for the job; `None` for as long as it takes.
    pub deadline: Option<Duration>,
}

impl Default for PollPolicy {
    fn default() -> Self {
        Self {
            first: Duration::from_secs(1),
            cap: Duration::from_secs(30),
            deadline: Some(Duration::from_secs(60 * 60)),
        }
    }
}

impl PollPolicy {
    /// Creates the default policy.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets the first wait.
    #[must_use]
    pub const fn first(mut self, first: Duration) -> Self {
        self.first = first;
        self
    }

    /// Sets the longest wait.
    #[must_use]
    pub const fn cap(mut self, cap: Duration) -> Self {
        self.cap = cap;
        self
    }

    /// Limits how long to wait for the job.
    #[must_use]
    pub const fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = Some(deadline);
        self
    }

    /// Waits for as long as the job takes.
    #[must_use]
    pub const fn no_deadline(mut self) -> Self {
        self.deadline = None;
        self
    }

    /// The n-th wait, counted from 0.
    pub(crate) fn wait(&self, n: u32) -> Duration {
        self.first
            .saturating_mul(2_u32.saturating_pow(n))
            .min(self.cap)
    }
}
