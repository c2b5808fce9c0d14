//! Updating tickets, and changing their type.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::ticket_types::TicketState;
use intercom_core::api::tickets::{
    ChangeType, Get, Ticket, TicketPart, TicketPartType, Update, UpdatedAttribute,
    UpdatedAttributeName, UpdatedAttributeValue, UpdatedValueId, UpdatedValueLabel,
};
use intercom_core::model::{
    AdminId, AttributeValue, CustomAttributes, ObjectId, ObjectType, Patch, Reference, TicketId,
    TicketPartId, Timestamp,
};

use super::state_category;
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::attributes::text_of;
use crate::resources::conversations::{author_of, no_assignee};
use crate::resources::ticket_types::{state_by_category, state_by_id};
use crate::resources::{Context, Handle};
use crate::store::{Assignee, Attributes, Author, TicketIndex, Workspace};

/// Returns a new part of a ticket.
pub(crate) fn new_part(
    workspace: &mut Workspace,
    kind: TicketPartType,
    author: &Author,
    at: Timestamp,
) -> TicketPart {
    object!(TicketPart {
        r#type: Some(ObjectType::from("ticket_part")),
        id: TicketPartId::new(workspace.ids.decimal().to_string()),
        part_type: Some(kind),
        created_at: Some(at),
        updated_at: Some(at),
        author: Some(author_of(workspace, author)),
        redacted: Some(false),
    })
}

impl Workspace {
    /// Adds a part to a ticket.
    pub(crate) fn add_ticket_part(
        &mut self,
        id: &TicketId,
        part: TicketPart,
        context: &Context,
    ) -> Result<(), Refusal> {
        self.update_ticket(id, |record| {
            record.parts.push(part);
            record.updated_at = context.now;
        })
    }

    /// Moves a ticket to another state.
    fn set_ticket_state(
        &mut self,
        id: &TicketId,
        state: TicketState,
        author: &Author,
        context: &Context,
    ) -> Result<(), Refusal> {
        let previous = self.ticket(id)?;
        if previous.state.id == state.id {
            return Ok(());
        }
        let before = state_category(previous).clone();
        let kind = TicketPartType::TicketStateUpdatedByAdmin;
        let mut part = new_part(self, kind, author, context.now);
        part.previous_ticket_state = Some(before);
        part.ticket_state = state.category.clone();
        self.update_ticket(id, |record| record.state = state)?;
        self.add_ticket_part(id, part, context)
    }

    /// Sets attributes of a ticket that have been checked.
    fn set_ticket_attributes(
        &mut self,
        id: &TicketId,
        attributes: CustomAttributes,
        author: &Author,
        context: &Context,
    ) -> Result<(), Refusal> {
        for (name, value) in attributes {
            let attribute = self.ticket_attribute(id, &name);
            let kind = TicketPartType::TicketAttributeUpdatedByAdmin;
            let mut part = new_part(self, kind, author, context.now);
            let text = text_of(&value);
            part.updated_attribute_data = Some(object!(UpdatedAttribute {
                attribute: attribute,
                value: Some(object!(UpdatedAttributeValue {
                    r#type: Some(ObjectType::from("value")),
                    id: Some(UpdatedValueId::Value(text.clone().unwrap_or_default())),
                    label: Some(UpdatedValueLabel::Text(text.unwrap_or_default())),
                })),
            }));
            let strings = &mut self.strings;
            self.tickets.update(id, |record| {
                record.attributes.set(&name, value, strings);
            });
            self.add_ticket_part(id, part, context)?;
        }
        Ok(())
    }

    fn ticket_attribute(&self, id: &TicketId, name: &str) -> Option<UpdatedAttributeName> {
        let ticket_type = self.ticket_types.get(&self.tickets.get(id)?.ticket_type)?;
        let attributes = &ticket_type.ticket_type_attributes.as_ref()?.data;
        let mut attributes = attributes.iter();
        let attribute = attributes.find(|attribute| attribute.name.as_deref() == Some(name))?;
        Some(object!(UpdatedAttributeName {
            r#type: Some(ObjectType::from("attribute")),
            id: attribute.id.clone(),
            label: Some(name.to_owned()),
        }))
    }

    fn assign_ticket(
        &mut self,
        id: &TicketId,
        assignee: &Assignee,
        author: &Author,
        context: &Context,
    ) -> Result<(), Refusal> {
        let reference = match assignee {
            Assignee::Admin(id) => Some((ObjectType::Admin, id.as_str())),
            Assignee::Team(id) => Some((ObjectType::Team, id.as_str())),
            Assignee::Nobody => None,
        };
        let mut part = new_part(self, TicketPartType::Assignment, author, context.now);
        part.assigned_to = reference.map(|(kind, id)| {
            object!(Reference {
                r#type: Some(kind),
                id: Some(ObjectId::new(id)),
            })
        });
        self.update_ticket(id, |record| match assignee {
            Assignee::Admin(id) => record.admin = Some(id.clone()),
            Assignee::Team(id) => record.team = Some(id.clone()),
            Assignee::Nobody => (record.admin, record.team) = (None, None),
        })?;
        self.add_ticket_part(id, part, context)
    }

    /// Returns the admin who acts on a ticket: the one that is named, or the owner of the token.
    fn ticket_author(&self, admin: Option<&AdminId>) -> Result<Author, Refusal> {
        match admin {
            None => Ok(Author::Admin(self.owner())),
            Some(id) => {
                let admin = self.admin(id).ok_or_else(no_assignee)?;
                Ok(Author::Admin(admin.id.clone()))
            }
        }
    }

    /// Ends the snoozes of tickets that are over.
    pub(crate) fn end_ticket_snoozes(&mut self, now: Timestamp) {
        loop {
            let mut snoozed = self.tickets.range(TicketIndex::SnoozedUntil, None);
            let due = snoozed.next().and_then(|(_, record)| {
                let until = record.snoozed_until?;
                (until <= now).then(|| (record.id.clone(), until))
            });
            drop(snoozed);
            let Some((id, until)) = due else {
                return;
            };
            self.tickets.update(&id, |record| {
                record.snoozed_until = None;
                record.open = true;
                record.updated_at = record.updated_at.max(until);
            });
        }
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Ticket, Refusal> {
        let (id, body) = (update.ticket_id, update.body);
        let record = self.ticket(&id)?;
        let ticket_type = record.ticket_type.clone();
        let assignment = body.assignment.as_ref();
        let admin = body.admin_id.as_ref();
        let admin = admin.or_else(|| assignment.and_then(|it| it.admin_id.as_ref()));
        let author = self.ticket_author(admin)?;
        let wanted = body.assignee_id.as_ref();
        let wanted = wanted.or_else(|| assignment.and_then(|it| it.assignee_id.as_ref()));
        let assignee = wanted
            .map(|id| self.assignee(id.as_str()).ok_or_else(no_assignee))
            .transpose()?;
        let state = match (&body.ticket_state_id, &body.state) {
            (Some(id), _) => Some(state_by_id(id)?),
            (None, Some(category)) => Some(state_by_category(category)?),
            (None, None) => None,
        };
        if let Patch::Set(company) = &body.company_id {
            self.company_record(company)?;
        }
        let attributes = body.ticket_attributes.unwrap_or_default();
        self.check_ticket_attributes(&ticket_type, &attributes)?;

        if let Some(state) = state {
            self.set_ticket_state(&id, state, &author, context)?;
        }
        self.set_ticket_attributes(&id, attributes, &author, context)?;
        if let Some(assignee) = assignee {
            self.assign_ticket(&id, &assignee, &author, context)?;
        }
        if let Some(until) = body.snoozed_until {
            let part = new_part(self, TicketPartType::Snoozed, &author, context.now);
            self.update_ticket(&id, |record| record.snoozed_until = Some(until))?;
            self.add_ticket_part(&id, part, context)?;
        }
        self.update_ticket(&id, |record| {
            record.open = body.open.unwrap_or(record.open);
            record.shared = body.is_shared.unwrap_or(record.shared);
            body.company_id.apply(&mut record.company);
            record.updated_at = context.now;
        })?;
        self.handle(Get::new(id), context)
    }
}

impl Handle<ChangeType> for Workspace {
    fn handle(&mut self, change: ChangeType, context: &Context) -> Result<Ticket, Refusal> {
        let refuse = |message: &str| {
            let status = StatusCode::BAD_REQUEST;
            Refusal::new(status, ErrorCode::ParameterInvalid, message)
        };
        let (id, body) = (change.ticket_id, change.body);
        let record = self.tickets.get(&id).ok_or_else(Refusal::not_found)?;
        if record.ticket_type == body.ticket_type_id {
            return Err(refuse("Cannot change to the same ticket type"));
        }
        let new_type = self.ticket_types.get(&body.ticket_type_id);
        let new_type = new_type.ok_or_else(Refusal::not_found)?;
        if new_type.category != record.category {
            return Err(refuse("The new ticket type must be in the same category"));
        }
        let state = state_by_id(&body.ticket_state_id)
            .map_err(|_| refuse("Ticket custom state doesn't belong to the new ticket type"))?;
        let given = body.ticket_attributes.unwrap_or_default();
        self.check_ticket_attributes(&body.ticket_type_id, &given)?;
        let mut attributes = CustomAttributes::new();
        for (name, value) in record.attributes.iter() {
            let one: CustomAttributes = [(name, value.clone())].into();
            let fits = self.check_ticket_attributes(&body.ticket_type_id, &one);
            if fits.is_ok() {
                attributes.insert(name, value.clone());
            }
        }
        for (name, value) in given {
            attributes.insert(name, value);
        }
        let attributes: Vec<(String, AttributeValue)> = attributes.into_iter().collect();
        let attributes = Attributes::new(attributes.into_iter().collect(), &mut self.strings);
        self.update_ticket(&id, |record| {
            record.ticket_type = body.ticket_type_id;
            record.attributes = attributes;
        })?;
        let author = Author::Admin(self.owner());
        self.set_ticket_state(&id, state, &author, context)?;
        self.handle(Get::new(id), context)
    }
}
