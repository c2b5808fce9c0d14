//! Arithmetic, and conversions to and from the time of the standard library.

use std::ops::{Add, AddAssign, Sub, SubAssign};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::Timestamp;

fn micros(duration: Duration) -> i64 {
    i64::try_from(duration.as_micros()).unwrap_or(i64::MAX)
}

/// Saturates at the end of the range.
impl Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, duration: Duration) -> Self {
        Self {
            micros: self.micros.saturating_add(micros(duration)),
        }
    }
}

/// Saturates at the end of the range.
impl Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, duration: Duration) -> Self {
        Self {
            micros: self.micros.saturating_sub(micros(duration)),
        }
    }
}

impl AddAssign<Duration> for Timestamp {
    fn add_assign(&mut self, duration: Duration) {
        *self = *self + duration;
    }
}

impl SubAssign<Duration> for Timestamp {
    fn sub_assign(&mut self, duration: Duration) {
        *self = *self - duration;
    }
}

/// The time that passed since `earlier`, or zero if `earlier` is later, as
/// [`Instant`](std::time::Instant) does. [`Timestamp::checked_duration_since`] tells the two apart.
impl Sub for Timestamp {
    type Output = Duration;

    fn sub(self, earlier: Self) -> Duration {
        self.checked_duration_since(earlier).unwrap_or_default()
    }
}

/// Rounds down to the microsecond.
impl From<SystemTime> for Timestamp {
    fn from(time: SystemTime) -> Self {
        match time.duration_since(UNIX_EPOCH) {
            Ok(after) => Self::default() + after,
            Err(error) => Self::default() - error.duration(),
        }
    }
}

/// Saturates at the Unix epoch on platforms whose clock cannot represent the time.
impl From<Timestamp> for SystemTime {
    fn from(time: Timestamp) -> Self {
        let distance = Duration::from_micros(time.micros.unsigned_abs());
        if time.micros < 0 {
            UNIX_EPOCH.checked_sub(distance)
        } else {
            UNIX_EPOCH.checked_add(distance)
        }
        .unwrap_or(UNIX_EPOCH)
    }
}

#[cfg(test)]
mod tests {
    use super::{Duration, SystemTime, Timestamp};

    #[test]
    fn arithmetic_saturates_and_never_panics() {
        let end = Timestamp::from_second(i64::MAX);
        let start = Timestamp::from_second(i64::MIN);
        assert_eq!(end + Duration::MAX, end);
        assert_eq!(start - Duration::MAX, start);
        assert_eq!(start - end, Duration::ZERO);
        assert_eq!(end - start, Duration::from_micros(u64::MAX));
        assert_eq!(start.checked_duration_since(end), None);
    }

    proptest::proptest! {
        #[test]
        fn a_system_time_survives_the_conversion(micros in -4_000_000_000_000_000_i64..4_000_000_000_000_000) {
            let time = Timestamp { micros };
            proptest::prop_assert_eq!(Timestamp::from(SystemTime::from(time)), time);
        }

        #[test]
        fn what_is_added_is_the_difference(second in -4_000_000_000_i64..4_000_000_000, micros in 0..u64::from(u32::MAX)) {
            let (time, passed) = (Timestamp::from_second(second), Duration::from_micros(micros));
            proptest::prop_assert_eq!((time + passed) - time, passed);
            proptest::prop_assert_eq!((time + passed) - passed, time);
            proptest::prop_assert!(time + passed >= time);
        }
    }
}
