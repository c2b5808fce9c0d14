//! The queue of the example `webhooks_sqlite` loses nothing and does nothing twice.

#![allow(dead_code, reason = "the worker of the example is not tested here")]

#[path = "../examples/webhooks_sqlite/queue.rs"]
mod queue;

use intercom_app::model::Timestamp;
use intercom_app::model::contacts::{Contact, ContactDeleted};
use intercom_app::webhooks::{Event, Notification};
use queue::{Queue, handle};

fn contact(email: &str, second: i64) -> Contact {
    let mut contact = Contact::default();
    contact.id = "1".into();
    contact.email = Some(email.to_owned());
    contact.updated_at = Some(Timestamp::from_second(second));
    contact
}

fn updated(email: &str, second: i64) -> Notification {
    let event = Event::ContactUserUpdated(contact(email, second).into());
    Notification::builder(event).build().unwrap()
}

fn deleted() -> Notification {
    let mut gone = ContactDeleted::default();
    gone.id = Some("1".into());
    Notification::builder(Event::ContactDeleted(gone.into()))
        .build()
        .unwrap()
}

/// The email of the contact, and whether it is deleted.
fn stored(file: &std::path::Path) -> (Option<String>, bool) {
    let connection = rusqlite::Connection::open(file).unwrap();
    let columns = "SELECT email, deleted FROM contact WHERE id = '1'";
    connection
        .query_row(columns, [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
}

#[test]
fn what_was_stored_before_a_crash_is_handled_after_it() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queue");
    assert!(
        Queue::open(&file)
            .unwrap()
            .store(&updated("a@example.com", 1))
            .unwrap()
    );
    // The program ends here, and starts again.
    let mut queue = Queue::open(&file).unwrap();
    assert_eq!(queue.drain(handle).unwrap(), 1);
    assert_eq!(stored(&file).0.as_deref(), Some("a@example.com"));
    assert_eq!(queue.drain(handle).unwrap(), 0);
}

#[test]
fn a_crash_while_handling_undoes_what_the_handler_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let mut queue = Queue::open(folder.path().join("queue")).unwrap();
    queue.store(&updated("a@example.com", 1)).unwrap();
    let failed = queue.drain(|notification, transaction| {
        handle(notification, transaction)?;
        Err(rusqlite::Error::InvalidQuery)
    });
    assert!(failed.is_err());
    let contacts = |transaction: &rusqlite::Transaction<'_>| {
        transaction.query_row("SELECT count(*) FROM contact", [], |row| {
            row.get::<_, i64>(0)
        })
    };
    let mut before = Vec::new();
    let drained = queue.drain(|_, transaction| {
        before.push(contacts(transaction)?);
        Ok(())
    });
    assert_eq!(drained.unwrap(), 1);
    assert_eq!(before, [0]);
}

#[test]
fn a_duplicate_is_handled_once() {
    let folder = tempfile::tempdir().unwrap();
    let mut queue = Queue::open(folder.path().join("queue")).unwrap();
    let first = updated("a@example.com", 1);
    assert!(queue.store(&first).unwrap());
    assert!(!queue.store(&first).unwrap());
    assert_eq!(queue.drain(handle).unwrap(), 1);
    assert!(!queue.store(&first).unwrap());
    assert_eq!(queue.drain(handle).unwrap(), 0);
}

#[test]
fn the_newest_state_stays_in_whichever_order_notifications_come() {
    let (old, new) = (updated("old@example.com", 1), updated("new@example.com", 2));
    for (order, email, is_deleted) in [
        (vec![&old, &new], Some("new@example.com"), false),
        (vec![&new, &old], Some("new@example.com"), false),
        (vec![&new, &deleted(), &old], None, true),
        (vec![&deleted(), &new], None, true),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("queue");
        let mut queue = Queue::open(&file).unwrap();
        for notification in order {
            queue.store(notification).unwrap();
        }
        queue.drain(handle).unwrap();
        assert_eq!(stored(&file), (email.map(str::to_owned), is_deleted));
    }
}
