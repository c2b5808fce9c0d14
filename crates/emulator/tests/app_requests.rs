//! What the emulator sends to an app on demand, over the control API.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use intercom_emulator::Server;
use serde_json::{Value, json};
use support::{ask, ask_with, start};

/// A program that takes one request and replies with this; returns its address, and the head and the body of the
/// request.
fn program(reply: &'static str) -> (String, JoinHandle<(String, Value)>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/canvas", listener.local_addr().unwrap());
    let thread = std::thread::spawn(move || {
        let (stream, _) = listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let (mut head, mut length) = (String::new(), 0);
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            if line == "\r\n" {
                break;
            }
            if let Some(number) = line.to_lowercase().strip_prefix("content-length:") {
                length = number.trim().parse().unwrap();
            }
            head += &line;
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let status = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
        let length = reply.len();
        let mut stream = reader.into_inner();
        write!(stream, "{status}Content-Length: {length}\r\n\r\n{reply}").unwrap();
        (head, serde_json::from_slice(&body).unwrap())
    });
    (url, thread)
}

#[test]
fn a_canvas_request_is_sent_and_the_reply_of_the_app_returned() {
    let (_emulator, server) = start();
    let (url, thread) = program(r#"{"canvas": {"content": {"components": []}}}"#);
    let request = json!({"url": url, "secret": "s3cret", "flow": "initialize", "location": "home"});
    let (status, exchange) = ask(&server, "POST", "/_emulator/canvas", &request);
    assert_eq!(status, 200, "{exchange}");
    let (head, body) = thread.join().unwrap();
    assert_eq!(exchange["request"], body);
    assert_eq!(exchange["status"], 200);
    assert_eq!(
        exchange["reply"]["canvas"]["content"]["components"],
        json!([])
    );
    let signature = exchange["signature"].as_str().unwrap();
    assert!(
        head.contains(&format!("x-body-signature: {signature}")),
        "{head}"
    );
    assert_eq!(body["context"]["location"], "home");
}

#[test]
fn a_reply_that_is_not_json_is_returned_as_text_and_no_reply_as_an_error() {
    let (_emulator, server) = start();
    let (url, thread) = program("<html>A sheet</html>");
    let mut request = json!({"url": url, "flow": "open_sheet", "component_id": "more"});
    let (_, exchange) = ask(&server, "POST", "/_emulator/canvas", &request);
    thread.join().unwrap();
    assert_eq!(exchange["reply"], "<html>A sheet</html>");
    // Nobody listens there any more.
    let (status, exchange) = ask(&server, "POST", "/_emulator/canvas", &request);
    assert_eq!((status, &exchange["status"]), (200, &Value::Null));
    assert!(exchange["error"].is_string(), "{exchange}");
    request["url"] = "https://example.com".into();
    let (status, refusal) = ask(&server, "POST", "/_emulator/canvas", &request);
    assert_eq!((status, &refusal["error"]["field"]), (400, &json!("url")));
}

#[test]
fn an_incomplete_canvas_request_is_refused_by_its_field() {
    let (_emulator, server) = start();
    for (more, field) in [
        (json!({"flow": "initialize"}), "conversation_id"),
        (
            json!({"flow": "initialize", "conversation_id": "1"}),
            "conversation_id",
        ),
        (
            json!({"flow": "submit", "location": "home"}),
            "component_id",
        ),
        (json!({"flow": "live_canvas"}), "canvas"),
        (json!({"flow": "submit_sheet"}), "sheet_values"),
        (json!({"flow": "configure", "admin_id": "1"}), "admin_id"),
        (
            json!({"flow": "configure", "contact_id": "1"}),
            "contact_id",
        ),
        (json!({"flow": "click"}), "flow"),
        (json!({"flow": "configure", "location": "moon"}), "location"),
    ] {
        let mut request = json!({"url": "http://127.0.0.1:1/"});
        let fields = more.as_object().unwrap().clone();
        request.as_object_mut().unwrap().extend(fields);
        let (status, refusal) = ask(&server, "POST", "/_emulator/canvas", &request);
        assert_eq!(
            (status, &refusal["error"]["field"]),
            (400, &json!(field)),
            "{refusal}"
        );
    }
}

/// Asks Fin something, and returns the path of its events.
fn ask_fin(server: &Server, token: &str) -> String {
    let question = json!({
        "conversation_id": "chat_42",
        "message": {"author": "user", "body": "Where is my order?"},
        "user": {"id": "user_1"},
    });
    let headers = [
        "Intercom-Version: 2.14",
        &format!("Authorization: Bearer {token}"),
    ];
    let (status, started) = ask_with(server, "POST", "/fin/start", &headers, &question);
    assert_eq!(status, 200, "{started}");
    let url = started["sse_subscription_url"].as_str().unwrap();
    let path = url.strip_prefix("http://localhost/");
    format!("/{}", path.unwrap())
}

#[test]
fn events_of_fin_arrive_while_the_stream_is_open() {
    let (emulator, _) = start();
    let server = emulator
        .server()
        .isolate(true)
        .listen("127.0.0.1:0")
        .unwrap();
    let path = ask_fin(&server, "mine");
    ask_fin(&server, "other");
    let mut stream = TcpStream::connect(server.address()).unwrap();
    let head = format!("GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    stream.write_all(head.as_bytes()).unwrap();
    let mut lines = BufReader::new(stream).lines().map(Result::unwrap);
    assert_eq!(lines.next().unwrap(), "HTTP/1.1 200 OK");
    assert!(lines.any(|line| line == "retry: 100"));
    let mine = ["Authorization: Bearer mine"];
    let say = |what: Value| {
        let mut body = json!({"conversation_id": "chat_42"});
        body.as_object_mut()
            .unwrap()
            .extend(what.as_object().unwrap().clone());
        ask_with(&server, "POST", "/_emulator/fin_agent", &mine, &body)
    };
    assert_eq!(say(json!({"status": "resolved"})).0, 204);
    let event = lines.find_map(|line| line.strip_prefix("data: ").map(str::to_owned));
    let event: Value = serde_json::from_str(&event.unwrap()).unwrap();
    assert_eq!(event["status"], "resolved");
    assert_eq!(say(json!({"reply": "<p>It arrives today.</p>"})).0, 204);
    let rest: Vec<String> = lines.collect();
    assert!(
        rest.iter().any(|line| line.contains("fin_replied")),
        "{rest:?}"
    );
    assert!(
        rest.iter().any(|line| line.contains("awaiting_user_reply")),
        "{rest:?}"
    );
    let unknown = json!({"conversation_id": "chat_43", "status": "resolved"});
    let (status, refusal) = ask_with(&server, "POST", "/_emulator/fin_agent", &mine, &unknown);
    assert_eq!(status, 404, "{refusal}");
    // There is nothing more to read.
    let (status, _) = ask_with(&server, "GET", &path, &["Last-Event-ID: 99"], &Value::Null);
    assert_eq!(status, 401);
}

#[test]
fn links_in_replies_lead_to_the_address_that_the_client_used() {
    let (emulator, server) = start();
    for name in ["Acme", "Globex", "Initech"] {
        let company = emulator.company(name).create();
        emulator.contact().company(&company.id).create();
    }
    let headers = ["Authorization: Bearer any", "Host: intercom.test:8099"];
    let path = "/companies?per_page=2";
    let (_, page) = ask_with(&server, "GET", path, &headers, &Value::Null);
    let next = page["pages"]["next"].as_str().unwrap();
    assert_eq!(
        next,
        "http://intercom.test:8099/companies?per_page=2&page=2"
    );
}
