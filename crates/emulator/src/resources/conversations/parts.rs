//! Adding parts to conversations, and what parts change.

use intercom_core::api::conversations::{ConversationState, PartType};
use intercom_core::model::{AdminId, ConversationId, ConversationPartId, TeamId, Timestamp};

use crate::refusal::Refusal;
use crate::resources::Context;
use crate::store::{
    Assignee, Author, ConversationIndex, ConversationRecord, Part, PartExtra, Workspace,
};

/// A part to add.
pub(crate) struct NewPart {
    pub(crate) kind: PartType,
    pub(crate) author: Author,
    pub(crate) body: Option<String>,
    pub(crate) assigned_to: Option<Assignee>,
    pub(crate) extra: PartExtra,
    pub(crate) at: Timestamp,
}

impl NewPart {
    pub(crate) fn new(kind: PartType, author: Author, context: &Context) -> Self {
        Self {
            kind,
            author,
            body: None,
            assigned_to: None,
            extra: PartExtra::default(),
            at: context.now,
        }
    }
}

impl Workspace {
    /// Adds a part to a conversation, with the state that the conversation has by then.
    pub(crate) fn add_part(&mut self, id: &ConversationId, new: NewPart) -> Result<(), Refusal> {
        let part_id = ConversationPartId::new(self.ids.decimal().to_string());
        let has_extra = new.extra.event.is_some()
            || new.extra.quick_replies.is_some()
            || !new.extra.attachments.is_empty();
        self.update_conversation(id, |record| {
            record.parts.push(Part {
                id: part_id,
                kind: new.kind,
                body: new.body.map(String::into_boxed_str),
                at: new.at,
                author: new.author,
                assigned_to: new.assigned_to,
                state: record.state.clone(),
                redacted: false,
                extra: has_extra.then(|| Box::new(new.extra)),
            });
            record.updated_at = record.updated_at.max(new.at);
        })
    }

    /// Adds a part without a body.
    pub(crate) fn add_event_part(
        &mut self,
        id: &ConversationId,
        kind: PartType,
        author: Author,
        extra: PartExtra,
        context: &Context,
    ) -> Result<(), Refusal> {
        let mut part = NewPart::new(kind, author, context);
        part.extra = extra;
        self.add_part(id, part)
    }

    /// Returns the assignee of an id, which is an admin, a team or, as `0`, nobody.
    pub(crate) fn assignee(&self, id: &str) -> Option<Assignee> {
        if id == "0" || id.is_empty() {
            return Some(Assignee::Nobody);
        }
        let (admin, team) = (AdminId::new(id), TeamId::new(id));
        if self.admin(&admin).is_some() {
            return Some(Assignee::Admin(admin));
        }
        let found = self.teams.contains_key(&team);
        found.then_some(Assignee::Team(team))
    }

    /// Ends the snoozes that are over.
    pub(crate) fn end_snoozes(&mut self, now: Timestamp) {
        loop {
            let mut snoozed = self
                .conversations
                .range(ConversationIndex::SnoozedUntil, None);
            let due = snoozed.next().and_then(|(_, record)| {
                let until = record.snoozed_until?;
                (until <= now).then(|| (record.id.clone(), until))
            });
            drop(snoozed);
            let Some((id, until)) = due else {
                return;
            };
            self.conversations.update(&id, |record| {
                reopen(record);
                record.updated_at = record.updated_at.max(until);
            });
            let part = NewPart {
                kind: PartType::Open,
                author: Author::Bot,
                body: None,
                assigned_to: None,
                extra: PartExtra::default(),
                at: until,
            };
            // The conversation was found just now.
            let _ = self.add_part(&id, part);
        }
    }
}

/// Opens a conversation.
pub(crate) fn reopen(record: &mut ConversationRecord) {
    record.state = ConversationState::Open;
    record.snoozed_until = None;
}
