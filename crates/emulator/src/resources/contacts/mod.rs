//! Contacts: reading, writing, archiving, blocking.

mod activities;
mod companies;
mod merge;
mod search;
mod view;

pub(crate) use view::email_domain;

use http::{StatusCode, header};
use intercom_core::api::contacts::{
    Archive, Block, Contact, ContactActivityType, ContactArchived, ContactBlocked, ContactDeleted,
    ContactUpdate, Create, Delete, FindByExternalId, Get, List, Role, Unarchive, Update,
};
use intercom_core::api::data_attributes::DataAttributeModel;
use intercom_core::model::{ContactId, List as ModelList, ObjectType, Patch};
use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Rank, in_order, page_size};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ContactIndex, ContactRecord, Key, Workspace};

/// The page size of the list of contacts.
const PER_PAGE: u32 = 10;

impl Workspace {
    /// Returns a contact that is neither deleted nor merged.
    pub(crate) fn contact(&self, id: &ContactId) -> Result<&ContactRecord, Refusal> {
        self.contacts.get(id).ok_or_else(Refusal::no_contact)
    }

    /// Changes a contact, or refuses if there is no such contact.
    pub(crate) fn update_contact<T>(
        &mut self,
        id: &ContactId,
        change: impl FnOnce(&mut ContactRecord) -> T,
    ) -> Result<T, Refusal> {
        let changed = self.contacts.update(id, change);
        changed.ok_or_else(Refusal::no_contact)
    }

    /// Finds contacts by their email in any case, archived ones included.
    pub(crate) fn contacts_by_email(&self, email: &str) -> impl Iterator<Item = &ContactRecord> {
        let key = email.to_lowercase();
        self.contacts.find(ContactIndex::Email, key.as_str().into())
    }

    /// Finds a contact by its exact external id, even if it is archived.
    pub(crate) fn contact_by_external_id(&self, id: &str) -> Option<&ContactRecord> {
        let key = id.to_lowercase();
        let mut found = self
            .contacts
            .find(ContactIndex::ExternalId, key.as_str().into());
        found.find(|record| record.external_id.as_deref() == Some(id))
    }

    /// Stores a new contact and returns its id.
    pub(crate) fn add_contact(
        &mut self,
        mut record: ContactRecord,
        context: &Context,
    ) -> ContactId {
        let id = ContactId::new(self.ids.hex(context.now));
        record.id = id.clone();
        self.contacts.insert(record);
        self.record_activity(ContactActivityType::Created, &id, context);
        id
    }

    /// Refuses a contact that duplicates another one: with its external id, or with its email if both
    /// are users and no different external ids set them apart.
    fn refuse_duplicate(&self, contact: &ContactRecord) -> Result<(), Refusal> {
        let same_external_id = contact
            .external_id
            .as_deref()
            .and_then(|id| self.contact_by_external_id(id))
            .filter(|other| other.id != contact.id);
        let same_email = || {
            let email = contact.email.as_deref()?;
            let is_duplicate = |other: &&ContactRecord| {
                let users = contact.role == Role::User && other.role == Role::User;
                let distinct = matches!(
                    (&contact.external_id, &other.external_id),
                    (Some(one), Some(other)) if one != other
                );
                users && !distinct && other.id != contact.id
            };
            self.contacts_by_email(email).find(is_duplicate)
        };
        let Some(other) = same_external_id.or_else(same_email) else {
            return Ok(());
        };
        let which = if other.archived {
            "An archived contact"
        } else {
            "A contact"
        };
        let id = &other.id;
        Err(Refusal::new(
            StatusCode::CONFLICT,
            ErrorCode::Conflict,
            format!("{which} matching those details already exists with id={id}"),
        ))
    }

    /// Returns the refusal for a contact that does not exist: 410 if it was merged.
    fn missing_contact(&self, id: &ContactId, version: &ApiVersion) -> Refusal {
        let Some(merged) = self
            .merged
            .get(id)
            .filter(|_| *version >= ApiVersion::V2_16)
        else {
            return Refusal::no_contact();
        };
        // The survivor may have been merged too.
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

    /// Applies an update to a contact.
    fn apply_update(
        &mut self,
        update: ContactUpdate,
        contact: &mut ContactRecord,
        context: &Context,
    ) -> Result<(), Refusal> {
        if let Some(role) = update.role {
            if !matches!(role, Role::User | Role::Lead) {
                return Err(Refusal::invalid("role", "role must be user or lead"));
            }
            contact.role = role;
        }
        if let Some(id) = update.external_id {
            contact.external_id = Some(id.into());
        }
        if let Some(email) = update.email {
            contact.email = Some(email.into());
        }
        set_text(update.phone, &mut contact.phone);
        set_text(update.name, &mut contact.name);
        set_text(update.avatar, &mut contact.avatar);
        update.signed_up_at.apply(&mut contact.signed_up_at);
        update.last_seen_at.apply(&mut contact.last_seen_at);
        if let Patch::Set(owner) = &update.owner_id {
            self.admin(owner).ok_or_else(|| {
                Refusal::invalid("owner_id", format!("there is no admin with id {owner}"))
            })?;
        }
        update.owner_id.apply(&mut contact.owner);
        match update.unsubscribed_from_emails {
            Patch::Keep => {}
            Patch::Clear => contact.unsubscribed_from_emails = false,
            Patch::Set(value) => contact.unsubscribed_from_emails = value,
        }
        match update.language_override {
            Patch::Keep => {}
            Patch::Clear => contact.language_override = None,
            Patch::Set(language) => {
                contact.language_override = Some(self.strings.intern(&language));
            }
        }
        // Null names no attribute, so it clears none.
        if let Patch::Set(attributes) = update.custom_attributes {
            self.check_custom_attributes(&DataAttributeModel::Contact, &attributes, context)?;
            for (name, value) in attributes {
                contact.attributes.set(&name, value, &mut self.strings);
            }
        }
        Ok(())
    }
}

fn set_text(patch: Patch<String>, text: &mut Option<Box<str>>) {
    match patch {
        Patch::Keep => {}
        Patch::Clear => *text = None,
        Patch::Set(value) => *text = Some(value.into()),
    }
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<ModelList<Contact>, Refusal> {
        let index = ContactIndex::CreatedAt;
        let per_page = page_size(list.per_page, PER_PAGE, MAX_PER_PAGE)?;
        let cursor = list.starting_after.as_deref().filter(|it| !it.is_empty());
        let (newest_first, seen): (Box<dyn Iterator<Item = _>>, _) = match cursor {
            None => (Box::new(self.contacts.range(index, None).rev()), 0),
            Some(cursor) => {
                let (last, seen) = Rank::from_cursor(cursor)?;
                let key = Key::Number(last.key.as_i64());
                let before = self
                    .contacts
                    .range_before(index, key, last.id.as_ref().into());
                (Box::new(before.rev()), seen)
            }
        };
        let ranked = newest_first.map(|(_, record)| (by_creation(record), record));
        let slice = in_order(ranked, seen, self.contacts.count(index), per_page);
        let history = list.include_merge_history;
        Ok(slice.into_list(|record| self.show_contact(record, &context.version, history)))
    }
}

/// Returns the rank of a contact by its creation.
pub(crate) fn by_creation(record: &ContactRecord) -> Rank<'_> {
    Rank::by_number(record.created_at.as_second(), record.id.as_str())
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Contact, Refusal> {
        let record = self
            .contacts
            .get(&get.contact_id)
            .ok_or_else(|| self.missing_contact(&get.contact_id, &context.version))?;
        Ok(self.show_contact(record, &context.version, get.include_merge_history))
    }
}

impl Handle<FindByExternalId> for Workspace {
    fn handle(&mut self, find: FindByExternalId, context: &Context) -> Result<Contact, Refusal> {
        let external_id = find.external_id.as_str();
        let Some(record) = self.contact_by_external_id(external_id) else {
            return Err(match self.merged_external_ids.get(external_id) {
                Some(id) => self.missing_contact(id, &context.version),
                None => Refusal::no_contact(),
            });
        };
        Ok(self.show_contact(record, &context.version, find.include_merge_history))
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

        let contact = object!(Contact {
            role: Some(if known { Role::User } else { Role::Lead }),
        });
        let mut record = ContactRecord::new(contact, context.now, &mut self.strings);
        self.apply_update(update, &mut record, context)?;
        self.refuse_duplicate(&record)?;
        let id = self.add_contact(record, context);
        Ok(self.show_contact(self.contact(&id)?, &context.version, None))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Contact, Refusal> {
        let id = update.contact_id;
        let found = self.contacts.get(&id).cloned();
        let mut changed = found.ok_or_else(|| self.missing_contact(&id, &context.version))?;
        let role = changed.role.clone();
        self.apply_update(update.body, &mut changed, context)?;
        self.refuse_duplicate(&changed)?;
        changed.updated_at = context.now;
        let new_role = changed.role != role;
        self.contacts.insert(changed);
        if new_role {
            self.record_activity(ContactActivityType::RoleUpdated, &id, context);
        }
        let history = update.include_merge_history;
        Ok(self.show_contact(self.contact(&id)?, &context.version, history))
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, context: &Context) -> Result<ContactDeleted, Refusal> {
        let id = delete.contact_id;
        self.contact(&id)?;
        self.record_activity(ContactActivityType::Deleted, &id, context);
        let record = self.contacts.remove(&id).ok_or_else(Refusal::no_contact)?;
        self.delete_notes_about(&id);
        self.delete_events_of(&id);
        self.replace_participant(&id, None);
        for segment in self.segments.values_mut() {
            segment.members.remove(&id);
        }
        Ok(object!(ContactDeleted {
            r#type: Some(ObjectType::Contact),
            id: Some(id),
            external_id: record.external_id.map(String::from),
            deleted: Some(true),
        }))
    }
}

impl Workspace {
    fn set_archived(&mut self, id: &ContactId, archived: bool) -> Result<ContactArchived, Refusal> {
        self.update_contact(id, |record| {
            record.archived = archived;
            object!(ContactArchived {
                r#type: Some(ObjectType::Contact),
                id: Some(id.clone()),
                external_id: record.external_id.clone().map(String::from),
                archived: Some(archived),
            })
        })
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
        let id = block.contact_id;
        self.update_contact(&id.clone(), |record| {
            record.blocked = true;
            object!(ContactBlocked {
                r#type: Some(ObjectType::Contact),
                id: Some(id),
                external_id: record.external_id.clone().map(String::from),
                blocked: Some(true),
            })
        })
    }
}
