//! Articles that customers read in the Help Center.
//!
//! To tag an article, use [`tags::AttachToArticle`](super::tags::AttachToArticle).
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::articles::{self, ArticleContent, ArticleCreate, ArticleState};
//! use intercom_core::model::{Locale, Translations};
//!
//! let german = ArticleContent::new().title("Rechnungen").body("<p>So geht es.</p>");
//! let invoices = ArticleCreate::new("Invoices", 991_267_497)
//!     .body("<p>How it works.</p>")
//!     .state(ArticleState::Published)
//!     .translated_content(Translations::from([(Locale::German, german)]));
//! let invoices = intercom.call(&articles::Create::new(invoices)).await?;
//! println!("{:?}", invoices.url);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::articles::*;
use intercom_model::{
    ArticleId, ArticleVersionId, Deleted, HelpCenterId, List as ModelList, Locale,
};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all articles, most recently updated first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/listarticles)
#[apply(endpoint)]
#[spec(GET "/articles" -> ModelList<Article>; since V2_7)]
#[paged(data [Article] by page)]
pub struct List {
    /// Selects a page by its number, counting from 1. Documented only in 2.11.
    #[query]
    pub page: Option<u32>,
    /// Limits how many articles a page has. Documented only in 2.11.
    #[query]
    pub per_page: Option<u32>,
}

/// Returns an article by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/retrievearticle)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}" -> Article; since V2_7)]
pub struct Get {
    #[path]
    pub article_id: ArticleId,
}

/// Creates an article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/createarticle)
#[apply(endpoint)]
#[spec(POST "/articles" -> Article; since V2_7)]
pub struct Create {
    pub body: ArticleCreate,
}

/// Updates an article.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/updatearticle)
#[apply(endpoint)]
#[spec(PUT "/articles/{article_id}" -> Article; since V2_7)]
pub struct Update {
    #[path]
    pub article_id: ArticleId,
    pub body: ArticleUpdate,
}

/// Deletes an article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/deletearticle)
#[apply(endpoint)]
#[spec(DELETE "/articles/{article_id}" -> Deleted<ArticleId>; since V2_7)]
pub struct Delete {
    #[path]
    pub article_id: ArticleId,
}

/// Searches articles for a phrase.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/searcharticles)
#[apply(endpoint)]
#[spec(GET "/articles/search" -> ArticleSearchResults; since V2_10)]
#[paged(in data (articles) [ArticleMatch] by page)]
pub struct Search {
    /// Finds the articles that contain this phrase.
    #[query]
    pub phrase: Option<String>,
    /// Limits the search to articles in this state.
    #[query]
    pub state: Option<ArticleSearchState>,
    /// Limits the search to this Help Center.
    #[query]
    pub help_center_id: Option<HelpCenterId>,
    /// Includes the parts of each article that match.
    #[query]
    pub highlight: Option<bool>,
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns an article as it is in its staged draft.
///
/// Fails with 404 if the article has no draft.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/retrievearticledraft)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}/draft" -> Article; since V2_16)]
pub struct GetDraft {
    #[path]
    pub article_id: ArticleId,
}

/// Stages changes to a published article, which its readers do not see yet.
///
/// Only texts are staged. Fails with 422 if the article was never published.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/stagearticledraft)
#[apply(endpoint)]
#[spec(PUT "/articles/{article_id}/draft" -> Article; since V2_16)]
pub struct StageDraft {
    #[path]
    pub article_id: ArticleId,
    pub body: ArticleUpdate,
}

/// Publishes the staged draft of an article.
///
/// Fails with 422 if there is no draft, or no draft in a language that the request names.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/publisharticledraft)
#[apply(endpoint)]
#[spec(POST "/articles/{article_id}/draft/publish" -> Article; since V2_16)]
pub struct PublishDraft {
    #[path]
    pub article_id: ArticleId,
    pub body: ArticleDraftPublish,
}

/// Lists the versions of an article, newest first, without their bodies.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/listarticleversions)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}/versions" -> ModelList<ArticleVersion>; since V2_16)]
#[paged(data [ArticleVersion] by page)]
pub struct ListVersions {
    #[path]
    pub article_id: ArticleId,
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many versions a page has.
    #[query]
    pub per_page: Option<u32>,
    /// Selects the versions in this language. Fails with 400 if the workspace does not have the
    /// language.
    #[query]
    pub locale: Option<Locale>,
}

/// Returns a version of an article.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/retrievearticleversion)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}/versions/{version_id}" -> ArticleVersion; since V2_16)]
pub struct GetVersion {
    #[path]
    pub article_id: ArticleId,
    #[path]
    pub version_id: ArticleVersionId,
    /// Selects the version in this language. Fails with 400 if the workspace does not have the
    /// language.
    #[query]
    pub locale: Option<Locale>,
}
