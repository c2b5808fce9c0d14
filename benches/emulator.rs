//! What the emulator takes with a million contacts: memory, and the time of requests, in process.
//!
//! ```console
//! $ cargo bench --bench emulator
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

use std::fs;
use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use intercom_core::transport::Deadline;
use intercom_core::transport::blocking::Transport;
use intercom_emulator::Emulator;
use serde_json::Value;

const CONTACTS: usize = 1_000_000;

/// How many requests of each kind are measured.
const REQUESTS: usize = 300;

fn resident() -> usize {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    let pages: usize = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// Returns the processor time of this thread, which other programs do not affect.
fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.try_into().unwrap(),
        time.tv_nsec.try_into().unwrap(),
    )
}

/// Sends a request, and returns how long it took with the body of the reply.
fn send(emulator: &Emulator, method: &str, path: &str, body: &str) -> (Duration, Vec<u8>) {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer token")
        .header("intercom-version", "2.16")
        .body(Bytes::copy_from_slice(body.as_bytes()))
        .unwrap();
    let transport = emulator.transport();
    let start = processor_time();
    let reply = Transport::send(&transport, request, Deadline::default()).unwrap();
    let took = processor_time() - start;
    assert_eq!(reply.status(), 200, "{method} {path}");
    let mut text = Vec::new();
    reply.into_body().read_to_end(&mut text).unwrap();
    (took, text)
}

fn json(body: &[u8]) -> Value {
    serde_json::from_slice(body).unwrap()
}

/// Measures requests, and prints their median and the slowest.
fn measure(what: &str, count: usize, mut request: impl FnMut(usize) -> Duration) {
    let mut times: Vec<_> = (0..count).map(&mut request).collect();
    times.sort_unstable();
    let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "| {what:<48} | {:>11.3} | {:>12.3} |",
        millis(times[count / 2]),
        millis(times[count - 1])
    );
}

fn main() {
    let before = resident();
    let start = processor_time();
    let emulator = Emulator::builder().demo_size(CONTACTS).build();
    let filled = processor_time() - start;
    let bytes = resident() - before;
    println!(
        "{CONTACTS} contacts of the demo: {:.1} s, {} bytes each, all told\n",
        filled.as_secs_f64(),
        bytes / CONTACTS
    );
    println!("| request                                          | median, ms  | slowest, ms  |");
    println!("| ------------------------------------------------ | ----------: | -----------: |");

    let page = |cursor: &str| {
        let path = format!("/contacts?per_page=150{cursor}");
        send(&emulator, "GET", &path, "")
    };
    let first = json(&page("").1);
    let id = |n: usize| first["data"][n % 150]["id"].as_str().unwrap();
    measure("get a contact by id", REQUESTS, |n| {
        send(&emulator, "GET", &format!("/contacts/{}", id(n)), "").0
    });
    measure("find a contact by external id", REQUESTS, |n| {
        let path = format!("/contacts/find_by_external_id/user-{}", n * 3_332 + 1);
        send(&emulator, "GET", &path, "").0
    });
    let search = |field: &str, value: &str, sort: &str| {
        let query = format!(r#"{{"field":"{field}","operator":"=","value":"{value}"}}"#);
        let body = format!(r#"{{"query":{query}{sort}}}"#);
        send(&emulator, "POST", "/contacts/search", &body)
    };
    for field in ["email", "external_id"] {
        measure(&format!("search by {field}"), REQUESTS, |n| {
            let (took, found) = search(
                field,
                first["data"][n % 150][field].as_str().unwrap_or("user-1"),
                "",
            );
            assert!(!found.is_empty());
            took
        });
    }
    measure("page of 150 contacts, first", REQUESTS, |_| page("").0);
    let mut deep = json(&page("").1);
    for _ in 0..2_000 {
        let cursor = deep["pages"]["next"]["starting_after"].as_str().unwrap();
        deep = json(&page(&format!("&starting_after={cursor}")).1);
    }
    let cursor = deep["pages"]["next"]["starting_after"].as_str().unwrap();
    measure("page of 150 contacts, after 300,000", REQUESTS, |_| {
        page(&format!("&starting_after={cursor}")).0
    });
    measure("create a contact", REQUESTS, |n| {
        let body = format!(r#"{{"email":"new-{n}@example.com","name":"New"}}"#);
        send(&emulator, "POST", "/contacts", &body).0
    });
    let sort = r#","sort":{"field":"name","order":"ascending"}"#;
    measure("page of 10 contacts, first", REQUESTS, |_| {
        send(&emulator, "GET", "/contacts", "").0
    });
    measure("search by city, sorted by name", 20, |_| {
        search("location.city", "Dublin", sort).0
    });
    measure("search by an attribute", 20, |_| {
        search("custom_attributes.plan", "pro", "").0
    });
}
