//! Reporting data export: the data behind the reports, as a CSV.
//!
//! An export is a job: [start](crate::Client::start) it, wait until it completes, and download the
//! result. A workspace can have at most five pending exports; starting another fails at once with
//! 429.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use intercom_core::api::reporting_export::{self, ReportingExportCreate};
//! use intercom_core::model::Timestamp;
//!
//! // List what can be exported, with the ids to ask for it by.
//! let datasets = intercom.call(&reporting_export::ListDatasets::new()).await?;
//! for attribute in datasets.data.iter().flat_map(|dataset| &dataset.attributes) {
//!     println!("{:?}: {:?}", attribute.qualified_id, attribute.name);
//! }
//!
//! let (from, to) = (Timestamp::from_second(1_734_519_776), Timestamp::from_second(1_734_537_776));
//! let attributes = ["conversation.conversation_id", "conversation.conversation_started_at"].map(Into::into);
//! let export = ReportingExportCreate::new("conversation", attributes, from, to);
//! let job = intercom.start(&reporting_export::Create::new(export)).await?;
//! // Polling and downloading an export also need the workspace and the OAuth application.
//! let job = job.poll_by(|get| get.of_app("abc123", "3fc1b0c2"));
//! let finished = job.wait().await?;
//! finished.download_to(std::fs::File::create("conversations.csv")?).await?;
//! # Ok(())
//! # }
//! ```

use bytes::Bytes;
pub use intercom_model::reporting_export::*;
use intercom_model::{ReportingExportId, WorkspaceId};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::operation::ExportJob;

/// Starts an export of reporting data.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1enqueue/post)
#[apply(endpoint)]
#[spec(POST "/export/reporting_data/enqueue" -> ReportingExport; since V2_14)]
#[job(Get[ReportingExportId, "", ""]: job_identifier, status, ReportingExportStatus { Complete } else { Failed })]
pub struct Create {
    pub body: ReportingExportCreate,
}

/// Returns the progress of an export.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1%7Bjob_identifier%7D/get)
#[apply(endpoint)]
#[spec(GET "/export/reporting_data/{job_identifier}" -> ReportingExport; since V2_14)]
pub struct Get {
    #[path]
    pub job_identifier: ReportingExportId,
    /// The id of the workspace.
    #[query]
    pub app_id: WorkspaceId,
    /// The client id of the OAuth application.
    #[query]
    pub client_id: String,
}

/// Lists the datasets that can be exported.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1get_datasets/get)
#[apply(endpoint)]
#[spec(GET "/export/reporting_data/get_datasets" -> DatasetList; since V2_14)]
pub struct ListDatasets {}

/// Downloads the result of an export, a gzipped CSV.
///
/// The file can be large: see [`Client::download`](crate::Client::download).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1download~1reporting_data~1%7Bjob_identifier%7D/get)
#[apply(endpoint)]
#[spec(GET "/download/reporting_data/{job_identifier}" => Bytes; since V2_14)]
pub struct Download {
    #[path]
    pub job_identifier: ReportingExportId,
    /// The id of the workspace.
    #[query]
    pub app_id: WorkspaceId,
}

impl Get {
    /// Sets the workspace, and the client id of the OAuth application.
    #[must_use]
    pub fn of_app(mut self, app_id: impl Into<WorkspaceId>, client_id: impl Into<String>) -> Self {
        self.app_id = app_id.into();
        self.client_id = client_id.into();
        self
    }
}

// `of_app` sets the workspace and the client id. A poll without them fails with an error that names
// what is missing.

impl ExportJob for Create {
    type Download = Download;

    fn download(poll: &Get, _: &ReportingExport) -> Option<Download> {
        Some(Download::new(
            poll.job_identifier.clone(),
            poll.app_id.clone(),
        ))
    }
}
