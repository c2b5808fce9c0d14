//! The options that stay visible on a transport.

use std::sync::Arc;
use std::time::Duration;

use intercom_connect::Proxies;

/// How a transport was set up, without certificates and keys.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) connect_timeout: Duration,
    pub(crate) pool_idle_timeout: Duration,
    pub(crate) pool_max_age: Duration,
    pub(crate) pool_max_idle_per_host: usize,
    /// Its `Debug` leaves the credentials out.
    pub(crate) proxies: Option<Arc<Proxies>>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            connect_timeout: Duration::from_secs(10),
            pool_idle_timeout: Duration::from_secs(50),
            pool_max_age: Duration::from_secs(10 * 60),
            pool_max_idle_per_host: 32,
            proxies: None,
        }
    }
}
