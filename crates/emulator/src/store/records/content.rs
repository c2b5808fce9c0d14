//! Articles, and messages by WhatsApp.

use intercom_core::api::articles::{Article, ArticleVersion};
use intercom_core::api::content::ContentSnippet;
use intercom_core::model::{ConversationId, Locale, ObjectId, Timestamp};
use serde::{Deserialize, Serialize};

use super::contacts::TagApplied;
use crate::store::progress::Progress;

/// An article with its history.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct ArticleRecord {
    pub(crate) article: Article,
    /// The changes that are staged but not published.
    pub(crate) draft: Option<Box<Article>>,
    /// Oldest first.
    pub(crate) versions: Vec<ArticleVersion>,
    pub(crate) tags: Vec<TagApplied>,
}

impl ArticleRecord {
    /// Returns the id of the article in a language: its own content id in the default one.
    pub(crate) fn content_id(&self, locale: &Locale) -> ObjectId {
        let own = self.article.content_id.clone();
        let own = own.unwrap_or_else(|| ObjectId::new(self.article.id.as_str()));
        match &self.article.default_locale {
            Some(default) if default != locale => ObjectId::new(format!("{own}-{locale}")),
            _ => own,
        }
    }
}

/// A message by WhatsApp, on its way to the contact.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct WhatsappRecord {
    pub(crate) template: String,
    pub(crate) conversation: Option<ConversationId>,
    pub(crate) created_at: Timestamp,
    pub(crate) progress: Progress,
}

/// A content snippet with its tags.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct SnippetRecord {
    pub(crate) snippet: ContentSnippet,
    pub(crate) tags: Vec<TagApplied>,
}
