//! Searches that find new objects with a delay.

use std::time::Duration;

use intercom_core::model::Timestamp;

use crate::store::Ids;

/// The delay with which searches find new objects; none by default.
///
/// It depends on the seed and the id of an object whether it is late, and how much. Lists and requests for one
/// object are never late.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct SearchLag {
    percent: u8,
    up_to: u32,
    seed: u64,
}

impl SearchLag {
    /// Delays this percentage of new objects by up to `delay`, in whole seconds of the emulator's clock. A
    /// percentage above 100 counts as 100.
    #[must_use]
    pub fn new(percent: u8, delay: Duration) -> Self {
        Self {
            percent: percent.min(100),
            up_to: u32::try_from(delay.as_secs()).unwrap_or(u32::MAX),
            seed: 0,
        }
    }

    /// Sets the seed that decides which objects are late, and how much.
    #[must_use]
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    pub(crate) const fn percent(self) -> u8 {
        self.percent
    }

    pub(crate) const fn up_to(self) -> u32 {
        self.up_to
    }

    pub(crate) const fn seeded_with(self) -> u64 {
        self.seed
    }

    /// Whether a search finds the object by now.
    pub(crate) fn finds(self, id: &str, created_at: Option<Timestamp>, now: Timestamp) -> bool {
        let Some(created) = created_at.filter(|_| self.percent > 0 && self.up_to > 0) else {
            return true;
        };
        let age = now.as_second().saturating_sub(created.as_second());
        // What is dated in the future was imported with that date.
        if age < 0 || age >= i64::from(self.up_to) {
            return true;
        }
        let mut random = fastrand::Rng::with_seed(Ids::seed_of(self.seed, id));
        random.u8(..100) >= self.percent || age >= i64::from(random.u32(1..=self.up_to))
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use intercom_core::model::Timestamp;

    use super::SearchLag;

    fn found(lag: SearchLag, age: i64) -> usize {
        let created = Timestamp::from_second(1_700_000_000);
        let now = Timestamp::from_second(1_700_000_000 + age);
        let finds = |id: &u32| lag.finds(&id.to_string(), Some(created), now);
        (0..1000).filter(finds).count()
    }

    #[test]
    fn a_share_is_found_late_and_all_in_the_end() {
        let lag = SearchLag::new(5, Duration::from_secs(180));
        let (at_once, later) = (found(lag, 0), found(lag, 90));
        assert!((920..980).contains(&at_once), "{at_once}");
        assert!(later > at_once && later < 1000, "{later}");
        assert_eq!(found(lag, 180), 1000);
        assert_eq!(found(lag, -1), 1000);
        assert_eq!(found(SearchLag::default(), 0), 1000);
        assert_eq!(found(SearchLag::new(100, Duration::from_secs(9)), 0), 0);
    }
}
