//! Reporting data export: the numbers behind the reports, as a CSV.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::time;
use crate::{ObjectType, ReportingExportId, Timestamp};

open_enum! {
    /// How far an export is.
    pub enum ReportingExportStatus {
        Complete = "complete",
        Failed = "failed",
        InProgress = "in_progress",
        Pending = "pending",
    }
}

/// An export of a dataset. From 2.14.
#[apply(response)]
pub struct ReportingExport {
    pub job_identifier: Option<ReportingExportId>,
    pub status: Option<ReportingExportStatus>,
    /// The URL of the file; `None` until it is ready.
    #[serde(
        deserialize_with = "null::empty_as_none",
        serialize_with = "null::none_as_empty"
    )]
    pub download_url: Option<String>,
    /// When the download goes away.
    #[serde(
        deserialize_with = "null::empty_as_none",
        serialize_with = "time::digits"
    )]
    pub download_expires_at: Option<Timestamp>,
}

/// A dataset to export. From 2.14.
#[apply(body)]
pub struct ReportingExportCreate {
    /// The [`id`](Dataset::id) of the dataset. From 2.16, `conversation` has all conversations; before,
    /// those to which a user replied.
    pub dataset_id: String,
    /// What to export of it, at least one, by [`qualified_id`](DatasetAttribute::qualified_id) or, up
    /// to 2.15, by [`id`](DatasetAttribute::id).
    pub attribute_ids: Vec<String>,
    /// From when on.
    pub start_time: Timestamp,
    /// Up to when.
    pub end_time: Timestamp,
}

/// What can be exported. From 2.14.
#[apply(response)]
#[items(data)]
pub struct DatasetList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub data: Vec<Dataset>,
}

/// Something that can be exported, such as conversations. From 2.14.
#[apply(response)]
pub struct Dataset {
    pub id: Option<String>,
    pub name: Option<String>,
    pub description: Option<String>,
    /// The attribute that the time of an export is about.
    pub default_time_attribute_id: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub attributes: Vec<DatasetAttribute>,
}

/// A column of a dataset. From 2.14.
#[apply(response)]
pub struct DatasetAttribute {
    /// Several attributes may have one and the same.
    pub id: Option<String>,
    /// The id that no other attribute has. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub qualified_id: Option<String>,
    pub name: Option<String>,
}
