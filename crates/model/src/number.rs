//! Reading and writing numbers as the service does.

use serde::{Deserializer, Serializer};
use serde_json::Value;

use crate::whole;

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
