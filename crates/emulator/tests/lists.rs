//! The ways in which lists come in pages that are the only ones of their kind: numbers beside the
//! items, and addresses of earlier events.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::Endpoint;
use intercom_core::api::audiences::{self, AudienceCreate, AudienceUpdate, Predicate};
use intercom_core::api::contacts::{self, ContactMerge};
use intercom_core::api::data_events::{
    self, DataEventCreate, DataEventSummary, DataEventSummaryCreate,
};
use intercom_core::blocking::Client;
use intercom_core::model::Timestamp;
use intercom_emulator::Emulator;
use support::{client, told};

#[test]
fn an_audience_is_created_changed_listed_and_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = |name: &str| {
        let vip = [Predicate::text("custom_attributes.plan", "eq", "pro")];
        audiences::Create::new(AudienceCreate::new(name).predicates(vip))
    };
    let names = ["one", "two", "three", "four", "five"];
    for name in names {
        let created = intercom.call(&create(name)).unwrap();
        assert_eq!(
            (created.raw().status().as_u16(), created.predicates.len()),
            (201, 1)
        );
    }
    let list = intercom.items(audiences::List::new().per_page(2_u32));
    let listed: Vec<_> = list.map(|audience| audience.unwrap()).collect();
    let listed_names: Vec<_> = listed
        .iter()
        .map(|audience| audience.name.clone().unwrap())
        .collect();
    assert_eq!(listed_names, names);
    assert_eq!(emulator.journal().count(audiences::List::SPEC), 3);

    let id = &listed[0].id;
    let update = audiences::Update::new(id, AudienceUpdate::new().name("eins"));
    assert_eq!(intercom.call(&update).unwrap().predicates.len(), 1);
    let get = audiences::Get::new(id);
    assert_eq!(intercom.call(&get).unwrap().name.as_deref(), Some("eins"));
    let deleted = intercom.call(&audiences::Delete::new(id)).unwrap();
    assert_eq!(deleted.raw().status().as_u16(), 204);
    assert_eq!(told(&intercom.call(&get).unwrap_err()).0, 404);
    let blank = intercom.call(&create(" ")).unwrap_err();
    assert_eq!(
        told(&blank),
        (422, "validation_error", "Name must not be blank")
    );
}

/// The names of the events of a list, in its order, over pages of two.
fn names(intercom: &Client, list: data_events::List) -> Vec<String> {
    let events = intercom.items(list.per_page(2_u32));
    let name = |event: data_events::DataEvent| event.event_name.unwrap();
    events.map(|event| name(event.unwrap())).collect()
}

#[test]
fn the_events_of_a_contact_are_listed_newest_first_for_90_days() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let report = |name: &str, email: &str| {
        let event = DataEventCreate::new(name, emulator.now()).email(email);
        intercom.call(&data_events::Create::new(event)).unwrap()
    };
    let old = report("old", "ada@example.com");
    assert_eq!(old.raw().status().as_u16(), 202);
    emulator.advance(Duration::from_secs(90 * 24 * 60 * 60));
    assert_eq!(
        names(&intercom, data_events::List::by_email("ada@example.com")),
        ["old"]
    );
    emulator.advance(Duration::from_secs(1));
    // Several in one second are told apart.
    for name in ["one", "two", "three", "four", "five"] {
        report(name, "ADA@example.com");
    }
    let lost = DataEventCreate::new("lost", emulator.now()).email("nobody@example.com");
    let lost = intercom.call(&data_events::Create::new(lost));
    assert_eq!(
        told(&lost.unwrap_err()),
        (404, "not_found", "User Not Found")
    );
    let newest_first = ["five", "four", "three", "two", "one"];
    let by_id = data_events::List::by_intercom_user_id(&ada.id);
    assert_eq!(names(&intercom, by_id.clone()), newest_first);

    let page = intercom.call(&by_id.clone().per_page(3_u32)).unwrap();
    let since = page.pages.as_ref().unwrap().since.clone().unwrap();
    let (_, since) = since.split_once("since=").unwrap();
    assert!(names(&intercom, by_id.clone().since(since)).is_empty());
    report("six", "ada@example.com");
    assert_eq!(names(&intercom, by_id.since(since)), ["six"]);

    let error = intercom
        .call(&data_events::List::by_user_id("x"))
        .unwrap_err();
    assert_eq!(told(&error).0, 404);
}

#[test]
fn the_events_of_a_contact_move_with_it_when_it_is_merged() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let lead = emulator.contact().name("Ada").create();
    let user = emulator.contact().email("ada@example.com").create();
    for (name, id) in [("one", &lead.id), ("two", &user.id)] {
        let event = DataEventCreate::new(name, emulator.now()).id(id);
        intercom.call(&data_events::Create::new(event)).unwrap();
    }
    let merge = ContactMerge::new(&lead.id, &user.id).skip_duplicate_validation(true);
    intercom.call(&contacts::Merge::new(merge)).unwrap();
    let of_user = data_events::List::by_intercom_user_id(&user.id);
    assert_eq!(names(&intercom, of_user), ["one", "two"]);
}

#[test]
fn a_summary_counts_events_by_name_and_adds_what_was_reported_before() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().external_id("ada").create();
    let start = Timestamp::from(emulator.now());
    let before = DataEventSummary::new()
        .event_name("sent invoice")
        .count(10_u64)
        .first(Timestamp::from_second(start.as_second() - 60))
        .last(start);
    let summaries = DataEventSummaryCreate::new()
        .user_id("ada")
        .event_summaries(before);
    intercom
        .call(&data_events::CreateSummaries::new(summaries))
        .unwrap();
    for name in ["sent invoice", "logged in", "logged in"] {
        emulator.advance(Duration::from_secs(10));
        let event = DataEventCreate::new(name, emulator.now()).id(&ada.id);
        intercom.call(&data_events::Create::new(event)).unwrap();
    }
    let list = data_events::List::by_user_id("ada").summary(true);
    let summary = intercom.call(&list).unwrap();
    assert_eq!(summary.intercom_user_id.as_ref(), Some(&ada.id));
    let seconds = |time: Option<Timestamp>| time.unwrap().as_second() - start.as_second();
    let counted: Vec<_> = summary
        .events
        .iter()
        .map(|event| {
            let name = event.name.as_deref().unwrap();
            let times = (seconds(event.first), seconds(event.last));
            (name, event.count.unwrap(), times)
        })
        .collect();
    let expected = [("logged in", 2, (20, 30)), ("sent invoice", 11, (-60, 10))];
    assert_eq!(counted, expected);
}
