//! Reading and writing numbers as the service does.
//!
//! A number may come as an integer, as a decimal (`2000.0`) or as a string (`"12.50"`), whatever it is
//! described as.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Unexpected, Visitor};
use serde::{Deserializer, Serializer};

use super::scalar::scalar;

/// The largest integer up to which every `f64` without a fraction is exact.
const EXACT: f64 = 9_007_199_254_740_992.0;

/// A number that can be read in any of its forms.
pub(crate) trait Number: Sized {
    const EXPECTED: &'static str;

    fn of_u64(number: u64) -> Option<Self>;
    fn of_i64(number: i64) -> Option<Self>;
    fn of_f64(number: f64) -> Option<Self>;
    fn of_str(text: &str) -> Option<Self>;
}

macro_rules! integers {
    ($($Integer:ty: $expected:literal),*) => {$(
        impl Number for $Integer {
            const EXPECTED: &'static str = $expected;

            fn of_u64(number: u64) -> Option<Self> {
                number.try_into().ok()
            }

            fn of_i64(number: i64) -> Option<Self> {
                number.try_into().ok()
            }

            fn of_f64(number: f64) -> Option<Self> {
                #[allow(clippy::cast_possible_truncation, reason = "it is an integer within the range")]
                let integer = (number.fract() == 0.0 && number.abs() <= EXACT).then_some(number as i64)?;
                Self::of_i64(integer)
            }

            fn of_str(text: &str) -> Option<Self> {
                let text = text.trim();
                text.parse().ok().or_else(|| Self::of_f64(text.parse().ok()?))
            }
        }
    )*};
}

integers! { i64: "an integer", u64: "a count", u32: "a count" }

impl Number for f64 {
    const EXPECTED: &'static str = "a number";

    #[allow(clippy::cast_precision_loss, reason = "as in any JSON library")]
    fn of_u64(number: u64) -> Option<Self> {
        Some(number as f64)
    }

    #[allow(clippy::cast_precision_loss, reason = "as in any JSON library")]
    fn of_i64(number: i64) -> Option<Self> {
        Some(number as f64)
    }

    fn of_f64(number: f64) -> Option<Self> {
        Some(number)
    }

    fn of_str(text: &str) -> Option<Self> {
        text.trim()
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }
}

/// Reads a number in any of its forms, or nothing.
pub(crate) fn any_form<'de, D: Deserializer<'de>, N: Number>(
    deserializer: D,
) -> Result<Option<N>, D::Error> {
    scalar(deserializer, NumberVisitor(PhantomData))
}

struct NumberVisitor<N>(PhantomData<N>);

impl<N: Number> Visitor<'_> for NumberVisitor<N> {
    type Value = Option<N>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(N::EXPECTED)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<Option<N>, E> {
        let read = N::of_u64(number);
        read.map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Unsigned(number), &self))
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Option<N>, E> {
        let read = N::of_i64(number);
        read.map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Signed(number), &self))
    }

    fn visit_f64<E: Error>(self, number: f64) -> Result<Option<N>, E> {
        let read = N::of_f64(number);
        read.map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Float(number), &self))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<N>, E> {
        let read = N::of_str(text);
        read.map(Some)
            .ok_or_else(|| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_unit<E: Error>(self) -> Result<Option<N>, E> {
        Ok(None)
    }
}

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

/// Reads a string that may also come as an integer.
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

    scalar(deserializer, Text)
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{Number, any_form};

    fn read<N: Number>(value: Value) -> Option<N> {
        any_form(value).ok().flatten()
    }

    #[test]
    fn a_number_is_read_in_every_form() {
        for value in [
            json!(2000),
            json!(2000.0),
            json!("2000"),
            json!("2000.0"),
            json!(" 2000 "),
        ] {
            assert_eq!(read::<i64>(value.clone()), Some(2000), "{value}");
            assert_eq!(read::<u64>(value.clone()), Some(2000), "{value}");
            assert_eq!(read::<u32>(value.clone()), Some(2000), "{value}");
            assert_eq!(read::<f64>(value.clone()), Some(2000.0), "{value}");
        }
        for value in [json!(12.5), json!("12.50")] {
            assert_eq!(read::<f64>(value.clone()), Some(12.5), "{value}");
            assert_eq!(read::<i64>(value), None);
        }
        assert_eq!(read::<u64>(json!(u64::MAX)), Some(u64::MAX));
        assert_eq!(read::<i64>(json!("-9223372036854775808")), Some(i64::MIN));
    }

    #[test]
    fn an_invalid_number_is_refused() {
        for value in [
            json!("many"),
            json!(""),
            json!("NaN"),
            json!("inf"),
            json!(true),
            json!([1]),
            json!({}),
        ] {
            assert!(any_form::<_, f64>(value.clone()).is_err(), "{value}");
            assert!(any_form::<_, u64>(value.clone()).is_err(), "{value}");
        }
        for value in [json!(-1), json!("-1"), json!(1e300), json!("1e300")] {
            assert!(any_form::<_, u64>(value.clone()).is_err(), "{value}");
        }
        assert_eq!(any_form::<_, u64>(Value::Null).unwrap(), None);
    }
}
