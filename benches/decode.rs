//! How fast replies are read, beside the same fields read by bare serde derive, and beside
//! `serde_json::Value`, in the same run.
//!
//! ```console
//! $ cargo bench --bench decode
//! ```

#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

mod support;

use std::hint::black_box;
use std::time::{Duration, Instant};

use intercom_core::model::List;
use intercom_core::model::contacts::Contact;
use intercom_core::model::conversations::Conversation;
use intercom_core::model::tickets::TicketList;
use serde::de::DeserializeOwned;
use serde_json::Value;
use support::{plain, replies};

/// How often each reading is repeated. The shortest counts: nothing makes it shorter than it is.
const RUNS: usize = 400;

/// The shortest of many readings by each, in turn, so that all meet the same weather.
fn compare<Plain: DeserializeOwned, Model: DeserializeOwned>(name: &str, json: &[u8]) {
    let readings: [fn(&[u8]); 3] = [
        |json| drop(black_box(serde_json::from_slice::<Plain>(json).unwrap())),
        |json| {
            let (value, deviations) = intercom_core::model::from_slice::<Model>(json).unwrap();
            assert!(deviations.is_empty(), "{deviations:?}");
            drop(black_box(value));
        },
        |json| drop(black_box(serde_json::from_slice::<Value>(json).unwrap())),
    ];
    let mut best = [Duration::MAX; 3];
    for _ in 0..RUNS {
        for (best, read) in best.iter_mut().zip(readings) {
            let start = Instant::now();
            read(black_box(json));
            *best = (*best).min(start.elapsed());
        }
    }
    let [plain, model, value] = best.map(|time| time.as_secs_f64() * 1e6);
    println!(
        "| {name:<32} | {:>7} | {plain:>9.0} | {model:>9.0} | {value:>9.0} | {:>10.2} | {:>10.2} |",
        json.len(),
        model / plain,
        value / model,
    );
}

fn main() {
    println!(
        "| reply                            |   bytes | plain, µs |  ours, µs | Value, µs | ours/plain | Value/ours |"
    );
    println!(
        "| -------------------------------- | ------: | --------: | --------: | --------: | ---------: | ----------: |"
    );
    compare::<plain::ContactPage, List<Contact>>("page of 150 contacts", &replies::contact_page());
    compare::<plain::Conversation, Conversation>(
        "conversation with 500 parts",
        &replies::conversation(),
    );
    compare::<plain::TicketPage, TicketList>("page of 150 tickets", &replies::ticket_page());
}
