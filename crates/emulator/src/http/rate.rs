//! The rate limit.

use std::time::{Duration, SystemTime};

use http::header::{HeaderName, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use intercom_core::ErrorCode;

use crate::refusal::Refusal;

/// The length of a window in seconds. Windows start at multiples of it.
const WINDOW: u64 = 10;

/// Counts requests in windows.
#[derive(Debug)]
pub(crate) struct RateLimit {
    limit: u64,
    /// The start of the window, in seconds since the epoch.
    start: u64,
    used: u64,
}

impl RateLimit {
    pub(crate) const fn new(limit: u64) -> Self {
        Self {
            limit,
            start: 0,
            used: 0,
        }
    }

    /// Counts a request, or refuses it if the window is exhausted.
    pub(crate) fn count(&mut self, now: SystemTime) -> Result<(), Refusal> {
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let now = since.unwrap_or_default();
        let start = now.as_secs() / WINDOW * WINDOW;
        if start != self.start {
            self.start = start;
            self.used = 0;
        }
        if self.used < self.limit {
            self.used += 1;
            return Ok(());
        }
        let rest = Duration::from_secs(start + WINDOW).saturating_sub(now);
        Err(exceeded(self.limit, rest))
    }

    /// Writes the rate-limit headers.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("x-ratelimit-limit", self.limit),
            ("x-ratelimit-remaining", self.limit - self.used),
            ("x-ratelimit-reset", self.start + WINDOW),
        ] {
            // An injected 429 has its own.
            let entry = headers.entry(HeaderName::from_static(name));
            entry.or_insert_with(|| value.into());
        }
    }
}

/// The limit that an injected 429 reports: that of an app, per window.
const USUAL: u64 = 167;

/// Returns an injected 429: an exhausted window that resets after `wait`.
pub(crate) fn on_demand(wait: Duration, now: SystemTime) -> Refusal {
    let end = now.checked_add(wait).unwrap_or(now);
    let since = end.duration_since(SystemTime::UNIX_EPOCH);
    exceeded(USUAL, wait)
        .header(
            HeaderName::from_static("x-ratelimit-limit"),
            &USUAL.to_string(),
        )
        .header(HeaderName::from_static("x-ratelimit-remaining"), "0")
        .header(
            HeaderName::from_static("x-ratelimit-reset"),
            &whole_seconds(since.unwrap_or_default()).to_string(),
        )
}

fn exceeded(limit: u64, wait: Duration) -> Refusal {
    Refusal::new(
        StatusCode::TOO_MANY_REQUESTS,
        ErrorCode::RateLimitExceeded,
        format!("Exceeded rate limit of {limit} in 10_seconds"),
    )
    .header(RETRY_AFTER, &whole_seconds(wait).to_string())
}

/// Rounds up to whole seconds.
fn whole_seconds(time: Duration) -> u64 {
    time.as_secs()
        .saturating_add(u64::from(time.subsec_nanos() > 0))
}
