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
pub mod ai_content;
pub mod articles;
pub mod companies;
pub mod contacts;
pub mod content;
pub mod ecommerce;
pub mod folders;
pub mod help_center;
pub mod internal_articles;
pub mod news;
pub mod notes;
pub mod search;
pub mod segments;
pub mod subscription_types;
pub mod tags;
pub mod teams;
pub mod visitors;

pub use attributes::{AttributeValue, CustomAttributes};
pub use errors::{ErrorCode, ErrorDetail, ErrorList};
pub use extra::Extra;
pub use id::{
    ActivityId, AdminId, ArticleId, ArticleVersionId, AudienceId, AwayStatusReasonId, CollectionId,
    CompanyId, ConnectorId, ContactId, ContentImportSourceId, ContentSnippetId, ConversationId,
    ExternalPageId, FolderId, HelpCenterId, InternalArticleId, JobId, NewsItemId, NewsfeedId,
    NoteId, ObjectId, PlanId, RedirectId, RoleId, SectionId, SegmentId, SubscriptionTypeId, TagId,
    TeamId, TicketId, VisitorId, WorkspaceId,
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
