//! What can be counted of a conversation, and how it stands with its SLA.

use macro_rules_attribute::apply;

use crate::json::number;

use super::SourceType;
use crate::contacts::ContactReference;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{AdminId, ObjectType, Reference, TeamId, Timestamp};

/// The first message that a contact wrote.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_first_contact_reply)
#[apply(response)]
pub struct FirstContactReply {
    pub created_at: Option<Timestamp>,
    pub r#type: Option<SourceType>,
    /// The page on which it was written.
    pub url: Option<String>,
}

/// How content a contact was.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_rating)
#[apply(response)]
pub struct ConversationRating {
    /// From 1 to 5.
    pub rating: Option<u8>,
    pub remark: Option<String>,
    /// When the contact was asked.
    pub created_at: Option<Timestamp>,
    /// From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    pub contact: Option<ContactReference>,
    pub teammate: Option<Reference>,
}

/// What can be counted of a conversation. Durations are in seconds; what did not happen is `None`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_statistics)
#[apply(response)]
pub struct ConversationStatistics {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "number::any_form")]
    pub time_to_assignment: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub time_to_admin_reply: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub time_to_first_close: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub time_to_last_close: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub median_time_to_reply: Option<u64>,
    pub first_contact_reply_at: Option<Timestamp>,
    pub first_assignment_at: Option<Timestamp>,
    pub first_admin_reply_at: Option<Timestamp>,
    pub first_close_at: Option<Timestamp>,
    pub last_assignment_at: Option<Timestamp>,
    pub last_assignment_admin_reply_at: Option<Timestamp>,
    pub last_contact_reply_at: Option<Timestamp>,
    pub last_admin_reply_at: Option<Timestamp>,
    pub last_close_at: Option<Timestamp>,
    pub last_closed_by_id: Option<AdminId>,
    #[serde(deserialize_with = "number::any_form")]
    pub count_reopens: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub count_assignments: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub count_conversation_parts: Option<u64>,
    /// From 2.12.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_team_first_response_time: Option<Vec<TeamResponseTime>>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_team_first_response_time_in_office_hours: Option<Vec<TeamResponseTime>>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub handling_time: Option<u64>,
    /// Excludes the time in which nobody worked on it. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub adjusted_handling_time: Option<u64>,
}

/// How long a team took for its first response. From 2.12.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_response_time)
#[apply(response)]
pub struct TeamResponseTime {
    pub team_id: Option<TeamId>,
    pub team_name: Option<String>,
    /// In seconds.
    #[serde(deserialize_with = "number::any_form")]
    pub response_time: Option<u64>,
}

open_enum! {
    /// How it stands with an SLA, or with one of its targets.
    pub enum SlaStatus {
        /// Applied, and not yet met.
        Active = "active",
        /// Spelt so in events.
        Canceled = "canceled",
        /// Spelt so on conversations.
        Cancelled = "cancelled",
        Hit = "hit",
        /// Told when a teammate replies, and not when the time is over.
        Missed = "missed",
        Paused = "paused",
    }
}

/// The SLA of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/sla_applied)
#[apply(response)]
pub struct SlaApplied {
    pub r#type: Option<ObjectType>,
    pub sla_name: Option<String>,
    pub sla_status: Option<SlaStatus>,
}
