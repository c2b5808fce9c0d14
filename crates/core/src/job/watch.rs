//! The wait for a job, without I/O.

use std::time::{Duration, Instant};

use super::{JobState, PollPolicy};
use crate::transport::Now;

/// What comes after the service was asked.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Waits so long, and asks again.
    Wait(Duration),
    /// The job finished.
    Finished,
    /// The job failed.
    Failed,
    /// The time is over, and the job is not.
    TooLate,
}

/// A wait for a job.
#[derive(Debug)]
pub(super) struct Watch {
    policy: PollPolicy,
    began: Instant,
    /// How often the service was asked.
    pub(super) polls: u32,
    /// How long the job has been waited for.
    pub(super) waited: Duration,
}

impl Watch {
    pub(super) const fn new(policy: PollPolicy, now: Now) -> Self {
        Self {
            policy,
            began: now.instant,
            polls: 0,
            waited: Duration::ZERO,
        }
    }

    /// What to do, after the service said this of the job.
    pub(super) fn next(&mut self, state: JobState<'_>, now: Now) -> Step {
        let wait = self.policy.wait(self.polls);
        self.polls = self.polls.saturating_add(1);
        self.waited = now.instant.saturating_duration_since(self.began);
        match (state, self.policy.deadline) {
            (JobState::Finished(_), _) => Step::Finished,
            (JobState::Failed(_), _) => Step::Failed,
            (JobState::Pending(_), None) => Step::Wait(wait),
            (JobState::Pending(_), Some(deadline)) if self.waited >= deadline => Step::TooLate,
            // The last wait is as long as there is time, so that the very end is not missed.
            (JobState::Pending(_), Some(deadline)) => Step::Wait(wait.min(deadline - self.waited)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Step, Watch};
    use crate::job::{JobState, PollPolicy};
    use crate::transport::Now;

    /// Waits for a job that is over at the n-th poll, and gives the waits with how it ended.
    fn watch(policy: PollPolicy, over_at: u32, state: JobState<'_>) -> (Vec<u128>, Step) {
        let (mut now, mut waits) = (Now::from_system(), Vec::new());
        let mut watch = Watch::new(policy, now);
        loop {
            let over = watch.polls + 1 >= over_at;
            let state = if over { state } else { JobState::Pending("") };
            match watch.next(state, now) {
                Step::Wait(wait) => {
                    waits.push(wait.as_millis());
                    now = now + wait;
                }
                end => return (waits, end),
            }
        }
    }

    #[test]
    fn waits_grow_from_a_second_to_half_a_minute() {
        let (waits, end) = watch(PollPolicy::default(), 9, JobState::Finished("completed"));
        let seconds: Vec<u128> = waits.iter().map(|wait| wait / 1000).collect();
        assert_eq!(seconds, [1, 2, 4, 8, 16, 30, 30, 30]);
        assert_eq!(end, Step::Finished);
    }

    #[test]
    fn a_job_that_is_over_is_not_waited_for() {
        let (waits, end) = watch(PollPolicy::default(), 1, JobState::Failed("canceled"));
        assert_eq!((waits, end), (vec![], Step::Failed));
    }

    #[test]
    fn a_job_is_asked_about_once_more_at_the_deadline_and_then_given_up() {
        let policy = PollPolicy::default().deadline(Duration::from_millis(4500));
        let pending = JobState::Pending("pending");
        let (waits, end) = watch(policy, u32::MAX, pending);
        assert_eq!((waits, end), (vec![1000, 2000, 1500], Step::TooLate));
        let finished = JobState::Finished("completed");
        assert_eq!(watch(policy, 4, finished).1, Step::Finished);
    }

    #[test]
    fn without_a_deadline_a_job_is_waited_for_as_long_as_it_takes() {
        let policy = PollPolicy::default().no_deadline();
        let (waits, end) = watch(policy, 10_000, JobState::Finished("complete"));
        assert_eq!((waits.len(), end), (9_999, Step::Finished));
    }
}
