//! Fault rules: which requests fail.

use std::borrow::Borrow;
use std::collections::BTreeMap;

use bytes::Bytes;
use http::Request;
use intercom_core::Spec;

use super::emulator::Emulator;
use super::page_size::page_size;
use crate::http::{Fault, FaultKind};

/// How many requests with faults of their own are remembered, to count their repetitions.
const REMEMBERED: usize = 10_000;

/// Identifies an injected fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FaultId(pub(crate) u64);

/// The faults to inject.
#[derive(Debug, Default)]
pub(crate) struct Faults {
    rules: Vec<Rule>,
    created: u64,
    /// How often requests with faults of their own were sent.
    seen: BTreeMap<String, usize>,
}

/// Which calls fail, counted from 1.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Selection {
    pub(crate) first: usize,
    /// `None` for every call from the first on.
    pub(crate) times: Option<usize>,
    /// Only requests for pages of at least this size count.
    pub(crate) min_per_page: Option<u64>,
}

impl Default for Selection {
    fn default() -> Self {
        Self {
            first: 1,
            times: Some(1),
            min_per_page: None,
        }
    }
}

impl Selection {
    pub(crate) const fn hits(&self, call: usize) -> bool {
        call >= self.first && !self.is_over(call)
    }

    /// Whether a request is for pages of the size that fails.
    pub(crate) fn covers(&self, request: &Request<Bytes>) -> bool {
        let least = self.min_per_page;
        least.is_none_or(|least| page_size(request).is_some_and(|size| size >= least))
    }

    const fn is_over(&self, call: usize) -> bool {
        match self.times {
            Some(times) => call >= self.first.saturating_add(times),
            None => false,
        }
    }
}

/// A fault and the calls that it hits.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) id: FaultId,
    /// `None` matches any operation.
    pub(crate) operation: Option<&'static str>,
    pub(crate) selection: Selection,
    /// How many calls have matched.
    pub(crate) seen: usize,
    pub(crate) enabled: bool,
    pub(crate) fault: Fault,
}

impl Faults {
    /// Returns the fault for the next request, which is of this operation. Every enabled rule that matches
    /// counts it.
    pub(crate) fn next(
        &mut self,
        operation: Option<&'static str>,
        request: &Request<Bytes>,
    ) -> Option<FaultKind> {
        let mut found = None;
        for rule in &mut self.rules {
            let matches = rule.operation.is_none() || rule.operation == operation;
            if !rule.enabled || !matches || !rule.selection.covers(request) {
                continue;
            }
            rule.seen += 1;
            if rule.selection.hits(rule.seen) && found.is_none() {
                found = Some(rule.fault.0.clone());
            }
        }
        found
    }

    /// Counts a request that carries its own fault, and returns whether the fault hits it. `key`
    /// identifies the request among others.
    pub(crate) fn hits_own(&mut self, key: String, selection: Selection) -> bool {
        if self.seen.len() >= REMEMBERED && !self.seen.contains_key(&key) {
            self.seen.pop_first();
        }
        let seen = self.seen.entry(key.clone()).or_default();
        *seen += 1;
        let call = *seen;
        if selection.is_over(call) {
            // The next one with this key begins anew.
            self.seen.remove(&key);
        }
        selection.hits(call)
    }

    pub(crate) fn add(
        &mut self,
        operation: Option<&'static str>,
        selection: Selection,
        fault: Fault,
    ) -> &Rule {
        self.created += 1;
        self.rules.push_mut(Rule {
            id: FaultId(self.created),
            operation,
            selection,
            seen: 0,
            enabled: true,
            fault,
        })
    }

    pub(crate) fn rules(&self) -> impl Iterator<Item = &Rule> {
        self.rules.iter()
    }

    pub(crate) fn rule_mut(&mut self, id: FaultId) -> Option<&mut Rule> {
        self.rules.iter_mut().find(|rule| rule.id == id)
    }

    pub(crate) fn remove(&mut self, id: FaultId) -> bool {
        let before = self.rules.len();
        self.rules.retain(|rule| rule.id != id);
        self.rules.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.rules.clear();
        self.seen.clear();
    }
}

/// Selects the calls that fail; [`with`](Self::with) sets how.
#[derive(Debug)]
#[must_use = "nothing fails until `with` is called"]
pub struct FaultBuilder<'a> {
    emulator: &'a Emulator,
    operation: Option<&'static str>,
    selection: Selection,
}

impl<'a> FaultBuilder<'a> {
    pub(crate) fn new(emulator: &'a Emulator, operation: Option<&'static str>) -> Self {
        Self {
            emulator,
            operation,
            selection: Selection::default(),
        }
    }

    pub(crate) fn of(emulator: &'a Emulator, operation: &impl Borrow<Spec>) -> Self {
        Self::new(emulator, Some(operation.borrow().name))
    }

    /// Starts at the n-th call from now; the next one is 1.
    pub const fn nth(mut self, n: usize) -> Self {
        self.selection.first = if n == 0 { 1 } else { n };
        self
    }

    /// Fails this many calls in a row; 1 by default.
    pub const fn times(mut self, times: usize) -> Self {
        self.selection.times = Some(times);
        self
    }

    /// Fails every call until the faults are cleared.
    pub const fn always(mut self) -> Self {
        self.selection.times = None;
        self
    }

    /// Fails only requests for pages of at least this size. A request that names no size is not one.
    ///
    /// ```
    /// use intercom_core::Endpoint;
    /// use intercom_core::api::contacts;
    /// use intercom_core::blocking::Client;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// emulator.fail(contacts::List::SPEC).min_per_page(38).always().with(500);
    /// let intercom = Client::new(emulator.transport(), "any");
    /// assert!(intercom.call(&contacts::List::new().per_page(150_u32)).is_err());
    /// assert!(intercom.call(&contacts::List::new().per_page(37_u32)).is_ok());
    /// ```
    pub const fn min_per_page(mut self, items: u64) -> Self {
        self.selection.min_per_page = Some(items);
        self
    }

    /// Injects this fault.
    pub fn with(self, fault: impl Into<Fault>) -> FaultId {
        let mut state = self.emulator.lock();
        let faults = &mut state.faults;
        faults.add(self.operation, self.selection, fault.into()).id
    }
}

#[cfg(test)]
mod tests {
    use super::{Faults, REMEMBERED, Selection};

    #[test]
    fn a_request_with_its_own_fault_begins_anew_after_it_succeeded() {
        let mut faults = Faults::default();
        let twice = Selection {
            times: Some(2),
            ..Selection::default()
        };
        let hits: Vec<_> = (0..6)
            .map(|_| faults.hits_own("GET /me".to_owned(), twice))
            .collect();
        assert_eq!(hits, [true, true, false, true, true, false]);
    }

    #[test]
    fn requests_with_faults_of_their_own_do_not_add_up_forever() {
        let mut faults = Faults::default();
        for n in 0..REMEMBERED + 100 {
            faults.hits_own(n.to_string(), Selection::default());
        }
        assert_eq!(faults.seen.len(), REMEMBERED);
    }
}
