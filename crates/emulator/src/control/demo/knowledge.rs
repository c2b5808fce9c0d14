//! The Help Center, and news.

use intercom_core::api::articles::{ArticleContent, ArticleCreate, ArticleState};
use intercom_core::api::help_center::CollectionCreate;
use intercom_core::api::news::{NewsItemRequest, NewsItemState, NewsfeedAssignment};
use intercom_core::model::{Locale, Translations};

use super::Demo;
use super::names::{ARTICLES, COLLECTIONS, LOOSE_COLLECTION, NEWS};

impl Demo<'_> {
    // Titles are not empty and the ids are of objects that exist, so that nothing is refused here.
    pub(super) fn knowledge(&mut self) {
        let now = self.now;
        for (name, children) in COLLECTIONS {
            let description = format!("Everything about {}", name.to_lowercase());
            let body = CollectionCreate::new(*name).description(description);
            let Ok(parent) = self.workspace.add_collection(body, now) else {
                continue;
            };
            for child in *children {
                let body = CollectionCreate::new(*child).parent_id(parent.id.clone());
                let child_collection = self.workspace.add_collection(body, now);
                let article = ARTICLES.iter().find(|(place, ..)| place == child);
                if let (Ok(collection), Some(article)) = (child_collection, article) {
                    let (_, title, french) = article;
                    let content = |title: &str| {
                        ArticleContent::new()
                            .title(title)
                            .body(format!("<p>{title}.</p>"))
                            .state(ArticleState::Published)
                    };
                    let body = ArticleCreate::new(*title, self.workspace.owner())
                        .body(format!("<p>{title}.</p>"))
                        .state(ArticleState::Published)
                        .parent_id(collection.id.as_str())
                        .translated_content(Translations::from([(
                            Locale::French,
                            content(french),
                        )]));
                    let context = self.ago(0);
                    let _ = self.workspace.add_article(body, &context);
                }
            }
        }
        let loose = CollectionCreate::new(LOOSE_COLLECTION);
        let _ = self.workspace.add_collection(loose, now);

        let feed = self.workspace.add_newsfeed("What's new", now);
        let context = self.ago(0);
        for title in NEWS {
            let assignment = NewsfeedAssignment::new()
                .newsfeed_id(&feed.id)
                .published_at(now);
            let item = NewsItemRequest::new(*title, self.workspace.owner())
                .body(format!("<p>{title}.</p>"))
                .state(NewsItemState::Live)
                .newsfeed_assignments(vec![assignment]);
            let _ = self.workspace.add_news_item(item, &context);
        }
    }
}
