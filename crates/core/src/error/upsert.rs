//! Errors from upserts.

use std::fmt;

use intercom_model::ContactId;

use super::api::ApiError;

/// A contact could be neither created nor updated.
#[derive(Debug)]
#[non_exhaustive]
pub struct UpsertError {
    /// Why not.
    pub kind: UpsertErrorKind,
    /// The 409 that refused to create the contact.
    pub source: Box<ApiError>,
}

/// Why a contact could be neither created nor updated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpsertErrorKind {
    /// The contact exists in the archive. To unarchive and update it, set
    /// [`UpsertContact::unarchive`](crate::UpsertContact::unarchive).
    #[non_exhaustive]
    Archived {
        /// The contact, if the service names it.
        contact_id: Option<ContactId>,
    },
}

impl fmt::Display for UpsertError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            UpsertErrorKind::Archived { contact_id } => {
                f.write_str("the contact ")?;
                if let Some(id) = contact_id {
                    write!(f, "{id} ")?;
                }
                write!(
                    f,
                    "is archived: unarchive it, or upsert with `unarchive()`: {}",
                    self.source
                )
            }
        }
    }
}

impl std::error::Error for UpsertError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
    }
}
