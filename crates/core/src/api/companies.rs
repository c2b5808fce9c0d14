//! Companies, the organisations that contacts belong to.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::companies::{self, CompanyCreateOrUpdate};
//!
//! let acme = CompanyCreateOrUpdate::new().company_id("acme").name("Acme").plan("Pro");
//! let acme = intercom.call(&companies::CreateOrUpdate::new(acme)).await?;
//!
//! let mut contacts = intercom.items(companies::ListContacts::new(&acme.id));
//! while let Some(contact) = contacts.try_next().await? {
//!     println!("{:?}", contact.name);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::companies::*;
pub use intercom_model::contacts::{BulkJobState, BulkJobTask, Contact, JobReference, Order};
pub use intercom_model::search::company::Companies;
use intercom_model::{
    CompanyId, Deleted, Found, JobId, List as ModelList, SegmentId, TagId, search,
};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Finds a company by name or `company_id`, or the companies with a tag or in a segment.
///
/// Fails with 404 if the company does not exist.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/retrievecompany)
#[apply(endpoint)]
#[spec(GET "/companies" -> Found<Company>; since V2_7)]
#[paged(Found [Company] by page)]
pub struct Find {
    /// Finds the company with this name.
    #[query]
    pub name: Option<String>,
    /// Finds the company with this id in your own system.
    #[query]
    pub company_id: Option<String>,
    /// Finds the companies with this tag.
    #[query]
    pub tag_id: Option<TagId>,
    /// Finds the companies in this segment.
    #[query]
    pub segment_id: Option<SegmentId>,
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many companies a page has: 15 by default.
    #[query]
    pub per_page: Option<u32>,
}

/// Creates a company, or updates the one with the same `company_id`.
///
/// A company is not visible until it has a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/createorupdatecompany)
#[apply(endpoint)]
#[spec(POST "/companies" -> Company; since V2_7)]
pub struct CreateOrUpdate {
    pub body: CompanyCreateOrUpdate,
}

/// Returns a company by its Intercom id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/retrieveacompanybyid)
#[apply(endpoint)]
#[spec(GET "/companies/{company_id}" -> Company; since V2_7)]
pub struct Get {
    #[path]
    pub company_id: CompanyId,
}

/// Updates a company.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/updatecompany)
#[apply(endpoint)]
#[spec(PUT "/companies/{company_id}" -> Company; since V2_7)]
pub struct Update {
    #[path]
    pub company_id: CompanyId,
    pub body: CompanyUpdate,
}

/// Archives a company and detaches its contacts, which are kept.
///
/// The reply arrives before the work is done. An integration that imports companies from another
/// system will import this one again unless it is filtered out there.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/deletecompany)
#[apply(endpoint)]
#[spec(DELETE "/companies/{company_id}" -> Deleted<CompanyId>; since V2_7)]
pub struct Delete {
    #[path]
    pub company_id: CompanyId,
}

/// Lists the contacts of a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listattachedcontacts)
#[apply(endpoint)]
#[spec(GET "/companies/{company_id}/contacts" -> ModelList<Contact>; since V2_7)]
#[paged(data [Contact] by page)]
pub struct ListContacts {
    #[path]
    pub company_id: CompanyId,
    /// Selects a page by its number, counting from 1. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Limits how many contacts a page has. Documented only in 2.11.
    #[query]
    pub per_page: Option<u32>,
}

/// Lists all companies that have contacts, sorted by their last request, latest first.
///
/// Returns at most 10,000 companies; [`Scroll`] has no such limit.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listallcompanies)
#[apply(endpoint)]
#[spec(POST "/companies/list" -> ModelList<Company>; since V2_7, idempotent)]
#[paged(data [Company] by page)]
pub struct ListAll {
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many companies a page has: 15 by default.
    #[query]
    pub per_page: Option<u32>,
    /// Sets the order by last request: latest first by default.
    #[query]
    pub order: Option<Order>,
}

/// Scrolls over all companies, however many there are.
///
/// A workspace can have one scroll at a time; starting another fails with
/// [`ErrorCode::ScrollExists`](intercom_model::ErrorCode::ScrollExists). A scroll ends if it is not
/// used for a minute. A call that fails is not repeated, because that could skip a page. The scroll
/// has to start over instead, which [`Client::items`](crate::Client::items) does, and it cannot be
/// resumed from a [`Position`](crate::Position).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/scrolloverallcompanies)
#[apply(endpoint)]
#[spec(GET "/companies/scroll" -> CompanyScroll; since V2_7, not_idempotent)]
#[paged(data [Company] by scroll scroll_param)]
pub struct Scroll {
    /// Continues this scroll. Without it, a new scroll starts.
    #[query]
    pub scroll_param: Option<String>,
}

/// Searches companies.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/searchcompanies)
#[apply(endpoint)]
#[spec(POST "/companies/search" -> ModelList<Company>; since Preview, idempotent)]
#[paged(data [Company] by cursor in body)]
pub struct Search {
    /// A page has 15 companies by default.
    pub body: search::Search<Companies>,
}

/// Starts a job that creates many companies, or updates those that exist.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/bulkcreatecompanies)
#[apply(endpoint)]
#[spec(POST "/companies/bulk" -> CompaniesBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkCreate {
    pub body: BulkCompaniesCreate,
}

/// Starts a job that updates many companies.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/bulkupdatecompanies)
#[apply(endpoint)]
#[spec(PUT "/companies/bulk" -> CompaniesBulkJob; since Preview, not_idempotent)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkUpdate {
    pub body: BulkCompaniesUpdate,
}

/// Starts a job that deletes many companies.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/bulkdeletecompanies)
#[apply(endpoint)]
#[spec(POST "/companies/bulk/delete" -> CompaniesBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkDelete {
    pub body: BulkCompaniesDelete,
}

/// Returns the progress of a bulk job.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/showbulkcompaniesjob)
#[apply(endpoint)]
#[spec(GET "/companies/bulk/{job_id}" -> CompaniesBulkJob; since Preview)]
pub struct GetBulkJob {
    #[path]
    pub job_id: JobId,
}
