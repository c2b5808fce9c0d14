//! What a workspace publishes: articles and news.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_core::api::articles::{
    self, Article, ArticleContent, ArticleCreate, ArticleDraftPublish, ArticleSearchState,
    ArticleState, ArticleUpdate,
};
use intercom_core::api::help_center::{self, HelpCenterRedirectCreate, RedirectTarget};
use intercom_core::api::news::{self, NewsItemRequest, NewsItemState, NewsfeedAssignment};
use intercom_core::blocking::Client;
use intercom_core::model::{Locale, Translations};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

fn create(emulator: &Emulator, intercom: &Client, title: &str, state: ArticleState) -> Article {
    let body = ArticleCreate::new(title, emulator.owner())
        .body(format!("<p>About {title}</p>"))
        .state(state);
    let created = intercom.call(&articles::Create::new(body)).unwrap();
    created.into_value()
}

#[test]
fn an_article_is_created_changed_listed_and_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let billing = emulator.collection("Billing", None).unwrap();
    let draft = create(&emulator, &intercom, "Paying", ArticleState::Draft);
    assert_eq!(
        (&draft.state, &draft.url),
        (&Some(ArticleState::Draft), &None)
    );

    emulator.advance(Duration::from_secs(10));
    create(&emulator, &intercom, "Invoices", ArticleState::Published);
    emulator.advance(Duration::from_secs(10));
    let update = ArticleUpdate::new()
        .state(ArticleState::Published)
        .parent_id(billing.id.as_str());
    let update = articles::Update::new(&draft.id, update);
    let published = intercom.call(&update).unwrap();
    assert!(published.url.as_ref().unwrap().contains("/en/articles/"));
    assert_eq!(published.parent_ids, std::slice::from_ref(&billing.id));
    // Changed last, listed first.
    let list = intercom.items(articles::List::new().per_page(1_u32));
    let titles: Vec<_> = list.map(|it| it.unwrap().title.unwrap()).collect();
    assert_eq!(titles, ["Paying", "Invoices"]);
    let get = articles::Get::new(&draft.id);
    let article = intercom.call(&get).unwrap();
    assert_eq!(article.statistics.as_ref().unwrap().views, Some(0));

    let deleted = intercom.call(&articles::Delete::new(&draft.id)).unwrap();
    assert_eq!(deleted.deleted, Some(true));
    let gone = intercom.call(&get).unwrap_err();
    assert_eq!(told(&gone), (404, "not_found", "Resource Not Found"));
    let nowhere = ArticleUpdate::new().parent_id("42");
    let nowhere = articles::Update::new(&draft.id, nowhere);
    assert_eq!(told(&intercom.call(&nowhere).unwrap_err()).0, 404);
    let nobody = articles::Create::new(ArticleCreate::new("Title", "42"));
    let error = intercom.call(&nobody).unwrap_err();
    assert_eq!(
        (told(&error).0, told(&error).1),
        (400, "parameter_not_found")
    );
}

#[test]
fn articles_are_found_by_their_words_and_matches_are_highlighted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    create(
        &emulator,
        &intercom,
        "Paying invoices",
        ArticleState::Published,
    );
    create(&emulator, &intercom, "Paying later", ArticleState::Draft);
    create(&emulator, &intercom, "Logging in", ArticleState::Published);
    let titles = |search: articles::Search| -> Vec<String> {
        let found = intercom.call(&search).unwrap().into_value();
        let articles = found.data.articles.into_iter();
        articles.map(|article| article.title.unwrap()).collect()
    };
    let paying = articles::Search::new().phrase("PAYING");
    assert_eq!(titles(paying.clone()).len(), 2);
    let drafts = paying.clone().state(ArticleSearchState::Draft);
    assert_eq!(titles(drafts), ["Paying later"]);
    let found = intercom
        .call(&articles::Search::new().phrase("invoices").highlight(true))
        .unwrap();
    let title = &found.data.highlights[0].highlighted_title;
    let pieces: Vec<_> = title.iter().map(|it| it.text.as_deref().unwrap()).collect();
    assert_eq!(pieces, ["Paying ", "invoices"]);
}

#[test]
fn a_draft_is_staged_beside_the_published_article_until_it_is_published() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let article = create(&emulator, &intercom, "Paying", ArticleState::Published);
    let publish = articles::PublishDraft::new(&article.id, ArticleDraftPublish::new());
    let error = intercom.call(&publish).unwrap_err();
    assert_eq!(told(&error).2, "Article has no draft to publish");

    let change = ArticleUpdate::new().title("Paying online");
    intercom
        .call(&articles::StageDraft::new(&article.id, change))
        .unwrap();
    let title = |article: Article| article.title.unwrap();
    let live = intercom.call(&articles::Get::new(&article.id)).unwrap();
    assert_eq!(live.has_unpublished_changes, Some(true));
    assert_eq!(title(live.into_value()), "Paying");
    let draft = intercom
        .call(&articles::GetDraft::new(&article.id))
        .unwrap();
    assert_eq!(title(draft.into_value()), "Paying online");
    let published = intercom.call(&publish).unwrap();
    assert_eq!(title(published.into_value()), "Paying online");

    let versions = articles::ListVersions::new(&article.id).per_page(1_u32);
    let versions: Vec<_> = intercom.items(versions).map(|it| it.unwrap()).collect();
    let titles: Vec<_> = versions
        .iter()
        .map(|it| it.title.as_deref().unwrap())
        .collect();
    assert_eq!(titles, ["Paying online", "Paying"]);
    assert_eq!(versions[0].body, None);
    let version = articles::GetVersion::new(&article.id, &versions[1].id);
    let version = intercom.call(&version).unwrap();
    assert_eq!(version.body.as_deref(), Some("<p>About Paying</p>"));

    let unpublished = create(&emulator, &intercom, "New", ArticleState::Draft);
    let stage = articles::StageDraft::new(&unpublished.id, ArticleUpdate::new());
    assert_eq!(told(&intercom.call(&stage).unwrap_err()).0, 400);
}

#[test]
fn an_article_has_content_in_several_languages() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let article = create(&emulator, &intercom, "Paying", ArticleState::Published);
    let french = ArticleContent::new()
        .title("Payer")
        .body("<p>Par carte</p>")
        .state(ArticleState::Published);
    let content = Translations::from([(Locale::French, french)]);
    let update = ArticleUpdate::new().translated_content(content);
    let updated = intercom
        .call(&articles::Update::new(&article.id, update))
        .unwrap();
    assert_eq!(updated.title.as_deref(), Some("Paying"));
    let content = updated.translated_content.as_ref().unwrap();
    let french = content.get(&Locale::French).unwrap();
    assert_eq!(french.title.as_deref(), Some("Payer"));
    assert!(french.url.as_ref().unwrap().contains("/fr/articles/"));
}

#[test]
fn a_redirect_leads_to_an_article_and_goes_with_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let article = create(&emulator, &intercom, "Paying", ArticleState::Published);
    let sites = intercom.call(&help_center::ListHelpCenters::new()).unwrap();
    let site = &sites.data[0];
    let from = format!("{}/old", site.url.as_ref().unwrap());
    let redirect = |target: &str| {
        let body =
            HelpCenterRedirectCreate::new(&from, Locale::English, RedirectTarget::Article, target);
        intercom.call(&help_center::CreateRedirect::new(&site.id, body))
    };
    assert_eq!(told(&redirect("42").unwrap_err()).0, 404);
    redirect(article.id.as_str()).unwrap();
    let list = help_center::ListRedirects::new(&site.id);
    assert_eq!(intercom.call(&list).unwrap().data.len(), 1);
    intercom.call(&articles::Delete::new(&article.id)).unwrap();
    assert_eq!(intercom.call(&list).unwrap().data.len(), 0);
}

#[test]
fn a_newsfeed_shows_the_live_items_that_are_assigned_to_it() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::V2_11);
    let feed = emulator.newsfeed("Releases");
    let owner = emulator.owner();
    let request = |title: &str, state| {
        let assignment = NewsfeedAssignment::new().newsfeed_id(&feed.id);
        NewsItemRequest::new(title, &owner)
            .state(state)
            .newsfeed_assignments(vec![assignment])
    };
    for (title, state) in [("One", NewsItemState::Live), ("Two", NewsItemState::Draft)] {
        let create = news::CreateNewsItem::new(request(title, state));
        intercom.call(&create).unwrap();
    }
    let titles = || -> Vec<String> {
        let items = intercom.items(news::ListNewsfeedItems::new(&feed.id));
        items.map(|item| item.unwrap().title.unwrap()).collect()
    };
    assert_eq!(titles(), ["One"]);
    let all: Vec<_> = intercom
        .items(news::ListNewsItems::new())
        .map(|item| item.unwrap())
        .collect();
    assert_eq!(all.len(), 2);
    let update = request("Two", NewsItemState::Live);
    let two = news::UpdateNewsItem::new(&all[0].id, update);
    intercom.call(&two).unwrap();
    assert_eq!(titles(), ["Two", "One"]);
    let delete = news::DeleteNewsItem::new(&all[0].id);
    assert_eq!(intercom.call(&delete).unwrap().deleted, Some(true));
    assert_eq!(titles(), ["One"]);
    let feeds = intercom.call(&news::ListNewsfeeds::new()).unwrap();
    assert_eq!(feeds.data, std::slice::from_ref(&feed));
    let nobody = NewsItemRequest::new("Three", "42");
    let error = intercom
        .call(&news::CreateNewsItem::new(nobody))
        .unwrap_err();
    assert_eq!(told(&error).0, 400);
}
