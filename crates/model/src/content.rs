//! Content of every kind: snippets for AI, and what is searched and changed in bulk.

use macro_rules_attribute::apply;

use crate::macros::{body, part, response};
use crate::open_enum::open_enum;
use crate::{
    AttributeValue, AudienceId, ContentSnippetId, Locale, ObjectId, ObjectType, Patch, SegmentId,
    TagId, Timestamp, null,
};

/// A reusable piece of content with which AI answers. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/content_snippet)
#[apply(response)]
pub struct ContentSnippet {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContentSnippetId,
    pub title: Option<String>,
    pub locale: Option<Locale>,
    /// The text in blocks: objects whose shape no version describes.
    #[serde(deserialize_with = "null::as_default")]
    pub json_blocks: Vec<AttributeValue>,
    /// The text as Markdown.
    pub body_markdown: Option<String>,
    /// 1 where Fin may answer with it, by its older name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub chatbot_availability: Option<i64>,
    /// 1 where Copilot may answer with it, by its older name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub copilot_availability: Option<i64>,
    /// Whether Fin may answer with it.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it.
    pub ai_sales_agent_availability: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// For whom Fin uses it; an empty list is for everybody.
    pub audience_ids: Option<Vec<AudienceId>>,
}

/// A content snippet to create, of blocks or of Markdown. From 2.16.
#[apply(body)]
pub struct ContentSnippetCreate {
    /// Up to 255 characters.
    pub title: String,
    /// The text in blocks, in place of Markdown.
    pub json_blocks: Option<Vec<AttributeValue>>,
    /// The text as Markdown, in place of blocks.
    pub body_markdown: Option<String>,
    /// Without one, English.
    pub locale: Option<Locale>,
    /// For whom Fin uses it; the service wants numbers. One that does not exist is answered with 404.
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it: not by default.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it: not by default.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it: not by default.
    pub ai_sales_agent_availability: Option<bool>,
}

/// What to change about a content snippet. From 2.16.
#[apply(body)]
pub struct ContentSnippetUpdate {
    /// Up to 255 characters.
    pub title: Option<String>,
    /// The text in blocks, in place of Markdown.
    pub json_blocks: Option<Vec<AttributeValue>>,
    /// The text as Markdown, in place of blocks.
    pub body_markdown: Option<String>,
    pub locale: Option<Locale>,
    /// For whom Fin uses it; the service wants numbers. An empty list is for everybody; one that does
    /// not exist is answered with 404.
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it.
    pub ai_sales_agent_availability: Option<bool>,
}

open_enum! {
    /// What kind of content it is.
    pub enum ContentType {
        Article = "article",
        /// An article in one language.
        ArticleContent = "article_content",
        ContentSnippet = "content_snippet",
        ExternalContent = "external_content",
        FileSourceContent = "file_source_content",
        InternalArticle = "internal_article",
    }
}

open_enum! {
    /// What to do with many pieces of content.
    pub enum ContentAction {
        /// Deletes articles in one language, snippets, files and internal articles for good.
        Delete = "delete",
        /// Publishes articles in one language.
        Publish = "publish",
        /// Changes for whom the content is used.
        SetAudience = "set_audience",
        /// Changes which AI may answer with the content.
        SetAvailability = "set_availability",
        /// Makes articles in one language drafts again.
        Unpublish = "unpublish",
        /// Puts tags on the content, or takes them off. Articles are named as a whole.
        UpdateTags = "update_tags",
    }
}

/// What to do with many pieces of content. From 2.16.
#[apply(body)]
pub struct ContentBulkAction {
    pub action: ContentAction,
    /// At most 1,000. Those of a kind that the action does not know are skipped.
    pub content_ids: Vec<ContentReference>,
    /// For [`ContentAction::SetAvailability`].
    pub availability: Option<ContentAvailability>,
    /// For [`ContentAction::SetAudience`].
    pub audience: Option<ContentAudience>,
    /// For [`ContentAction::UpdateTags`].
    pub tags: Option<ContentTags>,
}

/// A piece of content.
#[apply(part)]
pub struct ContentReference {
    pub r#type: ContentType,
    pub id: ObjectId,
}

/// Which AI may answer with the content. What is not set stays as it is.
#[apply(part)]
pub struct ContentAvailability {
    /// Fin.
    pub ai_agent: Option<bool>,
    pub copilot: Option<bool>,
    pub sales_agent: Option<bool>,
}

/// For whom the content is used.
#[apply(part)]
pub struct ContentAudience {
    /// The service wants numbers.
    pub add_segment_ids: Option<Vec<SegmentId>>,
    /// The service wants numbers.
    pub remove_segment_ids: Option<Vec<SegmentId>>,
    /// Removes all segments.
    pub remove_all: Option<bool>,
}

/// Tags to put on the content, and to take off: at most 100, all of which exist.
#[apply(part)]
pub struct ContentTags {
    /// The service wants numbers.
    pub add_tag_ids: Option<Vec<TagId>>,
    /// The service wants numbers.
    pub remove_tag_ids: Option<Vec<TagId>>,
}

open_enum! {
    /// How far a bulk action is.
    pub enum ContentBulkActionStatus {
        /// It will be done; nothing tells when it is.
        Queued = "queued",
    }
}

/// The reply to a bulk action. From 2.16.
#[apply(response)]
pub struct ContentBulkActionQueued {
    pub r#type: Option<ObjectType>,
    pub status: Option<ContentBulkActionStatus>,
}

/// A piece of content that a search finds. From 2.16.
#[apply(response)]
pub struct ContentMatch {
    pub r#type: Option<ContentType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub title: Option<String>,
    /// The article in each of its languages. Only articles have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contents: Option<Vec<ArticleContentMatch>>,
}

/// An article in one language that a search finds. From 2.16.
#[apply(response)]
pub struct ArticleContentMatch {
    pub r#type: Option<ContentType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub title: Option<String>,
    pub locale: Option<Locale>,
}

open_enum! {
    /// Whether content is published.
    pub enum ContentState {
        Draft = "draft",
        Published = "published",
    }
}

open_enum! {
    /// What kind of content to search for.
    pub enum ContentSearchType {
        Article = "article",
        ExternalContent = "external_content",
        FileSourceContent = "file_source_content",
        InternalArticle = "internal_article",
        /// [`ContentType::ContentSnippet`], by the name that searches have for it.
        Snippet = "snippet",
    }
}

open_enum! {
    /// Whether content has one of the tags, or none of them.
    pub enum TagOperator {
        In = "IN",
        NotIn = "NIN",
    }
}

open_enum! {
    /// What a search means by the ids of folders.
    pub enum FolderEntityType {
        Folder = "folder",
    }
}

open_enum! {
    /// Whether something may answer with content.
    pub enum Switch {
        Off = "off",
        On = "on",
    }
}
