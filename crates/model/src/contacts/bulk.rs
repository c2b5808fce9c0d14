//! Many contacts in one job. In Preview.

use macro_rules_attribute::apply;

use super::Role;
use crate::json::{null, number};
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, BulkTaskId, ContactId, CustomAttributes, JobId, ObjectType, TagId, Timestamp,
};

/// Contacts to create in one job: at most 100. In Preview.
///
/// One that exists, by its `external_id` or its `email`, is refused, even if it is archived;
/// the others are created.
#[apply(body)]
pub struct BulkContactsCreate {
    pub contacts: Vec<BulkContactCreate>,
    /// A job that is still open, to which to add the contacts.
    pub job: Option<JobReference>,
}

/// Contacts to change in one job: at most 100. In Preview.
#[apply(body)]
pub struct BulkContactsUpdate {
    pub contacts: Vec<BulkContactUpdate>,
    /// A job that is still open, to which to add the contacts.
    pub job: Option<JobReference>,
}

/// Contacts to delete in one job: at most 100. In Preview.
#[apply(body)]
pub struct BulkContactsDelete {
    pub contacts: Vec<BulkContactDelete>,
    /// A job that is still open, to which to add the contacts.
    pub job: Option<JobReference>,
}

/// A job, named by its id. An unknown one is refused with 404, one that is closed with 403.
#[apply(part)]
pub struct JobReference {
    pub id: JobId,
}

/// A contact of a bulk job, to be created. In Preview.
#[apply(body)]
pub struct BulkContactCreate {
    pub external_id: Option<String>,
    pub email: Option<String>,
    pub role: Option<Role>,
    pub name: Option<String>,
    /// The phone number with country code; stored in E.164 form.
    pub phone: Option<String>,
    /// The URL of a picture.
    pub avatar: Option<String>,
    pub owner_id: Option<AdminId>,
    pub signed_up_at: Option<Timestamp>,
    pub last_seen_at: Option<Timestamp>,
    pub language_override: Option<String>,
    pub unsubscribed_from_emails: Option<bool>,
    pub custom_attributes: Option<CustomAttributes>,
    pub companies: Option<Vec<BulkContactCompany>>,
    pub tags: Option<BulkContactTags>,
}

/// A company for a contact of a bulk job, which is created if it does not exist. In Preview.
#[apply(part)]
pub struct BulkContactCompany {
    /// The id of the company in your own system.
    pub company_id: String,
    pub name: Option<String>,
}

/// The tags to put on a contact of a bulk job. Those that do not exist are skipped. In Preview.
#[apply(part)]
pub struct BulkContactTags {
    pub add: Option<Vec<TagReference>>,
}

/// A contact of a bulk job, to be changed. Fields that are not set keep their values. In Preview.
#[apply(body)]
pub struct BulkContactUpdate {
    pub id: ContactId,
    pub external_id: Option<String>,
    pub email: Option<String>,
    pub name: Option<String>,
    /// The phone number with country code; stored in E.164 form.
    pub phone: Option<String>,
    /// The URL of a picture.
    pub avatar: Option<String>,
    pub owner_id: Option<AdminId>,
    pub language_override: Option<String>,
    pub unsubscribed_from_emails: Option<bool>,
    /// Attributes that are not named keep their values.
    pub custom_attributes: Option<CustomAttributes>,
    pub companies: Option<Vec<BulkContactCompanyUpdate>>,
    pub tags: Option<BulkContactTagsUpdate>,
}

/// A company for a contact of a bulk job, which is created if it does not exist, or a company to take it
/// out of. In Preview.
#[apply(part)]
pub struct BulkContactCompanyUpdate {
    /// The id of the company in your own system.
    pub company_id: String,
    pub name: Option<String>,
    /// Detaches the company instead.
    pub remove: Option<bool>,
}

/// The tags to put on a contact of a bulk job, and to take off. Those that do not exist are skipped.
/// In Preview.
#[apply(part)]
pub struct BulkContactTagsUpdate {
    pub add: Option<Vec<TagReference>>,
    pub remove: Option<Vec<TagReference>>,
}

/// A tag, named by its id.
#[apply(part)]
pub struct TagReference {
    pub id: TagId,
}

/// A contact of a bulk job, to be deleted. In Preview.
#[apply(body)]
pub struct BulkContactDelete {
    pub id: ContactId,
}

open_enum! {
    /// The progress of a bulk job.
    pub enum BulkJobState {
        Completed = "completed",
        CompletedWithErrors = "completed_with_errors",
        Pending = "pending",
        Running = "running",
    }
}

/// A job that works on many contacts. In Preview.
#[apply(response)]
pub struct ContactsBulkJob {
    pub r#type: Option<ObjectType>,
    pub id: Option<JobId>,
    /// The address at which to see the job.
    pub url: Option<String>,
    pub state: Option<BulkJobState>,
    #[serde(deserialize_with = "null::as_default")]
    pub tasks: Vec<BulkJobTask>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}

/// A part of a bulk job. In Preview.
#[apply(response)]
pub struct BulkJobTask {
    pub id: Option<BulkTaskId>,
    #[serde(deserialize_with = "number::any_form")]
    pub item_count: Option<u64>,
    pub state: Option<BulkJobState>,
    pub created_at: Option<Timestamp>,
    pub started_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}
