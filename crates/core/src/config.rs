//! How a client behaves.

mod base_url;

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

pub use self::base_url::{BaseUrl, BaseUrlError, Region};
use crate::observer::Observer;
use crate::rate::RateBudget;
use crate::retry::RetryPolicy;
use crate::token::AccessToken;
use crate::version::ApiVersion;

/// How a client behaves. What is not set has a default that suits most programs.
///
/// ```
/// use intercom_core::{ApiVersion, BaseUrl, Config};
///
/// let config = Config::new("token").version(ApiVersion::V2_11).base_url(BaseUrl::parse("http://localhost:8099")?);
/// # Ok::<(), intercom_core::BaseUrlError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) token: AccessToken,
    pub(crate) base_url: BaseUrl,
    /// `None` where it cannot be sent.
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) max_body: u64,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    /// `None` where each client has its own.
    pub(crate) rate_budget: Option<Arc<dyn RateBudget>>,
    pub(crate) seed: Option<u64>,
    pub(crate) call: CallOptions,
}

/// The time that a call has, unless another is set.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The time for which a body may pause, unless another is set.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// No limit, in place of one. It is beyond what the clock can tell, and is not the same as none that was
/// set, which the options of the client replace.
pub(crate) const NO_LIMIT: Duration = Duration::MAX;

/// The largest body that is collected, unless another size is set.
const MAX_BODY: u64 = 64 * 1024 * 1024;

impl Config {
    /// The defaults: the newest stable version, the region of the United States, 60 seconds for a
    /// call with all its attempts, three retries.
    #[must_use]
    pub fn new(token: impl Into<AccessToken>) -> Self {
        Self {
            token: token.into(),
            base_url: BaseUrl::default(),
            user_agent: Some(HeaderValue::from_static(concat!(
                "intercom-rs/",
                env!("CARGO_PKG_VERSION")
            ))),
            max_body: MAX_BODY,
            observer: None,
            rate_budget: None,
            seed: None,
            call: CallOptions {
                version: Some(ApiVersion::LATEST),
                timeout: Some(TIMEOUT),
                retry: Some(RetryPolicy::default()),
                idle_timeout: Some(IDLE_TIMEOUT),
                ..CallOptions::default()
            },
        }
    }

    /// The region, or the address, of the API.
    #[must_use]
    pub fn base_url(mut self, base_url: impl Into<BaseUrl>) -> Self {
        self.base_url = base_url.into();
        self
    }

    /// The version of all calls that choose none themselves.
    #[must_use]
    pub fn version(mut self, version: ApiVersion) -> Self {
        self.call.version = Some(version);
        self
    }

    /// The time that a call has, with all its attempts and waits; 60 seconds by default. Of a call
    /// whose body is streamed, it limits the time up to the head of the reply.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout = Some(timeout);
        self
    }

    /// No limit for the time that a call has.
    #[must_use]
    pub fn no_timeout(mut self) -> Self {
        self.call = self.call.no_timeout();
        self
    }

    /// The time that making a connection may take; by default, what the transport says.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.call.connect_timeout = Some(timeout);
        self
    }

    /// The time for which the body of a reply may pause; 30 seconds by default. It ends a download that
    /// has stalled, which then goes on over another connection.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.call.idle_timeout = Some(timeout);
        self
    }

    /// No limit for the time for which a body may pause. A download that stalls then waits for as long
    /// as the connection lasts.
    #[must_use]
    pub fn no_idle_timeout(mut self) -> Self {
        self.call = self.call.no_idle_timeout();
        self
    }

    /// How failed attempts are repeated; by default three times.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call.retry = Some(policy);
        self
    }

    /// The largest body that is collected, in bytes; 64 MiB by default. Streamed bodies have no
    /// limit.
    #[must_use]
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// The name of the application, put before that of this crate in `User-Agent`.
    #[must_use]
    pub fn user_agent(mut self, application: &str) -> Self {
        let name = format!("{application} intercom-rs/{}", env!("CARGO_PKG_VERSION"));
        self.user_agent = HeaderValue::try_from(name).ok();
        self
    }

    /// The account of the rate limit; by default one in memory, shared by all clones of the client.
    /// Give one budget, in an [`Arc`], to several clients to share it among them; clients of clones of
    /// one configuration share nothing else.
    #[must_use]
    pub fn rate_budget(mut self, budget: impl RateBudget + 'static) -> Self {
        self.rate_budget = Some(Arc::new(budget));
        self
    }

    /// Who is told what happens to the calls.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Makes the waits between attempts the same in every run.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}

/// Without an access token: for a client that has a [`TokenProvider`](crate::TokenProvider). Without
/// that, its calls are refused before anything is sent.
impl Default for Config {
    fn default() -> Self {
        Self::new("")
    }
}

impl From<AccessToken> for Config {
    fn from(token: AccessToken) -> Self {
        Self::new(token)
    }
}

impl From<&str> for Config {
    fn from(token: &str) -> Self {
        Self::new(token)
    }
}

impl From<String> for Config {
    fn from(token: String) -> Self {
        Self::new(token)
    }
}

/// What a call does otherwise than the client's configuration says.
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
    /// Nothing otherwise.
    pub fn new() -> Self {
        Self::default()
    }

    /// Another version.
    pub fn version(mut self, version: ApiVersion) -> Self {
        self.version = Some(version);
        self
    }

    /// Another time for the call, with all its attempts and waits.
    pub const fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// No limit for the time of the call.
    pub const fn no_timeout(self) -> Self {
        self.timeout(NO_LIMIT)
    }

    /// Another time for making a connection.
    pub const fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = Some(timeout);
        self
    }

    /// Another time for which the body may pause.
    pub const fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.idle_timeout = Some(timeout);
        self
    }

    /// No limit for the time for which the body may pause.
    pub const fn no_idle_timeout(self) -> Self {
        self.idle_timeout(NO_LIMIT)
    }

    /// Another way to repeat failed attempts.
    pub const fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = Some(policy);
        self
    }

    /// A header, in place of what the call would send by that name.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// One more argument of the query, such as one that the endpoint does not know yet.
    pub fn query(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.query.push((name.into(), value.into()));
        self
    }

    /// These options, with what the other ones set on top.
    pub(crate) fn overlaid(&self, other: Self) -> Self {
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

#[cfg(test)]
mod tests {
    #[test]
    fn the_token_does_not_show() {
        let config = super::Config::new("dG9rOjEyMzQ1");
        assert!(!format!("{config:?}").contains("dG9r"));
    }
}
