//! The journal of requests.

use std::borrow::Borrow;
use std::collections::{BTreeMap, VecDeque};

use intercom_core::Spec;

/// How many requests are kept. Counts include the ones that were dropped.
const KEPT: usize = 100_000;

/// A request and its status.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// The name of the operation, such as `contacts::Update`; `None` if there is no operation at this
    /// address.
    pub operation: Option<&'static str>,
    /// The method, such as `GET`.
    pub method: String,
    /// The path and query.
    pub path: String,
    /// The status of the reply; `None` if the connection was closed or left hanging.
    pub status: Option<u16>,
}

/// Every request in order of arrival. The oldest are dropped after 100,000, but still counted.
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

    /// Returns how many requests there were for this operation, whatever their status.
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

    /// Returns the number of requests.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.total
    }

    /// Iterates over the requests in order.
    pub fn requests(&self) -> impl DoubleEndedIterator<Item = &Entry> + ExactSizeIterator {
        self.requests.iter()
    }
}
