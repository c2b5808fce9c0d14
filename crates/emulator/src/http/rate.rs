//! The rate limit.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

use http::header::{HeaderName, RETRY_AFTER};
use http::{HeaderMap, StatusCode};
use intercom_core::ErrorCode;

use crate::refusal::Refusal;

/// The length of a window in seconds. Windows start at multiples of it.
const WINDOW: u64 = 10;

/// The limit that headers report if none is set: more than anybody sends.
const UNLIMITED: u64 = 1_000_000_000;

/// How many past windows are kept.
const KEPT: usize = 60;

/// A window of the rate limit.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaWindow {
    /// When it starts, in seconds since the epoch.
    pub start: u64,
    /// How many requests were let through.
    pub used: u64,
    /// How many requests were refused.
    pub refused: u64,
}

impl QuotaWindow {
    /// Returns when the window ends, in seconds since the epoch.
    #[must_use]
    pub const fn end(&self) -> u64 {
        self.start.saturating_add(WINDOW)
    }
}

/// Counts requests in windows.
#[derive(Debug, Clone)]
pub(crate) struct RateLimit {
    limit: u64,
    window: QuotaWindow,
    /// The windows before this one in which there were requests, oldest first.
    past: VecDeque<QuotaWindow>,
}

impl RateLimit {
    /// Allows this many requests in a window; `None` allows any number.
    pub(crate) fn new(limit: Option<u64>) -> Self {
        Self {
            limit: limit.unwrap_or(UNLIMITED),
            window: QuotaWindow::default(),
            past: VecDeque::new(),
        }
    }

    /// Returns the limit; `None` if there is none.
    pub(crate) fn limit(&self) -> Option<u64> {
        Some(self.limit).filter(|limit| *limit != UNLIMITED)
    }

    /// Changes the limit. What was used of the window stays used.
    pub(crate) fn set_limit(&mut self, limit: Option<u64>) {
        self.limit = limit.unwrap_or(UNLIMITED);
    }

    /// Returns the current window.
    pub(crate) fn window(&mut self, now: SystemTime) -> QuotaWindow {
        self.enter(now);
        self.window
    }

    /// Iterates over the windows before the current one in which there were requests, oldest first.
    pub(crate) fn past(&self) -> impl Iterator<Item = QuotaWindow> {
        self.past.iter().copied()
    }

    /// Enters the window of this time, and returns how much of it is left.
    fn enter(&mut self, now: SystemTime) -> Duration {
        let since = now.duration_since(SystemTime::UNIX_EPOCH);
        let now = since.unwrap_or_default();
        let start = now.as_secs() / WINDOW * WINDOW;
        if start != self.window.start {
            if self.window.used > 0 || self.window.refused > 0 {
                self.past.push_back(self.window);
                if self.past.len() > KEPT {
                    self.past.pop_front();
                }
            }
            self.window = QuotaWindow {
                start,
                ..QuotaWindow::default()
            };
        }
        Duration::from_secs(self.window.end()).saturating_sub(now)
    }

    /// Counts a request, or refuses it if the window is exhausted.
    pub(crate) fn count(&mut self, now: SystemTime) -> Result<(), Refusal> {
        let rest = self.enter(now);
        if self.window.used < self.limit {
            self.window.used += 1;
            return Ok(());
        }
        self.window.refused += 1;
        Err(exceeded(self.limit, rest))
    }

    /// Writes the rate-limit headers.
    pub(crate) fn write(&self, headers: &mut HeaderMap) {
        for (name, value) in [
            ("x-ratelimit-limit", self.limit),
            (
                "x-ratelimit-remaining",
                self.limit.saturating_sub(self.window.used),
            ),
            ("x-ratelimit-reset", self.window.end()),
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
