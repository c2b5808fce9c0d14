//! Tickets. Since 2.9.

mod search;

use http::StatusCode;
use intercom_core::api::contacts::{self, ContactCreate, ContactReference};
use intercom_core::api::ticket_types::{TicketCategory, TicketStateCategory};
use intercom_core::api::tickets::{
    Create, Get, Ticket, TicketContact, TicketCreate, TicketParts, TicketStateOrCategory,
};
use intercom_core::model::conversations::ConversationContacts;
use intercom_core::model::{AdminId, ContactId, EmbeddedList, ObjectType, TeamId, TicketId};
use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::ticket_types::first_state;
use crate::resources::{Context, Handle};
use crate::store::{TicketRecord, Workspace};

impl Workspace {
    /// Refuses a ticket that cannot be created, as far as that shows at once.
    pub(crate) fn check_ticket(&self, body: &TicketCreate) -> Result<(), Refusal> {
        if body.contacts.is_empty() {
            return Err(Refusal::missing("contacts", "contacts is required"));
        }
        let admin = body.assignment.as_ref();
        if let Some(admin) = admin.and_then(|assigned| assigned.admin_assignee_id.as_ref()) {
            self.admin(admin).ok_or_else(no_assignee)?;
        }
        self.ticket_type(&body.ticket_type_id, &ApiVersion::LATEST)?;
        Ok(())
    }

    /// Stores a new ticket and gives its id.
    pub(crate) fn add_ticket(
        &mut self,
        body: TicketCreate,
        context: &Context,
    ) -> Result<TicketId, Refusal> {
        self.check_ticket(&body)?;
        let ticket_type = self.ticket_type(&body.ticket_type_id, &ApiVersion::LATEST)?;
        let contact = body.contacts.into_iter().next();
        let contact = contact.ok_or_else(Refusal::no_contact)?;
        let contact = self.contact_of_ticket(contact, context)?;
        let assigned = body.assignment.unwrap_or_default();
        let id = TicketId::new(self.ids.decimal().to_string());
        let ticket = object!(Ticket {
            r#type: Some(ObjectType::Ticket),
            id: id.clone(),
            ticket_id: Some((self.tickets.len() + 1).to_string()),
            ticket_attributes: body.ticket_attributes.unwrap_or_default(),
            created_at: Some(body.created_at.unwrap_or(context.now)),
            updated_at: Some(context.now),
            open: Some(true),
            is_shared: Some(ticket_type.category == Some(TicketCategory::Customer)),
        });
        let record = TicketRecord {
            ticket,
            ticket_type: ticket_type.id,
            category: ticket_type.category,
            state: first_state(),
            contact,
            admin: assigned.admin_assignee_id,
            team: assigned.team_assignee_id,
        };
        self.tickets.insert(record);
        Ok(id)
    }

    /// The contact that a ticket is about. One that is named by its email is created where there is
    /// none.
    fn contact_of_ticket(
        &mut self,
        contact: TicketContact,
        context: &Context,
    ) -> Result<ContactId, Refusal> {
        let email = match contact {
            TicketContact::Id(id) => {
                return self.contact(&id).map(|record| record.id.clone());
            }
            TicketContact::ExternalId(id) => {
                let found = self.contact_by_external_id(&id);
                let found = found.filter(|record| !record.archived);
                return found
                    .map(|record| record.id.clone())
                    .ok_or_else(Refusal::no_contact);
            }
            TicketContact::Email(email) => email,
            _ => {
                return Err(Refusal::invalid(
                    "contacts",
                    "a contact has an id, an external_id or an email",
                ));
            }
        };
        let mut found = self.contacts_by_email(&email);
        if let Some(record) = found.find(|record| !record.archived) {
            return Ok(record.id.clone());
        }
        drop(found);
        let create = contacts::Create::new(ContactCreate::new().email(email));
        Ok(self.handle(create, context)?.id)
    }

    /// A ticket as this version shows it.
    pub(crate) fn show_ticket(
        &self,
        record: &TicketRecord,
        version: &ApiVersion,
    ) -> Result<Ticket, Refusal> {
        let mut ticket_type = self.ticket_type(&record.ticket_type, version)?;
        ticket_type.ticket_states = None;
        let contact = self.contacts.get(&record.contact);
        let mut ticket = record.ticket.clone();
        ticket.contacts = Some(object!(ConversationContacts {
            r#type: Some(ObjectType::ContactList),
            contacts: vec![object!(ContactReference {
                r#type: Some(ObjectType::Contact),
                id: Some(record.contact.clone()),
                external_id: contact
                    .and_then(|it| it.external_id.clone())
                    .map(String::from),
            })],
        }));
        ticket.ticket_type = Some(ticket_type);
        ticket.ticket_state = Some(if *version < ApiVersion::V2_12 {
            TicketStateOrCategory::Category(state_category(record).clone())
        } else {
            TicketStateOrCategory::State(Box::new(record.state.clone()))
        });
        if *version < ApiVersion::V2_11 {
            ticket.ticket_state_internal_label = record.state.internal_label.clone();
            ticket.ticket_state_external_label = record.state.external_label.clone();
        }
        ticket.admin_assignee_id = Some(assignee(
            record.admin.as_ref().map(AdminId::as_str),
            version,
        ));
        ticket.team_assignee_id = Some(assignee(record.team.as_ref().map(TeamId::as_str), version));
        ticket.ticket_parts = Some(object!(TicketParts {
            r#type: Some(ObjectType::TicketPartList),
            total_count: Some(0),
        }));
        if *version >= ApiVersion::V2_10 {
            ticket.category = record.category.clone();
            ticket.linked_objects = Some(object!(EmbeddedList {
                r#type: Some(ObjectType::List),
                total_count: Some(0),
                has_more: Some(false),
            }));
        } else {
            ticket.open = None;
        }
        Ok(ticket)
    }
}

fn no_assignee() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::AssigneeNotFound,
        "Assignee not found",
    )
}

/// To whom a ticket is assigned: a number from 2.16 on, and `0` where it is nobody.
fn assignee<T: From<u64> + for<'a> From<&'a str>>(id: Option<&str>, version: &ApiVersion) -> T {
    let id = id.unwrap_or("0");
    match id.parse::<u64>() {
        Ok(number) if *version >= ApiVersion::V2_16 => number.into(),
        _ => id.into(),
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Ticket, Refusal> {
        let record = self.tickets.get(&get.ticket_id);
        let record = record.ok_or_else(Refusal::no_ticket)?;
        self.show_ticket(record, &context.version)
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Ticket, Refusal> {
        let id = self.add_ticket(create.body, context)?;
        self.handle(Get::new(id), context)
    }
}

/// Returns the category of a ticket's state.
pub(crate) fn state_category(record: &TicketRecord) -> &TicketStateCategory {
    let category = record.state.category.as_ref();
    category.unwrap_or(&TicketStateCategory::Submitted)
}
