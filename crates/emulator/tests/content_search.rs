//! Searching content of every kind, and changing much of it at once.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use intercom_core::api::articles::{self, ArticleCreate, ArticleState};
use intercom_core::api::content::{
    self, AiState, ContentAvailability, ContentBulkAction, ContentMatch, ContentReference,
    ContentSearchType, ContentSnippetCreate, ContentState, ContentTags, ContentType, Search,
};
use intercom_core::api::tags::{self, TagCreateOrUpdate};
use intercom_core::blocking::Client;
use intercom_emulator::Emulator;
use support::{client, fetch, told};

/// The titles that a search finds, in its order.
fn titles(intercom: &Client, search: Search) -> Vec<String> {
    let found = intercom.items(search.per_page(1_u32));
    let title = |found: ContentMatch| match found {
        ContentMatch::Article(article) => article.title.unwrap(),
        ContentMatch::Other(item) => item.title.unwrap(),
        _ => String::new(),
    };
    found.map(|found| title(found.unwrap())).collect()
}

fn run(intercom: &Client, action: ContentBulkAction) {
    let run = content::RunBulkAction::new(action);
    assert_eq!(intercom.call(&run).unwrap().raw().status().as_u16(), 202);
}

#[test]
fn content_of_every_kind_is_found_and_changed_in_bulk() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let draft = ArticleCreate::new("Refunds by card", emulator.owner()).body("<p>Ask us.</p>");
    let article = intercom.call(&articles::Create::new(draft)).unwrap();
    let snippet = ContentSnippetCreate::new("Shipping").body_markdown("No refund after a month.");
    let snippet = intercom
        .call(&content::CreateSnippet::new(snippet))
        .unwrap();

    let mut both = titles(&intercom, Search::new().query("REFUND"));
    both.sort();
    assert_eq!(both, ["Refunds by card", "Shipping"]);
    let snippets = Search::new().content_types([ContentSearchType::Snippet]);
    assert_eq!(titles(&intercom, snippets), ["Shipping"]);
    let published = || {
        Search::new()
            .states([ContentState::Published])
            .query("card")
    };
    assert!(titles(&intercom, published()).is_empty());

    let found = intercom.call(&Search::new().query("card")).unwrap();
    let ContentMatch::Article(found) = &found.data[0] else {
        panic!("{found:?}");
    };
    let content = ContentReference::new(ContentType::ArticleContent, found.contents[0].id.clone());
    run(&intercom, ContentBulkAction::publish([content.clone()]));
    assert_eq!(titles(&intercom, published()), ["Refunds by card"]);
    let get = articles::Get::new(&article.id);
    assert_eq!(
        intercom.call(&get).unwrap().state,
        Some(ArticleState::Published)
    );

    let piece = ContentReference::new(ContentType::ContentSnippet, snippet.id.as_str());
    let on = ContentAvailability::new().copilot(true);
    run(
        &intercom,
        ContentBulkAction::set_availability([piece.clone()], on),
    );
    let for_copilot = Search::new().copilot_state(AiState::On);
    assert_eq!(titles(&intercom, for_copilot), ["Shipping"]);

    let tag = TagCreateOrUpdate::new("policy");
    let tag = intercom.call(&tags::CreateOrUpdate::new(tag)).unwrap();
    let add = ContentTags::new().add_tag_ids(vec![tag.id.clone()]);
    run(
        &intercom,
        ContentBulkAction::update_tags([piece.clone()], add),
    );
    let tagged = Search::new().any_tag_ids([tag.id.clone()]);
    assert_eq!(titles(&intercom, tagged), ["Shipping"]);
    let unknown = ContentTags::new().add_tag_ids(vec!["1".into()]);
    let unknown =
        content::RunBulkAction::new(ContentBulkAction::update_tags([piece.clone()], unknown));
    assert_eq!(told(&intercom.call(&unknown).unwrap_err()).0, 422);

    run(&intercom, ContentBulkAction::delete([content, piece]));
    assert!(titles(&intercom, Search::new()).is_empty());
    assert_eq!(told(&intercom.call(&get).unwrap_err()).0, 404);
}

#[test]
fn a_page_of_found_content_links_to_its_neighbours() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    for title in ["A card", "B card", "C card"] {
        let snippet = content::CreateSnippet::new(ContentSnippetCreate::new(title));
        intercom.call(&snippet).unwrap();
    }
    let path = "/content/search?query=card&per_page=1&page=2";
    let pages = &fetch(&emulator, "GET", path, serde_json::Value::Null).1["pages"];
    for (name, number) in [("prev", 1), ("next", 3)] {
        let address = pages[name].as_str().unwrap();
        assert!(address.contains("query=card"), "{address}");
        assert!(address.contains(&format!("page={number}")), "{address}");
    }
}
