//! Users and leads as the versions 1.x have them, which some topics still send.

use macro_rules_attribute::apply;

use crate::admins::Admin;
use crate::companies::Company;
use crate::contacts::SocialProfile;
use crate::json::{null, number};
use crate::segments::SegmentList;
use crate::tags::{Tag, TagList};
use crate::visitors::VisitorLocation;
use crate::vocabulary::declare::response;
use crate::vocabulary::time;
use crate::{
    AdminId, AttributeValue, Avatar, ContactId, CustomAttributes, ObjectType, Timestamp,
    WorkspaceId,
};

/// A user or a lead in the form of the versions 1.x.
#[apply(response)]
pub struct LegacyUser {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContactId,
    /// The id of the user in your own system. For a lead, a UUID.
    pub user_id: Option<String>,
    /// Whether it is a lead.
    pub anonymous: Option<bool>,
    pub email: Option<String>,
    pub phone: Option<String>,
    pub name: Option<String>,
    /// A made-up name, such as `Violet Suitcase`, for somebody without a name.
    pub pseudonym: Option<String>,
    pub avatar: Option<Avatar>,
    pub app_id: Option<WorkspaceId>,
    pub companies: Option<LegacyCompanies>,
    pub location_data: Option<VisitorLocation>,
    #[serde(serialize_with = "time::iso8601")]
    pub last_request_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub remote_created_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub signed_up_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub updated_at: Option<Timestamp>,
    #[serde(deserialize_with = "number::any_form")]
    pub session_count: Option<u64>,
    pub social_profiles: Option<LegacySocialProfiles>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner_id: Option<AdminId>,
    pub unsubscribed_from_emails: Option<bool>,
    pub marked_email_as_spam: Option<bool>,
    /// Whether an email to the user was refused for good.
    pub has_hard_bounced: Option<bool>,
    pub tags: Option<TagList>,
    pub segments: Option<SegmentList>,
    #[serde(deserialize_with = "null::as_default")]
    pub custom_attributes: CustomAttributes,
    /// The page from which the user came.
    pub referrer: Option<String>,
    pub utm_campaign: Option<String>,
    pub utm_content: Option<String>,
    pub utm_medium: Option<String>,
    pub utm_source: Option<String>,
    pub utm_term: Option<String>,
    /// Whether the browser asks not to be tracked.
    pub do_not_track: Option<bool>,
    pub last_seen_ip: Option<String>,
    pub user_agent_data: AttributeValue,
}

/// The companies of a [`LegacyUser`].
#[apply(response)]
#[items(companies)]
pub struct LegacyCompanies {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub companies: Vec<Company>,
}

/// The social profiles of a [`LegacyUser`].
#[apply(response)]
#[items(social_profiles)]
pub struct LegacySocialProfiles {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub social_profiles: Vec<SocialProfile>,
}

/// The ids of a user that was deleted, in the form of the versions 1.x.
#[apply(response)]
pub struct LegacyUserDeleted {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContactId,
    pub user_id: Option<String>,
    pub email: Option<String>,
}

/// A tag that was added to a user or removed from it, in the form of the versions 1.x.
#[apply(response)]
pub struct LegacyUserTag {
    pub r#type: Option<ObjectType>,
    /// The user. For a lead, see `contact`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<Box<LegacyUser>>,
    /// The lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact: Option<Box<LegacyUser>>,
    pub tag: Option<Tag>,
    pub created_at: Option<Timestamp>,
    /// Sent without fields that identify the admin.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin: Option<Admin>,
}
