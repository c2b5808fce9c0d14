//! Events of what is few, so that the objects before and after a request are compared.

use std::collections::BTreeMap;

use intercom_core::api::admins::Admin;
use intercom_core::api::ai_content::ContentImportSource;
use intercom_core::api::audiences::Audience;
use intercom_core::api::content::ContentSnippet;
use intercom_core::api::visitors::Visitor;
use intercom_core::model::articles::Article;
use intercom_core::model::{
    ArticleId, AudienceId, ContentImportSourceId, ContentSnippetId, VisitorId,
};
use serde::Serialize;
use serde_json::{Map, Value, json};

use super::shape::{self, Zone, date, number, pick};
use super::{Event, Scene};
use crate::store::{EventPosition, Workspace};

/// The objects before a request, as far as the request is about them.
#[derive(Debug, Default)]
pub(crate) struct Before {
    logs: usize,
    articles: Option<BTreeMap<ArticleId, Article>>,
    admins: Option<Vec<Admin>>,
    audiences: Option<BTreeMap<AudienceId, Audience>>,
    import_sources: Option<BTreeMap<ContentImportSourceId, ContentImportSource>>,
    snippets: Option<BTreeMap<ContentSnippetId, ContentSnippet>>,
    visitors: Option<BTreeMap<VisitorId, Visitor>>,
    events: Option<Vec<EventPosition>>,
}

impl Before {
    /// Keeps what an operation may change.
    pub(crate) fn of(workspace: &Workspace, operation: Option<&str>) -> Self {
        let (module, _) = operation
            .and_then(|it| it.split_once("::"))
            .unwrap_or_default();
        let mut before = Self {
            logs: workspace.activity_logs.len(),
            ..Self::default()
        };
        match module {
            "articles" => before.articles = Some(articles(workspace)),
            "admins" => before.admins = Some(workspace.admins.clone()),
            "audiences" => before.audiences = Some(workspace.audiences.clone()),
            "ai_content" => before.import_sources = Some(workspace.import_sources.clone()),
            "content" => before.snippets = Some(snippets(workspace)),
            "visitors" => before.visitors = Some(workspace.visitors.clone()),
            "data_events" => before.events = Some(workspace.events.keys().cloned().collect()),
            _ => {}
        }
        before
    }
}

fn articles(workspace: &Workspace) -> BTreeMap<ArticleId, Article> {
    let records = workspace.articles.iter();
    records
        .map(|(id, record)| (id.clone(), record.article.clone()))
        .collect()
}

fn snippets(workspace: &Workspace) -> BTreeMap<ContentSnippetId, ContentSnippet> {
    let records = workspace.snippets.iter();
    records
        .map(|(id, record)| (id.clone(), record.snippet.clone()))
        .collect()
}

/// The topics of objects that are created, updated and deleted.
type Topics = [&'static str; 3];

/// Compares objects by their ids.
fn compare<K: Ord, V: PartialEq + Serialize>(
    before: &BTreeMap<K, V>,
    after: &BTreeMap<K, V>,
    [created, updated, deleted]: Topics,
    item: impl Fn(&V) -> Value,
    events: &mut Vec<Event>,
) {
    for (id, object) in after {
        match before.get(id) {
            None => events.push(Event::new(created, item(object))),
            Some(old) if old != object => events.push(Event::new(updated, item(object))),
            Some(_) => {}
        }
    }
    for (id, object) in before {
        if !after.contains_key(id) {
            events.push(Event::new(deleted, item(object)));
        }
    }
}

pub(super) fn events(scene: &Scene<'_>, before: &Before, events: &mut Vec<Event>) {
    let workspace = scene.workspace;
    let logs = workspace.activity_logs.get(before.logs..);
    for log in logs.unwrap_or_default() {
        let mut item = shape::json(log);
        item["type"] = "admin_activity_log_event".into();
        events.push(Event::new("admin.activity_log_event.created", item));
    }
    if let Some(before) = &before.articles {
        articles_changed(before, &articles(workspace), events);
    }
    for admin in before.admins.iter().flatten() {
        let now = workspace.admin(&admin.id);
        if let Some(now) = now.filter(|now| now.away_mode_enabled != admin.away_mode_enabled) {
            events.push(Event::new(
                "admin.away_mode_updated",
                admin_item(scene, now),
            ));
        }
    }
    if let Some(before) = &before.audiences {
        let topics = ["audience.created", "audience.updated", "audience.deleted"];
        compare(before, &workspace.audiences, topics, shape::json, events);
    }
    if let Some(before) = &before.import_sources {
        let topics = [
            "content_import_source.created",
            "content_import_source.updated",
            "content_import_source.deleted",
        ];
        compare(
            before,
            &workspace.import_sources,
            topics,
            shape::json,
            events,
        );
    }
    if let Some(before) = &before.snippets {
        let topics = [
            "content_snippet.created",
            "content_snippet.updated",
            "content_snippet.deleted",
        ];
        compare(before, &snippets(workspace), topics, shape::json, events);
    }
    for visitor in before.visitors.iter().flat_map(BTreeMap::values) {
        if !workspace.visitors.contains_key(&visitor.id) {
            events.extend(signed_up(scene, visitor));
        }
    }
    if let Some(before) = &before.events {
        for (position, record) in &workspace.events {
            if before.binary_search(position).is_err() {
                let contact = workspace.contacts.get(&position.0);
                let item = json!({
                    "type": "event",
                    "event_name": record.name,
                    "id": record.id,
                    "intercom_user_id": position.0,
                    "user_id": contact.and_then(|it| it.external_id.as_deref()),
                    "email": contact.and_then(|it| it.email.as_deref()),
                    "metadata": record.metadata,
                    "created_at": record.created_at.as_second(),
                    "ext_metadata": {},
                });
                events.push(Event::new("event.created", item));
            }
        }
    }
}

const ARTICLE_FIELDS: &[&str] = &[
    "id",
    "type",
    "workspace_id",
    "parent_id",
    "parent_type",
    "parent_ids",
    "statistics",
    "tags",
    "content_id",
    "title",
    "description",
    "body",
    "body_markdown",
    "author_id",
    "state",
    "created_at",
    "updated_at",
    "url",
];

fn article_item(article: &Article) -> Value {
    let mut item = pick(&shape::json(article), ARTICLE_FIELDS);
    date(&mut item, &["created_at", "updated_at"], Zone::Utc);
    if item["tags"].is_null() {
        item["tags"] = json!({"type": "tag.list", "tags": []});
    }
    if item["statistics"].is_null() {
        item["statistics"] = json!({
            "type": "article_statistics",
            "views": 0,
            "conversations": 0,
            "reactions": 0,
            "happy_reaction_percentage": 0,
            "neutral_reaction_percentage": 0,
            "sad_reaction_percentage": 0,
        });
    }
    if let Some(author) = article.author_id.as_ref() {
        item["author_id"] = number(author.as_str());
    }
    item
}

fn articles_changed(
    before: &BTreeMap<ArticleId, Article>,
    after: &BTreeMap<ArticleId, Article>,
    events: &mut Vec<Event>,
) {
    let topics = ["article.created", "article.updated", "article.deleted"];
    compare(before, after, topics, article_item, events);
    for (id, article) in after {
        let published = |article: &Article| article_item(article)["state"] == "published";
        let was = before.get(id).is_some_and(published);
        match (was, published(article)) {
            (false, true) => events.push(Event::new("article.published", article_item(article))),
            (true, false) => events.push(Event::new("article.unpublished", article_item(article))),
            _ => {}
        }
    }
}

const ADMIN_FIELDS: &[&str] = &[
    "type",
    "name",
    "email",
    "job_title",
    "away_mode_enabled",
    "away_mode_reassign",
    "has_inbox_seat",
    "team_ids",
    "avatar",
];

fn admin_item(scene: &Scene<'_>, admin: &Admin) -> Value {
    let mut item = pick(&shape::json(admin), ADMIN_FIELDS);
    item["id"] = number(admin.id.as_str());
    if item["avatar"].is_null() {
        item["avatar"] = json!({"type": "avatar", "image_url": null});
    }
    let mut reasons = scene.workspace.away_reasons.iter();
    let reason = reasons.find(|reason| Some(&reason.id) == admin.away_status_reason_id.as_ref());
    item["away_status_reason"] = reason.map_or(Value::Null, shape::json);
    item
}

/// What the item of a visitor who became a contact has, in the form of the users of old versions.
fn signed_up(scene: &Scene<'_>, visitor: &Visitor) -> Option<Event> {
    let user_id = visitor.user_id.as_deref()?;
    let contact = scene.workspace.contact_by_external_id(user_id)?;
    let dates = json!({
        "created_at": contact.created_at.as_second(),
        "remote_created_at": contact.created_at.as_second(),
        "signed_up_at": contact.created_at.as_second(),
        "last_request_at": contact.last_seen_at.map(|at| at.as_second()),
    });
    let mut item = json!({
        "type": "user",
        "id": contact.id,
        "user_id": user_id,
        "anonymous": false,
        "email": contact.email,
        "phone": contact.phone,
        "name": contact.name,
        "pseudonym": visitor.pseudonym,
        "avatar": {"type": "avatar", "image_url": contact.avatar},
        "app_id": scene.workspace.workspace_id,
        "companies": {"type": "company.list", "companies": []},
        "location_data": {},
        "session_count": visitor.session_count.unwrap_or_default(),
        "social_profiles": {"type": "social_profile.list", "social_profiles": []},
        "owner_id": contact.owner,
        "unsubscribed_from_emails": contact.unsubscribed_from_emails,
        "marked_email_as_spam": false,
        "has_hard_bounced": false,
        "tags": {"type": "tag.list", "tags": []},
        "segments": {"type": "segment.list", "segments": []},
        "custom_attributes": contact.attributes.iter().map(|(name, value)| (name.to_owned(), shape::json(value))).collect::<Map<_, _>>(),
        "referrer": visitor.referrer,
    });
    for field in [
        "utm_campaign",
        "utm_content",
        "utm_medium",
        "utm_source",
        "utm_term",
        "do_not_track",
        "last_seen_ip",
        "user_agent_data",
    ] {
        item[field] = Value::Null;
    }
    for (name, value) in dates.as_object().into_iter().flatten() {
        item[name.as_str()] = value.clone();
    }
    let offset = [
        "created_at",
        "remote_created_at",
        "signed_up_at",
        "last_request_at",
    ];
    date(&mut item, &offset, Zone::Offset);
    item["updated_at"] = shape::iso(contact.updated_at, Zone::Utc);
    Some(Event::new("visitor.signed_up", item))
}
