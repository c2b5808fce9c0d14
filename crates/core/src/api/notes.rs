//! Notes that admins write about contacts and companies.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::notes::{self, NoteCreate};
//!
//! let note = NoteCreate::new("<p>Prefers to be called in the morning.</p>");
//! let note = intercom.call(&notes::CreateForContact::new("6762f0d01bb69f9f2193bb7d", note)).await?;
//! println!("{}", note.id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::notes::*;
use intercom_model::{CompanyId, ContactId, List as ModelList, NoteId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists the notes about a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/notes/listnotes)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/notes" -> ModelList<Note>; since V2_7)]
#[paged(data [Note] by page)]
pub struct ListForContact {
    #[path]
    pub contact_id: ContactId,
    /// Selects a page by its number, counting from 1. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Limits how many notes a page has. Documented only in 2.11.
    #[query]
    pub per_page: Option<u32>,
}

/// Creates a note about a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/notes/createnote)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/notes" -> Note; since V2_7)]
pub struct CreateForContact {
    #[path]
    pub contact_id: ContactId,
    pub body: NoteCreate,
}

/// Returns a note by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/notes/retrievenote)
#[apply(endpoint)]
#[spec(GET "/notes/{note_id}" -> Note; since V2_7)]
pub struct Get {
    #[path]
    pub note_id: NoteId,
}

/// Lists the notes about a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/notes/listcompanynotes)
#[apply(endpoint)]
#[spec(GET "/companies/{company_id}/notes" -> ModelList<Note>; since V2_15)]
#[paged(data [Note] by page)]
pub struct ListForCompany {
    #[path]
    pub company_id: CompanyId,
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Creates a note about a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/notes/createcompanynote)
#[apply(endpoint)]
#[spec(POST "/companies/{company_id}/notes" -> Note; since V2_16)]
pub struct CreateForCompany {
    #[path]
    pub company_id: CompanyId,
    pub body: NoteCreate,
}
