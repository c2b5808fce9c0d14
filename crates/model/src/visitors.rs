//! Visitors: people on a website who are not yet known.

use macro_rules_attribute::apply;
use serde::{Deserialize, Serialize};

use crate::companies::Company;
use crate::contacts::Role;
use crate::json::object::object;
use crate::json::{null, number};
use crate::tags::TagList;
use crate::vocabulary::declare::{body, part, response};
use crate::{
    AdminId, Avatar, ContactId, CustomAttributes, ObjectType, SegmentId, Timestamp, VisitorId,
    WorkspaceId,
};

/// Somebody on a website who is not yet known.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/visitor)
#[apply(response)]
#[kinds("visitor", "lead", "user", "contact")]
pub struct Visitor {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: VisitorId,
    /// The id that the Messenger made up for the visitor, by which the visitor is found.
    pub user_id: Option<String>,
    pub anonymous: Option<bool>,
    /// Empty while it is not known.
    pub email: Option<String>,
    pub phone: Option<String>,
    pub name: Option<String>,
    /// A name that was made up, such as `Violet Suitcase`.
    pub pseudonym: Option<String>,
    pub avatar: Option<Avatar>,
    pub app_id: Option<WorkspaceId>,
    pub companies: Option<VisitorCompanies>,
    pub location_data: Option<VisitorLocation>,
    /// Documented as `las_request_at`, sent as `last_request_at`.
    #[serde(alias = "las_request_at")]
    pub last_request_at: Option<Timestamp>,
    pub created_at: Option<Timestamp>,
    pub remote_created_at: Option<Timestamp>,
    pub signed_up_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// The number of sessions of the visitor.
    #[serde(deserialize_with = "number::any_form")]
    pub session_count: Option<u64>,
    pub social_profiles: Option<VisitorSocialProfiles>,
    /// The admin who owns the visitor.
    pub owner_id: Option<AdminId>,
    pub unsubscribed_from_emails: Option<bool>,
    pub marked_email_as_spam: Option<bool>,
    /// Whether an email to the visitor was refused for good.
    pub has_hard_bounced: Option<bool>,
    pub tags: Option<TagList>,
    pub segments: Option<VisitorSegments>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    /// The page from which the visitor came.
    pub referrer: Option<String>,
    pub utm_campaign: Option<String>,
    pub utm_content: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_source: Option<String>,
    pub utm_term: Option<String>,
    /// Whether the browser asks not to be tracked.
    pub do_not_track: Option<bool>,
}

impl Visitor {
    /// Returns the admin who owns the visitor. The service writes `0` as well as `null` for nobody.
    #[must_use]
    pub fn owner(&self) -> Option<&AdminId> {
        let id = self.owner_id.as_ref();
        id.filter(|id| !id.is_nobody())
    }
}

/// The companies of a visitor.
#[apply(response)]
#[items(companies)]
pub struct VisitorCompanies {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub companies: Vec<Company>,
}

/// The last known location of a visitor, by IP address.
#[apply(response)]
pub struct VisitorLocation {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub city_name: Option<String>,
    /// Two letters, such as `EU`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub continent_code: Option<String>,
    /// Three letters, by ISO 3166.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub country_name: Option<String>,
    /// Only in webhooks.
    #[serde(
        deserialize_with = "number::any_form",
        skip_serializing_if = "Option::is_none"
    )]
    pub latitude: Option<f64>,
    /// Only in webhooks.
    #[serde(
        deserialize_with = "number::any_form",
        skip_serializing_if = "Option::is_none"
    )]
    pub longitude: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub postal_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region_name: Option<String>,
    /// By the names of the IANA.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timezone: Option<String>,
}

/// The social profiles of a visitor.
#[apply(response)]
#[items(social_profiles)]
pub struct VisitorSocialProfiles {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub social_profiles: Vec<String>,
}

/// The segments that a visitor is in.
#[apply(response)]
#[items(segments)]
pub struct VisitorSegments {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub segments: Vec<SegmentId>,
}

/// Which visitor is meant, by either id.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum VisitorKey {
    /// The id that Intercom gave the visitor.
    Id(VisitorId),
    /// The id that the Messenger made up for the visitor.
    UserId(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"user_id\")")
        )]
        String,
    ),
}

impl VisitorKey {
    /// The visitor with this id of Intercom's.
    #[must_use]
    pub fn id(id: impl Into<VisitorId>) -> Self {
        Self::Id(id.into())
    }

    /// The visitor with this id of the Messenger's.
    #[must_use]
    pub fn user_id(user_id: impl Into<String>) -> Self {
        Self::UserId(user_id.into())
    }
}

/// Changes to a visitor.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_visitor_request)
#[apply(body)]
pub struct VisitorUpdate {
    #[serde(flatten)]
    pub visitor: VisitorKey,
    pub name: Option<String>,
    /// Attributes that are not named keep their values.
    pub custom_attributes: Option<CustomAttributes>,
}

/// Which visitor becomes which contact.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/convert_visitor_request)
#[apply(body)]
pub struct VisitorConvert {
    /// Whether the contact is a user or a lead.
    pub r#type: Role,
    /// The contact: one that exists is merged with the visitor.
    pub user: ConvertInto,
    pub visitor: ConvertFrom,
}

/// The contact that a visitor becomes, by its [`id`](Self::id), its [`user_id`](Self::user_id) or its
/// [`email`](Self::email).
#[apply(part)]
pub struct ConvertInto {
    pub id: Option<ContactId>,
    /// The id that the workspace gives the contact, its `external_id`.
    pub user_id: Option<String>,
    /// If omitted, the contact keeps its own.
    pub email: Option<String>,
}

/// The visitor who becomes a contact, by either id or the email; more than one may be named.
#[apply(object)]
#[derive(Debug, Clone, PartialEq)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "a field whose name says it all needs no comment"
)]
pub struct ConvertFrom {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<VisitorId>,
    /// The id that the Messenger made up for the visitor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

impl ConvertFrom {
    const NOBODY: Self = Self {
        id: None,
        user_id: None,
        email: None,
    };

    /// The visitor with this id of Intercom's.
    #[must_use]
    pub fn id(id: impl Into<VisitorId>) -> Self {
        Self {
            id: Some(id.into()),
            ..Self::NOBODY
        }
    }

    /// The visitor with this id of the Messenger's.
    #[must_use]
    pub fn user_id(user_id: impl Into<String>) -> Self {
        Self {
            user_id: Some(user_id.into()),
            ..Self::NOBODY
        }
    }

    /// The visitor with this email.
    #[must_use]
    pub fn email(email: impl Into<String>) -> Self {
        Self {
            email: Some(email.into()),
            ..Self::NOBODY
        }
    }
}

/// The reply to the deletion of a visitor.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/visitor_deleted_object)
#[apply(response)]
pub struct VisitorDeleted {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: VisitorId,
    /// The id that the Messenger made up for the visitor.
    pub user_id: Option<String>,
}
