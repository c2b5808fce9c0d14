//! What the service notifies of: topics and items, worked out from what changed.

mod companies;
mod contacts;
mod content;
mod conversations;
mod requests;
mod shape;
mod tickets;
mod topics;

use intercom_core::model::ContactId;
use serde_json::Value;

pub(crate) use self::companies::company_deleted;
pub(crate) use self::content::Before;
pub(crate) use self::requests::{RequestSeen, request_completed};
pub(crate) use self::topics::TOPICS;
use crate::resources::Context;
use crate::store::{Changes, Workspace};

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
