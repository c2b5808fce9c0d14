//! Data export: which messages were sent to contacts, and what became of them, as a CSV.

use macro_rules_attribute::apply;
use serde::{Deserialize, Deserializer, Serialize};

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::time;
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
    /// Documented as `job_identfier` in some versions.
    #[serde(alias = "job_identfier")]
    pub job_identifier: Option<DataExportId>,
    pub status: Option<DataExportStatus>,
    /// When the download goes away: two days after it was made.
    #[serde(
        deserialize_with = "null::empty_as_none",
        serialize_with = "time::digits"
    )]
    pub download_expires_at: Option<Timestamp>,
    /// The URL of the file; `None` until it is ready.
    #[serde(
        deserialize_with = "null::empty_as_none",
        serialize_with = "null::none_as_empty"
    )]
    pub download_url: Option<String>,
}

/// The period to export messages of, both ends included. It counts when a message was sent, and not
/// when it was changed.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_data_exports_request)
#[apply(body)]
pub struct DataExportCreate {
    pub created_at_after: Timestamp,
    pub created_at_before: Timestamp,
}

/// A line of the CSV: a message that a contact got, and when the contact first did what. What a contact
/// did counts if it was in the time of the export.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/data_export_csv)
///
/// ```
/// use intercom_model::data_export::MessageReceipt;
///
/// let csv = "user_id,company_id,content_type,received_at,first_open\n66576,-1,email,1734519776,\n";
/// let receipt: MessageReceipt = csv::Reader::from_reader(csv.as_bytes()).deserialize().next().unwrap()?;
/// assert_eq!((receipt.user_id.as_deref(), receipt.company_id), (Some("66576"), None));
/// assert_eq!(receipt.received_at.map(|time| time.as_second()), Some(1_734_519_776));
/// assert_eq!(receipt.first_open, None);
/// # Ok::<(), csv::Error>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(default)]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "a field whose name says it all needs no comment"
)]
pub struct MessageReceipt {
    /// The contact, by the id that Intercom gave it.
    pub user_id: Option<String>,
    /// The id of the contact in your own system.
    pub user_external_id: Option<String>,
    /// The company that the message was sent through, if any.
    #[serde(deserialize_with = "unless_none")]
    pub company_id: Option<String>,
    pub email: Option<String>,
    pub name: Option<String>,
    /// The message.
    pub ruleset_id: Option<String>,
    /// Which of the message's contents it was: in a test of several, each has its own.
    pub content_id: Option<String>,
    /// Such as `email`, `chat` or `post`.
    pub content_type: Option<String>,
    pub content_title: Option<String>,
    /// The version of the message.
    pub ruleset_version_id: Option<String>,
    pub receipt_id: Option<String>,
    pub received_at: Option<Timestamp>,
    /// The series that the message belongs to, if any.
    #[serde(deserialize_with = "unless_none")]
    pub series_id: Option<String>,
    pub series_title: Option<String>,
    /// The block of the series.
    pub node_id: Option<String>,
    pub first_reply: Option<Timestamp>,
    pub first_completion: Option<Timestamp>,
    pub first_series_completion: Option<Timestamp>,
    pub first_series_disengagement: Option<Timestamp>,
    pub first_series_exit: Option<Timestamp>,
    pub first_goal_success: Option<Timestamp>,
    pub first_open: Option<Timestamp>,
    pub first_click: Option<Timestamp>,
    /// Spelt `first_dismisall` by the service.
    #[serde(rename = "first_dismisall")]
    pub first_dismissal: Option<Timestamp>,
    pub first_unsubscribe: Option<Timestamp>,
    pub first_hard_bounce: Option<Timestamp>,
}

/// Reads `-1`, which stands for no value in the CSV, as `None`.
fn unless_none<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let id = Option::<String>::deserialize(deserializer)?;
    Ok(id.filter(|id| id != "-1"))
}
