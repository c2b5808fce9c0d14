//! Jobs: what the service does in its own time.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{JobId, ObjectId, ObjectType};

open_enum! {
    /// How far a job is.
    pub enum JobStatus {
        Failed = "failed",
        Pending = "pending",
        Success = "success",
    }
}

/// Something that the service does in its own time, such as creating a ticket. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/jobs/jobs)
#[apply(response)]
pub struct Job {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: JobId,
    /// The URL of the job.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    pub status: Option<JobStatus>,
    /// What it creates.
    pub resource_type: Option<ObjectType>,
    /// What it created, once it did.
    pub resource_id: Option<ObjectId>,
    /// The URL of what it created, once it has.
    pub resource_url: Option<String>,
}
