//! Conversations.

use intercom_core::api::conversations::{
    Attachment, ConversationState, DeliveredAs, EventDetails, PartMetadata, PartType, Priority,
    SourceType,
};
use intercom_core::model::{
    AdminId, CompanyId, ContactId, ConversationId, ConversationPartId, MessageId, TagId, TeamId,
    TicketId, Timestamp,
};
use serde::{Deserialize, Serialize};

use super::contacts::TagApplied;
use crate::store::strings::Attributes;
use crate::store::table::{Entries, Record};

/// A conversation. The fields are in this order in memory too, for the same reason as those of a contact.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[repr(C)]
pub(crate) struct ConversationRecord {
    pub(crate) id: ConversationId,
    pub(crate) state: ConversationState,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) title: Option<Box<str>>,
    pub(crate) source: Source,
    pub(crate) parts: Vec<Part>,
    pub(crate) contacts: Vec<ContactId>,
    pub(crate) company: Option<CompanyId>,
    pub(crate) snoozed_until: Option<Timestamp>,
    /// Since when a contact has been waiting for a reply.
    pub(crate) waiting_since: Option<Timestamp>,
    pub(crate) read: bool,
    pub(crate) priority: Priority,
    pub(crate) admin: Option<AdminId>,
    pub(crate) team: Option<TeamId>,
    pub(crate) tags: Vec<TagApplied>,
    pub(crate) attributes: Attributes,
    pub(crate) rating: Option<Box<Rating>>,
    /// The ticket that the conversation was converted to.
    pub(crate) ticket: Option<TicketId>,
    /// The tracker ticket that the conversation is linked to.
    pub(crate) tracker: Option<TicketId>,
    /// The conversation that this one was merged into.
    pub(crate) merged_into: Option<ConversationId>,
}

/// The first message of a conversation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Source {
    pub(crate) id: MessageId,
    pub(crate) kind: SourceType,
    pub(crate) delivered_as: DeliveredAs,
    pub(crate) subject: Box<str>,
    pub(crate) body: Option<Box<str>>,
    pub(crate) author: Author,
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) redacted: bool,
}

/// What happened to a conversation or a ticket, or was said in it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Part {
    pub(crate) id: ConversationPartId,
    pub(crate) kind: PartType,
    pub(crate) body: Option<Box<str>>,
    pub(crate) at: Timestamp,
    pub(crate) author: Author,
    pub(crate) assigned_to: Option<Assignee>,
    /// The state after the part.
    pub(crate) state: ConversationState,
    pub(crate) redacted: bool,
    /// What few parts have.
    pub(crate) extra: Option<Box<PartExtra>>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(crate) struct PartExtra {
    pub(crate) attachments: Vec<Attachment>,
    pub(crate) event: Option<EventDetails>,
    pub(crate) quick_replies: Option<PartMetadata>,
    pub(crate) send_state: Option<String>,
    pub(crate) seen: bool,
}

/// Who wrote a message or did something.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Author {
    Admin(AdminId),
    Contact(ContactId),
    /// The workspace's own bot.
    Bot,
}

/// Whom something is assigned to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum Assignee {
    Admin(AdminId),
    Team(TeamId),
    Nobody,
}

/// How a contact rated a conversation.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Rating {
    pub(crate) score: u8,
    pub(crate) remark: Option<String>,
    pub(crate) created_at: Timestamp,
    pub(crate) contact: ContactId,
    pub(crate) admin: Option<AdminId>,
}

/// The indexes of conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum ConversationIndex {
    Contact,
    UpdatedAt,
    SnoozedUntil,
}

impl Record for ConversationRecord {
    type Id = ConversationId;
    type Index = ConversationIndex;

    fn id(&self) -> &ConversationId {
        &self.id
    }

    fn entries(&self, entries: &mut Entries<ConversationIndex>) {
        for contact in &self.contacts {
            entries.add(ConversationIndex::Contact, contact.as_str());
        }
        entries.add(ConversationIndex::UpdatedAt, self.updated_at.as_second());
        if let Some(until) = self.snoozed_until {
            entries.add(ConversationIndex::SnoozedUntil, until.as_second());
        }
    }
}

impl ConversationRecord {
    pub(crate) fn has_tag(&self, tag: &TagId) -> bool {
        self.tags.iter().any(|tagged| tagged.tag == *tag)
    }

    /// Iterates over the admins who wrote or did something, in that order, each as often as they did.
    pub(crate) fn admins(&self) -> impl Iterator<Item = &AdminId> {
        let authors = self.parts.iter().map(|part| &part.author);
        let authors = std::iter::once(&self.source.author).chain(authors);
        let admins = authors.filter_map(|author| match author {
            Author::Admin(id) => Some(id),
            Author::Contact(_) | Author::Bot => None,
        });
        admins.chain(&self.admin)
    }

    /// Returns the admins who wrote or did something, in the order in which they joined.
    pub(crate) fn teammates(&self) -> Vec<&AdminId> {
        let mut teammates: Vec<&AdminId> = Vec::new();
        for id in self.admins() {
            if !teammates.contains(&id) {
                teammates.push(id);
            }
        }
        teammates
    }
}
