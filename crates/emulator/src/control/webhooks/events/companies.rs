//! Events of companies.

use intercom_core::model::{CompanyId, ContactId, TagId};
use serde_json::{Value, json};

use super::shape::{self, Zone, date, pick};
use super::{Event, Scene, contacts};
use crate::store::{Change, CompanyRecord};

const FIELDS: &[&str] = &[
    "type",
    "id",
    "name",
    "app_id",
    "plan",
    "company_id",
    "remote_created_at",
    "created_at",
    "updated_at",
    "last_request_at",
    "size",
    "website",
    "industry",
    "monthly_spend",
    "session_count",
    "user_count",
    "custom_attributes",
];

const DATES: &[&str] = &[
    "remote_created_at",
    "created_at",
    "updated_at",
    "last_request_at",
];

fn item(scene: &Scene<'_>, record: &CompanyRecord) -> Value {
    let shown = scene.workspace.show_company(record, &scene.context.version);
    let mut item = pick(&shape::json(&shown), FIELDS);
    date(&mut item, DATES, Zone::Offset);
    item["tag_ids"] = record.tags.iter().map(TagId::as_str).collect();
    item
}

/// A company and a contact that were attached or detached: an item without a type.
pub(super) fn with_contact(
    scene: &Scene<'_>,
    topic: &'static str,
    company: &CompanyId,
    contact: &ContactId,
) -> Option<Event> {
    let record = scene.workspace.companies.get(company)?;
    let mut company = item(scene, record);
    let plan = company["plan"]["id"].take();
    if let Some(fields) = company.as_object_mut() {
        for field in ["plan", "size", "website", "industry"] {
            fields.remove(field);
        }
        fields.insert("plan_id".to_owned(), plan);
    }
    let contact = contacts::nested(scene, contact)?;
    Some(Event::new(
        topic,
        json!({"company": company, "contact": contact}),
    ))
}

/// The event of a request that deletes a company. The company stays, without its contacts, so that no
/// record tells of it.
pub(crate) fn company_deleted(operation: Option<&str>, reply: &[u8]) -> Option<Event> {
    if operation != Some("companies::Delete") {
        return None;
    }
    let reply: Value = serde_json::from_slice(reply).ok()?;
    let item = json!({"type": "company", "id": reply.get("id")?, "deleted": true});
    Some(Event::new("company.deleted", item))
}

pub(super) fn events(scene: &Scene<'_>, change: &Change<CompanyRecord>, events: &mut Vec<Event>) {
    match (change.before.as_deref(), change.after.as_deref()) {
        (None, Some(record)) => events.push(Event::new("company.created", item(scene, record))),
        (Some(before), Some(after)) if before.company != after.company => {
            events.push(Event::new("company.updated", item(scene, after)));
        }
        _ => {}
    }
}
