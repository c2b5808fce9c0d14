#![doc = include_str!("../README.md")]

mod context;
mod error;
mod peer;
mod proxy;
mod tls;

pub use context::Context;
pub use error::BuildError;
pub use peer::peer;
pub use proxy::{Proxies, Proxy, ProxyError};
pub use tls::{Tls, hint, rejected_client};

type BoxError = Box<dyn std::error::Error + Send + Sync>;
