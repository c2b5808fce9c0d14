//! The fields that conversations can be searched by. Times are compared to the second.

use super::field::search_fields;
use super::{Attribute, Boolean, Date, Field, Integer, Scope, Sortable, Text};

/// Searches for conversations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Conversations {}

impl Scope for Conversations {}
impl Sortable for Conversations {}

search_fields! {
    Conversations;
    ID: Text = "id";
    CREATED_AT: Date = "created_at";
    UPDATED_AT: Date = "updated_at";
    SOURCE_TYPE: Text = "source.type";
    SOURCE_ID: Text = "source.id";
    SOURCE_DELIVERED_AS: Text = "source.delivered_as";
    SOURCE_SUBJECT: Text = "source.subject";
    /// Compared word by word: a phrase is found by none of the operators.
    SOURCE_BODY: Text = "source.body";
    SOURCE_AUTHOR_ID: Text = "source.author.id";
    SOURCE_AUTHOR_TYPE: Text = "source.author.type";
    SOURCE_AUTHOR_NAME: Text = "source.author.name";
    SOURCE_AUTHOR_EMAIL: Text = "source.author.email";
    SOURCE_URL: Text = "source.url";
    CONTACT_IDS: Text = "contact_ids";
    TEAMMATE_IDS: Text = "teammate_ids";
    ADMIN_ASSIGNEE_ID: Integer = "admin_assignee_id";
    TEAM_ASSIGNEE_ID: Integer = "team_assignee_id";
    CHANNEL_INITIATED: Text = "channel_initiated";
    OPEN: Boolean = "open";
    READ: Boolean = "read";
    STATE: Text = "state";
    WAITING_SINCE: Date = "waiting_since";
    SNOOZED_UNTIL: Date = "snoozed_until";
    TAG_IDS: Text = "tag_ids";
    PRIORITY: Text = "priority";
    STATISTICS_TIME_TO_ASSIGNMENT: Integer = "statistics.time_to_assignment";
    STATISTICS_TIME_TO_ADMIN_REPLY: Integer = "statistics.time_to_admin_reply";
    STATISTICS_TIME_TO_FIRST_CLOSE: Integer = "statistics.time_to_first_close";
    STATISTICS_TIME_TO_LAST_CLOSE: Integer = "statistics.time_to_last_close";
    STATISTICS_MEDIAN_TIME_TO_REPLY: Integer = "statistics.median_time_to_reply";
    STATISTICS_FIRST_CONTACT_REPLY_AT: Date = "statistics.first_contact_reply_at";
    STATISTICS_FIRST_ASSIGNMENT_AT: Date = "statistics.first_assignment_at";
    STATISTICS_FIRST_ADMIN_REPLY_AT: Date = "statistics.first_admin_reply_at";
    STATISTICS_FIRST_CLOSE_AT: Date = "statistics.first_close_at";
    STATISTICS_LAST_ASSIGNMENT_AT: Date = "statistics.last_assignment_at";
    STATISTICS_LAST_ASSIGNMENT_ADMIN_REPLY_AT: Date = "statistics.last_assignment_admin_reply_at";
    STATISTICS_LAST_CONTACT_REPLY_AT: Date = "statistics.last_contact_reply_at";
    STATISTICS_LAST_ADMIN_REPLY_AT: Date = "statistics.last_admin_reply_at";
    STATISTICS_LAST_CLOSE_AT: Date = "statistics.last_close_at";
    STATISTICS_LAST_CLOSED_BY_ID: Text = "statistics.last_closed_by_id";
    STATISTICS_COUNT_REOPENS: Integer = "statistics.count_reopens";
    STATISTICS_COUNT_ASSIGNMENTS: Integer = "statistics.count_assignments";
    STATISTICS_COUNT_CONVERSATION_PARTS: Integer = "statistics.count_conversation_parts";
    CONVERSATION_RATING_REQUESTED_AT: Date = "conversation_rating.requested_at";
    CONVERSATION_RATING_REPLIED_AT: Date = "conversation_rating.replied_at";
    CONVERSATION_RATING_SCORE: Integer = "conversation_rating.score";
    CONVERSATION_RATING_REMARK: Text = "conversation_rating.remark";
    CONVERSATION_RATING_CONTACT_ID: Text = "conversation_rating.contact_id";
    /// Spelt `conversation_rating.admin_d` by the service.
    CONVERSATION_RATING_ADMIN_ID: Text = "conversation_rating.admin_d";
    AI_AGENT_PARTICIPATED: Boolean = "ai_agent_participated";
    AI_AGENT_RESOLUTION_STATE: Text = "ai_agent.resolution_state";
    AI_AGENT_LAST_ANSWER_TYPE: Text = "ai_agent.last_answer_type";
    AI_AGENT_RATING: Integer = "ai_agent.rating";
    AI_AGENT_RATING_REMARK: Text = "ai_agent.rating_remark";
    AI_AGENT_SOURCE_TYPE: Text = "ai_agent.source_type";
    AI_AGENT_SOURCE_TITLE: Text = "ai_agent.source_title";
}

/// Returns the field of a custom attribute. The service documents searches by custom attributes for
/// contacts and companies only, but takes them for conversations.
#[must_use]
pub fn custom_attribute(name: &str) -> Field<Conversations, Attribute> {
    Field::named(format!("custom_attributes.{name}"))
}
