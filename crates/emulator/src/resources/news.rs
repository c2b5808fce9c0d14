//! News items and newsfeeds.

use intercom_core::api::news::{
    CreateNewsItem, DeleteNewsItem, GetNewsItem, GetNewsfeed, ListNewsItems, ListNewsfeedItems,
    ListNewsfeeds, NewsItem, NewsItemRequest, NewsItemState, Newsfeed, UpdateNewsItem,
};
use intercom_core::model::{Deleted, List, NewsItemId, NewsfeedId, ObjectType, Timestamp};

use crate::object::object;
use crate::query::{MAX_PER_PAGE, Numbered, numbered};
use crate::refusal::Refusal;
use crate::resources::{Context, Handle, deleted};
use crate::store::Workspace;

/// The page size.
const PER_PAGE: u32 = 20;

const fn page(page: Option<u32>) -> Numbered {
    Numbered {
        page,
        per_page: None,
        default: PER_PAGE,
        max: MAX_PER_PAGE,
    }
}

impl Workspace {
    /// Stores a new newsfeed.
    pub(crate) fn add_newsfeed(&mut self, name: &str, now: Timestamp) -> Newsfeed {
        let newsfeed = object!(Newsfeed {
            r#type: Some(ObjectType::from("newsfeed")),
            id: NewsfeedId::new(self.ids.decimal().to_string()),
            name: Some(name.to_owned()),
            created_at: Some(now),
            updated_at: Some(now),
        });
        self.newsfeeds.insert(newsfeed.id.clone(), newsfeed.clone());
        newsfeed
    }

    /// Stores a new news item.
    pub(crate) fn add_news_item(
        &mut self,
        body: NewsItemRequest,
        context: &Context,
    ) -> Result<NewsItem, Refusal> {
        let mut item = object!(NewsItem {
            r#type: Some(ObjectType::from("news-item")),
            workspace_id: Some(self.workspace_id.clone()),
            created_at: Some(context.now),
        });
        self.apply_news(body, &mut item, context)?;
        item.id = NewsItemId::new(self.ids.decimal().to_string());
        self.news_items.insert(item.id.clone(), item.clone());
        Ok(item)
    }

    /// Applies a request to a news item. What it leaves out gets its default.
    fn apply_news(
        &self,
        body: NewsItemRequest,
        item: &mut NewsItem,
        context: &Context,
    ) -> Result<(), Refusal> {
        if body.title.trim().is_empty() {
            return Err(Refusal::missing("title", "title is required"));
        }
        let sender = self
            .admin(&body.sender_id)
            .ok_or_else(|| Refusal::invalid("sender_id", "sender_id must be the id of an admin"))?;
        let assignments = body.newsfeed_assignments.unwrap_or_default();
        for assignment in &assignments {
            let known = |id: &NewsfeedId| self.newsfeeds.contains_key(id);
            if !assignment.newsfeed_id.as_ref().is_some_and(known) {
                return Err(Refusal::not_found());
            }
        }
        let number = sender.id.as_str().parse::<u64>();
        item.sender_id = Some(number.map_or_else(|_| sender.id.clone(), Into::into));
        item.title = Some(body.title);
        item.body = body.body;
        item.state = Some(body.state.unwrap_or(NewsItemState::Draft));
        item.deliver_silently = Some(body.deliver_silently.unwrap_or(false));
        item.labels = body
            .labels
            .unwrap_or_default()
            .into_iter()
            .map(Some)
            .collect();
        item.reactions = body.reactions.unwrap_or_default();
        item.newsfeed_assignments = assignments;
        item.updated_at = Some(context.now);
        Ok(())
    }
}

impl Handle<ListNewsItems> for Workspace {
    fn handle(
        &mut self,
        list: ListNewsItems,
        context: &Context,
    ) -> Result<List<NewsItem>, Refusal> {
        let newest_first = self.news_items.values().rev();
        let (total, path) = (self.news_items.len(), "/news/news_items");
        numbered(
            newest_first,
            total,
            page(list.page),
            &context.url(path),
            Clone::clone,
        )
    }
}

impl Handle<GetNewsItem> for Workspace {
    fn handle(&mut self, get: GetNewsItem, _: &Context) -> Result<NewsItem, Refusal> {
        let item = self.news_items.get(&get.news_item_id);
        item.cloned().ok_or_else(Refusal::not_found)
    }
}

impl Handle<CreateNewsItem> for Workspace {
    fn handle(&mut self, create: CreateNewsItem, context: &Context) -> Result<NewsItem, Refusal> {
        self.add_news_item(create.body, context)
    }
}

impl Handle<UpdateNewsItem> for Workspace {
    fn handle(&mut self, update: UpdateNewsItem, context: &Context) -> Result<NewsItem, Refusal> {
        let item = self.news_items.get(&update.news_item_id);
        let mut item = item.cloned().ok_or_else(Refusal::not_found)?;
        self.apply_news(update.body, &mut item, context)?;
        self.news_items.insert(item.id.clone(), item.clone());
        Ok(item)
    }
}

impl Handle<DeleteNewsItem> for Workspace {
    fn handle(
        &mut self,
        delete: DeleteNewsItem,
        _: &Context,
    ) -> Result<Deleted<NewsItemId>, Refusal> {
        let id = delete.news_item_id;
        self.news_items.remove(&id).ok_or_else(Refusal::not_found)?;
        Ok(deleted(id, ObjectType::from("news-item")))
    }
}

impl Handle<ListNewsfeeds> for Workspace {
    fn handle(
        &mut self,
        list: ListNewsfeeds,
        context: &Context,
    ) -> Result<List<Newsfeed>, Refusal> {
        let (total, path) = (self.newsfeeds.len(), "/news/newsfeeds");
        let newsfeeds = self.newsfeeds.values();
        numbered(
            newsfeeds,
            total,
            page(list.page),
            &context.url(path),
            Clone::clone,
        )
    }
}

impl Handle<GetNewsfeed> for Workspace {
    fn handle(&mut self, get: GetNewsfeed, _: &Context) -> Result<Newsfeed, Refusal> {
        let newsfeed = self.newsfeeds.get(&get.newsfeed_id);
        newsfeed.cloned().ok_or_else(Refusal::not_found)
    }
}

impl Handle<ListNewsfeedItems> for Workspace {
    /// Lists the live items that are assigned to a newsfeed.
    fn handle(
        &mut self,
        list: ListNewsfeedItems,
        context: &Context,
    ) -> Result<List<NewsItem>, Refusal> {
        let id = &list.newsfeed_id;
        self.newsfeeds.get(id).ok_or_else(Refusal::not_found)?;
        let items = self.news_items.values().rev().filter(|item| {
            let mut assignments = item.newsfeed_assignments.iter();
            let assigned = assignments.any(|it| it.newsfeed_id.as_ref() == Some(id));
            assigned && item.state == Some(NewsItemState::Live)
        });
        let items: Vec<_> = items.collect();
        let (total, path) = (items.len(), format!("/news/newsfeeds/{id}/items"));
        numbered(
            items,
            total,
            page(list.page),
            &context.url(&path),
            Clone::clone,
        )
    }
}
