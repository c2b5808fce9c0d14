//! Notifications in SQLite: stored before the reply, handled afterwards.

use std::path::Path;
use std::sync::mpsc::{self, SyncSender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use intercom_app::webhooks::{Event, Notification};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};

/// A file with the notifications, and with what the handler keeps.
pub(crate) struct Queue {
    connection: Connection,
}

impl Queue {
    /// Opens the file, or creates it.
    pub(crate) fn open(file: impl AsRef<Path>) -> rusqlite::Result<Self> {
        let connection = Connection::open(file)?;
        connection.busy_timeout(Duration::from_secs(5))?;
        connection.execute_batch(
            "PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             CREATE TABLE IF NOT EXISTS notification (
                 position INTEGER PRIMARY KEY,
                 key TEXT NOT NULL UNIQUE,
                 body BLOB NOT NULL,
                 handled INTEGER NOT NULL DEFAULT 0
             );
             CREATE INDEX IF NOT EXISTS waiting ON notification (position) WHERE handled = 0;
             CREATE TABLE IF NOT EXISTS contact (
                 id TEXT PRIMARY KEY,
                 email TEXT,
                 changed_ms INTEGER NOT NULL,
                 deleted INTEGER NOT NULL DEFAULT 0
             );
             CREATE TABLE IF NOT EXISTS history (
                 key TEXT NOT NULL,
                 topic TEXT NOT NULL
             );",
        )?;
        Ok(Self { connection })
    }

    /// Stores a notification. Returns `false` if it is a duplicate.
    pub(crate) fn store(&self, notification: &Notification) -> rusqlite::Result<bool> {
        let inserted = self.connection.execute(
            "INSERT OR IGNORE INTO notification (key, body) VALUES (?1, ?2)",
            params![notification.key(), notification.body().as_ref()],
        )?;
        Ok(inserted == 1)
    }

    /// Handles all stored notifications, oldest first. Returns how many there were.
    ///
    /// If the handler fails, its notification stays, and so do those after it.
    pub(crate) fn drain(
        &mut self,
        mut handle: impl FnMut(&Notification, &Transaction<'_>) -> rusqlite::Result<()>,
    ) -> rusqlite::Result<usize> {
        let mut handled = 0;
        loop {
            let behavior = TransactionBehavior::Immediate;
            let transaction = self.connection.transaction_with_behavior(behavior)?;
            let next = transaction
                .query_row(
                    "SELECT position, body FROM notification WHERE handled = 0 ORDER BY position LIMIT 1",
                    [],
                    |row| Ok((row.get::<_, i64>(0)?, row.get::<_, Vec<u8>>(1)?)),
                )
                .optional()?;
            let Some((position, body)) = next else {
                return Ok(handled);
            };
            // It was read before it was stored.
            if let Ok(notification) = Notification::read(body) {
                handle(&notification, &transaction)?;
            }
            let done = "UPDATE notification SET handled = 1 WHERE position = ?1";
            transaction.execute(done, [position])?;
            transaction.commit()?;
            handled += 1;
        }
    }
}

/// Keeps the newest state of each contact, in whichever order the notifications come, and a history of
/// all that happened, which would show a notification twice if it was handled twice.
pub(crate) fn handle(
    notification: &Notification,
    transaction: &Transaction<'_>,
) -> rusqlite::Result<()> {
    transaction.execute(
        "INSERT INTO history (key, topic) VALUES (?1, ?2)",
        params![notification.key(), notification.topic().as_str()],
    )?;
    let time = notification
        .event()
        .object_time()
        .or(notification.created_at());
    let time = time.unwrap_or_default().as_millisecond();
    match notification.event() {
        Event::ContactUserCreated(contact) | Event::ContactUserUpdated(contact) => {
            transaction.execute(
                "INSERT INTO contact (id, email, changed_ms) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET email = excluded.email, changed_ms = excluded.changed_ms
                 WHERE excluded.changed_ms >= contact.changed_ms AND contact.deleted = 0",
                params![contact.id.as_str(), contact.email, time],
            )?;
        }
        Event::ContactDeleted(contact) => {
            // What arrives later about the contact does not bring it back.
            transaction.execute(
                "INSERT INTO contact (id, changed_ms, deleted) VALUES (?1, ?2, 1)
                 ON CONFLICT (id) DO UPDATE SET email = NULL, deleted = 1",
                params![contact.id.as_ref().map(AsRef::<str>::as_ref), time],
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// A thread that handles what is stored, whenever it is woken.
pub(crate) struct Worker {
    wake: Option<SyncSender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Worker {
    /// Starts with what an earlier run left.
    pub(crate) fn start(file: impl AsRef<Path>) -> rusqlite::Result<Self> {
        let mut queue = Queue::open(file)?;
        let (wake, woken) = mpsc::sync_channel::<()>(1);
        let thread = thread::spawn(move || {
            loop {
                match queue.drain(handle) {
                    Ok(0) => {}
                    Ok(count) => println!("handled {count}"),
                    Err(error) => eprintln!("handling: {error}"),
                }
                if woken.recv().is_err() {
                    break;
                }
            }
            if let Err(error) = queue.drain(handle) {
                eprintln!("handling: {error}");
            }
        });
        Ok(Self {
            wake: Some(wake),
            thread: Some(thread),
        })
    }

    /// Handles what was stored since. It does not wait.
    pub(crate) fn wake(&self) {
        if let Some(wake) = &self.wake {
            // If it is full, the worker is about to look anyway.
            let _ = wake.try_send(());
        }
    }

    /// Waits until everything is handled.
    pub(crate) fn stop(&mut self) {
        self.wake = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
