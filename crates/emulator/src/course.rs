//! How far a job is.

use intercom_core::model::Timestamp;

/// How long each phase of a job takes at most.
const PHASE: i64 = 30;

/// How far a job is. It goes on by one phase each time that it is asked about, so that it is over for
/// those who wait for it by any clock, and by the emulator's clock, so that it is over for all others.
#[derive(Debug)]
pub(crate) struct Course {
    began_at: Timestamp,
    asked: i64,
    over_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Phase {
    Pending,
    Running,
    Over,
}

impl Course {
    pub(crate) const fn begin(now: Timestamp) -> Self {
        Self {
            began_at: now,
            asked: 0,
            over_at: None,
        }
    }

    /// How far the job is for someone who asks about it.
    pub(crate) fn ask(&mut self, now: Timestamp) -> Phase {
        self.asked += 1;
        self.phase(now)
    }

    /// How far the job is.
    pub(crate) fn phase(&mut self, now: Timestamp) -> Phase {
        let second = |time: Timestamp| time.as_second();
        let passed = (second(now) - second(self.began_at)) / PHASE;
        match self.asked.max(passed) {
            ..=0 => Phase::Pending,
            1 => Phase::Running,
            _ => {
                let by_clock = Timestamp::from_second(second(self.began_at) + 2 * PHASE);
                self.over_at.get_or_insert(by_clock.min(now));
                Phase::Over
            }
        }
    }

    /// When the job was over, as far as anyone noticed.
    pub(crate) const fn over_at(&self) -> Option<Timestamp> {
        self.over_at
    }
}
