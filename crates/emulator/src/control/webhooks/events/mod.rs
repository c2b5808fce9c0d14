//! What the service notifies of: topics and items, worked out from what changed.

mod companies;
mod contacts;
mod content;
mod conversations;
mod requests;
mod shape;
mod tickets;

use intercom_core::model::ContactId;
use serde_json::Value;

pub(crate) use self::companies::company_deleted;
pub(crate) use self::content::Before;
pub(crate) use self::requests::{RequestSeen, request_completed};
use crate::resources::Context;
use crate::store::{Changes, Workspace};

/// All topics that are notified of.
pub(crate) const TOPICS: &[&str] = &[
    "admin.activity_log_event.created",
    "admin.away_mode_updated",
    "api.request.completed",
    "article.created",
    "article.deleted",
    "article.published",
    "article.unpublished",
    "article.updated",
    "audience.created",
    "audience.deleted",
    "audience.updated",
    "company.contact.attached",
    "company.contact.detached",
    "company.created",
    "company.deleted",
    "company.updated",
    "contact.archived",
    "contact.deleted",
    "contact.email.updated",
    "contact.lead.added_email",
    "contact.lead.created",
    "contact.lead.signed_up",
    "contact.lead.tag.created",
    "contact.lead.tag.deleted",
    "contact.lead.updated",
    "contact.merged",
    "contact.subscribed",
    "contact.unarchived",
    "contact.unsubscribed",
    "contact.user.created",
    "contact.user.tag.created",
    "contact.user.tag.deleted",
    "contact.user.updated",
    "content_import_source.created",
    "content_import_source.deleted",
    "content_import_source.updated",
    "content_snippet.created",
    "content_snippet.deleted",
    "content_snippet.updated",
    "conversation.admin.assigned",
    "conversation.admin.closed",
    "conversation.admin.noted",
    "conversation.admin.open.assigned",
    "conversation.admin.opened",
    "conversation.admin.replied",
    "conversation.admin.single.created",
    "conversation.admin.snoozed",
    "conversation.admin.unsnoozed",
    "conversation.company.updated",
    "conversation.contact.attached",
    "conversation.contact.detached",
    "conversation.deleted",
    "conversation.operator.replied",
    "conversation.priority.updated",
    "conversation.rating.added",
    "conversation.read",
    "conversation.user.created",
    "conversation.user.replied",
    "conversation_part.redacted",
    "conversation_part.tag.created",
    "event.created",
    "granular.subscribe",
    "granular.unsubscribe",
    "ping",
    "ticket.admin.assigned",
    "ticket.admin.replied",
    "ticket.admin.snoozed",
    "ticket.admin.unsnoozed",
    "ticket.attribute.updated",
    "ticket.closed",
    "ticket.contact.attached",
    "ticket.contact.detached",
    "ticket.contact.replied",
    "ticket.created",
    "ticket.note.created",
    "ticket.resolved",
    "ticket.state.updated",
    "ticket.team.assigned",
    "visitor.signed_up",
];

/// Something that the service notifies of.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) topic: &'static str,
    pub(crate) item: Value,
}

impl Event {
    pub(crate) fn new(topic: &'static str, item: Value) -> Self {
        Self { topic, item }
    }
}

/// The workspace after a change.
struct Scene<'a> {
    workspace: &'a Workspace,
    context: &'a Context,
}

/// Returns the contacts that joined, and then those that left, each with its topic.
fn contact_changes<'a>(
    before: &'a [ContactId],
    after: &'a [ContactId],
    attached: &'static str,
    detached: &'static str,
) -> impl Iterator<Item = (&'static str, &'a ContactId)> {
    let joined = after.iter().filter(|contact| !before.contains(contact));
    let left = before.iter().filter(|contact| !after.contains(contact));
    let joined = joined.map(move |contact| (attached, contact));
    joined.chain(left.map(move |contact| (detached, contact)))
}

/// Returns what a request did, in the order in which it is notified of.
pub(crate) fn events(
    workspace: &Workspace,
    changes: &Changes,
    before: &Before,
    context: &Context,
) -> Vec<Event> {
    let scene = Scene { workspace, context };
    let mut events = Vec::new();
    for change in &changes.contacts {
        contacts::events(&scene, change, &mut events);
    }
    for change in &changes.companies {
        companies::events(&scene, change, &mut events);
    }
    for change in &changes.conversations {
        conversations::events(&scene, change, &mut events);
    }
    for change in &changes.tickets {
        tickets::events(&scene, change, &mut events);
    }
    content::events(&scene, before, &mut events);
    events
}
