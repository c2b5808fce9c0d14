//! Fields of a request that are not modelled.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// The fields of a request that this crate does not model, by name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Extra(Map<String, Value>);

impl Extra {
    /// Adds a field.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<Value>) {
        self.0.insert(name.into(), value.into());
    }

    /// The value of this field.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    /// The fields by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Names that no modelled field has.
#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for Extra {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        proptest::collection::btree_map("x_[a-z]{3}", any::<u16>(), 0..2)
            .prop_map(|fields| {
                Self(
                    fields
                        .into_iter()
                        .map(|(name, value)| (name, value.into()))
                        .collect(),
                )
            })
            .boxed()
    }
}
