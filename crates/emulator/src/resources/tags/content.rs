//! Tags on articles, internal articles and content snippets. Since 2.16.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::tags::{
    AttachToArticle, AttachToContentSnippet, AttachToInternalArticle, ContentTagAttach,
    DetachFromArticle, DetachFromContentSnippet, DetachFromInternalArticle, Tag,
};
use intercom_core::model::{AdminId, ArticleId, ContentSnippetId, InternalArticleId, TagId};

use super::inbox::no_tag;
use super::{apply_tag, remove_tag};
use crate::refusal::Refusal;
use crate::resources::content::no_snippet;
use crate::resources::{Context, Handle};
use crate::store::{TagApplied, Workspace};

fn not_found(code: &str, message: &str) -> Refusal {
    Refusal::new(StatusCode::NOT_FOUND, ErrorCode::from(code), message)
}

impl Workspace {
    fn tags_of_article(&mut self, id: &ArticleId) -> Result<&mut Vec<TagApplied>, Refusal> {
        let record = self.articles.get_mut(id);
        let record = record.ok_or_else(|| not_found("article_not_found", "Article not found"))?;
        Ok(&mut record.tags)
    }

    fn tags_of_internal_article(
        &mut self,
        id: &InternalArticleId,
    ) -> Result<&mut Vec<TagApplied>, Refusal> {
        if !self.internal_articles.contains_key(id) {
            let message = "Internal article not found";
            return Err(not_found("internal_article_not_found", message));
        }
        Ok(self.internal_article_tags.entry(id.clone()).or_default())
    }

    fn tags_of_snippet(&mut self, id: &ContentSnippetId) -> Result<&mut Vec<TagApplied>, Refusal> {
        let record = self.snippets.get_mut(id).ok_or_else(no_snippet)?;
        Ok(&mut record.tags)
    }

    /// Returns a tag as a request applies it.
    fn content_tag(
        &self,
        attach: ContentTagAttach,
        context: &Context,
    ) -> Result<TagApplied, Refusal> {
        let owner: AdminId = self.owner();
        let admin = attach.admin_id.value().cloned().unwrap_or(owner);
        self.applied_by(attach.id, &admin, context)
    }
}

/// Removes a tag, and returns it as replies show it.
fn detach(tags: &mut Vec<TagApplied>, tag: &TagId) -> Result<TagApplied, Refusal> {
    remove_tag(tags, tag).ok_or_else(no_tag)
}

macro_rules! content_tags {
    ($($Attach:ident, $Detach:ident: $id:ident, $tags:ident;)*) => {$(
        impl Handle<$Attach> for Workspace {
            fn handle(&mut self, attach: $Attach, context: &Context) -> Result<Tag, Refusal> {
                self.$tags(&attach.$id)?;
                let tagged = self.content_tag(attach.body, context)?;
                let tagged = apply_tag(self.$tags(&attach.$id)?, &tagged);
                self.show_applied(&tagged)
            }
        }

        impl Handle<$Detach> for Workspace {
            fn handle(&mut self, request: $Detach, _: &Context) -> Result<Tag, Refusal> {
                let tagged = detach(self.$tags(&request.$id)?, &request.tag_id)?;
                self.show_applied(&tagged)
            }
        }
    )*};
}

content_tags! {
    AttachToArticle, DetachFromArticle: article_id, tags_of_article;
    AttachToInternalArticle, DetachFromInternalArticle:
        internal_article_id, tags_of_internal_article;
    AttachToContentSnippet, DetachFromContentSnippet: content_snippet_id, tags_of_snippet;
}
