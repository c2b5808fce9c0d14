//! What our own client makes of replies that are odd in the ways in which the service's are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::collections::BTreeSet;

use bytes::Bytes;
use http::Request;
use intercom_core::api::routing::{Operation, route};
use intercom_core::api::{companies, contacts, conversations};
use intercom_core::blocking::Transport;
use intercom_core::transport::Deadline;
use intercom_emulator::{Emulator, Quirk, Quirks};
use serde_json::{Value, json};
use support::{client, fetch};

/// A reply as it came, and as the client reads it.
struct Read {
    sent: Value,
    deviations: Vec<String>,
}

/// Sends a request, and decodes the reply as the operation's type does.
fn read(emulator: &Emulator, method: &str, path: &str, body: &Value) -> Read {
    let text = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer any")
        .header("intercom-version", "2.16")
        .body(Bytes::from(text))
        .unwrap();
    let reply = Transport::send(&emulator.transport(), request, Deadline::none()).unwrap();
    let (head, body) = reply.into_parts();
    let body = Bytes::from(std::io::read_to_string(body).unwrap());
    assert!(head.status.is_success(), "{method} {path}: {body:?}");
    let length = head.headers["content-length"].to_str().unwrap();
    assert_eq!(length, body.len().to_string());
    let spec = route(method, path.split('?').next().unwrap()).unwrap().spec;
    let operation = Operation::named(spec.name).unwrap();
    let (_, deviations) = operation
        .decode(&head.headers, &body)
        .unwrap_or_else(|error| panic!("{}: {error}: {body:?}", spec.name));
    Read {
        sent: serde_json::from_slice(&body).unwrap(),
        deviations: deviations
            .iter()
            .map(|it| format!("{} {}", spec.name, without_indexes(&it.path)))
            .collect(),
    }
}

/// `data[3].name` as `data.name`.
fn without_indexes(path: &str) -> String {
    let mut inside = false;
    let kept = path.chars().filter(|it| {
        inside = *it == '[' || inside && *it != ']';
        !inside && *it != ']'
    });
    kept.collect()
}

/// What the client reports, and reads the rest without: objects that have nothing left but what is unknown.
const REPORTED: &[&str] = &[
    "news::ListNewsItems data.newsfeed_assignments",
    "news::ListNewsfeedItems data.newsfeed_assignments",
    "subscription_types::List data.default_translation",
    "subscription_types::List data.translations",
];

fn workspace() -> Emulator {
    let emulator = Emulator::builder().demo_size(40).build();
    emulator.reply_macro("Hello", "<p>Hello</p>");
    emulator.newsfeed("News");
    emulator.away_status_reason("Lunch", "x");
    let contact = emulator
        .contact()
        .email("ada@example.com")
        .tag("vip")
        .note("Pays late.");
    let contact = contact.external_id("7").create();
    let ticket_type = emulator.ticket_type("Request", "Customer".into());
    emulator
        .seed(&json!({
            "audiences": [{"name": "All"}],
            "conversations": [{"from": {"type": "user", "id": contact.id}, "body": "Hello"}],
            "tickets": [{
                "ticket_type_id": ticket_type.id, "contacts": [{"id": contact.id}],
                "ticket_attributes": {"_default_title_": "One"},
            }],
            "internal_articles": [{"title": "I", "author_id": emulator.owner(), "owner_id": emulator.owner()}],
        }))
        .unwrap();
    emulator
}

/// What can be read of a workspace: lists, their first items, and searches.
fn requests(emulator: &Emulator) -> Vec<(&'static str, String, Value)> {
    let mut requests = Vec::new();
    for path in [
        "/me",
        "/admins",
        "/admins/activity_logs?created_at_after=1",
        "/articles",
        "/audiences",
        "/away_status_reasons",
        "/brands",
        "/companies",
        "/contacts",
        "/conversations",
        "/conversations/attributes",
        "/data_attributes",
        "/data_connectors",
        "/emails",
        "/help_center/collections",
        "/help_center/help_centers",
        "/internal_articles",
        "/macros",
        "/news/news_items",
        "/news/newsfeeds",
        "/office_hours_schedules",
        "/segments",
        "/subscription_types",
        "/tags",
        "/teams",
        "/ticket_states",
        "/ticket_types",
        "/content_snippets",
        "/calls",
        "/ai/external_pages",
        "/ai/content_import_sources",
        "/conversations/deleted",
        "/content/search?query=a",
    ] {
        requests.push(("GET", path.to_owned(), Value::Null));
    }
    for (list, items, below) in [
        (
            "/contacts",
            "data",
            &[
                "",
                "/notes",
                "/tags",
                "/segments",
                "/companies",
                "/subscriptions",
            ][..],
        ),
        (
            "/companies",
            "data",
            &["", "/contacts", "/notes", "/segments"],
        ),
        ("/conversations", "conversations", &["", "/handling_events"]),
        ("/admins", "admins", &[""]),
        ("/articles", "data", &[""]),
        ("/internal_articles", "data", &[""]),
        ("/tags", "data", &[""]),
        ("/ticket_types", "data", &[""]),
        ("/help_center/collections", "data", &[""]),
        ("/help_center/help_centers", "data", &[""]),
        ("/macros", "data", &[""]),
        ("/news/newsfeeds", "data", &["", "/items"]),
    ] {
        let (_, reply) = fetch(emulator, "GET", list, Value::Null);
        let id = reply[items][0]["id"]
            .as_str()
            .map_or_else(|| reply[items][0]["id"].to_string(), str::to_owned);
        assert_ne!(id, "null", "{list}: {reply}");
        for below in below {
            requests.push(("GET", format!("{list}/{id}{below}"), Value::Null));
        }
    }
    for path in ["/contacts", "/conversations", "/tickets"] {
        let query = json!({"field": "created_at", "operator": ">", "value": 1});
        requests.push(("POST", format!("{path}/search"), json!({"query": query})));
    }
    requests
}

#[test]
fn our_client_reads_every_operation_under_every_quirk() {
    let emulator = workspace();
    let requests = requests(&emulator);
    assert!(requests.len() > 55);
    let read_all = |quirks: Quirks| {
        emulator.set_quirks(quirks);
        let replies = requests
            .iter()
            .map(|(method, path, body)| read(&emulator, method, path, body));
        replies.collect::<Vec<_>>()
    };
    let plain = read_all(Quirks::default());
    let known = plain.iter().flat_map(|it| it.deviations.clone());
    assert_eq!(known.collect::<Vec<_>>(), [""; 0]);
    let alone = Quirk::ALL.map(|quirk| (quirk.name(), Quirks::new([quirk])));
    let settings = alone.into_iter().chain([("all", Quirks::all())]);
    let mut surprises = BTreeSet::new();
    for (name, quirks) in settings {
        for percent in [50, 100] {
            let replies = read_all(quirks.clone().percent(percent));
            let changed = replies
                .iter()
                .zip(&plain)
                .filter(|(one, other)| one.sent != other.sent);
            assert!(changed.count() > 1, "{name} changes nothing");
            let deviations = replies.iter().flat_map(|it| &it.deviations);
            surprises.extend(deviations.cloned());
        }
    }
    assert_eq!(
        surprises,
        BTreeSet::from_iter(REPORTED.iter().map(ToString::to_string))
    );
}

#[test]
fn lists_are_read_to_their_end_under_all_quirks() {
    let emulator = workspace();
    let intercom = client(&emulator);
    let count = || {
        (
            intercom
                .items(contacts::List::new().per_page(7_u32))
                .map(Result::unwrap)
                .count(),
            intercom
                .items(companies::ListAll::new().per_page(2_u32))
                .map(Result::unwrap)
                .count(),
            intercom
                .items(conversations::List::new().per_page(3_u32))
                .map(Result::unwrap)
                .count(),
        )
    };
    let plain = count();
    emulator.set_quirks(Quirks::all().percent(100));
    assert_eq!(count(), plain);
}

#[test]
fn the_same_reply_looks_the_same_each_time_and_other_with_another_seed() {
    let emulator = workspace();
    let list = || fetch(&emulator, "GET", "/contacts", Value::Null).1;
    emulator.set_quirks(Quirks::all());
    let first = list();
    assert_eq!(list(), first);
    emulator.set_quirks(Quirks::all().seed(1));
    assert_ne!(list(), first);
}

#[test]
fn quirks_change_neither_the_workspace_nor_errors() {
    let emulator = workspace();
    let contact = emulator.contact().email("eve@example.com").create();
    let path = format!("/contacts/{}", contact.id);
    let plain = fetch(&emulator, "GET", &path, Value::Null);
    let missing = || {
        let (status, mut reply) = fetch(&emulator, "GET", "/contacts/nobody", Value::Null);
        reply["request_id"].take();
        (status, reply)
    };
    let refused = missing();
    emulator.set_quirks(Quirks::all().percent(100));
    assert_ne!(fetch(&emulator, "GET", &path, Value::Null), plain);
    assert_eq!(missing(), refused);
    emulator.set_quirks(Quirks::default());
    assert_eq!(fetch(&emulator, "GET", &path, Value::Null), plain);
    emulator.set_quirks(Quirks::all());
    emulator.reset();
    let (_, admins) = fetch(&emulator, "GET", "/admins", Value::Null);
    assert!(admins["admins"][0]["id"].is_string());
}
