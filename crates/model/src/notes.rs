//! Notes: what admins write down about a contact or a company.

use macro_rules_attribute::apply;

use crate::admins::Admin;
use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::{AdminId, ContactId, NoteId, ObjectType, Reference, Timestamp};

/// What an admin wrote down about a contact or a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/notes/note)
#[apply(response)]
#[kinds("note")]
pub struct Note {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: NoteId,
    pub created_at: Option<Timestamp>,
    /// The contact that it is about.
    pub contact: Option<Reference>,
    /// The company that it is about. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Reference>,
    pub author: Option<Admin>,
    /// The text, as HTML.
    pub body: Option<String>,
}

/// A note to write about a contact or a company.
#[apply(body)]
pub struct NoteCreate {
    /// The text, which may be HTML.
    pub body: String,
    /// Who writes it; without one, the owner of the access token.
    pub admin_id: Option<AdminId>,
    /// The contact, once more, on notes about one: some versions describe it beside the one in the path.
    pub contact_id: Option<ContactId>,
}
