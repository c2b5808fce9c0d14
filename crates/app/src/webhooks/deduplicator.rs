//! Recognizing notifications that come again.

use std::collections::{HashMap, VecDeque};
use std::convert::Infallible;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Remembers which notifications were handled, by their [`key`](super::Notification::key).
///
/// Claim the key before handling a notification, and release it if handling fails, so that the retry is
/// handled. Over a database, `claim` is an insert that a unique index refuses the second time; do it in
/// the transaction that stores what the handler does, and a crash between the two loses nothing.
pub trait Deduplicator: Send + Sync {
    /// The error of the store.
    type Error;

    /// Claims a key. Returns `true` the first time, and `false` for a key that is claimed.
    ///
    /// # Errors
    ///
    /// If the store fails. Reply with 500 then, so that Intercom sends the notification again.
    fn claim(&self, key: &str) -> Result<bool, Self::Error>;

    /// Releases a key, so that it can be claimed again.
    ///
    /// # Errors
    ///
    /// If the store fails.
    fn release(&self, key: &str) -> Result<(), Self::Error>;
}

/// Remembers the last keys in memory, for one process.
///
/// It forgets the oldest keys first, and everything when the process ends. The retry of a notification
/// follows after a minute, but a throttled one may come two hours later.
///
/// ```
/// use intercom_app::webhooks::{Deduplicator, MemoryDeduplicator};
///
/// let seen = MemoryDeduplicator::new(10_000);
/// assert_eq!(seen.claim("notif_1"), Ok(true));
/// assert_eq!(seen.claim("notif_1"), Ok(false));
/// seen.release("notif_1")?;
/// assert_eq!(seen.claim("notif_1"), Ok(true));
/// # Ok::<(), std::convert::Infallible>(())
/// ```
pub struct MemoryDeduplicator {
    capacity: usize,
    claims: Mutex<Claims>,
}

#[derive(Default)]
struct Claims {
    /// The keys, each with the number of its claim.
    claimed: HashMap<Arc<str>, u64>,
    /// All claims, released ones too, oldest first.
    order: VecDeque<(u64, Arc<str>)>,
    next: u64,
}

impl MemoryDeduplicator {
    /// Creates one that remembers so many keys, at least one.
    #[must_use]
    pub fn new(capacity: usize) -> Self {
        Self {
            capacity: capacity.max(1),
            claims: Mutex::default(),
        }
    }

    fn claims(&self) -> MutexGuard<'_, Claims> {
        // Nothing that runs while it is locked can panic and leave it half changed.
        self.claims.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Deduplicator for MemoryDeduplicator {
    type Error = Infallible;

    fn claim(&self, key: &str) -> Result<bool, Infallible> {
        let mut claims = self.claims();
        if claims.claimed.contains_key(key) {
            return Ok(false);
        }
        let number = claims.next;
        claims.next += 1;
        let key: Arc<str> = key.into();
        claims.claimed.insert(key.clone(), number);
        claims.order.push_back((number, key));
        while claims.order.len() > self.capacity {
            let Some((number, oldest)) = claims.order.pop_front() else {
                break;
            };
            // The key may have been released and claimed again since.
            if claims.claimed.get(&oldest) == Some(&number) {
                claims.claimed.remove(&oldest);
            }
        }
        Ok(true)
    }

    fn release(&self, key: &str) -> Result<(), Infallible> {
        self.claims().claimed.remove(key);
        Ok(())
    }
}

impl fmt::Debug for MemoryDeduplicator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("MemoryDeduplicator")
            .field("capacity", &self.capacity)
            .field("claimed", &self.claims().claimed.len())
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use super::{Deduplicator, MemoryDeduplicator};

    #[test]
    fn the_oldest_keys_are_forgotten_first() {
        let seen = MemoryDeduplicator::new(2);
        for key in ["a", "b", "c"] {
            assert_eq!(seen.claim(key), Ok(true));
        }
        assert_eq!(seen.claim("c"), Ok(false));
        assert_eq!(seen.claim("b"), Ok(false));
        assert_eq!(seen.claim("a"), Ok(true));
    }

    #[test]
    fn a_key_that_was_claimed_again_is_as_young_as_its_last_claim() {
        let seen = MemoryDeduplicator::new(2);
        assert_eq!(seen.claim("a"), Ok(true));
        assert_eq!(seen.release("a"), Ok(()));
        assert_eq!(seen.claim("a"), Ok(true));
        assert_eq!(seen.claim("b"), Ok(true));
        assert_eq!(seen.claim("a"), Ok(false));
    }

    #[test]
    fn claims_and_releases_do_not_add_up() {
        let seen = MemoryDeduplicator::new(3);
        for _ in 0..1000 {
            assert_eq!(seen.claim("a"), Ok(true));
            assert_eq!(seen.release("a"), Ok(()));
        }
        assert!(seen.claims().order.len() <= 3);
    }
}
