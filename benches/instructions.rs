//! How many instructions it takes to write a request, to read a reply, and to make a whole call, apart
//! from moving bytes. The count is the same in every run, but for a few in a thousand: where it changes,
//! the code did, or the compiler.
//!
//! ```console
//! $ just instructions     # writes docs/instructions.md; needs valgrind
//! ```

#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a benchmark prints, and may panic"
)]

mod support;

use std::env;
use std::hint::black_box;
use std::pin::pin;
use std::process::Command;
use std::sync::LazyLock;
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, Response};
use intercom_core::api::{contacts, conversations, tags, tickets};
use intercom_core::model::Patch;
use intercom_core::model::search::{Query, contact};
use intercom_core::transport::{self, Body, Deadline};
use intercom_core::{Client, Endpoint, Transport, TransportError, blocking};
use support::{plain, replies};

/// A piece of work, as often as is said.
type Work = fn(usize);

const WORK: [(&str, Work); 12] = [
    ("write `contacts::Update`", |times| encode(times, &update())),
    ("write `contacts::Search`", |times| encode(times, &search())),
    ("write `contacts::List`", |times| {
        encode(times, &contacts::List::new().per_page(150_u32))
    }),
    ("read a tag", |times| {
        decode::<tags::Get>(times, replies::tag())
    }),
    ("read a contact", |times| {
        decode::<contacts::Get>(times, replies::one_contact())
    }),
    ("read a page of 150 contacts", |times| {
        decode::<contacts::List>(times, replies::contact_page())
    }),
    ("the same with bare serde derive", |times| {
        let page = replies::contact_page();
        for _ in 0..times {
            drop(black_box(
                serde_json::from_slice::<plain::ContactPage>(black_box(&page)).unwrap(),
            ));
        }
    }),
    ("read a conversation with 500 parts", |times| {
        decode::<conversations::Get>(times, replies::conversation());
    }),
    ("read a page of 150 tickets", |times| {
        decode::<tickets::Search>(times, replies::ticket_page())
    }),
    ("call `tags::Get`, async", |times| {
        let client = Client::new(Canned, "token");
        let get = tags::Get::new("17513");
        for _ in 0..times {
            drop(black_box(finish(client.call(black_box(&get))).unwrap()));
        }
    }),
    ("call `tags::Get`, blocking", |times| {
        let client = blocking::Client::new(Canned, "token");
        let get = tags::Get::new("17513");
        for _ in 0..times {
            drop(black_box(client.call(black_box(&get)).unwrap()));
        }
    }),
    ("the transport of both, by itself", |times| {
        for _ in 0..times {
            drop(black_box(reply::<Body>()));
        }
    }),
];

fn update() -> contacts::Update {
    let body = contacts::ContactUpdate::new()
        .name("Ada Lovelace")
        .owner_id(Patch::Clear);
    contacts::Update::new("6762f0d01bb69f9f2193bb7d", body)
}

fn search() -> contacts::Search {
    contacts::Search::new(Query::all([
        contact::ROLE.eq("lead"),
        contact::EMAIL.ends_with("@example.com"),
    ]))
}

fn encode(times: usize, endpoint: &impl Endpoint) {
    for _ in 0..times {
        drop(black_box(black_box(endpoint).encode().unwrap()));
    }
}

fn decode<E: Endpoint>(times: usize, body: Vec<u8>) {
    let (headers, body) = (HeaderMap::new(), Bytes::from(body));
    for _ in 0..times {
        let decoded = E::decode(&headers, black_box(&body)).unwrap();
        assert!(decoded.deviations.is_empty());
        drop(black_box(decoded));
    }
}

/// Answers at once, with the headers that the service sends.
#[derive(Debug)]
struct Canned;

static TAG: LazyLock<Bytes> = LazyLock::new(|| Bytes::from(replies::tag()));

fn reply<B: From<Bytes>>() -> Response<B> {
    Response::builder()
        .header("content-type", "application/json; charset=utf-8")
        .header("intercom-version", "2.16")
        .header("x-request-id", "000v6g5u0jgl6kh0b9kg")
        .body(TAG.clone().into())
        .unwrap()
}

#[async_trait::async_trait]
impl Transport for Canned {
    async fn send(&self, _: Request<Bytes>, _: Deadline) -> Result<Response<Body>, TransportError> {
        Ok(reply())
    }

    async fn sleep(&self, _: Duration) {}
}

impl transport::blocking::Transport for Canned {
    fn send(
        &self,
        _: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<transport::blocking::Body>, TransportError> {
        Ok(reply())
    }

    fn sleep(&self, _: Duration) {}
}

/// What comes of a future that never waits.
fn finish<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => panic!("nothing in here waits"),
    }
}

/// The instructions of this program when it does the work so often.
fn instructions(name: &str, times: usize) -> f64 {
    let output = Command::new("valgrind")
        .args(["--tool=callgrind", "--callgrind-out-file=/dev/null"])
        .arg(env::current_exe().unwrap())
        .args(["--do", name, &times.to_string()])
        .output()
        .expect("valgrind must be installed");
    let said = String::from_utf8_lossy(&output.stderr);
    let count = said
        .split("Collected :")
        .nth(1)
        .and_then(|rest| rest.split_whitespace().next());
    count
        .and_then(|count| count.parse().ok())
        .unwrap_or_else(|| panic!("{said}"))
}

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [order, name, times] = &arguments[..]
        && order == "--do"
    {
        let (_, work) = WORK.iter().find(|(known, _)| known == name).unwrap();
        return work(times.parse().unwrap());
    }
    println!("| work | instructions |");
    println!("| --- | ---: |");
    for (name, _) in WORK {
        // What starting the program takes falls out of the difference.
        let (few, many) = (20, 120);
        let each = (instructions(name, many) - instructions(name, few)) / (many - few) as f64;
        println!("| {name} | {each:.0} |");
    }
}
