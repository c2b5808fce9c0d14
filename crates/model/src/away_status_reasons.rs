//! Away status reasons: what admins can give as the reason for being away.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::{AwayStatusReasonId, ObjectType, Timestamp};

/// A reason for being away, which admins can choose. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/away_status_reason)
#[apply(response)]
pub struct AwayStatusReason {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: AwayStatusReasonId,
    pub label: Option<String>,
    pub emoji: Option<String>,
    /// Its place among the reasons.
    #[serde(deserialize_with = "number::any_form")]
    pub order: Option<i64>,
    /// Whether it cannot be chosen any more.
    pub deleted: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}
