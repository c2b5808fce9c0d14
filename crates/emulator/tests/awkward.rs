//! Quirks, hooks and faults by page size over the control API.

#![cfg(feature = "serve")]
#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use serde_json::{Value, json};
use support::{ask, ask_with, get, start};

#[test]
fn quirks_are_turned_on_alone_together_and_off() {
    let (emulator, server) = start();
    emulator.contact().email("ada@example.com").create();
    let put = |quirks: Value| ask(&server, "PUT", "/_emulator/quirks", &quirks);
    let off = get(&server, "/_emulator/quirks");
    assert_eq!(
        off,
        json!({"all": false, "kinds": [], "percent": 50, "seed": 0})
    );
    let (status, nulls) = put(json!({"kinds": ["nulls"], "percent": 100}));
    assert_eq!((status, &nulls["kinds"]), (200, &json!(["nulls"])));
    assert_eq!(get(&server, "/contacts")["data"][0]["email"], Value::Null);
    let (_, all) = put(json!({"all": true, "seed": 7}));
    assert_eq!((&all["all"], &all["seed"]), (&json!(true), &json!(7)));
    assert_eq!(all["kinds"].as_array().unwrap().len(), 8);
    assert_eq!(put(json!({})).1, off);
    assert_eq!(
        get(&server, "/contacts")["data"][0]["email"],
        "ada@example.com"
    );
    for (quirks, field) in [
        (json!({"kinds": ["null"]}), "kinds[0]"),
        (json!({"percent": 101}), "percent"),
        (json!({"kind": "nulls"}), "kind"),
    ] {
        let (status, error) = put(quirks);
        assert_eq!((status, &error["error"]["field"]), (400, &json!(field)));
    }
}

#[test]
fn a_hook_performs_requests_before_the_one_that_is_selected() {
    let (emulator, server) = start();
    let ada = emulator.contact().email("ada@example.com").create();
    let hook = |hook: Value| ask(&server, "POST", "/_emulator/hooks", &hook);
    let seed = json!({
        "contacts": [{"email": "bob@example.com"}],
        "requests": [{"method": "DELETE", "path": format!("/contacts/{}", ada.id)}],
    });
    let (status, _) = hook(json!({"operation": "contacts::List", "nth": 2, "seed": seed}));
    assert_eq!(status, 201);
    let email = || get(&server, "/contacts")["data"][0]["email"].clone();
    assert_eq!([email(), email()], ["ada@example.com", "bob@example.com"]);
    assert_eq!(emulator.journal().requests().len(), 2);

    let broken = json!({"requests": [{"method": "GET", "path": "/nowhere"}]});
    hook(json!({"seed": broken}));
    email();
    let hooks = get(&server, "/_emulator/hooks")["hooks"].clone();
    assert_eq!(
        (&hooks[0]["seen"], &hooks[0]["error"]),
        (&json!(3), &Value::Null)
    );
    let error = hooks[1]["error"].as_str().unwrap();
    assert!(error.contains("GET /nowhere replies 404"), "{error}");

    assert_eq!(
        ask(&server, "DELETE", "/_emulator/hooks/1", &Value::Null).0,
        204
    );
    assert_eq!(
        ask(&server, "DELETE", "/_emulator/hooks/1", &Value::Null).0,
        404
    );
    assert_eq!(
        ask(&server, "DELETE", "/_emulator/hooks", &Value::Null).0,
        204
    );
    assert_eq!(get(&server, "/_emulator/hooks"), json!({"hooks": []}));
    for (body, field) in [
        (json!({}), "seed"),
        (json!({"seed": {"contact": []}}), "seed.contact"),
        (
            json!({"seed": {}, "operation": "contacts::Lsit"}),
            "operation",
        ),
        (json!({"seed": {}, "times": 2, "always": true}), "always"),
    ] {
        let (status, error) = hook(body);
        assert_eq!((status, &error["error"]["field"]), (400, &json!(field)));
    }
}

#[test]
fn large_pages_fail_and_small_ones_pass() {
    let (_, server) = start();
    let fault = json!({"status": 500, "min_per_page": 38, "always": true});
    let (status, fault) = ask(&server, "POST", "/_emulator/faults", &fault);
    assert_eq!((status, &fault["min_per_page"]), (201, &json!(38)));
    let list = |query: &str| ask(&server, "GET", &format!("/contacts{query}"), &Value::Null).0;
    assert_eq!(
        ["?per_page=150", "?per_page=37", ""].map(list),
        [500, 200, 200]
    );
    let search = |per_page: u64| {
        let query = json!({"field": "email", "operator": "=", "value": "a@example.com"});
        let body = json!({"query": query, "pagination": {"per_page": per_page}});
        ask(&server, "POST", "/contacts/search", &body).0
    };
    assert_eq!([150, 37].map(search), [500, 200]);
    let faults = get(&server, "/_emulator/faults");
    assert_eq!(faults["faults"][0]["seen"], 2);
}

#[test]
fn searches_find_late_what_lists_have_at_once() {
    let (emulator, server) = start();
    let lag = json!({"percent": 100, "up_to_seconds": 180});
    let (status, shown) = ask(&server, "PUT", "/_emulator/search_lag", &lag);
    assert_eq!(
        (status, &shown),
        (
            200,
            &json!({"percent": 100, "up_to_seconds": 180, "seed": 0})
        )
    );
    let contact = emulator.contact().email("ada@example.com").create();
    let ticket_type = emulator.ticket_type("Request", "Customer".into());
    let company = emulator.company("Acme").company_id("acme").create();
    emulator
        .seed(&json!({
            "conversations": [{"from": {"type": "user", "id": contact.id}, "body": "Hello"}],
            "tickets": [{
                "ticket_type_id": ticket_type.id, "contacts": [{"id": contact.id}],
                "ticket_attributes": {"_default_title_": "One"},
            }],
            "requests": [{
                "method": "POST", "path": format!("/contacts/{}/companies", contact.id),
                "body": {"id": company.id},
            }],
        }))
        .unwrap();
    let found = || {
        ["contacts", "conversations", "tickets", "companies"].map(|things| {
            let query = json!({"field": "created_at", "operator": ">", "value": 1});
            let path = format!("/{things}/search");
            let headers = ["Authorization: Bearer any", "Intercom-Version: Preview"];
            let (status, reply) =
                ask_with(&server, "POST", &path, &headers, &json!({"query": query}));
            assert_eq!(status, 200, "{things}: {reply}");
            reply["total_count"].as_u64().unwrap()
        })
    };
    assert_eq!(found(), [0; 4]);
    assert_eq!(get(&server, "/contacts")["total_count"], 1);
    assert_eq!(
        get(&server, &format!("/contacts/{}", contact.id))["email"],
        "ada@example.com"
    );
    emulator.advance(Duration::from_secs(180));
    assert_eq!(found(), [1; 4]);
    let (status, error) = ask(
        &server,
        "PUT",
        "/_emulator/search_lag",
        &json!({"percent": 5}),
    );
    assert_eq!(
        (status, &error["error"]["field"]),
        (400, &json!("up_to_seconds"))
    );
}

#[test]
fn every_other_read_comes_from_a_replica_that_lags_behind() {
    let (emulator, server) = start();
    let (status, shown) = ask(
        &server,
        "PUT",
        "/_emulator/replica_lag",
        &json!({"seconds": 2}),
    );
    assert_eq!((status, shown), (200, json!({"seconds": 2.0})));
    let (_, contact) = ask(
        &server,
        "POST",
        "/contacts",
        &json!({"email": "ada@example.com"}),
    );
    let path = format!("/contacts/{}", contact["id"].as_str().unwrap());
    let read = || ask(&server, "GET", &path, &Value::Null).0;
    assert_eq!([read(), read(), read(), read()], [200, 404, 200, 404]);
    let query = json!({"query": {"field": "email", "operator": "=", "value": "ada@example.com"}});
    let found = || ask(&server, "POST", "/contacts/search", &query).1["total_count"].clone();
    assert_eq!([found(), found()], [1, 0]);
    // A write never sees what is old.
    let (status, _) = ask(&server, "PUT", &path, &json!({"name": "Ada"}));
    assert_eq!(status, 200);
    emulator.advance(Duration::from_secs(2));
    assert_eq!([read(), read()], [200, 200]);
    assert_eq!(get(&server, &path)["name"], "Ada");
    assert_eq!(get(&server, &path)["name"], "Ada");
}

#[test]
fn dates_of_contacts_are_compared_by_the_days_of_the_workspace() {
    let (emulator, server) = start();
    // At 23:00 in UTC.
    let evening = 1_735_772_400;
    emulator
        .seed(&json!({"contacts": [{"email": "ada@example.com", "signed_up_at": evening}]}))
        .unwrap();
    let found_on_the_same_day = |second: u64| {
        let query = json!({"query": {"field": "signed_up_at", "operator": "=", "value": second}});
        ask(&server, "POST", "/contacts/search", &query).1["total_count"].clone()
    };
    let two_hours_later = evening + 7_200;
    assert_eq!(found_on_the_same_day(two_hours_later), 0);
    let (status, shown) = ask(
        &server,
        "PUT",
        "/_emulator/utc_offset",
        &json!({"minutes": -480}),
    );
    assert_eq!((status, shown), (200, json!({"minutes": -480})));
    assert_eq!(found_on_the_same_day(two_hours_later), 1);
    assert_eq!(get(&server, "/me")["app"]["timezone"], "Etc/GMT+8");
    let (status, error) = ask(
        &server,
        "PUT",
        "/_emulator/utc_offset",
        &json!({"minutes": 900}),
    );
    assert_eq!((status, &error["error"]["field"]), (400, &json!("minutes")));
}
