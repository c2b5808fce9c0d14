//! How fast replies are read, beside the same fields read by bare serde derive, and beside
//! `serde_json::Value`, in the same run.
//!
//! ```console
//! $ cargo bench --bench decode
//! ```

#![recursion_limit = "256"]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "a benchmark prints, and its baseline is only read into"
)]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use intercom_core::model::List;
use intercom_core::model::contacts::Contact;
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};

/// What somebody would write by hand for the fields of [`Contact`].
#[derive(Deserialize)]
struct Page {
    r#type: Option<String>,
    data: Vec<Plain>,
    total_count: Option<u64>,
    pages: Option<Pages>,
}

#[derive(Deserialize)]
struct Pages {
    r#type: Option<String>,
    page: Option<u64>,
    per_page: Option<u64>,
    total_pages: Option<u64>,
    next: Option<Next>,
}

#[derive(Deserialize)]
struct Next {
    page: Option<u64>,
    starting_after: Option<String>,
}

#[derive(Deserialize)]
struct Avatar {
    r#type: Option<String>,
    image_url: Option<String>,
}

#[derive(Deserialize)]
struct Location {
    r#type: Option<String>,
    country: Option<String>,
    region: Option<String>,
    city: Option<String>,
    country_code: Option<String>,
    continent_code: Option<String>,
}

#[derive(Deserialize)]
struct SocialProfiles {
    r#type: Option<String>,
    data: Vec<SocialProfile>,
}

#[derive(Deserialize)]
struct SocialProfile {
    r#type: Option<String>,
    name: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Addressables {
    r#type: Option<String>,
    data: Vec<Addressable>,
    url: Option<String>,
    total_count: Option<u64>,
    has_more: Option<bool>,
}

#[derive(Deserialize)]
struct Addressable {
    r#type: Option<String>,
    id: Option<String>,
    url: Option<String>,
}

#[derive(Deserialize)]
struct Plain {
    r#type: Option<String>,
    id: String,
    workspace_id: Option<String>,
    external_id: Option<String>,
    role: Option<String>,
    email: Option<String>,
    email_domain: Option<String>,
    phone: Option<String>,
    formatted_phone: Option<String>,
    name: Option<String>,
    avatar: Option<Avatar>,
    owner_id: Option<String>,
    social_profiles: Option<SocialProfiles>,
    has_hard_bounced: Option<bool>,
    marked_email_as_spam: Option<bool>,
    unsubscribed_from_emails: Option<bool>,
    created_at: Option<i64>,
    updated_at: Option<i64>,
    signed_up_at: Option<i64>,
    last_seen_at: Option<i64>,
    last_replied_at: Option<i64>,
    last_contacted_at: Option<i64>,
    last_email_opened_at: Option<i64>,
    last_email_clicked_at: Option<i64>,
    language_override: Option<String>,
    browser: Option<String>,
    browser_version: Option<String>,
    browser_language: Option<String>,
    os: Option<String>,
    location: Option<Location>,
    android_app_name: Option<String>,
    android_app_version: Option<String>,
    android_device: Option<String>,
    android_os_version: Option<String>,
    android_sdk_version: Option<String>,
    android_last_seen_at: Option<i64>,
    ios_app_name: Option<String>,
    ios_app_version: Option<String>,
    ios_device: Option<String>,
    ios_os_version: Option<String>,
    ios_sdk_version: Option<String>,
    ios_last_seen_at: Option<i64>,
    custom_attributes: BTreeMap<String, Value>,
    tags: Option<Addressables>,
    notes: Option<Addressables>,
    companies: Option<Addressables>,
    opted_out_subscription_types: Option<Addressables>,
    opted_in_subscription_types: Option<Addressables>,
    utm_campaign: Option<String>,
    utm_content: Option<String>,
    utm_medium: Option<String>,
    utm_source: Option<String>,
    utm_term: Option<String>,
    referrer: Option<String>,
    enabled_push_messaging: Option<bool>,
    merge_history: Option<Vec<IgnoredAny>>,
}

/// A page of 150 contacts, each of about 2 kB.
fn page() -> Vec<u8> {
    let list = |id: usize, name: &str, count: usize| {
        let data: Vec<Value> = (0..count)
            .map(|n| json!({"type": "tag", "id": n.to_string(), "url": format!("/{name}/{n}")}))
            .collect();
        json!({"type": "list", "data": data, "url": format!("/contacts/{id}/{name}"), "total_count": count, "has_more": false})
    };
    let contact = |n: usize| {
        json!({
            "type": "contact", "id": format!("{n:024x}"), "workspace_id": "abc12345", "external_id": n.to_string(),
            "role": if n.is_multiple_of(3) { "lead" } else { "user" }, "email": format!("person{n}@example.com"),
            "phone": "+353871234567", "name": format!("Person Number {n}"), "avatar": {"type": "avatar", "image_url": "https://example.com/a.png"},
            "owner_id": "991267459", "social_profiles": {"type": "list", "data": []}, "has_hard_bounced": false,
            "marked_email_as_spam": false, "unsubscribed_from_emails": false, "created_at": 1_734_537_424, "updated_at": 1_734_537_424,
            "signed_up_at": 1_734_537_424, "last_seen_at": 1_734_537_424, "last_replied_at": null, "last_contacted_at": null,
            "last_email_opened_at": null, "last_email_clicked_at": null, "language_override": null, "browser": "chrome",
            "browser_version": "131.0", "browser_language": "en", "os": "OS X 10.15",
            "location": {"type": "location", "country": "Ireland", "region": "Dublin", "city": "Dublin", "country_code": "IRL", "continent_code": "EU"},
            "android_app_name": null, "android_app_version": null, "android_device": null, "android_os_version": null,
            "android_sdk_version": null, "android_last_seen_at": null, "ios_app_name": null, "ios_app_version": null,
            "ios_device": null, "ios_os_version": null, "ios_sdk_version": null, "ios_last_seen_at": null,
            "custom_attributes": {"plan": "pro", "seats": 12, "beta": true},
            "tags": list(n, "tags", 2), "notes": list(n, "notes", 1), "companies": list(n, "companies", 1),
            "opted_out_subscription_types": list(n, "subscriptions", 0), "opted_in_subscription_types": list(n, "subscriptions", 0),
            "utm_campaign": null, "utm_content": null, "utm_medium": null, "utm_source": null, "utm_term": null, "referrer": null,
        })
    };
    let data: Vec<Value> = (0..150).map(contact).collect();
    let pages = json!({"type": "pages", "page": 1, "per_page": 150, "total_pages": 200, "next": {"page": 2, "starting_after": "WzE3MzQ1Mzc0MjQwMDBd"}});
    serde_json::to_vec(
        &json!({"type": "list", "data": data, "total_count": 30_000, "pages": pages}),
    )
    .unwrap()
}

/// The shortest of many runs, in turn with the others, so that all meet the same weather.
fn shortest(runs: usize, work: &mut [(&str, &mut dyn FnMut())]) -> Vec<Duration> {
    let mut best = vec![Duration::MAX; work.len()];
    for _ in 0..runs {
        for (best, (_, work)) in best.iter_mut().zip(work.iter_mut()) {
            let start = Instant::now();
            work();
            *best = (*best).min(start.elapsed());
        }
    }
    best
}

fn main() {
    let json = page();
    println!("A page of 150 contacts, {} bytes:", json.len());
    let work: &mut [(&str, &mut dyn FnMut())] = &mut [
        ("bare serde derive, by hand", &mut || {
            drop(black_box(
                serde_json::from_slice::<Page>(black_box(&json)).unwrap(),
            ))
        }),
        ("intercom_model::from_slice", &mut || {
            drop(black_box(
                intercom_core::model::from_slice::<List<Contact>>(black_box(&json)).unwrap(),
            ))
        }),
        ("serde_json::Value", &mut || {
            drop(black_box(
                serde_json::from_slice::<Value>(black_box(&json)).unwrap(),
            ))
        }),
    ];
    let times = shortest(400, work);
    for ((name, _), time) in work.iter().zip(&times) {
        println!(
            "{name:>28} {:>8.1} µs {:>6.2}",
            time.as_secs_f64() * 1e6,
            time.as_secs_f64() / times[0].as_secs_f64()
        );
    }
}
