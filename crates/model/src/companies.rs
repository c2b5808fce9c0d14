//! Companies: the organisations that contacts belong to.

use macro_rules_attribute::apply;

use crate::contacts::{BulkJobState, BulkJobTask, JobReference};
use crate::json::{null, number};
use crate::notes::Note;
use crate::segments::Segment;
use crate::tags::TagList;
use crate::vocabulary::declare::{body, part, response};
use crate::{
    CompanyId, CustomAttributes, JobId, ObjectType, Pages, PlanId, TagId, Timestamp, WorkspaceId,
};

/// A company. The times whose names begin with `remote_` are those of your own system.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/company)
#[apply(response)]
#[kinds("company")]
pub struct Company {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: CompanyId,
    /// The id of the company in your own system.
    pub company_id: Option<String>,
    pub app_id: Option<WorkspaceId>,
    pub name: Option<String>,
    pub plan: Option<Plan>,
    /// The id of the plan. Sent by webhooks in place of `plan`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub plan_id: Option<PlanId>,
    /// When the company was created in your own system.
    pub remote_created_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_request_at: Option<Timestamp>,
    /// The number of employees.
    #[serde(
        deserialize_with = "number::any_form",
        skip_serializing_if = "Option::is_none"
    )]
    pub size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub industry: Option<String>,
    /// The monthly revenue from the company, in the workspace's own currency.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub monthly_spend: Option<f64>,
    /// The number of sessions of the company's contacts.
    #[serde(deserialize_with = "number::any_form")]
    pub session_count: Option<u64>,
    /// How many contacts the company has.
    #[serde(deserialize_with = "number::any_form")]
    pub user_count: Option<u64>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    pub tags: Option<TagList>,
    /// The ids of the tags. Sent by webhooks in place of `tags`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag_ids: Option<Vec<TagId>>,
    pub segments: Option<CompanySegments>,
    /// The notes of the company. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<CompanyNotes>,
}

/// The plan that a company is on.
#[apply(response)]
pub struct Plan {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    /// `None` if the company is on no plan.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<PlanId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// The segments that a company is in.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/company_attached_segments)
#[apply(response)]
#[items(segments)]
pub struct CompanySegments {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub segments: Vec<Segment>,
}

/// The first notes of a company, and the URL of the complete list.
#[apply(response)]
#[items(data)]
pub struct CompanyNotes {
    pub r#type: Option<ObjectType>,
    /// Documented as `notes`, sent as `data`.
    #[serde(alias = "notes", deserialize_with = "null::as_default")]
    pub data: Vec<Note>,
    pub url: Option<String>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub has_more: Option<bool>,
}

/// A page of the companies that a contact belongs to.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/contact_attached_companies)
#[apply(response)]
#[items(data)]
pub struct ContactCompanies {
    pub r#type: Option<ObjectType>,
    /// Documented as `companies`, sent as `data`.
    #[serde(alias = "companies", deserialize_with = "null::as_default")]
    pub data: Vec<Company>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

/// A page of a scroll over all companies; an empty one is the last.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/company_scroll)
#[apply(response)]
#[items(data)]
pub struct CompanyScroll {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub data: Vec<Company>,
    /// Documented, but always `null` in observed replies.
    pub pages: Option<Pages>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    /// The name of the scroll, to be sent for the next page.
    pub scroll_param: Option<String>,
}

/// A body with what can be said of every company, beside its own fields.
macro_rules! company {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! {
            $(#[$meta])*
            pub struct $Name {
                $($fields)*
                pub name: Option<String>,
                /// The name of the plan that the company is on.
                pub plan: Option<String>,
                /// The number of employees.
                #[serde(deserialize_with = "number::any_form")]
                pub size: Option<i64>,
                /// Any text: it is not checked.
                pub website: Option<String>,
                pub industry: Option<String>,
                /// The monthly revenue from the company, up to 2,147,483,647. The service cuts decimals off.
                #[serde(serialize_with = "number::shortest")]
                #[serde(deserialize_with = "number::any_form")]
                pub monthly_spend: Option<f64>,
                /// Attributes that are not named keep their values.
                pub custom_attributes: Option<CustomAttributes>,
            }
        }
    };
}

/// A company to create, or to update if one with its `company_id` exists.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_or_update_company_request)
#[apply(company)]
pub struct CompanyCreateOrUpdate {
    /// The id of the company in your own system. It never changes.
    pub company_id: Option<String>,
    /// When the company was created in your own system.
    pub remote_created_at: Option<Timestamp>,
    /// Sets the time of the last request to now. From 2.16.
    pub update_last_request_at: Option<bool>,
}

/// Changes to a company. The service describes it from 2.14 to 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_company_request)
#[apply(company)]
pub struct CompanyUpdate {}

/// Companies to create, or to change, in one job: at most 100. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/bulk_create_companies_request)
#[apply(body)]
pub struct BulkCompaniesCreate {
    pub companies: Vec<BulkCompanyCreate>,
    /// A job that is still open, to which to add the companies.
    pub job: Option<JobReference>,
}

/// Companies to change in one job: at most 100. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/bulk_update_companies_request)
#[apply(body)]
pub struct BulkCompaniesUpdate {
    /// One that does not exist fails, and no other.
    pub companies: Vec<BulkCompanyUpdate>,
    /// A job that is still open, to which to add the companies.
    pub job: Option<JobReference>,
}

/// Companies to delete in one job: at most 100. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/bulk_delete_companies_request)
#[apply(body)]
pub struct BulkCompaniesDelete {
    pub companies: Vec<BulkCompanyDelete>,
    /// A job that is still open, to which to add the companies.
    pub job: Option<JobReference>,
}

/// A company of a bulk job, to create, or to update if one with its `company_id` exists. In
/// Preview.
#[apply(company)]
pub struct BulkCompanyCreate {
    /// The id of the company in your own system.
    pub company_id: Option<String>,
    /// When the company was created in your own system.
    pub remote_created_at: Option<Timestamp>,
    /// Sets the time of the last request to now.
    pub update_last_request_at: Option<bool>,
}

/// A company of a bulk job, to be changed. In Preview.
#[apply(company)]
pub struct BulkCompanyUpdate {
    pub id: CompanyId,
    /// When the company was created in your own system.
    pub remote_created_at: Option<Timestamp>,
    /// Sets the time of the last request to now.
    pub update_last_request_at: Option<bool>,
}

/// A company of a bulk job, to be deleted. In Preview.
#[apply(part)]
pub struct BulkCompanyDelete {
    pub id: CompanyId,
}

/// A job that works on many companies. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/companies/companies_bulk_job)
#[apply(response)]
pub struct CompaniesBulkJob {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: JobId,
    /// The URL of the job.
    pub url: Option<String>,
    /// [`BulkJobState::CompletedWithErrors`] if at least one company was refused.
    pub state: Option<BulkJobState>,
    #[serde(deserialize_with = "null::as_default")]
    pub tasks: Vec<BulkJobTask>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
}
