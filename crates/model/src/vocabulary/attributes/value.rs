//! The value of a custom attribute.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Number, Value};

use crate::Timestamp;

/// The value of a custom attribute.
///
/// Values compare with strings, numbers and booleans. [`Display`](fmt::Display) shows a string without
/// quotes, a number or boolean as in JSON, nothing for `Null`, and a list or object as JSON.
///
/// ```
/// use intercom_model::AttributeValue;
///
/// assert_eq!(AttributeValue::from("pro"), "pro");
/// assert_eq!(AttributeValue::from(12), 12);
/// assert_eq!(AttributeValue::from(vec![1, 2]).to_string(), "[1,2]");
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
pub enum AttributeValue {
    /// No value. Sending it clears the attribute.
    #[default]
    Null,
    /// A boolean.
    Bool(bool),
    /// An integer or a decimal. Dates are integers too: see [`AttributeValue::as_time`].
    Number(Number),
    /// A string, or the chosen option of a list attribute.
    Text(String),
    /// Several values, such as the files of an attribute of a ticket.
    List(Vec<AttributeValue>),
    /// An object, such as the list of custom objects that an attribute refers to.
    Object(BTreeMap<String, AttributeValue>),
}

impl AttributeValue {
    /// Returns the string, if the value is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Returns the integer, if the value is one in the range of `i64`.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// Returns the number, if the value is one.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// Returns the boolean, if the value is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns the value of a date attribute, if it can be read as a time.
    #[must_use]
    pub fn as_time(&self) -> Option<Timestamp> {
        match self {
            Self::Number(number) => Timestamp::deserialize(number).ok(),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Returns the values of a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    /// Returns the fields of an object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// Returns `true` if there is no value.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl fmt::Display for AttributeValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.pad(""),
            Self::Bool(value) => fmt::Display::fmt(value, f),
            Self::Number(number) => f.pad(&number.to_string()),
            Self::Text(text) => f.pad(text),
            Self::List(_) | Self::Object(_) => {
                f.write_str(&serde_json::to_string(self).map_err(|_| fmt::Error)?)
            }
        }
    }
}

/// Compares the value with a plain one, in both directions.
macro_rules! compare {
    ($($Plain:ty: $value:ident, $plain:ident => $equal:expr;)*) => {$(
        impl PartialEq<$Plain> for AttributeValue {
            fn eq(&self, $plain: &$Plain) -> bool {
                let $value = self;
                $equal
            }
        }

        impl PartialEq<AttributeValue> for $Plain {
            fn eq(&self, other: &AttributeValue) -> bool {
                other == self
            }
        }
    )*};
}

compare! {
    str: value, text => value.as_str() == Some(text);
    &str: value, text => value.as_str() == Some(text);
    String: value, text => value.as_str() == Some(text);
    bool: value, plain => value.as_bool() == Some(*plain);
    i32: value, number => value.as_i64() == Some(i64::from(*number));
    u32: value, number => value.as_i64() == Some(i64::from(*number));
    i64: value, number => value.as_i64() == Some(*number);
    u64: value, number => matches!(value, AttributeValue::Number(own) if own.as_u64() == Some(*number));
    usize: value, number => u64::try_from(*number).is_ok_and(|number| *value == number);
    f64: value, number => value.as_f64() == Some(*number);
    Timestamp: value, time => value.as_time() == Some(*time);
}

impl From<&str> for AttributeValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&String> for AttributeValue {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<String> for AttributeValue {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for AttributeValue {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

macro_rules! from_integer {
    ($($Integer:ty),*) => {$(
        impl From<$Integer> for AttributeValue {
            fn from(number: $Integer) -> Self {
                Self::Number(number.into())
            }
        }
    )*};
}

from_integer! { i32, u32, i64, u64, usize }

/// Infinities and NaN become [`AttributeValue::Null`], because JSON has no form for them.
impl From<f64> for AttributeValue {
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

/// Becomes the seconds since the Unix epoch, which is how date attributes are sent.
impl From<Timestamp> for AttributeValue {
    fn from(time: Timestamp) -> Self {
        Self::Number(time.as_second().into())
    }
}

impl<T: Into<AttributeValue>> From<Option<T>> for AttributeValue {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

impl<T: Into<AttributeValue>> From<Vec<T>> for AttributeValue {
    fn from(values: Vec<T>) -> Self {
        Self::List(values.into_iter().map(Into::into).collect())
    }
}

impl From<Value> for AttributeValue {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(value) => Self::Bool(value),
            Value::Number(number) => Self::Number(number),
            Value::String(text) => Self::Text(text),
            Value::Array(values) => values.into(),
            Value::Object(fields) => {
                let fields = fields.into_iter();
                Self::Object(fields.map(|(name, value)| (name, value.into())).collect())
            }
        }
    }
}

impl Serialize for AttributeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Null => serializer.serialize_unit(),
            Self::Bool(value) => serializer.serialize_bool(*value),
            Self::Number(number) => number.serialize(serializer),
            Self::Text(text) => serializer.serialize_str(text),
            Self::List(values) => values.serialize(serializer),
            Self::Object(fields) => fields.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for AttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ValueVisitor;

        impl<'de> Visitor<'de> for ValueVisitor {
            type Value = AttributeValue;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the value of an attribute")
            }

            fn visit_unit<E: Error>(self) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Null)
            }

            fn visit_bool<E: Error>(self, value: bool) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Bool(value))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Number(number.into()))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Number(number.into()))
            }

            fn visit_f64<E: Error>(self, number: f64) -> Result<AttributeValue, E> {
                Ok(AttributeValue::from(number))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<AttributeValue, E> {
                Ok(AttributeValue::from(text))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<AttributeValue, E> {
                Ok(AttributeValue::Text(text))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<AttributeValue, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = seq.next_element()? {
                    values.push(value);
                }
                Ok(AttributeValue::List(values))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AttributeValue, A::Error> {
                let mut fields = BTreeMap::new();
                while let Some((name, value)) = map.next_entry()? {
                    fields.insert(name, value);
                }
                Ok(AttributeValue::Object(fields))
            }
        }

        deserializer.deserialize_any(ValueVisitor)
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for AttributeValue {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "AttributeValue".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!(true)
    }
}
