//! Content of every kind: snippets for AI, and what is searched and changed in bulk.

use macro_rules_attribute::apply;
use serde::{Deserialize, Serialize};

use crate::json::{null, number};
use crate::vocabulary::declare::{body, part, read_tagged, response};
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AttributeValue, AudienceId, ContentSnippetId, Extra, Locale, ObjectId, ObjectType, Patch,
    SegmentId, TagId, Timestamp,
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
    /// 1 if Fin may answer with it. An older name of the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub chatbot_availability: Option<i64>,
    /// 1 if Copilot may answer with it. An older name of the field.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
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
    /// If omitted, English.
    pub locale: Option<Locale>,
    /// The audiences that Fin uses it for. An unknown one is refused with 404.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it: not by default.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it: not by default.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it: not by default.
    pub ai_sales_agent_availability: Option<bool>,
}

/// Changes to a content snippet. From 2.16.
#[apply(body)]
pub struct ContentSnippetUpdate {
    /// Up to 255 characters.
    pub title: Option<String>,
    /// The text in blocks, in place of Markdown.
    pub json_blocks: Option<Vec<AttributeValue>>,
    /// The text as Markdown, in place of blocks.
    pub body_markdown: Option<String>,
    pub locale: Option<Locale>,
    /// The audiences that Fin uses it for. An empty list means everybody; an unknown one is refused with
    /// 404.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it.
    pub ai_sales_agent_availability: Option<bool>,
}

open_enum! {
    /// The kind of content.
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

/// What to do with many pieces of content. From 2.16.
///
/// An action takes up to 1,000 pieces. Those of a kind that it does not know are skipped.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "action", rename_all = "snake_case")]
#[non_exhaustive]
pub enum ContentBulkAction {
    /// Publishes articles in one language.
    Publish(ContentChoice),
    /// Makes articles in one language drafts again.
    Unpublish(ContentChoice),
    /// Deletes articles in one language, snippets, files and internal articles for good.
    Delete(ContentChoice),
    /// Changes which AI may answer with the content.
    SetAvailability(SetContentAvailability),
    /// Changes for whom the content is used.
    SetAudience(SetContentAudience),
    /// Puts tags on the content, or takes them off. Articles are named as a whole.
    UpdateTags(UpdateContentTags),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { ContentBulkAction by "action" {
    "publish" => Publish,
    "unpublish" => Unpublish,
    "delete" => Delete,
    "set_availability" => SetAvailability,
    "set_audience" => SetAudience,
    "update_tags" => UpdateTags,
} }

impl ContentBulkAction {
    /// Publishes articles in one language.
    #[must_use]
    pub fn publish(content: impl Into<Vec<ContentReference>>) -> Self {
        Self::Publish(ContentChoice::new(content))
    }

    /// Makes articles in one language drafts again.
    #[must_use]
    pub fn unpublish(content: impl Into<Vec<ContentReference>>) -> Self {
        Self::Unpublish(ContentChoice::new(content))
    }

    /// Deletes articles in one language, snippets, files and internal articles for good.
    #[must_use]
    pub fn delete(content: impl Into<Vec<ContentReference>>) -> Self {
        Self::Delete(ContentChoice::new(content))
    }

    /// Changes which AI may answer with the content.
    #[must_use]
    pub fn set_availability(
        content: impl Into<Vec<ContentReference>>,
        availability: ContentAvailability,
    ) -> Self {
        Self::SetAvailability(SetContentAvailability::new(content, availability))
    }

    /// Changes for whom the content is used.
    #[must_use]
    pub fn set_audience(
        content: impl Into<Vec<ContentReference>>,
        audience: ContentAudience,
    ) -> Self {
        Self::SetAudience(SetContentAudience::new(content, audience))
    }

    /// Puts tags on the content, or takes them off. Articles are named as a whole.
    #[must_use]
    pub fn update_tags(content: impl Into<Vec<ContentReference>>, tags: ContentTags) -> Self {
        Self::UpdateTags(UpdateContentTags::new(content, tags))
    }
}

/// The content to publish, to make drafts again, or to delete.
#[apply(body)]
pub struct ContentChoice {
    pub content_ids: Vec<ContentReference>,
}

/// The content, and which AI may answer with it.
#[apply(body)]
pub struct SetContentAvailability {
    pub content_ids: Vec<ContentReference>,
    pub availability: ContentAvailability,
}

/// The content, and for whom it is used.
#[apply(body)]
pub struct SetContentAudience {
    pub content_ids: Vec<ContentReference>,
    pub audience: ContentAudience,
}

/// The content, and the tags to put on it and to take off.
#[apply(body)]
pub struct UpdateContentTags {
    pub content_ids: Vec<ContentReference>,
    pub tags: ContentTags,
}

/// A piece of content.
#[apply(part)]
pub struct ContentReference {
    pub r#type: ContentType,
    pub id: ObjectId,
}

/// Which AI may answer with the content. Fields that are not set keep their values.
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
    #[serde(serialize_with = "id::as_number")]
    pub add_segment_ids: Option<Vec<SegmentId>>,
    #[serde(serialize_with = "id::as_number")]
    pub remove_segment_ids: Option<Vec<SegmentId>>,
    /// Removes all segments.
    pub remove_all: Option<bool>,
}

/// Tags to put on the content, and to take off: at most 100, all of which exist.
#[apply(part)]
pub struct ContentTags {
    #[serde(serialize_with = "id::as_number")]
    pub add_tag_ids: Option<Vec<TagId>>,
    #[serde(serialize_with = "id::as_number")]
    pub remove_tag_ids: Option<Vec<TagId>>,
}

open_enum! {
    /// The progress of a bulk action.
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
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/content_search_result)
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(from = "wire::ContentMatch", into = "wire::ContentMatch")]
#[non_exhaustive]
pub enum ContentMatch {
    /// An article of the Help Center, in its languages.
    Article(ArticleItemMatch),
    /// Content of any other kind.
    Other(ContentItemMatch),
}

/// An article that a search for content finds. From 2.16.
#[apply(response)]
pub struct ArticleItemMatch {
    pub r#type: Option<ContentType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub title: Option<String>,
    /// The article in each of its languages.
    #[serde(deserialize_with = "null::as_default")]
    pub contents: Vec<ArticleContentMatch>,
}

/// Content that has one language, or none, and that a search finds. From 2.16.
#[apply(response)]
pub struct ContentItemMatch {
    pub r#type: Option<ContentType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub title: Option<String>,
}

/// All fields in one object, as they are sent.
#[allow(unreachable_pub, reason = "the macro makes types public")]
mod wire {
    use super::{ArticleContentMatch, ContentType, ObjectId, apply, null, response};

    #[apply(response)]
    pub struct ContentMatch {
        pub r#type: Option<ContentType>,
        #[serde(deserialize_with = "null::as_default")]
        pub id: ObjectId,
        pub title: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        pub contents: Option<Vec<ArticleContentMatch>>,
    }
}

impl From<wire::ContentMatch> for ContentMatch {
    fn from(found: wire::ContentMatch) -> Self {
        let wire::ContentMatch {
            r#type,
            id,
            title,
            contents,
        } = found;
        if contents.is_some() || r#type == Some(ContentType::Article) {
            Self::Article(ArticleItemMatch {
                r#type,
                id,
                title,
                contents: contents.unwrap_or_default(),
            })
        } else {
            Self::Other(ContentItemMatch { r#type, id, title })
        }
    }
}

impl From<ContentMatch> for wire::ContentMatch {
    fn from(found: ContentMatch) -> Self {
        match found {
            ContentMatch::Article(article) => Self {
                r#type: article.r#type,
                id: article.id,
                title: article.title,
                contents: Some(article.contents),
            },
            ContentMatch::Other(item) => Self {
                r#type: item.r#type,
                id: item.id,
                title: item.title,
                contents: None,
            },
        }
    }
}

#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for ContentMatch {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        any::<wire::ContentMatch>().prop_map(Self::from).boxed()
    }
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
    /// Whether an AI may answer with content.
    pub enum AiState {
        Off = "off",
        On = "on",
    }
}
