//! Contacts, the users and leads that a workspace talks to.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::contacts::{self, ContactCreate, ContactUpdate};
//! use intercom_core::model::Patch;
//! use intercom_core::model::search::{Query, contact};
//!
//! let ada = intercom.call(&contacts::Create::new(ContactCreate::new().email("ada@example.com"))).await?;
//!
//! // Change one field, clear another, leave the rest.
//! let update = ContactUpdate::new().name("Ada Lovelace").owner_id(Patch::Clear);
//! intercom.call(&contacts::Update::new(&ada.id, update)).await?;
//!
//! let leads = contacts::Search::new(Query::all([contact::ROLE.eq("lead"), contact::EMAIL.ends_with("@example.com")]));
//! let mut found = intercom.items(leads);
//! while let Some(contact) = found.try_next().await? {
//!     println!("{:?}", contact.name);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::companies::{Company, ContactCompanies};
pub use intercom_model::contacts::*;
pub use intercom_model::search::contact::Contacts;
use intercom_model::{CompanyId, ContactId, JobId, List as ModelList, search};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcontacts)
#[apply(endpoint)]
#[spec(GET "/contacts" -> ModelList<Contact>; since V2_7)]
#[paged(data [Contact] by cursor starting_after)]
pub struct List {
    /// Limits how many contacts a page has: 10 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
    /// Sets the page number, for display. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Includes the contacts that were merged into each user. Since 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Returns a contact by its Intercom id.
///
/// Fails with 410 and [`ErrorCode::ContactMerged`](intercom_model::ErrorCode::ContactMerged) if the
/// contact was merged into another, whose URL is in the `Link` header.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/showcontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}" -> Contact; since V2_7)]
pub struct Get {
    #[path]
    pub contact_id: ContactId,
    /// Includes the contacts that were merged into the user. Since 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Creates a contact.
///
/// Fails with 409 and [`ErrorCode::Conflict`](intercom_model::ErrorCode::Conflict) if the contact
/// already exists; the message contains its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/createcontact)
#[apply(endpoint)]
#[spec(POST "/contacts" -> Contact; since V2_7)]
pub struct Create {
    pub body: ContactCreate,
}

/// Updates a contact.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/updatecontact)
#[apply(endpoint)]
#[spec(PUT "/contacts/{contact_id}" -> Contact; since V2_7)]
pub struct Update {
    #[path]
    pub contact_id: ContactId,
    pub body: ContactUpdate,
    /// Includes the contacts that were merged into the user. Since 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Deletes a contact permanently.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/deletecontact)
#[apply(endpoint)]
#[spec(DELETE "/contacts/{contact_id}" -> ContactDeleted; since V2_7)]
pub struct Delete {
    #[path]
    pub contact_id: ContactId,
}

/// Archives a contact.
///
/// Searches do not find archived contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/archivecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/archive" -> ContactArchived; since V2_7, idempotent)]
pub struct Archive {
    #[path]
    pub contact_id: ContactId,
}

/// Unarchives a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/unarchivecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/unarchive" -> ContactArchived; since V2_7, idempotent)]
pub struct Unarchive {
    #[path]
    pub contact_id: ContactId,
}

/// Blocks a contact and archives its conversations.
///
/// Messages from the contact no longer arrive.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/blockcontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/block" -> ContactBlocked; since V2_13, idempotent)]
pub struct Block {
    #[path]
    pub contact_id: ContactId,
}

/// Merges a lead into a user and returns the contact that remains.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/mergecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/merge" -> Contact; since V2_7)]
pub struct Merge {
    pub body: ContactMerge,
    /// Includes the contacts that were merged into the user. Since 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Returns what a merge would do, without merging.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/previewmergecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/merge/preview" -> MergePreview; since Preview, idempotent)]
pub struct PreviewMerge {
    pub body: ContactMerge,
}

/// Returns a user by its id in your own system.
///
/// Does not find leads. Fails with 410 if the contact was merged into another, as [`Get`] does.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/showcontactbyexternalid)
#[apply(endpoint)]
#[spec(GET "/contacts/find_by_external_id/{external_id}" -> Contact; since V2_13)]
pub struct FindByExternalId {
    #[path]
    pub external_id: String,
    /// Includes the contacts that were merged into the user. Since 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Searches contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/searchcontacts)
#[apply(endpoint)]
#[spec(POST "/contacts/search" -> ModelList<Contact>; since V2_7, idempotent)]
#[paged(data [Contact] by cursor in body)]
pub struct Search {
    pub body: search::Search<Contacts>,
    /// Includes the contacts that were merged into each user. Since 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Lists the companies that a contact belongs to.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcompaniesforacontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/companies" -> ContactCompanies; since V2_7)]
#[paged(data [Company] by page)]
pub struct ListCompanies {
    #[path]
    pub contact_id: ContactId,
    /// Selects a page by its number, counting from 1. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Limits how many companies a page has. Documented only in 2.11.
    #[query]
    pub per_page: Option<u32>,
}

/// Attaches a contact to a company.
///
/// A contact can have at most 1,000 companies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/attachcontacttoacompany)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/companies" -> Company; since V2_7, idempotent)]
pub struct AttachCompany {
    #[path]
    pub contact_id: ContactId,
    pub body: CompanyAttach,
}

/// Detaches a contact from a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/detachcontactfromacompany)
#[apply(endpoint)]
#[spec(DELETE "/contacts/{contact_id}/companies/{company_id}" -> Company; since V2_7)]
pub struct DetachCompany {
    #[path]
    pub contact_id: ContactId,
    #[path]
    pub company_id: CompanyId,
}

/// Lists the contacts that were merged into a user.
///
/// Fails with 404 for a lead.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcontactmergehistory)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/merge_history" -> MergeHistoryList; since V2_16)]
#[paged(data [MergeHistoryItem] by next_cursor cursor)]
pub struct ListMergeHistory {
    #[path]
    pub contact_id: ContactId,
    /// Selects the page at this cursor.
    #[query]
    pub cursor: Option<String>,
    /// Limits how many merges a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Sets the order of the merges: newest first by default.
    #[query]
    pub order: Option<Order>,
}

/// Lists the activity of contacts, oldest first.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/listcontactactivities)
#[apply(endpoint)]
#[spec(GET "/contacts/activities" -> ModelList<ContactActivity>; since Preview)]
#[paged(data [ContactActivity] by cursor starting_after)]
pub struct ListActivities {
    /// Limits how many activities a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
}

/// Starts a job that creates many contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/bulkcreatecontacts)
#[apply(endpoint)]
#[spec(POST "/contacts/bulk" -> ContactsBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkCreate {
    pub body: BulkContactsCreate,
}

/// Starts a job that updates many contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/bulkupdatecontacts)
#[apply(endpoint)]
#[spec(PUT "/contacts/bulk" -> ContactsBulkJob; since Preview, not_idempotent)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkUpdate {
    pub body: BulkContactsUpdate,
}

/// Starts a job that deletes many contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/bulkdeletecontacts)
#[apply(endpoint)]
#[spec(POST "/contacts/bulk/delete" -> ContactsBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkDelete {
    pub body: BulkContactsDelete,
}

/// Returns the progress of a bulk job.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/showbulkupdatecontactsjob)
#[apply(endpoint)]
#[spec(GET "/contacts/bulk/{job_id}" -> ContactsBulkJob; since Preview)]
pub struct GetBulkJob {
    #[path]
    pub job_id: JobId,
}
