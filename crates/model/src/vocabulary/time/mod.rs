//! Points in time, in every form that the service uses.

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime};

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Patch;

mod arithmetic;
mod iso8601;

const MICROS_PER_SECOND: i64 = 1_000_000;

/// Numbers from here on are milliseconds: as seconds they would be after the year 5138.
const FIRST_MILLISECONDS: i64 = 100_000_000_000;

/// A point in time, to the microsecond.
///
/// Deserializing accepts seconds and milliseconds since the Unix epoch (as a number, or as a string of
/// digits) and ISO 8601 with any offset. Serializing writes whole seconds since the Unix epoch, except
/// in fields that document ISO 8601. [`Display`](fmt::Display) shows ISO 8601 in UTC. The default is
/// the Unix epoch.
///
/// ```
/// use std::time::Duration;
///
/// use intercom_model::Timestamp;
///
/// let read: Timestamp = serde_json::from_str(r#""2024-12-18T16:37:04.000+01:00""#)?;
/// assert_eq!(read, Timestamp::from_second(1_734_536_224));
/// assert_eq!(read.to_string(), "2024-12-18T15:37:04Z");
///
/// let tomorrow = read + Duration::from_secs(24 * 60 * 60);
/// assert_eq!(tomorrow - read, Duration::from_secs(24 * 60 * 60));
/// assert!(read < Timestamp::now());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Timestamp {
    micros: i64,
}

impl Timestamp {
    /// Returns the current time of the system clock.
    #[must_use]
    pub fn now() -> Self {
        SystemTime::now().into()
    }

    /// Creates a timestamp from seconds since 1970-01-01T00:00:00Z. Saturates at the ends of the range,
    /// some 290,000 years in either direction.
    #[must_use]
    pub const fn from_second(second: i64) -> Self {
        Self {
            micros: second.saturating_mul(MICROS_PER_SECOND),
        }
    }

    /// Creates a timestamp from milliseconds since 1970-01-01T00:00:00Z. Saturates at the ends of the
    /// range.
    #[must_use]
    pub const fn from_millisecond(millisecond: i64) -> Self {
        Self {
            micros: millisecond.saturating_mul(1_000),
        }
    }

    /// Returns the whole seconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn as_second(self) -> i64 {
        self.micros.div_euclid(MICROS_PER_SECOND)
    }

    /// Returns the whole milliseconds since 1970-01-01T00:00:00Z, rounded down.
    #[must_use]
    pub const fn as_millisecond(self) -> i64 {
        self.micros.div_euclid(1_000)
    }

    /// Returns the time that passed since `earlier`, or `None` if `earlier` is later.
    #[must_use]
    pub fn checked_duration_since(self, earlier: Self) -> Option<Duration> {
        let micros = i128::from(self.micros) - i128::from(earlier.micros);
        u64::try_from(micros).ok().map(Duration::from_micros)
    }

    fn from_number(number: i64) -> Self {
        if number.unsigned_abs() >= FIRST_MILLISECONDS.unsigned_abs() {
            Self::from_millisecond(number)
        } else {
            Self::from_second(number)
        }
    }
}

/// The error of parsing a [`Timestamp`] from text.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ParseTimestampError;

impl fmt::Display for ParseTimestampError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected seconds since the Unix epoch or an ISO 8601 time such as 2024-12-18T15:37:04Z")
    }
}

impl std::error::Error for ParseTimestampError {}

impl FromStr for Timestamp {
    type Err = ParseTimestampError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let text = text.trim();
        if let Ok(number) = text.parse() {
            return Ok(Self::from_number(number));
        }
        iso8601::parse(text)
            .map(|micros| Self { micros })
            .ok_or(ParseTimestampError)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        iso8601::write(self.micros, f)
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_i64(self.as_second())
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TimestampVisitor;

        impl Visitor<'_> for TimestampVisitor {
            type Value = Timestamp;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a time (seconds or milliseconds since the Unix epoch, or ISO 8601)")
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Timestamp, E> {
                Ok(Timestamp::from_number(number))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Timestamp, E> {
                i64::try_from(number)
                    .map(Timestamp::from_number)
                    .map_err(|_| E::invalid_value(Unexpected::Unsigned(number), &self))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<Timestamp, E> {
                let unit = if number.abs() >= FIRST_MILLISECONDS as f64 {
                    1_000
                } else {
                    MICROS_PER_SECOND
                };
                let micros = number * unit as f64;
                if micros.abs() < i64::MAX as f64 {
                    #[allow(
                        clippy::cast_possible_truncation,
                        reason = "checked on the line above"
                    )]
                    return Ok(Timestamp {
                        micros: micros.round() as i64,
                    });
                }
                Err(E::invalid_value(Unexpected::Float(number), &self))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Timestamp, E> {
                text.parse()
                    .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
            }
        }

        crate::json::scalar::scalar(deserializer, TimestampVisitor)
    }
}

/// Serializes a time as ISO 8601, for the fields that document it.
pub(crate) fn iso8601<S: Serializer>(time: &impl Moment, serializer: S) -> Result<S::Ok, S::Error> {
    match time.moment() {
        Some(time) => serializer.collect_str(&time),
        None => serializer.serialize_none(),
    }
}

/// Serializes a time as a string of digits, and `None` as an empty string, for the fields that document
/// it.
pub(crate) fn digits<S: Serializer>(
    time: &Option<Timestamp>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    crate::json::null::none_as_empty(&time.map(Timestamp::as_second), serializer)
}

/// A time, or an optional time.
pub(crate) trait Moment {
    fn moment(&self) -> Option<Timestamp>;
}

impl Moment for Timestamp {
    fn moment(&self) -> Option<Timestamp> {
        Some(*self)
    }
}

impl Moment for Option<Timestamp> {
    fn moment(&self) -> Option<Timestamp> {
        *self
    }
}

impl Moment for Patch<Timestamp> {
    fn moment(&self) -> Option<Timestamp> {
        self.value().copied()
    }
}

#[cfg(feature = "jiff")]
mod conversions {
    use super::Timestamp;

    impl From<jiff::Timestamp> for Timestamp {
        fn from(time: jiff::Timestamp) -> Self {
            Self {
                micros: time.as_microsecond(),
            }
        }
    }

    /// Fails for times outside the range of `jiff`, which ends with the years -9999 and 9999.
    impl TryFrom<Timestamp> for jiff::Timestamp {
        type Error = jiff::Error;

        fn try_from(time: Timestamp) -> Result<Self, Self::Error> {
            Self::from_microsecond(time.micros)
        }
    }
}

/// Whole seconds, as most fields are written: of the last ten years, or of any time until 2100.
#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for Timestamp {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        let seconds = if super::strategies::is_any() {
            0..4_102_444_800_i64
        } else {
            1_420_070_400..1_767_225_600
        };
        seconds.prop_map(Self::from_second).boxed()
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Timestamp {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Timestamp".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["integer", "string"] })
    }
}

#[cfg(test)]
mod tests {
    use super::Timestamp;

    fn read(json: &str) -> Timestamp {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn one_instant_is_equal_in_every_form() {
        let instant = Timestamp::from_second(1_734_536_224);
        for json in [
            "1734536224",
            "1734536224000",
            "1734536224.0",
            "1734536224000.0",
            "1.734536224e12",
            "\"1734536224\"",
            "\"1734536224000\"",
            "\"2024-12-18T15:37:04Z\"",
            "\"2024-12-18T15:37:04.000+00:00 \"",
            "\"2024-12-18 15:37:04 UTC\"",
            "\"2024-12-18T16:37:04.000+01:00\"",
            "\"2024-12-18T10:07:04-0530\"",
        ] {
            assert_eq!(read(json), instant, "{json}");
        }
    }

    #[test]
    fn an_invalid_time_is_refused() {
        for json in [
            "\"\"",
            "\"soon\"",
            "\"2024-13-01\"",
            "\"2023-02-29\"",
            "\"2024-01-01T25:00:00Z\"",
            "true",
            "\"2024-01-01T00:00:00.Z\"",
            "\"２０２４-01-01\"",
            "1e300",
        ] {
            assert!(serde_json::from_str::<Timestamp>(json).is_err(), "{json}");
        }
    }

    #[test]
    fn a_date_is_its_midnight_in_utc() {
        assert_eq!(read("\"1969-12-31\"").as_second(), -86_400);
        assert_eq!(read("\"2000-02-29\"").to_string(), "2000-02-29T00:00:00Z");
    }

    proptest::proptest! {
        #[test]
        fn what_is_shown_agrees_with_jiff_and_reads_back(micros in -60_000_000_000_000_000_i64..250_000_000_000_000_000) {
            let time = Timestamp { micros };
            let theirs = jiff::Timestamp::from_microsecond(micros).unwrap();
            proptest::prop_assert_eq!(time.to_string().parse::<jiff::Timestamp>().unwrap(), theirs);
            proptest::prop_assert_eq!(theirs.to_string().parse::<Timestamp>().unwrap(), time);
        }

        #[test]
        fn any_text_is_read_or_refused(text in ".{0,40}") {
            let _ = text.parse::<Timestamp>();
        }
    }
}
