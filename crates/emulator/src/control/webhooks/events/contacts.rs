//! Events of contacts.

use intercom_core::api::contacts::Role;
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::model::{ContactId, SubscriptionTypeId, TagId};
use serde_json::{Value, json};

use super::shape::{self, Zone, date, pick};
use super::{Event, Scene};
use crate::store::{Change, ContactRecord};

const FIELDS: &[&str] = &[
    "type",
    "id",
    "workspace_id",
    "external_id",
    "role",
    "email",
    "phone",
    "name",
    "avatar",
    "owner_id",
    "social_profiles",
    "has_hard_bounced",
    "marked_email_as_spam",
    "unsubscribed_from_emails",
    "created_at",
    "updated_at",
    "signed_up_at",
    "last_seen_at",
    "last_replied_at",
    "last_contacted_at",
    "last_email_opened_at",
    "last_email_clicked_at",
    "language_override",
    "browser",
    "browser_version",
    "browser_language",
    "os",
    "location",
    "android_app_name",
    "android_app_version",
    "android_device",
    "android_os_version",
    "android_sdk_version",
    "android_last_seen_at",
    "ios_app_name",
    "ios_app_version",
    "ios_device",
    "ios_os_version",
    "ios_sdk_version",
    "ios_last_seen_at",
    "custom_attributes",
    "tags",
    "notes",
    "companies",
    "opted_out_subscription_types",
    "opted_in_subscription_types",
    "utm_campaign",
    "utm_content",
    "utm_medium",
    "utm_source",
    "utm_term",
    "referrer",
    "sms_consent",
    "unsubscribed_from_sms",
    "enabled_push_messaging",
];

const DATES: &[&str] = &[
    "created_at",
    "updated_at",
    "signed_up_at",
    "last_seen_at",
    "last_replied_at",
    "last_contacted_at",
    "last_email_opened_at",
    "last_email_clicked_at",
    "android_last_seen_at",
    "ios_last_seen_at",
];

/// A contact as notifications show it.
pub(super) fn item(scene: &Scene<'_>, record: &ContactRecord) -> Value {
    let shown = scene
        .workspace
        .show_contact(record, &scene.context.version, None);
    let mut item = pick(&shape::json(&shown), FIELDS);
    date(&mut item, DATES, Zone::Offset);
    for field in ["sms_consent", "unsubscribed_from_sms"] {
        if item[field].is_null() {
            item[field] = false.into();
        }
    }
    item
}

/// A contact inside of an item of something else.
pub(super) fn nested(scene: &Scene<'_>, id: &ContactId) -> Option<Value> {
    let record = scene.workspace.contacts.get(id)?;
    let mut item = item(scene, record);
    item["formatted_phone"] = Value::Null;
    Some(item)
}

/// The topic for the contact's role.
fn by_role(record: &ContactRecord, user: &'static str, lead: &'static str) -> &'static str {
    if record.role == Role::User {
        user
    } else {
        lead
    }
}

pub(super) fn events(scene: &Scene<'_>, change: &Change<ContactRecord>, events: &mut Vec<Event>) {
    match (change.before.as_deref(), change.after.as_deref()) {
        (None, Some(record)) => {
            let topic = by_role(record, "contact.user.created", "contact.lead.created");
            events.push(Event::new(topic, item(scene, record)));
            tags(scene, &[], record, events);
        }
        (Some(record), None) if !scene.workspace.merged.contains_key(&record.id) => {
            let item = json!({
                "type": "contact",
                "id": record.id,
                "external_id": record.external_id,
                "deleted": true,
            });
            events.push(Event::new("contact.deleted", item));
        }
        (Some(before), Some(after)) => changed(scene, before, after, events),
        _ => {}
    }
}

fn changed(
    scene: &Scene<'_>,
    before: &ContactRecord,
    after: &ContactRecord,
    events: &mut Vec<Event>,
) {
    let mut tell = |topic| events.push(Event::new(topic, item(scene, after)));
    if let Some(merge) = after.merges.get(before.merges.len()) {
        let mut item = item(scene, after);
        item["merged_from"] = json!({"type": "contact", "id": merge.source_contact_id});
        events.push(Event::new("contact.merged", item));
        return;
    }
    if before.role != after.role && after.role == Role::User {
        tell("contact.lead.signed_up");
    }
    if before.email != after.email {
        let lead = after.role != Role::User;
        tell(if lead && before.email.is_none() {
            "contact.lead.added_email"
        } else {
            "contact.email.updated"
        });
    }
    if differ(before, after) {
        tell(by_role(
            after,
            "contact.user.updated",
            "contact.lead.updated",
        ));
    }
    match (before.archived, after.archived) {
        (false, true) => {
            let item = json!({
                "type": "contact",
                "id": after.id,
                "external_id": after.external_id,
                "archived": true,
            });
            events.push(Event::new("contact.archived", item));
        }
        (true, false) => tell("contact.unarchived"),
        _ => {}
    }
    tags(scene, &before.tags, after, events);
    consent(scene, before, after, events);
    for company in &after.companies {
        if !before.companies.contains(company) {
            let topic = "company.contact.attached";
            events.extend(super::companies::with_contact(
                scene, topic, company, &after.id,
            ));
        }
    }
    for company in &before.companies {
        if !after.companies.contains(company) {
            let topic = "company.contact.detached";
            events.extend(super::companies::with_contact(
                scene, topic, company, &after.id,
            ));
        }
    }
}

/// Whether fields differ that a request can set.
fn differ(before: &ContactRecord, after: &ContactRecord) -> bool {
    let fields = |record: &ContactRecord| {
        let mut fields = record.to_model();
        // These follow from other events.
        fields.updated_at = None;
        fields.last_replied_at = None;
        fields.last_contacted_at = None;
        fields.unsubscribed_from_emails = None;
        fields
    };
    fields(before) != fields(after)
}

fn tags(
    scene: &Scene<'_>,
    before: &[crate::store::TagApplied],
    after: &ContactRecord,
    events: &mut Vec<Event>,
) {
    let shown = |tag: &TagId| {
        let name = scene.workspace.tags.get(tag);
        json!({
            "type": "contact_tag",
            "tag": {"type": "tag", "id": tag, "name": name},
            "contact": item(scene, after),
        })
    };
    let has = |tags: &[crate::store::TagApplied], tag: &TagId| tags.iter().any(|it| it.tag == *tag);
    for tagged in after.tags.iter().filter(|it| !has(before, &it.tag)) {
        let topic = by_role(
            after,
            "contact.user.tag.created",
            "contact.lead.tag.created",
        );
        events.push(Event::new(topic, shown(&tagged.tag)));
    }
    for tagged in before.iter().filter(|it| !has(&after.tags, &it.tag)) {
        let topic = by_role(
            after,
            "contact.user.tag.deleted",
            "contact.lead.tag.deleted",
        );
        events.push(Event::new(topic, shown(&tagged.tag)));
    }
}

fn consent(
    scene: &Scene<'_>,
    before: &ContactRecord,
    after: &ContactRecord,
    events: &mut Vec<Event>,
) {
    let mut tell = |topic, kind: &str, types: Vec<Value>| {
        let item = json!({
            "type": kind,
            "contact": item(scene, after),
            "subscription_types": {"type": "list", "data": types},
            "created_at": scene.context.now.as_second(),
        });
        events.push(Event::new(topic, item));
    };
    match (
        before.unsubscribed_from_emails,
        after.unsubscribed_from_emails,
    ) {
        (false, true) => tell("contact.unsubscribed", "contact_unsubscribe", Vec::new()),
        (true, false) => tell("contact.subscribed", "contact_subscribe", Vec::new()),
        _ => {}
    }
    type Choices = [(SubscriptionTypeId, ConsentType)];
    let chosen = |choices: &Choices, id: &SubscriptionTypeId| {
        let mut choices = choices.iter();
        choices
            .find(|(other, _)| other == id)
            .map(|(_, choice)| choice.clone())
    };
    let all = before.subscriptions.iter().chain(&after.subscriptions);
    let mut seen: Vec<&SubscriptionTypeId> = Vec::new();
    for (id, _) in all {
        let (old, new) = (
            chosen(&before.subscriptions, id),
            chosen(&after.subscriptions, id),
        );
        if old == new || seen.contains(&id) {
            continue;
        }
        seen.push(id);
        let types = scene.workspace.subscription_types.get(id).map(shape::json);
        let types = types.into_iter().collect();
        // What is given up is the opposite of what it was.
        let subscribes = match (old, new) {
            (_, Some(choice)) => choice == ConsentType::OptIn,
            (choice, None) => choice == Some(ConsentType::OptOut),
        };
        if subscribes {
            tell("granular.subscribe", "granular_subscribe", types);
        } else {
            tell("granular.unsubscribe", "granular_unsubscribe", types);
        }
    }
}
