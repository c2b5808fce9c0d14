//! The current time, from two clocks.

use std::time::{Duration, Instant, SystemTime};

/// The current time: `instant` to measure, `system` to compare with times of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// A monotonic clock.
    pub instant: Instant,
    /// The time of day.
    pub system: SystemTime,
}

impl Now {
    /// Reads the clocks of this machine.
    #[must_use]
    pub fn from_system() -> Self {
        Self {
            instant: Instant::now(),
            system: SystemTime::now(),
        }
    }
}

/// A sum that overflows a clock is the time itself.
impl std::ops::Add<Duration> for Now {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self {
            instant: self.instant.checked_add(duration).unwrap_or(self.instant),
            system: self.system.checked_add(duration).unwrap_or(self.system),
        }
    }
}
