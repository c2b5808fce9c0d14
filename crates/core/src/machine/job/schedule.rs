//! When a job is polled, and for how long.

use std::time::{Duration, Instant};

use crate::operation::JobState;
use crate::policy::PollPolicy;
use crate::transport::Now;

/// What follows a poll.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Sleep, and poll again.
    Sleep(Duration),
    /// The job finished.
    Finished,
    /// The job failed.
    Failed,
    /// The deadline passed before the job finished.
    TooLate,
}

/// The polls of one wait.
#[derive(Debug)]
pub(super) struct Schedule {
    policy: PollPolicy,
    began: Instant,
    /// How many times the job was polled.
    pub(super) polls: u32,
    /// How long the job has been waited for.
    pub(super) waited: Duration,
}

impl Schedule {
    pub(super) const fn new(policy: PollPolicy, now: Now) -> Self {
        Self {
            policy,
            began: now.instant,
            polls: 0,
            waited: Duration::ZERO,
        }
    }

    /// What to do after the job was found in this state.
    pub(super) fn next(&mut self, state: JobState<'_>, now: Now) -> Next {
        let wait = self.policy.wait(self.polls);
        self.polls = self.polls.saturating_add(1);
        self.waited = now.instant.saturating_duration_since(self.began);
        match (state, self.policy.deadline) {
            (JobState::Finished(_), _) => Next::Finished,
            (JobState::Failed(_), _) => Next::Failed,
            (JobState::Pending(_), None) => Next::Sleep(wait),
            (JobState::Pending(_), Some(deadline)) if self.waited >= deadline => Next::TooLate,
            // The last wait is as long as there is time, so that the very end is not missed.
            (JobState::Pending(_), Some(deadline)) => Next::Sleep(wait.min(deadline - self.waited)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Next, Schedule};
    use crate::operation::JobState;
    use crate::policy::PollPolicy;
    use crate::transport::Now;

    /// Waits for a job that is over at the n-th poll, and gives the waits with how it ended.
    fn run(policy: PollPolicy, over_at: u32, state: JobState<'_>) -> (Vec<u128>, Next) {
        let (mut now, mut waits) = (Now::from_system(), Vec::new());
        let mut schedule = Schedule::new(policy, now);
        loop {
            let over = schedule.polls + 1 >= over_at;
            let state = if over { state } else { JobState::Pending("") };
            match schedule.next(state, now) {
                Next::Sleep(wait) => {
                    waits.push(wait.as_millis());
                    now = now + wait;
                }
                end => return (waits, end),
            }
        }
    }

    #[test]
    fn waits_grow_from_a_second_to_half_a_minute() {
        let (waits, end) = run(PollPolicy::default(), 9, JobState::Finished("completed"));
        let seconds: Vec<u128> = waits.iter().map(|wait| wait / 1000).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(end, Next::Finished);
    }

    #[test]
    fn a_finished_job_is_not_polled() {
        let (waits, end) = run(PollPolicy::default(), 1, JobState::Failed("canceled"));
        assert_eq!((waits, end), (vec![], Next::Failed));
    }

    #[test]
    fn a_job_is_polled_once_more_at_the_deadline() {
        let policy = PollPolicy::default().deadline(Duration::from_millis(4500));
        let pending = JobState::Pending("pending");
        let (waits, end) = run(policy, u32::MAX, pending);
        assert_eq!((waits, end), (vec![1000, 2000, 1500], Next::TooLate));
        let finished = JobState::Finished("completed");
        assert_eq!(run(policy, 4, finished).1, Next::Finished);
    }

    #[test]
    fn without_a_deadline_a_job_is_waited_for_as_long_as_it_takes() {
        let policy = PollPolicy::default().no_deadline();
        let (waits, end) = run(policy, 10_000, JobState::Finished("complete"));
        assert_eq!((waits.len(), end), (9_999, Next::Finished));
    }
}
