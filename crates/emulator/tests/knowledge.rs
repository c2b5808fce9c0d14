//! What teammates and AI agents answer from: internal articles, folders, snippets, external pages,
//! macros.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_core::api::ai_content::{
    self, ContentImportSourceCreate, ExternalPageCreateOrUpdate, SyncBehavior,
};
use intercom_core::api::content::{self, ContentSnippetCreate, ContentSnippetUpdate};
use intercom_core::api::folders::{self, FolderBody, FolderCreate, FolderUpdate};
use intercom_core::api::internal_articles::{self, InternalArticleCreate, InternalArticleUpdate};
use intercom_core::api::macros;
use intercom_core::api::tags::{self, ContentTagAttach, TagRequest};
use intercom_core::model::Locale;
use intercom_emulator::Emulator;
use support::{client, in_version, told};

#[test]
fn internal_articles_lie_in_folders_and_are_found_by_them() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let owner = emulator.owner();
    let folder = |create: FolderCreate| {
        let create = folders::Create::new(FolderBody::from(create));
        intercom.call(&create).unwrap().into_value()
    };
    let top = folder(FolderCreate::new("Support"));
    let inner = folder(FolderCreate::new("Billing").parent_folder_id(top.id.clone()));
    let create = InternalArticleCreate::new("Refunds", &owner, &owner)
        .body("<p>Ask Grace</p>")
        .folder_id(inner.id.clone());
    let create = internal_articles::Create::new(create);
    let article = intercom.call(&create).unwrap();
    let found = |within: &folders::Folder| {
        let search = internal_articles::Search::new().folder_id(&within.id);
        let found = intercom.call(&search).unwrap();
        found.total_count.unwrap()
    };
    assert_eq!((found(&top), found(&inner)), (1, 1));
    let get = |id| intercom.call(&folders::Get::new(id)).unwrap().content_count;
    assert_eq!((get(&top.id), get(&inner.id)), (Some(0), Some(1)));

    let update = FolderUpdate::new().parent_folder_id(inner.id.clone());
    let circle = folders::Update::new(&top.id, FolderBody::from(update));
    assert_eq!(told(&intercom.call(&circle).unwrap_err()).0, 400);
    intercom.call(&folders::Delete::new(&inner.id)).unwrap();
    assert_eq!(found(&top), 0);

    let update = InternalArticleUpdate::new().title("Refunds and credit");
    let update = internal_articles::Update::new(&article.id, update);
    let updated = intercom.call(&update).unwrap();
    assert_eq!(updated.folder_id, None);
    let all: Vec<_> = intercom
        .items(internal_articles::List::new())
        .map(|article| article.unwrap().title.unwrap())
        .collect();
    assert_eq!(all, ["Refunds and credit"]);
    let delete = internal_articles::Delete::new(&article.id);
    assert_eq!(intercom.call(&delete).unwrap().deleted, Some(true));
    let gone = intercom.call(&internal_articles::Get::new(&article.id));
    assert_eq!(told(&gone.unwrap_err()).0, 404);
    let nobody = InternalArticleCreate::new("Refunds", "42", &owner);
    let nobody = intercom.call(&internal_articles::Create::new(nobody));
    assert_eq!(told(&nobody.unwrap_err()).0, 400);
}

#[test]
fn a_snippet_is_created_changed_tagged_and_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = ContentSnippetCreate::new("Opening hours").body_markdown("9 to 5");
    let created = intercom.call(&content::CreateSnippet::new(create)).unwrap();
    assert_eq!(created.raw().status().as_u16(), 201);
    assert_eq!(created.locale, Some(Locale::English));
    let id = created.id.clone();
    let update = ContentSnippetUpdate::new().body_markdown("9 to 6");
    let updated = intercom
        .call(&content::UpdateSnippet::new(&id, update))
        .unwrap();
    assert_eq!(updated.title.as_deref(), Some("Opening hours"));

    let tag = tags::CreateOrUpdate::new(TagRequest::create("hours"));
    let tag = intercom.call(&tag).unwrap();
    let attach = tags::AttachToContentSnippet::new(&id, ContentTagAttach::new(&tag.id));
    intercom.call(&attach).unwrap();
    let detach = tags::DetachFromContentSnippet::new(&id, &tag.id);
    intercom.call(&detach).unwrap();
    assert_eq!(
        told(&intercom.call(&detach).unwrap_err()).1,
        "tag_not_found"
    );

    let all: Vec<_> = intercom
        .items(content::ListSnippets::new())
        .map(|snippet| snippet.unwrap().id)
        .collect();
    assert_eq!(all, std::slice::from_ref(&id));
    let delete = content::DeleteSnippet::new(&id);
    assert_eq!(intercom.call(&delete).unwrap().raw().status().as_u16(), 204);
    let gone = intercom.call(&delete).unwrap_err();
    assert_eq!(told(&gone).1, "content_snippet_not_found");
    let blank = content::CreateSnippet::new(ContentSnippetCreate::new(" "));
    assert_eq!(told(&intercom.call(&blank).unwrap_err()).0, 422);
}

#[test]
fn an_external_page_is_written_once_for_each_source_and_goes_with_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let source = ContentImportSourceCreate::new(SyncBehavior::Api, "https://example.com");
    let source = ai_content::CreateContentImportSource::new(source);
    let source = intercom.call(&source).unwrap();
    let page = |title: &str| {
        let page =
            ExternalPageCreateOrUpdate::new(title, "<p>Hi</p>", Locale::English, &source.id, "1");
        let page = ai_content::CreateOrUpdateExternalPage::new(page);
        intercom.call(&page).unwrap().into_value()
    };
    let first = page("One");
    emulator.advance(Duration::from_secs(10));
    let second = page("Two");
    assert_eq!(
        (&second.id, second.created_at),
        (&first.id, first.created_at)
    );
    assert!(second.updated_at > first.updated_at);
    let pages: Vec<_> = intercom
        .items(ai_content::ListExternalPages::new())
        .map(|page| page.unwrap().title.unwrap())
        .collect();
    assert_eq!(pages, ["Two"]);
    let delete = ai_content::DeleteContentImportSource::new(&source.id);
    assert_eq!(intercom.call(&delete).unwrap().raw().status().as_u16(), 204);
    let gone = intercom.call(&ai_content::GetExternalPage::new(&first.id));
    assert_eq!(told(&gone.unwrap_err()).0, 404);
    let manual = ContentImportSourceCreate::new(SyncBehavior::Manual, "https://example.com");
    let manual = ai_content::CreateContentImportSource::new(manual);
    assert_eq!(told(&intercom.call(&manual).unwrap_err()).0, 400);
}

#[test]
fn macros_are_listed_last_changed_first() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    emulator.reply_macro("Hello", "<p>Hello!</p>");
    emulator.advance(Duration::from_secs(60));
    let since = emulator.now();
    let bye = emulator.reply_macro("Bye", "<p>Bye!</p>");
    let names = |list: macros::List| -> Vec<String> {
        let macros = intercom.items(list.per_page(1_u32));
        macros.map(|it| it.unwrap().name.unwrap()).collect()
    };
    assert_eq!(names(macros::List::new()), ["Bye", "Hello"]);
    assert_eq!(names(macros::List::new().updated_since(since)), ["Bye"]);
    let get = intercom.call(&macros::Get::new(&bye.id)).unwrap();
    assert_eq!(get.body_text.as_deref(), Some("Bye!"));
    let missing = intercom.call(&macros::Get::new("42")).unwrap_err();
    assert_eq!(told(&missing).0, 404);
}
