//! What time it is for the emulator.

use std::time::{Duration, Instant, SystemTime};

use intercom_core::model::Timestamp;
use intercom_core::transport::Now;

/// When virtual clocks start: 2025-01-01T00:00:00Z.
const START: Duration = Duration::from_secs(1_735_689_600);

/// A clock that stands still until it is moved, or that of the machine.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clock {
    Virtual(Now),
    System,
}

impl Clock {
    pub(crate) fn at_start() -> Self {
        Self::Virtual(Now {
            instant: Instant::now(),
            system: SystemTime::UNIX_EPOCH + START,
        })
    }

    pub(crate) fn now(&self) -> Now {
        match self {
            Self::Virtual(now) => *now,
            Self::System => Now::from_system(),
        }
    }

    pub(crate) fn timestamp(&self) -> Timestamp {
        self.now().system.into()
    }

    /// Moves a virtual clock on. Beyond the end of time, it stays where it is.
    pub(crate) fn advance(&mut self, duration: Duration) {
        if let Self::Virtual(now) = self
            && let Some(instant) = now.instant.checked_add(duration)
            && let Some(system) = now.system.checked_add(duration)
        {
            *now = Now { instant, system };
        }
    }

    /// Moves a virtual clock on to this time, unless it is later already.
    pub(crate) fn advance_to(&mut self, instant: Instant) {
        let ahead = instant.saturating_duration_since(self.now().instant);
        self.advance(ahead);
    }
}
