//! Custom objects: objects of kinds that each workspace defines, such as orders. From 2.13.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::custom_objects::{self, CustomObjectInstanceCreateOrUpdate};
//! use intercom_core::model::CustomAttributes;
//!
//! let order = CustomObjectInstanceCreateOrUpdate::new()
//!     .external_id("order_001")
//!     .custom_attributes(CustomAttributes::new().with("total_amount", 99.99));
//! intercom.call(&custom_objects::CreateOrUpdate::new("Order", order)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::custom_objects::*;
use intercom_model::{ContactId, ConversationId, CustomObjectInstanceId, Deleted, Found};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// The objects of a kind, or the one with an `external_id`. Up to 2.15, the `external_id` is required.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/listcustomobjectinstances)
#[apply(endpoint)]
#[spec(GET "/custom_object_instances/{custom_object_type_identifier}" -> Found<CustomObjectInstance>; since V2_13)]
#[paged(Found [CustomObjectInstance] by page)]
pub struct List {
    /// The kind, as the workspace identifies it, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    /// The id that the workspace gave the object in its own system.
    #[query]
    pub external_id: Option<String>,
    /// Only those that refer to this contact. From 2.16.
    #[query]
    pub references_contact_id: Option<ContactId>,
    /// Only those that refer to this conversation. From 2.16.
    #[query]
    pub references_conversation_id: Option<ConversationId>,
    /// The number of the page, from 1. From 2.16.
    #[query]
    pub page: Option<u32>,
    /// How many objects a page has: 150 at most. From 2.16.
    #[query]
    pub per_page: Option<u32>,
}

/// Creates an object, or changes the one with its `external_id`; without one, each call creates
/// another.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/createcustomobjectinstances)
#[apply(endpoint)]
#[spec(POST "/custom_object_instances/{custom_object_type_identifier}" -> CustomObjectInstance; since V2_13)]
pub struct CreateOrUpdate {
    /// The kind, as the workspace identifies it, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    pub body: CustomObjectInstanceCreateOrUpdate,
}

/// One object, by the id that Intercom gave it, or its `external_id`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/getcustomobjectinstancesbyid)
#[apply(endpoint)]
#[spec(GET "/custom_object_instances/{custom_object_type_identifier}/{custom_object_instance_id}" -> CustomObjectInstance; since V2_13)]
pub struct Get {
    /// The kind, as the workspace identifies it, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    #[path]
    pub custom_object_instance_id: CustomObjectInstanceId,
}

/// Deletes an object, by the id that Intercom gave it.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/deletecustomobjectinstancesbyexternalid)
#[apply(endpoint)]
#[spec(DELETE "/custom_object_instances/{custom_object_type_identifier}/{custom_object_instance_id}" -> Deleted<CustomObjectInstanceId>; since V2_13)]
pub struct Delete {
    /// The kind, as the workspace identifies it, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    #[path]
    pub custom_object_instance_id: CustomObjectInstanceId,
}

/// Deletes the object with an `external_id`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/deletecustomobjectinstancesbyid)
#[apply(endpoint)]
#[spec(DELETE "/custom_object_instances/{custom_object_type_identifier}" -> Deleted<CustomObjectInstanceId>; since V2_13)]
pub struct DeleteByExternalId {
    /// The kind, as the workspace identifies it, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    /// The id that the workspace gave the object in its own system.
    #[query]
    pub external_id: String,
}
