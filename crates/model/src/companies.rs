//! Companies: the organisations that contacts belong to.

use macro_rules_attribute::apply;

use crate::macros::response;
use crate::notes::Note;
use crate::segments::Segment;
use crate::tags::Tag;
use crate::{
    CompanyId, CustomAttributes, ObjectType, Pages, PlanId, Timestamp, WorkspaceId, null, number,
};

/// A company. Its times are those of the workspace's own system where their names say so.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/companies/company)
#[apply(response)]
pub struct Company {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: CompanyId,
    /// The id that the workspace gave the company in its own system.
    pub company_id: Option<String>,
    pub app_id: Option<WorkspaceId>,
    pub name: Option<String>,
    pub plan: Option<Plan>,
    /// When the company was created in the workspace's own system.
    pub remote_created_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub last_request_at: Option<Timestamp>,
    /// How many people work there.
    pub size: Option<i64>,
    pub website: Option<String>,
    pub industry: Option<String>,
    /// What the company pays a month, in the workspace's own currency.
    #[serde(serialize_with = "number::shortest")]
    pub monthly_spend: Option<f64>,
    /// How often the company's contacts were seen.
    pub session_count: Option<u64>,
    /// How many contacts the company has.
    pub user_count: Option<u64>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    pub tags: Option<CompanyTags>,
    pub segments: Option<CompanySegments>,
    /// The notes of the company. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<CompanyNotes>,
}

/// The plan that a company is on.
#[apply(response)]
pub struct Plan {
    pub r#type: Option<ObjectType>,
    pub id: Option<PlanId>,
    pub name: Option<String>,
}

/// The tags of a company.
#[apply(response)]
pub struct CompanyTags {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub tags: Vec<Tag>,
}

/// The segments that a company is in.
#[apply(response)]
pub struct CompanySegments {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub segments: Vec<Segment>,
}

/// The first notes of a company, and where to get the others.
#[apply(response)]
pub struct CompanyNotes {
    pub r#type: Option<ObjectType>,
    /// Described as `notes`, sent as `data`.
    #[serde(alias = "notes", deserialize_with = "null::as_default")]
    pub data: Vec<Note>,
    pub url: Option<String>,
    pub total_count: Option<u64>,
    pub has_more: Option<bool>,
}

/// A page of the companies that a contact belongs to.
#[apply(response)]
pub struct ContactCompanies {
    pub r#type: Option<ObjectType>,
    /// Described as `companies`, sent as `data`.
    #[serde(alias = "companies", deserialize_with = "null::as_default")]
    pub data: Vec<Company>,
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}
