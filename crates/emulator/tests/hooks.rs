//! What happens between two requests, and what a reader of lists makes of it.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use intercom_core::Endpoint;
use intercom_core::api::audiences::{self, AudienceCreate};
use intercom_core::api::contacts;
use intercom_core::model::ContactId;
use intercom_emulator::Emulator;
use support::client;

fn with_contacts(count: usize) -> (Emulator, Vec<ContactId>) {
    let emulator = Emulator::new();
    let create = |n: usize| {
        let contact = emulator.contact().email(&format!("{n}@example.com"));
        contact.create().id
    };
    let ids = (0..count).map(create).collect();
    (emulator, ids)
}

/// Reads all contacts, two a page.
fn read(emulator: &Emulator) -> Vec<ContactId> {
    let list = client(emulator).items(contacts::List::new().per_page(2_u32));
    list.map(|contact| contact.unwrap().id).collect()
}

#[test]
fn a_list_by_cursor_that_moves_returns_what_stays_exactly_once() {
    let (emulator, ids) = with_contacts(9);
    let order = read(&emulator);
    assert_eq!(order.len(), ids.len());
    // What was read, what is the next to be read, and something new.
    let (read_already, next) = (order[0].clone(), order[2].clone());
    let gone = [read_already.clone(), next.clone()];
    emulator
        .before(contacts::List::SPEC)
        .nth(2)
        .run(move |emulator| {
            for id in &gone {
                client(emulator).call(&contacts::Delete::new(id)).unwrap();
            }
            emulator.contact().email("late@example.com").create();
        });
    let moved = read(&emulator);
    let old: Vec<_> = moved
        .iter()
        .filter(|id| ids.contains(id))
        .cloned()
        .collect();
    let expected: Vec<_> = order.into_iter().filter(|id| *id != next).collect();
    assert_eq!(old, expected);
    assert!(moved.len() <= old.len() + 1, "something new is read twice");
    assert_eq!(emulator.size().contacts, 8);
}

#[test]
fn a_list_by_page_number_that_moves_skips_an_item_and_ends() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = |name: &str| intercom.call(&audiences::Create::new(AudienceCreate::new(name)));
    let ids: Vec<_> = ["one", "two", "three", "four", "five"]
        .map(|name| create(name).unwrap().id.clone())
        .into();
    let first = ids[0].clone();
    emulator
        .before(audiences::List::SPEC)
        .nth(2)
        .run(move |emulator| {
            client(emulator)
                .call(&audiences::Delete::new(&first))
                .unwrap();
        });
    let list = intercom.items(audiences::List::new().per_page(2_u32));
    let read: Vec<_> = list.map(|audience| audience.unwrap().id).collect();
    let expected: Vec<_> = [0, 1, 3, 4].map(|index| ids[index].clone()).into();
    assert_eq!(read, expected);
}

#[test]
fn a_hook_runs_before_the_requests_that_are_selected_and_not_before_its_own() {
    let (emulator, _) = with_contacts(1);
    let runs = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&runs);
    let hook = emulator
        .before(contacts::List::SPEC)
        .nth(2)
        .always()
        .run(move |emulator| {
            counted.fetch_add(1, Ordering::Relaxed);
            client(emulator).call(&contacts::List::new()).unwrap();
        });
    let intercom = client(&emulator);
    for expected in [0, 1, 2] {
        intercom.call(&contacts::List::new()).unwrap();
        intercom.call(&audiences::List::new()).unwrap();
        assert_eq!(runs.load(Ordering::Relaxed), expected);
    }
    assert!(emulator.remove_hook(hook));
    assert!(!emulator.remove_hook(hook));
    intercom.call(&contacts::List::new()).unwrap();
    assert_eq!(runs.load(Ordering::Relaxed), 2);
}

#[test]
fn a_reset_removes_hooks() {
    let (emulator, _) = with_contacts(0);
    emulator.before_any().run(|emulator| {
        emulator.contact().create();
    });
    emulator.reset();
    assert_eq!(read(&emulator).len(), 0);
}
