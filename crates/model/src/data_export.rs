//! Data export: which messages were sent to contacts, and what became of them, as a CSV.

use macro_rules_attribute::apply;

use crate::declare::{body, response};
use crate::open_enum::open_enum;
use crate::{DataExportId, Timestamp};

open_enum! {
    /// How far an export is.
    pub enum DataExportStatus {
        Canceled = "canceled",
        Completed = "completed",
        Failed = "failed",
        InProgress = "in_progress",
        /// There is nothing to download.
        NoData = "no_data",
        Pending = "pending",
    }
}

/// An export of the messages that were sent to contacts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-export/data_export)
#[apply(response)]
pub struct DataExport {
    /// Described as `job_identfier` by some versions.
    #[serde(alias = "job_identfier")]
    pub job_identifier: Option<DataExportId>,
    pub status: Option<DataExportStatus>,
    /// When the download goes away; empty until there is one.
    pub download_expires_at: Option<String>,
    /// Where the download is; empty until there is one.
    pub download_url: Option<String>,
}

/// The time of which to export the messages.
#[apply(body)]
pub struct DataExportCreate {
    pub created_at_after: Timestamp,
    pub created_at_before: Timestamp,
}
