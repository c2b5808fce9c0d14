//! HTTP: from a request to its reply, and the ways by which requests arrive.

mod downloads;
mod exchange;
mod fault;
mod operations;
mod rate;
mod reply;
#[cfg(feature = "serve")]
pub(crate) mod serve;
mod transport;

pub(crate) use exchange::{Secret, Service};
pub use fault::Fault;
pub(crate) use fault::FaultKind;
pub use operations::not_emulated;
pub(crate) use rate::RateLimit;
pub(crate) use reply::Outcome;
pub use transport::EmulatorTransport;
pub(crate) use transport::Host;
