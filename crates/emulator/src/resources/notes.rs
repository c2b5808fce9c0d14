//! Notes about contacts.

use intercom_core::api::admins::Admin;
use intercom_core::api::notes::{CreateForContact, Get, ListForContact, Note};
use intercom_core::model::{ContactId, List, NoteId, ObjectId, ObjectType, Reference};

use crate::object::object;
use crate::query::{DEFAULT_PER_PAGE, MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{NoteRecord, Workspace};

impl Workspace {
    /// The notes about a contact, newest first.
    pub(crate) fn notes_of(&self, contact: &ContactId) -> Vec<(&NoteId, &NoteRecord)> {
        let notes = self.notes.iter().rev();
        let mut notes: Vec<_> = notes.filter(|(_, note)| note.contact == *contact).collect();
        notes.sort_by_key(|(_, note)| std::cmp::Reverse(note.created_at));
        notes
    }

    pub(crate) fn add_note(&mut self, note: NoteRecord) -> NoteId {
        let id = NoteId::new(self.ids.decimal().to_string());
        self.notes.insert(id.clone(), note);
        id
    }

    fn show_note(&self, id: &NoteId, record: &NoteRecord) -> Note {
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
        object!(Note {
            r#type: Some(ObjectType::Note),
            id: id.clone(),
            created_at: Some(record.created_at),
            contact: Some(object!(Reference {
                r#type: Some(ObjectType::Contact),
                id: Some(ObjectId::new(record.contact.as_str())),
            })),
            author: author,
            body: Some(record.body.clone()),
        })
    }
}

impl Handle<ListForContact> for Workspace {
    fn handle(&mut self, list: ListForContact, _: &Context) -> Result<List<Note>, Refusal> {
        self.contact(&list.contact_id)?;
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: DEFAULT_PER_PAGE,
            max: MAX_PER_PAGE,
        };
        numbered(self.notes_of(&list.contact_id), place, |(id, note)| {
            self.show_note(id, note)
        })
    }
}

impl Handle<CreateForContact> for Workspace {
    fn handle(&mut self, create: CreateForContact, context: &Context) -> Result<Note, Refusal> {
        self.contact(&create.contact_id)?;
        let author = match create.body.admin_id {
            None => self.owner(),
            Some(id) => self.admin(&id).ok_or_else(Refusal::not_found)?.id.clone(),
        };
        let text = create.body.body;
        // Plain text becomes a paragraph.
        let body = if text.trim_start().starts_with('<') {
            text
        } else {
            format!("<p>{text}</p>")
        };
        let id = self.add_note(NoteRecord {
            contact: create.contact_id,
            author,
            body,
            created_at: context.now,
        });
        let note = self.notes.get(&id).ok_or_else(Refusal::not_found)?;
        Ok(self.show_note(&id, note))
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<Note, Refusal> {
        let note = self
            .notes
            .get(&get.note_id)
            .ok_or_else(Refusal::not_found)?;
        Ok(self.show_note(&get.note_id, note))
    }
}
