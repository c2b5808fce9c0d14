#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod builder;
mod connect;
mod error;
mod guard;
mod tls;
#[cfg(feature = "tower")]
mod tower;
mod transport;

pub use builder::{BuildError, HyperTransportBuilder};
/// One module for each resource, with its operations and its types.
#[doc(no_inline)]
pub use intercom_core::api::*;
#[doc(no_inline)]
pub use intercom_core::model::{
    self, CustomAttributes, Locale, Patch, Timestamp, Translations, search,
};
#[doc(no_inline)]
pub use intercom_core::{
    AccessToken, ApiVersion, BaseUrl, CallEvent, CallInfo, CallOptions, Client, Config, Download,
    DownloadError, DownloadProgress, DownloadReason, Empty, Endpoint, Error, ErrorCode, ExportJob,
    FinishedJob, Items, Job, JobError, JobProgress, JobReason, JobState, Method, Observer, Pages,
    Paginate, PollPolicy, Position, RateBudget, RateLimit, RawReply, RawRequest, Region, Reply,
    RetryPolicy, StartJob, TokenProvider, TransportError, TransportErrorKind, Upserted,
};
#[cfg(feature = "tower")]
pub use tower::TowerTransport;
pub use transport::HyperTransport;
