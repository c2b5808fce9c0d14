//! Random requests to the API and to the control API: no panic, no 5xx but 501, and a healthy emulator
//! afterwards.
//!
//! `INTERCOM_FUZZ_REQUESTS` says how many, and `INTERCOM_FUZZ_SEED` which.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use fastrand::Rng;
use intercom_core::api;
use intercom_emulator::{Emulator, Server};
use serde_json::{Map, Value, json};
use support::ask;

/// Names of fields that many operations know.
const NAMES: &[&str] = &[
    "id",
    "type",
    "name",
    "email",
    "role",
    "body",
    "query",
    "field",
    "operator",
    "value",
    "contacts",
    "custom_attributes",
    "title",
    "state",
    "admin_id",
    "message_type",
    "from",
    "into",
    "pagination",
    "per_page",
    "starting_after",
    "external_id",
    "company_id",
    "ticket_type_id",
    "ticket_attributes",
    "created_at",
    "tags",
    "data",
    "conversation_id",
    "assignee_id",
    "snoozed_until",
    "author_id",
];

const TEXTS: &[&str] = &[
    "",
    "0",
    "1",
    "-1",
    "ada@example.com",
    "user",
    "lead",
    "admin",
    "comment",
    "close",
    "AND",
    "=",
    "~",
    "email",
    "created_at",
    "contacts::Search",
    "status",
    "$name",
    "é\u{0}\u{7f}😀",
    "2026-01-01",
    "null",
    "http://127.0.0.1:1/",
    "../../x",
    "%00",
    "<b>&</b>",
    "1e999",
    "18446744073709551616",
];

fn text(random: &mut Rng) -> String {
    match random.usize(..20) {
        0 => "x".repeat(random.usize(..5000)),
        1 => random.u64(..).to_string(),
        _ => TEXTS[random.usize(..TEXTS.len())].to_owned(),
    }
}

fn value(random: &mut Rng, depth: usize) -> Value {
    match random.usize(..if depth == 0 { 6 } else { 9 }) {
        0 => Value::Null,
        1 => random.bool().into(),
        2 => random.i64(..).into(),
        3 => random.u8(..).into(),
        4 => random.f64().into(),
        5 => text(random).into(),
        6 => (0..random.usize(..4))
            .map(|_| value(random, depth - 1))
            .collect(),
        _ => object(random, NAMES, depth - 1),
    }
}

fn object(random: &mut Rng, names: &[&str], depth: usize) -> Value {
    let mut object = Map::new();
    for _ in 0..random.usize(..6) {
        let Some(name) = random.choice(names) else {
            break;
        };
        object.insert((*name).to_owned(), value(random, depth));
    }
    object.into()
}

/// Puts random arguments in the place of those in braces.
fn path(random: &mut Rng, template: &str) -> String {
    let parts = template.split('/').map(|part| {
        if !part.starts_with('{') {
            return part.to_owned();
        }
        let argument = text(random);
        form_urlencoded::byte_serialize(argument.as_bytes()).collect()
    });
    let path: Vec<_> = parts.collect();
    let mut path = path.join("/");
    for separator in ["?", "&"] {
        if random.bool() {
            let name = random.choice(["per_page", "page", "starting_after", "limit", "since", "x"]);
            let argument = text(random);
            let argument: String = form_urlencoded::byte_serialize(argument.as_bytes()).collect();
            path += &format!("{separator}{}={argument}", name.unwrap_or_default());
        } else {
            break;
        }
    }
    path
}

/// A connection that is kept, and made again when it was closed.
struct Line<'a> {
    server: &'a Server,
    stream: Option<BufReader<TcpStream>>,
}

impl Line<'_> {
    /// Returns the status; `None` if the connection was closed without a reply.
    fn send(&mut self, method: &str, path: &str, body: &str) -> Option<u16> {
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer any\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        let address = self.server.address();
        let stream = self
            .stream
            .get_or_insert_with(|| BufReader::new(TcpStream::connect(address).unwrap()));
        let reply = Self::exchange(stream, method, &request);
        if reply.is_none() {
            self.stream = None;
        }
        reply
    }

    fn exchange(stream: &mut BufReader<TcpStream>, method: &str, request: &str) -> Option<u16> {
        stream.get_mut().write_all(request.as_bytes()).ok()?;
        let mut line = String::new();
        stream.read_line(&mut line).ok()?;
        let status: u16 = line.split(' ').nth(1)?.parse().ok()?;
        let mut length = 0;
        loop {
            let mut line = String::new();
            stream.read_line(&mut line).ok()?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            if name.eq_ignore_ascii_case("content-length") && method != "HEAD" {
                length = value.parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        stream.read_exact(&mut body).ok()?;
        Some(status)
    }
}

/// The routes of the control API: method, path, and the fields of the body.
fn control(server: &Server) -> Vec<(String, String, Vec<String>)> {
    let (_, description) = ask(server, "GET", "/_emulator/openapi.json", &Value::Null);
    let mut routes = Vec::new();
    for (path, operations) in description["paths"].as_object().unwrap() {
        for (method, operation) in operations.as_object().unwrap() {
            let schema = &operation["requestBody"]["content"]["application/json"]["schema"];
            let schema = match schema["$ref"].as_str() {
                Some(reference) => description
                    .pointer(reference.trim_start_matches('#'))
                    .unwrap(),
                None => schema,
            };
            let fields = schema["properties"].as_object().into_iter().flatten();
            let fields = fields.map(|(name, _)| name.clone()).collect();
            routes.push((method.to_uppercase(), path.clone(), fields));
        }
    }
    routes
}

fn number(name: &str, default: u64) -> u64 {
    let given = std::env::var(name).ok();
    given.and_then(|it| it.parse().ok()).unwrap_or(default)
}

#[test]
fn whatever_is_sent_the_emulator_stays_well() {
    let emulator = Emulator::builder().demo_size(20).build();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    let routes = control(&server);
    let seed = number("INTERCOM_FUZZ_SEED", 1);
    let mut random = Rng::with_seed(seed);
    let mut line = Line {
        server: &server,
        stream: None,
    };
    for n in 0..number("INTERCOM_FUZZ_REQUESTS", 3000) {
        let (method, path, body) = if random.usize(..3) == 0 {
            let (method, template, fields) = random.choice(&routes).unwrap();
            let names: Vec<_> = fields.iter().map(String::as_str).collect();
            (
                method.clone(),
                path(&mut random, template),
                object(&mut random, &names, 3),
            )
        } else {
            let spec = random.choice(api::ALL).unwrap();
            let body = object(&mut random, NAMES, 3);
            (
                spec.method.as_str().to_owned(),
                path(&mut random, spec.path),
                body,
            )
        };
        let mut body = body.to_string();
        if random.usize(..20) == 0 {
            body.truncate(body.floor_char_boundary(body.len() / 2));
        }
        let status = line.send(&method, &path, &body);
        let request = format!("seed {seed}, request {n}: {method} {path} {body}");
        // Faults that were injected do what they are to do.
        let faulty = || {
            let journal = emulator.journal();
            journal.requests().last().is_some_and(|entry| entry.faulty)
        };
        match status {
            Some(501) => {}
            Some(status) => assert!(status < 500 || faulty(), "{status}, {request}"),
            None => assert!(faulty(), "closed, {request}"),
        }
        emulator.clear_faults();
    }
    emulator.reset();
    emulator.set_rate_limit(None);
    let (status, _) = ask(&server, "GET", "/_emulator/health", &Value::Null);
    assert_eq!(status, 200);
    let (status, contact) = ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "ada@example.com"}),
    );
    assert_eq!(status, 200, "{contact}");
    assert_eq!(emulator.size().contacts, 21);
}
