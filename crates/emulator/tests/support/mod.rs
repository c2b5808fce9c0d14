//! What the tests share.

#![allow(dead_code, reason = "no test uses all of it")]
#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use bytes::Bytes;
use intercom_core::blocking::{Client, Transport};
use intercom_core::transport::Deadline;
use intercom_core::{ApiVersion, CallOptions, Config, Error, RetryPolicy};
use intercom_emulator::Emulator;
use serde_json::Value;

/// A client that sends every request once.
pub(crate) fn client(emulator: &Emulator) -> Client {
    let config = Config::new("any token").retry(RetryPolicy::NEVER);
    Client::new(emulator.transport(), config)
}

/// The same client in another version.
pub(crate) fn in_version(client: &Client, version: ApiVersion) -> Client {
    client.with_options(CallOptions::new().version(version))
}

/// Status, code and message of an error.
pub(crate) fn told(error: &Error) -> (u16, &str, &str) {
    let message = error
        .errors()
        .first()
        .and_then(|error| error.message.as_deref());
    (
        error.status().map_or(0, |status| status.as_u16()),
        error.code().map_or("", |code| code.as_str()),
        message.unwrap_or_default(),
    )
}

/// Sends JSON as a client of another language does; null is no body. Returns the status and the JSON
/// of the reply, null if it has none.
pub(crate) fn fetch(emulator: &Emulator, method: &str, path: &str, body: Value) -> (u16, Value) {
    fetch_in("2.16", emulator, method, path, body)
}

/// The same in another version.
pub(crate) fn fetch_in(
    version: &str,
    emulator: &Emulator,
    method: &str,
    path: &str,
    body: Value,
) -> (u16, Value) {
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    let request = http::Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", "Bearer any")
        .header("intercom-version", version)
        .body(Bytes::from(body))
        .unwrap();
    let reply = Transport::send(&emulator.transport(), request, Deadline::none()).unwrap();
    let status = reply.status().as_u16();
    let text = std::io::read_to_string(reply.into_body()).unwrap();
    (status, serde_json::from_str(&text).unwrap_or_default())
}
