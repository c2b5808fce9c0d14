//! Companies: the organisations that contacts belong to.
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

/// The company of a name or of the workspace's own id, or the companies with a tag or in a segment.
///
/// One that does not exist is answered with 404.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/retrievecompany)
#[apply(endpoint)]
#[spec(GET "/companies" -> Found<Company>; since V2_7)]
#[paged(Found [Company] by page)]
pub struct Find {
    /// Finds the company of this name.
    #[query]
    pub name: Option<String>,
    /// Finds the company with this id, which the workspace gave it in its own system.
    #[query]
    pub company_id: Option<String>,
    /// Finds the companies with this tag.
    #[query]
    pub tag_id: Option<TagId>,
    /// Finds the companies in this segment.
    #[query]
    pub segment_id: Option<SegmentId>,
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many companies a page has: 15 by default.
    #[query]
    pub per_page: Option<u32>,
}

/// Creates a company, or changes the one with its `company_id`.
///
/// A company is not seen until it has a contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/createorupdatecompany)
#[apply(endpoint)]
#[spec(POST "/companies" -> Company; since V2_7)]
pub struct CreateOrUpdate {
    pub body: CompanyCreateOrUpdate,
}

/// One company, by the id that Intercom gave it.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/retrieveacompanybyid)
#[apply(endpoint)]
#[spec(GET "/companies/{company_id}" -> Company; since V2_7)]
pub struct Get {
    #[path]
    pub company_id: CompanyId,
}

/// Changes the named fields of a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/updatecompany)
#[apply(endpoint)]
#[spec(PUT "/companies/{company_id}" -> Company; since V2_7)]
pub struct Update {
    #[path]
    pub company_id: CompanyId,
    pub body: CompanyUpdate,
}

/// Puts a company into the archive, and detaches its contacts, which stay.
///
/// The answer comes before it is done. An integration that brings companies from another system brings
/// it again, unless it is filtered there.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/deletecompany)
#[apply(endpoint)]
#[spec(DELETE "/companies/{company_id}" -> Deleted<CompanyId>; since V2_7)]
pub struct Delete {
    #[path]
    pub company_id: CompanyId,
}

/// The contacts that belong to a company.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listattachedcontacts)
#[apply(endpoint)]
#[spec(GET "/companies/{company_id}/contacts" -> ModelList<Contact>; since V2_7)]
#[paged(data [Contact] by page)]
pub struct ListContacts {
    #[path]
    pub company_id: CompanyId,
    /// The number of the page, from 1. Only 2.11 describes it.
    #[query]
    pub page: Option<u32>,
    /// How many contacts a page has. Only 2.11 describes it.
    #[query]
    pub per_page: Option<u32>,
}

/// All companies that have contacts, by the time of their last request, latest first.
///
/// It gives at most 10,000 companies; [`Scroll`] gives any number.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listallcompanies)
#[apply(endpoint)]
#[spec(POST "/companies/list" -> ModelList<Company>; since V2_7, idempotent)]
#[paged(data [Company] by page)]
pub struct ListAll {
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many companies a page has: 15 by default.
    #[query]
    pub per_page: Option<u32>,
    #[query]
    pub order: Option<Order>,
}

/// All companies, however many.
///
/// A workspace has one scroll at a time: another is answered with
/// [`ErrorCode::ScrollExists`](intercom_model::ErrorCode::ScrollExists). It ends when it is not used
/// for a minute. A call that fails is not repeated, for a page might be lost: the scroll has to start
/// again, as [`Client::items`](crate::Client::items) does. Nor can it be read on from a
/// [`Position`](crate::Position).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/scrolloverallcompanies)
#[apply(endpoint)]
#[spec(GET "/companies/scroll" -> CompanyScroll; since V2_7, not_idempotent)]
#[paged(data [Company] by scroll scroll_param)]
pub struct Scroll {
    /// The scroll to go on with; without one, a new one begins.
    #[query]
    pub scroll_param: Option<String>,
}

/// The companies that a query finds. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/searchcompanies)
#[apply(endpoint)]
#[spec(POST "/companies/search" -> ModelList<Company>; since Preview, idempotent)]
#[paged(data [Company] by cursor in body)]
pub struct Search {
    /// A page has 15 companies by default.
    pub body: search::Search<Companies>,
}

/// Starts a job that creates many companies, or changes those that exist. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/bulkcreatecompanies)
#[apply(endpoint)]
#[spec(POST "/companies/bulk" -> CompaniesBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkCreate {
    pub body: BulkCompaniesCreate,
}

/// Starts a job that changes many companies. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/bulkupdatecompanies)
#[apply(endpoint)]
#[spec(PUT "/companies/bulk" -> CompaniesBulkJob; since Preview, not_idempotent)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkUpdate {
    pub body: BulkCompaniesUpdate,
}

/// Starts a job that deletes many companies. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/bulkdeletecompanies)
#[apply(endpoint)]
#[spec(POST "/companies/bulk/delete" -> CompaniesBulkJob; since Preview)]
#[job(GetBulkJob[JobId]: id, state, BulkJobState { Completed | CompletedWithErrors })]
pub struct BulkDelete {
    pub body: BulkCompaniesDelete,
}

/// How far a bulk job is. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/showbulkcompaniesjob)
#[apply(endpoint)]
#[spec(GET "/companies/bulk/{job_id}" -> CompaniesBulkJob; since Preview)]
pub struct GetBulkJob {
    #[path]
    pub job_id: JobId,
}
