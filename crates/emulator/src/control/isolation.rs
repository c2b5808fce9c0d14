//! One workspace for each token.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use super::emulator::Emulator;

/// How many workspaces there are at most, unless it is said otherwise.
pub(crate) const MAX_WORKSPACES: usize = 10_000;

/// The workspaces of the tokens. Beyond their number, the one that was not used for longest is dropped.
pub(crate) struct Workspaces {
    most: usize,
    known: Mutex<Known>,
}

#[derive(Default)]
struct Known {
    by_token: BTreeMap<Box<str>, (u64, Emulator)>,
    /// The tokens by when they were last used.
    by_use: BTreeMap<u64, Box<str>>,
    uses: u64,
}

impl fmt::Debug for Workspaces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The tokens are secret.
        f.debug_struct("Workspaces")
            .field("most", &self.most)
            .finish_non_exhaustive()
    }
}

impl Workspaces {
    pub(crate) fn new(most: usize) -> Self {
        Self {
            most: most.max(1),
            known: Mutex::default(),
        }
    }

    /// Returns the emulator of which this is true.
    pub(crate) fn find(&self, is_wanted: impl Fn(&Emulator) -> bool) -> Option<Emulator> {
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let mut emulators = known.by_token.values().map(|(_, emulator)| emulator);
        emulators.find(|emulator| is_wanted(emulator)).cloned()
    }

    /// Returns the emulator of a token: one that begins as `template` is now, if there is none yet.
    pub(crate) fn of(&self, token: &str, template: &Emulator) -> Emulator {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        known.uses += 1;
        let now = known.uses;
        if let Some((used, emulator)) = known.by_token.get_mut(token) {
            let emulator = emulator.clone();
            let before = std::mem::replace(used, now);
            if let Some(token) = known.by_use.remove(&before) {
                known.by_use.insert(now, token);
            }
            return emulator;
        }
        if known.by_token.len() >= self.most
            && let Some((_, oldest)) = known.by_use.pop_first()
        {
            known.by_token.remove(&oldest);
        }
        let emulator = template.fork();
        known.by_use.insert(now, token.into());
        known.by_token.insert(token.into(), (now, emulator.clone()));
        emulator
    }
}

#[cfg(test)]
mod tests {
    use super::Workspaces;
    use crate::Emulator;

    #[test]
    fn each_token_has_a_workspace_that_begins_like_the_template() {
        let template = Emulator::builder().demo_size(5).build();
        let workspaces = Workspaces::new(10);
        let one = workspaces.of("one", &template);
        one.contact().email("ada@example.com").create();
        assert_eq!(workspaces.of("one", &template).size().contacts, 6);
        assert_eq!(workspaces.of("two", &template).size().contacts, 5);
        assert_eq!(template.size().contacts, 5);
        one.reset();
        assert_eq!(one.size().contacts, 5);
    }

    #[test]
    fn the_workspace_that_was_not_used_for_longest_is_dropped() {
        let template = Emulator::new();
        let workspaces = Workspaces::new(2);
        for token in ["one", "two"] {
            workspaces.of(token, &template).contact().create();
        }
        workspaces.of("one", &template);
        workspaces.of("three", &template);
        assert_eq!(workspaces.of("one", &template).size().contacts, 1);
        assert_eq!(workspaces.of("two", &template).size().contacts, 0);
    }
}
