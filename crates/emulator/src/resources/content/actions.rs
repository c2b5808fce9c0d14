//! Actions on many pieces of content. Since 2.16. They are done at once.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::content::{
    ContentAvailability, ContentBulkAction, ContentBulkActionQueued, ContentBulkActionStatus,
    ContentReference, ContentTags, ContentType, RunBulkAction,
};
use intercom_core::model::{
    ArticleId, ContentSnippetId, ExternalPageId, InternalArticleId, Locale, ObjectType, SegmentId,
    TagId,
};

use super::search::languages;
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::tags::{apply_tag, remove_tag};
use crate::resources::{Context, Handle};
use crate::store::{TagApplied, Workspace};
use intercom_core::api::articles::ArticleState;

/// How many pieces of content an action has at most, and how many tags.
const PIECES: usize = 1_000;
const TAGS: usize = 100;

fn invalid(field: &str, message: impl Into<String>) -> Refusal {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Refusal::new(status, ErrorCode::ParameterInvalid, message).field(field)
}

fn check_count(content: &[ContentReference]) -> Result<(), Refusal> {
    if content.is_empty() {
        return Err(invalid("content_ids", "content_ids must not be empty"));
    }
    if content.len() > PIECES {
        let message = format!("content_ids must not have more than {PIECES} items");
        return Err(invalid("content_ids", message));
    }
    Ok(())
}

impl Workspace {
    /// Returns the article and the language of a piece of content.
    fn article_content(&self, piece: &ContentReference) -> Option<(ArticleId, Locale)> {
        self.articles.values().find_map(|record| {
            let mut contents = languages(record).into_iter();
            let content = contents.find(|content| content.id == piece.id)?;
            Some((record.article.id.clone(), content.locale?))
        })
    }

    /// Publishes articles in one language, or makes them drafts again.
    fn set_state(&mut self, piece: &ContentReference, state: &ArticleState, context: &Context) {
        let Some((id, locale)) = self.article_content(piece) else {
            return;
        };
        let Ok(record) = self.article_mut(&id) else {
            return;
        };
        let article = &mut record.article;
        let translations = article.translated_content.as_mut();
        let translation = translations.and_then(|it| it.by_locale.get_mut(&locale));
        if let Some(translation) = translation {
            translation.state = Some(state.clone());
        }
        if article
            .default_locale
            .as_ref()
            .is_none_or(|default| *default == locale)
        {
            article.state = Some(state.clone());
        }
        article.updated_at = Some(context.now);
    }

    /// Deletes an article in one language. The default language goes with the article, once it is the
    /// only one.
    fn delete_article_content(&mut self, piece: &ContentReference) {
        let Some((id, locale)) = self.article_content(piece) else {
            return;
        };
        let Ok(record) = self.article_mut(&id) else {
            return;
        };
        let is_only = languages(record).len() == 1;
        if is_only {
            self.articles.remove(&id);
            return;
        }
        let article = &mut record.article;
        let is_default = article
            .default_locale
            .as_ref()
            .is_none_or(|it| *it == locale);
        if let Some(translations) = article.translated_content.as_mut()
            && !is_default
        {
            translations.by_locale.remove(&locale);
        }
    }

    fn delete_content(&mut self, piece: &ContentReference) {
        let id = piece.id.as_str();
        match &piece.r#type {
            ContentType::ArticleContent => self.delete_article_content(piece),
            ContentType::ContentSnippet => {
                self.snippets.remove(&ContentSnippetId::new(id));
            }
            ContentType::InternalArticle => {
                let id = InternalArticleId::new(id);
                self.internal_articles.remove(&id);
                self.internal_article_tags.remove(&id);
            }
            _ => {}
        }
    }

    fn set_availability(&mut self, piece: &ContentReference, new: &ContentAvailability) {
        macro_rules! set {
            ($content:expr, $agent:ident) => {
                if let Some(content) = $content {
                    content.$agent = new.ai_agent.or(content.$agent);
                    content.ai_copilot_availability =
                        new.copilot.or(content.ai_copilot_availability);
                    content.ai_sales_agent_availability =
                        new.sales_agent.or(content.ai_sales_agent_availability);
                }
            };
        }
        let id = piece.id.as_str();
        match &piece.r#type {
            ContentType::ArticleContent => {
                let found = self.article_content(piece);
                let record = found.and_then(|(id, _)| self.articles.get_mut(&id));
                let article = record.map(|record| &mut record.article);
                set!(article, ai_chatbot_availability);
            }
            ContentType::ContentSnippet => {
                let record = self.snippets.get_mut(&ContentSnippetId::new(id));
                let snippet = record.map(|record| &mut record.snippet);
                set!(snippet, ai_chatbot_availability);
            }
            ContentType::InternalArticle => {
                let article = self.internal_articles.get_mut(&InternalArticleId::new(id));
                set!(article, ai_chatbot_availability);
            }
            ContentType::ExternalContent => {
                let page = self.external_pages.get_mut(&ExternalPageId::new(id));
                set!(page, ai_agent_availability);
            }
            _ => {}
        }
    }

    fn check_segments<'a>(
        &self,
        segments: impl IntoIterator<Item = &'a SegmentId>,
    ) -> Result<(), Refusal> {
        let mut segments = segments.into_iter();
        match segments.find(|id| !self.segments.contains_key(*id)) {
            None => Ok(()),
            Some(id) => Err(invalid("audience", format!("there is no segment {id}"))),
        }
    }

    /// Returns the tags to apply, or refuses those that do not exist.
    fn tags_to_apply(
        &self,
        tags: &ContentTags,
        context: &Context,
    ) -> Result<Vec<TagApplied>, Refusal> {
        let (add, remove) = (&tags.add_tag_ids, &tags.remove_tag_ids);
        let count = add.iter().chain(remove).map(Vec::len).sum::<usize>();
        if !(1..=TAGS).contains(&count) {
            let message = format!("add or remove between 1 and {TAGS} tags");
            return Err(invalid("tags", message));
        }
        let mut ids = add.iter().chain(remove).flatten();
        if let Some(id) = ids.find(|id| self.tag(id).is_err()) {
            return Err(invalid("tags", format!("there is no tag {id}")));
        }
        let owner = self.owner();
        add.iter()
            .flatten()
            .map(|id| self.applied_by(id.clone(), &owner, context))
            .collect()
    }

    fn update_tags(&mut self, piece: &ContentReference, add: &[TagApplied], remove: &[TagId]) {
        let id = piece.id.as_str();
        let tags = match &piece.r#type {
            ContentType::Article => self
                .articles
                .get_mut(&ArticleId::new(id))
                .map(|record| &mut record.tags),
            ContentType::ContentSnippet => self
                .snippets
                .get_mut(&ContentSnippetId::new(id))
                .map(|record| &mut record.tags),
            ContentType::InternalArticle => {
                let id = InternalArticleId::new(id);
                let exists = self.internal_articles.contains_key(&id);
                exists.then(|| self.internal_article_tags.entry(id).or_default())
            }
            _ => None,
        };
        if let Some(tags) = tags {
            for tag in add {
                apply_tag(tags, tag);
            }
            for tag in remove {
                remove_tag(tags, tag);
            }
        }
    }
}

impl Handle<RunBulkAction> for Workspace {
    /// Content of a kind that an action does not take is skipped, as is what does not exist.
    fn handle(
        &mut self,
        run: RunBulkAction,
        context: &Context,
    ) -> Result<ContentBulkActionQueued, Refusal> {
        use ContentBulkAction as Action;

        match run.body {
            Action::Publish(choice) => {
                check_count(&choice.content_ids)?;
                for piece in of_articles(&choice.content_ids) {
                    self.set_state(piece, &ArticleState::Published, context);
                }
            }
            Action::Unpublish(choice) => {
                check_count(&choice.content_ids)?;
                for piece in of_articles(&choice.content_ids) {
                    self.set_state(piece, &ArticleState::Draft, context);
                }
            }
            Action::Delete(choice) => {
                check_count(&choice.content_ids)?;
                for piece in &choice.content_ids {
                    self.delete_content(piece);
                }
            }
            Action::SetAvailability(action) => {
                check_count(&action.content_ids)?;
                for piece in &action.content_ids {
                    self.set_availability(piece, &action.availability);
                }
            }
            // No reply shows the segments of content.
            Action::SetAudience(action) => {
                check_count(&action.content_ids)?;
                let audience = &action.audience;
                let segments = [&audience.add_segment_ids, &audience.remove_segment_ids];
                self.check_segments(segments.into_iter().flatten().flatten())?;
            }
            Action::UpdateTags(action) => {
                check_count(&action.content_ids)?;
                let add = self.tags_to_apply(&action.tags, context)?;
                let remove = action.tags.remove_tag_ids.unwrap_or_default();
                for piece in &action.content_ids {
                    self.update_tags(piece, &add, &remove);
                }
            }
            _ => return Err(invalid("action", "action is not a valid action")),
        }
        Ok(object!(ContentBulkActionQueued {
            r#type: Some(ObjectType::from("content_bulk_action")),
            status: Some(ContentBulkActionStatus::Queued),
        }))
    }
}

fn of_articles(content: &[ContentReference]) -> impl Iterator<Item = &ContentReference> {
    content
        .iter()
        .filter(|piece| piece.r#type == ContentType::ArticleContent)
}
