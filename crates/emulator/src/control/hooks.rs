//! Hooks: what happens to the workspace between two requests.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::Request;
use serde_json::Value;

use super::emulator::Emulator;
use super::faults::Selection;
use crate::http::route_of;

/// Identifies a hook.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HookId(pub(crate) u64);

/// What a hook does. An error says why it could not.
type Run = dyn Fn(&Emulator) -> Result<(), String> + Send + Sync;

/// What a hook does, and how it was described.
#[derive(Clone)]
pub(crate) struct Action {
    pub(crate) run: Arc<Run>,
    /// The objects and requests, if it came over HTTP.
    pub(crate) seed: Value,
}

impl fmt::Debug for Action {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Action")
    }
}

/// A hook, and the requests before which it runs.
#[derive(Debug)]
pub(crate) struct Hook {
    pub(crate) id: HookId,
    /// `None` matches any operation.
    pub(crate) operation: Option<&'static str>,
    pub(crate) selection: Selection,
    /// How many requests have matched.
    pub(crate) seen: usize,
    /// Whether it runs: requests that it sends itself do not count.
    running: bool,
    /// Why it failed last.
    pub(crate) error: Option<String>,
    pub(crate) action: Action,
}

/// The hooks, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Hooks {
    hooks: Vec<Hook>,
    created: u64,
}

impl Hooks {
    pub(crate) fn add(
        &mut self,
        operation: Option<&'static str>,
        selection: Selection,
        action: Action,
    ) -> &Hook {
        self.created += 1;
        self.hooks.push_mut(Hook {
            id: HookId(self.created),
            operation,
            selection,
            seen: 0,
            running: false,
            error: None,
            action,
        })
    }

    pub(crate) fn hooks(&self) -> impl ExactSizeIterator<Item = &Hook> {
        self.hooks.iter()
    }

    pub(crate) fn remove(&mut self, id: HookId) -> bool {
        let before = self.hooks.len();
        self.hooks.retain(|hook| hook.id != id);
        self.hooks.len() < before
    }

    pub(crate) fn clear(&mut self) {
        self.hooks.clear();
    }

    /// Counts a request, and returns the hooks that are due before it.
    fn start(&mut self, request: &Request<Bytes>) -> Vec<(HookId, Action)> {
        if self.hooks.is_empty() {
            return Vec::new();
        }
        let operation = route_of(request).map(|route| route.spec.name);
        let mut due = Vec::new();
        for hook in &mut self.hooks {
            let matches = hook.operation.is_none() || hook.operation == operation;
            if hook.running || !matches || !hook.selection.covers(request) {
                continue;
            }
            hook.seen += 1;
            if hook.selection.hits(hook.seen) {
                hook.running = true;
                due.push((hook.id, hook.action.clone()));
            }
        }
        due
    }

    fn finish(&mut self, id: HookId, result: Result<(), String>) {
        if let Some(hook) = self.hooks.iter_mut().find(|hook| hook.id == id) {
            hook.running = false;
            if let Err(error) = result {
                hook.error = Some(error);
            }
        }
    }
}

impl Emulator {
    /// Runs the hooks that are due before a request. The lock is free meanwhile, so that a hook can use the
    /// emulator.
    pub(crate) fn run_hooks(&self, request: &Request<Bytes>) {
        let due = self.lock().hooks.start(request);
        for (id, action) in due {
            let result = (action.run)(self);
            self.lock().hooks.finish(id, result);
        }
    }

    /// Removes a hook. Returns false if it has been removed already.
    pub fn remove_hook(&self, id: HookId) -> bool {
        self.lock().hooks.remove(id)
    }

    /// Removes all hooks.
    pub fn clear_hooks(&self) {
        self.lock().hooks.clear();
    }
}

/// Selects the requests before which a hook runs; [`run`](Self::run) sets the hook.
#[derive(Debug)]
#[must_use = "nothing happens until `run` is called"]
pub struct HookBuilder<'a> {
    emulator: &'a Emulator,
    operation: Option<&'static str>,
    selection: Selection,
}

impl<'a> HookBuilder<'a> {
    pub(crate) fn new(emulator: &'a Emulator, operation: Option<&'static str>) -> Self {
        Self {
            emulator,
            operation,
            selection: Selection::default(),
        }
    }

    /// Starts at the n-th request from now; the next one is 1.
    pub const fn nth(mut self, n: usize) -> Self {
        self.selection.first = if n == 0 { 1 } else { n };
        self
    }

    /// Runs before this many requests in a row; 1 by default.
    pub const fn times(mut self, times: usize) -> Self {
        self.selection.times = Some(times);
        self
    }

    /// Runs before every request from the first on.
    pub const fn always(mut self) -> Self {
        self.selection.times = None;
        self
    }

    /// Runs this before each selected request. Requests that it sends itself are not counted.
    pub fn run(self, hook: impl Fn(&Emulator) + Send + Sync + 'static) -> HookId {
        let action = Action {
            run: Arc::new(move |emulator| {
                hook(emulator);
                Ok(())
            }),
            seed: Value::Null,
        };
        let mut state = self.emulator.lock();
        state.hooks.add(self.operation, self.selection, action).id
    }
}
