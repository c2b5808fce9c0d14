//! Snippets for AI, and the search and bulk actions for content of every kind.
//!
//! To tag a snippet, use [`tags::AttachToContentSnippet`](super::tags::AttachToContentSnippet).
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::content::{
//!     self, ContentBulkAction, ContentMatch, ContentReference, ContentSearchType, ContentSnippetCreate,
//!     ContentType,
//! };
//!
//! let refunds = ContentSnippetCreate::new("Refunds").body_markdown("Up to 30 days.");
//! intercom.call(&content::CreateSnippet::new(refunds)).await?;
//!
//! let snippets = content::Search::new().query("refund").content_types([ContentSearchType::Snippet]);
//! let mut found = intercom.items(snippets);
//! let mut old = Vec::new();
//! while let Some(content) = found.try_next().await? {
//!     if let ContentMatch::Other(snippet) = content {
//!         old.push(ContentReference::new(ContentType::ContentSnippet, snippet.id));
//!     }
//! }
//! intercom.call(&content::RunBulkAction::new(ContentBulkAction::delete(old))).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::content::*;
use intercom_model::{
    AdminId, ContentSnippetId, CountedList, FolderId, List as ModelList, Locale, TagId, Timestamp,
};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// Lists all content snippets.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/listcontentsnippets)
#[apply(endpoint)]
#[spec(GET "/content_snippets" -> CountedList<ContentSnippet>; since V2_16)]
#[paged(data [ContentSnippet] by counters)]
pub struct ListSnippets {
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many snippets a page has: 50 at most.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns a content snippet by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/getcontentsnippet)
#[apply(endpoint)]
#[spec(GET "/content_snippets/{content_snippet_id}" -> ContentSnippet; since V2_16)]
pub struct GetSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
}

/// Creates a content snippet.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/createcontentsnippet)
#[apply(endpoint)]
#[spec(POST "/content_snippets" -> ContentSnippet; since V2_16)]
pub struct CreateSnippet {
    pub body: ContentSnippetCreate,
}

/// Updates a content snippet.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/updatecontentsnippet)
#[apply(endpoint)]
#[spec(PUT "/content_snippets/{content_snippet_id}" -> ContentSnippet; since V2_16)]
pub struct UpdateSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
    pub body: ContentSnippetUpdate,
}

/// Deletes a content snippet.
///
/// Fails with 422 if a procedure depends on the snippet.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/deletecontentsnippet)
#[apply(endpoint)]
#[spec(DELETE "/content_snippets/{content_snippet_id}" => Empty; since V2_16)]
pub struct DeleteSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
}

/// Publishes, deletes, tags or otherwise changes up to 1,000 pieces of content.
///
/// The reply arrives before the work is done.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content/bulkcontentactions)
#[apply(endpoint)]
#[spec(POST "/content/bulk_actions" -> ContentBulkActionQueued; since V2_16)]
pub struct RunBulkAction {
    pub body: ContentBulkAction,
}

/// Searches content of every kind for a text, or returns the latest content.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content/searchcontent)
#[apply(endpoint)]
#[spec(GET "/content/search" -> ModelList<ContentMatch>; since V2_16)]
#[paged(data [ContentMatch] by page)]
pub struct Search {
    /// Finds this text, of up to 500 characters, in titles and bodies. Without it, the latest
    /// content is returned.
    #[query]
    pub query: Option<String>,
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many pieces of content a page has: 10 by default, 50 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Limits the search to content in one of these states.
    #[query]
    pub states: Option<Vec<ContentState>>,
    /// Limits the search to content in one of these languages.
    #[query]
    pub locales: Option<Vec<Locale>>,
    /// Sets the tags that `tag_operator` refers to.
    #[query]
    pub tag_ids: Option<Vec<TagId>>,
    /// Limits the search to content with one of the `tag_ids` ([`TagOperator::In`]) or with none of
    /// them ([`TagOperator::NotIn`]).
    #[query]
    pub tag_operator: Option<TagOperator>,
    /// Limits the search to content with one of these tags.
    #[query]
    pub any_tag_ids: Option<Vec<TagId>>,
    /// Limits the search to content in one of these folders. Requires `folder_entity_type`.
    #[query]
    pub folder_ids: Option<Vec<FolderId>>,
    /// Sets what the `folder_ids` refer to.
    #[query]
    pub folder_entity_type: Option<FolderEntityType>,
    /// Searches content of these types instead of the default ones.
    #[query]
    pub content_types: Option<Vec<ContentSearchType>>,
    /// Limits the search to content that Copilot may answer with ([`AiState::On`]) or may not
    /// ([`AiState::Off`]).
    #[query]
    pub copilot_state: Option<AiState>,
    /// Limits the search to content that Fin may answer with ([`AiState::On`]) or may not
    /// ([`AiState::Off`]).
    #[query]
    pub fin_service_state: Option<AiState>,
    /// Limits the search to content that the sales agent may answer with ([`AiState::On`]) or may not
    /// ([`AiState::Off`]).
    #[query]
    pub fin_sales_state: Option<AiState>,
    /// Limits the search to content created by one of these admins.
    #[query]
    pub created_by_ids: Option<Vec<AdminId>>,
    /// Limits the search to content last updated by one of these admins.
    #[query]
    pub last_updated_by_ids: Option<Vec<AdminId>>,
    /// Limits the search to content created at this time or later.
    #[query]
    pub created_at_after: Option<Timestamp>,
    /// Limits the search to content created at this time or earlier.
    #[query]
    pub created_at_before: Option<Timestamp>,
    /// Limits the search to content last updated at this time or later.
    #[query]
    pub updated_at_after: Option<Timestamp>,
    /// Limits the search to content last updated at this time or earlier.
    #[query]
    pub updated_at_before: Option<Timestamp>,
}
