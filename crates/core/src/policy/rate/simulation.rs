//! Callers and a service with windows, by made-up time.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::time::{Duration, SystemTime};

use http::HeaderMap;

use super::{Caller, Permit, RateBudget, SharedRateBudget};
use crate::transport::Now;

/// A service that counts requests in windows.
pub(super) struct Service {
    pub(super) limit: u64,
    pub(super) length: Duration,
    /// How much later its windows start than the multiples of their length.
    pub(super) offset: Duration,
    /// How many requests another client sends at the start of each window.
    pub(super) others: u64,
    /// How many of the callers give up at once if they would have to wait, and try again.
    pub(super) hurried: usize,
    /// Whether replies show its clock.
    pub(super) dated: bool,
}

impl Default for Service {
    fn default() -> Self {
        Self {
            limit: 167,
            length: Duration::from_secs(10),
            offset: Duration::ZERO,
            others: 0,
            hurried: 0,
            dated: true,
        }
    }
}

/// The results, window by window.
#[derive(Debug, Default, Clone)]
pub(super) struct Window {
    pub(super) answered: u64,
    pub(super) refused: u64,
    /// The longest that one who did not hurry was held back, before it was sent in this window.
    pub(super) longest: Duration,
}

/// The time that those who hurry have, and after which they try again.
const SOON: Duration = Duration::from_millis(200);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Event {
    /// A caller asks to send, as it does since then; whether it waited.
    Asks(Duration, bool),
    /// Its request arrives.
    Arrives,
    /// Its reply comes back: whether it was refused, what is left, the reset and the service's clock.
    Replied(bool, u64, u64, SystemTime),
}

/// Lets so many callers send one request after the other, for so many windows.
pub(super) fn run(service: &Service, callers: usize, windows: usize) -> Vec<Window> {
    let budget = SharedRateBudget::default();
    let mut random = fastrand::Rng::with_seed(7);
    let start = Now {
        system: SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_003),
        ..Now::from_system()
    };
    let began = |at: Duration| {
        let since = (start.system + at - service.offset).duration_since(SystemTime::UNIX_EPOCH);
        since.unwrap().as_nanos() / service.length.as_nanos()
    };
    let first = began(Duration::ZERO);
    let mut seen = vec![Window::default(); windows];
    let mut events: BinaryHeap<Reverse<(Duration, usize, Event)>> = (0..callers)
        .map(|caller| Reverse((Duration::ZERO, caller, Event::Asks(Duration::ZERO, false))))
        .collect();

    while let Some(Reverse((at, caller, event))) = events.pop() {
        let now = start + at;
        let mut way = || Duration::from_micros(random.u64(10_000..60_000));
        let next = match event {
            Event::Asks(since, waited) => {
                let hurries = caller < service.hurried;
                let deadline = hurries.then(|| (start + since + SOON).instant);
                match budget.acquire(Caller { deadline, waited }, now) {
                    Permit::Granted => {
                        let index = usize::try_from(began(at) - first).ok();
                        if let Some(window) = index.and_then(|n| seen.get_mut(n))
                            && !hurries
                        {
                            window.longest = window.longest.max(at - since);
                        }
                        (at + way(), Event::Arrives)
                    }
                    Permit::After(wait) if deadline.is_some_and(|it| now.instant + wait >= it) => {
                        (at + SOON, Event::Asks(at + SOON, false))
                    }
                    Permit::After(wait) => (
                        at + wait.max(Duration::from_micros(1)),
                        Event::Asks(since, true),
                    ),
                }
            }
            Event::Arrives => {
                let index = began(at) - first;
                let Some(window) = usize::try_from(index).ok().and_then(|n| seen.get_mut(n)) else {
                    break;
                };
                let used = window.answered + service.others;
                let refused = used >= service.limit;
                if refused {
                    window.refused += 1;
                } else {
                    window.answered += 1;
                }
                let left = service.limit.saturating_sub(used + 1);
                let end = (first + index + 1) * service.length.as_nanos();
                let reset = Duration::from_nanos_u128(end) + service.offset;
                let reply = Event::Replied(refused, left, reset.as_secs(), now.system);
                (at + way(), reply)
            }
            Event::Replied(refused, left, reset, clock) => {
                let mut headers = HeaderMap::new();
                headers.insert("x-ratelimit-limit", service.limit.into());
                headers.insert("x-ratelimit-remaining", left.into());
                headers.insert("x-ratelimit-reset", reset.into());
                if service.dated {
                    let date = httpdate::fmt_http_date(clock);
                    headers.insert("date", date.parse().unwrap());
                }
                budget.observe(&headers, now);
                budget.release();
                if refused {
                    let reset = SystemTime::UNIX_EPOCH + Duration::from_secs(reset);
                    let wait = reset.duration_since(clock).unwrap_or_default();
                    budget.exhausted(wait, now);
                }
                (at, Event::Asks(at, false))
            }
        };
        events.push(Reverse((next.0, caller, next.1)));
    }
    seen
}
