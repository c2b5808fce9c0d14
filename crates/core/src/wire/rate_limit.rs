//! The rate limit, as replies state it.

use std::time::{Duration, SystemTime};

use http::HeaderMap;

/// The rate limit, as the service states it with each reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of requests that a window allows.
    pub limit: u64,
    /// The number of requests left in this window.
    pub remaining: u64,
    /// When the next window starts.
    pub reset: SystemTime,
}

impl RateLimit {
    /// Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset`; returns `None` if one is missing or is not
    /// a number.
    #[must_use]
    pub fn read(headers: &HeaderMap) -> Option<Self> {
        let number = |name| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok();
        let reset = SystemTime::UNIX_EPOCH
            .checked_add(Duration::from_secs(number("x-ratelimit-reset")?))?;
        Some(Self {
            limit: number("x-ratelimit-limit")?,
            remaining: number("x-ratelimit-remaining")?,
            reset,
        })
    }

    /// The time until the next window, by the server's clock if the reply states it.
    pub(crate) fn until_reset(&self, headers: &HeaderMap, now: SystemTime) -> Duration {
        let date = headers
            .get(http::header::DATE)
            .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        self.reset
            .duration_since(date.unwrap_or(now))
            .unwrap_or_default()
    }
}
