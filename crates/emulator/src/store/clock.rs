//! The emulator's clock.

use std::time::{Duration, Instant, SystemTime};

use intercom_core::model::Timestamp;
use intercom_core::transport::Now;

/// The time at which stopped clocks start: 2025-01-01T00:00:00Z.
const START: Duration = Duration::from_secs(1_735_689_600);

/// The fastest that a clock can run: a year in about half a minute.
pub(crate) const MAX_RATE: f64 = 1_000_000.0;

/// A clock that runs at a rate, or is stopped and moves only when told to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Clock {
    /// The time at `since`.
    base: Now,
    /// The machine's time when `base` was set.
    since: Instant,
    /// How fast it runs: 0 if it is stopped, 1 in real time.
    rate: f64,
}

impl Clock {
    /// Returns a stopped clock.
    pub(crate) fn at_start() -> Self {
        let since = Instant::now();
        Self {
            base: Now {
                instant: since,
                system: SystemTime::UNIX_EPOCH + START,
            },
            since,
            rate: 0.0,
        }
    }

    /// Returns a clock that shows the time of the machine.
    pub(crate) fn system() -> Self {
        let base = Now::from_system();
        Self {
            base,
            since: base.instant,
            rate: 1.0,
        }
    }

    pub(crate) fn now(&self) -> Now {
        if self.is_stopped() {
            return self.base;
        }
        let passed = self.since.elapsed();
        // A product that is no duration is past the end of time.
        let passed = Duration::try_from_secs_f64(passed.as_secs_f64() * self.rate);
        passed
            .ok()
            .and_then(|passed| later(self.base, passed))
            .unwrap_or(self.base)
    }

    pub(crate) fn timestamp(&self) -> Timestamp {
        let now = Timestamp::from(self.now().system);
        // As precise as the service.
        Timestamp::from_millisecond(now.as_millisecond())
    }

    pub(crate) const fn rate(&self) -> f64 {
        self.rate
    }

    pub(crate) fn is_stopped(&self) -> bool {
        self.rate == 0.0
    }

    /// Sets how fast the clock runs, from 0 to [`MAX_RATE`].
    pub(crate) fn set_rate(&mut self, rate: f64) {
        self.base = self.now();
        self.since = Instant::now();
        self.rate = if rate.is_finite() {
            rate.clamp(0.0, MAX_RATE)
        } else {
            1.0
        };
    }

    /// Sets the time of day.
    pub(crate) fn set(&mut self, time: SystemTime) {
        self.base = Now {
            system: time,
            ..self.now()
        };
        self.since = Instant::now();
    }

    /// Advances the clock. A duration past the end of time has no effect.
    pub(crate) fn advance(&mut self, duration: Duration) {
        if let Some(base) = later(self.base, duration) {
            self.base = base;
        }
    }

    /// Waits until `instant`: a stopped clock advances to it at once. Returns how long to sleep until
    /// a running clock shows it.
    pub(crate) fn wait_until(&mut self, instant: Instant) -> Duration {
        let ahead = instant.saturating_duration_since(self.now().instant);
        if self.is_stopped() {
            self.advance(ahead);
            return Duration::ZERO;
        }
        Duration::try_from_secs_f64(ahead.as_secs_f64() / self.rate).unwrap_or(Duration::MAX)
    }
}

fn later(now: Now, duration: Duration) -> Option<Now> {
    Some(Now {
        instant: now.instant.checked_add(duration)?,
        system: now.system.checked_add(duration)?,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::Clock;

    #[test]
    fn a_stopped_clock_moves_only_when_told_to() {
        let mut clock = Clock::at_start();
        let start = clock.now();
        clock.advance(Duration::from_secs(5));
        assert_eq!(clock.now().system, start.system + Duration::from_secs(5));
        let wait = clock.wait_until(start.instant + Duration::from_secs(60));
        assert_eq!(wait, Duration::ZERO);
        assert_eq!(clock.now().system, start.system + Duration::from_secs(60));
        clock.advance(Duration::MAX);
        assert_eq!(clock.now().system, start.system + Duration::from_secs(60));
    }

    #[test]
    fn a_running_clock_says_how_long_to_sleep_and_stops_where_it_is() {
        let mut clock = Clock::at_start();
        clock.set_rate(100.0);
        let now = clock.now();
        let wait = clock.wait_until(now.instant + Duration::from_secs(100));
        assert!(wait <= Duration::from_secs(1), "{wait:?}");
        clock.set_rate(0.0);
        assert!(clock.is_stopped());
        assert!(clock.now().system >= now.system);
        assert_eq!(clock.now().system, clock.now().system);
    }
}
