//! Tickets as replies show them.

use intercom_core::ApiVersion;
use intercom_core::api::conversations::LinkedObject;
use intercom_core::api::tickets::{Ticket, TicketParts, TicketStateOrCategory};
use intercom_core::model::{AdminId, EmbeddedList, ObjectId, ObjectType, TeamId};

use super::state_category;
use crate::object::object;
use crate::refusal::Refusal;
use crate::store::{TicketRecord, Workspace};

/// The most parts of a ticket that a reply has: the latest ones.
const MAX_PARTS: usize = 500;

/// The id of an assignee: a number from 2.16 on, and `0` for nobody.
fn assignee<T: From<u64> + for<'a> From<&'a str>>(id: Option<&str>, version: &ApiVersion) -> T {
    let id = id.unwrap_or("0");
    match id.parse::<u64>() {
        Ok(number) if *version >= ApiVersion::V2_16 => number.into(),
        _ => id.into(),
    }
}

impl Workspace {
    /// Returns a ticket as this version shows it.
    pub(crate) fn show_ticket(
        &self,
        record: &TicketRecord,
        version: &ApiVersion,
    ) -> Result<Ticket, Refusal> {
        let mut ticket_type = self.ticket_type(&record.ticket_type, version)?;
        ticket_type.ticket_states = None;
        let total = record.parts.len();
        let latest = record.parts.iter().skip(total.saturating_sub(MAX_PARTS));
        let mut ticket = object!(Ticket {
            r#type: Some(ObjectType::Ticket),
            id: record.id.clone(),
            ticket_id: Some(record.number.to_string()),
            ticket_attributes: record.attributes.to_model(),
            ticket_type: Some(ticket_type),
            contacts: Some(self.contact_references(&record.contacts)),
            admin_assignee_id: Some(assignee(
                record.admin.as_ref().map(AdminId::as_str),
                version
            )),
            team_assignee_id: Some(assignee(record.team.as_ref().map(TeamId::as_str), version)),
            created_at: Some(record.created_at),
            updated_at: Some(record.updated_at),
            snoozed_until: record.snoozed_until,
            is_shared: Some(record.shared),
            ticket_parts: Some(object!(TicketParts {
                r#type: Some(ObjectType::TicketPartList),
                ticket_parts: latest.cloned().collect(),
                total_count: Some(total as u64),
            })),
        });
        ticket.ticket_state = Some(if *version < ApiVersion::V2_12 {
            TicketStateOrCategory::Category(state_category(record).clone())
        } else {
            TicketStateOrCategory::State(Box::new(record.state.clone()))
        });
        if *version < ApiVersion::V2_11 {
            ticket.ticket_state_internal_label = record.state.internal_label.clone();
            ticket.ticket_state_external_label = record.state.external_label.clone();
        }
        if *version >= ApiVersion::V2_10 {
            ticket.open = Some(record.open);
            ticket.category = record.category.clone();
            let linked = record.conversations.iter().map(|id| {
                object!(LinkedObject {
                    r#type: Some(ObjectType::Conversation),
                    id: ObjectId::new(id.as_str()),
                })
            });
            ticket.linked_objects = Some(object!(EmbeddedList {
                r#type: Some(ObjectType::List),
                data: linked.collect(),
                total_count: Some(record.conversations.len() as u64),
                has_more: Some(false),
            }));
        }
        Ok(ticket)
    }
}
