//! Audiences: whom content is for.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, part, response};
use crate::{AudienceId, ObjectType, Timestamp};

/// A group of people, by rules, for whom content is. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/audiences/audience)
#[apply(response)]
pub struct Audience {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: AudienceId,
    pub name: Option<String>,
    /// All of them must match.
    #[serde(deserialize_with = "null::as_default")]
    pub predicates: Vec<Predicate>,
    /// Whether it is about users, leads or visitors.
    #[serde(deserialize_with = "null::as_default")]
    pub role_predicates: Vec<Predicate>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A rule: how an attribute of a person compares with a value.
#[apply(part)]
pub struct Predicate {
    /// Such as `custom_attributes.plan`, `company.name` or `role`.
    pub attribute: Option<String>,
    /// What the attribute holds, such as `string`, or `role`.
    pub r#type: Option<String>,
    /// Such as `eq` or `contains`.
    pub comparison: Option<String>,
    pub value: Option<String>,
}

impl Predicate {
    /// The text attribute compares so with the value.
    #[must_use]
    pub fn text(
        attribute: impl Into<String>,
        comparison: impl Into<String>,
        value: impl Into<String>,
    ) -> Self {
        Self::new()
            .attribute(attribute)
            .r#type("string")
            .comparison(comparison)
            .value(value)
    }

    /// The person is a `user`, `lead` or `visitor`.
    #[must_use]
    pub fn role(role: impl Into<String>) -> Self {
        Self::new()
            .attribute("role")
            .r#type("role")
            .comparison("eq")
            .value(role)
    }
}

/// An audience to create. From 2.16.
#[apply(body)]
pub struct AudienceCreate {
    pub name: String,
    /// All of them must match.
    pub predicates: Option<Vec<Predicate>>,
    /// Whether it is about users, leads or visitors.
    pub role_predicates: Option<Vec<Predicate>>,
}

/// Changes to an audience. From 2.16.
#[apply(body)]
pub struct AudienceUpdate {
    pub name: Option<String>,
    /// Replaces all rules.
    pub predicates: Option<Vec<Predicate>>,
    /// Whether it is about users, leads or visitors.
    pub role_predicates: Option<Vec<Predicate>>,
}
