#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod json;
mod vocabulary;

pub mod activity_logs;
pub mod admins;
pub mod ai_content;
pub mod articles;
pub mod audiences;
pub mod away_status_reasons;
pub mod banners;
pub mod brands;
pub mod calls;
pub mod companies;
pub mod contacts;
pub mod content;
pub mod conversation_attributes;
pub mod conversations;
pub mod custom_channel_events;
pub mod custom_objects;
pub mod data_attributes;
pub mod data_connectors;
pub mod data_events;
pub mod data_export;
pub mod ecommerce;
pub mod emails;
pub mod fin_agent;
pub mod fin_voice;
pub mod folders;
pub mod help_center;
pub mod identity_verification;
pub mod internal_articles;
pub mod ip_allowlist;
pub mod jobs;
pub mod macros;
pub mod messages;
pub mod news;
pub mod notes;
pub mod office_hours;
pub mod phone_switches;
pub mod procedures;
pub mod reporting_export;
pub mod search;
pub mod segments;
pub mod subscription_types;
pub mod tags;
pub mod teams;
pub mod ticket_types;
pub mod tickets;
pub mod visitors;
pub mod webhooks;
pub mod workflows;

/// What the exported macros need. It is not part of the public API.
#[doc(hidden)]
pub mod __private {
    pub use crate::vocabulary::open_enum::{TextVisitor, unknown};
    #[cfg(feature = "proptest")]
    pub use crate::vocabulary::strategies::is_any;
}

pub use vocabulary::attributes::{AttributeValue, CustomAttributes};
pub use vocabulary::avatar::{Avatar, AvatarImage};
pub use vocabulary::deleted::Deleted;
pub use vocabulary::errors::{ErrorCode, ErrorDetail, ErrorList};
pub use vocabulary::extra::Extra;
pub use vocabulary::found::Found;
pub use vocabulary::id::{
    ActivityId, ActivityLogId, AdminId, ArticleId, ArticleVersionId, AssigneeId, AttributeOptionId,
    AudienceId, AwayStatusReasonId, BannerId, BannerViewId, BrandId, BulkTaskId, CallId,
    CatalogImportJobId, CollectionId, CompanyId, ConnectorId, ContactId, ContentImportSourceId,
    ContentSnippetId, ConversationAttributeId, ConversationId, ConversationPartId,
    CustomObjectInstanceId, DataAttributeId, DataConnectorExecutionId, DataConnectorId,
    DataEventId, DataExportId, EmailId, EvaluatorId, EventId, ExternalConversationId,
    ExternalPageId, FinVoiceCallId, FolderId, HelpCenterId, IdentityVerificationSecretId,
    ImpersonationConsentId, InternalArticleId, JobId, MacroId, MessageId, MonitorId, NewsItemId,
    NewsfeedId, NoteId, ObjectId, ObjectTypeId, OfficeHoursExceptionId, OfficeHoursScheduleId,
    PhoneNumber, PlanId, ProcedureId, ProcedureStepId, QuickReplyId, ReasonId, RedirectId,
    ReportingExportId, RoleId, RulesetId, ScorecardId, ScorecardVersionId, SectionId, SegmentId,
    SideConversationId, SubscriptionTypeId, TagId, TeamId, TicketId, TicketPartId, TicketStateId,
    TicketTypeAttributeId, TicketTypeId, TopicId, TourId, VisitorId, WorkflowId, WorkspaceId,
};

pub use json::lenient::{Deviation, DeviationKind, from_slice};
#[cfg(feature = "unread")]
pub use json::lenient::{Report, from_slice_reporting};
pub use vocabulary::list::{
    Addressable, CountedList, EmbeddedList, List, NextCursor, NextPage, Pages, Pagination,
    Reference,
};
pub use vocabulary::locale::{Locale, Translations};
pub use vocabulary::object_type::ObjectType;
pub use vocabulary::open_enum::UnknownValue;
pub use vocabulary::patch::Patch;
pub use vocabulary::secret::Secret;
#[cfg(feature = "proptest")]
pub use vocabulary::strategies::any_value;
pub use vocabulary::time::{ParseTimestampError, Timestamp};
