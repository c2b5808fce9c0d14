//! Reporting data export: the numbers behind the reports, as a CSV. From 2.14.
//!
//! An export is a job: create it, look at it until it is complete, and download it. A workspace has at
//! most five pending ones; another is refused with 429, which is returned at once.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::reporting_export::{self, ReportingExportCreate};
//! use intercom_core::model::Timestamp;
//!
//! // What there is, with the ids that name it.
//! let datasets = intercom.call(&reporting_export::ListDatasets::new()).await?;
//! for attribute in datasets.data.iter().flat_map(|dataset| &dataset.attributes) {
//!     println!("{:?}: {:?}", attribute.qualified_id, attribute.name);
//! }
//!
//! let (from, to) = (Timestamp::from_second(1_734_519_776), Timestamp::from_second(1_734_537_776));
//! let attributes = ["conversation.conversation_id", "conversation.conversation_started_at"].map(Into::into);
//! let export = ReportingExportCreate::new("conversation", attributes, from, to);
//! let export = intercom.call(&reporting_export::Create::new(export)).await?;
//! println!("{:?}", export.job_identifier);
//! # Ok(())
//! # }
//! ```

use bytes::Bytes;
pub use intercom_model::reporting_export::*;
use intercom_model::{ReportingExportId, WorkspaceId};
use macro_rules_attribute::apply;

use crate::endpoint::endpoint;

/// Starts an export.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1enqueue/post)
#[apply(endpoint)]
#[spec(POST "/export/reporting_data/enqueue" -> ReportingExport; since V2_14)]
pub struct Create {
    pub body: ReportingExportCreate,
}

/// How far an export is.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1%7Bjob_identifier%7D/get)
#[apply(endpoint)]
#[spec(GET "/export/reporting_data/{job_identifier}" -> ReportingExport; since V2_14)]
pub struct Get {
    #[path]
    pub job_identifier: ReportingExportId,
    /// The workspace.
    #[query]
    pub app_id: WorkspaceId,
    /// The client of the OAuth application.
    #[query]
    pub client_id: String,
}

/// What can be exported.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1get_datasets/get)
#[apply(endpoint)]
#[spec(GET "/export/reporting_data/get_datasets" -> DatasetList; since V2_14)]
pub struct ListDatasets {}

/// What an export made: a gzipped CSV. It may be large: see
/// [`Client::stream`](crate::Client::stream).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1download~1reporting_data~1%7Bjob_identifier%7D/get)
#[apply(endpoint)]
#[spec(GET "/download/reporting_data/{job_identifier}" => Bytes; since V2_14)]
pub struct Download {
    #[path]
    pub job_identifier: ReportingExportId,
    /// The workspace.
    #[query]
    pub app_id: WorkspaceId,
}
