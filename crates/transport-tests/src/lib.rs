#![doc = include_str!("../README.md")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a promise that is not kept fails its test by a panic"
)]

mod promises;
mod proxy;
mod server;
mod subject;

pub use promises::check;
pub use proxy::Proxy;
pub use server::http2;
pub use server::{Exchange, Identity, Reads, Received, Server};
pub use subject::{Exchanges, Setup, Subject};
