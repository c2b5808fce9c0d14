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

pub mod admins;
pub mod banners;
pub mod companies;
pub mod contacts;
pub mod conversation_attributes;
pub mod conversations;
pub mod help_center;
pub mod jobs;
pub mod messages;
pub mod notes;
pub mod phone_switches;
pub mod saved_replies;
pub mod search;
pub mod segments;
pub mod subscription_types;
pub mod tags;
pub mod ticket_types;
pub mod tickets;
pub mod workflows;

pub use attributes::{AttributeValue, CustomAttributes};
pub use errors::{ErrorCode, ErrorDetail, ErrorList};
pub use extra::Extra;
pub use id::{
    ActivityId, AdminId, AssigneeId, AttributeOptionId, AwayStatusReasonId, BannerId, BannerViewId,
    BrandId, CallId, CollectionId, CompanyId, ContactId, ConversationAttributeId, ConversationId,
    ConversationPartId, EvaluatorId, EventId, HelpCenterId, JobId, MacroId, MessageId, MonitorId,
    NoteId, ObjectId, ObjectTypeId, PhoneNumber, PlanId, QuickReplyId, ReasonId, RedirectId,
    RoleId, RulesetId, ScorecardId, ScorecardVersionId, SectionId, SegmentId, SideConversationId,
    SubscriptionTypeId, TagId, TeamId, TicketId, TicketPartId, TicketStateId,
    TicketTypeAttributeId, TicketTypeId, TopicId, TourId, WorkflowId, WorkspaceId,
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
