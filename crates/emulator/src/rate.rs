//! The rate limit.

use std::time::{Duration, SystemTime};

use http::header::{HeaderName, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use intercom_core::ErrorCode;

use crate::refusal::Refusal;

/// How long a window is, in seconds. Windows start at the multiples of it.
const WINDOW: u64 = 10;

/// Counts requests in windows.
#[derive(Debug)]
pub(crate) struct Limit {
    limit: u64,
    /// The start of the window, in seconds since 1970.
    start: u64,
    used: u64,
}

impl Limit {
    pub(crate) const fn new(limit: u64) -> Self {
        Self {
            limit,
            start: 0,
            used: 0,
        }
    }

    /// Counts a request, and refuses it where the window is full.
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
        // Whole seconds that cover the rest of the window.
        let wait = rest.as_secs() + u64::from(rest.subsec_nanos() > 0);
        Err(Refusal::new(
            StatusCode::TOO_MANY_REQUESTS,
            ErrorCode::RateLimitExceeded,
            format!("Exceeded rate limit of {} in 10_seconds", self.limit),
        )
        .header(RETRY_AFTER, &wait.to_string()))
    }

    /// Writes how far the window is used up.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("x-ratelimit-limit", self.limit),
            ("x-ratelimit-remaining", self.limit - self.used),
            ("x-ratelimit-reset", self.start + WINDOW),
        ] {
            headers.insert(HeaderName::from_static(name), value.into());
        }
    }
}
