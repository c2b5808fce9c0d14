//! Notes.

use intercom_core::model::{AdminId, CompanyId, ContactId, NoteId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::store::table::{Entries, Record};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct NoteRecord {
    pub(crate) id: NoteId,
    pub(crate) about: NoteSubject,
    pub(crate) author: AdminId,
    pub(crate) body: String,
    pub(crate) created_at: Timestamp,
}

/// What a note is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum NoteSubject {
    Contact(ContactId),
    Company(CompanyId),
}

/// The indexes of notes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum NoteIndex {
    Contact,
    Company,
}

impl Record for NoteRecord {
    type Id = NoteId;
    type Index = NoteIndex;

    fn id(&self) -> &NoteId {
        &self.id
    }

    fn entries(&self, entries: &mut Entries<NoteIndex>) {
        match &self.about {
            NoteSubject::Contact(id) => entries.add(NoteIndex::Contact, id.as_str()),
            NoteSubject::Company(id) => entries.add(NoteIndex::Company, id.as_str()),
        }
    }
}
