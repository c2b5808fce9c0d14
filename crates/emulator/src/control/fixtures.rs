//! Fixtures: creating objects without requests.

use intercom_core::ApiVersion;
use intercom_core::api::admins::Admin;
use intercom_core::api::away_status_reasons::AwayStatusReason;
use intercom_core::api::contacts::{Company, Contact, Role};
use intercom_core::api::help_center::{Collection, CollectionCreate, HelpCenter};
use intercom_core::api::macros::Macro;
use intercom_core::api::news::Newsfeed;
use intercom_core::api::segments::Segment;
use intercom_core::api::subscription_types::{ConsentType, SubscriptionType};
use intercom_core::api::teams::Team;
use intercom_core::api::ticket_types::{TicketCategory, TicketType, TicketTypeCreate};
use intercom_core::api::visitors::Visitor;
use intercom_core::model::{
    AdminId, AttributeValue, CollectionId, CompanyId, ContactId, ConversationId, Timestamp,
};

use super::emulator::Emulator;
use crate::object::object;
use crate::resources::Context;
use crate::store::{ContactRecord, NoteSubject, TagApplied};

impl Emulator {
    /// Starts a contact fixture.
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

    /// Starts a company fixture.
    pub fn company(&self, name: &str) -> CompanyFixture<'_> {
        CompanyFixture {
            emulator: self,
            company: object!(Company {
                name: Some(name.to_owned())
            }),
        }
    }

    /// Creates a segment with these members. It has no rules, so its members never change.
    pub fn segment<'a>(
        &self,
        name: &str,
        members: impl IntoIterator<Item = &'a ContactId>,
    ) -> Segment {
        let members = members.into_iter().cloned();
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        state.service.workspace.add_segment(name, members, now)
    }

    /// Sets the CSV that exports started from now on produce.
    ///
    /// Until it is set, a data export ends with the status `no_data`, because nothing was sent to
    /// anyone, and a reporting export has only its header line.
    ///
    /// ```
    /// use intercom_core::api::data_export::{self, DataExportCreate};
    /// use intercom_core::blocking::Client;
    /// use intercom_core::model::Timestamp;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// emulator.set_export("user_id,email\n7,ada@example.com\n");
    ///
    /// let intercom = Client::new(emulator.transport(), "any token");
    /// let (from, to) = (Timestamp::from_second(0), Timestamp::from_second(1));
    /// let job = intercom.start(&data_export::Create::new(DataExportCreate::new(from, to)))?;
    /// let mut file = Vec::new();
    /// job.wait()?.download_to(&mut file)?;
    /// assert_eq!(file, b"user_id,email\n7,ada@example.com\n");
    /// # Ok::<(), intercom_core::Error>(())
    /// ```
    pub fn set_export(&self, csv: impl Into<String>) {
        self.lock().service.workspace.export = Some(csv.into());
    }

    /// Creates a team of these admins.
    pub fn team<'a>(&self, name: &str, members: impl IntoIterator<Item = &'a AdminId>) -> Team {
        let members: Vec<_> = members.into_iter().cloned().collect();
        self.lock().service.workspace.add_team(name, &members)
    }

    /// Creates a visitor. `change` sets what it has.
    pub fn visitor(&self, change: impl FnOnce(&mut Visitor)) -> Visitor {
        let mut visitor = Visitor::default();
        change(&mut visitor);
        let mut state = self.lock();
        let context = state.service.context(&ApiVersion::LATEST);
        state.service.workspace.add_visitor(visitor, &context)
    }

    /// Rates a conversation on behalf of its first contact, from 1 to 5. Returns false if there is no
    /// such conversation, or nobody to rate it.
    pub fn rate_conversation(&self, id: &ConversationId, rating: u8, remark: Option<&str>) -> bool {
        let mut state = self.lock();
        let context = state.service.context(&ApiVersion::LATEST);
        let workspace = &mut state.service.workspace;
        workspace.rate_conversation(id, rating, remark, &context)
    }

    /// Creates a newsfeed.
    pub fn newsfeed(&self, name: &str) -> Newsfeed {
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        state.service.workspace.add_newsfeed(name, now)
    }

    /// Creates a macro with this body, in HTML.
    pub fn reply_macro(&self, name: &str, body: &str) -> Macro {
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        state.service.workspace.add_macro(name, body, now)
    }

    /// Creates a reason for being away.
    pub fn away_status_reason(&self, label: &str, emoji: &str) -> AwayStatusReason {
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        state.service.workspace.add_away_reason(label, emoji, now)
    }

    /// Creates a subscription type.
    pub fn subscription_type(&self, name: &str, consent: ConsentType) -> SubscriptionType {
        self.lock()
            .service
            .workspace
            .add_subscription_type(name, consent)
    }

    /// Creates a ticket type.
    pub fn ticket_type(&self, name: &str, category: TicketCategory) -> TicketType {
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        let body = TicketTypeCreate::new(name).category(category);
        state.service.workspace.add_ticket_type(body, now)
    }

    /// Creates another admin.
    pub fn admin(&self, name: &str, email: &str) -> Admin {
        self.lock().service.workspace.add_admin(name, email)
    }

    /// Returns the id of the admin who owns the access token.
    #[must_use]
    pub fn owner(&self) -> AdminId {
        self.lock().service.workspace.owner()
    }

    /// Creates another Help Center, at `https://<identifier>.example.com`.
    pub fn help_center(&self, identifier: &str) -> HelpCenter {
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        state.service.workspace.add_help_center(identifier, now)
    }

    /// Creates a collection on the default Help Center, or inside another collection. Returns `None`
    /// if there is no such parent or the name is empty.
    pub fn collection(&self, name: &str, parent: Option<&CollectionId>) -> Option<Collection> {
        let mut body = CollectionCreate::new(name);
        if let Some(parent) = parent {
            body = body.parent_id(parent.clone());
        }
        let mut state = self.lock();
        let now = state.service.clock.timestamp();
        state.service.workspace.add_collection(body, now).ok()
    }
}

/// A contact to create. A contact without an email and an external id is a lead. Unlike a request, a
/// fixture is not validated: it may duplicate another contact, for example.
#[derive(Debug)]
#[must_use = "`create` creates the contact"]
pub struct ContactFixture<'a> {
    emulator: &'a Emulator,
    contact: Contact,
    tags: Vec<String>,
    notes: Vec<String>,
    companies: Vec<CompanyId>,
    archived: bool,
}

impl ContactFixture<'_> {
    /// Sets the email.
    pub fn email(mut self, email: &str) -> Self {
        self.contact.email = Some(email.to_owned());
        self
    }

    /// Sets the name.
    pub fn name(mut self, name: &str) -> Self {
        self.contact.name = Some(name.to_owned());
        self
    }

    /// Sets the external id.
    pub fn external_id(mut self, id: &str) -> Self {
        self.contact.external_id = Some(id.to_owned());
        self
    }

    /// Sets the phone number.
    pub fn phone(mut self, phone: &str) -> Self {
        self.contact.phone = Some(phone.to_owned());
        self
    }

    /// Sets the role.
    pub fn role(mut self, role: Role) -> Self {
        self.contact.role = Some(role);
        self
    }

    /// Adds a tag, creating it if needed.
    pub fn tag(mut self, name: &str) -> Self {
        self.tags.push(name.to_owned());
        self
    }

    /// Adds a note by the owner of the access token.
    pub fn note(mut self, body: &str) -> Self {
        self.notes.push(body.to_owned());
        self
    }

    /// Attaches a company.
    pub fn company(mut self, id: &CompanyId) -> Self {
        self.companies.push(id.clone());
        self
    }

    /// Sets a custom attribute.
    pub fn custom_attribute(mut self, name: &str, value: impl Into<AttributeValue>) -> Self {
        self.contact.custom_attributes.insert(name, value);
        self
    }

    /// Sets when it was created; now by default.
    pub fn created_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.contact.created_at = Some(time.into());
        self
    }

    /// Sets when it was last seen.
    pub fn last_seen_at(mut self, time: impl Into<Timestamp>) -> Self {
        self.contact.last_seen_at = Some(time.into());
        self
    }

    /// Archives it.
    pub const fn archived(mut self) -> Self {
        self.archived = true;
        self
    }

    /// Changes any other field. Tags, notes and companies have their own methods.
    pub fn set(mut self, change: impl FnOnce(&mut Contact)) -> Self {
        change(&mut self.contact);
        self
    }

    /// Creates the contact, and returns it as the newest stable version shows it.
    pub fn create(self) -> Contact {
        let mut state = self.emulator.lock();
        let context: Context = state.service.context(&ApiVersion::LATEST);
        let workspace = &mut state.service.workspace;
        let mut record = ContactRecord::new(self.contact, context.now, &mut workspace.strings);
        let by = workspace.owner();
        for name in &self.tags {
            record.tags.push(TagApplied {
                tag: workspace.tag_named(name),
                at: context.now,
                by: by.clone(),
            });
        }
        record.companies = self.companies;
        record.archived = self.archived;
        let id = workspace.add_contact(record, &context);
        for body in self.notes {
            let about = NoteSubject::Contact(id.clone());
            workspace.add_note(about, by.clone(), &body, &context);
        }
        workspace
            .contacts
            .get(&id)
            .map(|record| workspace.show_contact(record, &context.version, None))
            .unwrap_or_default()
    }
}

/// A company to create.
#[derive(Debug)]
#[must_use = "`create` creates the company"]
pub struct CompanyFixture<'a> {
    emulator: &'a Emulator,
    company: Company,
}

impl CompanyFixture<'_> {
    /// Sets the workspace's own id for it; by default the same as Intercom's.
    pub fn company_id(mut self, id: &str) -> Self {
        self.company.company_id = Some(id.to_owned());
        self
    }

    /// Changes any other field.
    pub fn set(mut self, change: impl FnOnce(&mut Company)) -> Self {
        change(&mut self.company);
        self
    }

    /// Creates the company.
    pub fn create(self) -> Company {
        let mut state = self.emulator.lock();
        let now = state.service.clock.timestamp();
        let id = state.service.workspace.add_company(self.company, now);
        state
            .service
            .workspace
            .company(&id, &ApiVersion::LATEST)
            .unwrap_or_default()
    }
}
