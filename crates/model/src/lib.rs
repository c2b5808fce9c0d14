#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod attributes;
mod errors;
mod extra;
mod id;
mod lenient;
mod list;
mod locale;
mod macros;
mod null;
mod number;
mod object;
mod object_type;
mod open_enum;
mod patch;
#[cfg(feature = "proptest")]
mod strategies;
mod time;

pub mod activity_logs;
pub mod admins;
pub mod audiences;
pub mod away_status_reasons;
pub mod brands;
pub mod calls;
pub mod companies;
pub mod contacts;
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
pub mod help_center;
pub mod identity_verification;
pub mod ip_allowlist;
pub mod notes;
pub mod office_hours;
pub mod reporting_export;
pub mod search;
pub mod segments;
pub mod subscription_types;
pub mod tags;

pub use attributes::{AttributeValue, CustomAttributes};
pub use errors::{ErrorCode, ErrorDetail, ErrorList};
pub use extra::Extra;
pub use id::{
    ActivityId, ActivityLogId, AdminId, AudienceId, AwayStatusReasonId, BrandId, CallId,
    CollectionId, CompanyId, ConnectorId, ContactId, ConversationId, CustomObjectInstanceId,
    DataAttributeId, DataConnectorExecutionId, DataConnectorId, DataEventId, DataExportId, EmailId,
    ExternalConversationId, FinVoiceCallId, HelpCenterId, IdentityVerificationSecretId,
    ImpersonationConsentId, JobId, MessageId, NoteId, ObjectId, OfficeHoursExceptionId,
    OfficeHoursScheduleId, PlanId, ProcedureId, ProcedureStepId, QuickReplyId, RedirectId,
    ReportingExportId, RoleId, SectionId, SegmentId, SubscriptionTypeId, TagId, TeamId, TicketId,
    WorkspaceId,
};

pub use lenient::{Deviation, from_slice};
pub use list::{
    Addressable, EmbeddedList, List, NextCursor, NextPage, Pages, Pagination, Reference,
};
pub use locale::{Locale, Translations};
pub use object_type::ObjectType;
pub use open_enum::UnknownValue;
pub use patch::Patch;
pub use time::{ParseTimestampError, Timestamp};
