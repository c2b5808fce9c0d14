//! Drafts and versions of articles. Since 2.16.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::articles::{
    Article, ArticleState, ArticleVersion, GetDraft, GetVersion, ListVersions, PublishDraft,
    StageDraft,
};
use intercom_core::model::List;

use super::no_article;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{ArticleRecord, Workspace};

/// The page size of lists of versions.
const PER_PAGE: u32 = 25;

fn refuse(message: &str) -> Refusal {
    let status = StatusCode::BAD_REQUEST;
    Refusal::new(status, ErrorCode::ParameterInvalid, message)
}

/// Returns the draft of an article as replies show it.
fn show_draft(record: &ArticleRecord) -> Article {
    let mut draft = record.draft.as_deref().unwrap_or(&record.article).clone();
    draft.has_unpublished_changes = Some(record.draft.is_some());
    draft.draft_updated_at = record.draft.as_ref().and_then(|draft| draft.updated_at);
    draft
}

impl Handle<GetDraft> for Workspace {
    fn handle(&mut self, get: GetDraft, _: &Context) -> Result<Article, Refusal> {
        self.article(&get.article_id).map(show_draft)
    }
}

impl Handle<StageDraft> for Workspace {
    fn handle(&mut self, stage: StageDraft, context: &Context) -> Result<Article, Refusal> {
        let id = &stage.article_id;
        let record = self.article(id)?;
        if record.article.state != Some(ArticleState::Published) {
            let message = "Article must be published before a draft can be staged";
            return Err(refuse(message));
        }
        let current = record.draft.as_deref().unwrap_or(&record.article);
        let mut draft = current.clone();
        self.apply_article(stage.body, &mut draft, context.now)?;
        let record = self.article_mut(id)?;
        record.draft = Some(Box::new(draft));
        Ok(show_draft(record))
    }
}

impl Handle<PublishDraft> for Workspace {
    fn handle(&mut self, publish: PublishDraft, context: &Context) -> Result<Article, Refusal> {
        let id = publish.article_id;
        let mut record = self.articles.remove(&id).ok_or_else(no_article)?;
        let Some(draft) = record.draft.take() else {
            self.articles.insert(id, record);
            return Err(refuse("Article has no draft to publish"));
        };
        record.article = *draft;
        record.article.state = Some(ArticleState::Published);
        record.article.updated_at = Some(context.now);
        self.add_version(&mut record, context.now);
        let shown = self.show_article(&record, &context.version);
        self.articles.insert(id, record);
        Ok(shown)
    }
}

impl Handle<ListVersions> for Workspace {
    fn handle(
        &mut self,
        list: ListVersions,
        context: &Context,
    ) -> Result<List<ArticleVersion>, Refusal> {
        let id = &list.article_id;
        let versions = &self.article(id)?.versions;
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let path = format!("/articles/{id}/versions");
        numbered(
            versions.iter().rev(),
            versions.len(),
            place,
            &context.url(&path),
            |it| {
                let mut version = it.clone();
                version.body = None;
                version.body_markdown = None;
                version
            },
        )
    }
}

impl Handle<GetVersion> for Workspace {
    fn handle(&mut self, get: GetVersion, _: &Context) -> Result<ArticleVersion, Refusal> {
        let mut versions = self.article(&get.article_id)?.versions.iter();
        let version = versions.find(|version| version.id == get.version_id);
        version.cloned().ok_or_else(Refusal::not_found)
    }
}
