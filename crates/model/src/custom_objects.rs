//! Custom objects: objects of kinds that each workspace defines, such as orders.

use macro_rules_attribute::apply;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::macros::{body, response};
use crate::{CustomAttributes, CustomObjectInstanceId, List, Patch, Timestamp, null};

/// An object of a kind that the workspace defines. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/custom_object_instance)
#[apply(response)]
pub struct CustomObjectInstance {
    #[serde(deserialize_with = "null::as_default")]
    pub id: CustomObjectInstanceId,
    /// The kind, as the workspace calls it.
    pub r#type: Option<String>,
    /// The id that the workspace gave it in its own system.
    pub external_id: Option<String>,
    /// When it was created in the workspace's own system.
    pub external_created_at: Option<Timestamp>,
    /// When it was changed in the workspace's own system.
    pub external_updated_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
}

/// An object to create, or to change where one with its `external_id` exists. From 2.13.
#[apply(body)]
pub struct CustomObjectInstanceCreateOrUpdate {
    /// The id that the workspace gave it in its own system.
    pub external_id: Option<String>,
    /// When it was created in the workspace's own system.
    pub external_created_at: Patch<Timestamp>,
    /// When it was changed in the workspace's own system.
    pub external_updated_at: Patch<Timestamp>,
    pub custom_attributes: Patch<CustomAttributes>,
}

/// What a list of custom objects answers: one object where an `external_id` was named, or else a
/// page of them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum CustomObjectInstances {
    /// A page of objects. From 2.16.
    Page(List<CustomObjectInstance>),
    /// The object with the `external_id` of the request.
    One(CustomObjectInstance),
}

/// A page is what has `data`.
impl<'de> Deserialize<'de> for CustomObjectInstances {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        let is_page = fields.contains_key("data");
        let value = Value::Object(fields);
        if is_page {
            serde_json::from_value(value).map(Self::Page)
        } else {
            serde_json::from_value(value).map(Self::One)
        }
        .map_err(serde::de::Error::custom)
    }
}

/// The reply to the deletion of a custom object.
#[apply(response)]
pub struct CustomObjectInstanceDeleted {
    pub id: Option<CustomObjectInstanceId>,
    /// The kind, as the workspace calls it.
    pub object: Option<String>,
    pub deleted: Option<bool>,
}
