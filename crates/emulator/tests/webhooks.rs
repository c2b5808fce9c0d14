//! Webhooks: what is notified of, in which form, and how it is delivered.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use intercom_emulator::{DeliveryState, Emulator, Server, Webhook};
use serde_json::{Value, json};
use support::ask;

type Received = Arc<Mutex<Vec<Value>>>;

/// An emulator whose notifications are collected.
fn watched() -> (Emulator, Server, Received) {
    let emulator = Emulator::new();
    let received = Received::default();
    let collected = Arc::clone(&received);
    let webhook = Webhook::to_fn(move |request| {
        let body = serde_json::from_slice(request.body()).unwrap();
        collected.lock().unwrap().push(body);
        200
    });
    emulator.subscribe(webhook).unwrap();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    (emulator, server, received)
}

/// The topics since the last time, without those of the requests themselves.
fn topics(received: &Received) -> Vec<String> {
    let received = std::mem::take(&mut *received.lock().unwrap());
    let topics = received.iter().map(|it| it["topic"].as_str().unwrap());
    let topics = topics.filter(|topic| *topic != "api.request.completed");
    topics.map(str::to_owned).collect()
}

/// Sends requests one after the other, each with the topics that it causes.
struct Story<'a> {
    server: &'a Server,
    received: &'a Received,
    items: BTreeMap<String, Value>,
}

impl Story<'_> {
    fn step(&mut self, method: &str, path: &str, body: &Value, expected: &[&str]) -> Value {
        let (status, reply) = ask(self.server, method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {reply}");
        for notification in self.received.lock().unwrap().iter() {
            let topic = notification["topic"].as_str().unwrap().to_owned();
            self.items
                .insert(topic, notification["data"]["item"].clone());
        }
        assert_eq!(topics(self.received), expected, "{method} {path}");
        reply
    }
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned)
}

/// What happens in a workspace, with the topics of it. Returns the last item of each topic.
#[allow(clippy::too_many_lines, reason = "it is a table")]
fn story() -> BTreeMap<String, Value> {
    let (emulator, server, received) = watched();
    let admin = emulator.owner().to_string();
    let team = emulator.team("Support", [&emulator.owner()]);
    let subscription = emulator.subscription_type(
        "News",
        intercom_core::api::subscription_types::ConsentType::OptOut,
    );
    emulator.visitor(|visitor| visitor.user_id = Some("visitor-1".to_owned()));
    let mut story = Story {
        server: &server,
        received: &received,
        items: BTreeMap::new(),
    };

    let ada = json!({"email": "ada@example.com", "external_id": "ada"});
    let ada = story.step("POST", "/contacts", &ada, &["contact.user.created"]);
    let ada = text(&ada["id"]);
    let at = format!("/contacts/{ada}");
    story.step(
        "PUT",
        &at,
        &json!({"name": "Ada"}),
        &["contact.user.updated"],
    );
    story.step(
        "PUT",
        &at,
        &json!({"email": "lovelace@example.com"}),
        &["contact.email.updated", "contact.user.updated"],
    );
    story.step(
        "PUT",
        &at,
        &json!({"unsubscribed_from_emails": true}),
        &["contact.unsubscribed"],
    );
    story.step(
        "PUT",
        &at,
        &json!({"unsubscribed_from_emails": false}),
        &["contact.subscribed"],
    );
    let tag = story.step("POST", "/tags", &json!({"name": "vip"}), &[]);
    story.step(
        "POST",
        &format!("{at}/tags"),
        &json!({"id": tag["id"]}),
        &["contact.user.tag.created"],
    );
    let applied = format!("{at}/tags/{}", text(&tag["id"]));
    story.step(
        "DELETE",
        &applied,
        &Value::Null,
        &["contact.user.tag.deleted"],
    );
    let subscribe = json!({"id": subscription.id, "consent_type": "opt_out"});
    let at_types = format!("{at}/subscriptions");
    story.step("POST", &at_types, &subscribe, &["granular.unsubscribe"]);
    let at_type = format!("{at_types}/{}", subscription.id);
    story.step("DELETE", &at_type, &Value::Null, &["granular.subscribe"]);
    let event = json!({"event_name": "ordered", "created_at": 1_700_000_000, "user_id": "ada"});
    story.step("POST", "/events", &event, &["event.created"]);

    let lead = story.step(
        "POST",
        "/contacts",
        &json!({"role": "lead"}),
        &["contact.lead.created"],
    );
    let lead = text(&lead["id"]);
    let at_lead = format!("/contacts/{lead}");
    story.step(
        "PUT",
        &at_lead,
        &json!({"email": "lovelace@example.com"}),
        &["contact.lead.added_email", "contact.lead.updated"],
    );
    story.step(
        "POST",
        &format!("{at_lead}/archive"),
        &Value::Null,
        &["contact.archived"],
    );
    story.step(
        "POST",
        &format!("{at_lead}/unarchive"),
        &Value::Null,
        &["contact.unarchived"],
    );
    let merge = json!({"from": lead, "into": ada});
    story.step("POST", "/contacts/merge", &merge, &["contact.merged"]);
    let signs_up = story.step(
        "POST",
        "/contacts",
        &json!({"role": "lead"}),
        &["contact.lead.created"],
    );
    let signs_up = format!("/contacts/{}", text(&signs_up["id"]));
    story.step(
        "PUT",
        &signs_up,
        &json!({"role": "user", "external_id": "new"}),
        &["contact.lead.signed_up", "contact.user.updated"],
    );
    story.step("DELETE", &signs_up, &Value::Null, &["contact.deleted"]);
    let convert = json!({
        "visitor": {"user_id": "visitor-1"},
        "user": {"user_id": "visitor-1", "email": "visitor@example.com"},
        "type": "user",
    });
    story.step(
        "POST",
        "/visitors/convert",
        &convert,
        &["contact.user.created", "visitor.signed_up"],
    );

    let acme = json!({"company_id": "acme", "name": "Acme"});
    let acme = story.step("POST", "/companies", &acme, &["company.created"]);
    let acme = text(&acme["id"]);
    story.step(
        "PUT",
        &format!("/companies/{acme}"),
        &json!({"name": "Acme Ltd"}),
        &["company.updated"],
    );
    story.step(
        "POST",
        &format!("{at}/companies"),
        &json!({"id": acme}),
        &["company.contact.attached"],
    );
    story.step(
        "DELETE",
        &format!("{at}/companies/{acme}"),
        &Value::Null,
        &["company.contact.detached"],
    );
    story.step(
        "DELETE",
        &format!("/companies/{acme}"),
        &Value::Null,
        &["company.deleted"],
    );

    let started = json!({"from": {"type": "user", "id": ada}, "body": "Where is it?"});
    let started = story.step(
        "POST",
        "/conversations",
        &started,
        &["conversation.user.created"],
    );
    let id = text(&started["conversation_id"]);
    let at = format!("/conversations/{id}");
    let (reply, parts) = (format!("{at}/reply"), format!("{at}/parts"));
    let says = |kind: &str| json!({"type": "admin", "message_type": kind, "admin_id": admin, "body": "Hm."});
    story.step(
        "POST",
        &reply,
        &says("comment"),
        &["conversation.admin.replied"],
    );
    story.step("POST", &reply, &says("note"), &["conversation.admin.noted"]);
    let says = json!({"type": "user", "message_type": "comment", "intercom_user_id": ada, "body": "Thanks."});
    story.step("POST", &reply, &says, &["conversation.user.replied"]);
    story.step("PUT", &at, &json!({"read": true}), &["conversation.read"]);
    let manage = |kind: &str| json!({"type": "admin", "message_type": kind, "admin_id": admin});
    story.step(
        "POST",
        &parts,
        &manage("close"),
        &["conversation.admin.closed"],
    );
    story.step(
        "POST",
        &parts,
        &manage("open"),
        &["conversation.admin.opened"],
    );
    let mut assign = manage("assignment");
    assign["assignee_id"] = team.id.as_str().into();
    story.step(
        "POST",
        &parts,
        &assign,
        &[
            "conversation.admin.assigned",
            "conversation.admin.open.assigned",
        ],
    );
    let mut snooze = manage("snoozed");
    snooze["snoozed_until"] = 1_735_690_000.into();
    story.step("POST", &parts, &snooze, &["conversation.admin.snoozed"]);
    emulator.advance(Duration::from_secs(3600));
    story.step(
        "GET",
        "/me",
        &Value::Null,
        &["conversation.admin.unsnoozed"],
    );
    let tag = json!({"id": tag["id"], "admin_id": admin});
    story.step(
        "POST",
        &format!("{at}/tags"),
        &tag,
        &["conversation_part.tag.created"],
    );
    let bob = story.step(
        "POST",
        "/contacts",
        &json!({"email": "bob@example.com"}),
        &["contact.user.created"],
    );
    let bob = text(&bob["id"]);
    let join = json!({"admin_id": admin, "customer": {"intercom_user_id": bob}});
    story.step(
        "POST",
        &format!("{at}/customers"),
        &join,
        &["conversation.contact.attached"],
    );
    let leave = format!("{at}/customers/{bob}");
    story.step(
        "DELETE",
        &leave,
        &json!({"admin_id": admin}),
        &["conversation.contact.detached"],
    );
    let seen = ask(&server, "GET", &at, &Value::Null).1;
    let part = &seen["conversation_parts"]["conversation_parts"][0]["id"];
    topics(&received);
    let redact =
        json!({"type": "conversation_part", "conversation_id": id, "conversation_part_id": part});
    story.step(
        "POST",
        "/conversations/redact",
        &redact,
        &["conversation_part.redacted"],
    );
    story.step("DELETE", &at, &Value::Null, &["conversation.deleted"]);

    let kind = story.step(
        "POST",
        "/ticket_types",
        &json!({"name": "Bug", "category": "Customer"}),
        &[],
    );
    let ticket = json!({"ticket_type_id": kind["id"], "contacts": [{"id": ada}]});
    let ticket = story.step("POST", "/tickets", &ticket, &["ticket.created"]);
    let at = format!("/tickets/{}", text(&ticket["id"]));
    let reply = format!("{at}/reply");
    let says = |kind: &str| json!({"type": "admin", "message_type": kind, "admin_id": admin, "body": "Hm."});
    story.step("POST", &reply, &says("comment"), &["ticket.admin.replied"]);
    story.step("POST", &reply, &says("note"), &["ticket.note.created"]);
    let says = json!({"type": "user", "message_type": "comment", "intercom_user_id": ada, "body": "Thanks."});
    story.step("POST", &reply, &says, &["ticket.contact.replied"]);
    let assign = |id: &str| json!({"admin_id": admin, "assignee_id": id});
    story.step("PUT", &at, &assign(&admin), &["ticket.admin.assigned"]);
    story.step(
        "PUT",
        &at,
        &assign(team.id.as_str()),
        &["ticket.team.assigned"],
    );
    let title = json!({"ticket_attributes": {"_default_title_": "Broken"}});
    story.step("PUT", &at, &title, &["ticket.attribute.updated"]);
    let states = ask(&server, "GET", "/ticket_states", &Value::Null).1;
    let resolved = states["data"].as_array().unwrap().last().unwrap()["id"].clone();
    topics(&received);
    story.step(
        "PUT",
        &at,
        &json!({"ticket_state_id": resolved}),
        &["ticket.state.updated", "ticket.resolved"],
    );
    story.step("PUT", &at, &json!({"open": false}), &["ticket.closed"]);

    let article =
        json!({"title": "Hello", "author_id": admin.parse::<u64>().unwrap(), "state": "published"});
    let article = story.step(
        "POST",
        "/articles",
        &article,
        &["article.created", "article.published"],
    );
    let at = format!("/articles/{}", text(&article["id"]));
    story.step("PUT", &at, &json!({"title": "Hi"}), &["article.updated"]);
    story.step(
        "PUT",
        &at,
        &json!({"state": "draft"}),
        &["article.updated", "article.unpublished"],
    );
    story.step("DELETE", &at, &Value::Null, &["article.deleted"]);
    let away = json!({"away_mode_enabled": true, "away_mode_reassign": false});
    story.step(
        "PUT",
        &format!("/admins/{admin}/away"),
        &away,
        &[
            "admin.activity_log_event.created",
            "admin.away_mode_updated",
        ],
    );
    story.items
}

#[test]
fn everything_that_happens_is_notified_of_by_its_topic() {
    let items = story();
    assert!(items.len() > 50, "{}", items.len());
    assert_eq!(
        items["contact.user.created"]["created_at"],
        "2025-01-01T01:00:00.000+00:00"
    );
    assert_eq!(
        items["conversation.admin.replied"]["created_at"],
        1_735_689_600
    );
    assert_eq!(
        items["conversation.admin.replied"]["conversation_parts"]["total_count"],
        1
    );
    let deleted: BTreeSet<_> = items["conversation.deleted"]
        .as_object()
        .unwrap()
        .keys()
        .collect();
    assert_eq!(Vec::from_iter(deleted), ["conversation_id", "type"]);
    for topic in ["company.contact.attached", "conversation.contact.attached"] {
        assert!(items[topic].get("type").is_none(), "{topic}");
    }
    assert_eq!(items["contact.merged"]["merged_from"]["type"], "contact");
}

/// The fields of an object and of those in it, by their paths. Objects with free keys are left out.
fn fields(value: &Value, at: &str, depth: usize, found: &mut BTreeSet<String>) {
    const FREE: &[&str] = &[
        "custom_attributes",
        "ticket_attributes",
        "metadata",
        "ticket_parts",
        "conversation_parts",
        "ticket_type",
        "linked_objects",
        "sla_applied",
        "location_data",
        "away_status_reason",
        "parts",
        "model",
        "tag",
    ];
    let Value::Object(object) = value else { return };
    for (name, value) in object {
        let path = format!("{at}.{name}");
        if depth > 0 && !FREE.contains(&name.as_str()) {
            fields(value, &path, depth - 1, found);
        }
        found.insert(path);
    }
}

/// Compares the fields of items with recordings, from the folder that `INTERCOM_WEBHOOKS_DIR` names.
#[test]
fn items_have_the_fields_that_the_service_sends() {
    let Some(folder) = std::env::var_os("INTERCOM_WEBHOOKS_DIR") else {
        eprintln!("skipped: INTERCOM_WEBHOOKS_DIR is not set");
        return;
    };
    let items = story();
    let (mut compared, mut differences) = (0, Vec::new());
    for file in std::fs::read_dir(Path::new(&folder)).unwrap() {
        let path = file.unwrap().path();
        let Some(recorded) = std::fs::read(&path)
            .ok()
            .and_then(|it| serde_json::from_slice::<Value>(&it).ok())
        else {
            continue;
        };
        let topic = recorded["topic"].as_str().unwrap_or_default();
        let recorded_item = &recorded["data"]["item"];
        // Recordings of 2017 and 2019 have another form.
        let old = recorded["created_at"]
            .as_u64()
            .is_none_or(|at| at < 1_700_000_000);
        let Some(item) = items.get(topic).filter(|_| !old) else {
            continue;
        };
        let (mut ours, mut theirs) = (BTreeSet::new(), BTreeSet::new());
        fields(item, "", 1, &mut ours);
        fields(recorded_item, "", 1, &mut theirs);
        // Parts have it only if they assign.
        theirs.remove(".ticket_part.assigned_to");
        let missing: Vec<_> = theirs.difference(&ours).collect();
        let extra: Vec<_> = ours.difference(&theirs).collect();
        if !(missing.is_empty() && extra.is_empty()) {
            differences.push(format!("{topic}: missing {missing:?}, too many {extra:?}"));
        }
        compared += 1;
    }
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    assert!(compared > 10, "{compared}");
}

/// A receiver that answers every request with the next status, and hands out what it got.
struct Receiver {
    listener: TcpListener,
}

impl Receiver {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        Self { listener }
    }

    fn url(&self) -> String {
        format!("http://{}/hooks", self.listener.local_addr().unwrap())
    }

    /// Receives one request: its first line, its headers in lower case, its body.
    fn receive(&self, status: u16) -> (String, BTreeMap<String, String>, Vec<u8>) {
        let (stream, _) = self.listener.accept().unwrap();
        let mut reader = BufReader::new(stream);
        let mut first = String::new();
        reader.read_line(&mut first).unwrap();
        let mut headers = BTreeMap::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line).unwrap();
            let Some((name, value)) = line.trim().split_once(": ") else {
                break;
            };
            headers.insert(name.to_lowercase(), value.to_owned());
        }
        let length = headers
            .get("content-length")
            .map_or(0, |it| it.parse().unwrap());
        let mut body = vec![0; length];
        reader.read_exact(&mut body).unwrap();
        let reply =
            format!("HTTP/1.1 {status} X\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        reader.get_mut().write_all(reply.as_bytes()).unwrap();
        (first.trim().to_owned(), headers, body)
    }
}

/// Waits until nothing is being sent.
fn settled(emulator: &Emulator) -> Vec<intercom_emulator::Delivery> {
    loop {
        let deliveries = emulator.deliveries();
        if deliveries
            .iter()
            .all(|it| it.state != DeliveryState::InFlight)
        {
            return deliveries;
        }
        std::thread::yield_now();
    }
}

#[test]
fn a_receiver_is_checked_gets_signed_notifications_and_is_retried() {
    let receiver = Receiver::start();
    let emulator = Emulator::new();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    let webhook = json!({"url": receiver.url(), "secret": "s3cret", "topics": ["contact.*"]});
    let (status, webhook) = ask(&server, "POST", "/_emulator/webhooks", &webhook);
    assert_eq!((status, &webhook["enabled"]), (201, &json!(true)));
    assert!(webhook.get("secret").is_none());
    assert_eq!(receiver.receive(200).0, "HEAD /hooks HTTP/1.1");
    ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "ada@example.com"}),
    );
    let (first, headers, body) = receiver.receive(500);
    assert_eq!(first, "POST /hooks HTTP/1.1");
    assert_eq!(headers["content-type"], "application/json");
    assert!(headers["x-hub-signature"].starts_with("sha1="));
    assert_eq!(headers["x-hub-signature"].len(), 45);
    let once: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (&once["topic"], &once["delivery_attempts"]),
        (&json!("contact.user.created"), &json!(1))
    );
    let deliveries = settled(&emulator);
    assert_eq!(deliveries[1].state, DeliveryState::Pending);
    // A minute later, by the emulator's clock.
    ask(
        &server,
        "PUT",
        "/_emulator/clock",
        &json!({"advance_by": 60}),
    );
    let (_, _, body) = receiver.receive(200);
    let again: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (&again["id"], &again["delivery_attempts"]),
        (&once["id"], &json!(2))
    );
    assert_eq!(settled(&emulator)[1].state, DeliveryState::Delivered);
    let (status, queued) = ask(
        &server,
        "POST",
        "/_emulator/deliveries/2/replay",
        &Value::Null,
    );
    assert_eq!((status, queued), (201, json!({"delivery": 3})));
    let (_, _, body) = receiver.receive(200);
    let replayed: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(replayed["id"], once["id"]);
    ask(&server, "POST", "/_emulator/webhooks/1/ping", &Value::Null);
    let (_, _, body) = receiver.receive(410);
    let ping: Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        (&ping["topic"], &ping["id"]),
        (&json!("ping"), &Value::Null)
    );
    settled(&emulator);
    let webhooks = ask(&server, "GET", "/_emulator/webhooks", &Value::Null).1;
    assert_eq!(webhooks["webhooks"][0]["reason"], "it replied 410");
    let listed = ask(
        &server,
        "GET",
        "/_emulator/deliveries?topic=contact.user.created",
        &Value::Null,
    )
    .1;
    assert_eq!(listed["count"], 2);
    let statuses: Vec<_> = listed["deliveries"][0]["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["status"])
        .collect();
    assert_eq!(statuses, [500, 200]);
}

#[test]
fn an_address_that_cannot_be_notified_is_refused() {
    let server = Emulator::new().serve("127.0.0.1:0").unwrap();
    for (webhook, field) in [
        (json!({"url": "https://example.com"}), "url"),
        (
            json!({"url": "http://a", "topics": ["contact.usr.created"]}),
            "topics",
        ),
        (json!({}), "url"),
    ] {
        let (status, body) = ask(&server, "POST", "/_emulator/webhooks", &webhook);
        assert_eq!(
            (status, &body["error"]["field"]),
            (400, &json!(field)),
            "{body}"
        );
    }
}

#[test]
fn what_does_not_happen_in_the_emulator_is_notified_of_on_demand() {
    let (_emulator, server, received) = watched();
    let call = json!({"topic": "call.ended", "item": {"type": "call", "id": "7"}});
    let (status, _) = ask(&server, "POST", "/_emulator/notifications", &call);
    assert_eq!(status, 204);
    let notification = received.lock().unwrap().remove(0);
    assert_eq!(notification["topic"], "call.ended");
    assert_eq!(notification["data"]["item"], call["item"]);
    let unknown = json!({"topic": "call.lost", "item": {}});
    let (status, refusal) = ask(&server, "POST", "/_emulator/notifications", &unknown);
    assert_eq!((status, &refusal["error"]["field"]), (400, &json!("topic")));
}
