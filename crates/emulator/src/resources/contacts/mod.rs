//! Contacts: reading, writing, archiving, blocking.

mod activities;
mod companies;
mod merge;
mod search;
mod view;

pub(crate) use view::domain;

use http::{StatusCode, header};
use intercom_core::api::contacts::{
    Archive, Block, Contact, ContactActivityType, ContactArchived, ContactAvatar, ContactBlocked,
    ContactDeleted, ContactUpdate, Create, Delete, FindByExternalId, Get, List, Role, Unarchive,
    Update,
};
use intercom_core::model::{ContactId, List as ModelList, ObjectType, Patch};
use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::query::{Key, Rank, after_cursor};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ContactRecord, Workspace};

impl Workspace {
    /// A contact that is neither deleted nor merged.
    pub(crate) fn contact(&self, id: &ContactId) -> Result<&ContactRecord, Refusal> {
        self.contacts.get(id).ok_or_else(Refusal::no_contact)
    }

    pub(crate) fn contact_mut(&mut self, id: &ContactId) -> Result<&mut ContactRecord, Refusal> {
        self.contacts.get_mut(id).ok_or_else(Refusal::no_contact)
    }

    /// Contacts that lists and searches show.
    pub(crate) fn active_contacts(&self) -> impl Iterator<Item = &ContactRecord> {
        self.contacts.values().filter(|record| !record.archived)
    }

    /// Stores a new contact and gives its id.
    pub(crate) fn add_contact(
        &mut self,
        mut record: ContactRecord,
        context: &Context,
    ) -> ContactId {
        let id = ContactId::new(self.ids.hex(context.now));
        let contact = &mut record.contact;
        contact.id = id.clone();
        contact.created_at.get_or_insert(context.now);
        contact.updated_at.get_or_insert(context.now);
        if contact.role.is_none() {
            let known = contact.email.is_some() || contact.external_id.is_some();
            contact.role = Some(if known { Role::User } else { Role::Lead });
        }
        self.contacts.insert(id.clone(), record);
        self.record(ContactActivityType::Created, &id, context);
        id
    }

    /// Refuses what another contact has already: an external id, or an email where both are users.
    fn refuse_double(&self, contact: &Contact) -> Result<(), Refusal> {
        let double = self.contacts.values().find(|other| {
            let other = &other.contact;
            if other.id == contact.id {
                return false;
            }
            let users = [contact, other]
                .iter()
                .all(|contact| contact.role == Some(Role::User));
            let same_email = match (&contact.email, &other.email) {
                (Some(one), Some(other)) => one.eq_ignore_ascii_case(other),
                _ => false,
            };
            let same_external_id =
                contact.external_id.is_some() && contact.external_id == other.external_id;
            same_external_id || (users && same_email)
        });
        let Some(double) = double else {
            return Ok(());
        };
        let which = if double.archived {
            "An archived contact"
        } else {
            "A contact"
        };
        let id = &double.contact.id;
        Err(Refusal::new(
            StatusCode::CONFLICT,
            ErrorCode::Conflict,
            format!("{which} matching those details already exists with id={id}"),
        ))
    }

    /// What is answered for a contact that is not there: where it was merged, that it was.
    fn gone(&self, id: &ContactId, version: &ApiVersion) -> Refusal {
        let Some(merged) = self
            .merged
            .get(id)
            .filter(|_| *version >= ApiVersion::V2_16)
        else {
            return Refusal::no_contact();
        };
        // The one that it was merged into may have been merged too.
        let mut into = &merged.into;
        while let Some(next) = self.merged.get(into) {
            into = &next.into;
        }
        Refusal::new(
            StatusCode::GONE,
            ErrorCode::ContactMerged,
            "This contact has been merged. See the 'Link' header for the canonical contact.",
        )
        .header(
            header::LINK,
            &format!("</contacts/{into}>; rel=\"canonical\""),
        )
    }
}

/// Does to a contact what an update says.
fn apply(update: ContactUpdate, contact: &mut Contact) -> Result<(), Refusal> {
    if let Some(role) = update.role {
        if !matches!(role, Role::User | Role::Lead) {
            return Err(Refusal::invalid("role", "role must be user or lead"));
        }
        contact.role = Some(role);
    }
    if update.external_id.is_some() {
        contact.external_id = update.external_id;
    }
    if update.email.is_some() {
        contact.email = update.email;
    }
    update.phone.apply(&mut contact.phone);
    update.name.apply(&mut contact.name);
    update.signed_up_at.apply(&mut contact.signed_up_at);
    update.last_seen_at.apply(&mut contact.last_seen_at);
    update.owner_id.apply(&mut contact.owner_id);
    update
        .unsubscribed_from_emails
        .apply(&mut contact.unsubscribed_from_emails);
    update
        .language_override
        .apply(&mut contact.language_override);
    match update.avatar {
        Patch::Keep => {}
        Patch::Clear => contact.avatar = None,
        Patch::Set(url) => {
            contact.avatar = Some(object!(ContactAvatar {
                r#type: Some(ObjectType::Avatar),
                image_url: Some(url),
            }));
        }
    }
    // No attributes are named by none at all, so clearing them all is not what `null` means.
    if let Patch::Set(attributes) = update.custom_attributes {
        for (name, value) in attributes {
            if value.is_null() {
                contact.custom_attributes.remove(&name);
            } else {
                contact.custom_attributes.insert(name, value);
            }
        }
    }
    Ok(())
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<ModelList<Contact>, Refusal> {
        let contacts = self
            .active_contacts()
            .map(|record| (newest(record), record));
        let cursor = list.starting_after.as_deref();
        let cut = after_cursor(contacts.collect(), true, cursor, list.per_page)?;
        Ok(cut.into_list(|record| self.show(record, &context.version, list.include_merge_history)))
    }
}

/// The place of a contact among all, by age.
pub(crate) fn newest(record: &ContactRecord) -> Rank {
    let second = record.contact.created_at.unwrap_or_default().as_second();
    Rank {
        key: Key::Number(second as f64),
        id: record.contact.id.to_string(),
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Contact, Refusal> {
        let record = self
            .contacts
            .get(&get.contact_id)
            .ok_or_else(|| self.gone(&get.contact_id, &context.version))?;
        Ok(self.show(record, &context.version, get.include_merge_history))
    }
}

impl Handle<FindByExternalId> for Workspace {
    fn handle(&mut self, find: FindByExternalId, context: &Context) -> Result<Contact, Refusal> {
        let wanted = Some(&find.external_id);
        let found = self
            .contacts
            .values()
            .find(|record| record.contact.external_id.as_ref() == wanted);
        let Some(record) = found else {
            let merged = self
                .merged
                .iter()
                .find(|(_, merged)| merged.external_id.as_ref() == wanted);
            return Err(match merged {
                Some((id, _)) => self.gone(id, &context.version),
                None => Refusal::no_contact(),
            });
        };
        Ok(self.show(record, &context.version, find.include_merge_history))
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Contact, Refusal> {
        let body = create.body;
        if body.email.is_none() && body.external_id.is_none() && body.role.is_none() {
            return Err(Refusal::missing(
                "role",
                "one of email, external_id and role is required",
            ));
        }
        let known = body.email.is_some() || body.external_id.is_some();
        let mut update = ContactUpdate::new();
        update.role = body.role;
        update.external_id = body.external_id;
        update.email = body.email;
        update.phone = body.phone;
        update.name = body.name;
        update.avatar = body.avatar;
        update.signed_up_at = body.signed_up_at;
        update.last_seen_at = body.last_seen_at;
        update.owner_id = body.owner_id;
        update.unsubscribed_from_emails = body.unsubscribed_from_emails;
        update.language_override = body.language_override;
        update.custom_attributes = body.custom_attributes;

        let mut contact = object!(Contact {
            role: Some(if known { Role::User } else { Role::Lead }),
        });
        apply(update, &mut contact)?;
        self.refuse_double(&contact)?;
        let id = self.add_contact(contact.into(), context);
        Ok(self.show(self.contact(&id)?, &context.version, None))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Contact, Refusal> {
        let id = update.contact_id;
        let mut contact = self.contact(&id)?.contact.clone();
        let role = contact.role.clone();
        apply(update.body, &mut contact)?;
        self.refuse_double(&contact)?;
        contact.updated_at = Some(context.now);
        let changed = contact.role != role;
        self.contact_mut(&id)?.contact = contact;
        if changed {
            self.record(ContactActivityType::RoleUpdated, &id, context);
        }
        let history = update.include_merge_history;
        Ok(self.show(self.contact(&id)?, &context.version, history))
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, context: &Context) -> Result<ContactDeleted, Refusal> {
        let id = delete.contact_id;
        let external_id = self.contact(&id)?.contact.external_id.clone();
        self.record(ContactActivityType::Deleted, &id, context);
        self.contacts.remove(&id);
        self.notes.retain(|_, note| note.contact != id);
        for segment in self.segments.values_mut() {
            segment.members.retain(|member| *member != id);
        }
        Ok(object!(ContactDeleted {
            r#type: Some(ObjectType::Contact),
            id: Some(id),
            external_id: external_id,
            deleted: Some(true),
        }))
    }
}

impl Workspace {
    fn set_archived(&mut self, id: &ContactId, archived: bool) -> Result<ContactArchived, Refusal> {
        let record = self.contact_mut(id)?;
        record.archived = archived;
        Ok(object!(ContactArchived {
            r#type: Some(ObjectType::Contact),
            id: Some(id.clone()),
            external_id: record.contact.external_id.clone(),
            archived: Some(archived),
        }))
    }
}

impl Handle<Archive> for Workspace {
    fn handle(&mut self, archive: Archive, _: &Context) -> Result<ContactArchived, Refusal> {
        self.set_archived(&archive.contact_id, true)
    }
}

impl Handle<Unarchive> for Workspace {
    fn handle(&mut self, unarchive: Unarchive, _: &Context) -> Result<ContactArchived, Refusal> {
        self.set_archived(&unarchive.contact_id, false)
    }
}

impl Handle<Block> for Workspace {
    fn handle(&mut self, block: Block, _: &Context) -> Result<ContactBlocked, Refusal> {
        let record = self.contact_mut(&block.contact_id)?;
        record.blocked = true;
        Ok(object!(ContactBlocked {
            r#type: Some(ObjectType::Contact),
            id: Some(block.contact_id),
            external_id: record.contact.external_id.clone(),
            blocked: Some(true),
        }))
    }
}
