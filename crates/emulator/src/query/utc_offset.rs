//! Where the days of the workspace begin.

/// How far a time zone is ahead of UTC.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct UtcOffset {
    minutes: i16,
}

impl UtcOffset {
    /// The furthest that time zones are behind and ahead of UTC, in minutes.
    pub(crate) const LIMITS: (i16, i16) = (-12 * 60, 14 * 60);

    pub(crate) const fn new(minutes: i16) -> Self {
        let (least, most) = Self::LIMITS;
        let minutes = if minutes < least {
            least
        } else if minutes > most {
            most
        } else {
            minutes
        };
        Self { minutes }
    }

    #[cfg(feature = "serve")]
    pub(crate) const fn minutes(self) -> i16 {
        self.minutes
    }

    /// Returns the day of a second since the epoch, counted from that of the epoch.
    pub(crate) fn day(self, second: i64) -> i64 {
        let local = second.saturating_add(i64::from(self.minutes) * 60);
        local.div_euclid(24 * 60 * 60)
    }

    /// Returns the name of the time zone. In those of whole hours, the sign is that of the way back to UTC.
    pub(crate) fn name(self) -> String {
        let (hours, rest) = (self.minutes / 60, self.minutes.unsigned_abs() % 60);
        match (hours, rest) {
            (0, 0) => "Etc/UTC".to_owned(),
            (_, 0) => format!("Etc/GMT{:+}", -hours),
            _ => {
                let sign = if self.minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{rest:02}", hours.unsigned_abs())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::UtcOffset;

    #[test]
    fn a_day_begins_at_midnight_in_the_time_zone() {
        let evening = 23 * 3_600;
        for (minutes, day, name) in [
            (0, 0, "Etc/UTC"),
            (60, 1, "Etc/GMT-1"),
            (59, 0, "+00:59"),
            (-1_380, 0, "Etc/GMT+12"),
            (330, 1, "+05:30"),
            (-210, 0, "-03:30"),
            (i16::MAX, 1, "Etc/GMT-14"),
        ] {
            let offset = UtcOffset::new(minutes);
            assert_eq!((offset.day(evening), offset.name().as_str()), (day, name));
        }
        assert_eq!(UtcOffset::new(-60).day(0), -1);
    }
}
