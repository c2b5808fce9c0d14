//! The workspace.

use std::collections::BTreeMap;

use intercom_core::api::admins::{ActivityLog, Admin};
use intercom_core::api::ai_content::{ContentImportSource, ExternalPage};
use intercom_core::api::audiences::Audience;
use intercom_core::api::away_status_reasons::AwayStatusReason;
use intercom_core::api::banners::Banner;
use intercom_core::api::calls::Call;
use intercom_core::api::conversation_attributes::ConversationAttribute;
use intercom_core::api::conversations::DeletedConversation;
use intercom_core::api::custom_objects::CustomObjectInstance;
use intercom_core::api::data_attributes::{DataAttribute, DataAttributeModel};
use intercom_core::api::data_connectors::{DataConnector, DataConnectorExecutionResult};
use intercom_core::api::folders::Folder;
use intercom_core::api::help_center::{Collection, HelpCenter, HelpCenterRedirect};
use intercom_core::api::identity_verification::IdentityVerificationSecret;
use intercom_core::api::internal_articles::InternalArticle;
use intercom_core::api::ip_allowlist::IpAllowlist;
use intercom_core::api::macros::Macro;
use intercom_core::api::news::{NewsItem, Newsfeed};
use intercom_core::api::office_hours::{OfficeHoursException, OfficeHoursSchedule};
use intercom_core::api::subscription_types::SubscriptionType;
use intercom_core::api::teams::Team;
use intercom_core::api::ticket_types::TicketType;
use intercom_core::api::visitors::Visitor;
use intercom_core::api::workflows::Workflow;
use intercom_core::model::{
    AdminId, ArticleId, AudienceId, BannerId, BannerViewId, CallId, CollectionId, ConnectorId,
    ContactId, ContentImportSourceId, ContentSnippetId, ConversationAttributeId, ConversationId,
    CustomObjectInstanceId, DataAttributeId, DataConnectorExecutionId, DataConnectorId,
    DataExportId, ExternalConversationId, ExternalPageId, FinVoiceCallId, FolderId,
    InternalArticleId, JobId, MacroId, MessageId, NewsItemId, NewsfeedId, OfficeHoursExceptionId,
    OfficeHoursScheduleId, ProcedureId, RedirectId, ReportingExportId, SegmentId,
    SubscriptionTypeId, TagId, TeamId, TicketTypeId, VisitorId, WorkflowId, WorkspaceId,
};

use serde::{Deserialize, Serialize};

use super::encoding::pairs;
use super::ids::Ids;
use super::records::{
    Activity, ArticleRecord, BannerView, BulkRecord, CatalogRecord, CompanyRecord, CompanyScroll,
    ContactRecord, ConversationRecord, EventPosition, EventRecord, EventTally, ExportRecord,
    FinProcedure, FinSession, FinVoiceRecord, JobRecord, MergedContact, NoteRecord, SegmentRecord,
    SnippetRecord, TagApplied, TicketRecord, WhatsappRecord,
};
use super::strings::Strings;
use super::table::{Change, Table};

/// Everything that a workspace stores. Clones share the tables until one of them changes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Workspace {
    pub(crate) workspace_id: WorkspaceId,
    /// The first is the owner of the access token.
    pub(crate) admins: Vec<Admin>,
    pub(crate) contacts: Table<ContactRecord>,
    /// Contacts that were merged into others.
    pub(crate) merged: BTreeMap<ContactId, MergedContact>,
    /// The merged contacts that had an external id, by it.
    pub(crate) merged_external_ids: BTreeMap<Box<str>, ContactId>,
    pub(crate) activities: Vec<Activity>,
    pub(crate) companies: Table<CompanyRecord>,
    pub(crate) scroll: Option<CompanyScroll>,
    /// The names of plans. The id of a plan is its place, from 1.
    pub(crate) plans: Vec<String>,
    pub(crate) conversations: Table<ConversationRecord>,
    /// Deleted conversations, oldest first.
    pub(crate) deleted_conversations: Vec<DeletedConversation>,
    pub(crate) data_attributes: BTreeMap<DataAttributeId, DataAttribute>,
    /// The ids of data attributes by model and name.
    #[serde(with = "pairs")]
    pub(crate) data_attribute_names: BTreeMap<(DataAttributeModel, Box<str>), DataAttributeId>,
    pub(crate) articles: BTreeMap<ArticleId, ArticleRecord>,
    pub(crate) newsfeeds: BTreeMap<NewsfeedId, Newsfeed>,
    pub(crate) news_items: BTreeMap<NewsItemId, NewsItem>,
    pub(crate) whatsapp_messages: BTreeMap<MessageId, WhatsappRecord>,
    /// What admins did, oldest first.
    pub(crate) activity_logs: Vec<ActivityLog>,
    pub(crate) away_reasons: Vec<AwayStatusReason>,
    pub(crate) macros: BTreeMap<MacroId, Macro>,
    pub(crate) internal_articles: BTreeMap<InternalArticleId, InternalArticle>,
    pub(crate) folders: BTreeMap<FolderId, Folder>,
    pub(crate) custom_objects: BTreeMap<CustomObjectInstanceId, CustomObjectInstance>,
    pub(crate) import_sources: BTreeMap<ContentImportSourceId, ContentImportSource>,
    pub(crate) external_pages: BTreeMap<ExternalPageId, ExternalPage>,
    pub(crate) conversation_attributes: BTreeMap<ConversationAttributeId, ConversationAttribute>,
    pub(crate) office_hours: BTreeMap<OfficeHoursScheduleId, OfficeHoursSchedule>,
    pub(crate) office_hours_exceptions: BTreeMap<OfficeHoursExceptionId, OfficeHoursException>,
    pub(crate) snippets: BTreeMap<ContentSnippetId, SnippetRecord>,
    pub(crate) internal_article_tags: BTreeMap<InternalArticleId, Vec<TagApplied>>,
    /// The conversations of custom channels, by their ids there.
    pub(crate) channel_conversations: BTreeMap<ExternalConversationId, ConversationId>,
    pub(crate) ip_allowlist: IpAllowlist,
    pub(crate) identity_secrets: Vec<IdentityVerificationSecret>,
    pub(crate) teams: BTreeMap<TeamId, Team>,
    pub(crate) visitors: BTreeMap<VisitorId, Visitor>,
    pub(crate) tags: BTreeMap<TagId, String>,
    pub(crate) notes: Table<NoteRecord>,
    pub(crate) segments: BTreeMap<SegmentId, SegmentRecord>,
    pub(crate) subscription_types: BTreeMap<SubscriptionTypeId, SubscriptionType>,
    /// The first is the default one.
    pub(crate) help_centers: Vec<HelpCenter>,
    pub(crate) collections: BTreeMap<CollectionId, Collection>,
    pub(crate) redirects: BTreeMap<RedirectId, HelpCenterRedirect>,
    pub(crate) data_exports: BTreeMap<DataExportId, ExportRecord>,
    pub(crate) reports: BTreeMap<ReportingExportId, ExportRecord>,
    pub(crate) audiences: BTreeMap<AudienceId, Audience>,
    #[serde(with = "pairs")]
    pub(crate) events: BTreeMap<EventPosition, EventRecord>,
    /// Summaries of events that were reported, by contact and event.
    #[serde(with = "pairs")]
    pub(crate) event_tallies: BTreeMap<(ContactId, String), EventTally>,
    pub(crate) bulk_jobs: BTreeMap<JobId, BulkRecord>,
    pub(crate) jobs: BTreeMap<JobId, JobRecord>,
    pub(crate) ticket_types: BTreeMap<TicketTypeId, TicketType>,
    pub(crate) tickets: Table<TicketRecord>,
    pub(crate) calls: BTreeMap<CallId, Call>,
    pub(crate) fin_voice_calls: BTreeMap<FinVoiceCallId, FinVoiceRecord>,
    pub(crate) banners: BTreeMap<BannerId, Banner>,
    pub(crate) banner_views: BTreeMap<BannerViewId, BannerView>,
    pub(crate) workflows: BTreeMap<WorkflowId, Workflow>,
    pub(crate) data_connectors: BTreeMap<DataConnectorId, DataConnector>,
    /// Results of calls of data connectors.
    pub(crate) executions: BTreeMap<DataConnectorExecutionId, DataConnectorExecutionResult>,
    pub(crate) catalogs: BTreeMap<ConnectorId, CatalogRecord>,
    pub(crate) fin_sessions: BTreeMap<ExternalConversationId, FinSession>,
    pub(crate) procedures: BTreeMap<ProcedureId, FinProcedure>,
    /// The CSV that exports produce; `None` unless set.
    pub(crate) export: Option<String>,
    /// How many tickets were ever created.
    pub(crate) tickets_created: usize,
    pub(crate) ids: Ids,
    #[serde(skip)]
    pub(crate) strings: Strings,
}

/// The records that changed.
#[derive(Debug)]
pub(crate) struct Changes {
    pub(crate) contacts: Vec<Change<ContactRecord>>,
    pub(crate) companies: Vec<Change<CompanyRecord>>,
    pub(crate) conversations: Vec<Change<ConversationRecord>>,
    pub(crate) tickets: Vec<Change<TicketRecord>>,
}

impl Default for Workspace {
    fn default() -> Self {
        Self::new(0)
    }
}

impl Workspace {
    /// Returns an empty workspace.
    pub(crate) fn new(seed: u64) -> Self {
        let mut ids = Ids::new(seed);
        let workspace_id = WorkspaceId::new(ids.workspace());
        Self {
            workspace_id,
            admins: Vec::new(),
            contacts: Table::default(),
            merged: BTreeMap::new(),
            merged_external_ids: BTreeMap::new(),
            activities: Vec::new(),
            companies: Table::default(),
            scroll: None,
            plans: Vec::new(),
            conversations: Table::default(),
            deleted_conversations: Vec::new(),
            data_attributes: BTreeMap::new(),
            data_attribute_names: BTreeMap::new(),
            articles: BTreeMap::new(),
            newsfeeds: BTreeMap::new(),
            news_items: BTreeMap::new(),
            whatsapp_messages: BTreeMap::new(),
            activity_logs: Vec::new(),
            away_reasons: Vec::new(),
            macros: BTreeMap::new(),
            internal_articles: BTreeMap::new(),
            folders: BTreeMap::new(),
            custom_objects: BTreeMap::new(),
            import_sources: BTreeMap::new(),
            external_pages: BTreeMap::new(),
            conversation_attributes: BTreeMap::new(),
            office_hours: BTreeMap::new(),
            office_hours_exceptions: BTreeMap::new(),
            snippets: BTreeMap::new(),
            internal_article_tags: BTreeMap::new(),
            channel_conversations: BTreeMap::new(),
            ip_allowlist: IpAllowlist::default(),
            identity_secrets: Vec::new(),
            teams: BTreeMap::new(),
            visitors: BTreeMap::new(),
            tags: BTreeMap::new(),
            notes: Table::default(),
            segments: BTreeMap::new(),
            subscription_types: BTreeMap::new(),
            help_centers: Vec::new(),
            collections: BTreeMap::new(),
            redirects: BTreeMap::new(),
            data_exports: BTreeMap::new(),
            reports: BTreeMap::new(),
            audiences: BTreeMap::new(),
            events: BTreeMap::new(),
            event_tallies: BTreeMap::new(),
            bulk_jobs: BTreeMap::new(),
            jobs: BTreeMap::new(),
            ticket_types: BTreeMap::new(),
            tickets: Table::default(),
            calls: BTreeMap::new(),
            fin_voice_calls: BTreeMap::new(),
            banners: BTreeMap::new(),
            banner_views: BTreeMap::new(),
            workflows: BTreeMap::new(),
            data_connectors: BTreeMap::new(),
            executions: BTreeMap::new(),
            catalogs: BTreeMap::new(),
            fin_sessions: BTreeMap::new(),
            procedures: BTreeMap::new(),
            export: None,
            tickets_created: 0,
            ids,
            strings: Strings::default(),
        }
    }

    /// Starts or stops recording which records change.
    pub(crate) fn record_changes(&mut self, record: bool) {
        self.contacts.record_changes(record);
        self.companies.record_changes(record);
        self.conversations.record_changes(record);
        self.tickets.record_changes(record);
    }

    /// Takes what changed since changes are recorded: one change for each record.
    pub(crate) fn take_changes(&mut self) -> Changes {
        Changes {
            contacts: self.contacts.take_changes(),
            companies: self.companies.take_changes(),
            conversations: self.conversations.take_changes(),
            tickets: self.tickets.take_changes(),
        }
    }

    /// Shares the strings that many records have, after they were read from a snapshot.
    pub(crate) fn share_strings(&mut self) {
        let strings = &mut self.strings;
        self.contacts.rewrite_all(|record| record.share(strings));
        self.conversations
            .rewrite_all(|record| record.attributes.share(strings));
        self.tickets
            .rewrite_all(|record| record.attributes.share(strings));
    }

    /// Returns the owner of the access token.
    pub(crate) fn owner(&self) -> AdminId {
        self.admins
            .first()
            .map(|admin| admin.id.clone())
            .unwrap_or_default()
    }
}
