//! Reporting data export: the numbers behind the reports, as a CSV. From 2.14.
//!
//! An export is a job: [start](crate::Client::start) it, wait until it is complete, and download what
//! it made. A workspace has at most five pending ones; another is refused with 429, which is returned
//! at once.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
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
//! let job = intercom.start(&reporting_export::Create::new(export)).await?;
//! // Asking about an export, and downloading it, takes the workspace and the OAuth application too.
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

/// Starts an export.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/reporting-data-export/paths/~1export~1reporting_data~1enqueue/post)
#[apply(endpoint)]
#[spec(POST "/export/reporting_data/enqueue" -> ReportingExport; since V2_14)]
#[job(Get[ReportingExportId, "", ""]: job_identifier, status, ReportingExportStatus { Complete } else { Failed })]
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
/// [`Client::download`](crate::Client::download).
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

impl Get {
    /// For this workspace, and this client of the OAuth application.
    #[must_use]
    pub fn of_app(mut self, app_id: impl Into<WorkspaceId>, client_id: impl Into<String>) -> Self {
        self.app_id = app_id.into();
        self.client_id = client_id.into();
        self
    }
}

// The workspace and the client are for `of_app` to say. A poll without them is refused by name.

impl ExportJob for Create {
    type Download = Download;

    fn download(poll: &Get, _: &ReportingExport) -> Option<Download> {
        Some(Download::new(
            poll.job_identifier.clone(),
            poll.app_id.clone(),
        ))
    }
}
