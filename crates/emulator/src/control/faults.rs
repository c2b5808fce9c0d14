//! Fault rules: which requests fail.

use std::borrow::Borrow;

use intercom_core::Spec;

use super::emulator::Emulator;
use crate::http::{Fault, FaultKind};

/// The faults to inject.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    /// `None` matches any operation.
    operation: Option<&'static str>,
    first: usize,
    /// `None` for every call from the first on.
    times: Option<usize>,
    seen: usize,
    fault: Fault,
}

impl Faults {
    /// Returns the fault for the next request of this operation. Every rule that matches counts it.
    pub(crate) fn next(&mut self, operation: Option<&'static str>) -> Option<FaultKind> {
        let mut found = None;
        for rule in &mut self.0 {
            if rule.operation.is_some() && rule.operation != operation {
                continue;
            }
            rule.seen += 1;
            let ends = rule.times.map(|times| rule.first.saturating_add(times));
            let hits = rule.seen >= rule.first && ends.is_none_or(|end| rule.seen < end);
            if hits && found.is_none() {
                found = Some(rule.fault.0.clone());
            }
        }
        found
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

/// Selects the calls that fail; [`with`](Self::with) sets how.
#[derive(Debug)]
#[must_use = "nothing fails until `with` is called"]
pub struct FaultBuilder<'a> {
    emulator: &'a Emulator,
    operation: Option<&'static str>,
    first: usize,
    times: Option<usize>,
}

impl<'a> FaultBuilder<'a> {
    pub(crate) fn new(emulator: &'a Emulator, operation: Option<&'static str>) -> Self {
        Self {
            emulator,
            operation,
            first: 1,
            times: Some(1),
        }
    }

    pub(crate) fn of(emulator: &'a Emulator, operation: &impl Borrow<Spec>) -> Self {
        Self::new(emulator, Some(operation.borrow().name))
    }

    /// Starts at the n-th call from now; the next one is 1.
    pub const fn nth(mut self, n: usize) -> Self {
        self.first = if n == 0 { 1 } else { n };
        self
    }

    /// Fails this many calls in a row; 1 by default.
    pub const fn times(mut self, times: usize) -> Self {
        self.times = Some(times);
        self
    }

    /// Fails every call until the faults are cleared.
    pub const fn always(mut self) -> Self {
        self.times = None;
        self
    }

    /// Injects this fault.
    pub fn with(self, fault: impl Into<Fault>) {
        self.emulator.lock().faults.0.push(Rule {
            operation: self.operation,
            first: self.first,
            times: self.times,
            seen: 0,
            fault: fault.into(),
        });
    }
}
