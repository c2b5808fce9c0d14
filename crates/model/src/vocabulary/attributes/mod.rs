//! Attributes that each workspace defines for itself.

mod strategies;
mod value;

use std::collections::{BTreeMap, HashMap};

use serde::ser::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::Patch;
use crate::json::object::MapOnly;

pub use value::AttributeValue;

/// The custom attributes of an object, by name.
///
/// Arrays of pairs, maps and JSON objects convert into custom attributes:
///
/// ```
/// use intercom_model::CustomAttributes;
/// use serde_json::json;
///
/// let attributes = CustomAttributes::from([("plan", "pro")]).with("seats", 12);
/// assert_eq!(attributes["plan"], "pro");
/// assert_eq!(attributes["seats"], 12);
/// assert_eq!(attributes, json!({"plan": "pro", "seats": 12}).into());
/// ```
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[cfg_attr(feature = "schemars", schemars(transparent))]
pub struct CustomAttributes {
    by_name: BTreeMap<String, AttributeValue>,
    /// JSON that is not an object, which cannot be sent.
    #[cfg_attr(feature = "schemars", schemars(skip))]
    refused: Option<Box<Value>>,
}

impl CustomAttributes {
    /// Creates an empty set of attributes.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            by_name: BTreeMap::new(),
            refused: None,
        }
    }

    /// Returns the value of an attribute, which may be [`AttributeValue::Null`].
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&AttributeValue> {
        self.by_name.get(name)
    }

    /// Adds an attribute, and returns the set.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, value: impl Into<AttributeValue>) -> Self {
        self.insert(name, value);
        self
    }

    /// Sets an attribute, and returns its previous value.
    pub fn insert(
        &mut self,
        name: impl Into<String>,
        value: impl Into<AttributeValue>,
    ) -> Option<AttributeValue> {
        self.by_name.insert(name.into(), value.into())
    }

    /// Removes an attribute from this set, and returns its value. To clear an attribute at Intercom,
    /// send it as [`AttributeValue::Null`].
    pub fn remove(&mut self, name: &str) -> Option<AttributeValue> {
        self.by_name.remove(name)
    }

    /// Returns the attributes in the order of their names.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &AttributeValue)> {
        self.by_name
            .iter()
            .map(|(name, value)| (name.as_str(), value))
    }

    /// Returns the number of attributes.
    #[must_use]
    pub fn len(&self) -> usize {
        self.by_name.len()
    }

    /// Returns `true` if there are no attributes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }
}

/// # Panics
///
/// Panics if there is no such attribute, as a map does; [`get`](CustomAttributes::get) returns `None`.
impl std::ops::Index<&str> for CustomAttributes {
    type Output = AttributeValue;

    fn index(&self, name: &str) -> &AttributeValue {
        &self.by_name[name]
    }
}

impl<K: Into<String>, V: Into<AttributeValue>> FromIterator<(K, V)> for CustomAttributes {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(attributes: I) -> Self {
        let mut all = Self::new();
        all.extend(attributes);
        all
    }
}

impl<K: Into<String>, V: Into<AttributeValue>> Extend<(K, V)> for CustomAttributes {
    fn extend<I: IntoIterator<Item = (K, V)>>(&mut self, attributes: I) {
        let attributes = attributes.into_iter();
        self.by_name
            .extend(attributes.map(|(name, value)| (name.into(), value.into())));
    }
}

/// Sources of attributes, each of which is also a patch of them.
macro_rules! attributes_from {
    ($( [$($generics:tt)*] $Source:ty ),* $(,)?) => {$(
        impl<$($generics)*> From<$Source> for CustomAttributes {
            fn from(attributes: $Source) -> Self {
                attributes.into_iter().collect()
            }
        }

        impl<$($generics)*> From<$Source> for Patch<CustomAttributes> {
            fn from(attributes: $Source) -> Self {
                Self::Set(attributes.into())
            }
        }
    )*};
}

attributes_from! {
    [K: Into<String>, V: Into<AttributeValue>, const N: usize] [(K, V); N],
    [K: Into<String>, V: Into<AttributeValue>] Vec<(K, V)>,
    [K: Into<String>, V: Into<AttributeValue>] BTreeMap<K, V>,
    [K: Into<String>, V: Into<AttributeValue>, S] HashMap<K, V, S>,
    [] Map<String, Value>,
}

/// Takes a JSON object. Any other value cannot be sent as custom attributes: the request that holds it
/// fails to encode, with an error that shows the value.
impl From<Value> for CustomAttributes {
    fn from(value: Value) -> Self {
        match value {
            Value::Object(attributes) => attributes.into(),
            other => Self {
                by_name: BTreeMap::new(),
                refused: Some(Box::new(other)),
            },
        }
    }
}

impl From<Value> for Patch<CustomAttributes> {
    fn from(value: Value) -> Self {
        Self::Set(value.into())
    }
}

impl IntoIterator for CustomAttributes {
    type Item = (String, AttributeValue);
    type IntoIter = std::collections::btree_map::IntoIter<String, AttributeValue>;

    fn into_iter(self) -> Self::IntoIter {
        self.by_name.into_iter()
    }
}

impl Serialize for CustomAttributes {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(value) = &self.refused {
            return Err(S::Error::custom(format_args!(
                "custom attributes must be a JSON object, not {value}"
            )));
        }
        self.by_name.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for CustomAttributes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let by_name = BTreeMap::deserialize(MapOnly(deserializer))?;
        Ok(Self {
            by_name,
            refused: None,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{BTreeMap, CustomAttributes, HashMap, Patch};

    #[test]
    fn every_source_of_attributes_is_sent_alike() {
        let Value::Object(map) = json!({"plan": "pro"}) else {
            unreachable!()
        };
        let sources: [CustomAttributes; 6] = [
            [("plan", "pro")].into(),
            vec![("plan".to_owned(), "pro")].into(),
            BTreeMap::from([("plan", "pro")]).into(),
            HashMap::from([("plan", "pro")]).into(),
            map.into(),
            json!({"plan": "pro"}).into(),
        ];
        for attributes in sources {
            let sent = serde_json::to_string(&attributes).unwrap();
            assert_eq!(sent, r#"{"plan":"pro"}"#);
        }
        let patch: Patch<CustomAttributes> = [("plan", "pro")].into();
        assert_eq!(patch.value().map(CustomAttributes::len), Some(1));
    }

    #[test]
    fn json_that_is_not_an_object_is_refused_when_it_is_sent() {
        for value in [json!(null), json!([["plan", "pro"]]), json!("plan")] {
            let error = serde_json::to_string(&CustomAttributes::from(value.clone())).unwrap_err();
            let expected = format!("custom attributes must be a JSON object, not {value}");
            assert_eq!(error.to_string(), expected);
        }
    }
}
