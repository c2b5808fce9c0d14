//! The transport against servers on this machine, over real sockets.

// Clippy's leave for tests ends where a test calls a function of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod broken;
mod cancel;
mod deadline;
mod first_calls;
mod gzip;
mod http2;
mod plain;
mod proxy;
mod server;
mod tls;
#[cfg(feature = "tower")]
mod tower;
