//! Notes about contacts and companies.

use intercom_core::api::admins::Admin;
use intercom_core::api::notes::{
    CreateForCompany, CreateForContact, Get, ListForCompany, ListForContact, Note, NoteCreate,
};
use intercom_core::model::{
    AdminId, CompanyId, ContactId, List, NoteId, ObjectId, ObjectType, Reference,
};

use crate::object::object;
use crate::query::{CONTACTS_PER_PAGE, MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{NoteIndex, NoteRecord, NoteSubject, Workspace};

impl Workspace {
    /// Returns the notes about a contact, newest first.
    pub(crate) fn notes_of(&self, contact: &ContactId) -> Vec<&NoteRecord> {
        self.newest_notes(NoteIndex::Contact, contact.as_str())
    }

    /// Returns the notes about a company, newest first.
    pub(crate) fn notes_about_company(&self, company: &CompanyId) -> Vec<&NoteRecord> {
        self.newest_notes(NoteIndex::Company, company.as_str())
    }

    fn newest_notes(&self, index: NoteIndex, id: &str) -> Vec<&NoteRecord> {
        let mut notes: Vec<_> = self.notes.find(index, id.into()).collect();
        notes.reverse();
        notes.sort_by_key(|note| std::cmp::Reverse(note.created_at));
        notes
    }

    /// Stores a new note and returns its id.
    pub(crate) fn add_note(
        &mut self,
        about: NoteSubject,
        author: AdminId,
        body: &str,
        context: &Context,
    ) -> NoteId {
        let id = NoteId::new(self.ids.decimal().to_string());
        self.notes.insert(NoteRecord {
            id: id.clone(),
            about,
            author,
            body: to_html(body),
            created_at: context.now,
        });
        id
    }

    pub(crate) fn delete_notes_about(&mut self, contact: &ContactId) {
        for id in self.notes.ids(NoteIndex::Contact, contact.as_str().into()) {
            self.notes.remove(&id);
        }
    }

    pub(crate) fn show_note(&self, record: &NoteRecord) -> Note {
        let author = self.admin(&record.author).map(|admin| {
            object!(Admin {
                r#type: Some(ObjectType::Admin),
                id: admin.id.clone(),
                name: admin.name.clone(),
                email: admin.email.clone(),
                away_mode_enabled: admin.away_mode_enabled,
                away_mode_reassign: admin.away_mode_reassign,
            })
        });
        let mut note = object!(Note {
            r#type: Some(ObjectType::Note),
            id: record.id.clone(),
            created_at: Some(record.created_at),
            author: author,
            body: Some(record.body.clone()),
        });
        let reference = |kind, id: &str| {
            Some(object!(Reference {
                r#type: Some(kind),
                id: Some(ObjectId::new(id)),
            }))
        };
        match &record.about {
            NoteSubject::Contact(id) => {
                note.contact = reference(ObjectType::Contact, id.as_str());
            }
            NoteSubject::Company(id) => {
                note.company = reference(ObjectType::Company, id.as_str());
            }
        }
        note
    }
}

/// Returns a body as HTML: plain text becomes a paragraph.
pub(crate) fn to_html(body: &str) -> String {
    if body.trim_start().starts_with('<') {
        body.to_owned()
    } else {
        format!("<p>{body}</p>")
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(&mut self, list: ListForContact, context: &Context) -> Result<List<Note>, Refusal> {
        let id = &list.contact_id;
        self.contact(id)?;
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: CONTACTS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let notes = self.notes_of(id);
        let path = format!("/contacts/{id}/notes");
        let total = notes.len();
        numbered(notes, total, place, &context.url(&path), |note| {
            self.show_note(note)
        })
    }
}

impl Handle<CreateForContact> for Workspace {
    fn handle(&mut self, create: CreateForContact, context: &Context) -> Result<Note, Refusal> {
        self.contact(&create.contact_id)?;
        let about = NoteSubject::Contact(create.contact_id);
        self.create_note(about, create.body, context)
    }
}

impl Workspace {
    fn create_note(
        &mut self,
        about: NoteSubject,
        body: NoteCreate,
        context: &Context,
    ) -> Result<Note, Refusal> {
        let author = match body.admin_id {
            None => self.owner(),
            Some(id) => self.admin(&id).ok_or_else(Refusal::not_found)?.id.clone(),
        };
        let id = self.add_note(about, author, &body.body, context);
        let note = self.notes.get(&id).ok_or_else(Refusal::not_found)?;
        Ok(self.show_note(note))
    }
}

impl Handle<ListForCompany> for Workspace {
    fn handle(&mut self, list: ListForCompany, context: &Context) -> Result<List<Note>, Refusal> {
        let id = &list.company_id;
        self.company_record(id)?;
        let place = Numbered {
            page: list.page,
            per_page: None,
            default: CONTACTS_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let notes = self.notes_about_company(id);
        let path = format!("/companies/{id}/notes");
        let total = notes.len();
        numbered(notes, total, place, &context.url(&path), |note| {
            self.show_note(note)
        })
    }
}

impl Handle<CreateForCompany> for Workspace {
    fn handle(&mut self, create: CreateForCompany, context: &Context) -> Result<Note, Refusal> {
        self.company_record(&create.company_id)?;
        let about = NoteSubject::Company(create.company_id);
        self.create_note(about, create.body, context)
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Note, Refusal> {
        let note = self.notes.get(&get.note_id);
        let note = note.ok_or_else(Refusal::not_found)?;
        Ok(self.show_note(note))
    }
}
