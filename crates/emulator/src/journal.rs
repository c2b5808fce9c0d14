//! What was asked of the emulator.

use std::borrow::Borrow;
use std::collections::{BTreeMap, VecDeque};

use intercom_core::Spec;

/// How many requests are kept. Counts go on beyond it.
const KEPT: usize = 100_000;

/// A request, and how it was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The name of the operation, such as `contacts::Update`; `None` where there is none at this
    /// address.
    pub operation: Option<&'static str>,
    /// The method, in capitals.
    pub method: String,
    /// The path, with the query.
    pub path: String,
    /// The status of the answer; `None` where the connection was closed instead.
    pub status: Option<u16>,
}

/// Every request that came, in its order. Beyond 100,000, the oldest are forgotten, but still
/// counted.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    requests: VecDeque<Entry>,
    counts: BTreeMap<&'static str, usize>,
    total: usize,
}

impl Journal {
    pub(crate) fn push(&mut self, entry: Entry) {
        self.total += 1;
        if let Some(operation) = entry.operation {
            *self.counts.entry(operation).or_default() += 1;
        }
        if self.requests.len() == KEPT {
            self.requests.pop_front();
        }
        self.requests.push_back(entry);
    }

    /// How often this operation was asked for, whatever the answer.
    ///
    /// ```
    /// use intercom_core::Endpoint;
    /// use intercom_core::api::contacts;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// assert_eq!(emulator.journal().count(contacts::Search::SPEC), 0);
    /// ```
    #[must_use]
    pub fn count(&self, operation: impl Borrow<Spec>) -> usize {
        let name = operation.borrow().name;
        self.counts.get(name).copied().unwrap_or_default()
    }

    /// How many requests came.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// The requests, in their order.
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.requests.iter()
    }
}
