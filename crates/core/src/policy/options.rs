//! What a single call does differently.

use std::time::Duration;

use super::retry::RetryPolicy;
use crate::wire::ApiVersion;

/// An explicit "no limit". It is not the same as an option that was not set, which inherits the
/// client's.
pub(crate) const NO_LIMIT: Duration = Duration::MAX;

/// Options of a call that override the client's configuration.
///
/// ```
/// # use intercom_core::{ApiVersion, CallOptions, Client};
/// # use std::time::Duration;
/// # fn example(intercom: &Client) {
/// let options = CallOptions::new().version(ApiVersion::V2_10).timeout(Duration::from_secs(5));
/// let old = intercom.with_options(options);
/// # }
/// ```
#[derive(Debug, Clone, Default)]
#[must_use]
pub struct CallOptions {
    pub(crate) version: Option<ApiVersion>,
    pub(crate) timeout: Option<Duration>,
    pub(crate) connect_timeout: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) retry: Option<RetryPolicy>,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) query: Vec<(String, String)>,
}

impl CallOptions {
    /// Creates options that override nothing.
    pub fn new() -> Self {
        Self::default()
    }

    /// Requests another version of the API.
    pub fn version(mut self, version: ApiVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// Limits the time of the call, including all attempts and waits.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Removes the limit on the time of the call.
    pub const fn no_timeout(self) -> Self {
        self.timeout(NO_LIMIT)
    }

    /// Limits the time for opening a connection.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Limits the time that the body of the reply may pause.
    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// Removes the limit on the time that the body may pause.
    pub const fn no_idle_timeout(self) -> Self {
        self.idle_timeout(NO_LIMIT)
    }

    /// Sets how failed attempts are retried.
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// Adds a header. It replaces a header of the same name that the call would send.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Adds an argument to the query, such as one that the endpoint does not have yet.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// Returns these options, overridden by the others where they are set.
    pub(crate) fn overridden_by(&self, other: Self) -> Self {
        let both = |mine: &[_], others| [mine, others].concat();
        Self {
            version: other.version.or_else(|| self.version.clone()),
            timeout: other.timeout.or(self.timeout),
            connect_timeout: other.connect_timeout.or(self.connect_timeout),
            idle_timeout: other.idle_timeout.or(self.idle_timeout),
            retry: other.retry.or(self.retry),
            headers: both(&self.headers, &other.headers),
            query: both(&self.query, &other.query),
        }
    }
}
