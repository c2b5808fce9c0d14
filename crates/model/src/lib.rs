#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod attributes;
mod declare;
mod deleted;
mod errors;
mod extra;
mod found;
mod id;
mod lenient;
mod list;
mod locale;
mod null;
mod number;
mod object;
mod object_type;
mod open_enum;
mod patch;
mod secret;
#[cfg(feature = "proptest")]
mod strategies;
mod strict;
mod time;
mod whole;

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

pub use attributes::{AttributeValue, CustomAttributes};
pub use deleted::Deleted;
pub use errors::{ErrorCode, ErrorDetail, ErrorList};
pub use extra::Extra;
pub use found::Found;
pub use id::{
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

pub use lenient::{Deviation, from_slice};
pub use list::{
    Addressable, CountedList, EmbeddedList, List, NextCursor, NextPage, Pages, Pagination,
    Reference,
};
pub use locale::{Locale, Translations};
pub use object_type::ObjectType;
pub use open_enum::UnknownValue;
pub use patch::Patch;
pub use secret::Secret;
pub use time::{ParseTimestampError, Timestamp};
