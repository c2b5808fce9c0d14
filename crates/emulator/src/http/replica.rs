//! A second replica of the workspace, which lags behind.

use std::collections::VecDeque;
use std::time::{Duration, SystemTime};

use crate::store::Workspace;

/// The longest lag.
pub(crate) const MAX_LAG: Duration = Duration::from_secs(60 * 60);

/// Writes that are so close together reach the replica together.
const TOGETHER: Duration = Duration::from_secs(1);

/// A replica that lags behind; without a lag there is none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Replica {
    lag: Duration,
    /// The workspace as it was before writes, and when they happened, oldest first.
    past: VecDeque<(SystemTime, Workspace)>,
    /// Whether it answers the next read.
    is_next: bool,
}

impl Replica {
    pub(crate) fn lagging(lag: Duration) -> Self {
        Self {
            lag: lag.min(MAX_LAG),
            ..Self::default()
        }
    }

    /// Returns a replica with this lag that knows of no writes.
    pub(crate) fn anew(&self) -> Self {
        Self::lagging(self.lag)
    }

    #[cfg(feature = "serve")]
    pub(crate) const fn lag(&self) -> Duration {
        self.lag
    }

    /// Keeps the workspace as it is before a write.
    pub(crate) fn keep(&mut self, workspace: &Workspace, now: SystemTime) {
        if self.lag.is_zero() {
            return;
        }
        // Those that it has reached by now are of no use.
        while self
            .past
            .front()
            .is_some_and(|(at, _)| self.has_reached(*at, now))
        {
            self.past.pop_front();
        }
        let is_together = |(at, _): &(SystemTime, Workspace)| {
            now.duration_since(*at)
                .is_ok_and(|passed| passed < TOGETHER)
        };
        if !self.past.back().is_some_and(is_together) {
            self.past.push_back((now, workspace.clone()));
        }
    }

    /// Returns the workspace from which to answer a read, if not from the newest one: every other time.
    pub(crate) fn next(&mut self, now: SystemTime) -> Option<Workspace> {
        if self.lag.is_zero() {
            return None;
        }
        let is_lagging = self.is_next;
        self.is_next = !is_lagging;
        let mut past = self.past.iter();
        let (_, workspace) = past.find(|(at, _)| is_lagging && !self.has_reached(*at, now))?;
        Some(workspace.clone())
    }

    fn has_reached(&self, write: SystemTime, now: SystemTime) -> bool {
        now.duration_since(write)
            .is_ok_and(|passed| passed >= self.lag)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use super::Replica;
    use crate::store::Workspace;

    fn at(milliseconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_millis(milliseconds)
    }

    /// How many admins the workspace has that a read of the replica sees, if it is not the newest.
    fn seen(replica: &mut Replica, now: SystemTime) -> Option<usize> {
        assert!(
            replica.next(now).is_none(),
            "every other read is of the newest"
        );
        replica.next(now).map(|workspace| workspace.admins.len())
    }

    #[test]
    fn every_other_read_sees_the_workspace_of_a_while_ago() {
        let (mut replica, mut workspace) =
            (Replica::lagging(Duration::from_secs(2)), Workspace::new(1));
        for now in [at(0), at(500), at(1_500)] {
            replica.keep(&workspace, now);
            workspace.add_admin("Ada", "ada@example.com");
        }
        assert_eq!(seen(&mut replica, at(1_900)), Some(0));
        // The second write came soon after the first, and arrives with it.
        assert_eq!(seen(&mut replica, at(2_000)), Some(2));
        assert_eq!(seen(&mut replica, at(3_500)), None);
        replica.keep(&workspace, at(4_000));
        assert_eq!(replica.past.len(), 1);
    }

    #[test]
    fn without_a_lag_nothing_is_kept() {
        let mut replica = Replica::default();
        replica.keep(&Workspace::new(1), at(0));
        assert!(replica.past.is_empty());
        assert!(replica.next(at(0)).is_none() && replica.next(at(0)).is_none());
    }
}
