//! HTTP: from a request to its reply, and the ways by which requests arrive.

mod downloads;
pub(crate) mod event_stream;
mod exchange;
mod fault;
pub(crate) mod oauth;
mod operations;
mod perform;
mod quirks;
mod rate;
mod replica;
mod reply;
#[cfg(feature = "serve")]
pub(crate) mod serve;
mod transport;

#[cfg(feature = "serve")]
pub(crate) use exchange::bearer;
pub(crate) use exchange::{Exchange, Secret, Service, route_of};
pub use fault::Fault;
pub(crate) use fault::FaultKind;
pub(crate) use operations::operation_named;
pub use operations::{is_emulated, not_emulated};
pub use quirks::{Quirk, Quirks};
pub use rate::QuotaWindow;
pub(crate) use rate::RateLimit;
#[cfg(feature = "serve")]
pub(crate) use replica::MAX_LAG;
pub(crate) use replica::Replica;
pub(crate) use reply::{Arrivals, Outcome};
#[cfg(feature = "serve")]
pub(crate) use reply::{Later, MAX_BODY};
pub use transport::EmulatorTransport;
pub(crate) use transport::Host;
