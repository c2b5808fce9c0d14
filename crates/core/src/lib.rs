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
mod observer;
mod output;
mod paging;
mod param;
mod prepare;
mod rate;
mod raw_request;
mod reply;
mod retry;
#[cfg(feature = "server")]
pub mod server;
mod token;
mod trace;
pub mod transport;
mod upsert;
mod version;
mod watch;

pub use client::Client;
pub use config::{BaseUrl, BaseUrlError, CallOptions, Config, Region};
pub use download::{Download, DownloadError, DownloadProgress, DownloadReason};
pub use endpoint::{Decoded, Endpoint};
pub use error::{
    ApiError, CallError, DecodeError, DecodeReason, EncodeError, EncodeProblem, Error, PagingError,
    Subject, TokenError, TokenReason,
};
pub use intercom_model as model;
pub use intercom_model::ErrorCode;
pub use job::{
    ExportJob, FinishedJob, Job, JobError, JobProgress, JobReason, JobState, PollPolicy, StartJob,
};
pub use multipart::{Multipart, Part};
pub use observer::{CallEvent, CallInfo, Observer};
pub use output::{Empty, FromReply, Redirect};
pub use paging::{Items, Pages, Paginate, ParsePositionError, Place, Position, UnreadablePlace};
pub use rate::{Caller, Permission, RateBudget, RateLimit, SharedRateBudget};
pub use raw_request::RawRequest;
pub use reply::{RawReply, Reply};
pub use retry::RetryPolicy;
pub use token::{AccessToken, TokenProvider};
pub use transport::{Transport, TransportError, TransportErrorKind};
pub use upsert::Upserted;
pub use version::{ApiVersion, Method, OtherVersion, Spec};
