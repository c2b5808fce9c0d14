#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

pub mod api;
pub mod blocking;
mod call;
mod client;
mod config;
mod download;
mod endpoint;
mod engine;
mod error;
mod job;
mod multipart;
mod output;
mod paging;
mod param;
mod rate;
mod reply;
mod retry;
#[cfg(feature = "server")]
pub mod server;
pub mod transport;
mod version;

pub use client::Client;
pub use config::{AccessToken, BaseUrl, BaseUrlError, CallOptions, Config, Region};
pub use download::{Download, DownloadError, DownloadProgress, DownloadReason};
pub use endpoint::{Decoded, Endpoint};
pub use error::{
    ApiError, CallError, DecodeError, DecodeReason, EncodeError, EncodeProblem, Error, PagingError,
    Subject,
};
pub use intercom_model as model;
pub use intercom_model::ErrorCode;
pub use job::{
    ExportJob, FinishedJob, Job, JobError, JobProgress, JobReason, JobState, PollPolicy, StartJob,
};
pub use multipart::{Multipart, Part};
pub use output::{Empty, FromReply, Redirect};
pub use paging::{Items, Pages, Paginate, ParsePositionError, Place, Position};
pub use rate::{Permission, RateBudget, RateLimit, SharedRateBudget};
pub use reply::{RawReply, Reply};
pub use retry::RetryPolicy;
pub use transport::{Transport, TransportError, TransportErrorKind};
pub use version::{ApiVersion, Method, OtherVersion, Spec};
