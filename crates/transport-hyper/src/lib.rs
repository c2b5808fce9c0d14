#![doc = include_str!("../README.md")]

mod body;
mod builder;
mod connect;
mod error;
mod guard;
mod gzip;
mod tls;
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
pub use transport::HyperTransport;
