//! The control API over sockets.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use intercom_emulator::{Emulator, Server};
use serde_json::{Value, json};
use support::{ask, ask_with, get, start};

fn put(server: &Server, path: &str, body: &Value) -> Value {
    let (status, reply) = ask(server, "PUT", path, body);
    assert!(status < 300, "{path}: {reply}");
    reply
}

fn message(body: &Value) -> &str {
    body["error"]["message"].as_str().unwrap()
}

#[test]
fn a_test_in_another_language_finds_its_fault_in_the_journal() {
    let (_, server) = start();
    let fault = json!({"operation": "contacts::Search", "nth": 2, "status": 503});
    let (status, fault) = ask(&server, "POST", "/_emulator/faults", &fault);
    assert_eq!((status, &fault["times"]), (201, &json!(1)));
    let search = json!({"query": {"field": "email", "operator": "=", "value": "a@example.com"}});
    let statuses: Vec<_> = (0..3)
        .map(|_| ask(&server, "POST", "/contacts/search", &search).0)
        .collect();
    assert_eq!(statuses, [200, 503, 200]);
    let journal = get(&server, "/_emulator/journal?operation=contacts::Search");
    assert_eq!(journal["count"], 3);
    let second = &journal["requests"][1];
    assert_eq!(
        (&second["status"], &second["faulty"]),
        (&json!(503), &json!(true))
    );
    assert_eq!(second["body"], search);
    assert_eq!(second["headers"]["authorization"], "redacted");
    assert_eq!(second["reply"]["body"]["type"], "error.list");
    let failed = get(&server, "/_emulator/journal?status=503&brief=true");
    assert_eq!(failed["count"], 1);
    assert!(failed["requests"][0].get("body").is_none());
    let one = get(&server, "/_emulator/journal/2");
    assert_eq!(one, *second);
}

#[test]
fn an_assertion_tells_what_came_closest() {
    let (_, server) = start();
    ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "ada@example.com", "name": "Ada"}),
    );
    ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "bob@example.com"}),
    );
    let assert = |assertion: Value| ask(&server, "POST", "/_emulator/journal/assert", &assertion);
    let once = json!({"method": "post", "path": "/contacts", "body": {"email": "ada@example.com"}, "times": 1});
    assert_eq!(assert(once), (200, json!({"count": 1})));
    assert_eq!(assert(json!({"path": "/cont*", "at_least": 2})).0, 200);
    assert_eq!(
        assert(json!({"operation": "contacts::Delete", "times": 0})).0,
        200
    );
    let (status, verdict) =
        assert(json!({"path": "/contacts", "body": {"email": "eve@example.com"}}));
    assert_eq!((status, &verdict["error"]["count"]), (422, &json!(0)));
    assert_eq!(verdict["error"]["requests"].as_array().unwrap().len(), 2);
    assert_eq!(
        message(&verdict),
        "0 requests fit the assertion, expected at least 1; 2 have its method, path, operation and status"
    );
}

#[test]
fn faults_can_be_listed_turned_off_and_removed() {
    let (_, server) = start();
    let faults = "/_emulator/faults";
    let (_, one) = ask(
        &server,
        "POST",
        faults,
        &json!({"status": 500, "always": true}),
    );
    let (_, other) = ask(
        &server,
        "POST",
        faults,
        &json!({"kind": "page", "status": 502, "times": 3}),
    );
    assert_eq!(get(&server, faults)["faults"], json!([one, other]));
    assert_eq!(ask(&server, "GET", "/me", &Value::Null).0, 500);
    let first = format!("{faults}/{}", one["id"]);
    let (status, off) = ask(&server, "PATCH", &first, &json!({"enabled": false}));
    assert_eq!((status, &off["seen"]), (200, &json!(1)));
    assert_eq!(ask(&server, "GET", "/me", &Value::Null).0, 502);
    assert_eq!(ask(&server, "DELETE", &first, &Value::Null).0, 204);
    assert_eq!(ask(&server, "DELETE", &first, &Value::Null).0, 404);
    assert_eq!(ask(&server, "DELETE", faults, &Value::Null).0, 204);
    assert_eq!(ask(&server, "GET", "/me", &Value::Null).0, 200);
}

#[test]
fn one_request_can_ask_for_its_own_fault() {
    let (_, server) = start();
    let me = |header: &str| {
        let headers = ["Authorization: Bearer any", header];
        ask_with(&server, "GET", "/me", &headers, &Value::Null)
    };
    let statuses: Vec<_> = (0..3)
        .map(|_| me("X-Emulator-Fault: status=503; times=2").0)
        .collect();
    assert_eq!(statuses, [503, 503, 200]);
    assert_eq!(me("X-Emulator-Fault: reset_before").0, 0);
    let (status, body) = me("X-Emulator-Fault: status=often");
    assert_eq!(status, 400);
    let error = body["errors"][0]["message"].as_str().unwrap();
    assert!(
        error.contains("`status` must be an integer") && error.contains("status=503; times=2"),
        "{error}"
    );
}

#[test]
fn fixtures_are_created_in_the_form_of_the_api() {
    let (emulator, server) = start();
    let seed = json!({
        "admins": [{"$name": "grace", "name": "Grace", "email": "grace@example.com"}],
        "teams": [{"name": "Support", "admin_ids": ["$grace"]}],
        "subscription_types": [{"name": "News", "consent_type": "opt_in"}],
        "tags": [{"name": "vip"}],
        "companies": [{"$name": "acme", "company_id": "acme", "name": "Acme"}],
        "contacts": [{
            "$name": "ada", "email": "ada@example.com", "created_at": 1_600_000_000,
            "tags": ["vip"], "companies": ["$acme"], "notes": ["Pays late."],
        }],
        "segments": [{"name": "Everybody", "contact_ids": ["$ada"]}],
        "conversations": [{"$name": "order", "from": {"type": "user", "id": "$ada"}, "body": "Where is it?"}],
        "ticket_types": [{"$name": "bug", "name": "Bug"}],
        "ticket_type_attributes": [{"ticket_type_id": "$bug", "name": "Browser", "description": "Which one", "data_type": "string"}],
        "requests": [{
            "method": "POST", "path": "/conversations/$order/reply",
            "body": {"type": "admin", "message_type": "comment", "admin_id": "$grace", "body": "On its way."},
        }],
    });
    let (status, seeded) = ask(&server, "POST", "/_emulator/seed", &seed);
    assert_eq!(status, 201, "{seeded}");
    let id = seeded["names"]["ada"].as_str().unwrap();
    let contact = ask(&server, "GET", &format!("/contacts/{id}"), &Value::Null).1;
    assert_eq!(contact["created_at"], 1_600_000_000);
    for list in ["tags", "companies", "notes"] {
        assert_eq!(contact[list]["total_count"], 1, "{list}");
    }
    let order = seeded["names"]["order"].as_str().unwrap();
    let conversation = ask(
        &server,
        "GET",
        &format!("/conversations/{order}"),
        &Value::Null,
    )
    .1;
    assert_eq!(conversation["conversation_parts"]["total_count"], 1);
    let segment = &seeded["created"]["segments"][0]["id"].as_str().unwrap();
    let segment = ask(
        &server,
        "GET",
        &format!("/contacts/{id}/segments"),
        &Value::Null,
    )
    .1["data"][0]["id"]
        == **segment;
    assert!(segment);
    // Fixtures are not requests.
    assert_eq!(emulator.journal().total(), 3);
    let wrong = json!({"contacts": [{"email": "bob@example.com"}, {"emial": "eve@example.com"}]});
    let (status, body) = ask(&server, "POST", "/_emulator/seed", &wrong);
    assert_eq!(
        (status, &body["error"]["field"]),
        (400, &json!("contacts[1].emial"))
    );
    assert_eq!(emulator.size().contacts, 1);
}

#[test]
fn a_snapshot_brings_back_what_was_there() {
    let (emulator, server) = start();
    ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "ada@example.com"}),
    );
    let snapshot = get(&server, "/_emulator/snapshot");
    ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "bob@example.com"}),
    );
    put(&server, "/_emulator/clock", &json!({"advance_by": 3600}));
    assert_eq!(emulator.size().contacts, 2);
    put(&server, "/_emulator/snapshot", &snapshot);
    assert_eq!(emulator.size().contacts, 1);
    assert_eq!(get(&server, "/_emulator/snapshot"), snapshot);
    let (status, body) = ask(
        &server,
        "PUT",
        "/_emulator/snapshot",
        &json!({"contacts": []}),
    );
    assert_eq!(status, 400);
    assert!(
        message(&body).starts_with("not a snapshot: unknown field `contacts`"),
        "{body}"
    );
    ask(&server, "POST", "/_emulator/reset", &Value::Null);
    assert_eq!(emulator.size().contacts, 0);
}

#[test]
fn the_clock_stands_runs_and_leaps() {
    let (_, server) = start();
    let clock = get(&server, "/_emulator/clock");
    assert_eq!(clock["time"], "2025-01-01T00:00:00Z");
    assert_eq!(clock["frozen"], true);
    let clock = put(
        &server,
        "/_emulator/clock",
        &json!({"now": 1_800_000_000, "advance_by": 0.5}),
    );
    assert_eq!(clock["now"], 1_800_000_000.5);
    let clock = put(&server, "/_emulator/clock", &json!({"rate": 60}));
    assert_eq!(
        (&clock["rate"], &clock["frozen"]),
        (&json!(60.0), &json!(false))
    );
    let clock = put(&server, "/_emulator/clock", &json!({"freeze": true}));
    assert_eq!(get(&server, "/_emulator/clock"), clock);
    let (status, body) = ask(&server, "PUT", "/_emulator/clock", &json!({"advance": 5}));
    assert_eq!(status, 400);
    assert_eq!(
        message(&body),
        "unknown field `advance`; the known fields are `freeze`, `rate`, `now`, `advance_by`"
    );
}

#[test]
fn the_quota_can_be_changed_and_shows_its_windows() {
    let (_, server) = start();
    put(&server, "/_emulator/quota", &json!({"limit": 2}));
    let statuses: Vec<_> = (0..3)
        .map(|_| ask(&server, "GET", "/me", &Value::Null).0)
        .collect();
    assert_eq!(statuses, [200, 200, 429]);
    let quota = get(&server, "/_emulator/quota");
    assert_eq!(
        (&quota["window"]["used"], &quota["window"]["refused"]),
        (&json!(2), &json!(1))
    );
    put(&server, "/_emulator/clock", &json!({"advance_by": 10}));
    let quota = get(&server, "/_emulator/quota");
    assert_eq!(
        (&quota["window"]["used"], &quota["past"][0]["refused"]),
        (&json!(0), &json!(1))
    );
    put(&server, "/_emulator/quota", &json!({"limit": null}));
    assert_eq!(get(&server, "/_emulator/quota")["limit"], Value::Null);
}

#[test]
fn looking_leaves_no_trace() {
    let (emulator, server) = start();
    put(&server, "/_emulator/quota", &json!({"limit": 0}));
    emulator.contact().email("ada@example.com").create();
    let contacts = get(&server, "/_emulator/look/contacts?per_page=5");
    assert_eq!(contacts["data"][0]["email"], "ada@example.com");
    let search = json!({"query": {"field": "email", "operator": "=", "value": "ada@example.com"}});
    let found = ask(&server, "POST", "/_emulator/look/contacts/search", &search);
    assert_eq!((found.0, &found.1["total_count"]), (200, &json!(1)));
    assert_eq!(
        ask(&server, "POST", "/_emulator/look/contacts", &json!({})).0,
        400
    );
    assert_eq!(
        ask(
            &server,
            "GET",
            "/_emulator/look/contacts/none",
            &Value::Null
        )
        .0,
        404
    );
    assert_eq!(emulator.journal().total(), 0);
}

#[test]
fn what_does_not_exist_is_answered_with_what_does() {
    let (_, server) = start();
    let (status, body) = ask(&server, "GET", "/_emulator/clocks", &Value::Null);
    assert_eq!(status, 404);
    let routes = body["error"]["routes"].as_array().unwrap();
    assert!(routes.contains(&json!("PUT /_emulator/clock")));
    let (status, body) = ask(&server, "DELETE", "/_emulator/clock", &Value::Null);
    assert_eq!(
        (status, &body["error"]["allowed"]),
        (405, &json!(["GET", "PUT"]))
    );
    for path in [
        "/_emulator/journal?limti=5",
        "/_emulator/journal?limit=x",
        "/_emulator/journal?operation=contacts::Serach",
    ] {
        assert_eq!(ask(&server, "GET", path, &Value::Null).0, 400, "{path}");
    }
    assert_eq!(ask(&server, "PUT", "/_emulator/clock", &json!([])).0, 400);
    let export = put(&server, "/_emulator/export", &json!({"csv": "a,b\n"}));
    assert_eq!(export["csv"], "a,b\n");
    let operations = get(&server, "/_emulator/operations");
    assert!(operations["emulated"].as_u64().unwrap() <= operations["total"].as_u64().unwrap());
}

#[test]
fn health_and_the_description_need_no_token() {
    let (_, server) = start();
    for path in ["/_emulator/health", "/_emulator/openapi.json"] {
        assert_eq!(ask_with(&server, "GET", path, &[], &Value::Null).0, 200);
    }
}

#[test]
fn a_web_page_from_elsewhere_controls_nothing() {
    let (_, server) = start();
    let reset = |headers: &[&str], body: &Value| {
        ask_with(&server, "POST", "/_emulator/reset", headers, body).0
    };
    assert_eq!(reset(&["Host: evil.example"], &Value::Null), 403);
    assert_eq!(reset(&["Origin: http://evil.example"], &Value::Null), 403);
    assert_eq!(reset(&["Content-Type: text/plain"], &json!({})), 415);
    let own = format!("Origin: http://{}", server.address());
    let host = format!("Host: {}", server.address());
    assert_eq!(reset(&[&own, &host], &json!({})), 204);
}

#[test]
fn the_control_api_is_off_where_it_was_turned_off() {
    let server = Emulator::new()
        .server()
        .control(false)
        .listen("127.0.0.1:0")
        .unwrap();
    assert_eq!(
        ask(&server, "GET", "/_emulator/health", &Value::Null).0,
        404
    );
    let headers = ["Authorization: Bearer any", "X-Emulator-Fault: status=503"];
    assert_eq!(
        ask_with(&server, "GET", "/me", &headers, &Value::Null).0,
        200
    );
    let elsewhere = Emulator::new().serve("0.0.0.0:0").unwrap();
    assert_eq!(
        ask(&elsewhere, "GET", "/_emulator/health", &Value::Null).0,
        404
    );
    assert_eq!(elsewhere.control_url(), None);
}

#[test]
fn each_token_has_its_own_workspace_faults_and_journal() {
    let emulator = Emulator::builder().demo_size(3).build();
    let server = emulator
        .server()
        .isolate(true)
        .listen("127.0.0.1:0")
        .unwrap();
    let of = |token: &str, method: &str, path: &str, body: &Value| {
        let header = format!("Authorization: Bearer {token}");
        ask_with(&server, method, path, &[&header], body)
    };
    of(
        "one",
        "POST",
        "/contacts",
        &json!({"email": "ada@example.com"}),
    );
    of(
        "one",
        "POST",
        "/_emulator/faults",
        &json!({"status": 500, "always": true}),
    );
    assert_eq!(of("one", "GET", "/me", &Value::Null).0, 500);
    assert_eq!(
        of("two", "GET", "/contacts", &Value::Null).1["total_count"],
        3
    );
    assert_eq!(
        of("one", "GET", "/_emulator/look/contacts", &Value::Null).1["total_count"],
        4
    );
    assert_eq!(
        of("one", "GET", "/_emulator/journal", &Value::Null).1["count"],
        2
    );
    assert_eq!(
        of("two", "GET", "/_emulator/journal", &Value::Null).1["count"],
        1
    );
    of("one", "POST", "/_emulator/reset", &Value::Null);
    assert_eq!(
        of("one", "GET", "/contacts", &Value::Null).1["total_count"],
        3
    );
    let (status, body) = ask_with(&server, "GET", "/_emulator/journal", &[], &Value::Null);
    assert_eq!(status, 400);
    assert!(message(&body).contains("Authorization: Bearer TOKEN"));
    assert_eq!(
        ask_with(&server, "GET", "/_emulator/health", &[], &Value::Null).0,
        200
    );
    assert_eq!(ask_with(&server, "GET", "/me", &[], &Value::Null).0, 401);
}

#[test]
fn pages_of_allowed_origins_may_read_replies() {
    let emulator = Emulator::new();
    let server = emulator
        .server()
        .cors("http://localhost:3000")
        .listen("127.0.0.1:0")
        .unwrap();
    let preflight = |origin: &str| {
        let request = format!(
            "OPTIONS /contacts HTTP/1.1\r\nHost: x\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: POST\r\nAccess-Control-Request-Headers: authorization,content-type\r\nConnection: close\r\n\r\n"
        );
        String::from_utf8(support::talk(server.address(), request.as_bytes())).unwrap()
    };
    let allowed = preflight("http://localhost:3000");
    assert!(
        allowed.contains("access-control-allow-origin: http://localhost:3000"),
        "{allowed}"
    );
    assert!(
        allowed.contains("access-control-allow-headers: authorization,content-type"),
        "{allowed}"
    );
    assert!(!preflight("http://evil.example").contains("access-control-allow"));
    let get = "GET /me HTTP/1.1\r\nHost: x\r\nOrigin: http://localhost:3000\r\nAuthorization: Bearer any\r\nConnection: close\r\n\r\n";
    let reply = String::from_utf8(support::talk(server.address(), get.as_bytes())).unwrap();
    assert!(
        reply.contains("access-control-expose-headers: x-request-id"),
        "{reply}"
    );
}
