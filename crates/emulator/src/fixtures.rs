//! Making objects without requests, for tests to start from.

use intercom_core::ApiVersion;
use intercom_core::api::admins::Admin;
use intercom_core::api::contacts::{Company, Contact, Role};
use intercom_core::api::help_center::{Collection, CollectionCreate, HelpCenter};
use intercom_core::api::segments::Segment;
use intercom_core::api::subscription_types::{ConsentType, SubscriptionType};
use intercom_core::api::ticket_types::{TicketCategory, TicketType, TicketTypeCreate};
use intercom_core::model::{
    AdminId, AttributeValue, CollectionId, CompanyId, ContactId, Timestamp,
};

use crate::emulator::Emulator;
use crate::object::object;
use crate::operations::Context;
use crate::world::{ContactRecord, NoteRecord, Tagged};

impl Emulator {
    /// A contact to create.
    pub fn contact(&self) -> ContactFixture<'_> {
        ContactFixture {
            emulator: self,
            contact: Contact::default(),
            tags: Vec::new(),
            notes: Vec::new(),
            companies: Vec::new(),
            archived: false,
        }
    }

    /// A company to create, of this name.
    pub fn company(&self, name: &str) -> CompanyFixture<'_> {
        CompanyFixture {
            emulator: self,
            company: object!(Company {
                name: Some(name.to_owned())
            }),
        }
    }

    /// Creates a segment with these contacts. Nobody else ever comes in: there are no rules.
    pub fn segment<'a>(
        &self,
        name: &str,
        members: impl IntoIterator<Item = &'a ContactId>,
    ) -> Segment {
        let members = members.into_iter().cloned().collect();
        let mut state = self.lock();
        let now = state.clock.timestamp();
        state.world.add_segment(name, members, now)
    }

    /// Creates a subscription type.
    pub fn subscription_type(&self, name: &str, consent: ConsentType) -> SubscriptionType {
        self.lock().world.add_subscription_type(name, consent)
    }

    /// Creates a ticket type.
    pub fn ticket_type(&self, name: &str, category: TicketCategory) -> TicketType {
        let mut state = self.lock();
        let now = state.clock.timestamp();
        let body = TicketTypeCreate::new(name).category(category);
        state.world.add_ticket_type(body, now)
    }

    /// Creates an admin, beside the owner of the access token.
    pub fn admin(&self, name: &str, email: &str) -> Admin {
        self.lock().world.add_admin(name, email)
    }

    /// The owner of the access token.
    #[must_use]
    pub fn owner(&self) -> AdminId {
        self.lock().world.owner()
    }

    /// Creates a Help Center at `https://<identifier>.example.com`, beside the default one.
    pub fn help_center(&self, identifier: &str) -> HelpCenter {
        let mut state = self.lock();
        let now = state.clock.timestamp();
        state.world.add_help_center(identifier, now)
    }

    /// Creates a collection on the default Help Center, or in another collection. `None` where
    /// there is no such other collection, or the name is empty.
    pub fn collection(&self, name: &str, parent: Option<&CollectionId>) -> Option<Collection> {
        let mut body = CollectionCreate::new(name);
        if let Some(parent) = parent {
            body = body.parent_id(parent.clone());
        }
        let mut state = self.lock();
        let now = state.clock.timestamp();
        state.world.add_collection(body, now).ok()
    }
}

/// A contact to create. Without an email and an external id, it is a lead. What a request would be
/// refused for, such as an email that a user has already, is created all the same.
#[derive(Debug)]
#[must_use = "`create` makes the contact"]
pub struct ContactFixture<'a> {
    emulator: &'a Emulator,
    contact: Contact,
    tags: Vec<String>,
    notes: Vec<String>,
    companies: Vec<CompanyId>,
    archived: bool,
}

impl ContactFixture<'_> {
    /// Its email.
    pub fn email(mut self, email: &str) -> Self {
        self.contact.email = Some(email.to_owned());
        self
    }

    /// Its name.
    pub fn name(mut self, name: &str) -> Self {
        self.contact.name = Some(name.to_owned());
        self
    }

    /// Its id in the workspace's own system.
    pub fn external_id(mut self, id: &str) -> Self {
        self.contact.external_id = Some(id.to_owned());
        self
    }

    /// Its phone number.
    pub fn phone(mut self, phone: &str) -> Self {
        self.contact.phone = Some(phone.to_owned());
        self
    }

    /// Whether it is a user or a lead.
    pub fn role(mut self, role: Role) -> Self {
        self.contact.role = Some(role);
        self
    }

    /// One more tag, created where there is none of this name.
    pub fn tag(mut self, name: &str) -> Self {
        self.tags.push(name.to_owned());
        self
    }

    /// One more note, by the owner of the access token.
    pub fn note(mut self, body: &str) -> Self {
        self.notes.push(body.to_owned());
        self
    }

    /// One more company.
    pub fn company(mut self, id: &CompanyId) -> Self {
        self.companies.push(id.clone());
        self
    }

    /// A custom attribute.
    pub fn custom_attribute(mut self, name: &str, value: impl Into<AttributeValue>) -> Self {
        self.contact.custom_attributes.insert(name, value);
        self
    }

    /// When it was created; now, unless told.
    pub fn created_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.contact.created_at = Some(time.into());
        self
    }

    /// When it was last active.
    pub fn last_seen_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.contact.last_seen_at = Some(time.into());
        self
    }

    /// Puts it into the archive.
    pub const fn archived(mut self) -> Self {
        self.archived = true;
        self
    }

    /// Sets whatever else a contact has. Tags, notes and companies have methods of their own.
    pub fn set(mut self, change: impl FnOnce(&mut Contact)) -> Self {
        change(&mut self.contact);
        self
    }

    /// Creates the contact and gives it as the newest stable version shows it.
    pub fn create(self) -> Contact {
        let mut state = self.emulator.lock();
        let context: Context = state.context(&ApiVersion::LATEST);
        let world = &mut state.world;
        let mut record = ContactRecord::from(self.contact);
        let by = world.owner();
        for name in &self.tags {
            record.tags.push(Tagged {
                tag: world.tag_named(name),
                at: context.now,
                by: by.clone(),
            });
        }
        record.companies = self.companies;
        record.archived = self.archived;
        let id = world.add_contact(record, &context);
        for body in self.notes {
            world.add_note(NoteRecord {
                contact: id.clone(),
                author: by.clone(),
                body,
                created_at: context.now,
            });
        }
        world
            .contacts
            .get(&id)
            .map(|record| world.show(record, &context.version, None))
            .unwrap_or_default()
    }
}

/// A company to create.
#[derive(Debug)]
#[must_use = "`create` makes the company"]
pub struct CompanyFixture<'a> {
    emulator: &'a Emulator,
    company: Company,
}

impl CompanyFixture<'_> {
    /// Its id in the workspace's own system; the same as Intercom's, unless told.
    pub fn company_id(mut self, id: &str) -> Self {
        self.company.company_id = Some(id.to_owned());
        self
    }

    /// Sets whatever else a company has.
    pub fn set(mut self, change: impl FnOnce(&mut Company)) -> Self {
        change(&mut self.company);
        self
    }

    /// Creates the company.
    pub fn create(self) -> Company {
        let mut state = self.emulator.lock();
        let now = state.clock.timestamp();
        let id = state.world.add_company(self.company, now);
        state.world.company(&id).unwrap_or_default()
    }
}
