//! The state of a workspace.

use std::collections::BTreeMap;

use fastrand::Rng;
use intercom_core::api::admins::Admin;
use intercom_core::api::audiences::Audience;
use intercom_core::api::contacts::{Company, Contact, ContactActivity, MergeHistoryItem};
use intercom_core::api::help_center::{Collection, HelpCenter, HelpCenterRedirect};
use intercom_core::api::segments::Segment;
use intercom_core::api::subscription_types::{ConsentType, SubscriptionType};
use intercom_core::api::ticket_types::TicketType;
use intercom_core::model::{
    AdminId, AudienceId, CollectionId, CompanyId, ContactId, DataEventId, DataExportId, JobId,
    NoteId, RedirectId, ReportingExportId, SegmentId, SubscriptionTypeId, TagId, TicketId,
    TicketTypeId, Timestamp, WorkspaceId,
};

use crate::bulk::BulkRecord;
use crate::company_scroll::OpenScroll;
use crate::data_events::EventRecord;
use crate::exports::ExportRecord;
use crate::jobs::JobRecord;
use crate::tickets::TicketRecord;

/// Everything that a workspace has.
#[derive(Debug)]
pub(crate) struct World {
    pub(crate) workspace_id: WorkspaceId,
    /// The first is the owner of the access token.
    pub(crate) admins: Vec<Admin>,
    pub(crate) contacts: BTreeMap<ContactId, ContactRecord>,
    /// Contacts that live on in others.
    pub(crate) merged: BTreeMap<ContactId, Merged>,
    pub(crate) activities: Vec<ContactActivity>,
    pub(crate) companies: BTreeMap<CompanyId, CompanyRecord>,
    pub(crate) scroll: Option<OpenScroll>,
    pub(crate) tags: BTreeMap<TagId, String>,
    pub(crate) notes: BTreeMap<NoteId, NoteRecord>,
    pub(crate) segments: BTreeMap<SegmentId, SegmentRecord>,
    pub(crate) subscription_types: BTreeMap<SubscriptionTypeId, SubscriptionType>,
    /// The first is the default one.
    pub(crate) help_centers: Vec<HelpCenter>,
    pub(crate) collections: BTreeMap<CollectionId, Collection>,
    pub(crate) redirects: BTreeMap<RedirectId, HelpCenterRedirect>,
    pub(crate) data_exports: BTreeMap<DataExportId, ExportRecord>,
    pub(crate) reports: BTreeMap<ReportingExportId, ExportRecord>,
    pub(crate) audiences: BTreeMap<AudienceId, Audience>,
    pub(crate) events: BTreeMap<DataEventId, EventRecord>,
    pub(crate) bulk_jobs: BTreeMap<JobId, BulkRecord>,
    pub(crate) jobs: BTreeMap<JobId, JobRecord>,
    pub(crate) ticket_types: BTreeMap<TicketTypeId, TicketType>,
    pub(crate) tickets: BTreeMap<TicketId, TicketRecord>,
    /// What exports give; `None` until it is set.
    pub(crate) export: Option<String>,
    random: Rng,
    /// The part of an id that is the same for all of a workspace.
    process: u64,
    created: u64,
}

/// A contact with what belongs to it. The lists in `contact` are empty: they are made from these.
#[derive(Debug, Clone)]
pub(crate) struct ContactRecord {
    pub(crate) contact: Contact,
    pub(crate) tags: Vec<Tagged>,
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
pub(crate) struct Tagged {
    pub(crate) tag: TagId,
    pub(crate) at: Timestamp,
    pub(crate) by: AdminId,
}

/// A contact that lives on in another.
#[derive(Debug)]
pub(crate) struct Merged {
    pub(crate) into: ContactId,
    pub(crate) external_id: Option<String>,
}

#[derive(Debug)]
pub(crate) struct CompanyRecord {
    pub(crate) company: Company,
    pub(crate) tags: Vec<TagId>,
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

impl World {
    /// A workspace with an admin and a Help Center.
    pub(crate) fn new(seed: u64, now: Timestamp) -> Self {
        let mut random = Rng::with_seed(seed);
        let workspace_id = WorkspaceId::new(format!("emu{:05x}", random.u32(..0x10_0000)));
        let process = random.u64(..1 << 40);
        let mut world = Self {
            workspace_id,
            admins: Vec::new(),
            contacts: BTreeMap::new(),
            merged: BTreeMap::new(),
            activities: Vec::new(),
            companies: BTreeMap::new(),
            scroll: None,
            tags: BTreeMap::new(),
            notes: BTreeMap::new(),
            segments: BTreeMap::new(),
            subscription_types: BTreeMap::new(),
            help_centers: Vec::new(),
            collections: BTreeMap::new(),
            redirects: BTreeMap::new(),
            data_exports: BTreeMap::new(),
            reports: BTreeMap::new(),
            audiences: BTreeMap::new(),
            events: BTreeMap::new(),
            bulk_jobs: BTreeMap::new(),
            jobs: BTreeMap::new(),
            ticket_types: BTreeMap::new(),
            tickets: BTreeMap::new(),
            export: None,
            random,
            process,
            created: 0,
        };
        world.add_admin("Ada Admin", "ada@workspace.example");
        world.add_help_center("help", now);
        world
    }

    /// The owner of the access token.
    pub(crate) fn owner(&self) -> AdminId {
        self.admins
            .first()
            .map(|admin| admin.id.clone())
            .unwrap_or_default()
    }

    /// An id as contacts, companies and segments have them: time, workspace and a count, in 24
    /// hexadecimal digits, so that a later one is greater.
    pub(crate) fn hex_id(&mut self, now: Timestamp) -> String {
        self.created += 1;
        format!(
            "{:08x}{:010x}{:06x}",
            now.as_second().rem_euclid(1 << 32),
            self.process,
            self.created % (1 << 24),
        )
    }

    /// An id as the other objects have them: a number, of always as many digits, so that a later
    /// one is greater as text too.
    pub(crate) fn decimal_id(&mut self) -> u64 {
        self.created += 1;
        1_000_000 + self.created
    }

    /// The id of a request, in the form of a UUID.
    pub(crate) fn request_id(&mut self) -> String {
        let bits = self.random.u128(..);
        format!(
            "{:08x}-{:04x}-4{:03x}-{:04x}-{:012x}",
            bits >> 96,
            bits >> 80 & 0xffff,
            bits >> 64 & 0xfff,
            0x8000 | bits >> 48 & 0x3fff,
            bits & 0xffff_ffff_ffff,
        )
    }
}
