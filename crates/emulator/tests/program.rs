//! The program: how it starts, what it keeps, how it ends.

#![cfg(all(feature = "cli", unix))]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// A running program, killed if the test fails.
struct Program {
    child: Child,
    address: String,
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_intercom-emulator"));
    command.args(arguments);
    command
}

impl Program {
    fn start(arguments: &[&str]) -> Self {
        let mut child = command(&["--listen", "127.0.0.1:0", "--json"])
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let line: Value = serde_json::from_str(&line).unwrap();
        let address = line["url"].as_str().unwrap().strip_prefix("http://");
        let address = address.unwrap().to_owned();
        Self { child, address }
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> String {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer any\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        );
        String::from_utf8(support::talk(self.address.as_str(), request.as_bytes())).unwrap()
    }

    fn contacts(&self) -> u64 {
        let reply = self.ask("GET", "/contacts", &Value::Null);
        let (_, body) = reply.split_once("\r\n\r\n").unwrap();
        let list: Value = serde_json::from_str(body).unwrap();
        list["total_count"].as_u64().unwrap()
    }

    fn signal(&self, name: &str) {
        let signal = Command::new("kill")
            .args([&format!("-{name}"), &self.child.id().to_string()])
            .status();
        assert!(signal.unwrap().success());
    }

    /// Waits for the end, and returns what was written to standard error.
    fn end(mut self) -> (Option<i32>, String) {
        let mut written = String::new();
        let mut errors = self.child.stderr.take().unwrap();
        errors.read_to_string(&mut written).unwrap();
        (self.child.wait().unwrap().code(), written)
    }
}

/// A folder of a test, removed at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_signal_ends_it_and_open_requests_finish() {
    for signal in ["TERM", "INT"] {
        let program = Program::start(&["--empty"]);
        let mut stream = TcpStream::connect(&program.address).unwrap();
        let head = "POST /contacts HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer any\r\nContent-Length: 27\r\n\r\n";
        stream.write_all(head.as_bytes()).unwrap();
        // It has read the head once it replies to another request.
        program.ask("GET", "/me", &Value::Null);
        program.signal(signal);
        stream.write_all(br#"{"email":"ada@example.com"}"#).unwrap();
        let mut reply = String::new();
        stream.read_to_string(&mut reply).unwrap();
        assert!(reply.starts_with("HTTP/1.1 200 OK"), "{signal}: {reply}");
        let (code, _) = program.end();
        assert_eq!(code, Some(0), "{signal}");
    }
}

#[test]
fn the_state_outlives_the_program() {
    let folder = Folder::new("state");
    let file = folder.file("state.json");
    let program = Program::start(&["--empty", "--state", &file]);
    program.ask("POST", "/contacts", &json!({"email": "ada@example.com"}));
    program.signal("TERM");
    assert_eq!(program.end().0, Some(0));
    let program = Program::start(&["--state", &file]);
    assert_eq!(program.contacts(), 1);
    // What a save that was interrupted left behind is removed.
    fs::write(folder.file("state.json.1.tmp"), "{").unwrap();
    // Killed in between, it leaves the file as it was.
    program.ask("POST", "/contacts", &json!({"email": "bob@example.com"}));
    program.signal("KILL");
    program.end();
    assert_eq!(Program::start(&["--state", &file]).contacts(), 1);
    let left: Vec<_> = fs::read_dir(&folder.0).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[test]
fn a_state_that_cannot_be_read_is_not_overwritten() {
    let folder = Folder::new("broken-state");
    let file = folder.file("state.json");
    fs::write(&file, "{\"snapshot\": 1").unwrap();
    let output = command(&["--listen", "127.0.0.1:0", "--state", &file])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("state.json: not a snapshot"), "{message}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "{\"snapshot\": 1");
}

#[test]
fn a_file_of_fixtures_is_where_a_reset_returns_to() {
    let folder = Folder::new("fixtures");
    let file = folder.file("fixtures.json");
    let seed = json!({"contacts": [{"email": "ada@example.com"}, {"email": "bob@example.com"}]});
    fs::write(&file, seed.to_string()).unwrap();
    let program = Program::start(&["--empty", "--seed-file", &file]);
    program.ask("POST", "/contacts", &json!({"email": "eve@example.com"}));
    assert_eq!(program.contacts(), 3);
    program.ask("POST", "/_emulator/reset", &Value::Null);
    assert_eq!(program.contacts(), 2);
    fs::write(&file, r#"{"contacts": [{"emial": "ada@example.com"}]}"#).unwrap();
    let output = command(&["--listen", "127.0.0.1:0", "--seed-file", &file])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(
        message.contains("fixtures.json: contacts[0]: unknown field `emial`"),
        "{message}"
    );
}

#[test]
fn every_request_is_a_line_of_the_log() {
    let program = Program::start(&["--empty", "--log=json"]);
    program.ask("POST", "/contacts", &json!({"email": "ada@example.com"}));
    program.ask("GET", "/nowhere", &Value::Null);
    program.signal("TERM");
    let (_, log) = program.end();
    let lines: Vec<Value> = log
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2, "{log}");
    assert_eq!(
        (&lines[0]["operation"], &lines[0]["status"]),
        (&json!("contacts::Create"), &json!(200))
    );
    assert_eq!(
        (&lines[1]["path"], &lines[1]["status"]),
        (&json!("/nowhere"), &json!(404))
    );
    let program = Program::start(&["--empty", "--log"]);
    program.ask("GET", "/me", &Value::Null);
    program.signal("TERM");
    let (_, log) = program.end();
    assert!(log.ends_with(" GET /me 200 admins::Me 2.16\n"), "{log}");
}

#[test]
fn the_port_is_written_to_a_file() {
    let folder = Folder::new("port");
    let file = folder.file("port");
    let program = Program::start(&["--empty", "--port-file", &file]);
    let port = fs::read_to_string(&file).unwrap();
    assert!(
        program.address.ends_with(&format!(":{}", port.trim())),
        "{port}"
    );
}

#[test]
fn it_says_its_version_and_what_it_emulates() {
    let version = command(&["--version"]).output().unwrap();
    let expected = format!("intercom-emulator {}\n", env!("CARGO_PKG_VERSION"));
    assert_eq!(String::from_utf8(version.stdout).unwrap(), expected);
    let operations = command(&["--list-operations"]).output().unwrap();
    let operations = String::from_utf8(operations.stdout).unwrap();
    assert_eq!(operations.lines().count(), intercom_core::api::ALL.len());
    let search = operations
        .lines()
        .find(|line| line.ends_with("contacts::Search"));
    assert!(
        search
            .unwrap()
            .starts_with("emulated POST   /contacts/search")
    );
}

#[test]
fn quirks_and_the_lag_of_searches_are_set_at_the_start_and_survive_a_reset() {
    let program = Program::start(&[
        "--empty",
        "--quirks",
        "nulls,milliseconds",
        "--search-lag",
        "5,180",
        "--replica-lag",
        "2",
        "--utc-offset=-480",
    ]);
    program.ask("POST", "/_emulator/reset", &Value::Null);
    let quirks = program.ask("GET", "/_emulator/quirks", &Value::Null);
    assert!(
        quirks.contains(r#""kinds":["nulls","milliseconds"]"#),
        "{quirks}"
    );
    let lag = program.ask("GET", "/_emulator/search_lag", &Value::Null);
    assert!(lag.contains(r#""up_to_seconds":180"#), "{lag}");
    let lag = program.ask("GET", "/_emulator/replica_lag", &Value::Null);
    assert!(lag.contains(r#""seconds":2.0"#), "{lag}");
    let offset = program.ask("GET", "/_emulator/utc_offset", &Value::Null);
    assert!(offset.contains(r#""minutes":-480"#), "{offset}");
    for (arguments, part) in [
        (
            ["--quirks", "null"],
            "there is no quirk null: all, or some of numeric_ids",
        ),
        (["--search-lag", "5"], "--search-lag is written like 5,180"),
    ] {
        let output = command(&arguments).output().unwrap();
        let error = String::from_utf8_lossy(&output.stderr);
        assert!(!output.status.success() && error.contains(part), "{error}");
    }
}
