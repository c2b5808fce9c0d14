//! Segments: groups of contacts or companies by rules.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{ObjectType, Pages, SegmentId, Timestamp};

open_enum! {
    /// Whom a segment is made of.
    pub enum PersonType {
        /// Leads.
        Contact = "contact",
        Lead = "lead",
        User = "user",
    }
}

/// A group of contacts or companies that meet its rules.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/segments/segment)
#[apply(response)]
#[kinds("segment")]
pub struct Segment {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: SegmentId,
    pub name: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub person_type: Option<PersonType>,
    /// How many contacts or companies are in it; only with `include_count`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub count: Option<u64>,
}

/// The segments of the workspace.
#[apply(response)]
#[items(segments)]
pub struct SegmentList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub segments: Vec<Segment>,
    /// The position of this page among the others, if the list is paginated.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pages: Option<Pages>,
}
