//! Internal articles: what the workspace writes for itself, and for its AI.
//!
//! Tags are put on them by [`tags::AttachToInternalArticle`](super::tags::AttachToInternalArticle).
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

/// All internal articles. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/listinternalarticles)
#[apply(endpoint)]
#[spec(GET "/internal_articles" -> ModelList<InternalArticle>; since V2_13)]
#[paged(data [InternalArticle] by page)]
pub struct List {
    /// The number of the page, from 1. No version describes it, though replies have pages.
    #[query]
    pub page: Option<u32>,
}

/// One internal article. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/retrieveinternalarticle)
#[apply(endpoint)]
#[spec(GET "/internal_articles/{internal_article_id}" -> InternalArticle; since V2_13)]
pub struct Get {
    #[path]
    pub internal_article_id: InternalArticleId,
}

/// Creates an internal article. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/createinternalarticle)
#[apply(endpoint)]
#[spec(POST "/internal_articles" -> InternalArticle; since V2_13)]
pub struct Create {
    pub body: InternalArticleCreate,
}

/// Changes the named fields of an internal article. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/updateinternalarticle)
#[apply(endpoint)]
#[spec(PUT "/internal_articles/{internal_article_id}" -> InternalArticle; since V2_13)]
pub struct Update {
    #[path]
    pub internal_article_id: InternalArticleId,
    pub body: InternalArticleUpdate,
}

/// Deletes an internal article. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/deleteinternalarticle)
#[apply(endpoint)]
#[spec(DELETE "/internal_articles/{internal_article_id}" -> Deleted<InternalArticleId>; since V2_13)]
pub struct Delete {
    #[path]
    pub internal_article_id: InternalArticleId,
}

/// The internal articles of a folder, and of all folders in it. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/internal-articles/searchinternalarticles)
#[apply(endpoint)]
#[spec(GET "/internal_articles/search" -> InternalArticleSearchResults; since V2_13)]
#[paged(data.internal_articles [InternalArticle] by page)]
pub struct Search {
    #[query]
    pub folder_id: Option<FolderId>,
    /// The number of the page, from 1. No version describes it, though replies have pages.
    #[query]
    pub page: Option<u32>,
}
