//! What the tests of this folder share: the scripted servers of `intercom-transport-tests`, and TLS in
//! front of the emulator.

#![allow(
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "every test program uses a part of this, and a broken test may panic"
)]

mod tls_front;

pub(crate) use intercom_transport_tests::{Exchange as Play, Identity, Reads, Server, http2};
pub(crate) use tls_front::TlsFront;
