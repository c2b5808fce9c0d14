//! Creating a contact, or updating the one that exists.

use intercom_core::api::contacts::{ContactCreate, Role};
use intercom_core::{Client, Error, ErrorCode, Upserted, blocking};

use crate::support::{Answer, Scripted, json, now};

fn upsert(
    contact: fn() -> ContactCreate,
    answers: fn() -> Vec<Answer>,
) -> (Vec<String>, Result<Upserted, Error>) {
    let (one, other) = (Scripted::new(answers()), Scripted::new(answers()));
    let first = now(Client::new(one.clone(), "token").upsert_contact(contact()));
    let second = blocking::Client::new(other.clone(), "token").upsert_contact(contact());
    assert_eq!(one.sent(), other.sent());
    assert_eq!(
        first.as_ref().map(|contact| contact.created).ok(),
        second.as_ref().map(|contact| contact.created).ok()
    );
    (one.sent(), first)
}

fn ada() -> ContactCreate {
    ContactCreate::new().email("ada@example.com").name("Ada")
}

fn conflict(message: &str) -> Answer {
    let body = format!(r#"{{"errors":[{{"code":"conflict","message":"{message}"}}]}}"#);
    json(409, &body)
}

#[test]
fn a_contact_that_does_not_exist_is_created() {
    let (sent, contact) = upsert(ada, || vec![json(200, r#"{"id":"1"}"#)]);
    assert_eq!(sent.len(), 1);
    assert!(contact.unwrap().created);
}

#[test]
fn a_contact_that_exists_is_updated_by_the_id_in_the_message() {
    let (sent, contact) = upsert(ada, || {
        vec![
            conflict("A contact matching those details already exists with id=6762f0. Sorry"),
            json(200, r#"{"id":"6762f0","name":"Ada"}"#),
        ]
    });
    assert_eq!(
        sent[1],
        r#"PUT /contacts/6762f0 {"email":"ada@example.com","name":"Ada"}"#
    );
    let contact = contact.unwrap();
    assert!(!contact.created);
    assert_eq!(contact.name.as_deref(), Some("Ada"));
}

#[test]
fn a_contact_that_exists_and_is_not_named_is_searched_for() {
    let found = || {
        vec![
            conflict("Exists"),
            json(
                200,
                r#"{"data":[{"id":"7","email":"Ada@example.com","external_id":"a-1"}]}"#,
            ),
            json(200, r#"{"id":"7"}"#),
        ]
    };
    let (sent, contact) = upsert(|| ada().role(Role::User), found);
    assert!(sent[1].starts_with("POST /contacts/search "), "{sent:?}");
    assert!(sent[1].contains(r#""field":"email""#) && sent[1].contains(r#""field":"role""#));
    assert!(sent[2].starts_with("PUT /contacts/7 "), "{sent:?}");
    assert!(!contact.unwrap().created);

    let (sent, _) = upsert(ada, found);
    assert!(sent[1].contains(r#""value":"user""#), "{sent:?}");

    let (sent, _) = upsert(|| ada().external_id("a-1"), found);
    assert!(sent[1].contains(r#""field":"external_id""#), "{sent:?}");
}

#[test]
fn where_the_contact_that_exists_cannot_be_told_the_conflict_is_the_error() {
    for found in [
        r#"{"data":[]}"#,
        r#"{"data":[{"id":"7"},{"id":"8"}]}"#,
        r#"{"data":[{"id":"7","email":"bob@example.com"}]}"#,
        r#"{"data":[{"id":"7"}]}"#,
    ] {
        let transport = Scripted::new([conflict("Exists"), json(200, found)]);
        let error = now(Client::new(transport, "token").upsert_contact(ada())).unwrap_err();
        assert_eq!(error.code(), Some(&ErrorCode::Conflict));
    }
    let (sent, contact) = upsert(
        || ContactCreate::new().role(Role::Lead),
        || vec![conflict("")],
    );
    assert_eq!(sent.len(), 1);
    assert_eq!(contact.unwrap_err().code(), Some(&ErrorCode::Conflict));
}

#[test]
fn any_other_error_is_given_as_it_is() {
    let (sent, contact) = upsert(ada, || vec![json(422, r#"{"errors":[]}"#)]);
    assert_eq!(sent.len(), 1);
    assert_eq!(contact.unwrap_err().status().unwrap(), 422);
}

#[test]
fn the_contact_that_one_was_merged_into_is_told() {
    let mut merged = json(410, r#"{"errors":[{"code":"contact_merged"}]}"#).unwrap();
    let link = "</contacts/6762f0>; rel=\"canonical\"".parse().unwrap();
    merged.headers_mut().insert("link", link);
    let client = Client::new(Scripted::new([Ok(merged)]), "token");
    let get = intercom_core::api::contacts::Get::new("1");
    let error = now(client.call(&get)).unwrap_err();
    assert_eq!(error.merged_into().unwrap().as_str(), "6762f0");
    assert!(error.existing_contact().is_none());
}
