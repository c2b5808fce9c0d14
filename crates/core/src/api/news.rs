//! News items that a workspace publishes, and the newsfeeds in which customers read them.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::news::{self, NewsItemRequest, NewsItemState, NewsfeedAssignment};
//!
//! let sale = NewsItemRequest::new("Halloween is here!", 991_267_834)
//!     .state(NewsItemState::Live)
//!     .newsfeed_assignments([NewsfeedAssignment::new().newsfeed_id(53)]);
//! let sale = intercom.call(&news::CreateNewsItem::new(sale)).await?;
//! println!("{}", sale.id);
//! # Ok(())
//! # }
//! ```

pub use intercom_model::news::*;
use intercom_model::{Deleted, List as ModelList, NewsItemId, NewsfeedId};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all news items.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/listnewsitems)
#[apply(endpoint)]
#[spec(GET "/news/news_items" -> ModelList<NewsItem>; since V2_7)]
#[paged(data [NewsItem] by page)]
pub struct ListNewsItems {
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns a news item by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/retrievenewsitem)
#[apply(endpoint)]
#[spec(GET "/news/news_items/{news_item_id}" -> NewsItem; since V2_7)]
pub struct GetNewsItem {
    #[path]
    pub news_item_id: NewsItemId,
}

/// Creates a news item.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/createnewsitem)
#[apply(endpoint)]
#[spec(POST "/news/news_items" -> NewsItem; since V2_7)]
pub struct CreateNewsItem {
    pub body: NewsItemRequest,
}

/// Updates a news item.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/updatenewsitem)
#[apply(endpoint)]
#[spec(PUT "/news/news_items/{news_item_id}" -> NewsItem; since V2_7)]
pub struct UpdateNewsItem {
    #[path]
    pub news_item_id: NewsItemId,
    pub body: NewsItemRequest,
}

/// Deletes a news item.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/deletenewsitem)
#[apply(endpoint)]
#[spec(DELETE "/news/news_items/{news_item_id}" -> Deleted<NewsItemId>; since V2_7)]
pub struct DeleteNewsItem {
    #[path]
    pub news_item_id: NewsItemId,
}

/// Lists all newsfeeds.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/listnewsfeeds)
#[apply(endpoint)]
#[spec(GET "/news/newsfeeds" -> ModelList<Newsfeed>; since V2_7)]
#[paged(data [Newsfeed] by page)]
pub struct ListNewsfeeds {
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}

/// Returns a newsfeed by its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/retrievenewsfeed)
#[apply(endpoint)]
#[spec(GET "/news/newsfeeds/{newsfeed_id}" -> Newsfeed; since V2_7)]
pub struct GetNewsfeed {
    #[path]
    pub newsfeed_id: NewsfeedId,
}

/// Lists the live news items of a newsfeed.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/listlivenewsfeeditems)
#[apply(endpoint)]
#[spec(GET "/news/newsfeeds/{newsfeed_id}/items" -> ModelList<NewsItem>; since V2_7)]
#[paged(data [NewsItem] by page)]
pub struct ListNewsfeedItems {
    #[path]
    pub newsfeed_id: NewsfeedId,
    /// Selects a page by its number, counting from 1. Undocumented, though replies are paged.
    #[query]
    pub page: Option<u32>,
}
