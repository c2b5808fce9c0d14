//! Reading and writing numbers as the service does.

use std::fmt;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};
use serde_json::Value;

use crate::json::whole;

/// The largest integer up to which every `f64` without a fraction is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// Writes a number without a fraction as an integer.
pub(crate) fn shortest<S: Serializer>(
    number: &Option<f64>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    match *number {
        #[allow(
            clippy::cast_possible_truncation,
            reason = "it is an integer within the range"
        )]
        Some(number) if number.fract() == 0.0 && number.abs() <= EXACT => {
            serializer.serialize_some(&(number as i64))
        }
        Some(number) => serializer.serialize_some(&number),
        None => serializer.serialize_none(),
    }
}

/// Described as an integer, shown as a string of digits.
pub(crate) fn integer_or_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<i64>, D::Error> {
    whole::read(deserializer, |value| {
        let integer = match &value {
            Value::Null => return Ok(None),
            Value::Number(number) => number.as_i64(),
            Value::String(text) => text.parse().ok(),
            _ => None,
        };
        let refused = || format!("invalid value: {value}, expected an integer");
        integer.map(Some).ok_or_else(refused)
    })
}

/// The same for what is counted.
pub(crate) fn count_or_text<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<u64>, D::Error> {
    struct Count;

    impl Visitor<'_> for Count {
        type Value = Option<u64>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a count")
        }

        fn visit_u64<E: Error>(self, count: u64) -> Result<Self::Value, E> {
            Ok(Some(count))
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            let count = text.parse();
            count
                .map(Some)
                .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    deserializer.deserialize_any(Count)
}

/// Described as a string, taken as an integer too.
pub(crate) fn text_or_integer<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<String>, D::Error> {
    struct Text;

    impl Visitor<'_> for Text {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("a string")
        }

        fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
            Ok(Some(text.to_owned()))
        }

        fn visit_u64<E: Error>(self, integer: u64) -> Result<Self::Value, E> {
            Ok(Some(integer.to_string()))
        }

        fn visit_i64<E: Error>(self, integer: i64) -> Result<Self::Value, E> {
            Ok(Some(integer.to_string()))
        }

        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(None)
        }
    }

    deserializer.deserialize_any(Text)
}
