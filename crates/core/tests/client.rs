//! What a call sends and gives back, with the async and the blocking client alike.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic"
)]

mod support;

use intercom_core::api::contacts::{self, Contact, ContactUpdate};
use intercom_core::api::{admins, articles, companies, content, help_center, notes, tags};
use intercom_core::error::{DecodeErrorKind, PagingErrorKind};
use intercom_core::model::search::{Query, contact};
use intercom_core::model::{Deviation, Patch, Timestamp};
use intercom_core::transport::{TransportError, TransportErrorKind};
use intercom_core::{
    ApiVersion, CallOptions, Client, Config, Endpoint, Error, ErrorCode, Position, Reply,
    RetryPolicy, blocking,
};
use serde::Deserialize;
use support::{Answer, Scripted, json, now};

/// Calls with both clients, and checks that they send the same and get the same.
fn call<E: Endpoint>(
    endpoint: &E,
    answers: fn() -> Vec<Answer>,
) -> (Vec<String>, Result<Reply<E::Output>, Error>) {
    let (asynchronous, blocking) = (Scripted::new(answers()), Scripted::new(answers()));
    let one = now(Client::new(asynchronous.clone(), "token").call(endpoint));
    let other = blocking::Client::new(blocking.clone(), "token").call(endpoint);
    assert_eq!(asynchronous.sent(), blocking.sent());
    assert_eq!(
        one.as_ref().err().map(ToString::to_string),
        other.as_ref().err().map(ToString::to_string)
    );
    (asynchronous.sent(), one)
}

#[test]
fn a_reply_derefs_to_its_value_and_keeps_what_came_with_it() {
    let (sent, reply) = call(
        &contacts::Get::new("6762").include_merge_history(true),
        || {
            let response = json(
                200,
                r#"{"type":"contact","id":"6762","name":"Ada","fraud_score":0.25}"#,
            );
            let mut response = response.unwrap();
            for (name, value) in [
                ("x-request-id", "r-1"),
                ("intercom-version", "2.16"),
                ("x-ratelimit-limit", "167"),
                ("x-ratelimit-remaining", "166"),
                ("x-ratelimit-reset", "4102444800"),
            ] {
                response.headers_mut().insert(name, value.parse().unwrap());
            }
            vec![Ok(response)]
        },
    );
    assert_eq!(sent, ["GET /contacts/6762?include_merge_history=true"]);
    let reply = reply.unwrap();
    assert_eq!(
        (reply.name.as_deref(), reply.id.as_str()),
        (Some("Ada"), "6762")
    );
    assert_eq!(
        (reply.raw().request_id(), reply.raw().version()),
        (Some("r-1"), Some(ApiVersion::V2_16))
    );
    assert_eq!(reply.raw().rate_limit().unwrap().remaining, 166);
    assert!(reply.deviations().is_empty());

    #[derive(Deserialize)]
    struct Scored {
        fraud_score: Option<f64>,
    }
    assert_eq!(reply.decode::<Scored>().unwrap().fraud_score, Some(0.25));
}

#[test]
fn a_deviation_in_one_field_loses_that_field_and_is_reported() {
    let (_, reply) = call(&contacts::Get::new("1"), || {
        vec![json(
            200,
            r#"{"id":"1","name":{"first":"Ada"},"location":[],"email":"ada@example.com","created_at":"soon"}"#,
        )]
    });
    let reply = reply.unwrap();
    assert_eq!(
        (reply.email.as_deref(), &reply.name),
        (Some("ada@example.com"), &None)
    );
    let deviations: Vec<&str> = reply
        .deviations()
        .iter()
        .map(|deviation| deviation.path.as_str())
        .collect();
    assert_eq!(deviations, ["name", "created_at"]);
}

#[test]
fn an_update_sends_only_the_fields_that_are_set() {
    let update = ContactUpdate::new()
        .name("Ada \"Countess\" Lovelace")
        .owner_id(Patch::Clear)
        .signed_up_at(Timestamp::from_second(7));
    let (sent, _) = call(&contacts::Update::new("1", update), || {
        vec![json(200, "{}")]
    });
    assert_eq!(
        sent,
        [
            r#"PUT /contacts/1 {"name":"Ada \"Countess\" Lovelace","signed_up_at":7,"owner_id":null}"#
        ]
    );
}

#[test]
fn a_delete_may_have_a_body_and_a_reply_none() {
    let detach = tags::DetachFromConversation::new("64", "7", tags::TagDetach::new("991"));
    let (sent, _) = call(&detach, || vec![json(200, r#"{"type":"tag","id":"7"}"#)]);
    assert_eq!(
        sent,
        [r#"DELETE /conversations/64/tags/7 {"admin_id":"991"}"#]
    );
    assert!(
        call(&tags::Delete::new("7"), || vec![json(200, "")])
            .1
            .is_ok()
    );
}

#[test]
fn errors_can_be_matched_by_their_code() {
    let (_, result) = call(&help_center::GetCollection::new("1"), || {
        vec![json(
            404,
            r#"{"type":"error.list","request_id":"r","errors":[{"code":"not_found","message":"Resource Not Found"}]}"#,
        )]
    });
    let error = result.unwrap_err();
    assert_eq!(error.code(), Some(&ErrorCode::NotFound));
    assert_eq!(
        error.to_string(),
        "404 not_found: Resource Not Found (GET /help_center/collections/1, request r)"
    );
}

#[test]
fn a_reply_of_another_shape_is_an_error_that_keeps_it() {
    let deep = "[".repeat(10_000) + &"]".repeat(10_000);
    assert!(deep.len() > 10_000);
    for body in [
        "<html><body>It works!</body></html>",
        r#"{"id":"1","name":"#,
        "null",
        "[1,2]",
        &deep,
    ] {
        let transport = Scripted::new([json(200, body)]);
        let config = Config::new("token").retry(RetryPolicy::NEVER);
        let error = blocking::Client::new(transport, config)
            .call(&contacts::Get::new("1"))
            .unwrap_err();
        assert!(
            matches!(&error, Error::Decode(error) if error.kind == DecodeErrorKind::Json),
            "{error}"
        );
        assert_eq!(error.reply().unwrap().body(), body.as_bytes());
        assert!(error.to_string().len() < 500, "{error}");
    }
}

#[test]
fn a_field_nested_ten_thousand_deep_loses_only_itself() {
    let (_, reply) = call(&contacts::Get::new("1"), || {
        let deep = "[".repeat(10_000) + &"]".repeat(10_000);
        vec![json(
            200,
            &format!(
                r#"{{"id":"1","custom_attributes":{{"deep":{deep}}},"unknown":{deep},"name":"Ada"}}"#
            ),
        )]
    });
    let reply = reply.unwrap();
    assert_eq!(reply.name.as_deref(), Some("Ada"));
    let deep = |deviation: &Deviation| deviation.path.starts_with("custom_attributes.deep[0]");
    assert!(!reply.deviations().is_empty() && reply.deviations().iter().all(deep));
}

#[test]
fn a_lost_write_is_sent_once_and_its_outcome_is_unknown() {
    let (sent, result) = call(
        &notes::CreateForContact::new("1", notes::NoteCreate::new("Hello")),
        || vec![Err(TransportError::new(TransportErrorKind::Closed))],
    );
    assert_eq!(sent, [r#"POST /contacts/1/notes {"body":"Hello"}"#]);
    assert!(result.unwrap_err().outcome_unknown());
}

#[test]
fn a_write_that_is_not_confirmed_by_an_id_has_an_unknown_outcome() {
    let note = notes::CreateForContact::new("1", notes::NoteCreate::new("Hello"));
    for body in ["{}", "[]", r#"{"ok":true}"#, r#"{"type":"note","id":null}"#] {
        let transport = Scripted::new([json(200, body)]);
        let error = blocking::Client::new(transport, "token")
            .call(&note)
            .unwrap_err();
        assert!(error.outcome_unknown(), "{body}");
        let Error::Decode(error) = error else {
            panic!("{error:?}");
        };
        assert!(matches!(
            error.kind,
            DecodeErrorKind::MissingField { name: "id", .. }
        ));
        assert_eq!(error.reply.body(), body.as_bytes());
        assert_eq!(
            error.to_string(),
            "200 without the expected field `id` (POST /contacts/1/notes, the request may have been processed)"
        );
    }
    let (_, reply) = call(&contacts::Search::new(contact::ROLE.eq("lead")), || {
        vec![json(200, r#"{"type":"list","data":[]}"#)]
    });
    assert!(reply.unwrap().data.is_empty());
}

#[test]
fn a_reply_that_would_take_too_much_memory_is_refused_and_kept() {
    let body = format!(r#"{{"data":[{}{{}}]}}"#, "{},".repeat(250_000));
    let transport = Scripted::new([json(200, &body)]);
    let error = blocking::Client::new(transport, "token")
        .call(&contacts::List::new())
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "200 with more than 250000 JSON objects (GET /contacts)"
    );
    let Error::Decode(error) = error else {
        panic!("{error:?}");
    };
    assert!(matches!(
        error.kind,
        DecodeErrorKind::TooManyObjects { limit: 250_000, .. }
    ));
    assert_eq!(error.reply.body(), body.as_bytes());
}

#[test]
fn options_hold_for_one_call_or_for_many() {
    let transport = Scripted::new([json(200, "{}"), json(200, "{}")]);
    let intercom = blocking::Client::new(transport, "token");
    let old = intercom.with_options(CallOptions::new().version(ApiVersion::V2_10));
    let error = old.call(&contacts::FindByExternalId::new("7")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "contacts::FindByExternalId exists from 2.13 on (requested 2.10)"
    );
    assert!(old.call(&admins::Me::new()).is_ok());
    assert!(intercom.call(&contacts::FindByExternalId::new("7")).is_ok());
}

#[test]
fn a_stream_returns_a_success_as_it_arrives_and_an_error_as_an_error() {
    use std::io::Read;

    let intercom = blocking::Client::new(Scripted::new([json(200, "a,b\n1,2\n")]), "token");
    let (reply, mut body) = intercom.stream(&contacts::Get::new("1")).unwrap();
    let mut text = String::new();
    body.read_to_string(&mut text).unwrap();
    assert_eq!(
        (reply.status().as_u16(), text.as_str()),
        (200, "a,b\n1,2\n")
    );

    let intercom = Client::new(
        Scripted::new([json(200, "a,b\n1,2\n"), json(404, "")]),
        "token",
    );
    let (_, mut body) = now(intercom.stream(&contacts::Get::new("1"))).unwrap();
    assert_eq!(now(body.chunk()).unwrap().unwrap(), "a,b\n1,2\n");
    assert_eq!(
        now(intercom.stream(&contacts::Get::new("1")))
            .unwrap_err()
            .status()
            .unwrap()
            .as_u16(),
        404
    );
}

fn page(ids: &[&str], next: &str) -> Answer {
    let contacts: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    json(
        200,
        &format!(
            r#"{{"type":"list","data":[{}],"pages":{{"type":"pages","next":{next}}}}}"#,
            contacts.join(",")
        ),
    )
}

fn ids(items: &[Contact]) -> Vec<&str> {
    items.iter().map(|contact| contact.id.as_str()).collect()
}

/// All items, by both clients.
fn items(list: &contacts::List, answers: fn() -> Vec<Answer>) -> (Vec<String>, Vec<Contact>) {
    let (asynchronous, blocking) = (Scripted::new(answers()), Scripted::new(answers()));
    let mut stream = Client::new(asynchronous.clone(), "token").items(list.clone());
    let mut one = Vec::new();
    while let Some(contact) = now(stream.try_next()).unwrap() {
        one.push(contact);
    }
    let other: Result<Vec<Contact>, Error> = blocking::Client::new(blocking.clone(), "token")
        .items(list.clone())
        .collect();
    assert_eq!(
        (asynchronous.sent(), &one),
        (blocking.sent(), &other.unwrap())
    );
    (asynchronous.sent(), one)
}

#[test]
fn a_list_continues_by_cursor_until_there_is_none() {
    for end in [
        r#"null"#,
        r#"{}"#,
        r#"{"starting_after":null}"#,
        r#"{"starting_after":""}"#,
    ] {
        let transport = Scripted::new([
            page(&["1", "2"], r#"{"page":2,"starting_after":"abc="}"#),
            page(&[], r#"{"starting_after":"def"}"#),
            page(&["3"], end),
        ]);
        let list = contacts::List::new().per_page(2_u32);
        let all: Result<Vec<Contact>, Error> = blocking::Client::new(transport.clone(), "token")
            .items(list)
            .collect();
        assert_eq!(ids(&all.unwrap()), ["1", "2", "3"]);
        assert_eq!(
            transport.sent(),
            [
                "GET /contacts?per_page=2",
                "GET /contacts?per_page=2&starting_after=abc%3D",
                "GET /contacts?per_page=2&starting_after=def"
            ]
        );
    }
}

#[test]
fn a_list_continues_by_url_if_the_service_sends_one() {
    let (sent, contacts) = items(&contacts::List::new(), || {
        vec![
            page(
                &["1"],
                r#""https://api.intercom.io/contacts?per_page=1&starting_after=a%2Bb""#,
            ),
            page(&["2"], "null"),
        ]
    });
    assert_eq!(
        (sent.len(), sent[1].as_str()),
        (2, "GET /contacts?starting_after=a%2Bb")
    );
    assert_eq!(ids(&contacts), ["1", "2"]);
}

#[test]
fn a_search_goes_on_by_the_cursor_in_its_body() {
    let search = contacts::Search::new(Query::all([contact::ROLE.eq("lead")]));
    let transport = Scripted::new([
        page(&["1"], r#"{"starting_after":"abc"}"#),
        page(&["2"], "null"),
    ]);
    assert_eq!(
        blocking::Client::new(transport.clone(), "token")
            .items(search)
            .count(),
        2
    );
    let query =
        r#""query":{"operator":"AND","value":[{"field":"role","operator":"=","value":"lead"}]}"#;
    assert_eq!(
        transport.sent(),
        [
            format!("POST /contacts/search {{{query}}}"),
            format!(r#"POST /contacts/search {{{query},"pagination":{{"starting_after":"abc"}}}}"#)
        ]
    );
}

#[test]
fn a_numbered_list_continues_to_its_last_page() {
    let numbered = |page: u32| {
        json(
            200,
            &format!(
                r#"{{"data":[{{"id":"{page}"}}],"pages":{{"next":null,"page":{page},"per_page":1,"total_pages":3}}}}"#
            ),
        )
    };
    let transport = Scripted::new([1, 2, 3].map(numbered));
    let notes: Result<Vec<_>, Error> = blocking::Client::new(transport.clone(), "token")
        .items(notes::ListForContact::new("7"))
        .collect();
    assert_eq!(notes.unwrap().len(), 3);
    assert_eq!(
        transport.sent(),
        [
            "GET /contacts/7/notes",
            "GET /contacts/7/notes?page=2",
            "GET /contacts/7/notes?page=3"
        ]
    );
}

#[test]
fn a_numbered_list_continues_whatever_form_its_next_page_has() {
    let next_is = [
        r#""https://api.intercom.io/contacts/7/notes?page=2""#,
        r#""https://api.intercom.io/contacts/7/notes?cursor=x""#,
        r#"{"page":2,"per_page":1}"#,
        "null",
    ];
    for next in next_is {
        let numbered = |page: u32, next: &str| {
            json(
                200,
                &format!(
                    r#"{{"data":[{{"id":"{page}"}}],"pages":{{"next":{next},"page":{page},"total_pages":2}}}}"#
                ),
            )
        };
        let transport = Scripted::new([numbered(1, next), numbered(2, "null")]);
        let notes = blocking::Client::new(transport.clone(), "token")
            .items(notes::ListForContact::new("7"));
        assert_eq!(notes.filter(Result::is_ok).count(), 2, "{next}");
        assert_eq!(transport.sent()[1], "GET /contacts/7/notes?page=2");
    }
}

#[test]
fn a_numbered_list_continues_wherever_its_items_and_numbers_are() {
    let found = |page: u32| {
        let pages = format!(r#"{{"page":{page},"per_page":1,"total_pages":2}}"#);
        let data = format!(r#"{{"articles":[{{"id":"{page}"}}],"highlights":[]}}"#);
        json(200, &format!(r#"{{"data":{data},"pages":{pages}}}"#))
    };
    let transport = Scripted::new([1, 2].map(found));
    let search = articles::Search::new().phrase("refund");
    let articles = blocking::Client::new(transport.clone(), "token").items(search);
    assert_eq!(articles.filter(Result::is_ok).count(), 2);
    assert_eq!(
        transport.sent(),
        [
            "GET /articles/search?phrase=refund",
            "GET /articles/search?phrase=refund&page=2"
        ]
    );

    let counted = |page: u32| {
        let counts = format!(r#""page":{page},"per_page":1,"total_pages":2,"total_count":2"#);
        json(200, &format!(r#"{{"data":[{{"id":"{page}"}}],{counts}}}"#))
    };
    let transport = Scripted::new([1, 2].map(counted));
    let snippets =
        blocking::Client::new(transport.clone(), "token").items(content::ListSnippets::new());
    assert_eq!(snippets.filter(Result::is_ok).count(), 2);
    assert_eq!(
        transport.sent(),
        ["GET /content_snippets", "GET /content_snippets?page=2"]
    );
}

#[test]
fn a_list_in_a_query_is_sent_with_commas() {
    use content::ContentSearchType::{Article, Snippet};
    let transport = Scripted::new([json(200, r#"{"data":[]}"#)]);
    let search = content::Search::new()
        .content_types([Article, Snippet])
        .any_tag_ids(["7".into(), "8".into()])
        .updated_at_after(Timestamp::from_second(9));
    assert!(
        blocking::Client::new(transport.clone(), "token")
            .call(&search)
            .is_ok()
    );
    assert_eq!(
        transport.sent(),
        [
            "GET /content/search?any_tag_ids=7%2C8&content_types=article%2Csnippet&updated_at_after=9"
        ]
    );
}

#[test]
fn a_scroll_continues_until_a_page_is_empty_and_is_never_resent() {
    let page = |ids: &str| {
        let data: Vec<String> = ids
            .chars()
            .map(|id| format!(r#"{{"id":"{id}"}}"#))
            .collect();
        let data = data.join(",");
        json(
            200,
            &format!(r#"{{"data":[{data}],"pages":null,"scroll_param":"s"}}"#),
        )
    };
    let transport = Scripted::new([page("12"), page("3"), page("")]);
    let intercom = blocking::Client::new(transport.clone(), "token");
    let mut items = intercom.items(companies::Scroll::new());
    assert_eq!(items.by_ref().filter(Result::is_ok).count(), 3);
    assert_eq!(
        transport.sent(),
        [
            "GET /companies/scroll",
            "GET /companies/scroll?scroll_param=s",
            "GET /companies/scroll?scroll_param=s"
        ]
    );

    let transport = Scripted::new([page("12"), json(500, "{}")]);
    let mut pages =
        blocking::Client::new(transport.clone(), "token").pages(companies::Scroll::new());
    assert_eq!(pages.by_ref().filter(Result::is_ok).count(), 1);
    assert_eq!(transport.sent().len(), 2);
    let again = intercom
        .items(companies::Scroll::new())
        .resume(pages.position());
    assert_eq!(
        again.unwrap_err().to_string(),
        "companies::Scroll: a scroll cannot be resumed; start it again"
    );
}

#[test]
fn a_company_lookup_returns_one_company_or_pages_of_them() {
    let transport = Scripted::new([
        json(200, r#"{"type":"company","id":"1"}"#),
        json(
            200,
            r#"{"type":"list","data":[{"id":"2"}],"pages":{"page":1,"total_pages":2}}"#,
        ),
        json(
            200,
            r#"{"type":"list","data":[{"id":"3"}],"pages":{"page":2,"total_pages":2}}"#,
        ),
    ]);
    let intercom = blocking::Client::new(transport.clone(), "token");
    let named = intercom.items(companies::Find::new().name("Acme"));
    assert_eq!(named.filter(Result::is_ok).count(), 1);
    let tagged = intercom.items(companies::Find::new().tag_id("7"));
    assert_eq!(tagged.filter(Result::is_ok).count(), 2);
    assert_eq!(
        transport.sent(),
        [
            "GET /companies?name=Acme",
            "GET /companies?tag_id=7",
            "GET /companies?tag_id=7&page=2"
        ]
    );
}

#[test]
fn a_repeated_cursor_is_an_error_after_its_page() {
    let answers = || {
        let next = |cursor: &str| format!(r#"{{"starting_after":"{cursor}"}}"#);
        vec![
            page(&["1"], &next("a")),
            page(&["2"], &next("b")),
            page(&["3"], &next("a")),
        ]
    };
    let mut items =
        blocking::Client::new(Scripted::new(answers()), "token").items(contacts::List::new());
    assert_eq!(items.by_ref().take(3).filter(Result::is_ok).count(), 3);
    let error = items.next().unwrap().unwrap_err();
    assert!(
        matches!(&error, Error::Paging(error) if matches!(error.kind, PagingErrorKind::Repeated { .. })),
        "{error}"
    );
    assert!(items.next().is_none());
    // Behind the last item that was read.
    assert_eq!(items.position().to_string(), "contacts::List//cursor:b+1");

    let mut pages = Client::new(Scripted::new(answers()), "token").pages(contacts::List::new());
    for _ in 0..3 {
        assert!(now(pages.try_next()).unwrap().is_some());
    }
    assert!(matches!(now(pages.try_next()), Err(Error::Paging(_))));
    assert!(now(pages.try_next()).unwrap().is_none());
}

#[test]
fn a_list_resumes_in_another_process_where_it_was_left() {
    let answers = || {
        vec![
            page(&["1", "2"], r#"{"starting_after":"c+d"}"#),
            page(&["3", "4", "5"], "null"),
        ]
    };
    let all = ["1", "2", "3", "4", "5"];
    for read in 0..=5 {
        let mut items =
            blocking::Client::new(Scripted::new(answers()), "token").items(contacts::List::new());
        assert_eq!(
            items.by_ref().take(read).filter(Result::is_ok).count(),
            read
        );
        let saved = items.position().to_string();

        let position = saved.parse().unwrap();
        let rest = if saved.contains("/start") {
            answers()
        } else {
            answers().split_off(1)
        };
        let transport = Scripted::new(rest);
        let rest = blocking::Client::new(transport.clone(), "token")
            .items(contacts::List::new())
            .resume(position)
            .unwrap();
        let rest: Vec<Contact> = rest.map(Result::unwrap).collect();
        assert_eq!(ids(&rest), all[read..], "{saved}");
    }
}

#[test]
fn an_error_ends_a_list_and_keeps_its_position() {
    let transport = Scripted::new([page(&["1"], r#"{"starting_after":"a"}"#), json(401, "{}")]);
    let mut items = blocking::Client::new(transport, "token").items(contacts::List::new());
    assert!(items.next().unwrap().is_ok());
    assert_eq!(
        items
            .next()
            .unwrap()
            .unwrap_err()
            .status()
            .unwrap()
            .as_u16(),
        401
    );
    assert!(items.next().is_none());
    assert_eq!(items.position().to_string(), "contacts::List//cursor:a+0");
}

#[test]
fn a_position_of_another_list_is_refused() {
    let intercom = blocking::Client::new(Scripted::new([]), "token");
    let saved = intercom.items(contacts::List::new()).position();
    let query = Query::from(contact::EMAIL.eq("ada@example.com"));
    let error = intercom
        .items(contacts::Search::new(query))
        .resume(saved)
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "contacts::Search: `contacts::List//start+0` is not a position in this list; resume the list it came from"
    );
    let error = intercom
        .items(contacts::List::new())
        .resume("contacts::List//page:3+0".parse().unwrap())
        .unwrap_err();
    assert!(
        error.to_string().contains("not a position in this list"),
        "{error}"
    );
}

/// A list of numbered items, in pages of any size.
fn numbered(first: usize, size: usize, cursor: Option<&str>) -> Answer {
    let ids: Vec<String> = (first..first + size).map(|id| id.to_string()).collect();
    let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
    match cursor {
        Some(cursor) => page(&ids, &format!(r#"{{"starting_after":"{cursor}"}}"#)),
        None => page(&ids, "null"),
    }
}

#[test]
fn a_list_is_resumed_with_another_page_size_without_losing_or_repeating_items() {
    // Four items of a page of five were read, and the list goes on with three on a page.
    let saved = "contacts::List/5/cursor:a+4".parse().unwrap();
    let transport = Scripted::new([numbered(1, 3, Some("b")), numbered(4, 3, None)]);
    let rest = blocking::Client::new(transport, "token")
        .items(contacts::List::new().per_page(3))
        .resume(saved)
        .unwrap();
    assert_eq!(
        ids(&rest.map(Result::unwrap).collect::<Vec<_>>()),
        ["5", "6"]
    );

    // One item of the second page of three was read: four in all, so that the fifth is next.
    let saved: Position = "notes::ListForContact/3/page:2+1".parse().unwrap();
    let pages = r#"{"type":"list","data":[{"id":"3"},{"id":"4"},{"id":"5"},{"id":"6"}],"pages":{"page":1,"total_pages":1}}"#;
    let notes = |per_page| notes::ListForContact::new("1").per_page(per_page);
    for (per_page, target, next) in [(2, "page=3", "3"), (6, "page=1", "7")] {
        let pages = pages.replace("\"page\":1", &format!("\"{}", target.replace('=', "\":")));
        let transport = Scripted::new([json(200, &pages)]);
        let mut rest = blocking::Client::new(transport.clone(), "token")
            .items(notes(per_page))
            .resume(saved.clone())
            .unwrap();
        let note = rest.next();
        assert!(
            transport.sent()[0].contains(target),
            "{:?}",
            transport.sent()
        );
        if per_page == 2 {
            assert_eq!(note.unwrap().unwrap().id, next);
        } else {
            assert!(note.is_none(), "four of the first page of six were read");
        }
    }
    let error = blocking::Client::new(Scripted::new([]), "token")
        .items(notes::ListForContact::new("1"))
        .resume(saved)
        .unwrap_err();
    assert!(
        error.to_string().contains("set `per_page` as it was"),
        "{error}"
    );
}

#[test]
fn clients_and_replies_can_be_shared_between_threads() {
    fn shared<T: Send + Sync>() {}
    fn sent<T: Send>(_: &T) {}
    shared::<Client>();
    shared::<blocking::Client>();
    shared::<Error>();
    shared::<Reply<Contact>>();
    let intercom = Client::new(Scripted::new([]), "token");
    sent(&intercom.call(&admins::Me::new()));
    sent(&intercom.items(contacts::List::new()));
}

#[test]
fn items_are_read_as_a_type_of_the_callers_with_their_json() {
    #[derive(Debug, Deserialize)]
    struct Scored {
        fraud_score: Option<f64>,
    }

    let answers = || {
        let first = r#"{"type":"list","data":[{"id":"1","fraud_score":0.5},{"id":"2","fraud_score":"high"}],"pages":{"next":{"starting_after":"a"}}}"#;
        vec![json(200, first), json(200, r#"{"data":[{"id":"3"}]}"#)]
    };
    let mut items = blocking::Client::new(Scripted::new(answers()), "token")
        .items(contacts::List::new())
        .typed::<Scored>();
    let first = items.next().unwrap().unwrap();
    assert_eq!(first.fraud_score, Some(0.5));
    assert_eq!(first.raw(), &br#"{"id":"1","fraud_score":0.5}"#[..]);
    let error = items.next().unwrap().unwrap_err();
    assert!(
        error.to_string().contains("invalid type: string"),
        "{error}"
    );
    assert_eq!(items.next().unwrap().unwrap().fraud_score, None);
    assert!(items.next().is_none());

    let mut items = Client::new(Scripted::new(answers()), "token").items(contacts::List::new());
    assert!(items.raw().is_none() && items.decode::<Scored>().is_err());
    assert_eq!(now(items.try_next()).unwrap().unwrap().id, "1");
    assert_eq!(items.decode::<Scored>().unwrap().fraud_score, Some(0.5));
    let mut typed = items.typed::<Scored>();
    assert!(now(typed.try_next()).is_err());
    assert!(now(typed.try_next()).unwrap().is_some());
}

#[test]
fn a_list_without_its_items_is_an_error_and_not_an_empty_list() {
    for body in [r#"{"type":"list","total_count":1}"#, "{}"] {
        let transport = Scripted::new([json(200, body)]);
        let mut items = blocking::Client::new(transport, "token").items(contacts::List::new());
        let error = items.next().unwrap().unwrap_err();
        assert!(matches!(error, Error::Paging(_)), "{error}");
        assert!(items.next().is_none());
    }
    for body in [r#"{"data":[]}"#, r#"{"data":null}"#] {
        let transport = Scripted::new([json(200, body)]);
        let mut items = blocking::Client::new(transport, "token").items(contacts::List::new());
        assert!(items.next().is_none(), "{body}");
    }
}

#[cfg(feature = "unread")]
#[test]
fn a_reply_reports_the_fields_that_its_type_does_not_have() {
    let (_, reply) = call(&contacts::Get::new("1"), || {
        vec![json(
            200,
            r#"{"id":"1","shoe_size":38,"location":{"city":"Kyoto","street":"A"}}"#,
        )]
    });
    assert_eq!(reply.unwrap().unread(), ["shoe_size", "location.street"]);
}
