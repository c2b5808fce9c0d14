//! Internal articles: what the workspace writes for itself, and for its AI.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::tags::TagList;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::id;
use crate::{
    AdminId, AudienceId, FolderId, InternalArticleId, Locale, ObjectType, Pages, Patch, Timestamp,
};

/// An article for the workspace itself. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/internal_article)
#[apply(response)]
pub struct InternalArticle {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: InternalArticleId,
    pub title: Option<String>,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_markdown: Option<String>,
    pub owner_id: Option<AdminId>,
    pub author_id: Option<AdminId>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    pub locale: Option<Locale>,
    /// The folder in which it lies. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// For whom Fin uses it; an empty list is for everybody. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub audience_ids: Option<Vec<AudienceId>>,
    /// Whether Fin may answer with it. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ai_sales_agent_availability: Option<bool>,
    /// In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<TagList>,
}

/// An internal article to create. From 2.13.
#[apply(body)]
pub struct InternalArticleCreate {
    pub title: String,
    #[serde(serialize_with = "id::as_number")]
    pub owner_id: AdminId,
    #[serde(serialize_with = "id::as_number")]
    pub author_id: AdminId,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown, in place of HTML. From 2.16.
    pub body_markdown: Option<String>,
    pub locale: Option<Locale>,
    /// The folder to put it in. In Preview.
    #[serde(serialize_with = "id::as_number")]
    pub folder_id: Patch<FolderId>,
    /// The audiences that Fin uses it for. An unknown one is refused with 404. From 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it: not by default. From 2.16.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it: not by default. From 2.16.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it: not by default. From 2.16.
    pub ai_sales_agent_availability: Option<bool>,
}

/// Changes to an internal article. From 2.13.
#[apply(body)]
pub struct InternalArticleUpdate {
    pub title: Option<String>,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown, in place of HTML. From 2.16.
    pub body_markdown: Option<String>,
    #[serde(serialize_with = "id::as_number")]
    pub owner_id: Option<AdminId>,
    #[serde(serialize_with = "id::as_number")]
    pub author_id: Option<AdminId>,
    /// The folder to put it in. In Preview.
    #[serde(serialize_with = "id::as_number")]
    pub folder_id: Patch<FolderId>,
    /// The audiences that Fin uses it for. An empty list means everybody; an unknown one is refused with
    /// 404. From 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it. From 2.16.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it. From 2.16.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it. From 2.16.
    pub ai_sales_agent_availability: Option<bool>,
}

/// A page of the internal articles that a search finds. From 2.13.
#[apply(response)]
pub struct InternalArticleSearchResults {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    #[serde(deserialize_with = "null::as_default")]
    pub data: InternalArticleMatches,
    pub pages: Option<Pages>,
}

/// Internal articles that were found.
#[apply(response)]
pub struct InternalArticleMatches {
    #[serde(deserialize_with = "null::as_default")]
    pub internal_articles: Vec<InternalArticle>,
}
