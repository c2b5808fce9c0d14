#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// Each floor uses only those above it in this list.
mod control;
mod http;
mod object;
mod query;
mod refusal;
mod resources;
mod store;

pub use control::{
    Builder, CompanyFixture, ContactFixture, Emulator, Entry, FaultBuilder, Journal, Size,
};
#[cfg(feature = "serve")]
#[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
pub use http::serve::Server;
pub use http::{EmulatorTransport, Fault};
