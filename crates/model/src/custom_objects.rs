//! Custom objects: objects of kinds that each workspace defines, such as orders.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::{AttributeValue, CustomAttributes, CustomObjectInstanceId, Patch, Timestamp};

/// An object of a kind that the workspace defines. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/custom_object_instance)
#[apply(response)]
pub struct CustomObjectInstance {
    #[serde(deserialize_with = "null::as_default")]
    pub id: CustomObjectInstanceId,
    /// The kind, as the workspace calls it.
    pub r#type: Option<String>,
    /// Its id in your own system.
    pub external_id: Option<String>,
    /// When it was created in your own system.
    pub external_created_at: Option<Timestamp>,
    /// When it was changed in your own system.
    pub external_updated_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
}

/// The objects to which a custom attribute refers; see
/// [`AttributeValue::to_custom_objects`](crate::AttributeValue::to_custom_objects).
#[apply(response)]
#[items(instances)]
pub struct CustomObjectInstanceList {
    /// The kind and `.list`, such as `order.list`.
    pub r#type: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub instances: Vec<CustomObjectInstance>,
}

impl AttributeValue {
    /// Returns the custom objects that the value refers to, if it is a list of them.
    #[must_use]
    pub fn to_custom_objects(&self) -> Option<CustomObjectInstanceList> {
        let fields = self.as_object()?;
        fields.get("instances")?;
        let text = serde_json::to_vec(fields).ok()?;
        crate::from_slice(&text).ok().map(|(list, _)| list)
    }
}

/// An object to create, or to update if one with its `external_id` exists. From 2.13.
#[apply(body)]
pub struct CustomObjectInstanceCreateOrUpdate {
    /// Its id in your own system.
    pub external_id: Option<String>,
    /// When it was created in your own system.
    pub external_created_at: Patch<Timestamp>,
    /// When it was changed in your own system.
    pub external_updated_at: Patch<Timestamp>,
    pub custom_attributes: Patch<CustomAttributes>,
}
