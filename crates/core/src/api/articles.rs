//! Articles: what customers read in the Help Center.
//!
//! Tags are put on articles by [`tags::AttachToArticle`](super::tags::AttachToArticle).
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

/// All articles, last changed first.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/listarticles)
#[apply(endpoint)]
#[spec(GET "/articles" -> ModelList<Article>; since V2_7)]
#[paged(data [Article] by page)]
pub struct List {
    /// The number of the page, from 1. Only 2.11 describes it.
    #[query]
    pub page: Option<u32>,
    /// How many articles a page has. Only 2.11 describes it.
    #[query]
    pub per_page: Option<u32>,
}

/// One article.
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

/// Changes the named fields of an article.
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

/// The articles in which a phrase occurs. From 2.10.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/searcharticles)
#[apply(endpoint)]
#[spec(GET "/articles/search" -> ArticleSearchResults; since V2_10)]
#[paged(in data [ArticleMatch] by page)]
pub struct Search {
    #[query]
    pub phrase: Option<String>,
    #[query]
    pub state: Option<ArticleSearchState>,
    #[query]
    pub help_center_id: Option<HelpCenterId>,
    /// Whether the articles come with what of them matches.
    #[query]
    pub highlight: Option<bool>,
    /// The number of the page, from 1. No version describes it, though replies have pages.
    #[query]
    pub page: Option<u32>,
}

/// An article as its staged draft has it. From 2.16.
///
/// One without a draft is answered with 404.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/retrievearticledraft)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}/draft" -> Article; since V2_16)]
pub struct GetDraft {
    #[path]
    pub article_id: ArticleId,
}

/// Stages changes to an article that is published, whose readers do not see them yet. From 2.16.
///
/// Only texts are staged. An article that was never published is answered with 422.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/stagearticledraft)
#[apply(endpoint)]
#[spec(PUT "/articles/{article_id}/draft" -> Article; since V2_16)]
pub struct StageDraft {
    #[path]
    pub article_id: ArticleId,
    pub body: ArticleUpdate,
}

/// Publishes the staged draft of an article. From 2.16.
///
/// Where there is none, or not in a language that is named, it is answered with 422.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/publisharticledraft)
#[apply(endpoint)]
#[spec(POST "/articles/{article_id}/draft/publish" -> Article; since V2_16)]
pub struct PublishDraft {
    #[path]
    pub article_id: ArticleId,
    pub body: ArticleDraftPublish,
}

/// The versions of an article without their bodies, newest first. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/listarticleversions)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}/versions" -> ModelList<ArticleVersion>; since V2_16)]
#[paged(data [ArticleVersion] by page)]
pub struct ListVersions {
    #[path]
    pub article_id: ArticleId,
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many versions a page has.
    #[query]
    pub per_page: Option<u32>,
    /// The versions in this language. One that the workspace does not have is answered with 400.
    #[query]
    pub locale: Option<Locale>,
}

/// One version of an article. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/articles/retrievearticleversion)
#[apply(endpoint)]
#[spec(GET "/articles/{article_id}/versions/{version_id}" -> ArticleVersion; since V2_16)]
pub struct GetVersion {
    #[path]
    pub article_id: ArticleId,
    #[path]
    pub version_id: ArticleVersionId,
    /// The version in this language. One that the workspace does not have is answered with 400.
    #[query]
    pub locale: Option<Locale>,
}
