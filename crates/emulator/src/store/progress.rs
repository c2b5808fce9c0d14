//! The progress of a job.

use intercom_core::model::Timestamp;
use serde::{Deserialize, Serialize};

/// The longest time that a job stays in one phase, in seconds.
const PHASE: i64 = 30;

/// The progress of a job.
///
/// A job enters its next phase whenever a client polls it, so that a client finishes whatever its
/// clock is, and as the emulator's clock advances, so that an unpolled job finishes too.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Progress {
    started_at: Timestamp,
    polls: i64,
    finished_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Pending,
    Running,
    Finished,
}

impl Progress {
    pub(crate) const fn start(now: Timestamp) -> Self {
        Self {
            started_at: now,
            polls: 0,
            finished_at: None,
        }
    }

    /// Counts a poll and returns the phase that the client sees.
    pub(crate) fn poll(&mut self, now: Timestamp) -> Phase {
        self.polls += 1;
        self.phase(now)
    }

    /// Returns the phase without counting a poll.
    pub(crate) fn phase(&mut self, now: Timestamp) -> Phase {
        let started_at = self.started_at.as_second();
        let passed = (now.as_second() - started_at) / PHASE;
        match self.polls.max(passed) {
            ..=0 => Phase::Pending,
            1 => Phase::Running,
            _ => {
                let by_clock = Timestamp::from_second(started_at + 2 * PHASE);
                self.finished_at.get_or_insert(by_clock.min(now));
                Phase::Finished
            }
        }
    }

    /// Returns when the job finished, once [`phase`](Self::phase) has seen that it did.
    pub(crate) const fn finished_at(&self) -> Option<Timestamp> {
        self.finished_at
    }
}
