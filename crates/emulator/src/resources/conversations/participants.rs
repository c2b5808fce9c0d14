//! The contacts of conversations.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{self, ContactCreate, Role};
use intercom_core::api::conversations::{
    AttachContact, ContactKey, Conversation, DetachContact, PartType,
};
use intercom_core::model::{ContactId, Patch};

use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{
    Author, ConversationIndex, ConversationRecord, PartExtra, TicketIndex, Workspace,
};

impl Workspace {
    /// Returns the conversations of a contact.
    pub(crate) fn conversations_of(
        &self,
        contact: &ContactId,
    ) -> impl Iterator<Item = &ConversationRecord> {
        self.conversations
            .find(ConversationIndex::Contact, contact.as_str().into())
    }

    /// Takes a contact out of its conversations and tickets, or puts another one in its place.
    pub(crate) fn replace_participant(&mut self, contact: &ContactId, by: Option<&ContactId>) {
        let replace = |contacts: &mut Vec<ContactId>| {
            contacts.retain(|other| other != contact);
            if let Some(by) = by
                && !contacts.contains(by)
            {
                contacts.push(by.clone());
            }
        };
        let index = ConversationIndex::Contact;
        for id in self.conversations.ids(index, contact.as_str().into()) {
            self.conversations
                .update(&id, |record| replace(&mut record.contacts));
        }
        let index = TicketIndex::Contact;
        for id in self.tickets.ids(index, contact.as_str().into()) {
            self.tickets
                .update(&id, |record| replace(&mut record.contacts));
        }
    }
}

impl Handle<AttachContact> for Workspace {
    fn handle(
        &mut self,
        attach: AttachContact,
        context: &Context,
    ) -> Result<Conversation, Refusal> {
        let (id, body) = (&attach.conversation_id, attach.body);
        self.conversation(id)?;
        let author = match (&body.admin_id, &body.customer.customer) {
            (Some(admin), _) => Author::Admin(self.acting_admin(admin)?),
            (None, Patch::Set(contact)) => Author::Contact(self.contact_of_key(contact)?),
            (None, _) => Author::Admin(self.owner()),
        };
        let key = body.customer.contact;
        let contact = match (self.contact_of_key(&key), &key) {
            (Ok(contact), _) => contact,
            // Unknown emails become leads.
            (Err(_), ContactKey::Email(email)) => {
                let lead = ContactCreate::new().email(email).role(Role::Lead);
                self.handle(contacts::Create::new(lead), context)?.id
            }
            (Err(refusal), _) => return Err(refusal),
        };
        let is_new = self.update_conversation(id, |record| {
            let is_new = !record.contacts.contains(&contact);
            if is_new {
                record.contacts.push(contact);
            }
            is_new
        })?;
        if is_new {
            let kind = PartType::from("participant_added");
            self.add_event_part(id, kind, author, PartExtra::default(), context)?;
        }
        let record = self.conversation(id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}

impl Handle<DetachContact> for Workspace {
    fn handle(
        &mut self,
        detach: DetachContact,
        context: &Context,
    ) -> Result<Conversation, Refusal> {
        let (id, contact) = (&detach.conversation_id, &detach.contact_id);
        let record = self.conversation(id)?;
        if !record.contacts.contains(contact) {
            return Err(Refusal::no_contact());
        }
        if record.contacts.len() == 1 {
            return Err(Refusal::new(
                StatusCode::UNPROCESSABLE_ENTITY,
                ErrorCode::ParameterInvalid,
                "Removing the last customer is not allowed",
            ));
        }
        let author = Author::Admin(self.acting_admin(&detach.body.admin_id)?);
        self.update_conversation(id, |record| {
            record.contacts.retain(|other| other != contact);
        })?;
        let kind = PartType::from("participant_removed");
        self.add_event_part(id, kind, author, PartExtra::default(), context)?;
        let record = self.conversation(id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}
