//! Articles: what customers read in the Help Center.

use macro_rules_attribute::apply;

use crate::json::{null, number};
use crate::tags::TagList;
use crate::vocabulary::declare::{body, response};
use crate::vocabulary::open_enum::open_enum;
use crate::vocabulary::{id, time};
use crate::{
    AdminId, ArticleId, ArticleVersionId, AudienceId, CollectionId, FolderId, Locale, ObjectId,
    ObjectType, Pages, Patch, Timestamp, Translations, WorkspaceId,
};

open_enum! {
    /// Whether customers can read an article.
    pub enum ArticleState {
        Draft = "draft",
        Published = "published",
    }
}

open_enum! {
    /// In what an article lies.
    pub enum ArticleParent {
        Collection = "collection",
        /// Up to 2.9.
        Section = "section",
    }
}

open_enum! {
    /// Who can read an article in the Help Center.
    pub enum HelpCenterAudience {
        AllLeads = "all_leads",
        AllUsers = "all_users",
        AllVisitors = "all_visitors",
        AllVisitorsAndLeads = "all_visitors_and_leads",
        Everyone = "everyone",
        /// By rules of the workspace's own.
        Restricted = "restricted",
    }
}

/// An article. If it has several languages, its own fields are those of the default language.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/article)
#[apply(response)]
#[kinds("article")]
pub struct Article {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ArticleId,
    pub workspace_id: Option<WorkspaceId>,
    /// Sent without being documented.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content_id: Option<ObjectId>,
    pub title: Option<String>,
    pub description: Option<String>,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_markdown: Option<String>,
    pub author_id: Option<AdminId>,
    pub state: Option<ArticleState>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// The public URL; `None` for a draft.
    pub url: Option<String>,
    /// The collection or section in which it lies. Up to 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_id: Option<ObjectId>,
    /// What `parent_id` names. Up to 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent_type: Option<ArticleParent>,
    /// The collections in which it lies; up to 2.9, sections too.
    #[serde(deserialize_with = "null::as_default")]
    pub parent_ids: Vec<CollectionId>,
    /// Only if the Help Center has several languages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default_locale: Option<Locale>,
    /// The content in every language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translated_content: Option<Translations<ArticleContent>>,
    /// How it is read and what it is good for. Only single articles have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statistics: Option<ArticleStatistics>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<TagList>,
    /// The folder in which it lies. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub folder_id: Option<FolderId>,
    /// The audiences that Fin shows it to, if the Help Center has one language. From 2.16.
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
    /// From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_by_id: Option<AdminId>,
    /// From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_by_id: Option<AdminId>,
    /// Whether Fin leaves it out when it suggests articles. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclude_from_article_suggestions: Option<bool>,
    /// From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help_center_audience: Option<HelpCenterAudience>,
    /// When it will be published. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_publish_at: Option<Timestamp>,
    /// When it will become a draft again. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub scheduled_unpublish_at: Option<Timestamp>,
    /// Whether a draft is staged on top of what is published. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub has_unpublished_changes: Option<bool>,
    /// When the staged draft was last changed. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub draft_updated_at: Option<Timestamp>,
}

/// The content of an article in one language.
#[apply(body)]
pub struct ArticleContent {
    /// Read only.
    pub r#type: Option<ObjectType>,
    pub title: Option<String>,
    pub description: Option<String>,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown, in place of HTML. From 2.16.
    pub body_markdown: Patch<String>,
    #[serde(serialize_with = "id::as_number")]
    pub author_id: Option<AdminId>,
    pub state: Option<ArticleState>,
    /// Read only, as are the other times.
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// The public URL. Read only.
    pub url: Option<String>,
    /// The audiences to which Fin shows it. Those of the article take precedence. From 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it. From 2.16.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it. From 2.16.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it. From 2.16.
    pub ai_sales_agent_availability: Option<bool>,
    /// Read only. From 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub created_by_id: Option<AdminId>,
    /// Read only. From 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub updated_by_id: Option<AdminId>,
    /// Whether a draft is staged on top of what is published. Read only. From 2.16.
    pub has_unpublished_changes: Option<bool>,
    /// When the staged draft was last changed. Read only. From 2.16.
    pub draft_updated_at: Option<Timestamp>,
}

/// How an article is read.
#[apply(response)]
pub struct ArticleStatistics {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "number::any_form")]
    pub views: Option<u64>,
    /// How many conversations began at the article. Documented as `conversions`, sent as
    /// `conversations`.
    #[serde(alias = "conversions")]
    #[serde(deserialize_with = "number::any_form")]
    pub conversations: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub reactions: Option<u64>,
    /// Out of 100.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub happy_reaction_percentage: Option<f64>,
    /// Out of 100.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub neutral_reaction_percentage: Option<f64>,
    /// Out of 100.
    #[serde(serialize_with = "number::shortest")]
    #[serde(deserialize_with = "number::any_form")]
    pub sad_reaction_percentage: Option<f64>,
    /// In how many conversations Fin used the article, in any language. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub fin_involvements: Option<u64>,
    /// How many of them Fin resolved. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(deserialize_with = "number::any_form")]
    pub fin_resolutions: Option<u64>,
    /// The same out of 100. From 2.16.
    #[serde(
        serialize_with = "number::shortest",
        skip_serializing_if = "Option::is_none"
    )]
    #[serde(deserialize_with = "number::any_form")]
    pub fin_resolution_rate: Option<f64>,
}

/// An article to create.
#[apply(body)]
pub struct ArticleCreate {
    pub title: String,
    /// An admin of the workspace.
    #[serde(serialize_with = "id::as_number")]
    pub author_id: AdminId,
    pub description: Option<String>,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown, in place of HTML. From 2.16.
    pub body_markdown: Option<String>,
    /// A draft if omitted.
    pub state: Option<ArticleState>,
    /// The collection or section to put it in.
    #[serde(serialize_with = "id::as_number")]
    pub parent_id: Option<ObjectId>,
    /// What `parent_id` names.
    pub parent_type: Option<ArticleParent>,
    /// The collections to put it in. Overrides `parent_id`. In Preview.
    #[serde(serialize_with = "id::as_number")]
    pub parent_ids: Option<Vec<CollectionId>>,
    pub translated_content: Patch<Translations<ArticleContent>>,
    /// The folder to put it in. In Preview.
    #[serde(serialize_with = "id::as_number")]
    pub folder_id: Patch<FolderId>,
    /// The audiences that Fin shows it to, in every language. An unknown one is refused with 404. From
    /// 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it. From 2.16.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it. From 2.16.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it. From 2.16.
    pub ai_sales_agent_availability: Option<bool>,
    /// When to publish it, with the state [`ArticleState::Published`]. A time that is past, the state
    /// [`ArticleState::Draft`], and `scheduled_unpublish_at` beside it are refused with 400. From 2.16.
    #[serde(serialize_with = "time::iso8601")]
    pub scheduled_publish_at: Patch<Timestamp>,
    /// When to make it a draft again. A time that is past, and an article that is not published, are
    /// refused with 400. From 2.16.
    #[serde(serialize_with = "time::iso8601")]
    pub scheduled_unpublish_at: Patch<Timestamp>,
}

/// Changes to an article.
#[apply(body)]
pub struct ArticleUpdate {
    pub title: Option<String>,
    pub description: Option<String>,
    /// As HTML.
    pub body: Option<String>,
    /// The body as Markdown, in place of HTML. From 2.16.
    pub body_markdown: Option<String>,
    /// An admin of the workspace.
    #[serde(serialize_with = "id::as_number")]
    pub author_id: Option<AdminId>,
    /// Left out, it stays, and what else is changed about a published article goes live at once, unless it
    /// has a draft or is to be published later. `articles::StageDraft` changes the draft alone.
    pub state: Option<ArticleState>,
    /// The collection or section to put it in.
    #[serde(serialize_with = "id::as_text")]
    pub parent_id: Option<ObjectId>,
    /// What `parent_id` names.
    pub parent_type: Option<ArticleParent>,
    /// The collections to put it in. Overrides `parent_id`. In Preview.
    #[serde(serialize_with = "id::as_number")]
    pub parent_ids: Option<Vec<CollectionId>>,
    /// Languages that are not named keep their content.
    pub translated_content: Patch<Translations<ArticleContent>>,
    /// The folder to put it in. In Preview.
    #[serde(serialize_with = "id::as_number")]
    pub folder_id: Patch<FolderId>,
    /// The audiences that Fin shows it to, in every language. An empty list means everybody; one that does not exist
    /// is refused with 404. From 2.16.
    #[serde(serialize_with = "id::as_number")]
    pub audience_ids: Patch<Vec<AudienceId>>,
    /// Whether Fin may answer with it. From 2.16.
    pub ai_chatbot_availability: Option<bool>,
    /// Whether Copilot may answer with it. From 2.16.
    pub ai_copilot_availability: Option<bool>,
    /// Whether the sales agent may answer with it. From 2.16.
    pub ai_sales_agent_availability: Option<bool>,
    /// When to publish it, with the state [`ArticleState::Published`]; cleared, it is not. A time that is
    /// past, the state [`ArticleState::Draft`], and `scheduled_unpublish_at` beside it are refused with
    /// 400. From 2.16.
    #[serde(serialize_with = "time::iso8601")]
    pub scheduled_publish_at: Patch<Timestamp>,
    /// When to make it a draft again; cleared, it stays. A time that is past, and an article that was
    /// never published, are refused with 400. From 2.16.
    #[serde(serialize_with = "time::iso8601")]
    pub scheduled_unpublish_at: Patch<Timestamp>,
}

/// Which staged drafts to publish. From 2.16.
#[apply(body)]
pub struct ArticleDraftPublish {
    /// The languages, each with a draft. A Help Center of several languages requires them.
    pub locales: Option<Vec<Locale>>,
}

/// A page of the articles that a search finds. From 2.10.
#[apply(response)]
pub struct ArticleSearchResults {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    #[serde(deserialize_with = "null::as_default")]
    pub data: ArticleMatches,
    pub pages: Option<Pages>,
}

/// Articles that match a search, with their highlights. Iterating over it yields each article with its
/// highlights.
#[apply(response)]
pub struct ArticleMatches {
    #[serde(deserialize_with = "null::as_default")]
    pub articles: Vec<Article>,
    /// One for each article, if requested.
    #[serde(deserialize_with = "null::as_default")]
    pub highlights: Vec<ArticleHighlights>,
}

impl IntoIterator for ArticleMatches {
    type Item = ArticleMatch;
    type IntoIter = std::vec::IntoIter<ArticleMatch>;

    fn into_iter(self) -> Self::IntoIter {
        let mut highlights = self.highlights;
        let mut of = |article: &Article| {
            let same = |found: &ArticleHighlights| found.article_id.as_ref() == Some(&article.id);
            let index = highlights.iter().position(same)?;
            Some(highlights.swap_remove(index))
        };
        let articles = self.articles.into_iter();
        let matches: Vec<_> = articles
            .map(|article| ArticleMatch {
                highlights: of(&article),
                article,
            })
            .collect();
        matches.into_iter()
    }
}

/// An article that matches a search, with its highlights.
#[derive(Debug, Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct ArticleMatch {
    /// The article.
    pub article: Article,
    /// What of it matches, if requested.
    pub highlights: Option<ArticleHighlights>,
}

/// What of an article matches the search.
#[apply(response)]
pub struct ArticleHighlights {
    pub article_id: Option<ArticleId>,
    /// The title, in pieces.
    #[serde(deserialize_with = "null::as_default")]
    pub highlighted_title: Vec<HighlightedText>,
    /// Extracts of the description and the body, each in pieces.
    #[serde(deserialize_with = "null::as_default")]
    pub highlighted_summary: Vec<Vec<HighlightedText>>,
}

open_enum! {
    /// Whether a piece of text matches the search.
    pub enum HighlightKind {
        Highlight = "highlight",
        Plain = "plain",
    }
}

/// A piece of text, which matches the search or does not.
#[apply(response)]
pub struct HighlightedText {
    pub r#type: Option<HighlightKind>,
    pub text: Option<String>,
}

/// A version of an article. From 2.16.
#[apply(response)]
pub struct ArticleVersion {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ArticleVersionId,
    pub article_id: Option<ArticleId>,
    pub title: Option<String>,
    pub description: Option<String>,
    /// As HTML. Only single versions have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    /// The body as Markdown. Only single versions have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body_markdown: Option<String>,
    pub author_id: Option<AdminId>,
    pub created_by_id: Option<AdminId>,
    /// By which way it was written, such as `web` or `api`.
    pub created_via: Option<String>,
    /// The version before it; `None` for the first one.
    pub from_version_id: Option<ArticleVersionId>,
    /// [`ArticleState::Published`] only for the one that customers read.
    pub state: Option<ArticleState>,
    pub created_at: Option<Timestamp>,
    /// Only single versions have it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

open_enum! {
    /// Which articles a search looks at.
    pub enum ArticleSearchState {
        All = "all",
        Draft = "draft",
        Published = "published",
    }
}
