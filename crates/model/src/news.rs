//! News: what a workspace tells its customers, and the feeds in which they read it.

use macro_rules_attribute::apply;

use crate::json::null;
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;
use crate::{AdminId, NewsItemId, NewsfeedId, ObjectType, Timestamp, WorkspaceId};

open_enum! {
    /// Whether customers see a news item.
    pub enum NewsItemState {
        Draft = "draft",
        Live = "live",
    }
}

/// Something that a workspace tells its customers.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/news_item)
#[apply(response)]
pub struct NewsItem {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: NewsItemId,
    pub workspace_id: Option<WorkspaceId>,
    pub title: Option<String>,
    /// The text, which may be HTML.
    pub body: Option<String>,
    /// The admin who tells it.
    pub sender_id: Option<AdminId>,
    pub state: Option<NewsItemState>,
    /// The newsfeeds in which it is read.
    #[serde(deserialize_with = "null::as_default")]
    pub newsfeed_assignments: Vec<NewsfeedAssignment>,
    #[serde(deserialize_with = "null::as_default")]
    pub labels: Vec<Option<String>>,
    /// The URL of a picture.
    pub cover_image_url: Option<String>,
    /// The emojis with which customers may react, in their order; `None` is an empty place.
    #[serde(deserialize_with = "null::as_default")]
    pub reactions: Vec<Option<String>>,
    /// Whether the Messenger shows no badge for it.
    pub deliver_silently: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A newsfeed in which a news item is read.
#[apply(part)]
pub struct NewsfeedAssignment {
    #[serde(serialize_with = "id::as_number")]
    pub newsfeed_id: Option<NewsfeedId>,
    /// When it was published there: it can be set to the past, and not to a time to come. On drafts it is
    /// ignored.
    pub published_at: Option<Timestamp>,
}

/// A feed of news for an audience.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/news/newsfeed)
#[apply(response)]
pub struct Newsfeed {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: NewsfeedId,
    /// Customers do not see it.
    pub name: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A news item to create, or the new state of one.
#[apply(body)]
pub struct NewsItemRequest {
    pub title: String,
    /// An admin of the workspace.
    #[serde(serialize_with = "id::as_number")]
    pub sender_id: AdminId,
    /// The text, which may be HTML.
    pub body: Option<String>,
    pub state: Option<NewsItemState>,
    /// Whether the Messenger shows no badge for it.
    pub deliver_silently: Option<bool>,
    pub labels: Option<Vec<String>>,
    /// The emojis with which customers may react, in their order. Without any they cannot.
    pub reactions: Option<Vec<Option<String>>>,
    /// The newsfeeds to publish it in.
    pub newsfeed_assignments: Option<Vec<NewsfeedAssignment>>,
}
