//! Contacts with what no request can give them.

use bytes::Bytes;
use intercom_core::model::{CompanyId, ContactId, Timestamp};
use serde_json::{Map, Value};

use super::send;
use crate::control::schema::{Field, Fields, Invalid, Kind, optional};
use crate::http::Service;
use crate::store::{ContactRecord, NoteSubject, TagApplied};

const TIME: Kind = Kind::Integer(0, 1 << 40);

/// The fields that the operation does not take. They come last in [`FIELDS`].
const OWN: [&str; 9] = [
    "created_at",
    "updated_at",
    "last_replied_at",
    "last_contacted_at",
    "tags",
    "companies",
    "notes",
    "archived",
    "blocked",
];

pub(super) static FIELDS: &[Field] = &[
    optional("role", Kind::Any, "As the API takes it."),
    optional("external_id", Kind::Any, "As the API takes it."),
    optional("email", Kind::Any, "As the API takes it."),
    optional("phone", Kind::Any, "As the API takes it."),
    optional("name", Kind::Any, "As the API takes it."),
    optional("avatar", Kind::Any, "As the API takes it."),
    optional("signed_up_at", Kind::Any, "As the API takes it."),
    optional("last_seen_at", Kind::Any, "As the API takes it."),
    optional("owner_id", Kind::Any, "As the API takes it."),
    optional(
        "unsubscribed_from_emails",
        Kind::Any,
        "As the API takes it.",
    ),
    optional("language_override", Kind::Any, "As the API takes it."),
    optional("custom_attributes", Kind::Any, "As the API takes it."),
    optional("created_at", TIME, "When it was created."),
    optional("updated_at", TIME, "When it was last changed."),
    optional("last_replied_at", TIME, "When it last wrote."),
    optional("last_contacted_at", TIME, "When it was last written to."),
    optional(
        "tags",
        Kind::List(&Kind::Text),
        "The names of its tags, which are created if needed.",
    ),
    optional(
        "companies",
        Kind::List(&Kind::Text),
        "The ids of its companies.",
    ),
    optional(
        "notes",
        Kind::List(&Kind::Text),
        "The texts of notes about it.",
    ),
    optional("archived", Kind::Flag, "Whether it is archived."),
    optional("blocked", Kind::Flag, "Whether it is blocked."),
];

fn texts<'a>(fields: &'a Fields, name: &str) -> impl Iterator<Item = &'a str> {
    let texts = fields.list(name).into_iter().flatten();
    texts.filter_map(Value::as_str)
}

/// Creates a contact by the operation, and then adds the rest.
pub(super) fn contact(service: &mut Service, fields: &Fields) -> Result<Value, Invalid> {
    let mut body: Map<String, Value> = fields.to_object();
    body.retain(|name, _| !OWN.contains(&name.as_str()));
    let body = Bytes::from(Value::Object(body).to_string());
    let created = send(service, "POST", "/contacts", &body)?;
    let id = ContactId::new(created["id"].as_str().unwrap_or_default());
    let context = service.context(&service.version);
    let workspace = &mut service.workspace;
    let by = workspace.owner();
    let mut tags = Vec::new();
    for name in texts(fields, "tags") {
        tags.push(TagApplied {
            tag: workspace.tag_named(name),
            at: context.now,
            by: by.clone(),
        });
    }
    let companies: Vec<_> = texts(fields, "companies").map(CompanyId::new).collect();
    if let Some(missing) = companies
        .iter()
        .find(|id| workspace.companies.get(id).is_none())
    {
        let message = format!("there is no company with the id {missing}");
        return Err(Invalid::new("companies", message));
    }
    for text in texts(fields, "notes") {
        let about = NoteSubject::Contact(id.clone());
        workspace.add_note(about, by.clone(), text, &context);
    }
    workspace
        .contacts
        .update(&id, |record: &mut ContactRecord| {
            let time = |name| {
                let seconds = fields.integer(name)?;
                i64::try_from(seconds).ok().map(Timestamp::from_second)
            };
            record.created_at = time("created_at").unwrap_or(record.created_at);
            record.updated_at = time("updated_at").unwrap_or(record.updated_at);
            record.last_replied_at = time("last_replied_at");
            record.last_contacted_at = time("last_contacted_at");
            record.archived = fields.flag("archived") == Some(true);
            record.blocked = fields.flag("blocked") == Some(true);
            record.tags = tags;
            record.companies = companies;
        });
    let record = workspace.contacts.get(&id);
    let shown = record.map(|record| workspace.show_contact(record, &context.version, None));
    serde_json::to_value(shown).map_err(|error| Invalid::new("", error.to_string()))
}
