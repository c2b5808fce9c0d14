//! Content of every kind: snippets for AI, and what is searched and changed in bulk.
//!
//! Tags are put on snippets by [`tags::AttachToContentSnippet`](super::tags::AttachToContentSnippet).
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

/// All content snippets. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/listcontentsnippets)
#[apply(endpoint)]
#[spec(GET "/content_snippets" -> CountedList<ContentSnippet>; since V2_16)]
#[paged(data [ContentSnippet] by counters)]
pub struct ListSnippets {
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many snippets a page has: 50 at most.
    #[query]
    pub per_page: Option<u32>,
}

/// One content snippet. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/getcontentsnippet)
#[apply(endpoint)]
#[spec(GET "/content_snippets/{content_snippet_id}" -> ContentSnippet; since V2_16)]
pub struct GetSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
}

/// Creates a content snippet. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/createcontentsnippet)
#[apply(endpoint)]
#[spec(POST "/content_snippets" -> ContentSnippet; since V2_16)]
pub struct CreateSnippet {
    pub body: ContentSnippetCreate,
}

/// Changes the named fields of a content snippet. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/updatecontentsnippet)
#[apply(endpoint)]
#[spec(PUT "/content_snippets/{content_snippet_id}" -> ContentSnippet; since V2_16)]
pub struct UpdateSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
    pub body: ContentSnippetUpdate,
}

/// Deletes a content snippet. One on which a procedure depends is answered with 422. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content-snippets/deletecontentsnippet)
#[apply(endpoint)]
#[spec(DELETE "/content_snippets/{content_snippet_id}" => Empty; since V2_16)]
pub struct DeleteSnippet {
    #[path]
    pub content_snippet_id: ContentSnippetId,
}

/// Publishes, deletes, tags or otherwise changes up to 1,000 pieces of content. From 2.16.
///
/// The answer comes before it is done.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content/bulkcontentactions)
#[apply(endpoint)]
#[spec(POST "/content/bulk_actions" -> ContentBulkActionQueued; since V2_16)]
pub struct RunBulkAction {
    pub body: ContentBulkAction,
}

/// Content of every kind in which a text occurs, or the latest. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/content/searchcontent)
#[apply(endpoint)]
#[spec(GET "/content/search" -> ModelList<ContentMatch>; since V2_16)]
#[paged(data [ContentMatch] by page)]
pub struct Search {
    /// The text, up to 500 characters, in titles and bodies. Without one, the latest content is found.
    #[query]
    pub query: Option<String>,
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many pieces of content a page has: 10 by default, 50 at most.
    #[query]
    pub per_page: Option<u32>,
    #[query]
    pub states: Option<Vec<ContentState>>,
    #[query]
    pub locales: Option<Vec<Locale>>,
    /// Which tags `tag_operator` is about.
    #[query]
    pub tag_ids: Option<Vec<TagId>>,
    #[query]
    pub tag_operator: Option<TagOperator>,
    /// Content that has one of these tags.
    #[query]
    pub any_tag_ids: Option<Vec<TagId>>,
    /// Content in one of these folders. It needs `folder_entity_type`.
    #[query]
    pub folder_ids: Option<Vec<FolderId>>,
    #[query]
    pub folder_entity_type: Option<FolderEntityType>,
    /// Content of these kinds, in place of those that are searched by default.
    #[query]
    pub content_types: Option<Vec<ContentSearchType>>,
    /// Content with which Copilot may answer, or may not.
    #[query]
    pub copilot_state: Option<AiState>,
    /// Content with which Fin may answer, or may not.
    #[query]
    pub fin_service_state: Option<AiState>,
    /// Content with which the sales agent may answer, or may not.
    #[query]
    pub fin_sales_state: Option<AiState>,
    #[query]
    pub created_by_ids: Option<Vec<AdminId>>,
    #[query]
    pub last_updated_by_ids: Option<Vec<AdminId>>,
    /// Content of this time or later.
    #[query]
    pub created_at_after: Option<Timestamp>,
    /// Content of this time or earlier.
    #[query]
    pub created_at_before: Option<Timestamp>,
    /// Content that was last changed at this time or later.
    #[query]
    pub updated_at_after: Option<Timestamp>,
    /// Content that was last changed at this time or earlier.
    #[query]
    pub updated_at_before: Option<Timestamp>,
}
