//! Many conversations.

use std::io::Write;

use intercom_emulator::Emulator;
use serde_json::{Value, json};

use crate::measure::{REQUESTS, SCANS, filter, get, heading, measure, search, send};

pub(crate) const CONVERSATIONS: usize = 200_000;

/// How many parts each conversation has.
const PARTS: usize = 10;

/// Writes a snapshot in which one conversation stands many times, at different times and in different
/// states.
pub(crate) fn write(mut file: impl Write) {
    let emulator = Emulator::new();
    let contact = emulator.contact().email("ada@example.com").create().id;
    let from = json!({ "type": "user", "id": contact });
    let body = json!({ "from": from, "body": "Where is my order?" }).to_string();
    let created: Value =
        serde_json::from_slice(&send(&emulator, "POST", "/conversations", &body).1).unwrap();
    let path = format!(
        "/conversations/{}/reply",
        created["conversation_id"].as_str().unwrap()
    );
    for part in 0..PARTS {
        let body = format!("It is number {part}, and I have waited for it for a week.");
        let reply = json!({ "message_type": "comment", "type": "user", "intercom_user_id": contact, "body": body });
        send(&emulator, "POST", &path, &reply.to_string());
    }
    let mut snapshot = Vec::new();
    emulator.snapshot().write_to(&mut snapshot).unwrap();
    let mut snapshot: Value = serde_json::from_slice(&snapshot).unwrap();
    let mut conversation = snapshot["workspace"]["conversations"][0].take();
    snapshot["workspace"]["conversations"] = json!(["here"]);
    let text = snapshot.to_string();
    let (before, after) = text.split_once(r#"["here"]"#).unwrap();
    write!(file, "{before}[").unwrap();
    let now = conversation["updated_at"].as_i64().unwrap();
    for n in 0..CONVERSATIONS {
        let age = n as i64 * 7_919 % (365 * 86_400);
        conversation["id"] = json!((n + 1).to_string());
        conversation["created_at"] = json!(now - age);
        conversation["updated_at"] = json!(now - age);
        conversation["state"] = json!(["open", "closed", "snoozed"][n % 3]);
        let comma = if n == 0 { "" } else { "," };
        write!(file, "{comma}{conversation}").unwrap();
    }
    write!(file, "]{after}").unwrap();
    file.flush().unwrap();
}

pub(crate) fn measure_all(emulator: &Emulator) {
    heading();
    let path = |n: usize| format!("/conversations/{}", n * 661 % CONVERSATIONS + 1);
    let (_, shown) = get(emulator, &path(0));
    assert_eq!(shown["conversation_parts"]["total_count"], PARTS);
    measure("get a conversation", REQUESTS, |n| {
        get(emulator, &path(n)).0
    });
    measure("page of 20 conversations, first", REQUESTS, |_| {
        send(emulator, "GET", "/conversations", "").0
    });
    let now = shown["updated_at"].as_i64().unwrap();
    for (since, days) in [("a month", 30), ("a year", 365)] {
        let state = filter("state", "=", "open");
        let recent = filter("updated_at", ">", now - days * 86_400);
        let query = json!({ "operator": "AND", "value": [state, recent] });
        let what = format!("search by state, updated within {since}");
        measure(&what, SCANS, |_| {
            search(
                emulator,
                "/conversations/search",
                &json!({ "query": query }),
            )
        });
    }
}
