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

/// Starts an empty emulator on a free port.
#[cfg(feature = "serve")]
pub(crate) fn start() -> (Emulator, intercom_emulator::Server) {
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    (emulator, server)
}

/// Returns the JSON of a reply that must be a 200.
#[cfg(feature = "serve")]
pub(crate) fn get(server: &intercom_emulator::Server, path: &str) -> Value {
    let (status, body) = ask(server, "GET", path, &Value::Null);
    assert_eq!(status, 200, "{path}: {body}");
    body
}

/// Sends a request through a socket, and returns the status and the JSON of the reply.
#[cfg(feature = "serve")]
pub(crate) fn ask(
    server: &intercom_emulator::Server,
    method: &str,
    path: &str,
    body: &serde_json::Value,
) -> (u16, serde_json::Value) {
    ask_with(server, method, path, &["Authorization: Bearer any"], body)
}

/// The same with these headers.
#[cfg(feature = "serve")]
pub(crate) fn ask_with(
    server: &intercom_emulator::Server,
    method: &str,
    path: &str,
    headers: &[&str],
    body: &serde_json::Value,
) -> (u16, serde_json::Value) {
    let body = if body.is_null() {
        String::new()
    } else {
        body.to_string()
    };
    let mut request = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\n");
    if !headers.iter().any(|header| header.starts_with("Host:")) {
        request += "Host: localhost\r\n";
    }
    if !body.is_empty() && !headers.iter().any(|it| it.starts_with("Content-Type:")) {
        request += "Content-Type: application/json\r\n";
    }
    for header in headers {
        request += &format!("{header}\r\n");
    }
    request += &format!("Content-Length: {}\r\n\r\n{body}", body.len());
    let reply = talk(server.address(), request.as_bytes());
    let reply = String::from_utf8(reply).unwrap();
    let (head, body) = reply.split_once("\r\n\r\n").unwrap_or((&reply, ""));
    let status = head.split(' ').nth(1).and_then(|it| it.parse().ok());
    let body = serde_json::from_str(body).unwrap_or_else(|_| body.into());
    (status.unwrap_or_default(), body)
}

/// Sends bytes, and reads until the other side closes.
pub(crate) fn talk(address: impl std::net::ToSocketAddrs, request: &[u8]) -> Vec<u8> {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(address).unwrap();
    stream.write_all(request).unwrap();
    let mut reply = Vec::new();
    // A connection that is reset ends the reply too.
    let _ = stream.read_to_end(&mut reply);
    reply
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
