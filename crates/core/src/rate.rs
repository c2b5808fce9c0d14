//! The rate limit, shared by all calls of a client.

use std::fmt;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;

use crate::transport::Now;

/// How long a window is, until replies of two of them tell.
const WINDOW: Duration = Duration::from_secs(10);

/// A reset farther away than this is a mistake, or the clock's.
const FARTHEST_RESET: Duration = Duration::from_secs(60);

/// The unit in which the service tells of its windows.
const SECOND: Duration = Duration::from_secs(1);

/// A limit that no reply told of.
const UNKNOWN: u64 = u64::MAX;

/// The part of a window over which requests are spread. The rest is left, so that what is sent last
/// still arrives in it.
const SPREAD: f64 = 0.95;

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
/// processes that share one quota. No method may block: such a budget grants from a share that it
/// fetched beforehand, and lets requests wait while it fetches another.
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

    /// What is left, where it is known.
    fn state(&self, now: Now) -> Option<RateLimit> {
        let _ = now;
        None
    }
}

/// A budget in memory, which learns the quota and the window from the headers.
///
/// Half of a window's quota passes as it is asked for. The rest is spread over what is left of the
/// window, so that under load no caller waits for a whole one, and all of the quota is used.
///
/// Until the first reply comes, it lets a few requests pass at once, and holds the others back for it.
/// Where replies tell of no limit, it lets everything pass.
#[derive(Debug, Default)]
pub struct SharedRateBudget {
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    /// Whether a reply came, so that what there is to know is known.
    answered: bool,
    quota: Option<Quota>,
    length: Duration,
    /// How much later than it says the service starts its windows.
    lag: Duration,
    in_flight: u64,
}

/// What the replies said of a window, and what was granted since.
#[derive(Debug, Clone, Copy)]
struct Quota {
    limit: u64,
    remaining: u64,
    reset: Instant,
    /// The newest window that a reply told of, by its reset, which is in whole seconds.
    told: SystemTime,
    /// How many windows began since, by our clock alone.
    untold: u32,
    /// The turn that was given last to one that has to wait.
    last_turn: Option<Instant>,
    /// Whether the service refused a request in this window.
    refused: bool,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            answered: false,
            quota: None,
            length: WINDOW,
            lag: Duration::ZERO,
            in_flight: 0,
        }
    }
}

impl Window {
    /// Begins the next window where one is over.
    fn roll(&mut self, now: Instant) {
        let Some(quota) = self.quota.filter(|quota| now >= quota.reset) else {
            return;
        };
        let passed = (now - quota.reset).as_nanos() / self.length.as_nanos().max(1) + 1;
        let next = || {
            let passed = u32::try_from(passed).ok()?;
            Some(Quota {
                reset: quota.reset.checked_add(self.length.checked_mul(passed)?)?,
                untold: quota.untold.saturating_add(passed),
                ..Quota::new(quota.limit, quota.limit, quota.reset, quota.told)
            })
        };
        self.quota = next().filter(|quota| quota.limit != UNKNOWN);
    }
}

impl Quota {
    const fn new(limit: u64, remaining: u64, reset: Instant, told: SystemTime) -> Self {
        Self {
            limit,
            remaining,
            reset,
            told,
            untold: 0,
            last_turn: None,
            refused: false,
        }
    }

    /// When the next request may be sent; `None` where at once.
    fn turn(&self, window: Duration) -> Option<Instant> {
        if self.remaining == 0 {
            return Some(self.reset);
        }
        let spread = self.limit / 2;
        let left = self.remaining.checked_sub(1)?;
        if left >= spread {
            return None;
        }
        // Each of those that are spread has its turn so long before the reset.
        let before = left as f64 / spread as f64 * SPREAD + (1.0 - SPREAD);
        self.reset.checked_sub(window.mul_f64(before))
    }

    /// How far turns are apart.
    fn apart(&self, window: Duration) -> Duration {
        window.mul_f64(SPREAD / (self.limit / 2).max(1) as f64)
    }

    /// The turn of one more that has to wait, after those that wait already.
    fn queue(&mut self, turn: Instant, window: Duration) -> Instant {
        let apart = self.apart(window);
        let turn = self
            .last_turn
            .map_or(turn, |last| turn.max(last + apart))
            .min(self.reset);
        self.last_turn = Some(turn);
        turn
    }
}

impl SharedRateBudget {
    fn with<T>(&self, act: impl FnOnce(&mut Window) -> T) -> T {
        act(&mut self.window.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl RateBudget for SharedRateBudget {
    fn acquire(&self, now: Now) -> Permission {
        self.with(|window| {
            window.roll(now.instant);
            if !window.answered && window.in_flight >= MOST_UNANSWERED {
                return Permission::After(UNTIL_ANSWERED);
            }
            if let Some(quota) = &mut window.quota {
                let turn = quota.turn(window.length).unwrap_or(now.instant);
                let due = match quota.remaining {
                    0 => now.instant,
                    // One that comes a little early must not lose its turn.
                    _ => now.instant + quota.apart(window.length) / 2,
                };
                if turn > due {
                    let turn = quota.queue(turn, window.length);
                    return Permission::After(turn.saturating_duration_since(now.instant));
                }
                quota.remaining = quota.remaining.saturating_sub(1);
            }
            window.in_flight += 1;
            Permission::Granted
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
        self.with(|window| {
            window.roll(now.instant);
            // Of those in flight, this one was counted; the others may not have been.
            let others = window.in_flight.saturating_sub(1);
            let mut quota = Quota::new(
                rate.limit,
                rate.remaining.saturating_sub(others),
                now.instant + until_reset + window.lag,
                rate.reset,
            );
            if let Some(known) = window.quota {
                if rate.reset < known.told || (rate.reset == known.told && known.untold > 0) {
                    // It comes late, and tells of a window that is over.
                    return;
                }
                if rate.reset == known.told {
                    quota.last_turn = known.last_turn;
                    quota.refused = known.refused;
                    // Each reply shows the reset too late, by what its clock was rounded and by its
                    // way: the earliest is best, unless the service asked to hold back.
                    quota.reset = match known.refused {
                        true => known.reset,
                        false => known.reset.min(quota.reset),
                    };
                } else if known.untold <= 1
                    && let Ok(length) = rate.reset.duration_since(known.told)
                {
                    window.length = length.clamp(SECOND, FARTHEST_RESET);
                }
                if rate.reset == known.told || known.untold > 0 {
                    // What was granted in this window is counted already.
                    quota.remaining = known.remaining.min(rate.remaining);
                }
            }
            window.quota = Some(quota);
        });
    }

    fn exhausted(&self, wait: Duration, now: Now) {
        let reset = now.instant + wait.min(FARTHEST_RESET);
        self.with(|window| {
            window.roll(now.instant);
            let quota =
                window
                    .quota
                    .get_or_insert(Quota::new(UNKNOWN, 0, reset, SystemTime::UNIX_EPOCH));
            // Refused at the start of a window: the service is still in the one before.
            let begun = quota.reset.checked_sub(window.length);
            if !quota.refused && begun.is_some_and(|begun| now.instant < begun + 2 * SECOND) {
                window.lag = SECOND;
            }
            quota.remaining = 0;
            quota.refused = true;
            quota.reset = quota.reset.max(reset);
        });
    }

    fn release(&self) {
        self.with(|window| window.in_flight = window.in_flight.saturating_sub(1));
    }

    fn state(&self, now: Now) -> Option<RateLimit> {
        self.with(|window| {
            window.roll(now.instant);
            let quota = window.quota.filter(|quota| quota.limit != UNKNOWN)?;
            Some(RateLimit {
                limit: quota.limit,
                remaining: quota.remaining,
                reset: now.system + quota.reset.saturating_duration_since(now.instant),
            })
        })
    }
}

#[cfg(test)]
mod simulation;
#[cfg(test)]
mod tests;
