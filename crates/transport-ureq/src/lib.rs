#![doc = include_str!("../README.md")]

mod attempt;
mod body;
mod builder;
mod connect;
mod current;
mod error;
mod limit;
mod secure;
mod settings;
mod tcp;
mod tracked;
mod ureq_transport;

pub use builder::UreqTransportBuilder;
#[doc(inline)]
pub use intercom_connect::BuildError;
/// One module for each resource, with its operations and its types.
#[doc(no_inline)]
pub use intercom_core::api::*;
#[doc(no_inline)]
pub use intercom_core::model::{
    self, CustomAttributes, Locale, Patch, Timestamp, Translations, search,
};
/// The client, which is [`blocking::Client`], and all that it takes and gives.
#[doc(no_inline)]
pub use intercom_core::*;
pub use ureq_transport::UreqTransport;
