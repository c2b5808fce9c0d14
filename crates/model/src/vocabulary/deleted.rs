//! What is left of an object that was deleted.

use macro_rules_attribute::apply;
use serde::Deserialize;

use crate::ObjectType;
use crate::json::object::object;

/// The reply to the deletion of an object.
#[apply(object)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(bound(deserialize = "I: Deserialize<'de>"))]
#[non_exhaustive]
pub struct Deleted<I> {
    /// The id that it had.
    #[serde(default)]
    pub id: Option<I>,
    /// What it was; of a custom object, the kind that the workspace made up.
    #[serde(default)]
    pub object: Option<ObjectType>,
    /// Whether it is deleted.
    #[serde(default)]
    pub deleted: Option<bool>,
}

impl<I> Default for Deleted<I> {
    fn default() -> Self {
        Self {
            id: None,
            object: None,
            deleted: None,
        }
    }
}
