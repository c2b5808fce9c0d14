//! Tickets.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::contacts::Contact;
use crate::json::object;
use crate::ticket_types::TicketStateCategory;
use crate::tickets::{Ticket, TicketPart};
use crate::vocabulary::declare::response;
use crate::{AttributeValue, ObjectType, TicketId};

/// A ticket, and the part by which it changed.
#[apply(response)]
pub struct TicketWithPart {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    pub ticket: Option<Box<Ticket>>,
    /// The last of the ticket's parts again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_part: Option<Box<TicketPart>>,
}

/// A contact that was added to a ticket or removed from it.
#[apply(response)]
pub struct TicketContact {
    pub ticket: Option<Box<TicketRecord>>,
    pub contact: Option<Box<Contact>>,
}

/// A ticket in Intercom's internal form. `tickets::Get` returns the documented one.
#[apply(response)]
pub struct TicketRecord {
    pub r#type: Option<ObjectType>,
    pub id: Option<TicketId>,
    /// Where teammates see the ticket.
    pub url: Option<String>,
    #[serde(deserialize_with = "object::map")]
    pub custom_attributes: Option<BTreeMap<String, TicketRecordAttribute>>,
    pub state: Option<TicketStateCategory>,
    /// The name of the ticket type.
    pub ticket_type: Option<String>,
    pub ticket_type_description: Option<String>,
    pub ticket_type_emoji: Option<String>,
    /// The label of the state for teammates.
    pub ticket_custom_state_admin_label: Option<String>,
    /// The label of the state for contacts.
    pub ticket_custom_state_user_label: Option<String>,
}

/// An attribute of a [`TicketRecord`].
#[apply(response)]
pub struct TicketRecordAttribute {
    pub value: AttributeValue,
    /// The type of the value, such as `string`.
    pub r#type: Option<String>,
}
