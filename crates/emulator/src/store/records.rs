//! Records: what the workspace stores of each object.

use bytes::Bytes;
use intercom_core::api::contacts::{Company, Contact, MergeHistoryItem};
use intercom_core::api::data_events::DataEvent;
use intercom_core::api::segments::Segment;
use intercom_core::api::subscription_types::ConsentType;
use intercom_core::api::ticket_types::{TicketCategory, TicketState};
use intercom_core::api::tickets::Ticket;
use intercom_core::model::{
    AdminId, BulkTaskId, CompanyId, ContactId, SubscriptionTypeId, TagId, TeamId, TicketId,
    TicketTypeId, Timestamp,
};

use super::progress::Progress;

/// A contact and what is attached to it. The lists inside `contact` are empty: they are built from
/// the rest when the contact is shown.
#[derive(Debug, Clone)]
pub(crate) struct ContactRecord {
    pub(crate) contact: Contact,
    pub(crate) tags: Vec<TagApplied>,
    pub(crate) companies: Vec<CompanyId>,
    pub(crate) subscriptions: Vec<(SubscriptionTypeId, ConsentType)>,
    pub(crate) archived: bool,
    pub(crate) blocked: bool,
    /// The contacts that were merged into this one, oldest first.
    pub(crate) merges: Vec<MergeHistoryItem>,
}

impl From<Contact> for ContactRecord {
    fn from(contact: Contact) -> Self {
        Self {
            contact,
            tags: Vec::new(),
            companies: Vec::new(),
            subscriptions: Vec::new(),
            archived: false,
            blocked: false,
            merges: Vec::new(),
        }
    }
}

/// A tag on an object.
#[derive(Debug, Clone)]
pub(crate) struct TagApplied {
    pub(crate) tag: TagId,
    pub(crate) at: Timestamp,
    pub(crate) by: AdminId,
}

/// A contact that was merged into another one.
#[derive(Debug)]
pub(crate) struct MergedContact {
    pub(crate) into: ContactId,
    pub(crate) external_id: Option<String>,
}

#[derive(Debug)]
pub(crate) struct CompanyRecord {
    pub(crate) company: Company,
    pub(crate) tags: Vec<TagId>,
}

/// The one scroll over all companies that may be open.
#[derive(Debug)]
pub(crate) struct CompanyScroll {
    pub(crate) name: String,
    /// The last company that was returned.
    pub(crate) last: Option<CompanyId>,
    pub(crate) used_at: Timestamp,
}

#[derive(Debug)]
pub(crate) struct NoteRecord {
    pub(crate) contact: ContactId,
    pub(crate) author: AdminId,
    pub(crate) body: String,
    pub(crate) created_at: Timestamp,
}

#[derive(Debug)]
pub(crate) struct SegmentRecord {
    pub(crate) segment: Segment,
    pub(crate) members: Vec<ContactId>,
}

#[derive(Debug)]
pub(crate) struct EventRecord {
    pub(crate) contact: ContactId,
    pub(crate) event: DataEvent,
    /// The position among the events of the contact: the time in milliseconds, made unique.
    pub(crate) position: i64,
}

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

/// An export job and its file.
#[derive(Debug)]
pub(crate) struct ExportRecord {
    pub(crate) progress: Progress,
    /// The gzipped file; `None` if there is no data.
    pub(crate) file: Option<Bytes>,
    pub(crate) canceled: bool,
}

/// A job that creates a ticket. The ticket is created at once; only the job's status lags.
#[derive(Debug)]
pub(crate) struct JobRecord {
    pub(crate) progress: Progress,
    /// The ticket; `None` if it could not be created.
    pub(crate) ticket: Option<TicketId>,
}

/// A bulk job.
#[derive(Debug)]
pub(crate) struct BulkRecord {
    pub(crate) items: BulkItems,
    pub(crate) progress: Progress,
    pub(crate) tasks: Vec<BulkTask>,
    /// Whether any item was rejected.
    pub(crate) errors: bool,
    pub(crate) created_at: Timestamp,
    pub(crate) updated_at: Timestamp,
}

/// The items that one request added to a bulk job.
#[derive(Debug)]
pub(crate) struct BulkTask {
    pub(crate) id: BulkTaskId,
    pub(crate) items: usize,
    pub(crate) created_at: Timestamp,
}

/// The kind of objects that a bulk job works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum BulkItems {
    Contacts,
    Companies,
}
