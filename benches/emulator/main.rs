//! What the emulator takes with a million contacts and with many conversations: memory, and the time of
//! requests, in process.
//!
//! ```console
//! $ cargo bench --bench emulator
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

mod conversations;
mod measure;

use std::fs::{self, File};
use std::io::BufWriter;
use std::path::Path;
use std::time::Duration;

use intercom_emulator::{Emulator, Snapshot};
use serde_json::{Value, json};

use conversations::CONVERSATIONS;
use measure::{
    REQUESTS, SCANS, filter, get, heading, measure, next, processor_time, resident, search, send,
};

const CONTACTS: usize = 1_000_000;

/// How many of them a seed creates, which keeps all replies.
const SEEDED: usize = 100_000;

/// Measures what a function takes that returns an emulator.
fn start(make: impl Fn() -> Emulator) -> Duration {
    let start = processor_time();
    let emulator = make();
    let took = processor_time() - start;
    assert!(emulator.size().contacts < CONTACTS);
    took
}

fn starts() {
    heading();
    measure("start an empty emulator", REQUESTS, |_| {
        start(Emulator::new)
    });
    measure("start one with demo data", REQUESTS, |_| {
        start(|| Emulator::builder().demo().build())
    });
}

fn contacts(emulator: &Emulator) {
    heading();
    let page = |cursor: &str| {
        let path = format!("/contacts?per_page=150{cursor}");
        send(emulator, "GET", &path, "")
    };
    let first: Value = serde_json::from_slice(&page("").1).unwrap();
    let known = |n: usize, field: &str| first["data"][n % 150][field].as_str();
    measure("get a contact by id", REQUESTS, |n| {
        get(emulator, &format!("/contacts/{}", known(n, "id").unwrap())).0
    });
    measure("find a contact by external id", REQUESTS, |n| {
        let path = format!("/contacts/find_by_external_id/user-{}", n * 3_332 + 1);
        get(emulator, &path).0
    });
    let path = "/contacts/search";
    for field in ["email", "external_id"] {
        measure(&format!("search by {field}"), REQUESTS, |n| {
            let value = known(n, field).unwrap_or("user-1");
            let query = filter(field, "=", value);
            search(emulator, path, &json!({ "query": query }))
        });
    }
    measure("page of 150 contacts, first", REQUESTS, |_| page("").0);
    let mut cursor = String::new();
    for _ in 0..2_000 {
        cursor = format!("&starting_after={}", next(&page(&cursor).1));
    }
    measure("page of 150 contacts, after 300,000", REQUESTS, |_| {
        page(&cursor).0
    });
    measure("page of 10 contacts, first", REQUESTS, |_| {
        send(emulator, "GET", "/contacts", "").0
    });
    measure("create a contact", REQUESTS, |n| {
        let body = format!(r#"{{"email":"new-{n}@example.com","name":"New"}}"#);
        send(emulator, "POST", "/contacts", &body).0
    });
    let segment = get(emulator, "/segments").1["segments"][0]["id"].clone();
    let tag = get(emulator, "/tags").1["data"][0]["id"].clone();
    let plan = filter("custom_attributes.plan", "=", "pro");
    let seats = filter("custom_attributes.seats", ">", 50);
    for (what, query, sort) in [
        (
            "city, sorted by name",
            filter("location.city", "=", "Dublin"),
            "name",
        ),
        (
            "an attribute, sorted by last_seen_at",
            plan.clone(),
            "last_seen_at",
        ),
        (
            "two attributes, sorted by name",
            json!({ "operator": "AND", "value": [plan, seats] }),
            "name",
        ),
        (
            "part of a name, sorted by email",
            filter("name", "~", "Love"),
            "email",
        ),
        (
            "role, sorted by updated_at",
            filter("role", "=", "user"),
            "updated_at",
        ),
        ("tag, sorted by name", filter("tag_id", "=", tag), "name"),
        (
            "segment, sorted by name",
            filter("segment_id", "=", segment.clone()),
            "name",
        ),
        (
            "not in a segment, sorted by name",
            filter("segment_id", "!=", segment),
            "name",
        ),
    ] {
        let body = json!({ "query": query, "sort": { "field": sort, "order": "ascending" } });
        measure(&format!("search by {what}"), SCANS, |_| {
            search(emulator, path, &body)
        });
    }
}

/// Restores a snapshot from a file, and prints how long it took.
fn load(what: &str, path: &Path) -> Emulator {
    let start = processor_time();
    let emulator = Emulator::new();
    emulator.restore(&Snapshot::load(path).unwrap());
    let took = processor_time() - start;
    println!("\n{what} from a file: {:.1} s\n", took.as_secs_f64());
    emulator
}

/// Creates contacts from the JSON of a seed, and prints how long it took.
fn seed() {
    let contacts: Vec<_> = (0..SEEDED)
        .map(|n| {
            let email = format!("{n}@example.com");
            json!({ "external_id": n.to_string(), "email": email, "name": "Ada", "tags": ["vip"] })
        })
        .collect();
    let text = json!({ "contacts": contacts }).to_string();
    drop(contacts);
    let start = processor_time();
    let emulator = Emulator::new();
    emulator
        .seed(&serde_json::from_str(&text).unwrap())
        .unwrap();
    let took = processor_time() - start;
    assert_eq!(emulator.size().contacts, SEEDED);
    println!(
        "\n{SEEDED} contacts from a seed: {:.1} s",
        took.as_secs_f64()
    );
}

fn main() {
    starts();

    let before = resident();
    let start = processor_time();
    let emulator = Emulator::builder().demo_size(CONTACTS).build();
    let filled = processor_time() - start;
    let bytes = resident() - before;
    println!(
        "\n{CONTACTS} contacts of the demo: {:.1} s, {} bytes each, all told\n",
        filled.as_secs_f64(),
        bytes / CONTACTS
    );
    contacts(&emulator);

    let file = std::env::temp_dir().join(format!("emulator-{}.json", std::process::id()));
    emulator.snapshot().save(&file).unwrap();
    drop(emulator);
    drop(load(&format!("{CONTACTS} contacts"), &file));

    conversations::write(BufWriter::new(File::create(&file).unwrap()));
    conversations::measure_all(&load(&format!("{CONVERSATIONS} conversations"), &file));
    fs::remove_file(&file).unwrap();

    seed();
}
