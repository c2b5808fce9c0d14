//! What the log shows when a program asks for all of it.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::Mutex;
use std::thread;

use bytes::Bytes;
use http::Request;
use intercom_core::transport::Deadline;
use intercom_core::transport::blocking::Transport;
use intercom_transport_ureq::UreqTransport;
use log::{LevelFilter, Log, Metadata, Record};

struct Lines(Mutex<Vec<String>>);

static LINES: Lines = Lines(Mutex::new(Vec::new()));

impl Log for Lines {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &Record<'_>) {
        self.0.lock().unwrap().push(record.args().to_string());
    }

    fn flush(&self) {}
}

/// Takes one request, answers it, and gives its lines.
fn serve_one(listener: &TcpListener) -> Vec<String> {
    let (socket, _) = listener.accept().unwrap();
    let lines = BufReader::new(&socket).lines().map(Result::unwrap);
    let head = lines.take_while(|line| !line.is_empty()).collect();
    (&socket)
        .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        .unwrap();
    head
}

#[test]
fn the_access_token_arrives_and_is_not_logged() {
    log::set_logger(&LINES).unwrap();
    log::set_max_level(LevelFilter::Trace);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/me", listener.local_addr().unwrap());
    let server = thread::spawn(move || serve_one(&listener));

    // The log shows the bytes in rows of 16, so look for any part of the token.
    let request = Request::get(url)
        .header("x-shown", "visiblevisible")
        .header("authorization", "Bearer ~~~~~~~~~~~~~~~~")
        .body(Bytes::new())
        .unwrap();
    // A root of its own makes the test independent of those of the platform.
    let root = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let builder = UreqTransport::builder().root_certificates([root.cert.der().to_vec()]);
    builder
        .build()
        .unwrap()
        .send(request, Deadline::none())
        .unwrap();

    let head = server.join().unwrap();
    assert!(
        head.contains(&"authorization: Bearer ~~~~~~~~~~~~~~~~".to_owned()),
        "{head:?}"
    );
    let lines = LINES.0.lock().unwrap();
    assert!(
        lines.iter().any(|line| line.contains("visible")),
        "the log shows no requests at all"
    );
    let leaks: Vec<_> = lines
        .iter()
        .filter(|line| line.contains("~~~") || line.contains("Bearer"))
        .collect();
    assert!(leaks.is_empty(), "{leaks:?}");
}
