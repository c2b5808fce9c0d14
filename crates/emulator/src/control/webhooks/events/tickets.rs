//! Events of tickets.

use intercom_core::ApiVersion;
use intercom_core::api::ticket_types::TicketStateCategory;
use intercom_core::api::tickets::{TicketPart, TicketPartType};
use intercom_core::model::{ContactId, ObjectType};
use serde_json::{Map, Value, json};

use super::shape::{self, number, pick};
use super::{Event, Scene, contact_changes, contacts};
use crate::store::{Change, TicketRecord};

const FIELDS: &[&str] = &[
    "type",
    "id",
    "ticket_id",
    "ticket_attributes",
    "ticket_state",
    "ticket_type",
    "contacts",
    "admin_assignee_id",
    "team_assignee_id",
    "created_at",
    "updated_at",
    "ticket_parts",
    "open",
    "snoozed_until",
    "linked_objects",
    "category",
    "is_shared",
    "company_id",
    "channel",
];

/// The last version that shows the ids of assignees as notifications do: as strings.
const VERSION: ApiVersion = ApiVersion::V2_15;

fn item(scene: &Scene<'_>, record: &TicketRecord) -> Value {
    // A ticket without a type cannot be shown, and there is none.
    let shown = scene.workspace.show_ticket(record, &VERSION).ok();
    let mut item = pick(&shown.map_or(Value::Null, |it| shape::json(&it)), FIELDS);
    if item["company_id"].is_null() {
        item["company_id"] = record.company.as_ref().map(|id| id.as_str()).into();
    }
    item
}

/// A ticket with the part that caused the notification.
fn with_part(scene: &Scene<'_>, record: &TicketRecord, part: &TicketPart) -> Value {
    let mut ticket = item(scene, record);
    if let Some(fields) = ticket.as_object_mut() {
        fields.remove("snoozed_until");
        fields.remove("company_id");
    }
    json!({"type": "ticket_ticket_part", "ticket": ticket, "ticket_part": shape::json(part)})
}

/// A contact that joined or left: an item without a type, whose ticket is in a private form.
fn with_contact(
    scene: &Scene<'_>,
    topic: &'static str,
    record: &TicketRecord,
    contact: &ContactId,
) -> Option<Event> {
    let kind = scene.workspace.ticket_types.get(&record.ticket_type);
    let attributes = record.attributes.iter().map(|(name, value)| {
        let value = json!({"value": shape::json(value), "type": "string"});
        (name.to_owned(), value)
    });
    let ticket = json!({
        "type": "ticket",
        "id": number(record.id.as_str()),
        "url": format!("https://app.intercom.com/a/inbox/{}/inbox/conversation/{}", scene.workspace.workspace_id, record.id),
        "custom_attributes": attributes.collect::<Map<_, _>>(),
        "state": record.state.category,
        "ticket_type": kind.and_then(|kind| kind.name.clone()),
        "ticket_type_description": kind.and_then(|kind| kind.description.clone()),
        "ticket_type_emoji": kind.and_then(|kind| kind.icon.clone()),
        "ticket_custom_state_admin_label": record.state.internal_label,
        "ticket_custom_state_user_label": record.state.external_label,
    });
    let contact = contacts::nested(scene, contact)?;
    Some(Event::new(
        topic,
        json!({"ticket": ticket, "contact": contact}),
    ))
}

pub(super) fn events(scene: &Scene<'_>, change: &Change<TicketRecord>, events: &mut Vec<Event>) {
    match (change.before.as_deref(), change.after.as_deref()) {
        (None, Some(record)) => events.push(Event::new("ticket.created", item(scene, record))),
        (Some(before), Some(after)) => changed(scene, before, after, events),
        _ => {}
    }
}

/// The topic of a part, except for changes of state.
fn topic(part: &TicketPart) -> Option<&'static str> {
    let author = part
        .author
        .as_ref()
        .and_then(|author| author.r#type.as_ref());
    let admin = author == Some(&ObjectType::Admin);
    Some(match part.part_type.as_ref()? {
        TicketPartType::Assignment => {
            let assigned = part.assigned_to.as_ref().and_then(|it| it.r#type.as_ref());
            match assigned {
                Some(ObjectType::Team) => "ticket.team.assigned",
                _ => "ticket.admin.assigned",
            }
        }
        TicketPartType::Comment | TicketPartType::QuickReply if admin => "ticket.admin.replied",
        TicketPartType::Comment | TicketPartType::QuickReply => "ticket.contact.replied",
        TicketPartType::Note => "ticket.note.created",
        TicketPartType::TicketAttributeUpdatedByAdmin => "ticket.attribute.updated",
        TicketPartType::Snoozed => "ticket.admin.snoozed",
        _ => return None,
    })
}

fn changed(
    scene: &Scene<'_>,
    before: &TicketRecord,
    after: &TicketRecord,
    events: &mut Vec<Event>,
) {
    for part in after.parts.get(before.parts.len()..).unwrap_or_default() {
        if let Some(topic) = topic(part) {
            events.push(Event::new(topic, with_part(scene, after, part)));
        }
    }
    let mut tell = |topic| events.push(Event::new(topic, item(scene, after)));
    if before.state.id != after.state.id {
        tell("ticket.state.updated");
        if after.state.category == Some(TicketStateCategory::Resolved) {
            tell("ticket.resolved");
        }
    }
    if before.open && !after.open {
        tell("ticket.closed");
    }
    if before.snoozed_until.is_some() && after.snoozed_until.is_none() {
        tell("ticket.admin.unsnoozed");
    }
    for (topic, contact) in contact_changes(
        &before.contacts,
        &after.contacts,
        "ticket.contact.attached",
        "ticket.contact.detached",
    ) {
        events.extend(with_contact(scene, topic, after, contact));
    }
}
