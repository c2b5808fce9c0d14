//! How a client behaves.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use http::uri::{Authority, Scheme, Uri};

use crate::observer::Observer;
use crate::rate::{RateBudget, SharedRateBudget};
use crate::retry::{RetryBudget, RetryPolicy};
use crate::token::AccessToken;
use crate::transport::guard::is_loopback;
use crate::version::ApiVersion;

/// Where the workspace's data is kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Region {
    /// In the United States. Its address also finds the workspaces of the other regions, by their
    /// token.
    #[default]
    Us,
    /// In the European Union.
    Eu,
    /// In Australia.
    Au,
}

impl Region {
    const fn host(self) -> &'static str {
        match self {
            Self::Us => "api.intercom.io",
            Self::Eu => "api.eu.intercom.io",
            Self::Au => "api.au.intercom.io",
        }
    }
}

impl From<Region> for BaseUrl {
    fn from(region: Region) -> Self {
        Self {
            scheme: Scheme::HTTPS,
            authority: Authority::from_static(region.host()),
        }
    }
}

/// The address of the API: a scheme and a host, and a port where it is not the usual one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl {
    pub(crate) scheme: Scheme,
    pub(crate) authority: Authority,
}

impl BaseUrl {
    /// Reads an address, such as `http://127.0.0.1:8099`.
    ///
    /// # Errors
    ///
    /// Where it is no address, has a path, a query or credentials, or is plain http to another
    /// machine, to which the access token would go in the clear.
    pub fn parse(url: &str) -> Result<Self, BaseUrlError> {
        let refuse = |problem| BaseUrlError {
            url: url.to_owned(),
            problem,
        };
        // The message shows the address, which must not show a password.
        if url.contains('@') {
            return Err(BaseUrlError {
                url: "…@…".to_owned(),
                problem: "has credentials; the access token is given apart",
            });
        }
        let parts = url
            .trim()
            .parse::<Uri>()
            .map_err(|_| refuse("is no address such as https://api.intercom.io"))?
            .into_parts();
        let (Some(scheme), Some(authority)) = (parts.scheme, parts.authority) else {
            return Err(refuse(
                "needs a scheme and a host, such as https://api.intercom.io",
            ));
        };
        if parts
            .path_and_query
            .is_some_and(|path| path.as_str() != "/")
        {
            return Err(refuse(
                "has a path or a query; give the scheme, the host and the port alone",
            ));
        }
        if scheme == Scheme::HTTP && !is_loopback(authority.host()) {
            return Err(refuse(
                "is plain http to another machine, which would show the access token to the network; use https",
            ));
        }
        if scheme != Scheme::HTTP && scheme != Scheme::HTTPS {
            return Err(refuse("has another scheme than https"));
        }
        Ok(Self { scheme, authority })
    }
}

impl std::str::FromStr for BaseUrl {
    type Err = BaseUrlError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        Self::parse(url)
    }
}

impl Default for BaseUrl {
    fn default() -> Self {
        Region::default().into()
    }
}

impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.authority)
    }
}

/// The text is no address of an API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrlError {
    url: String,
    problem: &'static str,
}

impl fmt::Display for BaseUrlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the base URL `{}` {}", self.url, self.problem)
    }
}

impl std::error::Error for BaseUrlError {}

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
    pub(crate) rate_budget: Arc<dyn RateBudget>,
    rate_budget_given: bool,
    pub(crate) retry_budget: Arc<RetryBudget>,
    pub(crate) seed: Option<u64>,
    pub(crate) call: CallOptions,
}

/// The time that a call has, unless another is set.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The time for which a body may pause, unless another is set.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

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
            rate_budget: Arc::new(SharedRateBudget::default()),
            rate_budget_given: false,
            retry_budget: Arc::default(),
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
        self.rate_budget = Arc::new(budget);
        self.rate_budget_given = true;
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

impl Config {
    /// For one client: with budgets of its own, but for one that was given. A clone has those of the
    /// configuration that it was cloned from, and may be for another workspace.
    pub(crate) fn of_client(mut self) -> Self {
        if !self.rate_budget_given {
            self.rate_budget = Arc::new(SharedRateBudget::default());
        }
        self.retry_budget = Arc::default();
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
        // Beyond what the clock can tell, which is how no limit is told from none that was set.
        self.timeout(Duration::MAX)
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
    use super::{BaseUrl, Region};

    #[test]
    fn a_base_url_is_a_scheme_and_a_host() {
        for url in [
            "https://api.intercom.io",
            "https://api.eu.intercom.io/",
            "http://127.0.0.1:8099",
            "http://[::1]:1",
            "http://LOCALHOST",
        ] {
            assert!(BaseUrl::parse(url).is_ok(), "{url}");
        }
        assert_eq!(
            BaseUrl::from(Region::Au).to_string(),
            "https://api.au.intercom.io"
        );
    }

    #[test]
    fn a_wrong_base_url_is_refused_with_the_fix() {
        for (url, fix) in [
            ("https://api.intercom.io/v2", "has a path"),
            ("https://api.intercom.io/?a=b", "has a path or a query"),
            ("http://api.intercom.io", "use https"),
            ("http://127.0.0.1.example.com", "use https"),
            ("http://localhost.example.com", "use https"),
            ("api.intercom.io", "needs a scheme"),
            ("ftp://api.intercom.io", "another scheme"),
            ("https://me:secret@api.intercom.io", "has credentials"),
            ("", "is no address"),
            ("https://a b", "is no address"),
        ] {
            let error = BaseUrl::parse(url).unwrap_err().to_string();
            assert!(error.contains(fix), "{error}");
            assert!(!error.contains("secret"), "{error}");
        }
    }

    #[test]
    fn the_token_does_not_show() {
        let config = super::Config::new("dG9rOjEyMzQ1");
        assert!(!format!("{config:?}").contains("dG9r"));
    }
}
