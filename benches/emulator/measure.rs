//! How many objects there are, and how requests are measured.

use std::fs;
use std::io::Read;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use intercom_core::transport::Deadline;
use intercom_core::transport::blocking::Transport;
use intercom_emulator::Emulator;
use serde_json::{Value, json};

/// How many requests of each kind are measured.
pub(crate) const REQUESTS: usize = 300;

/// How many searches of each kind that look at every object are measured.
pub(crate) const SCANS: usize = 20;

pub(crate) fn resident() -> usize {
    let statm = fs::read_to_string("/proc/self/statm").unwrap();
    let pages: usize = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * 4096
}

/// Returns the processor time of this thread, which other programs do not affect.
pub(crate) fn processor_time() -> Duration {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    Duration::new(
        time.tv_sec.try_into().unwrap(),
        time.tv_nsec.try_into().unwrap(),
    )
}

/// Sends a request, and returns how long it took with the body of the reply.
pub(crate) fn send(
    emulator: &Emulator,
    method: &str,
    path: &str,
    body: &str,
) -> (Duration, Vec<u8>) {
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

pub(crate) fn get(emulator: &Emulator, path: &str) -> (Duration, Value) {
    let (took, reply) = send(emulator, "GET", path, "");
    (took, serde_json::from_slice(&reply).unwrap())
}

/// Returns the cursor at the end of a page. Decoding all of it would leave the memory that the emulator
/// allocates from in pieces.
pub(crate) fn next(page: &[u8]) -> &str {
    let page = std::str::from_utf8(page).unwrap();
    let (_, after) = page.rsplit_once(r#""starting_after":""#).unwrap();
    after.split_once('"').unwrap().0
}

/// Sends a search, and returns how long it took. It must find something.
pub(crate) fn search(emulator: &Emulator, path: &str, search: &Value) -> Duration {
    let (took, reply) = send(emulator, "POST", path, &search.to_string());
    let found: Value = serde_json::from_slice(&reply).unwrap();
    assert_ne!(found["total_count"], 0, "{search}");
    took
}

pub(crate) fn filter(field: &str, operator: &str, value: impl Into<Value>) -> Value {
    json!({ "field": field, "operator": operator, "value": value.into() })
}

/// Measures requests, and prints their median and the slowest.
pub(crate) fn measure(what: &str, count: usize, mut request: impl FnMut(usize) -> Duration) {
    let mut times: Vec<_> = (0..count).map(&mut request).collect();
    times.sort_unstable();
    let millis = |time: Duration| time.as_secs_f64() * 1_000.0;
    println!(
        "| {what:<48} | {:>11.3} | {:>12.3} |",
        millis(times[count / 2]),
        millis(times[count - 1])
    );
}

pub(crate) fn heading() {
    println!("| request                                          | median, ms  | slowest, ms  |");
    println!("| ------------------------------------------------ | ----------: | -----------: |");
}
