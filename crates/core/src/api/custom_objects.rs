//! Custom objects, such as orders, whose types each workspace defines.
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

/// Lists the objects of a type, or returns the one with an `external_id`.
///
/// Up to 2.15, the `external_id` is required.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/listcustomobjectinstances)
#[apply(endpoint)]
#[spec(GET "/custom_object_instances/{custom_object_type_identifier}" -> Found<CustomObjectInstance>; since V2_13)]
#[paged(Found [CustomObjectInstance] by page)]
pub struct List {
    /// The identifier of the type in the workspace, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    /// Finds the object with this id in your own system.
    #[query]
    pub external_id: Option<String>,
    /// Limits the list to objects that refer to this contact. Since 2.16.
    #[query]
    pub references_contact_id: Option<ContactId>,
    /// Limits the list to objects that refer to this conversation. Since 2.16.
    #[query]
    pub references_conversation_id: Option<ConversationId>,
    /// Selects a page by its number, counting from 1. Since 2.16.
    #[query]
    pub page: Option<u32>,
    /// Limits how many objects a page has: 150 at most. Since 2.16.
    #[query]
    pub per_page: Option<u32>,
}

/// Creates an object, or updates the one with the same `external_id`.
///
/// Without an `external_id`, each call creates another object.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/createcustomobjectinstances)
#[apply(endpoint)]
#[spec(POST "/custom_object_instances/{custom_object_type_identifier}" -> CustomObjectInstance; since V2_13)]
pub struct CreateOrUpdate {
    /// The identifier of the type in the workspace, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    pub body: CustomObjectInstanceCreateOrUpdate,
}

/// Returns an object by its Intercom id or its `external_id`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/getcustomobjectinstancesbyid)
#[apply(endpoint)]
#[spec(GET "/custom_object_instances/{custom_object_type_identifier}/{custom_object_instance_id}" -> CustomObjectInstance; since V2_13)]
pub struct Get {
    /// The identifier of the type in the workspace, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    #[path]
    pub custom_object_instance_id: CustomObjectInstanceId,
}

/// Deletes an object by its Intercom id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/deletecustomobjectinstancesbyexternalid)
#[apply(endpoint)]
#[spec(DELETE "/custom_object_instances/{custom_object_type_identifier}/{custom_object_instance_id}" -> Deleted<CustomObjectInstanceId>; since V2_13)]
pub struct Delete {
    /// The identifier of the type in the workspace, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    #[path]
    pub custom_object_instance_id: CustomObjectInstanceId,
}

/// Deletes an object by its `external_id`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/custom-object-instances/deletecustomobjectinstancesbyid)
#[apply(endpoint)]
#[spec(DELETE "/custom_object_instances/{custom_object_type_identifier}" -> Deleted<CustomObjectInstanceId>; since V2_13)]
pub struct DeleteByExternalId {
    /// The identifier of the type in the workspace, such as `Order`.
    #[path]
    pub custom_object_type_identifier: String,
    /// The id of the object in your own system.
    #[query]
    pub external_id: String,
}
