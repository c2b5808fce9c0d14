//! Tickets: creating, reading, updating and deleting them. Since 2.9.

mod attributes;
mod changes;
mod links;
mod reply;
mod search;
mod view;

pub(crate) use changes::new_part;

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{self, ContactCreate};
use intercom_core::api::conversations::ConversationConvert;
use intercom_core::api::ticket_types::{TicketCategory, TicketStateCategory};
use intercom_core::api::tickets::{Create, Delete, Get, Ticket, TicketContact, TicketCreate};
use intercom_core::model::{
    ContactId, ConversationId, Deleted, ObjectType, TicketId, TicketTypeId,
};

use crate::refusal::Refusal;
use crate::resources::conversations::no_assignee;
use crate::resources::ticket_types::{first_state, state_by_id};
use crate::resources::{Context, Handle, deleted};
use crate::store::{Attributes, TicketRecord, Workspace};

impl Workspace {
    pub(crate) fn ticket(&self, id: &TicketId) -> Result<&TicketRecord, Refusal> {
        self.tickets.get(id).ok_or_else(Refusal::no_ticket)
    }

    /// Changes a ticket, or refuses if there is no such ticket.
    pub(crate) fn update_ticket<T>(
        &mut self,
        id: &TicketId,
        change: impl FnOnce(&mut TicketRecord) -> T,
    ) -> Result<T, Refusal> {
        let changed = self.tickets.update(id, change);
        changed.ok_or_else(Refusal::no_ticket)
    }

    /// Refuses a ticket that cannot be created, as far as that shows without looking for its contact.
    pub(crate) fn check_ticket(&self, body: &TicketCreate) -> Result<(), Refusal> {
        if body.contacts.is_empty() {
            return Err(Refusal::missing("contacts", "contacts is required"));
        }
        let assigned = body.assignment.as_ref();
        if let Some(admin) = assigned.and_then(|assigned| assigned.admin_assignee_id.as_ref()) {
            self.admin(admin).ok_or_else(no_assignee)?;
        }
        if let Some(team) = assigned.and_then(|assigned| assigned.team_assignee_id.as_ref()) {
            self.teams.get(team).ok_or_else(no_assignee)?;
        }
        if let Some(company) = &body.company_id {
            self.company_record(company)?;
        }
        if let Some(id) = &body.conversation_to_link_id {
            self.conversation(id)?;
        }
        let attributes = body.ticket_attributes.clone().unwrap_or_default();
        self.check_ticket_attributes(&body.ticket_type_id, &attributes)?;
        self.check_required_attributes(&body.ticket_type_id, &attributes)
    }

    /// Stores a new ticket and returns its id.
    pub(crate) fn add_ticket(
        &mut self,
        body: TicketCreate,
        context: &Context,
    ) -> Result<TicketId, Refusal> {
        self.check_ticket(&body)?;
        let contacts = body.contacts.into_iter();
        let contacts = contacts
            .map(|contact| self.contact_of_ticket(contact, context))
            .collect::<Result<Vec<_>, _>>()?;
        let assigned = body.assignment.unwrap_or_default();
        let id = TicketId::new(self.ids.decimal().to_string());
        let created_at = body.created_at.unwrap_or(context.now);
        let mut record = self.new_ticket(id.clone(), &body.ticket_type_id, contacts, context)?;
        record.created_at = created_at.min(context.now);
        record.admin = assigned.admin_assignee_id;
        record.team = assigned.team_assignee_id;
        record.company = body.company_id;
        let attributes = body.ticket_attributes.unwrap_or_default();
        record.attributes = Attributes::new(attributes, &mut self.strings);
        let tracker = record.category == Some(TicketCategory::Tracker);
        self.tickets.insert(record);
        if let Some(conversation) = body.conversation_to_link_id {
            self.update_ticket(&id, |record| {
                record.conversations.push(conversation.clone())
            })?;
            self.update_conversation(&conversation, |record| {
                let place = if tracker {
                    &mut record.tracker
                } else {
                    &mut record.ticket
                };
                *place = Some(id.clone());
            })?;
        }
        Ok(id)
    }

    fn new_ticket(
        &mut self,
        id: TicketId,
        ticket_type: &TicketTypeId,
        contacts: Vec<ContactId>,
        context: &Context,
    ) -> Result<TicketRecord, Refusal> {
        let ticket_type = self.ticket_types.get(ticket_type);
        let ticket_type = ticket_type.ok_or_else(Refusal::not_found)?;
        self.tickets_created += 1;
        Ok(TicketRecord {
            id,
            number: self.tickets_created,
            ticket_type: ticket_type.id.clone(),
            category: ticket_type.category.clone(),
            attributes: Attributes::default(),
            state: first_state(),
            contacts,
            company: None,
            admin: None,
            team: None,
            created_at: context.now,
            updated_at: context.now,
            snoozed_until: None,
            open: true,
            shared: ticket_type.category == Some(TicketCategory::Customer),
            tags: Vec::new(),
            parts: Vec::new(),
            conversations: Vec::new(),
        })
    }

    /// Returns the contact of a new ticket. An unknown email creates a contact.
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

    /// Converts a conversation to a ticket, which has the id of the conversation.
    pub(crate) fn convert_conversation(
        &mut self,
        id: &ConversationId,
        body: ConversationConvert,
        context: &Context,
    ) -> Result<Ticket, Refusal> {
        let attributes = body.attributes.unwrap_or_default();
        self.check_ticket_attributes(&body.ticket_type_id, &attributes)?;
        let record = self.conversation(id)?;
        if record.ticket.is_some() {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ParameterInvalid,
                "Conversation is already a ticket",
            ));
        }
        let (contacts, admin, team) = (
            record.contacts.clone(),
            record.admin.clone(),
            record.team.clone(),
        );
        let ticket_id = TicketId::new(id.as_str());
        let mut ticket =
            self.new_ticket(ticket_id.clone(), &body.ticket_type_id, contacts, context)?;
        if let Some(state) = &body.ticket_state_id {
            ticket.state = state_by_id(state)?;
        }
        (ticket.admin, ticket.team) = (admin, team);
        ticket.attributes = Attributes::new(attributes, &mut self.strings);
        self.tickets.insert(ticket);
        self.update_conversation(id, |record| {
            record.ticket = Some(ticket_id.clone());
            record.updated_at = context.now;
        })?;
        self.handle(Get::new(ticket_id), context)
    }
}

/// Returns the category of a ticket's state.
pub(crate) fn state_category(record: &TicketRecord) -> &TicketStateCategory {
    let category = record.state.category.as_ref();
    category.unwrap_or(&TicketStateCategory::Submitted)
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Ticket, Refusal> {
        self.show_ticket(self.ticket(&get.ticket_id)?, &context.version)
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Ticket, Refusal> {
        let id = self.add_ticket(create.body, context)?;
        self.handle(Get::new(id), context)
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Deleted<TicketId>, Refusal> {
        let id = delete.ticket_id;
        let record = self.tickets.remove(&id).ok_or_else(Refusal::no_ticket)?;
        let converted = ConversationId::new(id.as_str());
        for conversation in record.conversations.iter().chain([&converted]) {
            self.conversations.update(conversation, |record| {
                record.ticket.take_if(|ticket| *ticket == id);
                record.tracker.take_if(|ticket| *ticket == id);
            });
        }
        Ok(deleted(id, ObjectType::Ticket))
    }
}
