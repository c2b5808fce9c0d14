//! Transports, which do the I/O of a client.

mod asynchronous;
pub mod blocking;
mod body;
mod deadline;
mod encoding;
pub mod guard;
mod gzip;
mod limits;
mod now;
mod unzip;

/// For implementing [`Transport`].
#[doc(no_inline)]
pub use async_trait::async_trait;

pub use self::asynchronous::{Transport, send};
pub use self::body::Body;
pub use self::deadline::Deadline;
pub(crate) use self::gzip::Gunzip;
pub use self::now::Now;
pub use crate::error::{TransportError, TransportErrorKind};
