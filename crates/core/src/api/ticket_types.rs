//! Ticket types, their attributes, and the states that tickets can be in.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::ticket_types::{self, TicketAttributeType, TicketTypeAttributeCreate, TicketTypeCreate};
//!
//! let bug = intercom.call(&ticket_types::Create::new(TicketTypeCreate::new("Bug").icon("🐞"))).await?;
//! let severity = TicketTypeAttributeCreate::new("Severity", "How bad it is", TicketAttributeType::List)
//!     .list_items("Low,High");
//! intercom.call(&ticket_types::CreateAttribute::new(&bug.id, severity)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::ticket_types::*;
use intercom_model::{List as ModelList, TicketTypeAttributeId, TicketTypeId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all ticket types of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/listtickettypes)
#[apply(endpoint)]
#[spec(GET "/ticket_types" -> TicketTypeList; since V2_9)]
pub struct List {}

/// Returns a ticket type by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/gettickettype)
#[apply(endpoint)]
#[spec(GET "/ticket_types/{ticket_type_id}" -> TicketType; since V2_9)]
pub struct Get {
    #[path]
    pub ticket_type_id: TicketTypeId,
}

/// Creates a ticket type, with attributes for a title and a description.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/createtickettype)
#[apply(endpoint)]
#[spec(POST "/ticket_types" -> TicketType; since V2_9)]
pub struct Create {
    pub body: TicketTypeCreate,
}

/// Updates a ticket type.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/updatetickettype)
#[apply(endpoint)]
#[spec(PUT "/ticket_types/{ticket_type_id}" -> TicketType; since V2_9)]
pub struct Update {
    #[path]
    pub ticket_type_id: TicketTypeId,
    pub body: TicketTypeUpdate,
}

/// Adds an attribute to a ticket type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-type-attributes/createtickettypeattribute)
#[apply(endpoint)]
#[spec(POST "/ticket_types/{ticket_type_id}/attributes" -> TicketTypeAttribute; since V2_9)]
pub struct CreateAttribute {
    #[path]
    pub ticket_type_id: TicketTypeId,
    pub body: TicketTypeAttributeCreate,
}

/// Updates an attribute of a ticket type.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-type-attributes/updatetickettypeattribute)
#[apply(endpoint)]
#[spec(PUT "/ticket_types/{ticket_type_id}/attributes/{attribute_id}" -> TicketTypeAttribute; since V2_9)]
pub struct UpdateAttribute {
    #[path]
    pub ticket_type_id: TicketTypeId,
    #[path]
    pub attribute_id: TicketTypeAttributeId,
    pub body: TicketTypeAttributeUpdate,
}

/// Lists all states that tickets can be in.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-states/listticketstates)
#[apply(endpoint)]
#[spec(GET "/ticket_states" -> ModelList<TicketStateDetailed>; since V2_12)]
pub struct ListStates {}
