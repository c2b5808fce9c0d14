//! The configuration of a client.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;

use super::base_url::{BaseUrl, BaseUrlError};
use super::observer::Observer;
use super::options::CallOptions;
use super::rate::RateBudget;
use super::retry::RetryPolicy;
use super::token::AccessToken;
use crate::wire::ApiVersion;

/// The configuration of a client.
///
/// Only the access token is required; every other option has a default that suits most programs.
///
/// ```
/// use intercom_core::{ApiVersion, Config, Region};
/// use std::time::Duration;
///
/// let config = Config::new("token")
///     .base_url(Region::Eu)
///     .version(ApiVersion::V2_11)
///     .timeout(Duration::from_secs(10))
///     .user_agent("my-app/1.0");
/// ```
///
/// [`Config::from_env`] reads the token, the region and the version from environment variables.
#[derive(Debug, Clone)]
pub struct Config {
    pub(crate) token: AccessToken,
    /// Why the base URL cannot be used, which fails every call.
    pub(crate) base_url: Result<BaseUrl, BaseUrlError>,
    /// `None` if it cannot be sent, which fails every call.
    pub(crate) user_agent: Option<HeaderValue>,
    pub(crate) max_body: u64,
    pub(crate) max_json_body: u64,
    pub(crate) observer: Option<Arc<dyn Observer>>,
    /// `None` if each client has its own.
    pub(crate) rate_budget: Option<Arc<dyn RateBudget>>,
    pub(crate) seed: Option<u64>,
    pub(crate) call: CallOptions,
}

/// The default limit on the time of a call.
const TIMEOUT: Duration = Duration::from_secs(60);

/// The default limit on the time that a body may pause.
const IDLE_TIMEOUT: Duration = Duration::from_secs(30);

/// The default limit on the size of a body that is collected as it is.
const MAX_BODY: u64 = 64 * 1024 * 1024;

/// The default limit on the size of a JSON body. It takes several times its size once it is decoded.
const MAX_JSON_BODY: u64 = 16 * 1024 * 1024;

impl Config {
    /// Creates a configuration with the defaults: the newest stable version, the US region, 60
    /// seconds for a call with all its attempts, three retries.
    #[must_use]
    pub fn new(token: impl Into<AccessToken>) -> Self {
        Self {
            token: token.into(),
            base_url: Ok(BaseUrl::default()),
            user_agent: Some(HeaderValue::from_static(concat!(
                "intercom-rs/",
                env!("CARGO_PKG_VERSION")
            ))),
            max_body: MAX_BODY,
            max_json_body: MAX_JSON_BODY,
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

    /// Sets the access token.
    #[must_use]
    pub fn token(mut self, token: impl Into<AccessToken>) -> Self {
        self.token = token.into();
        self
    }

    /// Sets the URL that requests are sent to: a [`Region`](crate::Region), a [`BaseUrl`], or the text of a URL, such
    /// as `"http://127.0.0.1:8099"`. The default is the US region.
    ///
    /// A text that is not a usable URL fails every call with an error that says why;
    /// [`BaseUrl::parse`] reports it at once.
    #[must_use]
    pub fn base_url<U>(mut self, base_url: U) -> Self
    where
        U: TryInto<BaseUrl>,
        U::Error: Into<BaseUrlError>,
    {
        self.base_url = base_url.try_into().map_err(Into::into);
        self
    }

    /// Sets the version of the API. The default is [`ApiVersion::LATEST`].
    #[must_use]
    pub fn version(mut self, version: ApiVersion) -> Self {
        self.call.version = Some(version);
        self
    }

    /// Limits the time of a call, including all attempts and waits. The default is 60 seconds. If the
    /// body of the reply is streamed, the limit applies until the head of the reply arrives.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.call.timeout = Some(timeout);
        self
    }

    /// Removes the limit on the time of a call.
    #[must_use]
    pub fn no_timeout(mut self) -> Self {
        self.call = self.call.no_timeout();
        self
    }

    /// Limits the time for opening a connection. The default is the transport's.
    #[must_use]
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.call.connect_timeout = Some(timeout);
        self
    }

    /// Limits the time that the body of a reply may pause. The default is 30 seconds. A download that
    /// stalls longer is resumed on another connection.
    #[must_use]
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.call.idle_timeout = Some(timeout);
        self
    }

    /// Removes the limit on the time that a body may pause. A download that stalls then waits for as
    /// long as the connection lasts.
    #[must_use]
    pub fn no_idle_timeout(mut self) -> Self {
        self.call = self.call.no_idle_timeout();
        self
    }

    /// Sets how failed attempts are retried. The default is three retries.
    #[must_use]
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.call.retry = Some(policy);
        self
    }

    /// Limits the size of a body that is collected as it is, such as an export, in bytes. The default is
    /// 64 MiB. Streams and downloads have no limit.
    #[must_use]
    pub fn max_body(mut self, bytes: u64) -> Self {
        self.max_body = bytes;
        self
    }

    /// Limits the size of a JSON body, in bytes. The default is 16 MiB.
    #[must_use]
    pub fn max_json_body(mut self, bytes: u64) -> Self {
        self.max_json_body = bytes;
        self
    }

    /// Adds the name of the application to `User-Agent`, such as `my-app/1.0`.
    #[must_use]
    pub fn user_agent(mut self, application: &str) -> Self {
        let name = format!("{application} intercom-rs/{}", env!("CARGO_PKG_VERSION"));
        self.user_agent = HeaderValue::try_from(name).ok();
        self
    }

    /// Sets the rate budget. The default is a [`SharedRateBudget`](crate::SharedRateBudget) for the
    /// client and its clones.
    ///
    /// To share a quota among several clients, pass clones of one [`Arc`].
    #[must_use]
    pub fn rate_budget(mut self, budget: impl RateBudget + 'static) -> Self {
        self.rate_budget = Some(Arc::new(budget));
        self
    }

    /// Sets an observer, which receives an event for every step of every call.
    #[must_use]
    pub fn observer(mut self, observer: impl Observer + 'static) -> Self {
        self.observer = Some(Arc::new(observer));
        self
    }

    /// Seeds the jitter of retries, so that waits are the same on every run.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = Some(seed);
        self
    }
}

/// A configuration without an access token, for a client with a
/// [`TokenProvider`](crate::TokenProvider). Without a provider, calls fail before anything is sent.
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

impl From<&String> for Config {
    fn from(token: &String) -> Self {
        Self::new(token.as_str())
    }
}

impl From<String> for Config {
    fn from(token: String) -> Self {
        Self::new(token)
    }
}

#[cfg(test)]
mod tests {
    use super::Config;

    #[test]
    fn the_token_does_not_show() {
        let config = Config::new("dG9rOjEyMzQ1");
        assert!(!format!("{config:?}").contains("dG9r"));
    }

    #[test]
    fn a_base_url_is_a_region_or_text() {
        let url = |config: Config| config.base_url.map(|url| url.to_string());
        let config = || Config::new("token");
        assert_eq!(
            url(config().base_url("http://127.0.0.1:8099")).unwrap(),
            "http://127.0.0.1:8099"
        );
        assert_eq!(
            url(config().base_url(crate::Region::Eu)).unwrap(),
            "https://api.eu.intercom.io"
        );
        assert!(url(config().base_url("api.intercom.io")).is_err());
    }
}
