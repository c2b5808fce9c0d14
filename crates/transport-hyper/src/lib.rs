#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

mod body;
mod builder;
mod connect;
mod error;
mod guard;
mod gzip;
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
    AccessToken, ApiVersion, BaseUrl, CallOptions, Client, Config, Empty, Endpoint, Error,
    ErrorCode, Items, Pages, Paginate, Position, RateBudget, RateLimit, Region, Reply, RetryPolicy,
    TransportError, TransportErrorKind,
};
#[cfg(feature = "tower")]
pub use tower::TowerTransport;
pub use transport::HyperTransport;
