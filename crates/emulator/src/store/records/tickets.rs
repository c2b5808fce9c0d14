//! Tickets.

use intercom_core::api::ticket_types::{TicketCategory, TicketState};
use intercom_core::api::tickets::TicketPart;
use intercom_core::model::{
    AdminId, CompanyId, ContactId, ConversationId, TeamId, TicketId, TicketTypeId, Timestamp,
};
use serde::{Deserialize, Serialize};

use super::contacts::TagApplied;
use crate::store::strings::Attributes;
use crate::store::table::{Entries, Record};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct TicketRecord {
    pub(crate) id: TicketId,
    /// The number that people see.
    pub(crate) number: usize,
    pub(crate) ticket_type: TicketTypeId,
    pub(crate) category: Option<TicketCategory>,
    pub(crate) attributes: Attributes,
    pub(crate) state: TicketState,
    pub(crate) contacts: Vec<ContactId>,
    pub(crate) company: Option<CompanyId>,
    pub(crate) admin: Option<AdminId>,
    pub(crate) team: Option<TeamId>,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
    pub(crate) snoozed_until: Option<Timestamp>,
    pub(crate) open: bool,
    pub(crate) shared: bool,
    pub(crate) tags: Vec<TagApplied>,
    pub(crate) parts: Vec<TicketPart>,
    /// The conversations that are linked to a tracker ticket, or that the ticket was created from.
    pub(crate) conversations: Vec<ConversationId>,
}

/// The indexes of tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TicketIndex {
    Contact,
    CreatedAt,
    SnoozedUntil,
}

impl Record for TicketRecord {
    type Id = TicketId;
    type Index = TicketIndex;

    fn id(&self) -> &TicketId {
        &self.id
    }

    fn entries(&self, entries: &mut Entries<TicketIndex>) {
        for contact in &self.contacts {
            entries.add(TicketIndex::Contact, contact.as_str());
        }
        entries.add(TicketIndex::CreatedAt, self.created_at.as_second());
        if let Some(until) = self.snoozed_until {
            entries.add(TicketIndex::SnoozedUntil, until.as_second());
        }
    }
}
