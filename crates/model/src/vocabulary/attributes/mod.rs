//! Attributes that each workspace defines for itself.

use std::collections::BTreeMap;

use serde::{Deserialize, Deserializer, Serialize};

use crate::json::object::ObjectOnly;

mod value;

pub use value::AttributeValue;

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
