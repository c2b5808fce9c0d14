//! Lists that do not go on as they should.

use std::time::Duration;

use intercom_core::api::{articles, companies, contacts};
use intercom_core::error::{PagingError, PagingErrorKind};
use intercom_core::transport::{Transport, TransportError, TransportErrorKind};
use intercom_core::{
    ApiVersion, Client, Config, Error, ErrorCode, Paginate, RetryPolicy, blocking,
};

use crate::support::{Answer, Scripted, json, now};

/// The items of a list with both clients, in the newest version that has it, and how it ended; the
/// transport of the blocking one.
pub(crate) fn items<E: Paginate>(
    list: E,
    answers: impl Fn() -> Vec<Answer>,
) -> (Vec<E::Item>, Option<Error>, Scripted) {
    let (one, other) = (Scripted::new(answers()), Scripted::new(answers()));
    let version = E::SPEC.until.unwrap_or(ApiVersion::Preview);
    let config = Config::new("token").version(version);
    let (mut found, mut failed) = (Vec::new(), None);
    for item in blocking::Client::new(other.clone(), config.clone()).items(list.clone()) {
        match item {
            Ok(item) => found.push(item),
            Err(error) => failed = Some(error),
        }
    }
    let mut stream = Client::new(one.clone(), config).items(list);
    let mut count = 0;
    let end = loop {
        match now(stream.try_next()) {
            Ok(Some(_)) => count += 1,
            Ok(None) => break None,
            Err(error) => break Some(error),
        }
    };
    assert_eq!(count, found.len());
    assert_eq!(
        end.map(|error| error.to_string()),
        failed.as_ref().map(ToString::to_string)
    );
    assert_eq!(one.sent(), other.sent());
    (found, failed, other)
}

fn unreadable(error: Option<Error>) -> String {
    match error {
        Some(Error::Paging(PagingError {
            kind: PagingErrorKind::Unreadable { found, .. },
            ..
        })) => found,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_unreadable_next_page_is_an_error_and_not_the_end() {
    for (next, found) in [
        (r#"{"page":2}"#, r#""page":2"#),
        (r#""https://api.intercom.io/contacts?page=2""#, "page=2"),
        (r#"{"starting_after":["a"]}"#, "starting_after"),
        ("7", "pages.next"),
    ] {
        let page = format!(r#"{{"data":[{{"id":"1"}}],"pages":{{"next":{next}}}}}"#);
        let (items, error, _) = items(contacts::List::new(), || vec![json(200, &page)]);
        assert_eq!(items.len(), 1);
        assert!(unreadable(error).contains(found), "{next}");
    }
    let page = r#"{"data":[{"id":"1"}],"pages":{"page":1,"total_pages":["2"]}}"#;
    let (_, error, _) = items(articles::List::new(), || vec![json(200, page)]);
    assert!(unreadable(error).contains("total_pages"));
}

#[test]
fn quoted_page_numbers_and_numeric_cursors_are_followed() {
    let (found, error, sent) = items(articles::List::new(), || {
        let page = |n| {
            format!(r#"{{"data":[{{"id":"{n}"}}],"pages":{{"page":"{n}","total_pages":"2"}}}}"#)
        };
        vec![json(200, &page(1)), json(200, &page(2))]
    });
    assert!(error.is_none() && found.len() == 2);
    assert_eq!(sent.sent()[1], "GET /articles?page=2");

    let (found, error, sent) = items(contacts::List::new(), || {
        let next = r#"{"data":[{"id":"1"}],"pages":{"next":{"starting_after":5}}}"#;
        vec![json(200, next), json(200, r#"{"data":[{"id":"2"}]}"#)]
    });
    assert!(error.is_none() && found.len() == 2);
    assert_eq!(sent.sent()[1], "GET /contacts?starting_after=5");
}

#[test]
fn a_repeated_page_is_an_error() {
    let first = r#"{"data":[{"id":"1"}],"pages":{"page":1,"total_pages":2}}"#;
    let (found, error, _) = items(articles::List::new(), || {
        vec![json(200, first), json(200, first)]
    });
    assert_eq!(found.len(), 1);
    let error = error.unwrap();
    assert!(
        matches!(&error, Error::Paging(PagingError { kind: PagingErrorKind::Repeated { position, .. }, .. }) if position == "page:1"),
        "{error}"
    );
}

#[test]
fn the_deviations_of_a_page_are_visible_while_its_items_are_read() {
    let page = r#"{"data":[{"id":"1","name":["Ada"]}]}"#;
    let client = blocking::Client::new(Scripted::new([json(200, page)]), "token");
    let mut contacts = client.items(contacts::List::new());
    assert!(contacts.deviations().is_empty());
    contacts.next().unwrap().unwrap();
    assert_eq!(contacts.deviations()[0].path, "data[0].name");
}

fn scrolled(ids: &[&str]) -> Answer {
    let ids: Vec<_> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    let data = ids.join(",");
    json(200, &format!(r#"{{"data":[{data}],"scroll_param":"s"}}"#))
}

fn ids(companies: &[companies::Company]) -> Vec<&str> {
    companies
        .iter()
        .map(|company| company.id.as_str())
        .collect()
}

const BEGIN: &str = "GET /companies/scroll";
const GO_ON: &str = "GET /companies/scroll?scroll_param=s";

#[test]
fn a_broken_scroll_restarts_and_returns_nothing_twice() {
    let broken: [fn() -> Answer; 4] = [
        || Err(TransportError::new(TransportErrorKind::Closed)),
        || {
            json(
                500,
                r#"{"errors":[{"message":"Please restart the scroll operation"}]}"#,
            )
        },
        || json(404, r#"{"errors":[{"code":"not_found"}]}"#),
        || json(200, ""),
    ];
    for broken in broken {
        let (found, error, sent) = items(companies::Scroll::new(), || {
            vec![
                scrolled(&["1", "2"]),
                broken(),
                // In another order, for it has none.
                scrolled(&["3", "1"]),
                scrolled(&["2", "4"]),
                scrolled(&[]),
            ]
        });
        assert!(error.is_none(), "{error:?}");
        assert_eq!(ids(&found), ["1", "2", "3", "4"]);
        assert_eq!(sent.sent(), [BEGIN, GO_ON, BEGIN, GO_ON, GO_ON]);
    }
}

fn exists() -> Answer {
    json(
        400,
        r#"{"errors":[{"code":"scroll_exists","message":"scroll already exists"}]}"#,
    )
}

#[test]
fn a_restarted_scroll_waits_for_the_broken_one_to_expire() {
    let (found, error, sent) = items(companies::Scroll::new(), || {
        let closed = Err(TransportError::new(TransportErrorKind::Closed));
        vec![
            scrolled(&["1"]),
            closed,
            exists(),
            scrolled(&["1", "2"]),
            scrolled(&[]),
        ]
    });
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids(&found), ["1", "2"]);
    assert!(Transport::now(&sent).instant - sent.began() >= Duration::from_secs(60));
}

#[test]
fn a_scroll_of_another_client_is_an_error_at_once() {
    let (_, error, sent) = items(companies::Scroll::new(), || vec![exists()]);
    assert_eq!(error.unwrap().code(), Some(&ErrorCode::ScrollExists));
    assert_eq!(sent.sent(), [BEGIN]);
}

#[test]
fn a_scroll_without_progress_does_not_restart_forever() {
    let (found, error, sent) = items(companies::Scroll::new(), || {
        let closed = || Err(TransportError::new(TransportErrorKind::Closed));
        let mut answers = vec![scrolled(&["1"]), closed()];
        for _ in 0..3 {
            answers.extend([scrolled(&["1"]), closed()]);
        }
        answers
    });
    assert_eq!(ids(&found), ["1"]);
    assert!(matches!(error, Some(Error::Transport(_))));
    assert_eq!(sent.sent().len(), 8);
}

#[test]
fn a_scroll_that_repeats_a_page_is_an_error() {
    let (found, error, sent) = items(companies::Scroll::new(), || {
        (0..5).map(|_| scrolled(&["1", "2"])).collect()
    });
    assert_eq!(ids(&found), ["1", "2"]);
    assert!(matches!(
        error,
        Some(Error::Paging(PagingError {
            kind: PagingErrorKind::Repeated { .. },
            ..
        }))
    ));
    assert_eq!(sent.sent().len(), 5);
}

#[test]
fn a_restarted_scroll_may_repeat_all_earlier_items() {
    let (found, error, _) = items(companies::Scroll::new(), || {
        let pages = || ["1", "2", "3", "4", "5", "6"].map(|id| scrolled(&[id]));
        let closed = Err(TransportError::new(TransportErrorKind::Closed));
        let mut answers = Vec::from(pages());
        answers.push(closed);
        answers.extend(pages());
        answers.extend([scrolled(&["7"]), scrolled(&[])]);
        answers
    });
    assert!(error.is_none(), "{error:?}");
    assert_eq!(ids(&found), ["1", "2", "3", "4", "5", "6", "7"]);
}

#[test]
fn a_scroll_cannot_resume_within_its_first_page() {
    let client = blocking::Client::new(Scripted::new([scrolled(&["1", "2"])]), "token");
    let mut companies = client.items(companies::Scroll::new());
    companies.next().unwrap().unwrap();
    let position = companies.position();
    assert_eq!(position.to_string(), "companies::Scroll//start+1");
    let error = client.items(companies::Scroll::new()).resume(position);
    assert!(matches!(
        error.unwrap_err(),
        Error::Paging(PagingError {
            kind: PagingErrorKind::Scroll,
            ..
        })
    ));
}

#[test]
fn the_json_of_an_item_of_a_scroll_is_its_own_where_others_are_left_out() {
    let pages = [
        scrolled(&["1", "2"]),
        Err(TransportError::new(TransportErrorKind::Closed)),
        scrolled(&["1", "2", "3"]),
        scrolled(&[]),
    ];
    let config = Config::new("token").retry(RetryPolicy::NEVER);
    let mut items =
        blocking::Client::new(Scripted::new(pages), config).items(companies::Scroll::new());
    let mut found = Vec::new();
    while let Some(company) = items.next() {
        let company = company.unwrap();
        let json: serde_json::Value = items.decode().unwrap();
        assert_eq!(json["id"], company.id.as_str());
        found.push(company.id);
    }
    assert_eq!(found, ["1", "2", "3"]);
}
