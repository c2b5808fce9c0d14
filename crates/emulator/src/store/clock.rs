//! The emulator's clock.

use std::time::{Duration, Instant, SystemTime};

use intercom_core::model::Timestamp;
use intercom_core::transport::Now;

/// The time at which virtual clocks start: 2025-01-01T00:00:00Z.
const START: Duration = Duration::from_secs(1_735_689_600);

/// A virtual clock, which only moves when told to, or the system clock.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Clock {
    Virtual(Now),
    System,
}

impl Clock {
    /// Returns a virtual clock.
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

    /// Advances a virtual clock. A duration past the end of time has no effect.
    pub(crate) fn advance(&mut self, duration: Duration) {
        if let Self::Virtual(now) = self
            && let Some(instant) = now.instant.checked_add(duration)
            && let Some(system) = now.system.checked_add(duration)
        {
            *now = Now { instant, system };
        }
    }

    /// Advances a virtual clock to `instant`, unless it is already past it.
    pub(crate) fn advance_to(&mut self, instant: Instant) {
        let ahead = instant.saturating_duration_since(self.now().instant);
        self.advance(ahead);
    }
}
