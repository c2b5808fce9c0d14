//! The emulator as a server and as a program, asked over plain sockets.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};

use flate2::read::GzDecoder;
use intercom_core::Endpoint;
use intercom_core::api::{admins, contacts};
use intercom_emulator::{Emulator, Fault};
use serde_json::Value;

/// Writes requests, the last of which closes the connection, and reads until it is closed.
fn talk(address: impl std::net::ToSocketAddrs, requests: &str) -> Vec<u8> {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(requests.as_bytes()).unwrap();
    let mut reply = Vec::new();
    stream.read_to_end(&mut reply).unwrap();
    reply
}

fn text(reply: Vec<u8>) -> String {
    String::from_utf8(reply).unwrap()
}

fn split(reply: Vec<u8>) -> (String, Vec<u8>) {
    let end = reply.windows(4).position(|four| four == b"\r\n\r\n");
    let (head, body) = reply.split_at(end.unwrap() + 4);
    (text(head.to_vec()), body.to_vec())
}

const ME: &str =
    "GET /me HTTP/1.1\r\nhost: x\r\nauthorization: Bearer any\r\nconnection: close\r\n\r\n";

#[test]
fn the_server_and_the_transport_show_one_and_the_same_workspace() {
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    assert!(server.url().starts_with("http://127.0.0.1:"));
    let body = r#"{"email":"ada@example.com"}"#;
    let create = format!(
        "POST /contacts/ HTTP/1.1\r\nHost: x\r\nAUTHORIZATION: Bearer any\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let replies = text(talk(server.address(), &(create + ME)));
    assert_eq!(replies.matches("HTTP/1.1 200 OK").count(), 2, "{replies}");
    assert_eq!(emulator.size().contacts, 1);
    assert_eq!(emulator.journal().count(contacts::Create::SPEC), 1);
}

#[test]
fn a_dropped_server_listens_no_more() {
    let server = Emulator::new().serve("127.0.0.1:0").unwrap();
    let address = server.address();
    drop(server);
    assert!(TcpStream::connect(address).is_err());
}

#[test]
fn an_address_that_is_taken_is_an_error() {
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    assert!(emulator.serve(server.address()).is_err());
}

#[test]
fn faults_reach_through_sockets() {
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    let ask = || talk(server.address(), ME);
    emulator.fail(admins::Me::SPEC).with(Fault::reset_before());
    assert!(ask().is_empty());
    emulator
        .fail(admins::Me::SPEC)
        .with(Fault::truncated_body());
    let reply = text(ask());
    let (head, body) = reply.split_once("\r\n\r\n").unwrap();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.unwrap().parse().unwrap();
    assert_eq!(body.len(), length / 2);
    emulator.fail(admins::Me::SPEC).with(Fault::empty_body());
    assert!(text(ask()).ends_with("\r\n\r\n"));
    emulator.fail(admins::Me::SPEC).with(Fault::short_length());
    let (_, cut) = split(ask());
    assert_eq!(cut, body.as_bytes());
    emulator.fail(admins::Me::SPEC).with(Fault::broken_gzip());
    let (head, packed) = split(ask());
    assert!(head.contains("content-encoding: gzip"), "{head}");
    let unpacked = GzDecoder::new(&packed[..]).read_to_end(&mut Vec::new());
    assert!(unpacked.is_err());
    let fault = Fault::trickle(std::time::Duration::from_millis(1));
    emulator.fail(admins::Me::SPEC).with(fault);
    let (head, whole) = split(ask());
    assert!(
        head.contains(&format!("content-length: {}", whole.len())),
        "{head}"
    );
    assert_eq!(split(ask()).1, whole);
}

#[test]
fn a_connection_that_closes_after_a_reply_does_not_say_so() {
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    emulator.fail_any().with(Fault::close_after());
    // It closes without being asked to, or this would not end.
    let reply = talk(server.address(), &ME.replace("connection: close\r\n", ""));
    let (head, body) = split(reply);
    assert!(!head.contains("connection"), "{head}");
    assert!(
        head.contains(&format!("content-length: {}", body.len())),
        "{head}"
    );
}

#[test]
fn large_replies_are_compressed_for_those_who_ask() {
    let server = Emulator::builder()
        .demo()
        .build()
        .serve("127.0.0.1:0")
        .unwrap();
    let request = "GET /contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer any\r\naccept-encoding: br, gzip;q=0.5\r\nconnection: close\r\n\r\n";
    let reply = talk(server.address(), request);
    let end = reply
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .unwrap();
    let head = std::str::from_utf8(&reply[..end]).unwrap();
    assert!(head.contains("content-encoding: gzip"), "{head}");
    let list: Value = serde_json::from_reader(GzDecoder::new(&reply[end + 4..])).unwrap();
    assert_eq!(list["total_count"], 500);
    let refused = request.replace("gzip;q=0.5", "gzip;q=0");
    assert!(text(talk(server.address(), &refused)).contains("\"total_count\":500"));
}

#[test]
fn a_body_that_is_too_large_is_refused() {
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let head = "POST /contacts HTTP/1.1\r\nhost: x\r\nauthorization: Bearer any\r\ncontent-length: 10485761\r\n\r\n";
    stream.write_all(head.as_bytes()).unwrap();
    stream.write_all(&vec![b' '; 10_485_761]).unwrap();
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).unwrap();
    assert_eq!(line, "HTTP/1.1 413 Payload Too Large\r\n");
}

#[test]
fn a_client_may_begin_with_http_2() {
    let server = Emulator::new().serve("127.0.0.1:0").unwrap();
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let settings = [0, 0, 0, 4, 0, 0, 0, 0, 0];
    let preface = [b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", &settings[..]].concat();
    stream.write_all(&preface).unwrap();
    let mut frame = [0; 9];
    stream.read_exact(&mut frame).unwrap();
    assert_eq!(
        frame[3], 4,
        "the first frame has the settings of the server"
    );
}

fn program(arguments: &[&str]) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_intercom-emulator"));
    program.args(arguments);
    program
}

#[test]
fn the_program_says_where_it_listens_and_serves_the_demo_there() {
    let arguments = [
        "--listen",
        "127.0.0.1:0",
        "--token",
        "secret",
        "--rate-limit",
        "5",
        "--seed",
        "demo",
        "--api-version",
        "2.11",
    ];
    let mut program = program(&arguments).stdout(Stdio::piped()).spawn().unwrap();
    let mut line = String::new();
    BufReader::new(program.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let (address, workspace) = line
        .strip_prefix("listening on http://")
        .unwrap()
        .split_once(' ')
        .unwrap();
    let reply = text(talk(address, &ME.replace("any", "secret")));
    let refused = text(talk(address, ME));
    program.kill().unwrap();
    program.wait().unwrap();
    assert_eq!(
        workspace,
        "(workspace demo: 500 contacts, 12 collections)\n"
    );
    assert!(reply.contains("intercom-version: 2.11"), "{reply}");
    assert!(reply.contains("x-ratelimit-limit: 5"), "{reply}");
    assert!(refused.starts_with("HTTP/1.1 401 "), "{refused}");
}

#[test]
fn the_program_refuses_what_it_does_not_know() {
    for arguments in [
        &["--port", "1"][..],
        &["--seed", "x"],
        &["--api-version", "1.0"],
        &["--log=xml"],
        &["--isolate", "--state", "file"],
        &["--rate-limit"],
        &["extra"],
    ] {
        let output = program(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let message = text(output.stderr);
        assert!(
            message.starts_with("error: ") && message.contains("Usage:"),
            "{message}"
        );
    }
    let help = program(&["--help"]).output().unwrap();
    assert_eq!(help.status.code(), Some(0));
    assert!(text(help.stdout).contains("--rate-limit N"));
}
