//! The attributes of tickets, by the definitions of their type.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::ticket_types::{TicketAttributeType, TicketTypeAttribute};
use intercom_core::model::{AttributeValue, CustomAttributes, TicketTypeId};

use crate::refusal::Refusal;
use crate::resources::ticket_types::list_items;
use crate::store::Workspace;

fn refuse(message: String) -> Refusal {
    let status = StatusCode::BAD_REQUEST;
    Refusal::new(status, ErrorCode::ParameterInvalid, message)
}

impl Workspace {
    fn active_attributes(
        &self,
        id: &TicketTypeId,
    ) -> Result<impl Iterator<Item = &TicketTypeAttribute>, Refusal> {
        let ticket_type = self.ticket_types.get(id).ok_or_else(Refusal::not_found)?;
        let list = ticket_type.ticket_type_attributes.iter();
        let attributes = list.flat_map(|list| &list.data);
        Ok(attributes.filter(|attribute| attribute.archived != Some(true)))
    }

    /// Refuses attributes that the type does not have, and values of the wrong type.
    pub(crate) fn check_ticket_attributes(
        &self,
        id: &TicketTypeId,
        attributes: &CustomAttributes,
    ) -> Result<(), Refusal> {
        // An unknown type is refused even without attributes.
        self.ticket_types.get(id).ok_or_else(Refusal::not_found)?;
        let mut unknown = Vec::new();
        for (name, value) in attributes.iter() {
            let mut known = self.active_attributes(id)?;
            match known.find(|attribute| attribute.name.as_deref() == Some(name)) {
                None => unknown.push(name),
                Some(attribute) => check_value(name, attribute, value)?,
            }
        }
        if unknown.is_empty() {
            return Ok(());
        }
        Err(refuse(format!(
            "Extra attributes provided that are not found on ticket type: {}",
            unknown.join(", ")
        )))
    }

    /// Refuses a ticket without an attribute that its type requires.
    pub(crate) fn check_required_attributes(
        &self,
        id: &TicketTypeId,
        attributes: &CustomAttributes,
    ) -> Result<(), Refusal> {
        let is_missing = |attribute: &TicketTypeAttribute| {
            let name = attribute.name.as_deref().unwrap_or_default();
            let given = attributes.get(name).is_some_and(|value| !value.is_null());
            attribute.required_to_create == Some(true) && !given
        };
        if self.active_attributes(id)?.any(is_missing) {
            return Err(refuse("Missing required ticket attributes".to_owned()));
        }
        Ok(())
    }
}

fn check_value(
    name: &str,
    attribute: &TicketTypeAttribute,
    value: &AttributeValue,
) -> Result<(), Refusal> {
    let kind = attribute.data_type.as_ref();
    let fits = match kind {
        _ if value.is_null() => true,
        Some(TicketAttributeType::Boolean) => value.as_bool().is_some(),
        Some(TicketAttributeType::Integer) => value.as_i64().is_some(),
        Some(TicketAttributeType::Decimal) => value.as_f64().is_some(),
        Some(TicketAttributeType::Datetime) => value.as_time().is_some(),
        Some(TicketAttributeType::Files) => value.as_list().is_some() || value.as_str().is_some(),
        Some(TicketAttributeType::String) => value.as_list().is_none(),
        Some(TicketAttributeType::List) => {
            let items = list_items(attribute);
            let is_item = |value: &AttributeValue| {
                let text = value.as_str();
                text.is_some_and(|text| {
                    items
                        .iter()
                        .any(|(id, label)| text == *id || text == *label)
                })
            };
            match value.as_list() {
                Some(values) => values.iter().all(is_item),
                None => is_item(value),
            }
        }
        _ => true,
    };
    if fits {
        return Ok(());
    }
    let kind = kind.map_or("string", TicketAttributeType::as_str);
    Err(refuse(format!("{name} must be a valid {kind}")))
}
