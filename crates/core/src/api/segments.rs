//! Segments, groups of contacts or companies that rules define.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::segments;
//!
//! for segment in &*intercom.call(&segments::ListForContact::new("6762f0d01bb69f9f2193bb7d")).await? {
//!     println!("{:?}", segment.name);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::segments::*;
use intercom_model::{CompanyId, ContactId, List as ModelList, SegmentId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all segments of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/segments/listsegments)
#[apply(endpoint)]
#[spec(GET "/segments" -> SegmentList; since V2_7)]
#[paged(segments [Segment] by page)]
pub struct List {
    /// Includes the number of contacts in each segment.
    #[query]
    pub include_count: Option<bool>,
    /// Selects a page by its number, counting from 1. Undocumented, though replies may be paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns a segment by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/segments/retrievesegment)
#[apply(endpoint)]
#[spec(GET "/segments/{segment_id}" -> Segment; since V2_7)]
pub struct Get {
    #[path]
    pub segment_id: SegmentId,
}

/// Lists the segments that a contact is in.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/contacts/listsegmentsforacontact)
#[apply(endpoint)]
#[spec(GET "/contacts/{contact_id}/segments" -> ModelList<Segment>; since V2_7)]
pub struct ListForContact {
    #[path]
    pub contact_id: ContactId,
}

/// Lists the segments that a company is in.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/listattachedsegmentsforcompanies)
#[apply(endpoint)]
#[spec(GET "/companies/{company_id}/segments" -> ModelList<Segment>; since V2_7)]
pub struct ListForCompany {
    #[path]
    pub company_id: CompanyId,
}
