//! AI content: external pages that Fin and Copilot answer from, and the sources they come from.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::ai_content::{
//!     self, ContentImportSourceCreate, ExternalPageCreateOrUpdate, SyncBehavior,
//! };
//! use intercom_core::model::Locale;
//!
//! let source = ContentImportSourceCreate::new(SyncBehavior::Api, "https://www.example.com");
//! let source = intercom.call(&ai_content::CreateContentImportSource::new(source)).await?;
//!
//! let page = ExternalPageCreateOrUpdate::new("Refunds", "<p>Up to 30 days.</p>", Locale::English, &source.id, "7");
//! let page = intercom.call(&ai_content::CreateOrUpdateExternalPage::new(page)).await?;
//! println!("{}", page.id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::ai_content::*;
use intercom_model::{ContentImportSourceId, ExternalPageId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::Empty;

/// Lists all content import sources.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/listcontentimportsources)
#[apply(endpoint)]
#[spec(GET "/ai/content_import_sources" -> ModelList<ContentImportSource>; since V2_12)]
#[paged(data [ContentImportSource] by page)]
pub struct ListContentImportSources {
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns a content import source by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/getcontentimportsource)
#[apply(endpoint)]
#[spec(GET "/ai/content_import_sources/{source_id}" -> ContentImportSource; since V2_12)]
pub struct GetContentImportSource {
    #[path]
    pub source_id: ContentImportSourceId,
}

/// Creates a content import source.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/createcontentimportsource)
#[apply(endpoint)]
#[spec(POST "/ai/content_import_sources" -> ContentImportSource; since V2_12)]
pub struct CreateContentImportSource {
    pub body: ContentImportSourceCreate,
}

/// Updates a content import source.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/updatecontentimportsource)
#[apply(endpoint)]
#[spec(PUT "/ai/content_import_sources/{source_id}" -> ContentImportSource; since V2_12)]
pub struct UpdateContentImportSource {
    #[path]
    pub source_id: ContentImportSourceId,
    pub body: ContentImportSourceUpdate,
}

/// Deletes a content import source and all of its pages.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/deletecontentimportsource)
#[apply(endpoint)]
#[spec(DELETE "/ai/content_import_sources/{source_id}" => Empty; since V2_12)]
pub struct DeleteContentImportSource {
    #[path]
    pub source_id: ContentImportSourceId,
}

/// Lists all external pages.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/listexternalpages)
#[apply(endpoint)]
#[spec(GET "/ai/external_pages" -> ModelList<ExternalPage>; since V2_12)]
#[paged(data [ExternalPage] by page)]
pub struct ListExternalPages {
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns an external page by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/getexternalpage)
#[apply(endpoint)]
#[spec(GET "/ai/external_pages/{page_id}" -> ExternalPage; since V2_12)]
pub struct GetExternalPage {
    #[path]
    pub page_id: ExternalPageId,
}

/// Creates an external page, or updates the page of the source that has the same `external_id`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/createexternalpage)
#[apply(endpoint)]
#[spec(POST "/ai/external_pages" -> ExternalPage; since V2_12, idempotent)]
pub struct CreateOrUpdateExternalPage {
    pub body: ExternalPageCreateOrUpdate,
}

/// Updates an external page that was created through the API.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/updateexternalpage)
#[apply(endpoint)]
#[spec(PUT "/ai/external_pages/{page_id}" -> ExternalPage; since V2_12)]
pub struct UpdateExternalPage {
    #[path]
    pub page_id: ExternalPageId,
    pub body: ExternalPageUpdate,
}

/// Deletes an external page and returns it without its text.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/ai-content/deleteexternalpage)
#[apply(endpoint)]
#[spec(DELETE "/ai/external_pages/{page_id}" -> ExternalPage; since V2_12)]
pub struct DeleteExternalPage {
    #[path]
    pub page_id: ExternalPageId,
}
