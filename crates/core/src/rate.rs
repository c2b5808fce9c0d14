//! The rate limit, shared by all calls of a client.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;

use crate::transport::Now;

/// Windows start every ten seconds.
const WINDOW: Duration = Duration::from_secs(10);

/// A reset farther away than this is a mistake, or the clock's.
const FARTHEST_RESET: Duration = Duration::from_secs(60);

/// How many requests pass before the first reply tells of a limit: few enough for the smallest quota.
const MOST_UNANSWERED: u64 = 50;

/// How long the others are held back before they ask again.
const UNTIL_ANSWERED: Duration = Duration::from_millis(50);

/// The rate limit as the service states it with a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// How many requests a window allows.
    pub limit: u64,
    /// How many are left in this window.
    pub remaining: u64,
    /// When the next window starts.
    pub reset: SystemTime,
}

impl RateLimit {
    /// Reads `X-RateLimit-Limit`, `-Remaining` and `-Reset`; `None` where one is missing or no number.
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

    /// How long until the next window, by the server's clock where the reply shows it.
    pub(crate) fn until_reset(&self, headers: &HeaderMap, now: Now) -> Duration {
        let date = headers
            .get(http::header::DATE)
            .and_then(|date| httpdate::parse_http_date(date.to_str().ok()?).ok());
        self.reset
            .duration_since(date.unwrap_or(now.system))
            .unwrap_or_default()
    }
}

/// Whether a request may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// It may, and is counted.
    Granted,
    /// Not before this time has passed; ask again then.
    After(Duration),
}

/// Keeps requests within the rate limit. One budget serves all clones of a client.
///
/// The default is [`SharedRateBudget`]. Another one can keep the account elsewhere, for many
/// processes that share one quota.
pub trait RateBudget: fmt::Debug + Send + Sync {
    /// Asks to send a request. Each one that is granted is followed by one
    /// [`release`](Self::release).
    fn acquire(&self, now: Now) -> Permission;

    /// Learns from the headers of a response.
    fn observe(&self, headers: &HeaderMap, now: Now);

    /// The service refused a request for its rate, and nothing may be sent for so long.
    fn exhausted(&self, wait: Duration, now: Now);

    /// A request that was granted is over, answered or not.
    fn release(&self);
}

/// A budget in memory, which learns the quota and the window from the headers.
///
/// Until the first reply comes, it lets a few requests pass at once, and holds the others back for it.
/// Where replies tell of no limit, it lets everything pass.
#[derive(Debug, Default)]
pub struct SharedRateBudget {
    window: Mutex<Window>,
}

#[derive(Debug, Default)]
struct Window {
    /// Whether a reply came, so that what there is to know is known.
    answered: bool,
    limit: Option<u64>,
    remaining: Option<u64>,
    reset: Option<Instant>,
    in_flight: u64,
}

impl SharedRateBudget {
    fn with<T>(&self, act: impl FnOnce(&mut Window) -> T) -> T {
        act(&mut self.window.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl RateBudget for SharedRateBudget {
    fn acquire(&self, now: Now) -> Permission {
        self.with(|window| {
            if let Some(reset) = window.reset.filter(|reset| now.instant >= *reset) {
                let passed = now.instant.duration_since(reset).as_secs() / WINDOW.as_secs() + 1;
                // Where no limit was told, it was only a wait, and no window follows on it.
                window.reset = window
                    .limit
                    .and_then(|_| u32::try_from(passed).ok())
                    .and_then(|passed| reset.checked_add(WINDOW * passed));
                window.remaining = window.limit;
            }
            if !window.answered && window.in_flight >= MOST_UNANSWERED {
                return Permission::After(UNTIL_ANSWERED);
            }
            match (window.remaining, window.reset) {
                (Some(0), Some(reset)) => Permission::After(reset.duration_since(now.instant)),
                (remaining, _) => {
                    window.remaining = remaining.map(|remaining| remaining.saturating_sub(1));
                    window.in_flight += 1;
                    Permission::Granted
                }
            }
        })
    }

    fn observe(&self, headers: &HeaderMap, now: Now) {
        self.with(|window| window.answered = true);
        let Some(rate) = RateLimit::read(headers) else {
            return;
        };
        let until_reset = rate.until_reset(headers, now);
        let plausible = !until_reset.is_zero() && until_reset <= FARTHEST_RESET;
        if !plausible || rate.limit == 0 {
            return;
        }
        let reset = now.instant + until_reset;
        self.with(|window| {
            window.limit = Some(rate.limit);
            // What it says of a window that is over counts for nothing in the one that follows.
            if window.reset.is_some_and(|known| reset + WINDOW / 2 < known) {
                return;
            }
            // The header has whole seconds, so one and the same reset is seen up to a second apart.
            if let Some(known) = window.reset.filter(|known| reset < *known + WINDOW / 2) {
                // Each is seen too late, by what it was rounded and by its way: the earliest is best,
                // unless the service asked to hold back.
                if window.remaining != Some(0) {
                    window.reset = Some(known.min(reset));
                }
                window.remaining = Some(
                    window
                        .remaining
                        .map_or(rate.remaining, |known| known.min(rate.remaining)),
                );
            } else {
                // Of those in flight, this one was counted; the others may not have been.
                window.remaining = Some(
                    rate.remaining
                        .saturating_sub(window.in_flight.saturating_sub(1)),
                );
                window.reset = Some(reset);
            }
        });
    }

    fn exhausted(&self, wait: Duration, now: Now) {
        let reset = now.instant + wait.min(FARTHEST_RESET);
        self.with(|window| {
            window.remaining = Some(0);
            window.reset = window.reset.max(Some(reset));
        });
    }

    fn release(&self) {
        self.with(|window| window.in_flight = window.in_flight.saturating_sub(1));
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use http::HeaderMap;

    use super::{Permission, RateBudget, SharedRateBudget};
    use crate::transport::Now;

    fn headers(limit: &str, remaining: &str, reset: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert("x-ratelimit-limit", limit.parse().unwrap());
        headers.insert("x-ratelimit-remaining", remaining.parse().unwrap());
        headers.insert("x-ratelimit-reset", reset.parse().unwrap());
        headers
    }

    /// The seconds since 1970, so much later.
    fn unix(now: Now, later: u64) -> String {
        (now.system
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs()
            + later)
            .to_string()
    }

    fn whole_second() -> Now {
        let now = Now::from_system();
        let second = now
            .system
            .duration_since(std::time::UNIX_EPOCH)
            .unwrap()
            .as_secs();
        Now {
            system: std::time::UNIX_EPOCH + Duration::from_secs(second),
            ..now
        }
    }

    #[test]
    fn where_replies_tell_of_no_limit_everything_passes() {
        let (budget, now) = (SharedRateBudget::default(), Now::from_system());
        budget.observe(&HeaderMap::new(), now);
        for _ in 0..10_000 {
            assert_eq!(budget.acquire(now), Permission::Granted);
        }
    }

    #[test]
    fn a_crowd_waits_for_the_first_reply_to_tell_of_the_limit() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        let granted = |count: usize| {
            (0..count)
                .filter(|_| budget.acquire(now) == Permission::Granted)
                .count()
        };
        assert_eq!(granted(300), 50);
        budget.observe(&headers("167", "166", &unix(now, 9)), now);
        budget.release();
        assert_eq!(granted(300), 167 - 50);
    }

    #[test]
    fn what_is_left_of_the_window_is_used_and_no_more() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        assert_eq!(budget.acquire(now), Permission::Granted);
        budget.observe(&headers("10", "3", &unix(now, 7)), now);
        budget.release();
        for _ in 0..3 {
            assert_eq!(budget.acquire(now), Permission::Granted);
        }
        assert_eq!(
            budget.acquire(now),
            Permission::After(Duration::from_secs(7))
        );
        let next = now + Duration::from_secs(7);
        for _ in 0..10 {
            assert_eq!(budget.acquire(next), Permission::Granted);
        }
        assert_eq!(
            budget.acquire(next),
            Permission::After(Duration::from_secs(10))
        );
    }

    #[test]
    fn replies_that_come_out_of_order_do_not_raise_what_is_left() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        budget.observe(&headers("10", "2", &unix(now, 5)), now);
        budget.observe(&headers("10", "6", &unix(now, 5)), now);
        assert_eq!(budget.acquire(now), Permission::Granted);
        assert_eq!(budget.acquire(now), Permission::Granted);
        assert!(matches!(budget.acquire(now), Permission::After(_)));
    }

    #[test]
    fn a_late_reply_of_the_window_before_does_not_close_the_next() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        budget.observe(&headers("10", "1", &unix(now, 2)), now);
        assert_eq!(budget.acquire(now), Permission::Granted);
        let next = now + Duration::from_secs(2);
        assert_eq!(budget.acquire(next), Permission::Granted);
        for late in [Duration::ZERO, Duration::from_secs(1)] {
            budget.observe(&headers("10", "0", &unix(now, 2)), next + late);
            assert_eq!(budget.acquire(next + late), Permission::Granted);
        }
    }

    #[test]
    fn a_window_is_over_when_the_earliest_of_its_replies_says() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        let late = now + Duration::from_millis(900);
        let mut seen = headers("10", "2", &unix(now, 7));
        let date = httpdate::fmt_http_date(now.system);
        seen.insert("date", date.parse().unwrap());
        budget.observe(&seen, late);
        budget.observe(&seen, now + Duration::from_millis(100));
        budget.observe(&seen, late);
        assert_eq!(budget.acquire(late), Permission::Granted);
        assert_eq!(budget.acquire(late), Permission::Granted);
        assert_eq!(
            budget.acquire(late),
            Permission::After(Duration::from_millis(6_200))
        );
    }

    #[test]
    fn what_the_service_asks_to_wait_is_not_shortened_by_other_replies() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        budget.observe(&headers("10", "5", &unix(now, 3)), now);
        budget.exhausted(Duration::from_secs(4), now);
        budget.observe(&headers("10", "5", &unix(now, 3)), now);
        assert_eq!(
            budget.acquire(now),
            Permission::After(Duration::from_secs(4))
        );
    }

    #[test]
    fn a_wait_that_follows_on_another_is_no_longer_than_asked() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        let second = Duration::from_secs(1);
        budget.exhausted(second, now);
        assert_eq!(budget.acquire(now + second), Permission::Granted);
        budget.exhausted(second, now + second);
        assert_eq!(budget.acquire(now + second), Permission::After(second));
        assert_eq!(budget.acquire(now + second * 2), Permission::Granted);
    }

    #[test]
    fn malformed_or_contradictory_headers_do_no_harm() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        let far = unix(now, 86_400);
        for (limit, remaining, reset) in [
            ("ten", "0", "1"),
            ("10", "-1", "1"),
            ("0", "0", "1"),
            ("10", "0", &far),
            ("10", "0", "99999999999999999999"),
            ("10", "0", ""),
        ] {
            budget.observe(&headers(limit, remaining, reset), now);
            assert_eq!(
                budget.acquire(now),
                Permission::Granted,
                "{limit} {remaining} {reset}"
            );
        }
        // A window that is over already counts for nothing.
        budget.observe(&headers("10", "0", "1"), now);
        assert_eq!(budget.acquire(now), Permission::Granted);
    }

    #[test]
    fn a_wrong_clock_of_ours_does_not_matter_where_the_server_shows_its_own() {
        let (budget, now) = (SharedRateBudget::default(), whole_second());
        let mut headers = headers("10", "0", "784111783");
        headers.insert("date", "Sun, 06 Nov 1994 08:49:37 GMT".parse().unwrap());
        budget.observe(&headers, now);
        assert_eq!(
            budget.acquire(now),
            Permission::After(Duration::from_secs(6))
        );
    }
}
