//! Attributes that each workspace defines for itself.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;

use crate::Timestamp;
use crate::conversations::Attachment;
use crate::custom_objects::CustomObjectInstanceList;
use crate::object::ObjectOnly;

/// The custom attributes of an object, by name.
///
/// ```
/// use intercom_model::CustomAttributes;
///
/// let attributes = CustomAttributes::new().with("plan", "pro").with("seats", 12);
/// assert_eq!(attributes.get("plan").and_then(|plan| plan.as_str()), Some("pro"));
/// assert_eq!(attributes["seats"], 12);
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct CustomAttributes(BTreeMap<String, AttributeValue>);

impl CustomAttributes {
    /// No attributes.
    #[must_use]
    pub const fn new() -> Self {
        Self(BTreeMap::new())
    }

    /// The value of this attribute, where it has one (`null` counts as one).
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.0.get(name)
    }

    /// These and one more.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<AttributeValue>) -> Self {
        self.insert(name, value);
        self
    }

    /// Sets an attribute, and gives its former value.
    pub fn insert(
        &mut self,
        name: impl Into<String>,
        value: impl Into<AttributeValue>,
    ) -> Option<AttributeValue> {
        self.0.insert(name.into(), value.into())
    }

    /// Removes an attribute, and gives its value. To clear one at Intercom, send it as
    /// [`AttributeValue::Null`].
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        self.0.remove(name)
    }

    /// The attributes in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &AttributeValue)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Panics where there is no such attribute, as a map does; [`get`](CustomAttributes::get) asks.
impl std::ops::Index<&str> for CustomAttributes {
    type Output = AttributeValue;

    fn index(&self, name: &str) -> &AttributeValue {
        &self.0[name]
    }
}

impl<K: Into<String>, V: Into<AttributeValue>> FromIterator<(K, V)> for CustomAttributes {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(attributes: I) -> Self {
        Self(
            attributes
                .into_iter()
                .map(|(name, value)| (name.into(), value.into()))
                .collect(),
        )
    }
}

impl<K: Into<String>, V: Into<AttributeValue>, const N: usize> From<[(K, V); N]>
    for CustomAttributes
{
    fn from(attributes: [(K, V); N]) -> Self {
        attributes.into_iter().collect()
    }
}

impl IntoIterator for CustomAttributes {
    type Item = (String, AttributeValue);
    type IntoIter = std::collections::btree_map::IntoIter<String, AttributeValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'de> Deserialize<'de> for CustomAttributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        BTreeMap::deserialize(ObjectOnly(deserializer)).map(Self)
    }
}

/// The value of a custom attribute.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum AttributeValue {
    /// No value; sent, it clears the attribute.
    #[default]
    Null,
    /// A yes or no.
    Bool(bool),
    /// An integer or a decimal. Dates are integers too: see [`AttributeValue::as_time`].
    Number(Number),
    /// A text, or the chosen option of a list attribute.
    Text(String),
    /// Several values, such as references to custom objects.
    List(Vec<AttributeValue>),
    /// A nested object, such as a list of custom object instances.
    Object(BTreeMap<String, AttributeValue>),
}

impl AttributeValue {
    /// The text, where it is one.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The integer, where it is one within the range.
    #[must_use]
    pub fn as_i64(&self) -> Option<i64> {
        match self {
            Self::Number(number) => number.as_i64(),
            _ => None,
        }
    }

    /// The number, where it is one.
    #[must_use]
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Self::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    /// The yes or no, where it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value as a time, where a date attribute's value can be read as one.
    #[must_use]
    pub fn as_time(&self) -> Option<Timestamp> {
        match self {
            Self::Number(number) => Timestamp::deserialize(number).ok(),
            Self::Text(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The file, where it is one: what a files attribute of a ticket holds. Its address is good for 30
    /// minutes.
    #[must_use]
    pub fn to_file(&self) -> Option<Attachment> {
        let Self::Object(fields) = self else {
            return None;
        };
        fields.get("url")?.as_str()?;
        let text = serde_json::to_vec(fields).ok()?;
        crate::from_slice(&text).ok().map(|(file, _)| file)
    }

    /// The files, where it is a list of them.
    #[must_use]
    pub fn to_files(&self) -> Option<Vec<Attachment>> {
        self.as_list()?.iter().map(Self::to_file).collect()
    }

    /// The values, where it is a list.
    #[must_use]
    pub fn as_list(&self) -> Option<&[Self]> {
        match self {
            Self::List(values) => Some(values),
            _ => None,
        }
    }

    /// The fields, where it is an object.
    #[must_use]
    pub const fn as_object(&self) -> Option<&BTreeMap<String, Self>> {
        match self {
            Self::Object(fields) => Some(fields),
            _ => None,
        }
    }

    /// The custom objects to which it refers, where it is a list of them.
    #[must_use]
    pub fn to_custom_objects(&self) -> Option<CustomObjectInstanceList> {
        let fields = self.as_object()?;
        fields.get("instances")?;
        let text = serde_json::to_vec(fields).ok()?;
        crate::from_slice(&text).ok().map(|(list, _)| list)
    }

    /// Whether there is no value.
    #[must_use]
    pub const fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }
}

impl PartialEq<str> for AttributeValue {
    fn eq(&self, other: &str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<&str> for AttributeValue {
    fn eq(&self, other: &&str) -> bool {
        self.as_str() == Some(other)
    }
}

impl PartialEq<i64> for AttributeValue {
    fn eq(&self, other: &i64) -> bool {
        self.as_i64() == Some(*other)
    }
}

impl PartialEq<bool> for AttributeValue {
    fn eq(&self, other: &bool) -> bool {
        self.as_bool() == Some(*other)
    }
}

impl From<&str> for AttributeValue {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
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

impl From<i32> for AttributeValue {
    fn from(number: i32) -> Self {
        Self::Number(number.into())
    }
}

impl From<i64> for AttributeValue {
    fn from(number: i64) -> Self {
        Self::Number(number.into())
    }
}

impl From<u64> for AttributeValue {
    fn from(number: u64) -> Self {
        Self::Number(number.into())
    }
}

/// JSON has no infinities and no NaN: they become [`AttributeValue::Null`].
impl From<f64> for AttributeValue {
    fn from(number: f64) -> Self {
        Number::from_f64(number).map_or(Self::Null, Self::Number)
    }
}

/// The seconds since 1970, which is how date attributes are sent.
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

#[cfg(feature = "proptest")]
mod strategies {
    use proptest::prelude::*;

    use super::{AttributeValue, CustomAttributes};

    impl Arbitrary for AttributeValue {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            let scalar = prop_oneof![
                Just(Self::Null),
                any::<bool>().prop_map(Self::from),
                any::<i64>().prop_map(Self::from),
                // Decimals of a few places, which survive being written by any JSON library.
                (-1_000_000_i32..1_000_000).prop_map(|cents| Self::from(f64::from(cents) / 100.0)),
                "\\PC{0,12}".prop_map(Self::from),
            ];
            scalar
                .prop_recursive(2, 8, 3, |value| {
                    prop_oneof![
                        proptest::collection::vec(value.clone(), 0..3).prop_map(Self::List),
                        proptest::collection::btree_map("[a-z_]{1,8}", value, 0..3)
                            .prop_map(Self::Object),
                    ]
                })
                .boxed()
        }
    }

    impl Arbitrary for CustomAttributes {
        type Parameters = ();
        type Strategy = BoxedStrategy<Self>;

        fn arbitrary_with((): ()) -> Self::Strategy {
            proptest::collection::btree_map("[a-z_]{1,12}", any::<AttributeValue>(), 0..4)
                .prop_map(Self)
                .boxed()
        }
    }
}
