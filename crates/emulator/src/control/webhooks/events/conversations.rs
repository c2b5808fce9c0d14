//! Events of conversations.

use intercom_core::api::conversations::{ConversationState, PartType};
use intercom_core::model::ContactId;
use serde_json::{Value, json};

use super::shape::{self, Zone, iso, number, pick};
use super::{Event, Scene, contact_changes, contacts};
use crate::store::{Author, Change, ConversationRecord, Part};

const FIELDS: &[&str] = &[
    "type",
    "id",
    "created_at",
    "updated_at",
    "waiting_since",
    "snoozed_until",
    "source",
    "contacts",
    "first_contact_reply",
    "admin_assignee_id",
    "team_assignee_id",
    "open",
    "state",
    "read",
    "tags",
    "priority",
    "sla_applied",
    "statistics",
    "conversation_rating",
    "teammates",
    "title",
    "custom_attributes",
    "topics",
    "ticket",
    "linked_objects",
    "ai_agent",
    "ai_agent_participated",
];

/// Statistics that only notifications have.
const STATISTICS: &[(&str, Value)] = &[
    (
        "assigned_team_first_response_time",
        Value::Array(Vec::new()),
    ),
    (
        "assigned_team_first_response_time_in_office_hours",
        Value::Array(Vec::new()),
    ),
    ("handling_time", Value::Null),
];

const PART_FIELDS: &[&str] = &[
    "type",
    "id",
    "part_type",
    "body",
    "created_at",
    "updated_at",
    "notified_at",
    "assigned_to",
    "author",
    "attachments",
    "external_id",
    "redacted",
    "metadata",
    "email_message_metadata",
    "state",
    "tags",
    "event_details",
    "app_package_code",
];

/// A conversation with the parts that caused the notification.
fn item(scene: &Scene<'_>, record: &ConversationRecord, parts: &[&Part]) -> Value {
    let (workspace, context) = (scene.workspace, scene.context);
    let shown = workspace.show_conversation(record, context, None);
    let mut item = pick(&shape::json(&shown), FIELDS);
    if let Some(statistics) = item["statistics"].as_object_mut() {
        for (name, value) in statistics {
            if name.ends_with("_at")
                && let Some(second) = value.as_i64()
            {
                *value = iso(
                    intercom_core::model::Timestamp::from_second(second),
                    Zone::Utc,
                );
            }
        }
    }
    for (name, value) in STATISTICS {
        let statistics = &mut item["statistics"];
        if statistics.get(*name).is_none() {
            statistics[*name] = value.clone();
        }
    }
    // Notifications name them by what they are.
    let admins = item["teammates"].get("teammates").cloned();
    item["teammates"] = json!({"type": "admin.list", "admins": admins.unwrap_or_default()});
    if item["topics"].is_null() {
        item["topics"] = json!({"type": "topic.list", "topics": [], "total_count": 0});
    }
    if let Some(linked) = item["linked_objects"].as_object_mut() {
        linked.remove("url");
    }
    let shown = parts.iter().map(|part| {
        let shown = workspace.show_part(part, context, None);
        pick(&shape::json(&shown), PART_FIELDS)
    });
    item["conversation_parts"] = json!({
        "type": "conversation_part.list",
        "conversation_parts": shown.collect::<Vec<_>>(),
        "total_count": parts.len(),
    });
    item
}

/// A contact that joined or left: an item without a type, whose conversation is in an internal form.
fn with_contact(
    scene: &Scene<'_>,
    topic: &'static str,
    record: &ConversationRecord,
    contact: &ContactId,
) -> Option<Event> {
    let shown = contacts::nested(scene, contact)?;
    let user = scene
        .workspace
        .contacts
        .get(contact)?
        .external_id
        .as_deref();
    let id = number(record.id.as_str());
    let part = record.parts.last().map(|part| {
        json!({
            "id": number(part.id.as_str()),
            "app_id": 1,
            "conversation_id": id,
            "body": part.body,
            "created_at": iso(part.at, Zone::Utc),
            "updated_at": iso(part.at, Zone::Utc),
            "admin_only": false,
            "user_id": user,
            "deleted": false,
            "json_blocks": "[]",
            "data": json!({"participant_id": contact}).to_string(),
        })
    });
    let updated_at = iso(record.updated_at, Zone::Utc);
    let conversation = json!({
        "parts": part.into_iter().collect::<Vec<_>>(),
        "options": {"expand_for_notification": true},
        "model": {
            "app_id": 1,
            "id": id,
            "user_id": user,
            "message_id": number(record.source.id.as_str()),
            "created_at": iso(record.created_at, Zone::Utc),
            "updated_at": updated_at,
            "company_id": "-1",
            "read": record.read,
            "read_at": updated_at,
            "latest_user_visible_comment_at": updated_at,
            "latest_admin_visible_comment_at": updated_at,
            "first_opened_at": iso(record.created_at, Zone::Utc),
            "first_user_comment_at": iso(record.created_at, Zone::Utc),
            "deleted": false,
            "original_user_id": "-1",
            "dismissed": false,
            "sent_at": iso(record.created_at, Zone::Utc),
        },
    });
    Some(Event::new(
        topic,
        json!({"conversation": conversation, "contact": shown}),
    ))
}

pub(super) fn events(
    scene: &Scene<'_>,
    change: &Change<ConversationRecord>,
    events: &mut Vec<Event>,
) {
    match (change.before.as_deref(), change.after.as_deref()) {
        (None, Some(record)) => {
            let topic = match record.source.author {
                Author::Contact(_) => "conversation.user.created",
                Author::Admin(_) => "conversation.admin.single.created",
                Author::Bot => return,
            };
            events.push(Event::new(topic, item(scene, record, &[])));
        }
        (Some(record), None) => {
            let item = json!({"type": "conversation", "conversation_id": record.id});
            events.push(Event::new("conversation.deleted", item));
        }
        (Some(before), Some(after)) => changed(scene, before, after, events),
        (None, None) => {}
    }
}

/// The topics of a part.
fn topics(part: &Part, open: bool) -> Vec<&'static str> {
    match (&part.author, &part.kind) {
        (_, PartType::Assignment | PartType::DefaultAssignment) if open => {
            vec![
                "conversation.admin.assigned",
                "conversation.admin.open.assigned",
            ]
        }
        (_, PartType::Assignment | PartType::DefaultAssignment) => {
            vec!["conversation.admin.assigned"]
        }
        (_, PartType::AssignAndReopen) => {
            vec!["conversation.admin.assigned", "conversation.admin.opened"]
        }
        (Author::Contact(_), PartType::Comment | PartType::QuickReply | PartType::Open) => {
            vec!["conversation.user.replied"]
        }
        (Author::Admin(_), PartType::Comment | PartType::QuickReply) => {
            vec!["conversation.admin.replied"]
        }
        (Author::Bot, PartType::Comment | PartType::QuickReply) => {
            vec!["conversation.operator.replied"]
        }
        (_, PartType::Note) => vec!["conversation.admin.noted"],
        (_, PartType::Close) => vec!["conversation.admin.closed"],
        (Author::Admin(_), PartType::Open) => vec!["conversation.admin.opened"],
        // Nobody but the clock opens a conversation as the bot.
        (Author::Bot, PartType::Open) => vec!["conversation.admin.unsnoozed"],
        (_, PartType::Snoozed) => vec!["conversation.admin.snoozed"],
        _ => Vec::new(),
    }
}

fn changed(
    scene: &Scene<'_>,
    before: &ConversationRecord,
    after: &ConversationRecord,
    events: &mut Vec<Event>,
) {
    let open = after.state == ConversationState::Open;
    let new = after.parts.get(before.parts.len()..).unwrap_or_default();
    for part in new {
        for topic in topics(part, open) {
            events.push(Event::new(topic, item(scene, after, &[part])));
        }
    }
    let mut tell = |topic| events.push(Event::new(topic, item(scene, after, &[])));
    // A reply marks the conversation as read, too.
    if new.is_empty() && !before.read && after.read {
        tell("conversation.read");
    }
    if before.priority != after.priority {
        tell("conversation.priority.updated");
    }
    if before.rating.is_none() && after.rating.is_some() {
        tell("conversation.rating.added");
    }
    if before.company != after.company {
        tell("conversation.company.updated");
    }
    let has = |record: &ConversationRecord, tag| record.has_tag(tag);
    if after.tags.iter().any(|tagged| !has(before, &tagged.tag)) {
        tell("conversation_part.tag.created");
    }
    for (old, part) in before.parts.iter().zip(&after.parts) {
        if !old.redacted && part.redacted {
            events.push(Event::new(
                "conversation_part.redacted",
                item(scene, after, &[part]),
            ));
        }
    }
    for (topic, contact) in contact_changes(
        &before.contacts,
        &after.contacts,
        "conversation.contact.attached",
        "conversation.contact.detached",
    ) {
        events.extend(with_contact(scene, topic, after, contact));
    }
}
