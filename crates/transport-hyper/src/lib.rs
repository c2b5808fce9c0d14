#![doc = include_str!("../README.md")]

mod body;
mod builder;
mod connect;
mod error;
mod gzip;
mod transport;

pub use builder::{BuildError, HyperTransportBuilder};
pub use intercom_core;
pub use transport::HyperTransport;
