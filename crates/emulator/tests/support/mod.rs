//! What the tests share.

#![allow(dead_code, reason = "no test uses all of it")]

use intercom_core::blocking::Client;
use intercom_core::{ApiVersion, CallOptions, Config, Error, RetryPolicy};
use intercom_emulator::Emulator;

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
