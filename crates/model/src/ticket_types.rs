//! Ticket types: what kinds of tickets a workspace has, what is asked of each, and in which states
//! it can be.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AttributeValue, List, ObjectType, TicketStateId, TicketTypeAttributeId, TicketTypeId,
    Timestamp, WorkspaceId,
};

open_enum! {
    /// Whom a ticket is for.
    pub enum TicketCategory {
        /// For the team only, about the matter of one contact.
        BackOffice = "Back-office",
        /// The contact sees it.
        Customer = "Customer",
        /// One matter of many contacts.
        Tracker = "Tracker",
    }
}

/// A kind of ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket_type)
#[apply(response)]
pub struct TicketType {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketTypeId,
    pub name: Option<String>,
    pub description: Option<String>,
    /// An emoji.
    pub icon: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workspace_id: Option<WorkspaceId>,
    pub archived: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    /// Whether only teammates see its tickets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_internal: Option<bool>,
    /// From 2.10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<TicketCategory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_type_attributes: Option<TicketTypeAttributeList>,
    /// The states in which its tickets can be. From 2.12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_states: Option<List<TicketState>>,
}

/// What is asked of the tickets of a type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ticket_type_attribute_list)
#[apply(response)]
#[items(data)]
pub struct TicketTypeAttributeList {
    pub r#type: Option<ObjectType>,
    /// Documented as `ticket_type_attributes`, sent as `data`.
    #[serde(
        alias = "ticket_type_attributes",
        deserialize_with = "null::as_default"
    )]
    pub data: Vec<TicketTypeAttribute>,
}

open_enum! {
    /// What an attribute of tickets holds.
    pub enum TicketAttributeType {
        Boolean = "boolean",
        Datetime = "datetime",
        Decimal = "decimal",
        Files = "files",
        Integer = "integer",
        /// One of a list of items.
        List = "list",
        String = "string",
    }
}

/// Something that is asked of the tickets of a type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ticket_type_attribute)
#[apply(response)]
pub struct TicketTypeAttribute {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketTypeAttributeId,
    pub workspace_id: Option<WorkspaceId>,
    /// Those of every ticket are named `_default_title_` and `_default_description_`.
    pub name: Option<String>,
    pub description: Option<String>,
    pub data_type: Option<TicketAttributeType>,
    /// How it is put in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input_options: Option<TicketInputOptions>,
    /// Its place among the others, from 0.
    #[serde(deserialize_with = "number::any_form")]
    pub order: Option<i64>,
    /// Whether teammates must fill it in.
    pub required_to_create: Option<bool>,
    /// Whether contacts must fill it in.
    pub required_to_create_for_contacts: Option<bool>,
    /// Whether teammates can fill it in.
    pub visible_on_create: Option<bool>,
    /// Whether contacts can fill it in.
    pub visible_to_contacts: Option<bool>,
    /// Whether every ticket type has it.
    pub default: Option<bool>,
    pub ticket_type_id: Option<TicketTypeId>,
    pub archived: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// How an attribute of tickets is put in.
#[apply(response)]
pub struct TicketInputOptions {
    /// Whether a text may have several lines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiline: Option<bool>,
    /// What the kind of the attribute adds, such as the items of a list. It is not described.
    #[serde(flatten)]
    pub other: BTreeMap<String, AttributeValue>,
}

/// The ticket types of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ticket_type_list)
#[apply(response)]
#[items(data)]
pub struct TicketTypeList {
    pub r#type: Option<ObjectType>,
    /// Documented as `ticket_types` up to 2.11, sent as `data`.
    #[serde(alias = "ticket_types", deserialize_with = "null::as_default")]
    pub data: Vec<TicketType>,
}

open_enum! {
    /// How far tickets in a state are.
    pub enum TicketStateCategory {
        InProgress = "in_progress",
        Resolved = "resolved",
        Submitted = "submitted",
        WaitingOnCustomer = "waiting_on_customer",
    }
}

/// A state in which tickets can be. From 2.12.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket_state)
#[apply(response)]
pub struct TicketState {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketStateId,
    pub category: Option<TicketStateCategory>,
    /// What teammates see.
    pub internal_label: Option<String>,
    /// What contacts see.
    pub external_label: Option<String>,
}

/// A state in which tickets can be, with the ticket types that have it. From 2.12.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket_state_detailed)
#[apply(response)]
pub struct TicketStateDetailed {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketStateId,
    pub category: Option<TicketStateCategory>,
    /// What teammates see.
    pub internal_label: Option<String>,
    /// What contacts see.
    pub external_label: Option<String>,
    pub archived: Option<bool>,
    pub ticket_types: Option<List<TicketType>>,
}

/// A ticket type to create.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_ticket_type_request)
#[apply(body)]
pub struct TicketTypeCreate {
    pub name: String,
    pub description: Option<String>,
    /// From 2.10.
    pub category: Option<TicketCategory>,
    /// An emoji; the default is a ticket.
    pub icon: Option<String>,
    /// Whether only teammates see its tickets. Not every workspace has it.
    pub is_internal: Option<bool>,
}

/// Changes to a ticket type. Fields that are not set keep their values.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_ticket_type_request)
#[apply(body)]
pub struct TicketTypeUpdate {
    pub name: Option<String>,
    pub description: Option<String>,
    /// From 2.10.
    pub category: Option<TicketCategory>,
    /// An emoji.
    pub icon: Option<String>,
    pub archived: Option<bool>,
    /// Whether only teammates see its tickets. Not every workspace has it.
    pub is_internal: Option<bool>,
}

/// Something to ask of the tickets of a type.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_ticket_type_attribute_request)
#[apply(body)]
pub struct TicketTypeAttributeCreate {
    pub name: String,
    /// Shown to the person who fills it in.
    pub description: String,
    pub data_type: TicketAttributeType,
    /// Whether teammates must fill it in: `false` by default.
    pub required_to_create: Option<bool>,
    /// Whether contacts must fill it in: `false` by default.
    pub required_to_create_for_contacts: Option<bool>,
    /// Whether teammates can fill it in: `true` by default.
    pub visible_on_create: Option<bool>,
    /// Whether contacts can fill it in: `true` by default.
    pub visible_to_contacts: Option<bool>,
    /// Whether a text may have several lines.
    pub multiline: Option<bool>,
    /// The items of a list, joined by commas.
    pub list_items: Option<String>,
    /// Whether it takes several files.
    pub allow_multiple_values: Option<bool>,
}

/// Changes to an attribute of a ticket type. Fields that are not set keep their values.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_ticket_type_attribute_request)
#[apply(body)]
pub struct TicketTypeAttributeUpdate {
    pub name: Option<String>,
    /// Shown to the person who fills it in.
    pub description: Option<String>,
    /// Whether teammates must fill it in.
    pub required_to_create: Option<bool>,
    /// Whether contacts must fill it in.
    pub required_to_create_for_contacts: Option<bool>,
    /// Whether teammates can fill it in.
    pub visible_on_create: Option<bool>,
    /// Whether contacts can fill it in.
    pub visible_to_contacts: Option<bool>,
    /// Whether a text may have several lines.
    pub multiline: Option<bool>,
    /// The items of a list, joined by commas.
    pub list_items: Option<String>,
    /// Whether it takes several files.
    pub allow_multiple_values: Option<bool>,
    /// Asks it of no more tickets; those that have it keep it.
    pub archived: Option<bool>,
}
