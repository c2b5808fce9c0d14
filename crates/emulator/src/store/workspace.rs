//! The workspace.

use std::collections::BTreeMap;

use intercom_core::api::admins::Admin;
use intercom_core::api::audiences::Audience;
use intercom_core::api::contacts::ContactActivity;
use intercom_core::api::help_center::{Collection, HelpCenter, HelpCenterRedirect};
use intercom_core::api::subscription_types::SubscriptionType;
use intercom_core::api::ticket_types::TicketType;
use intercom_core::model::{
    AdminId, AudienceId, CollectionId, CompanyId, ContactId, DataEventId, DataExportId, JobId,
    NoteId, RedirectId, ReportingExportId, SegmentId, SubscriptionTypeId, TagId, TicketId,
    TicketTypeId, WorkspaceId,
};

use super::ids::Ids;
use super::records::{
    BulkRecord, CompanyRecord, CompanyScroll, ContactRecord, EventRecord, ExportRecord, JobRecord,
    MergedContact, NoteRecord, SegmentRecord, TicketRecord,
};

/// Everything that a workspace stores.
#[derive(Debug)]
pub(crate) struct Workspace {
    pub(crate) workspace_id: WorkspaceId,
    /// The first is the owner of the access token.
    pub(crate) admins: Vec<Admin>,
    pub(crate) contacts: BTreeMap<ContactId, ContactRecord>,
    /// Contacts that were merged into others.
    pub(crate) merged: BTreeMap<ContactId, MergedContact>,
    pub(crate) activities: Vec<ContactActivity>,
    pub(crate) companies: BTreeMap<CompanyId, CompanyRecord>,
    pub(crate) scroll: Option<CompanyScroll>,
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
    /// The CSV that exports produce; `None` unless set.
    pub(crate) export: Option<String>,
    pub(crate) ids: Ids,
}

impl Workspace {
    /// Returns an empty workspace.
    pub(crate) fn new(seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        let workspace_id = WorkspaceId::new(ids.workspace());
        Self {
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
            ids,
        }
    }

    /// Returns the owner of the access token.
    pub(crate) fn owner(&self) -> AdminId {
        self.admins
            .first()
            .map(|admin| admin.id.clone())
            .unwrap_or_default()
    }
}
