//! Ticket types: what kinds of tickets a workspace has, what is asked of each, and in which states
//! it can be. From 2.9.
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

/// All ticket types of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/listtickettypes)
#[apply(endpoint)]
#[spec(GET "/ticket_types" -> TicketTypeList; since V2_9)]
pub struct List {}

/// One ticket type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/gettickettype)
#[apply(endpoint)]
#[spec(GET "/ticket_types/{ticket_type_id}" -> TicketType; since V2_9)]
pub struct Get {
    #[path]
    pub ticket_type_id: TicketTypeId,
}

/// Creates a ticket type, which asks for a title and a description.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/createtickettype)
#[apply(endpoint)]
#[spec(POST "/ticket_types" -> TicketType; since V2_9)]
pub struct Create {
    pub body: TicketTypeCreate,
}

/// Changes the named fields of a ticket type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-types/updatetickettype)
#[apply(endpoint)]
#[spec(PUT "/ticket_types/{ticket_type_id}" -> TicketType; since V2_9)]
pub struct Update {
    #[path]
    pub ticket_type_id: TicketTypeId,
    pub body: TicketTypeUpdate,
}

/// Asks something more of the tickets of a type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-type-attributes/createtickettypeattribute)
#[apply(endpoint)]
#[spec(POST "/ticket_types/{ticket_type_id}/attributes" -> TicketTypeAttribute; since V2_9)]
pub struct CreateAttribute {
    #[path]
    pub ticket_type_id: TicketTypeId,
    pub body: TicketTypeAttributeCreate,
}

/// Changes the named fields of what is asked of the tickets of a type.
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

/// All states in which tickets can be. From 2.12.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ticket-states/listticketstates)
#[apply(endpoint)]
#[spec(GET "/ticket_states" -> ModelList<TicketStateDetailed>; since V2_12)]
pub struct ListStates {}
