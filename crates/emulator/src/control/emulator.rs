//! The emulator.

use std::borrow::Borrow;
use std::fmt;
#[cfg(feature = "serve")]
use std::sync::Weak;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::Request;
use intercom_core::Spec;
use intercom_core::transport::Now;

use super::builder::Builder;
use super::faults::{FaultBuilder, FaultId};
use super::hooks::HookBuilder;
use super::journal::Journal;
use super::state::State;
#[cfg(feature = "serve")]
use super::webhooks::Sender;
use crate::http::event_stream::Subscription;
use crate::http::{EmulatorTransport, Host, Outcome, Service};
use crate::store::Workspace;

/// An Intercom in memory, with one workspace.
///
/// Clones share the same workspace. Separate emulators share nothing, so tests can run in parallel.
///
/// ```
/// use intercom_core::api::contacts;
/// use intercom_core::blocking::Client;
/// use intercom_emulator::Emulator;
///
/// let emulator = Emulator::new();
/// let ada = emulator.contact().email("ada@example.com").tag("vip").create();
///
/// let intercom = Client::new(emulator.transport(), "any token");
/// let contact = intercom.call(&contacts::Get::new(&ada.id))?;
/// assert_eq!(contact.email.as_deref(), Some("ada@example.com"));
/// # Ok::<(), intercom_core::Error>(())
/// ```
#[derive(Clone)]
pub struct Emulator {
    state: Arc<Mutex<State>>,
    origin: Arc<Origin>,
}

/// What an emulator started with.
#[derive(Debug)]
struct Origin {
    recipe: Builder,
    /// The workspace to return to, if it is another than that of the recipe.
    workspace: OnceLock<Workspace>,
    #[cfg(feature = "serve")]
    sender: Sender,
}

/// An emulator that lives as long as others need it.
#[cfg(feature = "serve")]
#[derive(Debug, Clone)]
pub(crate) struct WeakEmulator {
    state: Weak<Mutex<State>>,
    origin: Weak<Origin>,
}

#[cfg(feature = "serve")]
impl WeakEmulator {
    pub(crate) fn upgrade(&self) -> Option<Emulator> {
        Some(Emulator {
            state: self.state.upgrade()?,
            origin: self.origin.upgrade()?,
        })
    }

    pub(crate) fn is(&self, other: &Self) -> bool {
        self.state.ptr_eq(&other.state)
    }
}

impl Origin {
    fn state(&self) -> State {
        match self.workspace.get() {
            Some(workspace) => State::new(Service {
                workspace: workspace.clone(),
                ..self.recipe.empty()
            }),
            None => self.recipe.state(),
        }
    }
}

impl fmt::Debug for Emulator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Emulator")
    }
}

impl Default for Emulator {
    fn default() -> Self {
        Self::new()
    }
}

impl Emulator {
    /// Creates an emulator with one admin, one Help Center and the defaults of [`Builder`].
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// Configures an emulator.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn new_with(recipe: Builder) -> Self {
        Self {
            state: Arc::new(Mutex::new(recipe.state())),
            origin: Arc::new(Origin {
                recipe,
                workspace: OnceLock::new(),
                #[cfg(feature = "serve")]
                sender: Sender::default(),
            }),
        }
    }

    /// Returns another emulator that begins as this one is now, without its faults and its journal.
    pub(crate) fn fork(&self) -> Self {
        let state = self.lock().fork();
        Self {
            state: Arc::new(Mutex::new(state)),
            origin: Arc::clone(&self.origin),
        }
    }

    /// Makes [`reset`](Self::reset) return to the workspace as it is now. Can be called once; later
    /// calls have no effect.
    pub fn keep_as_start(&self) {
        let workspace = self.lock().service.workspace.clone();
        // Fails only if it has been set before.
        let _ = self.origin.workspace.set(workspace);
    }

    /// Returns to the state in which the emulator started: its objects, clock and rate limit. Removes
    /// all faults, hooks and deliveries, and empties the journal, whose numbers go on. Webhooks stay
    /// subscribed.
    pub fn reset(&self) {
        let fresh = self.origin.state();
        self.lock().start_over(fresh);
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A panic in one request must not fail the next.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns an in-process transport for async and blocking clients. With a virtual clock, a
    /// client that sleeps advances the clock instead of waiting.
    #[must_use]
    pub fn transport(&self) -> EmulatorTransport {
        EmulatorTransport::new(self.clone())
    }

    /// Injects a fault into calls of one operation; by default, into the next call.
    ///
    /// ```
    /// use intercom_core::Endpoint;
    /// use intercom_core::api::contacts;
    /// use intercom_emulator::{Emulator, Fault};
    ///
    /// let emulator = Emulator::new();
    /// emulator.fail(contacts::Search::SPEC).nth(2).with(503);
    /// emulator.fail(contacts::Create::SPEC).with(Fault::reset_after());
    /// ```
    pub fn fail(&self, operation: impl Borrow<Spec>) -> FaultBuilder<'_> {
        FaultBuilder::of(self, &operation)
    }

    /// Injects a fault into calls of any operation.
    pub fn fail_any(&self) -> FaultBuilder<'_> {
        FaultBuilder::new(self, None)
    }

    /// Removes a fault. Returns false if it has been removed already.
    pub fn remove_fault(&self, id: FaultId) -> bool {
        self.lock().faults.remove(id)
    }

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Runs a hook before requests of this operation, by default before the next one, so that the
    /// workspace changes between two requests.
    ///
    /// ```
    /// use intercom_core::Endpoint;
    /// use intercom_core::api::contacts;
    /// use intercom_core::blocking::Client;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// emulator.before(contacts::List::SPEC).nth(2).run(|emulator| {
    ///     emulator.contact().email("late@example.com").create();
    /// });
    /// let intercom = Client::new(emulator.transport(), "any");
    /// assert_eq!(intercom.call(&contacts::List::new())?.data.len(), 0);
    /// assert_eq!(intercom.call(&contacts::List::new())?.data.len(), 1);
    /// # Ok::<(), intercom_core::Error>(())
    /// ```
    pub fn before(&self, operation: impl Borrow<Spec>) -> HookBuilder<'_> {
        HookBuilder::new(self, Some(operation.borrow().name))
    }

    /// Runs a hook before requests of any operation.
    pub fn before_any(&self) -> HookBuilder<'_> {
        HookBuilder::new(self, None)
    }

    /// Returns a copy of the journal of requests.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.lock().journal.clone()
    }

    /// Empties the journal. The numbers of requests go on.
    pub fn clear_journal(&self) {
        self.lock().journal.clear();
    }

    /// Returns the emulator's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.lock().service.clock.now().system
    }

    /// Advances the clock, whether it runs or is stopped.
    pub fn advance(&self, duration: Duration) {
        self.lock().service.clock.advance(duration);
        self.deliver();
    }

    /// Sets the time.
    pub fn set_time(&self, time: impl Into<SystemTime>) {
        self.lock().service.clock.set(time.into());
        self.deliver();
    }

    /// Sets how fast the clock runs: 0 stops it, 1 is real time, 60 makes a minute of a second. At most
    /// a million.
    ///
    /// ```
    /// use std::time::Duration;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().system_clock().build();
    /// emulator.set_clock_rate(0.0);
    /// let now = emulator.now();
    /// emulator.advance(Duration::from_secs(3600));
    /// assert_eq!(emulator.now(), now + Duration::from_secs(3600));
    /// ```
    pub fn set_clock_rate(&self, rate: f64) {
        self.lock().service.clock.set_rate(rate);
    }

    /// Returns a number that grows with every possible change of the workspace.
    pub(crate) fn revision(&self) -> u64 {
        self.lock().revision
    }

    #[cfg(feature = "serve")]
    pub(crate) fn downgrade(&self) -> WeakEmulator {
        WeakEmulator {
            state: Arc::downgrade(&self.state),
            origin: Arc::downgrade(&self.origin),
        }
    }

    /// Wakes the sender if notifications are pending.
    #[cfg(feature = "serve")]
    pub(crate) fn wake_sender(&self) {
        if self.lock().webhooks.has_pending() {
            // Without a thread they stay pending, which shows in the list of deliveries.
            let _ = self.origin.sender.wake(self);
        }
    }

    /// Returns how many contacts and collections there are.
    #[must_use]
    pub fn size(&self) -> Size {
        let state = self.lock();
        let workspace = &state.service.workspace;
        Size {
            contacts: workspace.contacts.len(),
            collections: workspace.collections.len(),
        }
    }
}

/// The size of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Size {
    /// The number of users and leads, archived ones included.
    pub contacts: usize,
    /// The number of Help Center collections.
    pub collections: usize,
}

impl Host for Emulator {
    fn answer(&self, request: &Request<Bytes>) -> Outcome {
        if let Some(subscription) = Subscription::of(request) {
            return self.stream(subscription);
        }
        self.run_hooks(request);
        let observer = self.origin.recipe.observer.0.as_deref();
        let (outcome, entry) = self.lock().answer(request, observer.is_some());
        if let (Some(observe), Some(entry)) = (observer, entry) {
            observe(&entry);
        }
        self.deliver();
        outcome
    }

    fn now(&self) -> Now {
        self.lock().service.clock.now()
    }

    fn wait_until(&self, instant: Instant) -> Duration {
        let sleep = self.lock().service.clock.wait_until(instant);
        self.deliver();
        sleep
    }
}
