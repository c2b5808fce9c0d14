//! The rate limit, shared by all calls of a client.

use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use http::HeaderMap;

use super::retry::MAX_WAIT;
use crate::transport::Now;
use crate::wire::RateLimit;

/// How long a window is, until replies of two of them tell.
const WINDOW: Duration = Duration::from_secs(10);

/// The unit in which the service tells of its windows.
const SECOND: Duration = Duration::from_secs(1);

/// The part of a window, at its end, over which no requests are spread, so that what is sent last still
/// arrives in it.
const LEFT_FREE: f64 = 0.05;

/// How many requests pass before the first reply tells of a limit: few enough for the smallest quota.
const MOST_UNANSWERED: u64 = 50;

/// How long the others are held back before they ask again.
const UNTIL_ANSWERED: Duration = Duration::from_millis(50);

/// Who asks to send a request.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Caller {
    /// Until when it can wait; `None` where for as long as it takes.
    pub deadline: Option<Instant>,
    /// Whether it asks again, after it waited as it was told.
    pub waited: bool,
}

/// Whether a request may be sent now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Permit {
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
    fn acquire(&self, caller: Caller, now: Now) -> Permit;

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

/// One account for many clients.
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

/// A budget in memory, which learns the quota and the window from the headers.
///
/// Half of a window's quota passes as it is asked for. The rest is spread over what is left of the
/// window, so that under load no caller waits for a whole one, and all of the quota is used. Those who
/// wait have turns, in the order in which they came.
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
    /// Until when the service asked to send nothing.
    held_until: Option<Instant>,
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
    /// When the last of the requests that are spread was granted.
    last_granted: Option<Instant>,
    /// The turn that was given last to one that has to wait.
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
    /// Begins the next window where one is over.
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

    /// Whether requests pass as they are asked for.
    const fn is_plenty(&self) -> bool {
        self.remaining > self.limit / 2
    }

    /// How far the turns of what is left are apart.
    fn apart(&self, window: Duration, now: Instant) -> Duration {
        let left = self.reset.saturating_duration_since(now);
        left.saturating_sub(window.mul_f64(LEFT_FREE))
            .div_f64(self.remaining.max(1) as f64)
    }

    /// Grants a request, or says when its turn is.
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
                // Who comes a little early must not lose the turn.
                true => turn <= now + apart / 2,
                false => turn <= now && !others_wait,
            };
            if self.remaining == 0 || !is_due {
                let behind = self.last_turn.map_or(turn, |last| turn.max(last + apart));
                let turn = behind.min(self.reset);
                // Who cannot wait for it leaves it to another.
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
                // Of those in flight, this one was counted; the others may not have been.
                let others = window.in_flight.saturating_sub(1);
                let remaining = rate.remaining.saturating_sub(others);
                let reset = now.instant + until_reset + window.lag;
                window.quota = Some(Quota::new(rate.limit, remaining, reset, rate.reset));
                return;
            };
            // The reset of one window may be told as one second or as the next.
            let is_told = rate.reset < known.told + window.length / 2;
            if rate.reset + window.length / 2 < known.told || (is_told && known.untold > 0) {
                // It comes late, and tells of a window that is over.
                return;
            }
            if !is_told {
                let length = rate.reset.duration_since(known.told).unwrap_or_default();
                if known.untold <= 1 && length >= 2 * SECOND {
                    window.length = length.min(MAX_WAIT);
                }
                if known.untold == 0 && now.instant + window.lag <= known.reset {
                    // The service was not late, but in time.
                    window.lag = Duration::ZERO;
                }
            }
            let reset = now.instant + until_reset + window.lag;
            window.quota = Some(if is_told {
                Quota {
                    limit: rate.limit,
                    remaining: known.remaining.min(rate.remaining),
                    // Each reply shows the reset too late, by what its clock was rounded and by its
                    // way: the earliest is best.
                    reset: known.reset.min(reset),
                    ..known
                }
            } else if known.untold > 0 {
                // What was granted in this window is counted already.
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
        // The call that was refused waits for as long as it was told. A mistake must not hold all
        // others up for longer than they can tell it from a window.
        let until = now.instant + wait.min(MAX_WAIT);
        self.with(|window| {
            window.roll(now.instant);
            // Refused at the start of a window that began by our clock alone: the service may still be
            // in the one before.
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
