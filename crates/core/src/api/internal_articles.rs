//! Internal articles, which a workspace writes for its own teammates and AI.
//!
//! To tag an internal article, use
//! [`tags::AttachToInternalArticle`](super::tags::AttachToInternalArticle).
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::internal_articles::{self, InternalArticleCreate};
//!
//! let refunds = InternalArticleCreate::new("Refunds", 991_266_252, 991_266_252).body("<p>Up to 30 days.</p>");
//! let refunds = intercom.call(&internal_articles::Create::new(refunds)).await?;
//! println!("{}", refunds.id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::internal_articles::*;
use intercom_model::{Deleted, FolderId, InternalArticleId, List as ModelList};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all internal articles.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/listinternalarticles)
#[apply(endpoint)]
#[spec(GET "/internal_articles" -> ModelList<InternalArticle>; since V2_13)]
#[paged(data [InternalArticle] by page)]
pub struct List {
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns an internal article by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/retrieveinternalarticle)
#[apply(endpoint)]
#[spec(GET "/internal_articles/{internal_article_id}" -> InternalArticle; since V2_13)]
pub struct Get {
    #[path]
    pub internal_article_id: InternalArticleId,
}

/// Creates an internal article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/createinternalarticle)
#[apply(endpoint)]
#[spec(POST "/internal_articles" -> InternalArticle; since V2_13)]
pub struct Create {
    pub body: InternalArticleCreate,
}

/// Updates an internal article.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/updateinternalarticle)
#[apply(endpoint)]
#[spec(PUT "/internal_articles/{internal_article_id}" -> InternalArticle; since V2_13)]
pub struct Update {
    #[path]
    pub internal_article_id: InternalArticleId,
    pub body: InternalArticleUpdate,
}

/// Deletes an internal article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/deleteinternalarticle)
#[apply(endpoint)]
#[spec(DELETE "/internal_articles/{internal_article_id}" -> Deleted<InternalArticleId>; since V2_13)]
pub struct Delete {
    #[path]
    pub internal_article_id: InternalArticleId,
}

/// Lists the internal articles in a folder and in all folders below it.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/searchinternalarticles)
#[apply(endpoint)]
#[spec(GET "/internal_articles/search" -> InternalArticleSearchResults; since V2_13)]
#[paged(data.internal_articles [InternalArticle] by page)]
pub struct Search {
    /// Selects the folder.
    #[query]
    pub folder_id: Option<FolderId>,
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}
