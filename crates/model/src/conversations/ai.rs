//! What machines make of a conversation: the agents that answer, and the marks it gets.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, EvaluatorId, MonitorId, ObjectType, ReasonId, ScorecardId, ScorecardVersionId,
    Timestamp, TopicId,
};

open_enum! {
    /// What brought the AI agent into a conversation.
    pub enum AiSourceType {
        EssentialsPlanSetup = "essentials_plan_setup",
        FinPreview = "fin_preview",
        Profile = "profile",
        Workflow = "workflow",
        WorkflowPreview = "workflow_preview",
    }
}

open_enum! {
    /// The kind of the last answer of the AI agent.
    pub enum AiAnswerType {
        AiAnswer = "ai_answer",
        CustomAnswer = "custom_answer",
    }
}

open_enum! {
    /// How a conversation with the AI agent ended.
    pub enum AiResolutionState {
        /// Up to 2.14.
        Abandoned = "abandoned",
        /// The contact left without saying whether it helped.
        AssumedResolution = "assumed_resolution",
        ConfirmedResolution = "confirmed_resolution",
        /// From 2.15.
        Escalated = "escalated",
        /// From 2.15.
        NegativeFeedback = "negative_feedback",
        /// From 2.15.
        ProcedureHandoff = "procedure_handoff",
        /// Up to 2.14.
        RoutedToTeam = "routed_to_team",
    }
}

/// What the AI agent did in a conversation. From 2.11.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-agent/ai_agent)
#[apply(response)]
pub struct AiAgent {
    pub source_type: Option<AiSourceType>,
    pub source_title: Option<String>,
    /// `None` if it gave no answer.
    pub last_answer_type: Option<AiAnswerType>,
    /// `None` if it gave no answer.
    pub resolution_state: Option<AiResolutionState>,
    /// From 1 to 5.
    pub rating: Option<u8>,
    pub rating_remark: Option<String>,
    /// When it was rated. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// When its rating was last changed. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
    pub content_sources: Option<ContentSourceList>,
}

/// What the AI agent took its answers from. From 2.11.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/content_sources_list)
#[apply(response)]
#[items(content_sources)]
pub struct ContentSourceList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    #[serde(deserialize_with = "null::as_default")]
    pub content_sources: Vec<ContentSource>,
}

open_enum! {
    /// What kind of content the AI agent took an answer from.
    pub enum ContentSourceType {
        Article = "article",
        ContentSnippet = "content_snippet",
        ExternalContent = "external_content",
        File = "file",
        WorkflowConnectorAction = "workflow_connector_action",
    }
}

/// Something that the AI agent took an answer from. From 2.11.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content-source/content_source)
#[apply(response)]
pub struct ContentSource {
    pub content_type: Option<ContentSourceType>,
    /// The URL for teammates, relative to the inbox.
    pub url: Option<String>,
    pub title: Option<String>,
    pub locale: Option<String>,
}

/// What a conversation is about, as the AI sees it. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/ai-topics/ai_topics)
#[apply(response)]
pub struct AiTopics {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub topics: Vec<AiTopic>,
}

/// A topic of a conversation. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/ai_topic)
#[apply(response)]
pub struct AiTopic {
    pub r#type: Option<ObjectType>,
    pub topic_name: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub subtopics: Vec<AiSubtopic>,
}

/// A part of a topic. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/ai_subtopic)
#[apply(response)]
pub struct AiSubtopic {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TopicId,
    pub name: Option<String>,
}

open_enum! {
    /// What the sales agent found out about a contact.
    pub enum SalesOutcome {
        Disqualified = "disqualified",
        EscalatedToSupport = "escalated_to_support",
        ProductDiscovery = "product_discovery",
        Qualified = "qualified",
        Spam = "spam",
    }
}

/// What the sales agent did in a conversation. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/sales-agent/sales_agent)
#[apply(response)]
pub struct SalesAgent {
    pub outcome: Option<SalesOutcome>,
    /// Which of the workspace's own outcomes it chose.
    pub routing_outcome: Option<String>,
    /// What it learned, by name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub collected_data: Option<BTreeMap<String, String>>,
}

/// What a monitor found in a conversation. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation_monitor_evaluation)
#[apply(response)]
pub struct MonitorEvaluation {
    #[serde(deserialize_with = "null::as_default")]
    pub monitor_id: MonitorId,
    pub monitor_name: Option<String>,
    pub monitor_type: Option<String>,
    /// Such as `flagged`.
    pub result: Option<String>,
    pub explanation: Option<String>,
    pub evaluated_at: Option<Timestamp>,
}

/// The marks that a conversation got on a scorecard. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation_scorecard)
#[apply(response)]
pub struct Scorecard {
    #[serde(deserialize_with = "null::as_default")]
    pub scorecard_id: ScorecardId,
    pub scorecard_version_id: Option<ScorecardVersionId>,
    pub name: Option<String>,
    /// Such as `human`.
    pub scorecard_type: Option<String>,
    /// `None` until it is scored, as the score is.
    pub passed: Option<bool>,
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub score: Option<f64>,
    /// The score that the AI gave.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub ai_score: Option<f64>,
    pub evaluated_at: Option<Timestamp>,
    pub reviewed_teammate: Option<ReviewedTeammate>,
    #[serde(deserialize_with = "null::as_default")]
    pub evaluators: Vec<ScorecardEvaluator>,
}

open_enum! {
    /// Whose work is marked.
    pub enum ReviewedTeammateType {
        Admin = "admin",
        /// The AI agent, or nobody in particular.
        Ai = "ai",
    }
}

/// Whose work in a conversation is marked. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation_scorecard_reviewed_teammate)
#[apply(response)]
pub struct ReviewedTeammate {
    pub r#type: Option<ReviewedTeammateType>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_id: Option<AdminId>,
}

/// One line of a scorecard. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation_scorecard_evaluator)
#[apply(response)]
pub struct ScorecardEvaluator {
    #[serde(deserialize_with = "null::as_default")]
    pub evaluator_id: EvaluatorId,
    /// `None` until it is scored.
    pub result: Option<ScorecardResult>,
}

/// The mark in one line of a scorecard. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation_scorecard_evaluator_result)
#[apply(response)]
pub struct ScorecardResult {
    /// Such as `pass`.
    pub value: Option<String>,
    /// Who gave it, such as `ai`.
    pub source: Option<String>,
    pub reasoning: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason_ids: Option<Vec<ReasonId>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub other_text: Option<String>,
}
