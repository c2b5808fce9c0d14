#![doc = include_str!("../README.md")]
#![cfg_attr(docsrs, feature(doc_cfg))]

// The floors, lowest first: a module uses what stands above it in this list, never what stands below.
mod object;

mod refusal;

mod store;

mod query;

mod resources;

mod http;

mod control;

pub use control::{
    Builder, CompanyFixture, ContactFixture, Emulator, Entry, FaultBuilder, Journal, Size,
};
#[cfg(feature = "serve")]
#[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
pub use http::serve::Server;
pub use http::{EmulatorTransport, Fault, not_emulated};
