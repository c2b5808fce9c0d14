//! Creating a contact, or updating the one that exists.

use std::ops::Deref;

use intercom_model::search::{Query, contact};
use intercom_model::{ContactId, ErrorCode, List};

use crate::api::contacts::{self, Contact, ContactCreate};
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
    let role = contact.role.clone().map(|role| contact::ROLE.eq(role));
    let query = match (&contact.external_id, email, role) {
        (Some(id), _, _) => contact::EXTERNAL_ID.eq(id.as_str()).into(),
        (None, Some(email), Some(role)) => Query::all([email, role]),
        (None, Some(email), None) => email.into(),
        (None, None, _) => return None,
    };
    Some(contacts::Search::new(query))
}

/// The contact that was found, where it is the only one.
pub(crate) fn found(page: &List<Contact>) -> Option<ContactId> {
    match &page.data[..] {
        [contact] => Some(contact.id.clone()),
        _ => None,
    }
}
