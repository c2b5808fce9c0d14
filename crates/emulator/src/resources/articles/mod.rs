//! Articles: creating, reading, updating and deleting them.

mod drafts;
mod search;

use http::StatusCode;
use intercom_core::api::articles::{
    Article, ArticleContent, ArticleCreate, ArticleParent, ArticleState, ArticleStatistics,
    ArticleUpdate, ArticleVersion, Create, Delete, Get, List, Update,
};
use intercom_core::model::tags::TagList;
use intercom_core::model::{
    AdminId, ArticleId, ArticleVersionId, CollectionId, Deleted, List as ModelList, Locale,
    ObjectId, ObjectType, Patch, Timestamp, Translations,
};
use intercom_core::{ApiVersion, ErrorCode};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::{ArticleRecord, Workspace};

/// The page size of lists of articles.
const PER_PAGE: u32 = 25;

pub(crate) fn no_article() -> Refusal {
    Refusal::not_found()
}

/// Returns an id as articles have it: a number.
fn as_number(id: &str) -> AdminId {
    id.parse::<u64>().map_or_else(|_| id.into(), AdminId::from)
}

impl Workspace {
    pub(crate) fn article(&self, id: &ArticleId) -> Result<&ArticleRecord, Refusal> {
        self.articles.get(id).ok_or_else(no_article)
    }

    pub(crate) fn article_mut(&mut self, id: &ArticleId) -> Result<&mut ArticleRecord, Refusal> {
        self.articles.get_mut(id).ok_or_else(no_article)
    }

    /// Stores a new article.
    pub(crate) fn add_article(
        &mut self,
        body: ArticleCreate,
        context: &Context,
    ) -> Result<ArticleId, Refusal> {
        if body.title.trim().is_empty() {
            return Err(Refusal::missing("title", "Title is required"));
        }
        let id = ArticleId::new(self.ids.decimal().to_string());
        let mut article = object!(Article {
            r#type: Some(ObjectType::Article),
            id: id.clone(),
            workspace_id: Some(self.workspace_id.clone()),
            content_id: Some(ObjectId::new(self.ids.decimal().to_string())),
            created_at: Some(context.now),
            state: Some(ArticleState::Draft),
            description: Some(String::new()),
            body: Some(String::new()),
            default_locale: Some(Locale::English),
            created_by_id: Some(as_number(body.author_id.as_str())),
        });
        let mut update = ArticleUpdate::new().title(body.title);
        update.author_id = Some(body.author_id);
        update.description = body.description;
        update.body = body.body;
        update.body_markdown = body.body_markdown;
        update.state = body.state;
        update.parent_id = body.parent_id;
        update.parent_type = body.parent_type;
        update.parent_ids = body.parent_ids;
        update.translated_content = body.translated_content;
        update.folder_id = body.folder_id;
        update.audience_ids = body.audience_ids;
        update.ai_chatbot_availability = body.ai_chatbot_availability;
        update.ai_copilot_availability = body.ai_copilot_availability;
        update.ai_sales_agent_availability = body.ai_sales_agent_availability;
        update.scheduled_publish_at = body.scheduled_publish_at;
        update.scheduled_unpublish_at = body.scheduled_unpublish_at;
        self.apply_article(update, &mut article, context.now)?;
        let mut record = ArticleRecord {
            article,
            draft: None,
            versions: Vec::new(),
            tags: Vec::new(),
        };
        self.add_version(&mut record, context.now);
        self.articles.insert(id.clone(), record);
        Ok(id)
    }

    /// Refuses a parent that does not exist.
    fn check_parent(&self, id: &CollectionId) -> Result<(), Refusal> {
        self.collections.get(id).map(|_| ()).ok_or_else(|| {
            let message = "Parent must be an existing collection";
            Refusal::invalid("parent_id", message)
        })
    }

    /// Applies an update to an article, or to its draft.
    fn apply_article(
        &self,
        update: ArticleUpdate,
        article: &mut Article,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        if let Some(author) = &update.author_id {
            self.admin(author).ok_or_else(|| {
                Refusal::new(
                    StatusCode::BAD_REQUEST,
                    ErrorCode::ParameterNotFound,
                    "author_id must be the id of an admin",
                )
                .field("author_id")
            })?;
            article.author_id = Some(as_number(author.as_str()));
        }
        if let Some(state) = &update.state
            && !ArticleState::KNOWN.contains(state)
        {
            let message = format!("{state} is not a valid state");
            return Err(Refusal::invalid("state", message));
        }
        let parent = update.parent_id.as_ref();
        let parent = parent.map(|id| CollectionId::new(id.as_str()));
        for id in parent.iter().chain(update.parent_ids.iter().flatten()) {
            self.check_parent(id)?;
        }
        article.title = update.title.or(article.title.take());
        article.description = update.description.or(article.description.take());
        article.body = update.body.or(article.body.take());
        article.body_markdown = update.body_markdown.or(article.body_markdown.take());
        article.state = update.state.or(article.state.take());
        if let Some(id) = parent {
            article.parent_ids = vec![number_of(&id)];
            article.parent_type = update.parent_type.or(Some(ArticleParent::Collection));
        }
        if let Some(ids) = update.parent_ids {
            article.parent_ids = ids.iter().map(number_of).collect();
            article.parent_type = Some(ArticleParent::Collection);
        }
        article.parent_id = article.parent_ids.first().map(|id| {
            id.as_str()
                .parse::<u64>()
                .map_or_else(|_| id.as_str().into(), ObjectId::from)
        });
        match update.translated_content {
            Patch::Keep => {}
            Patch::Clear => article.translated_content = None,
            Patch::Set(content) => self.apply_translations(content, article, now),
        }
        update.folder_id.apply(&mut article.folder_id);
        update.audience_ids.apply(&mut article.audience_ids);
        update
            .scheduled_publish_at
            .apply(&mut article.scheduled_publish_at);
        update
            .scheduled_unpublish_at
            .apply(&mut article.scheduled_unpublish_at);
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
        article.url = self.article_url(article, &Locale::English);
        Ok(())
    }

    fn apply_translations(
        &self,
        content: Translations<ArticleContent>,
        article: &mut Article,
        now: Timestamp,
    ) {
        let default = article.default_locale.clone().unwrap_or(Locale::English);
        let author = article.author_id.clone();
        for (locale, new) in content.by_locale {
            let url = self.article_url(article, &locale);
            let translations = article.translated_content.get_or_insert_default();
            let current = translations.by_locale.entry(locale.clone()).or_default();
            current.r#type = Some(ObjectType::from("article_content"));
            current.title = new.title.or(current.title.take());
            current.description = new.description.or(current.description.take());
            current.body = new.body.or(current.body.take());
            current.state = new
                .state
                .or(current.state.take())
                .or(Some(ArticleState::Draft));
            current.author_id = new
                .author_id
                .or(current.author_id.take())
                .or(author.clone());
            current.created_at.get_or_insert(now);
            current.updated_at = Some(now);
            let live = current.state == Some(ArticleState::Published);
            current.url = url.filter(|_| live);
            if locale == default {
                // The default locale is the article itself.
                article.title = current.title.clone().or(article.title.take());
                article.body = current.body.clone().or(article.body.take());
                article.state = current.state.clone().or(article.state.take());
            }
        }
    }

    /// Returns the address of a published article.
    fn article_url(&self, article: &Article, locale: &Locale) -> Option<String> {
        if article.state != Some(ArticleState::Published) {
            return None;
        }
        let site = self.help_centers.first()?.url.as_deref()?;
        let slug: String = article
            .title
            .as_deref()
            .unwrap_or_default()
            .to_lowercase()
            .chars()
            .map(|it| if it.is_alphanumeric() { it } else { '-' })
            .collect();
        Some(format!(
            "{site}/{}/articles/{}-{slug}",
            locale.as_str(),
            article.id
        ))
    }

    /// Adds the state of an article to its history.
    fn add_version(&mut self, record: &mut ArticleRecord, now: Timestamp) {
        let article = &record.article;
        let previous = record.versions.last().map(|version| version.id.clone());
        record.versions.push(object!(ArticleVersion {
            r#type: Some(ObjectType::from("article_version")),
            id: ArticleVersionId::new(self.ids.decimal().to_string()),
            article_id: Some(article.id.clone()),
            title: article.title.clone(),
            description: article.description.clone(),
            body: article.body.clone(),
            body_markdown: article.body_markdown.clone(),
            // Only here is the id of an admin a string.
            author_id: article
                .author_id
                .as_ref()
                .map(|id| AdminId::new(id.as_str())),
            created_by_id: Some(self.owner()),
            created_via: Some("api".to_owned()),
            from_version_id: previous,
            state: article.state.clone(),
            created_at: Some(now),
            updated_at: Some(now),
        }));
    }

    /// Returns an article as this version shows it.
    pub(crate) fn show_article(&self, record: &ArticleRecord, version: &ApiVersion) -> Article {
        let mut article = record.article.clone();
        if *version >= ApiVersion::V2_16 {
            article.tags = Some(object!(TagList {
                r#type: Some(ObjectType::TagList),
                tags: record
                    .tags
                    .iter()
                    .filter_map(|tagged| self.show_applied(tagged).ok())
                    .collect(),
            }));
            article.has_unpublished_changes = Some(record.draft.is_some());
        } else {
            article.created_by_id = None;
            article.folder_id = None;
            article.audience_ids = None;
            article.body_markdown = None;
        }
        article
    }
}

fn number_of(id: &CollectionId) -> CollectionId {
    let number = id.as_str().parse::<u64>();
    number.map_or_else(|_| id.clone(), CollectionId::from)
}

impl Handle<List> for Workspace {
    fn handle(&mut self, list: List, context: &Context) -> Result<ModelList<Article>, Refusal> {
        let mut articles: Vec<_> = self.articles.values().rev().collect();
        articles.sort_by_key(|record| std::cmp::Reverse(record.article.updated_at));
        let place = Numbered {
            page: list.page,
            per_page: list.per_page,
            default: PER_PAGE,
            max: MAX_PER_PAGE,
        };
        let total = articles.len();
        numbered(
            articles,
            total,
            place,
            &context.url("/articles"),
            |record| self.show_article(record, &context.version),
        )
    }
}

impl Handle<Get> for Workspace {
    fn handle(&mut self, get: Get, context: &Context) -> Result<Article, Refusal> {
        let record = self.article(&get.article_id)?;
        let mut article = self.show_article(record, &context.version);
        article.statistics = Some(object!(ArticleStatistics {
            r#type: Some(ObjectType::from("article_statistics")),
            views: Some(0),
            conversations: Some(0),
            reactions: Some(0),
            happy_reaction_percentage: Some(0.0),
            neutral_reaction_percentage: Some(0.0),
            sad_reaction_percentage: Some(0.0),
        }));
        Ok(article)
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Article, Refusal> {
        let id = self.add_article(create.body, context)?;
        Ok(self.show_article(self.article(&id)?, &context.version))
    }
}

impl Handle<Update> for Workspace {
    fn handle(&mut self, update: Update, context: &Context) -> Result<Article, Refusal> {
        let id = update.article_id;
        let mut record = self.articles.remove(&id).ok_or_else(no_article)?;
        let mut changed = record.article.clone();
        let applied = self.apply_article(update.body, &mut changed, context.now);
        if applied.is_ok() {
            changed.updated_by_id = Some(as_number(self.owner().as_str()));
            record.article = changed;
            self.add_version(&mut record, context.now);
        }
        self.articles.insert(id.clone(), record);
        applied?;
        Ok(self.show_article(self.article(&id)?, &context.version))
    }
}

impl Handle<Delete> for Workspace {
    fn handle(&mut self, delete: Delete, _: &Context) -> Result<Deleted<ArticleId>, Refusal> {
        let id = delete.article_id;
        self.articles.remove(&id).ok_or_else(no_article)?;
        self.redirects.retain(|_, redirect| {
            let target = redirect.target_id.as_ref().map(|target| target.as_str());
            target != Some(id.as_str())
        });
        Ok(deleted(id, ObjectType::Article))
    }
}
