//! Reading a value whole, before it is known what it is.

use std::fmt;

use serde::Deserializer;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserialize, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

/// Reads any value and converts it with the function. An error of the function has the place of the value;
/// an error after reading would have the place of the surrounding value, which would then be lost.
pub(crate) fn read<'de, D: Deserializer<'de>, T, E: fmt::Display>(
    deserializer: D,
    make: impl FnOnce(Value) -> Result<T, E>,
) -> Result<T, D::Error> {
    deserializer.deserialize_any(Whole(make))
}

struct Whole<F>(F);

impl<F> Whole<F> {
    fn make<T, E: fmt::Display, R: Error>(self, value: impl Into<Value>) -> Result<T, R>
    where
        F: FnOnce(Value) -> Result<T, E>,
    {
        (self.0)(value.into()).map_err(R::custom)
    }
}

impl<'de, T, E: fmt::Display, F: FnOnce(Value) -> Result<T, E>> Visitor<'de> for Whole<F> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<R: Error>(self) -> Result<T, R> {
        self.make(Value::Null)
    }

    fn visit_bool<R: Error>(self, value: bool) -> Result<T, R> {
        self.make(value)
    }

    fn visit_i64<R: Error>(self, number: i64) -> Result<T, R> {
        self.make(number)
    }

    fn visit_u64<R: Error>(self, number: u64) -> Result<T, R> {
        self.make(number)
    }

    fn visit_f64<R: Error>(self, number: f64) -> Result<T, R> {
        self.make(number)
    }

    fn visit_str<R: Error>(self, text: &str) -> Result<T, R> {
        self.make(text)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<T, A::Error> {
        let value = Value::deserialize(SeqAccessDeserializer::new(seq))?;
        self.make(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let value = Value::deserialize(MapAccessDeserializer::new(map))?;
        self.make(value)
    }
}
