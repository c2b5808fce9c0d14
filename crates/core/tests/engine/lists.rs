//! Every list that comes in pages, page after page.

use std::collections::BTreeSet;

use http::HeaderMap;
use intercom_core::Paginate;
use intercom_core::api::{
    self, admins, ai_content, articles, audiences, calls, companies, contacts, content,
    conversations, custom_objects, data_connectors, data_events, folders, help_center,
    internal_articles, macros, messages, news, notes, segments, tickets,
};
use intercom_core::model::Timestamp;
use intercom_core::model::search::{Search, company, contact, conversation, ticket};
use serde_json::{Value, json};

use crate::paging::items;
use crate::support::json as answer;

/// Reads a list of two pages to its end: its second request must be this, and its items have these
/// ids. There is no third request, for which there would be no answer.
#[track_caller]
fn row<E: Paginate>(
    list: E,
    pages: [Value; 2],
    second: &str,
    id: impl Fn(&E::Item) -> &str,
    ids: &[&str],
) -> &'static str {
    let name = E::SPEC.name;
    for page in &pages {
        let read = E::decode(&HeaderMap::new(), &page.to_string().into()).unwrap();
        assert_eq!(read.deviations, [], "{name}");
    }
    let (found, error, transport) = items(list, || {
        let answers = pages.iter().map(|page| answer(200, &page.to_string()));
        answers.collect()
    });
    assert!(error.is_none(), "{name}: {error:?}");
    assert_eq!(found.iter().map(id).collect::<Vec<_>>(), ids, "{name}");
    let sent = transport.sent();
    assert_eq!(sent[1..], [second], "{name}");
    name
}

/// `pages` of a list that is paged by number: the first of two, or the second.
fn number(page: u32) -> Value {
    json!({"type": "pages", "page": page, "per_page": 2, "total_pages": 2})
}

/// The same where the last page says that there is no next one.
fn number_and_null(page: u32) -> Value {
    json!({"type": "pages", "next": null, "page": page, "per_page": 2, "total_pages": 2})
}

/// The same where the next page is an address.
fn number_and_url(page: u32, next: Option<&str>) -> Value {
    let next = next.map(|target| format!("https://api.intercom.io{target}"));
    json!({"type": "pages", "next": next, "page": page, "per_page": 2, "total_pages": 2})
}

/// `pages` of the first page of a list that is paged by cursor, with the number of the page.
fn cursor_and_number(cursor: &str) -> Value {
    json!({
        "type": "pages", "page": 1, "per_page": 2, "total_pages": 2,
        "next": {"page": 2, "starting_after": cursor},
    })
}

/// The same without numbers.
fn cursor(cursor: Option<&str>) -> Value {
    let next = cursor.map(|cursor| json!({"starting_after": cursor}));
    json!({"type": "pages", "per_page": 2, "next": next})
}

/// Items that have nothing but a type and an id.
fn some<const N: usize>(r#type: &str, ids: [&str; N]) -> Value {
    ids.map(|id| json!({"type": r#type, "id": id})).into()
}

/// A page as most lists have it.
fn list(pages: Value, data: Value) -> Value {
    json!({"type": "list", "data": data, "total_count": 3, "pages": pages})
}

/// A page whose items are under a name of their own.
fn under(r#type: &str, name: &str, pages: Value, items: Value) -> Value {
    json!({"type": r#type, (name): items, "total_count": 3, "pages": pages})
}

/// A page that tells its numbers beside its items.
fn counted(page: u32, data: Value) -> Value {
    json!({
        "type": "list", "data": data,
        "total_count": 3, "page": page, "per_page": 2, "total_pages": 2,
    })
}

fn since() -> Timestamp {
    Timestamp::from_second(1_734_537_253)
}

fn of_cursor_in_query() -> Vec<&'static str> {
    let conversations = |pages, items| under("conversation.list", "conversations", pages, items);
    let statuses = |next: Value, items| {
        let pages = json!({"type": "pages", "per_page": 2, "total_pages": 2, "next": next});
        under("list", "events", pages, items)
    };
    vec![
        row(
            contacts::List::new().per_page(2_u32),
            [
                list(
                    cursor_and_number("WzE3MzQ1MzcyNTMsMl0="),
                    some("contact", ["6762f0dd", "6762f0dc"]),
                ),
                list(number(2), some("contact", ["6762f0db"])),
            ],
            "GET /contacts?per_page=2&starting_after=WzE3MzQ1MzcyNTMsMl0%3D",
            |contact| contact.id.as_str(),
            &["6762f0dd", "6762f0dc", "6762f0db"],
        ),
        row(
            contacts::ListActivities::new().per_page(2_u32),
            [
                json!({"type": "list", "pages": cursor(Some("1717000400000.0000e5")), "data": [
                    {"type": "contact_activity", "id": "1717000000000.0000a1", "event_type": "contact.created"},
                    {"type": "contact_activity", "id": "1717000400000.0000e5", "event_type": "contact.deleted"},
                ]}),
                json!({"type": "list", "pages": cursor(None), "data": [
                    {"type": "contact_activity", "id": "1717000500000.0000f6", "event_type": "contact.created"},
                ]}),
            ],
            "GET /contacts/activities?per_page=2&starting_after=1717000400000.0000e5",
            |activity| activity.id.as_ref().map_or("", |id| id.as_str()),
            &[
                "1717000000000.0000a1",
                "1717000400000.0000e5",
                "1717000500000.0000f6",
            ],
        ),
        row(
            conversations::List::new()
                .per_page(2_u32)
                .include_monitors(true),
            [
                conversations(
                    cursor_and_number("WzE3MzQ1Mzc0NjAwMDAsNDcxLDJd"),
                    some("conversation", ["471", "470"]),
                ),
                conversations(number(2), some("conversation", ["469"])),
            ],
            "GET /conversations?per_page=2&starting_after=WzE3MzQ1Mzc0NjAwMDAsNDcxLDJd&include_monitors=true",
            |conversation| conversation.id.as_str(),
            &["471", "470", "469"],
        ),
        row(
            data_connectors::List::new().per_page(2_u32),
            [
                json!({"type": "list", "pages": cursor(Some("WzE3MDc1OTQ3MTUuMCwxMjM0NV0=")), "data": some("data_connector", ["12346", "12345"])}),
                json!({"type": "list", "pages": cursor(None), "data": some("data_connector", ["12344"])}),
            ],
            "GET /data_connectors?per_page=2&starting_after=WzE3MDc1OTQ3MTUuMCwxMjM0NV0%3D",
            |connector| connector.id.as_str(),
            &["12346", "12345", "12344"],
        ),
        row(
            data_connectors::ListExecutionResults::new("12345")
                .per_page(2_u32)
                .success(false),
            [
                json!({"type": "list", "pages": cursor(Some("WzE3MDc1OTQ3MTUuMCw5OTAwMF0=")), "data": [
                    {"type": "data_connector.execution", "id": "99001", "success": false},
                    {"type": "data_connector.execution", "id": "99000", "success": false},
                ]}),
                json!({"type": "list", "pages": cursor(None), "data": [
                    {"type": "data_connector.execution", "id": "98999", "success": false},
                ]}),
            ],
            "GET /data_connectors/12345/execution_results?per_page=2&starting_after=WzE3MDc1OTQ3MTUuMCw5OTAwMF0%3D&success=false",
            |result| result.id.as_str(),
            &["99001", "99000", "98999"],
        ),
        row(
            macros::List::new().per_page(2_u32).updated_since(since()),
            [
                json!({"type": "list", "pages": cursor(Some("WzE3MTk0OTM3NTcuMCwgIjEyMyJd")), "data": some("macro", ["124", "123"])}),
                json!({"type": "list", "pages": cursor(None), "data": some("macro", ["122"])}),
            ],
            "GET /macros?per_page=2&starting_after=WzE3MTk0OTM3NTcuMCwgIjEyMyJd&updated_since=1734537253",
            |r#macro| r#macro.id.as_str(),
            &["124", "123", "122"],
        ),
        row(
            messages::ListStatuses::new("12345").per_page(2_u32),
            [
                statuses(
                    json!({"starting_after": "abc123"}),
                    json!([{"id": "event_3", "status": "delivered"}, {"id": "event_2", "status": "read"}]),
                ),
                statuses(Value::Null, json!([{"id": "event_1", "status": "failed"}])),
            ],
            "GET /messages/status?ruleset_id=12345&per_page=2&starting_after=abc123",
            |event| event.id.as_str(),
            &["event_3", "event_2", "event_1"],
        ),
    ]
}

fn of_cursor_in_body() -> Vec<&'static str> {
    vec![
        row(
            companies::Search::new(Search::new(company::NAME.eq("Acme")).per_page(2)),
            [
                list(
                    cursor_and_number("WzIsImEiXQ=="),
                    some("company", ["6762f07a", "6762f07b"]),
                ),
                list(number(2), some("company", ["6762f07c"])),
            ],
            r#"POST /companies/search {"query":{"field":"name","operator":"=","value":"Acme"},"pagination":{"per_page":2,"starting_after":"WzIsImEiXQ=="}}"#,
            |company| company.id.as_str(),
            &["6762f07a", "6762f07b", "6762f07c"],
        ),
        row(
            // A search that says nothing of its pages.
            contacts::Search::new(contact::EMAIL.eq("ada@example.com")),
            [
                list(
                    cursor_and_number("WzE3MzQ1MzcyNTMsMl0="),
                    some("contact", ["6762f0dd", "6762f0dc"]),
                ),
                list(number(2), some("contact", ["6762f0db"])),
            ],
            r#"POST /contacts/search {"query":{"field":"email","operator":"=","value":"ada@example.com"},"pagination":{"starting_after":"WzE3MzQ1MzcyNTMsMl0="}}"#,
            |contact| contact.id.as_str(),
            &["6762f0dd", "6762f0dc", "6762f0db"],
        ),
        row(
            conversations::Search::new(Search::new(conversation::OPEN.eq(true)).per_page(2)),
            [
                under(
                    "conversation.list",
                    "conversations",
                    cursor_and_number("WzUxNSwyXQ=="),
                    some("conversation", ["516", "515"]),
                ),
                under(
                    "conversation.list",
                    "conversations",
                    number(2),
                    some("conversation", ["514"]),
                ),
            ],
            r#"POST /conversations/search {"query":{"field":"open","operator":"=","value":true},"pagination":{"per_page":2,"starting_after":"WzUxNSwyXQ=="}}"#,
            |conversation| conversation.id.as_str(),
            &["516", "515", "514"],
        ),
        row(
            tickets::Search::new(Search::new(ticket::OPEN.eq(true)).per_page(2)),
            [
                under(
                    "ticket.list",
                    "tickets",
                    cursor_and_number("WzYzMywyXQ=="),
                    some("ticket", ["634", "633"]),
                ),
                under("ticket.list", "tickets", number(2), some("ticket", ["632"])),
            ],
            r#"POST /tickets/search {"query":{"field":"open","operator":"=","value":true},"pagination":{"per_page":2,"starting_after":"WzYzMywyXQ=="}}"#,
            |ticket| ticket.id.as_str(),
            &["634", "633", "632"],
        ),
    ]
}

fn of_number() -> Vec<&'static str> {
    let activities = |page, items| {
        under(
            "activity_log.list",
            "activity_logs",
            number_and_null(page),
            items,
        )
    };
    let logs = [
        activities(1, json!([{"id": "fca05814"}, {"id": "fca05813"}])),
        activities(2, json!([{"id": "fca05812"}])),
    ];
    let companies = [
        list(
            number_and_null(1),
            some("company", ["6762f07a", "6762f07b"]),
        ),
        list(number_and_null(2), some("company", ["6762f07c"])),
    ];
    let notes = [
        list(number_and_null(1), some("note", ["29", "28"])),
        list(number_and_null(2), some("note", ["27"])),
    ];
    let news_items = [
        list(number(1), some("news-item", ["29", "30"])),
        list(number(2), some("news-item", ["31"])),
    ];
    let side_conversations = |page, items| {
        under(
            "side_conversation.list",
            "side_conversations",
            number(page),
            items,
        )
    };
    let segments = |page, items| under("segment.list", "segments", number(page), items);
    vec![
        row(
            admins::ListActivityLogs::new(since()),
            logs.clone(),
            "GET /admins/activity_logs?created_at_after=1734537253&page=2",
            |activity| activity.id.as_str(),
            &["fca05814", "fca05813", "fca05812"],
        ),
        row(
            admins::SearchActivityLogs::new(
                admins::ActivityLogSearch::new(since()).per_page(2_u32),
            ),
            logs,
            r#"POST /admins/activity_logs/search {"created_at_after":1734537253,"page":2,"per_page":2}"#,
            |activity| activity.id.as_str(),
            &["fca05814", "fca05813", "fca05812"],
        ),
        row(
            articles::List::new().per_page(2_u32),
            [
                list(number(1), some("article", ["39", "38"])),
                list(number(2), some("article", ["37"])),
            ],
            "GET /articles?page=2&per_page=2",
            |article| article.id.as_str(),
            &["39", "38", "37"],
        ),
        row(
            articles::Search::new().phrase("thanks").highlight(true),
            [
                list(
                    number(1),
                    json!({
                        "articles": [{"type": "article", "id": "55"}, {"type": "article", "id": "54"}],
                        "highlights": [{"article_id": "55"}, {"article_id": "54"}],
                    }),
                ),
                list(
                    number(2),
                    json!({
                        "articles": [{"type": "article", "id": "53"}],
                        "highlights": [{"article_id": "53"}],
                    }),
                ),
            ],
            "GET /articles/search?phrase=thanks&highlight=true&page=2",
            |found| {
                let article = found
                    .highlights
                    .as_ref()
                    .and_then(|found| found.article_id.as_ref());
                assert_eq!(article, Some(&found.article.id));
                found.article.id.as_str()
            },
            &["55", "54", "53"],
        ),
        row(
            articles::ListVersions::new("123").per_page(2_u32),
            [
                list(number(1), some("article_version", ["302", "301"])),
                list(number(2), some("article_version", ["300"])),
            ],
            "GET /articles/123/versions?page=2&per_page=2",
            |version| version.id.as_str(),
            &["302", "301", "300"],
        ),
        row(
            calls::List::new().per_page(2_u32),
            [
                list(number(1), some("call", ["9", "8"])),
                list(number(2), some("call", ["7"])),
            ],
            "GET /calls?page=2&per_page=2",
            |call| call.id.as_str(),
            &["9", "8", "7"],
        ),
        row(
            companies::Find::new().tag_id("12").per_page(2_u32),
            companies.clone(),
            "GET /companies?tag_id=12&page=2&per_page=2",
            |company| company.id.as_str(),
            &["6762f07a", "6762f07b", "6762f07c"],
        ),
        row(
            companies::ListAll::new()
                .per_page(2_u32)
                .order(companies::Order::Ascending),
            companies.clone(),
            "POST /companies/list?page=2&per_page=2&order=asc",
            |company| company.id.as_str(),
            &["6762f07a", "6762f07b", "6762f07c"],
        ),
        row(
            companies::ListContacts::new("6762f07a").per_page(2_u32),
            [
                list(number(1), some("contact", ["6762f0dd", "6762f0dc"])),
                list(number(2), some("contact", ["6762f0db"])),
            ],
            "GET /companies/6762f07a/contacts?page=2&per_page=2",
            |contact| contact.id.as_str(),
            &["6762f0dd", "6762f0dc", "6762f0db"],
        ),
        row(
            contacts::ListCompanies::new("6762f0dd").per_page(2_u32),
            companies,
            "GET /contacts/6762f0dd/companies?page=2&per_page=2",
            |company| company.id.as_str(),
            &["6762f07a", "6762f07b", "6762f07c"],
        ),
        row(
            conversations::ListSideConversations::new("455").per_page(2_u32),
            [
                side_conversations(
                    1,
                    json!([
                        {"side_conversation_id": "456", "conversation_parts": [], "total_count": 1},
                        {"side_conversation_id": "457", "conversation_parts": [], "total_count": 1},
                    ]),
                ),
                side_conversations(
                    2,
                    json!([
                        {"side_conversation_id": "458", "conversation_parts": [], "total_count": 1},
                    ]),
                ),
            ],
            "GET /conversations/455/side_conversations?page=2&per_page=2",
            |side| side.side_conversation_id.as_str(),
            &["456", "457", "458"],
        ),
        row(
            folders::List::new().per_page(2_u32).parent_folder_id("5"),
            [
                list(
                    number(1),
                    json!([{"id": 6, "name": "Product"}, {"id": 7, "name": "Sales"}]),
                ),
                list(number(2), json!([{"id": 8, "name": "Support"}])),
            ],
            "GET /folders?page=2&per_page=2&parent_folder_id=5",
            |folder| folder.id.as_str(),
            &["6", "7", "8"],
        ),
        row(
            help_center::ListCollections::new().per_page(2_u32),
            [
                list(number(1), json!([{"id": "159"}, {"id": "158"}])),
                list(number(2), json!([{"id": "157"}])),
            ],
            "GET /help_center/collections?page=2&per_page=2",
            |collection| collection.id.as_str(),
            &["159", "158", "157"],
        ),
        row(
            help_center::ListRedirects::new("7").per_page(2_u32),
            [
                list(number(1), some("help_center_redirect", ["26", "25"])),
                list(number(2), some("help_center_redirect", ["24"])),
            ],
            "GET /help_center/help_centers/7/redirects?page=2&per_page=2",
            |redirect| redirect.id.as_str(),
            &["26", "25", "24"],
        ),
        row(
            help_center::ListSections::new(),
            [
                list(number(1), json!([{"id": "18"}, {"id": "17"}])),
                list(number(2), json!([{"id": "16"}])),
            ],
            "GET /help_center/sections?page=2",
            |section| section.id.as_str(),
            &["18", "17", "16"],
        ),
        row(
            internal_articles::List::new(),
            [
                list(number(1), json!([{"id": "39"}, {"id": "38"}])),
                list(number(2), json!([{"id": "37"}])),
            ],
            "GET /internal_articles?page=2",
            |article| article.id.as_str(),
            &["39", "38", "37"],
        ),
        row(
            internal_articles::Search::new().folder_id("6"),
            [
                list(
                    number(1),
                    json!({"internal_articles": [{"id": "55"}, {"id": "54"}]}),
                ),
                list(number(2), json!({"internal_articles": [{"id": "53"}]})),
            ],
            "GET /internal_articles/search?folder_id=6&page=2",
            |article| article.id.as_str(),
            &["55", "54", "53"],
        ),
        row(
            news::ListNewsItems::new(),
            news_items.clone(),
            "GET /news/news_items?page=2",
            |item| item.id.as_str(),
            &["29", "30", "31"],
        ),
        row(
            news::ListNewsfeeds::new(),
            [
                list(number(1), some("newsfeed", ["68", "69"])),
                list(number(2), some("newsfeed", ["70"])),
            ],
            "GET /news/newsfeeds?page=2",
            |newsfeed| newsfeed.id.as_str(),
            &["68", "69", "70"],
        ),
        row(
            news::ListNewsfeedItems::new("68"),
            news_items,
            "GET /news/newsfeeds/68/items?page=2",
            |item| item.id.as_str(),
            &["29", "30", "31"],
        ),
        row(
            notes::ListForContact::new("6762f0dd").per_page(2_u32),
            notes.clone(),
            "GET /contacts/6762f0dd/notes?page=2&per_page=2",
            |note| note.id.as_str(),
            &["29", "28", "27"],
        ),
        row(
            notes::ListForCompany::new("6762f07a"),
            notes,
            "GET /companies/6762f07a/notes?page=2",
            |note| note.id.as_str(),
            &["29", "28", "27"],
        ),
        row(
            segments::List::new().include_count(true),
            [
                segments(
                    1,
                    json!([{"type": "segment", "id": "6762f25c", "count": 3}, {"type": "segment", "id": "6762f25d", "count": 0}]),
                ),
                segments(
                    2,
                    json!([{"type": "segment", "id": "6762f25e", "count": 1}]),
                ),
            ],
            "GET /segments?include_count=true&page=2",
            |segment| segment.id.as_str(),
            &["6762f25c", "6762f25d", "6762f25e"],
        ),
    ]
}

fn of_number_in_an_address() -> Vec<&'static str> {
    let deleted = |pages, items| under("conversations.list", "conversations", pages, items);
    vec![
        row(
            ai_content::ListContentImportSources::new(),
            [
                list(
                    number_and_url(1, Some("/ai/content_import_sources?page=2")),
                    json!([{"type": "content_import_source", "id": 33}, {"type": "content_import_source", "id": 34}]),
                ),
                list(
                    number_and_url(2, None),
                    json!([{"type": "content_import_source", "id": 35}]),
                ),
            ],
            "GET /ai/content_import_sources?page=2",
            |source| source.id.as_str(),
            &["33", "34", "35"],
        ),
        row(
            ai_content::ListExternalPages::new(),
            [
                list(
                    number_and_url(1, Some("/ai/external_pages?page=2")),
                    some("external_page", ["19", "20"]),
                ),
                list(number_and_url(2, None), some("external_page", ["21"])),
            ],
            "GET /ai/external_pages?page=2",
            |page| page.id.as_str(),
            &["19", "20", "21"],
        ),
        row(
            content::Search::new().query("billing").per_page(2_u32),
            [
                list(
                    number_and_url(1, Some("/content/search?query=billing&per_page=2&page=2")),
                    json!([
                        {"type": "content_snippet", "id": "123", "title": "Billing"},
                        {"type": "article", "id": "124", "title": "Invoices", "contents": []},
                    ]),
                ),
                list(
                    json!({
                        "type": "pages", "page": 2, "per_page": 2, "total_pages": 2, "next": null,
                        "prev": "https://api.intercom.io/content/search?query=billing&per_page=2&page=1",
                    }),
                    json!([{"type": "content_snippet", "id": "125", "title": "Bills"}]),
                ),
            ],
            "GET /content/search?query=billing&page=2&per_page=2",
            |found| match found {
                content::ContentMatch::Article(article) => article.id.as_str(),
                content::ContentMatch::Other(other) => other.id.as_str(),
                _ => "",
            },
            &["123", "124", "125"],
        ),
        row(
            conversations::ListDeleted::new()
                .per_page(2_u32)
                .order(conversations::Order::Descending),
            [
                deleted(
                    number_and_url(
                        1,
                        Some("/conversations/deleted?per_page=2&order=desc&page=2"),
                    ),
                    some("conversation", ["512", "511"]),
                ),
                deleted(number_and_url(2, None), some("conversation", ["510"])),
            ],
            "GET /conversations/deleted?page=2&per_page=2&order=desc",
            |conversation| conversation.id.as_str(),
            &["512", "511", "510"],
        ),
        row(
            custom_objects::List::new("Order")
                .references_contact_id("6762f0dd")
                .per_page(2_u32),
            [
                list(
                    number_and_url(1, Some("/custom_object_instances/Order?per_page=2&page=2")),
                    some("Order", ["22", "23"]),
                ),
                list(number_and_url(2, None), some("Order", ["24"])),
            ],
            "GET /custom_object_instances/Order?references_contact_id=6762f0dd&page=2&per_page=2",
            |order| order.id.as_str(),
            &["22", "23", "24"],
        ),
    ]
}

fn of_other_ways() -> Vec<&'static str> {
    vec![
        row(
            audiences::List::new().per_page(2_u32),
            [
                counted(1, some("audience", ["123", "124"])),
                counted(2, some("audience", ["125"])),
            ],
            "GET /audiences?page=2&per_page=2",
            |audience| audience.id.as_str(),
            &["123", "124", "125"],
        ),
        row(
            content::ListSnippets::new().per_page(2_u32),
            [
                counted(1, some("content_snippet", ["123", "124"])),
                counted(2, some("content_snippet", ["125"])),
            ],
            "GET /content_snippets?page=2&per_page=2",
            |snippet| snippet.id.as_str(),
            &["123", "124", "125"],
        ),
        // A scroll ends with an empty page, which has a name for the next one like any other.
        row(
            companies::Scroll::new(),
            [
                json!({
                    "type": "list", "pages": null, "total_count": null, "scroll_param": "69352cd2-ab5b",
                    "data": some("company", ["6762f097", "6762f098"]),
                }),
                json!({
                    "type": "list", "pages": null, "total_count": null, "scroll_param": "69352cd2-ab5b",
                    "data": [],
                }),
            ],
            "GET /companies/scroll?scroll_param=69352cd2-ab5b",
            |company| company.id.as_str(),
            &["6762f097", "6762f098"],
        ),
        row(
            contacts::ListMergeHistory::new("6762f0dd").per_page(2_u32),
            [
                json!({"type": "list", "next_cursor": "eyJpZCI6IjYyMzQ1NiJ9", "has_more": true, "data": [
                    {"type": "merge_history", "source_contact_id": "5ba682d2"},
                    {"type": "merge_history", "source_contact_id": "5ba682d1"},
                ]}),
                json!({"type": "list", "next_cursor": null, "has_more": false, "data": [
                    {"type": "merge_history", "source_contact_id": "5ba682d0"},
                ]}),
            ],
            "GET /contacts/6762f0dd/merge_history?cursor=eyJpZCI6IjYyMzQ1NiJ9&per_page=2",
            |merge| {
                merge
                    .source_contact_id
                    .as_ref()
                    .map_or("", |id| id.as_str())
            },
            &["5ba682d2", "5ba682d1", "5ba682d0"],
        ),
        row(
            data_events::List::by_email("ada@example.com").per_page(2_u32),
            [
                json!({
                    "type": "event.list", "events": some("event", ["3", "2"]),
                    "pages": {
                        "next": "https://api.intercom.io/events?type=user&email=ada%40example.com&before=1389913941064",
                        "since": "https://api.intercom.io/events?type=user&email=ada%40example.com&since=1389913941066",
                    },
                }),
                json!({"type": "event.list", "events": some("event", ["1"]), "pages": {}}),
            ],
            "GET /events?type=user&email=ada%40example.com&per_page=2&before=1389913941064",
            |event| event.id.as_ref().map_or("", |id| id.as_str()),
            &["3", "2", "1"],
        ),
    ]
}

#[test]
fn every_list_is_read_page_by_page_to_its_end() {
    let rows = [
        of_cursor_in_query(),
        of_cursor_in_body(),
        of_number(),
        of_number_in_an_address(),
        of_other_ways(),
    ];
    let read: BTreeSet<&str> = rows.into_iter().flatten().collect();
    let paged: BTreeSet<&str> = api::ALL
        .iter()
        .filter(|spec| spec.paged)
        .map(|spec| spec.name)
        .collect();
    assert_eq!(read, paged, "a list that comes in pages has no row here");
}
