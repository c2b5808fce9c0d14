//! Contacts: the users and leads that a workspace talks to.
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

/// All contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcontacts)
#[apply(endpoint)]
#[spec(GET "/contacts" -> ModelList<Contact>; since V2_7)]
#[paged(data [Contact] by cursor starting_after)]
pub struct List {
    /// How many contacts a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
    /// The number of the page, for display. Only 2.11 describes it.
    #[query]
    pub page: Option<u32>,
    /// Whether users come with the contacts that were merged into them. From 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// One contact, by the id that Intercom gave it.
///
/// A contact that was merged into another is answered with 410 and [`ErrorCode::ContactMerged`],
/// and the address of the other one in the header `Link`.
///
/// [`ErrorCode::ContactMerged`]: intercom_model::ErrorCode::ContactMerged
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/showcontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}" -> Contact; since V2_7)]
pub struct Get {
    #[path]
    pub contact_id: ContactId,
    /// Whether a user comes with the contacts that were merged into it. From 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Creates a contact.
///
/// A contact that exists already is answered with 409 and [`ErrorCode::Conflict`]; its id stands
/// in the message.
///
/// [`ErrorCode::Conflict`]: intercom_model::ErrorCode::Conflict
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/createcontact)
#[apply(endpoint)]
#[spec(POST "/contacts" -> Contact; since V2_7)]
pub struct Create {
    pub body: ContactCreate,
}

/// Changes the named fields of a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/updatecontact)
#[apply(endpoint)]
#[spec(PUT "/contacts/{contact_id}" -> Contact; since V2_7)]
pub struct Update {
    #[path]
    pub contact_id: ContactId,
    pub body: ContactUpdate,
    /// Whether a user comes with the contacts that were merged into it. From 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// Deletes a contact for good.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/deletecontact)
#[apply(endpoint)]
#[spec(DELETE "/contacts/{contact_id}" -> ContactDeleted; since V2_7)]
pub struct Delete {
    #[path]
    pub contact_id: ContactId,
}

/// Puts a contact into the archive, where no search finds it.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/archivecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/archive" -> ContactArchived; since V2_7, idempotent)]
pub struct Archive {
    #[path]
    pub contact_id: ContactId,
}

/// Takes a contact out of the archive.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/unarchivecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/unarchive" -> ContactArchived; since V2_7, idempotent)]
pub struct Unarchive {
    #[path]
    pub contact_id: ContactId,
}

/// Blocks a contact: its messages no longer arrive, and its conversations are archived. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/blockcontact)
#[apply(endpoint)]
#[spec(POST "/contacts/{contact_id}/block" -> ContactBlocked; since V2_13, idempotent)]
pub struct Block {
    #[path]
    pub contact_id: ContactId,
}

/// Merges a lead into a user, and gives the one that stays.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/mergecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/merge" -> Contact; since V2_7)]
pub struct Merge {
    pub body: ContactMerge,
    /// Whether the contact comes with those that were merged into it. From 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// What a merge would do, without doing it. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/previewmergecontact)
#[apply(endpoint)]
#[spec(POST "/contacts/merge/preview" -> MergePreview; since Preview, idempotent)]
pub struct PreviewMerge {
    pub body: ContactMerge,
}

/// One user, by the id that the workspace gave it in its own system; leads are not found. From 2.13.
///
/// A contact that was merged into another is answered with 410, as by [`Get`].
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/showcontactbyexternalid)
#[apply(endpoint)]
#[spec(GET "/contacts/find_by_external_id/{external_id}" -> Contact; since V2_13)]
pub struct FindByExternalId {
    #[path]
    pub external_id: String,
    /// Whether a user comes with the contacts that were merged into it. From 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// The contacts that a query finds.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/searchcontacts)
#[apply(endpoint)]
#[spec(POST "/contacts/search" -> ModelList<Contact>; since V2_7, idempotent)]
#[paged(data [Contact] by cursor in body)]
pub struct Search {
    pub body: search::Search<Contacts>,
    /// Whether users come with the contacts that were merged into them. From 2.16.
    #[query]
    pub include_merge_history: Option<bool>,
}

/// The companies that a contact belongs to.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcompaniesforacontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/companies" -> ContactCompanies; since V2_7)]
#[paged(data [Company] by page)]
pub struct ListCompanies {
    #[path]
    pub contact_id: ContactId,
    /// The number of the page, from 1. Only 2.11 describes it.
    #[query]
    pub page: Option<u32>,
    /// How many companies a page has. Only 2.11 describes it.
    #[query]
    pub per_page: Option<u32>,
}

/// Attaches a contact to a company. A contact has at most 1,000 companies.
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

/// The contacts that were merged into a user. From 2.16.
///
/// A lead is answered with 404.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listcontactmergehistory)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/merge_history" -> MergeHistoryList; since V2_16)]
#[paged(data [MergeHistoryItem] by next_cursor cursor)]
pub struct ListMergeHistory {
    #[path]
    pub contact_id: ContactId,
    /// The cursor of the page.
    #[query]
    pub cursor: Option<String>,
    /// How many merges a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Newest first by default.
    #[query]
    pub order: Option<Order>,
}

/// What happened to contacts, oldest first. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/listcontactactivities)
#[apply(endpoint)]
#[spec(GET "/contacts/activities" -> ModelList<ContactActivity>; since Preview)]
#[paged(data [ContactActivity] by cursor starting_after)]
pub struct ListActivities {
    /// How many activities a page has: 50 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
}

/// Starts a job that creates many contacts. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/bulkcreatecontacts)
#[apply(endpoint)]
#[spec(POST "/contacts/bulk" -> ContactsBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkCreate {
    pub body: BulkContactsCreate,
}

/// Starts a job that changes many contacts. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/bulkupdatecontacts)
#[apply(endpoint)]
#[spec(PUT "/contacts/bulk" -> ContactsBulkJob; since Preview, not_idempotent)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkUpdate {
    pub body: BulkContactsUpdate,
}

/// Starts a job that deletes many contacts. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/bulkdeletecontacts)
#[apply(endpoint)]
#[spec(POST "/contacts/bulk/delete" -> ContactsBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkDelete {
    pub body: BulkContactsDelete,
}

/// How far a bulk job is. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/contacts/showbulkupdatecontactsjob)
#[apply(endpoint)]
#[spec(GET "/contacts/bulk/{job_id}" -> ContactsBulkJob; since Preview)]
pub struct GetBulkJob {
    #[path]
    pub job_id: JobId,
}
