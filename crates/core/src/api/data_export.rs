//! Data export: the messages that were sent to contacts, and their outcomes, as a CSV.
//!
//! An export is a job: [start](crate::Client::start) it, wait until it completes, and download the
//! result. A workspace can have one active export; starting another fails at once with 429.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use intercom_core::api::data_export::{self, DataExportCreate};
//! use intercom_core::model::Timestamp;
//!
//! let (from, to) = (Timestamp::from_second(1_734_519_776), Timestamp::from_second(1_734_537_776));
//! let job = intercom.start(&data_export::Create::new(DataExportCreate::new(from, to))).await?;
//! let finished = job.wait_with(|progress| println!("{:?}", progress.status)).await?;
//! finished.download_to(std::fs::File::create("export.csv")?).await?;
//! # Ok(())
//! # }
//! ```

use bytes::Bytes;
use intercom_model::DataExportId;
pub use intercom_model::data_export::*;
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::operation::ExportJob;

/// Starts an export of messages.
///
/// Fails with 429 if another export is active.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/createdataexport)
#[apply(endpoint)]
#[spec(POST "/export/content/data" -> DataExport; since V2_7)]
#[job(Get[DataExportId]: job_identifier, status, DataExportStatus { Completed | NoData } else { Canceled | Failed })]
pub struct Create {
    pub body: DataExportCreate,
}

/// Returns the progress of an export.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/getdataexport)
#[apply(endpoint)]
#[spec(GET "/export/content/data/{job_identifier}" -> DataExport; since V2_7)]
pub struct Get {
    #[path]
    pub job_identifier: DataExportId,
}

/// Cancels an export.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/canceldataexport)
#[apply(endpoint)]
#[spec(POST "/export/cancel/{job_identifier}" -> DataExport; since V2_7, idempotent)]
pub struct Cancel {
    #[path]
    pub job_identifier: DataExportId,
}

/// Downloads the result of an export, a gzipped CSV.
///
/// The file can be large: see [`Client::download`](crate::Client::download).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/downloaddataexport)
#[apply(endpoint)]
#[spec(GET "/download/content/data/{job_identifier}" => Bytes; since V2_7)]
pub struct Download {
    #[path]
    pub job_identifier: DataExportId,
}

impl ExportJob for Create {
    type Download = Download;

    fn download(poll: &Get, finished: &DataExport) -> Option<Download> {
        let made = finished.status != Some(DataExportStatus::NoData);
        made.then(|| Download::new(poll.job_identifier.clone()))
    }
}
