//! The example `webhooks_sqlite` receives over sockets what the emulator sends, and is killed meanwhile.

#![allow(clippy::panic, clippy::unwrap_used, reason = "a broken test may panic")]

#[path = "../examples/webhooks_sqlite/main.rs"]
mod example;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use intercom_core::api::contacts::{self, ContactCreate, ContactUpdate};
use intercom_core::blocking::Client;
use intercom_emulator::{Delivery, DeliveryState, Emulator, Webhook};
use rusqlite::Connection;

const SECRET: &str = "s3cr3t";

/// Makes this program the receiver.
const IS_RECEIVER: &str = "RESTARTS_IS_RECEIVER";

/// How long anything may take, on a machine that is busy.
const PATIENCE: Duration = Duration::from_secs(60);

/// After how long a notification is sent, so that all of a round are due together and come in reverse.
const DELAY: Duration = Duration::from_secs(60);

/// After how long a delivery that failed is tried again, once.
const RETRY: Duration = Duration::from_secs(60);

/// How many contacts a round creates and changes.
const CONTACTS: usize = 4;

/// How many notifications a round has: a contact is created, its email is updated, and it is updated.
const NOTIFICATIONS: usize = 3 * CONTACTS;

/// When the receiver starts again after it was killed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Restart {
    AtOnce,
    /// When everything that it missed waits for its retry.
    BeforeTheRetries,
}

/// After how many attempts of a round the receiver is killed, and when it starts again. Only the first
/// attempts of deliveries meet a receiver that is down: Intercom makes one more, and then gives up.
const ROUNDS: [(usize, Restart); 8] = [
    (0, Restart::BeforeTheRetries),
    (1, Restart::AtOnce),
    (2, Restart::BeforeTheRetries),
    (5, Restart::AtOnce),
    (7, Restart::BeforeTheRetries),
    (11, Restart::AtOnce),
    // As soon as all have been replied to: some may not have been handled.
    (usize::MAX, Restart::AtOnce),
    (usize::MAX, Restart::AtOnce),
];

/// Polls a condition. Nothing here announces when it becomes true.
fn wait_until(what: &str, mut is_true: impl FnMut() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !is_true() {
        assert!(
            Instant::now() < deadline,
            "waited {PATIENCE:?} until {what}"
        );
        thread::park_timeout(Duration::from_millis(1));
    }
}

/// The example in a process of its own.
struct Receiver {
    process: Child,
    address: SocketAddr,
    database: PathBuf,
}

impl Receiver {
    fn start(address: SocketAddr, database: &Path) -> Self {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "receiver_process", "--ignored", "--nocapture"])
            .env(IS_RECEIVER, "1")
            .env("INTERCOM_CLIENT_SECRET", SECRET)
            .env("LISTEN", address.to_string())
            .env("DATABASE", database)
            // It stops when this ends, also if the test panics.
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let stdout = BufReader::new(process.stdout.take().unwrap());
        let (listens, listening) = mpsc::channel();
        // Reads on, or the receiver could not print any more.
        thread::spawn(move || {
            for line in stdout.lines().map_while(Result::ok) {
                if line.contains("listening on") {
                    let _ = listens.send(());
                }
            }
        });
        let started = listening.recv_timeout(PATIENCE);
        assert!(started.is_ok(), "the receiver did not start on {address}");
        Self {
            process,
            address,
            database: database.to_owned(),
        }
    }

    /// Ends it wherever it is.
    fn kill(&mut self) {
        self.process.kill().unwrap();
        let status = self.process.wait().unwrap();
        assert!(!status.success(), "it ended before it was killed: {status}");
    }

    fn restart(&mut self) {
        *self = Self::start(self.address, &self.database);
    }

    /// Lets it end in its own time.
    fn stop(mut self) {
        drop(self.process.stdin.take());
        let mut status = None;
        wait_until("the receiver stops", || {
            status = self.process.try_wait().unwrap();
            status.is_some()
        });
        assert!(status.unwrap().success(), "{status:?}");
    }
}

#[test]
#[ignore = "the other tests run it in a process of its own"]
fn receiver_process() {
    if std::env::var_os(IS_RECEIVER).is_some() {
        example::main().unwrap();
    }
}

/// The deliveries of notifications, without the check of the webhook.
fn deliveries(emulator: &Emulator) -> Vec<Delivery> {
    let mut deliveries = emulator.deliveries();
    deliveries.retain(|it| it.notification.is_some());
    deliveries
}

fn attempts(emulator: &Emulator) -> usize {
    let deliveries = deliveries(emulator);
    deliveries.iter().map(|it| it.attempts.len()).sum()
}

fn wait_until_nothing_is_due(emulator: &Emulator) {
    wait_until("nothing is due", || {
        let now = emulator.now();
        emulator.deliveries().iter().all(|it| match it.state {
            DeliveryState::Pending => it.due > now,
            state => state != DeliveryState::InFlight,
        })
    });
}

/// Creates contacts, and changes each a second later, for the order to be known from the time.
fn change_contacts(emulator: &Emulator, intercom: &Client, emails: &mut BTreeMap<String, String>) {
    let round = emails.len();
    for number in 0..CONTACTS {
        let old = format!("old-{round}-{number}@example.com");
        let create = contacts::Create::new(ContactCreate::new().email(old));
        let contact = intercom.call(&create).unwrap();
        emulator.advance(Duration::from_secs(1));
        let new = format!("new-{round}-{number}@example.com");
        let update = ContactUpdate::new().email(new.as_str());
        let update = contacts::Update::new(&contact.id, update);
        intercom.call(&update).unwrap();
        emulator.advance(Duration::from_secs(1));
        emails.insert(contact.id.to_string(), new);
    }
}

type Row = (String, String);

/// Reads two columns of a table, and checks that the rows are these, once each.
fn assert_rows(database: &Path, query: &str, expected: impl IntoIterator<Item = Row>) {
    let connection = Connection::open(database).unwrap();
    let mut statement = connection.prepare(query).unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)));
    let expected: BTreeSet<Row> = expected.into_iter().collect();
    let mut times: BTreeMap<Row, usize> = expected.iter().map(|row| (row.clone(), 0)).collect();
    for row in rows.unwrap() {
        *times.entry(row.unwrap()).or_default() += 1;
    }
    times.retain(|row, times| *times != 1 || !expected.contains(row));
    assert!(
        times.is_empty(),
        "{query}: how often they are there: {times:#?}"
    );
}

/// Kills the receiver in every round, and then compares what was sent with what was handled.
fn handles_everything_once(duplicates: u32) {
    let folder = tempfile::tempdir().unwrap();
    let database = folder.path().join("webhooks.sqlite");
    // A port that is free, and the same after every start.
    let address = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    let mut receiver = Receiver::start(address.unwrap(), &database);

    let emulator = Emulator::new();
    let webhook = Webhook::to_url(format!("http://{}/", receiver.address))
        .secret(SECRET)
        .topic("contact.*")
        .duplicates(duplicates)
        .delay(DELAY)
        .reordered();
    emulator.subscribe(webhook).unwrap();
    // The webhook is checked first.
    wait_until_nothing_is_due(&emulator);
    let intercom = Client::new(emulator.transport(), "any token");

    let mut emails = BTreeMap::new();
    for (killed_after, restart) in ROUNDS {
        let before = attempts(&emulator);
        change_contacts(&emulator, &intercom, &mut emails);
        assert_eq!(attempts(&emulator), before, "it was not delayed");
        if killed_after == 0 {
            receiver.kill();
        }
        emulator.advance(DELAY);
        if killed_after > 0 {
            let all = deliveries(&emulator).len();
            wait_until("enough was received", || {
                let deliveries = deliveries(&emulator);
                let received = deliveries.iter().map(|it| it.attempts.len());
                let is_over = |it: &Delivery| it.state == DeliveryState::Delivered;
                received.sum::<usize>() - before >= killed_after
                    || deliveries.iter().filter(|it| is_over(it)).count() == all
            });
            receiver.kill();
        }
        if restart == Restart::BeforeTheRetries {
            wait_until_nothing_is_due(&emulator);
        }
        receiver.restart();
        wait_until_nothing_is_due(&emulator);
        emulator.advance(RETRY);
        wait_until_nothing_is_due(&emulator);
        for delivery in deliveries(&emulator) {
            assert_eq!(delivery.state, DeliveryState::Delivered, "{delivery:?}");
        }
    }
    receiver.stop();

    let sent = deliveries(&emulator);
    let copies = 1 + duplicates as usize;
    assert_eq!(sent.len(), ROUNDS.len() * NOTIFICATIONS * copies);
    let retried = sent.iter().filter(|it| it.attempts.len() > 1).count();
    // The first round alone misses everything.
    assert!(retried >= NOTIFICATIONS * copies, "{retried}");

    let once: BTreeSet<Row> = sent
        .iter()
        .map(|it| (it.notification.clone().unwrap(), it.topic.unwrap().into()))
        .collect();
    assert_eq!(once.len() * copies, sent.len());
    assert_rows(&database, "SELECT key, topic FROM history", once);
    assert_rows(&database, "SELECT id, email FROM contact", emails);
}

#[test]
fn nothing_is_lost_while_the_receiver_is_killed_again_and_again() {
    // Only once: a copy would make up for one that is lost.
    handles_everything_once(0);
}

#[test]
fn nothing_is_done_twice_while_the_receiver_is_killed_again_and_again() {
    handles_everything_once(2);
}
