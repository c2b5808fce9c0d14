//! What becomes of outbound content.

use macro_rules_attribute::apply;

use crate::companies::Company;
use crate::contacts::Contact;
use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::time;
use crate::{AttributeValue, ObjectId, ObjectType, RulesetId, Timestamp};

/// What a contact did with content that was sent, such as opening an email.
#[apply(response)]
pub struct ContentStatEvent {
    /// Such as `content_stat.email`.
    pub r#type: Option<ObjectType>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at: Option<Timestamp>,
    pub content_stat: Option<ContentStat>,
    pub contact: Option<Box<Contact>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company: Option<Box<Company>>,
    /// The answer to a question of a survey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answer: Option<SurveyAnswer>,
    /// The answers to a survey.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answers: Option<Vec<SurveyAnswer>>,
}

/// The content of a [`ContentStatEvent`], and what happened to it.
#[apply(response)]
pub struct ContentStat {
    pub id: Option<ObjectId>,
    /// Such as `email`.
    pub content_type: Option<String>,
    pub content_id: Option<ObjectId>,
    /// Such as `open` or `click`.
    pub stat_type: Option<String>,
    pub content_title: Option<String>,
    pub ruleset_id: Option<RulesetId>,
    pub ruleset_version_id: Option<ObjectId>,
    pub receipt_id: Option<ObjectId>,
    /// The tags of the content, in a form that is not described.
    #[serde(deserialize_with = "null::as_default")]
    pub tags: Vec<AttributeValue>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series_id: Option<ObjectId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub series_title: Option<String>,
    /// The node of the series.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub node_id: Option<ObjectId>,
}

/// An answer of a contact to a question of a survey.
#[apply(response)]
pub struct SurveyAnswer {
    #[serde(serialize_with = "time::iso8601")]
    pub answered_at: Option<Timestamp>,
    pub question_id: Option<ObjectId>,
    pub question_text: Option<String>,
    /// Its form depends on the kind of question.
    pub response: AttributeValue,
}
