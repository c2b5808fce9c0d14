//! Creating a contact, or updating the one that exists.

use std::ops::Deref;

use intercom_model::search::{Query, contact};
use intercom_model::{ContactId, List};

use crate::api::contacts::{self, Contact, ContactArchived, ContactCreate, Role};
use crate::blocking;
use crate::client::Client;
use crate::error::{ApiError, Error, UpsertError, UpsertErrorKind};
use crate::wire::Reply;

/// A contact to create, or to update if it exists: what
/// [`Client::upsert_contact`](crate::Client::upsert_contact) takes.
#[derive(Debug, Clone, PartialEq)]
#[must_use]
pub struct UpsertContact {
    contact: ContactCreate,
    unarchive: bool,
}

impl UpsertContact {
    /// Creates the contact, or updates the one that exists with these details. A contact that is
    /// archived is an error.
    pub const fn new(contact: ContactCreate) -> Self {
        Self {
            contact,
            unarchive: false,
        }
    }

    /// Unarchives the contact, if it is archived, before updating it.
    pub const fn unarchive(mut self) -> Self {
        self.unarchive = true;
        self
    }
}

impl From<ContactCreate> for UpsertContact {
    fn from(contact: ContactCreate) -> Self {
        Self::new(contact)
    }
}

/// A contact that was created or updated. It derefs to the contact.
#[derive(Debug)]
#[non_exhaustive]
pub struct Upserted {
    /// The reply to the call that created or updated the contact.
    pub reply: Reply<Contact>,
    /// What was done.
    pub outcome: UpsertOutcome,
}

/// What an upsert did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpsertOutcome {
    /// The contact was created.
    Created,
    /// The contact existed, and was updated. If it had been merged into another, that one was.
    Updated,
    /// The contact was archived, and was unarchived and updated.
    Unarchived,
}

impl Deref for Upserted {
    type Target = Contact;

    fn deref(&self) -> &Contact {
        &self.reply
    }
}

/// How many merged contacts are followed to the survivor.
const MAX_MERGES: u32 = 5;

/// What to do next.
enum UpsertStep {
    Create(contacts::Create),
    Search(contacts::Search),
    Unarchive(contacts::Unarchive),
    Update(contacts::Update),
    Done(Box<Upserted>),
    Fail(Error),
}

/// An upsert in progress.
struct Upsert {
    wanted: UpsertContact,
    /// The 409 that refused to create the contact.
    conflict: Option<Box<ApiError>>,
    outcome: UpsertOutcome,
    merges: u32,
}

impl Upsert {
    fn new(wanted: UpsertContact) -> Self {
        Self {
            wanted,
            conflict: None,
            outcome: UpsertOutcome::Created,
            merges: 0,
        }
    }

    fn start(&self) -> UpsertStep {
        UpsertStep::Create(contacts::Create::new(self.wanted.contact.clone()))
    }

    fn created(&mut self, result: Result<Reply<Contact>, Error>) -> UpsertStep {
        let conflict = match result {
            Ok(reply) => return self.done(reply),
            Err(Error::Api(error)) if error.is_conflict() => error,
            Err(error) => return UpsertStep::Fail(error),
        };
        let id = conflict.existing_contact();
        self.outcome = UpsertOutcome::Updated;
        if conflict.contact_is_archived() {
            return match id {
                Some(id) if self.wanted.unarchive => {
                    self.outcome = UpsertOutcome::Unarchived;
                    UpsertStep::Unarchive(contacts::Unarchive::new(id))
                }
                // A search does not find archived contacts.
                contact_id => UpsertStep::Fail(Error::Upsert(Box::new(UpsertError {
                    kind: UpsertErrorKind::Archived { contact_id },
                    source: conflict,
                }))),
            };
        }
        match (id, search(&self.wanted.contact)) {
            (Some(id), _) => self.update(id),
            (None, Some(search)) => {
                self.conflict = Some(conflict);
                UpsertStep::Search(search)
            }
            (None, None) => UpsertStep::Fail(Error::Api(conflict)),
        }
    }

    fn found(&mut self, result: Result<Reply<List<Contact>>, Error>) -> UpsertStep {
        let page = match result {
            Ok(page) => page,
            Err(error) => return UpsertStep::Fail(error),
        };
        match (found(&self.wanted.contact, &page), self.conflict.take()) {
            (None, Some(conflict)) => UpsertStep::Fail(Error::Api(conflict)),
            (Some(id), _) => self.update(id),
            (None, None) => self.start(),
        }
    }

    fn unarchived(
        &self,
        result: Result<Reply<ContactArchived>, Error>,
        id: ContactId,
    ) -> UpsertStep {
        match result {
            Ok(_) => self.update(id),
            Err(error) => UpsertStep::Fail(error),
        }
    }

    fn updated(&mut self, result: Result<Reply<Contact>, Error>) -> UpsertStep {
        match result {
            Ok(reply) => self.done(reply),
            Err(error) => match error.merged_into() {
                Some(survivor) if self.merges < MAX_MERGES => {
                    self.merges += 1;
                    self.update(survivor)
                }
                _ => UpsertStep::Fail(error),
            },
        }
    }

    fn update(&self, id: ContactId) -> UpsertStep {
        UpsertStep::Update(contacts::Update::new(id, self.wanted.contact.clone()))
    }

    fn done(&self, reply: Reply<Contact>) -> UpsertStep {
        UpsertStep::Done(Box::new(Upserted {
            reply,
            outcome: self.outcome,
        }))
    }
}

/// Searches for the contact by what identifies it.
fn search(contact: &ContactCreate) -> Option<contacts::Search> {
    let email = contact
        .email
        .as_deref()
        .map(|email| contact::EMAIL.eq(email));
    let query = match (&contact.external_id, email) {
        (Some(id), _) => contact::EXTERNAL_ID.eq(id.as_str()).into(),
        (None, Some(email)) => {
            // A contact that is created without a role is a user. A lead may have the same email.
            let role = contact.role.clone().unwrap_or(Role::User);
            Query::all([email, contact::ROLE.eq(role)])
        }
        (None, None) => return None,
    };
    Some(contacts::Search::new(query))
}

/// The contact that was found, if it is the only one, and is the one that was searched for.
fn found(wanted: &ContactCreate, page: &List<Contact>) -> Option<ContactId> {
    let [contact] = &page.data[..] else {
        return None;
    };
    let same = match (&wanted.external_id, &wanted.email) {
        (Some(id), _) => contact.external_id.as_ref() == Some(id),
        (None, Some(email)) => {
            let found = contact.email.as_deref();
            found.is_some_and(|found| found.to_lowercase() == email.to_lowercase())
        }
        (None, None) => false,
    };
    same.then(|| contact.id.clone())
}

impl Client {
    /// Creates a contact, or updates the one that exists with these details.
    ///
    /// If the contact exists, the service replies 409, usually with the id in the message. If the id is
    /// missing, the contact is searched for by its external id, or else by its email and role (a user,
    /// unless the role is set). A contact that was merged into another is followed to the survivor.
    ///
    /// ```no_run
    /// # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::contacts::ContactCreate;
    /// use intercom_core::{UpsertContact, UpsertOutcome};
    ///
    /// let ada = ContactCreate::new().external_id("ada-1").name("Ada Lovelace");
    /// let contact = intercom.upsert_contact(ada.clone()).await?;
    /// println!("{} {:?}", contact.id, contact.outcome);
    ///
    /// // Also if it is archived:
    /// let contact = intercom.upsert_contact(UpsertContact::new(ada).unarchive()).await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). If the existing contact cannot be identified, the 409. If it is
    /// archived, [`Error::Upsert`], unless [`unarchive`](UpsertContact::unarchive) is set. Each of the
    /// calls, of which there are rarely more than three, has the whole
    /// [`Config::timeout`](crate::Config::timeout).
    pub async fn upsert_contact(
        &self,
        contact: impl Into<UpsertContact>,
    ) -> Result<Upserted, Error> {
        let mut upsert = Upsert::new(contact.into());
        let mut step = upsert.start();
        loop {
            step = match step {
                UpsertStep::Create(create) => upsert.created(self.call(&create).await),
                UpsertStep::Search(search) => upsert.found(self.call(&search).await),
                UpsertStep::Unarchive(unarchive) => {
                    upsert.unarchived(self.call(&unarchive).await, unarchive.contact_id)
                }
                UpsertStep::Update(update) => upsert.updated(self.call(&update).await),
                UpsertStep::Done(upserted) => return Ok(*upserted),
                UpsertStep::Fail(error) => return Err(error),
            }
        }
    }
}

impl blocking::Client {
    /// Creates a contact, or updates the one that exists with these details.
    ///
    /// If the contact exists, the service replies 409, usually with the id in the message. If the id is
    /// missing, the contact is searched for by its external id, or else by its email and role (a user,
    /// unless the role is set). A contact that was merged into another is followed to the survivor.
    ///
    /// ```no_run
    /// # fn example(intercom: intercom_core::blocking::Client) -> Result<(), intercom_core::Error> {
    /// use intercom_core::api::contacts::ContactCreate;
    ///
    /// let ada = ContactCreate::new().external_id("ada-1").name("Ada Lovelace");
    /// let contact = intercom.upsert_contact(ada)?;
    /// println!("{} {:?}", contact.id, contact.outcome);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// As [`call`](Self::call). If the existing contact cannot be identified, the 409. If it is
    /// archived, [`Error::Upsert`], unless [`unarchive`](UpsertContact::unarchive) is set. Each of the
    /// calls, of which there are rarely more than three, has the whole
    /// [`Config::timeout`](crate::Config::timeout).
    pub fn upsert_contact(&self, contact: impl Into<UpsertContact>) -> Result<Upserted, Error> {
        let mut upsert = Upsert::new(contact.into());
        let mut step = upsert.start();
        loop {
            step = match step {
                UpsertStep::Create(create) => upsert.created(self.call(&create)),
                UpsertStep::Search(search) => upsert.found(self.call(&search)),
                UpsertStep::Unarchive(unarchive) => {
                    upsert.unarchived(self.call(&unarchive), unarchive.contact_id)
                }
                UpsertStep::Update(update) => upsert.updated(self.call(&update)),
                UpsertStep::Done(upserted) => return Ok(*upserted),
                UpsertStep::Fail(error) => return Err(error),
            }
        }
    }
}
