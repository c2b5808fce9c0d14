#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The floors, lowest first: a module uses what stands above it in this list, never what stands below.
mod wire;

pub mod error;

mod operation;

pub mod transport;

mod policy;

mod machine;

pub mod handle;

mod client;

pub mod blocking;

#[cfg(feature = "server")]
pub mod server;

pub mod api;

mod upsert;

#[cfg(fuzzing)]
#[doc(hidden)]
#[allow(missing_docs, reason = "it is not a part of the API")]
pub mod fuzzing;

pub use self::client::{Client, Download, FinishedJob, Items, Job, Pages, TypedItems};
#[doc(inline)]
pub use self::error::{Error, TransportError, TransportErrorKind};
pub use self::handle::TypedItem;
pub use self::machine::{DownloadProgress, JobProgress, ParsePositionError, PollInfo, Position};
pub use self::operation::{
    Decoded, Empty, Endpoint, ExportJob, FromReply, IntoPaginate, JobState, PageToken, Paginate,
    Part, RawRequest, Redirect, StartJob, ToMultipart, UnreadablePageToken,
};
pub use self::policy::{
    AccessToken, BaseUrl, BaseUrlError, CallEvent, CallInfo, CallOptions, Caller, Config, EnvError,
    EnvErrorKind, Observer, Permit, PollPolicy, RateBudget, Region, RetryPolicy, SharedRateBudget,
    TokenProvider,
};
#[doc(inline)]
pub use self::transport::Transport;
pub use self::upsert::{UpsertContact, UpsertOutcome, Upserted};
pub use self::wire::{ApiVersion, Method, OtherVersion, RateLimit, RawReply, Reply, Spec};
/// For implementing [`Transport`] and [`TokenProvider`].
#[doc(no_inline)]
pub use async_trait::async_trait;
pub use intercom_model as model;
#[doc(no_inline)]
pub use intercom_model::ErrorCode;
