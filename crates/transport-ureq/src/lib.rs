#![doc = include_str!("../README.md")]

mod attempt;
mod body;
mod builder;
mod connect;
mod current;
mod error;
mod guard;
mod proxy;
mod secure;
mod tcp;
mod tls;
mod tracked;
mod transport;

pub use builder::{BuildError, UreqTransportBuilder};
/// One module for each resource, with its operations and its types.
#[doc(no_inline)]
pub use intercom_core::api::*;
/// The client, and what it gives.
#[doc(no_inline)]
pub use intercom_core::blocking;
#[doc(no_inline)]
pub use intercom_core::model::{
    self, CustomAttributes, Locale, Patch, Timestamp, Translations, search,
};
#[doc(no_inline)]
pub use intercom_core::{
    AccessToken, ApiVersion, BaseUrl, CallEvent, CallInfo, CallOptions, Config, DownloadError,
    DownloadProgress, DownloadReason, Empty, Endpoint, Error, ErrorCode, ExportJob, JobError,
    JobProgress, JobReason, JobState, Method, Observer, Paginate, PollPolicy, Position, RateBudget,
    RateLimit, RawReply, RawRequest, Region, Reply, RetryPolicy, StartJob, TransportError,
    TransportErrorKind, Upserted,
};
pub use transport::UreqTransport;
