//! Tags on conversations and tickets.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversations::{ConversationTagsUpdated, EventDetails, PartType};
use intercom_core::api::tags::{
    AttachToConversation, AttachToTicket, DetachFromConversation, DetachFromTicket, Tag,
};
use intercom_core::model::{AdminId, ConversationId, TagId};

use super::{apply_tag, remove_tag};
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::conversations::conversation_not_found;
use crate::resources::{Context, Handle};
use crate::store::{Author, PartExtra, TagApplied, Workspace};

pub(super) fn no_tag() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::from("tag_not_found"),
        "Tag not found",
    )
}

impl Workspace {
    /// Returns a tag as an admin applies it now.
    pub(crate) fn applied_by(
        &self,
        tag: TagId,
        admin: &AdminId,
        context: &Context,
    ) -> Result<TagApplied, Refusal> {
        if !self.tags.contains_key(&tag) {
            return Err(no_tag());
        }
        let (at, by) = (context.now, self.acting_admin(admin)?);
        Ok(TagApplied { tag, at, by })
    }

    /// Adds a part that says which tag was added to or removed from a conversation.
    fn add_tag_part(
        &mut self,
        id: &ConversationId,
        tag: &TagApplied,
        added: bool,
        by: &AdminId,
        context: &Context,
    ) -> Result<(), Refusal> {
        let name = self.tags.get(&tag.tag).cloned().unwrap_or_default();
        let names = |when: bool| -> Vec<String> {
            let name = (added == when).then(|| name.clone());
            name.into_iter().collect()
        };
        let event = EventDetails::ConversationTagsUpdated(object!(ConversationTagsUpdated {
            tags_added: names(true),
            tags_removed: names(false),
        }));
        let extra = PartExtra {
            event: Some(event),
            ..PartExtra::default()
        };
        let author = Author::Admin(by.clone());
        let kind = PartType::ConversationTagsUpdated;
        self.add_event_part(id, kind, author, extra, context)
    }
}

impl Handle<AttachToConversation> for Workspace {
    fn handle(&mut self, attach: AttachToConversation, context: &Context) -> Result<Tag, Refusal> {
        let (id, body) = (&attach.conversation_id, attach.body);
        let record = self.conversations.get(id);
        let record = record.ok_or_else(conversation_not_found)?;
        let is_new = !record.has_tag(&body.id);
        let tagged = self.applied_by(body.id, &body.admin_id, context)?;
        let tagged = self.update_conversation(id, |record| apply_tag(&mut record.tags, &tagged))?;
        if is_new {
            self.add_tag_part(id, &tagged, true, &body.admin_id, context)?;
        }
        self.show_applied(&tagged)
    }
}

impl Handle<DetachFromConversation> for Workspace {
    fn handle(
        &mut self,
        detach: DetachFromConversation,
        context: &Context,
    ) -> Result<Tag, Refusal> {
        let (id, admin) = (&detach.conversation_id, &detach.body.admin_id);
        let record = self.conversations.get(id);
        record.ok_or_else(conversation_not_found)?;
        self.acting_admin(admin)?;
        let removed =
            self.update_conversation(id, |record| remove_tag(&mut record.tags, &detach.tag_id))?;
        let removed = removed.ok_or_else(no_tag)?;
        self.add_tag_part(id, &removed, false, admin, context)?;
        self.show_applied(&removed)
    }
}

impl Handle<AttachToTicket> for Workspace {
    fn handle(&mut self, attach: AttachToTicket, context: &Context) -> Result<Tag, Refusal> {
        let (id, body) = (&attach.ticket_id, attach.body);
        self.ticket(id)?;
        let tagged = self.applied_by(body.id, &body.admin_id, context)?;
        let tagged = self.update_ticket(id, |record| apply_tag(&mut record.tags, &tagged))?;
        self.show_applied(&tagged)
    }
}

impl Handle<DetachFromTicket> for Workspace {
    fn handle(&mut self, detach: DetachFromTicket, _: &Context) -> Result<Tag, Refusal> {
        self.acting_admin(&detach.body.admin_id)?;
        let removed = self.update_ticket(&detach.ticket_id, |record| {
            remove_tag(&mut record.tags, &detach.tag_id)
        })?;
        self.show_applied(&removed.ok_or_else(no_tag)?)
    }
}
