//! A server that plays what a test has written down, over real sockets.
//!
//! ```ignore
//! let server = Server::start([
//!     Play::reply(200, &[("x-request-id", "1")], "{}"),
//!     Play::close_before_reply(),
//! ]);
//! // ... requests to server.url("/me") ...
//! assert_eq!(server.requests()[0].header("accept-encoding"), Some("gzip"));
//! assert_eq!(server.connections(), 2);
//! ```

#![allow(
    dead_code,
    unused_imports,
    unused_macros,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "every test program uses a part of this, and a broken test may panic"
)]

pub(crate) mod http2;
mod play;
mod proxy;
mod received;
mod server;
mod subject;
mod tls_front;
mod wire;

pub(crate) use play::{Play, Reads};
pub(crate) use proxy::Proxy;
pub(crate) use server::{Identity, Server};
pub(crate) use subject::{Setup, Subject, request, set_up};
pub(crate) use tls_front::TlsFront;
