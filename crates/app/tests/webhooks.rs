//! From requests to events, and to the replies that need no handler.

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use intercom_app::Reason;
use intercom_app::model::Timestamp;
use intercom_app::model::companies::Company;
use intercom_app::model::contacts::Contact;
use intercom_app::webhooks::{
    CompanyContact, Event, Notification, Ping, Receiver, TicketChange, Topic,
};
use proptest::prelude::*;
use serde_json::{Value, json};

const SECRET: &str = "s3cr3t";

fn receiver() -> Receiver {
    Receiver::new(SECRET)
}

fn receive(request: &Request<Bytes>) -> Result<Notification, intercom_app::Reply> {
    receiver().receive(request.method(), request.headers(), request.body().clone())
}

fn ada() -> Contact {
    let mut ada = Contact::default();
    ada.id = "6762f0dd1bb69f9f2193bb83".into();
    ada.email = Some("ada@example.com".to_owned());
    ada.updated_at = Some(Timestamp::from_second(1_768_046_473));
    ada
}

fn created() -> Request<Bytes> {
    Notification::builder(Event::ContactUserCreated(ada().into())).sign(SECRET)
}

/// A notification with this body, signed.
fn signed(body: &Value) -> Request<Bytes> {
    signed_text(&body.to_string())
}

fn signed_text(body: &str) -> Request<Bytes> {
    let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY, SECRET.as_bytes());
    let digits = ring::hmac::sign(&key, body.as_bytes());
    let digits: String = digits
        .as_ref()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let request = Request::post("/hooks").header("x-hub-signature", format!("sha1={digits}"));
    request.body(Bytes::from(body.to_owned())).unwrap()
}

#[test]
fn a_signed_notification_is_read_as_the_event_of_its_topic() {
    let notification = receive(&created()).unwrap();
    assert_eq!(notification.topic(), &Topic::ContactUserCreated);
    let Event::ContactUserCreated(contact) = notification.event() else {
        panic!("{:?}", notification.event());
    };
    assert_eq!(contact.email, ada().email);
    assert_eq!(notification.event().object_id(), Some(ada().id.as_str()));
    assert_eq!(notification.event().object_time(), ada().updated_at);
    assert_eq!(notification.delivery_attempts(), Some(1));
    assert_eq!(notification.body(), created().body());
    assert!(notification.id().is_some_and(|id| id.starts_with("notif_")));
}

#[test]
fn each_kind_of_request_has_its_reply() {
    let request = created();
    let headers = request.headers();
    let body = request.body();
    let small = receiver().max_body(10);
    let reply = |receiver: &Receiver, method: Method, headers: &HeaderMap, body: &Bytes| {
        let reply = receiver
            .receive(&method, headers, body.clone())
            .unwrap_err();
        let response = reply.to_response::<String>();
        assert_eq!(response.status(), reply.status());
        assert_eq!(reply.is_refusal(), !reply.status().is_success());
        reply.status().as_u16()
    };
    let none = HeaderMap::new();
    assert_eq!(reply(&receiver(), Method::HEAD, &none, &Bytes::new()), 200);
    assert_eq!(reply(&receiver(), Method::POST, &none, body), 401);
    assert_eq!(reply(&receiver(), Method::GET, headers, body), 405);
    assert_eq!(reply(&small, Method::POST, headers, body), 413);
    let ping = Notification::builder(Event::Ping(Box::default())).sign(SECRET);
    assert_eq!(
        reply(&receiver(), Method::POST, ping.headers(), ping.body()),
        200
    );
    for text in [
        "",
        "null",
        "[]",
        "{",
        "{}",
        r#"{"topic": ""}"#,
        r#"{"topic": 7}"#,
        "\u{feff}{}",
    ] {
        let request = signed_text(text);
        assert_eq!(
            reply(&receiver(), Method::POST, request.headers(), request.body()),
            400,
            "{text}"
        );
    }
}

#[test]
fn a_ping_that_is_not_signed_is_refused() {
    let mut ping = Notification::builder(Event::Ping(Box::<Ping>::default())).sign(SECRET);
    ping.headers_mut().clear();
    let reply = receive(&ping).unwrap_err();
    assert!(matches!(reply.reason(), Reason::Signature(_)));
}

#[test]
fn a_body_is_not_read_before_it_is_verified() {
    let mut request = signed_text("not JSON");
    request
        .headers_mut()
        .insert("x-hub-signature", "sha1=00".parse().unwrap());
    assert_eq!(receive(&request).unwrap_err().status(), 401);
}

#[test]
fn both_secrets_are_accepted_while_one_is_replaced() {
    let both = Receiver::new("new").also_accept(SECRET);
    for secret in ["new", SECRET] {
        let request = Notification::builder(Event::ContactUserCreated(ada().into())).sign(secret);
        let received = both.receive(request.method(), request.headers(), request.body().clone());
        assert!(received.is_ok(), "{secret}");
    }
    assert!(!format!("{both:?}").contains(SECRET));
}

#[test]
fn an_unknown_topic_keeps_its_name_and_its_item() {
    let body = json!({ "topic": "moon.landed", "data": { "item": { "id": 7 } } });
    let notification = receive(&signed(&body)).unwrap();
    assert_eq!(notification.topic(), "moon.landed");
    let other = Event::Other {
        topic: "moon.landed".into(),
        item: json!({ "id": 7 }),
    };
    assert_eq!(notification.event(), &other);
    assert_eq!(notification.problem(), None);
    assert!(notification.deviations().is_empty());
}

#[test]
fn an_item_of_another_type_is_kept_with_the_reason() {
    for item in [
        json!("text"),
        json!([1]),
        json!(7),
        json!({ "type": "ticket" }),
    ] {
        let body = json!({ "topic": "contact.user.created", "data": { "item": item } });
        let notification = receive(&signed(&body)).unwrap();
        let is_reported = notification.problem().is_some() || !notification.deviations().is_empty();
        assert!(is_reported, "{item}");
        if let Event::Other { item: kept, .. } = notification.event() {
            assert_eq!(kept, &item);
        }
    }
    for body in [
        json!({ "topic": "contact.user.created" }),
        json!({ "topic": "contact.user.created", "data": null }),
        json!({ "topic": "contact.user.created", "data": [] }),
    ] {
        let notification = receive(&signed(&body)).unwrap();
        assert!(notification.problem().is_some(), "{body}");
        assert!(notification.item().is_empty());
    }
}

#[test]
fn a_surprise_in_one_field_costs_that_field_alone() {
    let body = json!({
        "topic": "contact.user.created", "id": "notif_1", "first_sent_at": {}, "app_id": "abc",
        "data": { "item": { "type": "contact", "id": "1", "email": [], "name": "Ada" } },
    });
    let notification = receive(&signed(&body)).unwrap();
    let paths: Vec<_> = notification
        .deviations()
        .iter()
        .map(|it| it.path.as_str())
        .collect();
    assert_eq!(paths, ["first_sent_at", "data.item.email"]);
    assert_eq!(notification.id(), Some("notif_1"));
    let Event::ContactUserCreated(contact) = notification.event() else {
        panic!("{:?}", notification.event());
    };
    assert_eq!(contact.name.as_deref(), Some("Ada"));
}

#[test]
fn the_item_is_read_as_ones_own_type() {
    #[derive(serde::Deserialize)]
    struct Scored {
        fraud_score: f64,
    }
    let body = json!({
        "topic": "contact.user.created",
        "data": { "item": { "type": "contact", "id": "1", "fraud_score": 0.5 } },
    });
    let notification = receive(&signed(&body)).unwrap();
    assert_eq!(notification.decode::<Scored>().unwrap().fraud_score, 0.5);
    assert_eq!(notification.unread(), ["fraud_score"]);
}

#[test]
fn a_notification_is_recognized_by_its_id_and_without_one_by_its_body() {
    let key = |body: &Value| receive(&signed(body)).unwrap().key().into_owned();
    let with_id = json!({ "topic": "contact.deleted", "id": "notif_1", "delivery_attempts": 2 });
    assert_eq!(key(&with_id), "notif_1");
    for id in [json!(null), json!(""), json!("x".repeat(129))] {
        let without = json!({ "topic": "contact.deleted", "id": id });
        let other = json!({ "topic": "contact.archived", "id": id });
        assert!(key(&without).starts_with("sha256:"));
        assert_eq!(key(&without), key(&without));
        assert_ne!(key(&without), key(&other));
    }
}

#[test]
fn contacts_and_companies_have_iso_times_as_on_the_wire() {
    let mut pair = CompanyContact::default();
    pair.contact = Some(ada().into());
    pair.company = Some(Company::default().into());
    for (event, pointer) in [
        (
            Event::ContactUserCreated(ada().into()),
            "/data/item/updated_at",
        ),
        (
            Event::CompanyContactAttached(pair.into()),
            "/data/item/contact/updated_at",
        ),
    ] {
        let body: Value = serde_json::from_slice(&Notification::builder(event).body()).unwrap();
        assert_eq!(body.pointer(pointer).unwrap(), "2026-01-10T12:01:13Z");
    }
}

#[test]
fn a_change_of_a_ticket_has_the_ticket_in_either_form() {
    for item in [
        json!({ "type": "ticket", "id": "7" }),
        json!({ "type": "ticket_ticket_part", "ticket": { "id": "7" }, "ticket_part": { "id": "8" } }),
        json!({ "ticket": { "id": "7" } }),
    ] {
        let body = json!({ "topic": "ticket.closed", "data": { "item": item } });
        let notification = receive(&signed(&body)).unwrap();
        let Event::TicketClosed(change) = notification.event() else {
            panic!("{:?}", notification.event());
        };
        assert_eq!(change.ticket().unwrap().id, "7");
        assert_eq!(change.part().is_some(), item.get("ticket_part").is_some());
        assert_eq!(
            matches!(&**change, TicketChange::Ticket(_)),
            item.get("ticket").is_none()
        );
        assert_eq!(notification.deviations(), []);
    }
}

#[test]
fn every_topic_is_read_back_from_its_text() {
    assert!(Topic::KNOWN.len() >= 119, "{}", Topic::KNOWN.len());
    for topic in Topic::KNOWN {
        assert_eq!(&Topic::from(topic.as_str()), topic);
    }
}

#[test]
fn deeply_nested_bodies_are_refused_or_kept_but_do_no_harm() {
    let deep = "[".repeat(100_000) + &"]".repeat(100_000);
    for body in [
        deep.clone(),
        format!(r#"{{"topic": "contact.user.created", "data": {{"item": {{"name": {deep}}}}}}}"#),
        format!(r#"{{"topic": "moon.landed", "data": {{"item": {deep}}}}}"#),
        format!(r#"{{"topic": {deep}}}"#),
    ] {
        if let Ok(notification) = receive(&signed_text(&body)) {
            assert_eq!(notification.body(), body.as_bytes());
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_event_that_is_built_is_read_back(event: Event) {
        let built = Notification::builder(event.clone());
        let request = built.sign(SECRET);
        match receive(&request) {
            Ok(notification) => {
                prop_assert_eq!(notification.event(), &event);
                prop_assert_eq!(notification.deviations(), []);
                prop_assert_eq!(notification.problem(), None);
                prop_assert_eq!(notification.unread(), Vec::<String>::new());
            }
            Err(reply) => {
                prop_assert_eq!(event.topic(), Topic::Ping);
                prop_assert!(!reply.is_refusal());
                prop_assert_eq!(built.build().unwrap().into_event(), event);
            }
        }
    }

    #[test]
    fn any_body_with_a_flipped_bit_is_refused(place: prop::sample::Index, bit in 0..8_u8) {
        let request = created();
        let mut body = request.body().to_vec();
        let place = place.index(body.len());
        body[place] ^= 1 << bit;
        let reply = receiver().receive(request.method(), request.headers(), body).unwrap_err();
        prop_assert_eq!(reply.status(), 401);
    }

    #[test]
    fn foreign_bodies_are_read_or_refused(body: Vec<u8>) {
        let _ = Notification::read(body);
    }
}
