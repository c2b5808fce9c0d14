//! The options that stay visible on a transport.

use std::sync::Arc;
use std::time::Duration;

use intercom_connect::Proxies;

/// How a transport was set up, without certificates and keys.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool: Limits,
    pub(crate) http2: bool,
    /// Its `Debug` leaves the credentials out.
    pub(crate) proxies: Option<Arc<Proxies>>,
}

/// Which connections are kept for later requests.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    pub(crate) idle_timeout: Duration,
    pub(crate) max_age: Duration,
    pub(crate) max_idle: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool: Limits {
                idle_timeout: Duration::from_secs(50),
                max_age: Duration::from_secs(10 * 60),
                max_idle: 32,
            },
            http2: true,
            proxies: None,
        }
    }
}
