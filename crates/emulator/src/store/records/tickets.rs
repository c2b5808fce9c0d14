//! Tickets.

use intercom_core::api::ticket_types::{TicketCategory, TicketState};
use intercom_core::api::tickets::Ticket;
use intercom_core::model::{AdminId, ContactId, TeamId, TicketId, TicketTypeId, Timestamp};

use crate::store::table::{Entries, Record};

/// A ticket. Fields that `ticket` lacks are built from the rest when it is shown.
#[derive(Debug)]
pub(crate) struct TicketRecord {
    pub(crate) ticket: Ticket,
    pub(crate) ticket_type: TicketTypeId,
    pub(crate) category: Option<TicketCategory>,
    pub(crate) state: TicketState,
    pub(crate) contact: ContactId,
    pub(crate) admin: Option<AdminId>,
    pub(crate) team: Option<TeamId>,
}

/// The indexes of tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TicketIndex {
    Contact,
    CreatedAt,
}

impl Record for TicketRecord {
    type Id = TicketId;
    type Index = TicketIndex;

    fn id(&self) -> &TicketId {
        &self.ticket.id
    }

    fn entries(&self, entries: &mut Entries<TicketIndex>) {
        entries.add(TicketIndex::Contact, self.contact.as_str());
        let created_at = self.ticket.created_at.map(Timestamp::as_second);
        entries.add(TicketIndex::CreatedAt, created_at.unwrap_or_default());
    }
}
