//! What clients of other languages see: JSON as it is sent, and requests that no typed client sends.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use intercom_emulator::Emulator;
use serde_json::{Value, json};
use support::{fetch, fetch_in};

#[test]
fn the_last_page_says_so_as_the_service_does() {
    let emulator = Emulator::builder().demo_size(30).build();
    let get = |path: &str| fetch(&emulator, "GET", path, Value::Null).1;
    let search = json!({ "query": { "field": "role", "operator": "=", "value": "user" } });
    // Lists that are paged by cursor leave it out,
    let searched = fetch(&emulator, "POST", "/contacts/search", search).1;
    for last in [
        get("/contacts?per_page=150"),
        get("/conversations?per_page=150"),
        searched,
    ] {
        let pages = last["pages"].as_object().unwrap();
        assert_eq!(pages["total_pages"], 1);
        assert!(!pages.contains_key("next"), "{pages:?}");
    }
    // others have null in its place.
    for last in [get("/companies?per_page=60"), get("/articles?per_page=60")] {
        let pages = last["pages"].as_object().unwrap();
        assert_eq!(pages.get("next"), Some(&Value::Null));
    }
    // While pages follow, both lead to the next one.
    let first = get("/contacts?per_page=2");
    let cursor = first["pages"]["next"]["starting_after"].as_str().unwrap();
    let second = get(&format!("/contacts?per_page=2&starting_after={cursor}"));
    assert_ne!(first["data"], second["data"]);
    let first = get("/companies?per_page=1");
    let address = first["pages"]["next"].as_str().unwrap();
    let path = address.strip_prefix("https://api.intercom.io").unwrap();
    assert_ne!(first["data"], get(path)["data"]);
    assert_eq!(get("/contacts")["data"].as_array().unwrap().len(), 10);
}

#[test]
fn contacts_and_admins_have_what_the_service_sends_beside_the_documented() {
    let emulator = Emulator::builder().demo_size(20).build();
    let fields = |version: &str| {
        let contact = &fetch_in(version, &emulator, "GET", "/contacts", Value::Null).1["data"][0];
        let optional = ["email_domain", "enabled_push_messaging"];
        assert_eq!(contact["sms_consent"], false);
        assert_eq!(contact["unsubscribed_from_sms"], false);
        optional.map(|name| !contact[name].is_null())
    };
    assert_eq!(fields("2.11"), [false, false]);
    assert_eq!(fields("2.16"), [false, true]);
    assert_eq!(fields("Preview"), [true, true]);
    let admins = fetch(&emulator, "GET", "/admins", Value::Null).1;
    let admin = &admins["admins"][0];
    assert_eq!(
        admin["team_priority_level"]["primary_team_ids"],
        admin["team_ids"]
    );
    let articles = fetch(&emulator, "GET", "/articles", Value::Null).1;
    assert!(articles["data"][0]["content_id"].is_string());
}

#[test]
fn companies_leave_out_what_they_do_not_have() {
    let emulator = Emulator::new();
    let create = |body| fetch(&emulator, "POST", "/companies", body);
    let (status, company) = create(json!({ "company_id": "1", "monthly_spend": 49.99 }));
    assert_eq!(status, 200);
    assert_eq!(company["monthly_spend"], 49);
    assert_eq!(company["plan"], json!({}));
    for absent in ["last_request_at", "size", "website", "industry"] {
        assert_eq!(company.get(absent), None, "{absent}");
    }
    let (_, company) = create(json!({ "company_id": "1", "plan": "Pro" }));
    let plan = company["plan"].as_object().unwrap();
    assert_eq!(
        (&plan["type"], &plan["name"]),
        (&json!("plan"), &json!("Pro"))
    );
    assert!(plan["id"].is_string());
}

#[test]
fn a_custom_attribute_is_neither_nested_nor_named_with_a_dot() {
    let emulator = Emulator::new();
    for attributes in [
        json!({ "plan": { "name": "pro" } }),
        json!({ "plans": ["pro"] }),
        json!({ "plan.name": "pro" }),
    ] {
        let body = json!({ "email": "ada@example.com", "custom_attributes": attributes });
        let (status, error) = fetch(&emulator, "POST", "/contacts", body);
        assert_eq!(status, 400, "{attributes}");
        assert_eq!(error["errors"][0]["field"], "custom_attributes");
    }
    assert_eq!(emulator.size().contacts, 0);
}

#[test]
fn a_time_in_milliseconds_is_refused_and_not_divided() {
    let emulator = Emulator::new();
    emulator.contact().external_id("ada").create();
    for absurd in [1_700_000_000_000_i64, 99_999_999_999_999] {
        let event = json!({ "event_name": "invoice", "user_id": "ada", "created_at": absurd });
        let (status, error) = fetch(&emulator, "POST", "/events", event);
        assert_eq!(status, 400);
        let error = &error["errors"][0];
        assert_eq!(error["field"], "created_at");
        assert_eq!(error["message"], "created_at must be in seconds since 1970");
    }
    let events = fetch(
        &emulator,
        "GET",
        "/events?type=user&user_id=ada",
        Value::Null,
    )
    .1;
    assert_eq!(events["events"], json!([]));
}
