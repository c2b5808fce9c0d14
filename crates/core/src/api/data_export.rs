//! Data export: everything that was sent to contacts, as a CSV.
//!
//! An export is a job: create it, look at it until it is completed, and download it. A workspace has
//! one at a time; another is refused with 429, which is returned at once.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), Box<dyn std::error::Error>> {
//! use intercom_core::api::data_export::{self, DataExportCreate};
//! use intercom_core::model::Timestamp;
//!
//! let (from, to) = (Timestamp::from_second(1_734_519_776), Timestamp::from_second(1_734_537_776));
//! let export = intercom.call(&data_export::Create::new(DataExportCreate::new(from, to))).await?;
//! let id = export.job_identifier.clone().ok_or("the service named no job")?;
//!
//! // Later, when it is completed: a gzipped CSV of any size, as it arrives.
//! let (_, mut body) = intercom.stream(&data_export::Download::new(id)).await?;
//! while let Some(chunk) = body.chunk().await.transpose()? {
//!     println!("{} bytes", chunk.len());
//! }
//! # Ok(())
//! # }
//! ```

use bytes::Bytes;
use intercom_model::DataExportId;
pub use intercom_model::data_export::*;
use macro_rules_attribute::apply;

use crate::endpoint::endpoint;

/// Starts an export. Another one that is active is answered with 429.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/createdataexport)
#[apply(endpoint)]
#[spec(POST "/export/content/data" -> DataExport; since V2_7)]
pub struct Create {
    pub body: DataExportCreate,
}

/// How far an export is.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/getdataexport)
#[apply(endpoint)]
#[spec(GET "/export/content/data/{job_identifier}" -> DataExport; since V2_7)]
pub struct Get {
    #[path]
    pub job_identifier: DataExportId,
}

/// Gives an export up.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/canceldataexport)
#[apply(endpoint)]
#[spec(POST "/export/cancel/{job_identifier}" -> DataExport; since V2_7, replay)]
pub struct Cancel {
    #[path]
    pub job_identifier: DataExportId,
}

/// What an export made: a gzipped CSV. It may be large: see
/// [`Client::stream`](crate::Client::stream).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/downloaddataexport)
#[apply(endpoint)]
#[spec(GET "/download/content/data/{job_identifier}" => Bytes; since V2_7)]
pub struct Download {
    #[path]
    pub job_identifier: DataExportId,
}
