//! Internal articles: what only teammates read.

use intercom_core::api::internal_articles::{
    Create, Delete, Get, InternalArticle, InternalArticleMatches, InternalArticleSearchResults,
    InternalArticleUpdate, List, Search, Update,
};
use intercom_core::model::{
    AdminId, Deleted, FolderId, InternalArticleId, List as ModelList, Locale, ObjectType, Timestamp,
};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The page size.
const PER_PAGE: u32 = 25;

const fn page(page: Option<u32>) -> Numbered {
    Numbered {
        page,
        per_page: None,
        default: PER_PAGE,
        max: MAX_PER_PAGE,
    }
}

impl Workspace {
    fn apply_internal_article(
        &self,
        update: InternalArticleUpdate,
        article: &mut InternalArticle,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let admin = |field: &str, id: &AdminId| {
            let admin = self.admin(id).ok_or_else(|| {
                Refusal::invalid(field, format!("{field} must be the id of an admin"))
            })?;
            let number = admin.id.as_str().parse::<u64>();
            Ok::<_, Refusal>(number.map_or_else(|_| admin.id.clone(), AdminId::from))
        };
        if let Some(id) = &update.owner_id {
            article.owner_id = Some(admin("owner_id", id)?);
        }
        if let Some(id) = &update.author_id {
            article.author_id = Some(admin("author_id", id)?);
        }
        if let Some(folder) = update.folder_id.value() {
            self.folder(folder)?;
        }
        article.title = update.title.or(article.title.take());
        article.body = update.body.or(article.body.take());
        article.body_markdown = update.body_markdown.or(article.body_markdown.take());
        update.folder_id.apply(&mut article.folder_id);
        update.audience_ids.apply(&mut article.audience_ids);
        for (new, current) in [
            (
                update.ai_chatbot_availability,
                &mut article.ai_chatbot_availability,
            ),
            (
                update.ai_copilot_availability,
                &mut article.ai_copilot_availability,
            ),
            (
                update.ai_sales_agent_availability,
                &mut article.ai_sales_agent_availability,
            ),
        ] {
            *current = new.or(*current);
        }
        article.updated_at = Some(now);
        Ok(())
    }

    /// Whether a folder is another one, or lies in it.
    fn lies_in(&self, folder: &FolderId, within: &FolderId) -> bool {
        let mut place = Some(folder);
        while let Some(folder) = place {
            if folder == within {
                return true;
            }
            let record = self.folders.get(folder);
            place = record.and_then(|record| record.parent_folder_id.as_ref());
        }
        false
    }
}

impl Handle<List> for Workspace {
    fn handle(
        &mut self,
        list: List,
        context: &Context,
    ) -> Result<ModelList<InternalArticle>, Refusal> {
        let newest_first = self.internal_articles.values().rev();
        let (total, path) = (self.internal_articles.len(), "/internal_articles");
        numbered(
            newest_first,
            total,
            page(list.page),
            &context.url(path),
            Clone::clone,
        )
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, _: &Context) -> Result<InternalArticle, Refusal> {
        let article = self.internal_articles.get(&get.internal_article_id);
        article.cloned().ok_or_else(Refusal::not_found)
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<InternalArticle, Refusal> {
        let body = create.body;
        if body.title.trim().is_empty() {
            return Err(Refusal::missing("title", "Title is required"));
        }
        let mut update = InternalArticleUpdate::new().title(body.title);
        update.owner_id = Some(body.owner_id);
        update.author_id = Some(body.author_id);
        update.body = body.body;
        update.body_markdown = body.body_markdown;
        update.folder_id = body.folder_id;
        update.audience_ids = body.audience_ids;
        update.ai_chatbot_availability = body.ai_chatbot_availability;
        update.ai_copilot_availability = body.ai_copilot_availability;
        update.ai_sales_agent_availability = body.ai_sales_agent_availability;
        let mut article = object!(InternalArticle {
            r#type: Some(ObjectType::from("internal_article")),
            body: Some(String::new()),
            created_at: Some(context.now),
            locale: Some(body.locale.unwrap_or(Locale::English)),
        });
        self.apply_internal_article(update, &mut article, context.now)?;
        article.id = InternalArticleId::new(self.ids.decimal().to_string());
        self.internal_articles
            .insert(article.id.clone(), article.clone());
        Ok(article)
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<InternalArticle, Refusal> {
        let article = self.internal_articles.get(&update.internal_article_id);
        let mut article = article.cloned().ok_or_else(Refusal::not_found)?;
        self.apply_internal_article(update.body, &mut article, context.now)?;
        self.internal_articles
            .insert(article.id.clone(), article.clone());
        Ok(article)
    }
}

impl Handle<Delete> for Workspace {
    fn handle(
        &mut self,
        delete: Delete,
        _: &Context,
    ) -> Result<Deleted<InternalArticleId>, Refusal> {
        let id = delete.internal_article_id;
        let removed = self.internal_articles.remove(&id);
        removed.ok_or_else(Refusal::not_found)?;
        Ok(deleted(id, ObjectType::from("internal_article")))
    }
}

impl Handle<Search> for Workspace {
    /// Finds the articles of a folder and of those in it.
    fn handle(
        &mut self,
        search: Search,
        context: &Context,
    ) -> Result<InternalArticleSearchResults, Refusal> {
        let articles = self.internal_articles.values().rev();
        let found = articles.filter(|article| {
            search.folder_id.as_ref().is_none_or(|within| {
                let folder = article.folder_id.as_ref();
                folder.is_some_and(|folder| self.lies_in(folder, within))
            })
        });
        let found: Vec<_> = found.collect();
        let (total, path) = (found.len(), "/internal_articles/search");
        let list = numbered(
            found,
            total,
            page(search.page),
            &context.url(path),
            Clone::clone,
        )?;
        Ok(object!(InternalArticleSearchResults {
            r#type: Some(ObjectType::List),
            total_count: Some(total as u64),
            data: object!(InternalArticleMatches {
                internal_articles: list.data,
            }),
            pages: list.pages,
        }))
    }
}
