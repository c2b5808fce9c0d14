//! The journal of requests.

use std::borrow::Borrow;
use std::collections::{BTreeMap, VecDeque};

use intercom_core::Spec;

/// How many bytes of requests are kept. Counts include the requests that were dropped.
const KEPT: usize = 16 * 1024 * 1024;

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

impl Entry {
    /// Returns how much memory the entry takes, roughly.
    fn size(&self) -> usize {
        size_of::<Self>() + self.method.len() + self.path.len()
    }
}

/// Every request in order of arrival. Beyond 16 MiB the oldest are dropped, but still counted.
#[derive(Debug, Clone, Default)]
pub struct Journal {
    requests: VecDeque<Entry>,
    /// The size of all requests.
    bytes: usize,
    counts: BTreeMap<&'static str, usize>,
    total: usize,
}

impl Journal {
    pub(crate) fn push(&mut self, entry: Entry) {
        self.total += 1;
        if let Some(operation) = entry.operation {
            *self.counts.entry(operation).or_default() += 1;
        }
        self.bytes += entry.size();
        self.requests.push_back(entry);
        while self.bytes > KEPT
            && let Some(oldest) = self.requests.pop_front()
        {
            self.bytes -= oldest.size();
        }
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

#[cfg(test)]
mod tests {
    use super::{Entry, Journal, KEPT};

    #[test]
    fn the_journal_stays_within_its_size_and_counts_what_it_drops() {
        let mut journal = Journal::default();
        let entry = |n: usize| Entry {
            operation: Some("contacts::Get"),
            method: "GET".to_owned(),
            path: format!("/contacts/{n}?{}", "x".repeat(KEPT / 10)),
            status: Some(200),
        };
        for n in 0..30 {
            journal.push(entry(n));
        }
        assert_eq!(journal.total(), 30);
        assert_eq!(journal.counts["contacts::Get"], 30);
        assert_eq!(journal.requests().len(), 9);
        assert!(
            journal
                .requests()
                .next()
                .unwrap()
                .path
                .starts_with("/contacts/21?")
        );
        // One entry that is too large by itself is dropped as well.
        let mut large = entry(31);
        large.path = "x".repeat(KEPT + 1);
        journal.push(large);
        assert_eq!((journal.requests().len(), journal.bytes), (0, 0));
    }
}
