//! The rate budget, which all calls of a client share.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;

use super::retry::MAX_WAIT;
use crate::transport::Now;
use crate::wire::RateLimit;

/// The assumed length of a window, until the replies of two windows show it.
const WINDOW: Duration = Duration::from_secs(10);

/// The resolution of the times that the service sends.
const SECOND: Duration = Duration::from_secs(1);

/// The share of a window, at its end, in which no requests are scheduled, so that the last ones still
/// arrive in it.
const LEFT_FREE: f64 = 0.05;

/// How many requests pass before the first reply states a limit: few enough for the smallest quota.
const MOST_UNANSWERED: u64 = 50;

/// How long the others wait before they try again.
const UNTIL_ANSWERED: Duration = Duration::from_millis(50);

/// A call that wants to send a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caller {
    /// How long the call can wait; `None` for as long as it takes.
    pub deadline: Option<Instant>,
    /// Whether the call has just waited as it was told.
    pub waited: bool,
}

/// Whether a request may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Permit {
    /// The request may be sent, and counts.
    Granted,
    /// Try again after this time.
    After(Duration),
}

/// Keeps requests within the rate limit. A client and its clones share one budget.
///
/// The default is [`SharedRateBudget`], in memory. Another implementation can share a quota among
/// processes. No method may block: such a budget grants permits from a share of the quota that it
/// fetched beforehand, and makes requests wait while it fetches another.
pub trait RateBudget: fmt::Debug + Send + Sync {
    /// Requests a permit to send a request. Each permit is followed by one [`release`](Self::release).
    fn acquire(&self, caller: Caller, now: Now) -> Permit;

    /// Learns from the headers of a response.
    fn observe(&self, headers: &HeaderMap, now: Now);

    /// Blocks all requests for this time, because the service refused one for its rate.
    fn exhausted(&self, wait: Duration, now: Now);

    /// Returns a permit: the request is over, with or without a response.
    fn release(&self);

    /// Returns the state of the rate limit, if it is known.
    fn state(&self, now: Now) -> Option<RateLimit> {
        let _ = now;
        None
    }
}

/// One budget for many clients.
impl<T: RateBudget + ?Sized> RateBudget for Arc<T> {
    fn acquire(&self, caller: Caller, now: Now) -> Permit {
        (**self).acquire(caller, now)
    }

    fn observe(&self, headers: &HeaderMap, now: Now) {
        (**self).observe(headers, now);
    }

    fn exhausted(&self, wait: Duration, now: Now) {
        (**self).exhausted(wait, now);
    }

    fn release(&self) {
        (**self).release();
    }

    fn state(&self, now: Now) -> Option<RateLimit> {
        (**self).state(now)
    }
}

/// A rate budget in memory, which learns the quota and the window from the headers of replies.
///
/// The first half of a window's quota is granted at once. The rest is spread over the remaining time of
/// the window, so that under load no call waits for a whole window, and the quota is used in full. Calls
/// that wait take turns, in the order in which they arrived.
///
/// Until the first reply, a few requests are granted at once, and the others wait for it. If replies
/// state no limit, everything is granted.
#[derive(Debug, Default)]
pub struct SharedRateBudget {
    window: Mutex<Window>,
}

#[derive(Debug)]
struct Window {
    /// Whether a reply has arrived, so that the limit is known, if there is one.
    answered: bool,
    quota: Option<Quota>,
    length: Duration,
    /// How much later than stated the service starts its windows.
    lag: Duration,
    /// The end of the time in which the service asked to send nothing.
    held_until: Option<Instant>,
    in_flight: u64,
}

/// A window as replies state it, and what was granted since.
#[derive(Debug, Clone, Copy)]
struct Quota {
    limit: u64,
    remaining: u64,
    reset: Instant,
    /// The reset of the newest window that a reply stated, in whole seconds.
    told: SystemTime,
    /// How many windows have started since, by our clock alone.
    untold: u32,
    /// When the last scheduled request was granted.
    last_granted: Option<Instant>,
    /// The last turn that was given to a waiting call.
    last_turn: Option<Instant>,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            answered: false,
            quota: None,
            length: WINDOW,
            lag: Duration::ZERO,
            held_until: None,
            in_flight: 0,
        }
    }
}

impl Window {
    /// Starts the next window if this one is over.
    fn roll(&mut self, now: Instant) {
        let Some(quota) = self.quota.filter(|quota| now >= quota.reset) else {
            return;
        };
        let passed = (now - quota.reset).as_nanos() / self.length.as_nanos().max(1) + 1;
        self.quota = u32::try_from(passed).ok().and_then(|passed| {
            Some(Quota {
                reset: quota.reset.checked_add(self.length.checked_mul(passed)?)?,
                untold: quota.untold.saturating_add(passed),
                ..Quota::new(quota.limit, quota.limit, quota.reset, quota.told)
            })
        });
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
            last_granted: None,
            last_turn: None,
        }
    }

    /// Whether requests are granted at once.
    const fn is_plenty(&self) -> bool {
        self.remaining > self.limit / 2
    }

    /// The time between the turns of the remaining requests.
    fn apart(&self, window: Duration, now: Instant) -> Duration {
        let left = self.reset.saturating_duration_since(now);
        left.saturating_sub(window.mul_f64(LEFT_FREE))
            .div_f64(self.remaining.max(1) as f64)
    }

    /// Grants a request, or returns when its turn is.
    fn take(&mut self, caller: Caller, window: Duration, now: Instant) -> Result<(), Instant> {
        if !self.is_plenty() {
            let apart = self.apart(window, now);
            let turn = match self.last_granted {
                _ if self.remaining == 0 => self.reset,
                Some(last) => last + apart,
                None => now,
            };
            let others_wait = self.last_turn.is_some_and(|last| last > now);
            let is_due = match caller.waited {
                // A call that returns slightly early must not lose its turn.
                true => turn <= now + apart / 2,
                false => turn <= now && !others_wait,
            };
            if self.remaining == 0 || !is_due {
                let behind = self.last_turn.map_or(turn, |last| turn.max(last + apart));
                let turn = behind.min(self.reset);
                // A call that cannot wait leaves its turn to another.
                if caller.deadline.is_none_or(|deadline| turn < deadline) {
                    self.last_turn = Some(turn);
                }
                return Err(turn);
            }
            self.last_granted = Some(now);
        }
        self.remaining = self.remaining.saturating_sub(1);
        Ok(())
    }
}

impl SharedRateBudget {
    fn with<T>(&self, act: impl FnOnce(&mut Window) -> T) -> T {
        act(&mut self.window.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl RateBudget for SharedRateBudget {
    fn acquire(&self, caller: Caller, now: Now) -> Permit {
        self.with(|window| {
            window.roll(now.instant);
            if let Some(held) = window.held_until.filter(|held| *held > now.instant) {
                return Permit::After(held - now.instant);
            }
            if !window.answered && window.in_flight >= MOST_UNANSWERED {
                return Permit::After(UNTIL_ANSWERED);
            }
            let length = window.length;
            if let Some(quota) = &mut window.quota
                && let Err(turn) = quota.take(caller, length, now.instant)
            {
                return Permit::After(turn.saturating_duration_since(now.instant));
            }
            window.in_flight += 1;
            Permit::Granted
        })
    }

    fn observe(&self, headers: &HeaderMap, now: Now) {
        self.with(|window| window.answered = true);
        let Some(rate) = RateLimit::read(headers) else {
            return;
        };
        let until_reset = rate.until_reset(headers, now.system);
        let plausible = !until_reset.is_zero() && until_reset <= MAX_WAIT;
        if !plausible || rate.limit == 0 {
            return;
        }
        self.with(|window| {
            window.roll(now.instant);
            let Some(known) = window.quota else {
                // Of the requests in flight, this one was counted; the others may not have been.
                let others = window.in_flight.saturating_sub(1);
                let remaining = rate.remaining.saturating_sub(others);
                let reset = now.instant + until_reset + window.lag;
                window.quota = Some(Quota::new(rate.limit, remaining, reset, rate.reset));
                return;
            };
            // The reset of a window may be stated as one second or as the next.
            let is_told = rate.reset < known.told + window.length / 2;
            if rate.reset + window.length / 2 < known.told || (is_told && known.untold > 0) {
                // It arrived late, and is about a window that is over.
                return;
            }
            if !is_told {
                let length = rate.reset.duration_since(known.told).unwrap_or_default();
                if known.untold <= 1 && length >= 2 * SECOND {
                    window.length = length.min(MAX_WAIT);
                }
                if known.untold == 0 && now.instant + window.lag <= known.reset {
                    // The service was not late, but on time.
                    window.lag = Duration::ZERO;
                }
            }
            let reset = now.instant + until_reset + window.lag;
            window.quota = Some(if is_told {
                Quota {
                    limit: rate.limit,
                    remaining: known.remaining.min(rate.remaining),
                    // Each reply shows the reset too late, by rounding and by its latency: the
                    // earliest is the best estimate.
                    reset: known.reset.min(reset),
                    ..known
                }
            } else if known.untold > 0 {
                // What was granted in this window is already counted.
                Quota {
                    last_granted: known.last_granted,
                    last_turn: known.last_turn,
                    ..Quota::new(
                        rate.limit,
                        known.remaining.min(rate.remaining),
                        reset,
                        rate.reset,
                    )
                }
            } else {
                let others = window.in_flight.saturating_sub(1);
                let remaining = rate.remaining.saturating_sub(others);
                Quota::new(rate.limit, remaining, reset, rate.reset)
            });
        });
    }

    fn exhausted(&self, wait: Duration, now: Now) {
        // Only the refused call waits for as long as it was told. A mistake must not delay all others
        // for longer than that.
        let until = now.instant + wait.min(MAX_WAIT);
        self.with(|window| {
            window.roll(now.instant);
            // Refused at the start of a window that started by our clock alone: the service may still
            // be in the previous one.
            if let Some(quota) = window.quota.filter(|quota| quota.untold > 0)
                && let Some(begun) = quota.reset.checked_sub(window.length)
                && now.instant < begun + 2 * SECOND
            {
                window.lag = SECOND;
            }
            window.held_until = window.held_until.max(Some(until));
        });
    }

    fn release(&self) {
        self.with(|window| window.in_flight = window.in_flight.saturating_sub(1));
    }

    fn state(&self, now: Now) -> Option<RateLimit> {
        self.with(|window| {
            window.roll(now.instant);
            let quota = window.quota?;
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
