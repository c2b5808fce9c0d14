//! Creating a contact, or updating the one that exists.

use intercom_core::api::contacts::{ContactCreate, Role};
use intercom_core::error::{UpsertError, UpsertErrorKind};
use intercom_core::{Client, Error, ErrorCode, UpsertContact, UpsertOutcome, Upserted, blocking};

use crate::support::{Answer, Scripted, json, now};

fn upsert<C: Into<UpsertContact>>(
    contact: fn() -> C,
    answers: fn() -> Vec<Answer>,
) -> (Vec<String>, Result<Upserted, Error>) {
    let (one, other) = (Scripted::new(answers()), Scripted::new(answers()));
    let first = now(Client::new(one.clone(), "token").upsert_contact(contact()));
    let second = blocking::Client::new(other.clone(), "token").upsert_contact(contact());
    assert_eq!(one.sent(), other.sent());
    assert_eq!(
        first.as_ref().map(|contact| contact.outcome).ok(),
        second.as_ref().map(|contact| contact.outcome).ok()
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
    assert_eq!(contact.unwrap().outcome, UpsertOutcome::Created);
}

#[test]
fn an_existing_contact_is_updated_by_the_id_in_the_error_message() {
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
    assert_eq!(contact.outcome, UpsertOutcome::Updated);
    assert_eq!(contact.name.as_deref(), Some("Ada"));
}

#[test]
fn an_existing_contact_that_the_error_does_not_identify_is_searched_for() {
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
    assert_eq!(contact.unwrap().outcome, UpsertOutcome::Updated);

    let (sent, _) = upsert(ada, found);
    assert!(sent[1].contains(r#""value":"user""#), "{sent:?}");

    let (sent, _) = upsert(|| ada().external_id("a-1"), found);
    assert!(sent[1].contains(r#""field":"external_id""#), "{sent:?}");
}

#[test]
fn the_409_is_returned_if_the_existing_contact_cannot_be_identified() {
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

const ARCHIVED: &str = "An archived contact matching those details already exists with id=6762f0";

#[test]
fn an_archived_contact_is_an_error_with_its_id() {
    let (sent, contact) = upsert(ada, || vec![conflict(ARCHIVED)]);
    assert_eq!(sent.len(), 1);
    let error = contact.unwrap_err();
    assert!(error.is_conflict() && !error.outcome_unknown());
    let Error::Upsert(error) = error else {
        panic!("{error}");
    };
    let UpsertError {
        kind: UpsertErrorKind::Archived { contact_id, .. },
        ..
    } = &*error
    else {
        panic!("{error}");
    };
    assert_eq!(contact_id.as_ref().unwrap().as_str(), "6762f0");
}

#[test]
fn an_archived_contact_is_unarchived_on_request() {
    let (sent, contact) = upsert(
        || UpsertContact::new(ada()).unarchive(),
        || {
            vec![
                conflict(ARCHIVED),
                json(200, r#"{"id":"6762f0","archived":false}"#),
                json(200, r#"{"id":"6762f0","name":"Ada"}"#),
            ]
        },
    );
    assert_eq!(sent[1], "POST /contacts/6762f0/unarchive");
    assert!(sent[2].starts_with("PUT /contacts/6762f0 "), "{sent:?}");
    assert_eq!(contact.unwrap().outcome, UpsertOutcome::Unarchived);
}

#[test]
fn a_merged_contact_is_followed_to_the_remaining_one() {
    fn merged() -> Answer {
        let mut merged = json(410, r#"{"errors":[{"code":"contact_merged"}]}"#).unwrap();
        let link = "</contacts/6762f1>; rel=\"canonical\"".parse().unwrap();
        merged.headers_mut().insert("link", link);
        Ok(merged)
    }

    let (sent, contact) = upsert(ada, || {
        vec![
            conflict("A contact matching those details already exists with id=6762f0"),
            merged(),
            json(200, r#"{"id":"6762f1"}"#),
        ]
    });
    assert!(sent[2].starts_with("PUT /contacts/6762f1 "), "{sent:?}");
    assert_eq!(contact.unwrap().id, "6762f1");
    // Contacts that are merged into each other do not hold it for ever.
    let (sent, contact) = upsert(ada, || {
        let mut answers = vec![conflict("exists with id=6762f0")];
        answers.extend((0..20).map(|_| merged()));
        answers
    });
    assert!(sent.len() < 10);
    assert_eq!(contact.unwrap_err().status().unwrap(), 410);
}

#[test]
fn any_other_error_is_returned_unchanged() {
    let (sent, contact) = upsert(ada, || vec![json(422, r#"{"errors":[]}"#)]);
    assert_eq!(sent.len(), 1);
    assert_eq!(contact.unwrap_err().status().unwrap(), 422);
}

#[test]
fn a_merged_contact_error_has_the_id_of_the_remaining_one() {
    let mut merged = json(410, r#"{"errors":[{"code":"contact_merged"}]}"#).unwrap();
    let link = "</contacts/6762f0>; rel=\"canonical\"".parse().unwrap();
    merged.headers_mut().insert("link", link);
    let client = Client::new(Scripted::new([Ok(merged)]), "token");
    let get = intercom_core::api::contacts::Get::new("1");
    let error = now(client.call(&get)).unwrap_err();
    assert_eq!(error.merged_into().unwrap().as_str(), "6762f0");
    assert!(error.existing_contact().is_none());
}
