//! The time, from two clocks.

use std::time::{Duration, Instant, SystemTime};

/// What time it is: `instant` for measuring, `system` for comparing with the server's times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// A clock that never goes back.
    pub instant: Instant,
    /// The time of day.
    pub system: SystemTime,
}

impl Now {
    /// By the clocks of this machine.
    #[must_use]
    pub fn from_system() -> Self {
        Self {
            instant: Instant::now(),
            system: SystemTime::now(),
        }
    }
}

/// A time beyond what the clocks can tell is no later than now.
impl std::ops::Add<Duration> for Now {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self {
            instant: self.instant.checked_add(duration).unwrap_or(self.instant),
            system: self.system.checked_add(duration).unwrap_or(self.system),
        }
    }
}
