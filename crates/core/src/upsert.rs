//! Creating a contact, or updating the one that exists.

use std::ops::Deref;

use intercom_model::search::{Query, contact};
use intercom_model::{ContactId, ErrorCode, List};

use crate::api::contacts::{self, Contact, ContactCreate, Role};
use crate::error::Error;
use crate::reply::Reply;

/// A contact that was created or updated; it derefs to the contact.
#[derive(Debug)]
#[non_exhaustive]
pub struct Upserted {
    /// The reply of the call that did it.
    pub reply: Reply<Contact>,
    /// Whether the contact is a new one.
    pub created: bool,
}

impl Deref for Upserted {
    type Target = Contact;

    fn deref(&self) -> &Contact {
        &self.reply
    }
}

/// The answer that a contact exists already; any other error as it is.
pub(crate) fn conflict(error: Error) -> Result<Error, Error> {
    match error.code() {
        Some(ErrorCode::Conflict) => Ok(error),
        _ => Err(error),
    }
}

/// Looks for the contact by what identifies it.
pub(crate) fn search(contact: &ContactCreate) -> Option<contacts::Search> {
    let email = contact
        .email
        .as_deref()
        .map(|email| contact::EMAIL.eq(email));
    let query = match (&contact.external_id, email) {
        (Some(id), _) => contact::EXTERNAL_ID.eq(id.as_str()).into(),
        (None, Some(email)) => {
            // What is created without a role is a user. A lead may have the same email.
            let role = contact.role.clone().unwrap_or(Role::User);
            Query::all([email, contact::ROLE.eq(role)])
        }
        (None, None) => return None,
    };
    Some(contacts::Search::new(query))
}

/// The contact that was found, where it is the only one, and has what it was searched for by.
pub(crate) fn found(wanted: &ContactCreate, page: &List<Contact>) -> Option<ContactId> {
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
