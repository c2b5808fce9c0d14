//! Replies as the service sends them, of the sizes that programs meet.

use serde_json::{Value, json};

/// How many contacts [`contact_list`] has, on how many pages.
pub(crate) const CONTACTS: usize = 30_000;
pub(crate) const PAGES: usize = CONTACTS / PER_PAGE;
const PER_PAGE: usize = 150;

fn text(json: &Value) -> Vec<u8> {
    serde_json::to_vec(json).unwrap()
}

fn people() -> Vec<Value> {
    (0..PER_PAGE).map(contact).collect()
}

/// Where a page stands: all but the last tell the cursor of the next.
pub(crate) fn place(page: usize) -> Value {
    let next = (page < PAGES)
        .then(|| json!({"page": page + 1, "starting_after": format!("after-{page}")}));
    json!({"type": "pages", "page": page, "per_page": PER_PAGE, "total_pages": PAGES, "next": next})
}

/// The first page of the contacts.
pub(crate) fn contact_page() -> Vec<u8> {
    text(&json!({"type": "list", "data": people(), "total_count": CONTACTS, "pages": place(1)}))
}

/// What all pages of the contacts have in common, up to their [`place`]; a brace closes them.
pub(crate) fn start_of_contact_page() -> Vec<u8> {
    let mut page = text(&json!({"type": "list", "data": people(), "total_count": CONTACTS}));
    page.pop();
    page.extend_from_slice(b",\"pages\":");
    page
}

/// One contact, of about 2 kB.
pub(crate) fn one_contact() -> Vec<u8> {
    text(&contact(0))
}

/// A tag, the smallest reply there is.
pub(crate) fn tag() -> Vec<u8> {
    text(&json!({"type": "tag", "id": "17513", "name": "Independent"}))
}

fn contact(n: usize) -> Value {
    let list = |name: &str, count: usize| {
        let data: Vec<Value> = (0..count)
            .map(|n| json!({"type": "tag", "id": n.to_string(), "url": format!("/{name}/{n}")}))
            .collect();
        json!({"type": "list", "data": data, "url": format!("/contacts/{n}/{name}"), "total_count": count, "has_more": false})
    };
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
        "tags": list("tags", 2), "notes": list("notes", 1), "companies": list("companies", 1),
        "opted_out_subscription_types": list("subscriptions", 0), "opted_in_subscription_types": list("subscriptions", 0),
        "utm_campaign": null, "utm_content": null, "utm_medium": null, "utm_source": null, "utm_term": null, "referrer": null,
    })
}

/// A conversation with as many parts as come with one. Every fifth is an event.
pub(crate) fn conversation() -> Vec<u8> {
    let person = |n: usize| {
        let kind = if n.is_multiple_of(2) { "user" } else { "admin" };
        json!({"type": kind, "id": format!("{n:024x}"), "name": format!("Person Number {n}"), "email": format!("person{n}@example.com"), "from_ai_agent": false, "is_ai_answer": false})
    };
    let part = |n: usize| {
        let event = n.is_multiple_of(5);
        let attachments = if n.is_multiple_of(20) {
            json!([{"type": "upload", "name": "screen.png", "url": "https://example.com/attachments/1", "content_type": "image/png", "filesize": 58_312, "width": 1_024, "height": 768}])
        } else {
            json!([])
        };
        json!({
            "type": "conversation_part", "id": n.to_string(),
            "part_type": if event { "conversation_attribute_updated_by_admin" } else { "comment" },
            "body": (!event).then(|| format!("<p>Message {n}: thank you for the details. We have looked into it, and the change is on its way; you should see it within the hour.</p>")),
            "created_at": 1_734_537_424, "updated_at": 1_734_537_424, "notified_at": 1_734_537_424,
            "assigned_to": null, "author": person(n), "attachments": attachments, "external_id": null, "redacted": false,
            "email_message_metadata": null, "state": "open", "tags": [],
            "event_details": event.then(|| json!({"attribute": {"name": "Priority"}, "value": {"name": "High", "previous": "Low"}})),
            "app_package_code": null, "metadata": null,
        })
    };
    let parts: Vec<Value> = (0..500).map(part).collect();
    text(&json!({
        "type": "conversation", "id": "471", "title": "About the bill", "created_at": 1_734_537_424, "updated_at": 1_734_537_424,
        "waiting_since": null, "snoozed_until": null, "open": true, "state": "open", "read": true, "priority": "priority",
        "admin_assignee_id": 814_860, "team_assignee_id": "0",
        "source": {"type": "conversation", "id": "403918330", "delivered_as": "customer_initiated", "subject": "", "body": "<p>Hello</p>", "author": person(0), "attachments": [], "url": null, "redacted": false},
        "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "5ba682d23d7cf92bef87bfd4", "external_id": "25"}]},
        "teammates": {"type": "admin.list", "teammates": [{"type": "admin", "id": "814860"}]},
        "tags": {"type": "tag.list", "tags": [{"type": "tag", "id": "123456", "name": "Test tag"}]},
        "custom_attributes": {"Priority": "High", "Seats": 12},
        "conversation_parts": {"type": "conversation_part.list", "conversation_parts": parts, "total_count": 500},
    }))
}

/// A page of tickets, each with its type and a few parts.
pub(crate) fn ticket_page() -> Vec<u8> {
    let attribute = |n: usize| {
        json!({
            "type": "ticket_type_attribute", "id": n.to_string(), "workspace_id": "abc12345", "name": format!("Attribute {n}"),
            "description": "What it is about", "data_type": "string", "input_options": {"multiline": true}, "order": n,
            "required_to_create": false, "required_to_create_for_contacts": false, "visible_on_create": true,
            "visible_to_contacts": true, "default": false, "ticket_type_id": 53, "archived": false,
            "created_at": 1_734_537_424, "updated_at": 1_734_537_424,
        })
    };
    let attributes: Vec<Value> = (0..4).map(attribute).collect();
    let part = |n: usize| {
        json!({
            "type": "ticket_part", "id": n.to_string(), "part_type": "comment", "body": "<p>It is on its way.</p>",
            "previous_ticket_state": "submitted", "ticket_state": "in_progress", "created_at": 1_734_537_424, "updated_at": 1_734_537_424,
            "author": {"type": "admin", "id": "814860", "name": "Person", "email": "person@example.com"}, "attachments": [], "redacted": false,
        })
    };
    let parts: Vec<Value> = (0..3).map(part).collect();
    let ticket = |n: usize| {
        json!({
            "type": "ticket", "id": n.to_string(), "ticket_id": n.to_string(), "category": "Customer",
            "ticket_attributes": {"_default_title_": format!("Ticket {n}"), "_default_description_": "It does not start", "Seats": 12},
            "ticket_state": {"type": "ticket_state", "id": "6", "category": "in_progress", "internal_label": "In progress", "external_label": "We are on it"},
            "ticket_type": {"type": "ticket_type", "id": "53", "name": "Bug", "description": "Something is broken", "icon": "🎟", "archived": false,
                "created_at": 1_734_537_424, "updated_at": 1_734_537_424, "is_internal": false, "category": "Customer",
                "ticket_type_attributes": {"type": "list", "data": attributes}},
            "contacts": {"type": "contact.list", "contacts": [{"type": "contact", "id": "5ba682d23d7cf92bef87bfd4", "external_id": "25"}]},
            "admin_assignee_id": "814860", "team_assignee_id": "0", "created_at": 1_734_537_424, "updated_at": 1_734_537_424, "open": true,
            "ticket_parts": {"type": "ticket_part.list", "ticket_parts": parts, "total_count": 3}, "is_shared": true,
        })
    };
    let tickets: Vec<Value> = (0..PER_PAGE).map(ticket).collect();
    text(
        &json!({"type": "ticket.list", "tickets": tickets, "total_count": PER_PAGE, "pages": place(PAGES)}),
    )
}
