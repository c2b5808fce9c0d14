//! The emulator.

use std::borrow::Borrow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::Request;
use intercom_core::Spec;
use intercom_core::transport::Now;

use super::builder::Builder;
use super::faults::{FaultBuilder, Faults};
use super::journal::{Entry, Journal};
use crate::http::{EmulatorTransport, Host, Outcome, Service};
use crate::store::Clock;

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
}

/// Everything behind one lock: a request is performed as a whole or not at all.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) service: Service,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
}

impl State {
    fn answer(&mut self, request: &Request<Bytes>) -> Outcome {
        let exchange = self.service.accept(request);
        let operation = exchange.operation;
        let fault = if exchange.is_accepted() {
            self.faults.next(operation)
        } else {
            None
        };
        let outcome = self.service.finish(exchange, request, fault);
        let target = request.uri().path_and_query();
        self.journal.push(Entry {
            operation,
            method: request.method().to_string(),
            path: target.map_or_else(|| "/".to_owned(), ToString::to_string),
            status: match &outcome {
                Outcome::Reply(reply, _) => Some(reply.status().as_u16()),
                Outcome::Reset | Outcome::Hang => None,
            },
        });
        outcome
    }
}

impl From<State> for Emulator {
    fn from(state: State) -> Self {
        Self {
            state: Arc::new(Mutex::new(state)),
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

    /// Serves over HTTP on this address; port 0 picks a free port.
    ///
    /// ```
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::builder().demo().build();
    /// let server = emulator.serve("127.0.0.1:0")?;
    /// println!("{}/contacts", server.url());
    /// # Ok::<(), std::io::Error>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if the address cannot be bound or the thread cannot be started.
    #[cfg(feature = "serve")]
    #[cfg_attr(docsrs, doc(cfg(feature = "serve")))]
    pub fn serve(
        &self,
        address: impl std::net::ToSocketAddrs,
    ) -> std::io::Result<crate::http::serve::Server> {
        crate::http::serve::Server::start(Arc::new(self.clone()), address)
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

    /// Removes all faults.
    pub fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// Returns a copy of the journal of requests.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.lock().journal.clone()
    }

    /// Returns the emulator's time.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.lock().service.clock.now().system
    }

    /// Advances a virtual clock. Has no effect on the system clock.
    pub fn advance(&self, duration: Duration) {
        self.lock().service.clock.advance(duration);
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
        self.lock().answer(request)
    }

    fn now(&self) -> Now {
        self.lock().service.clock.now()
    }

    fn advance_to(&self, instant: Instant) -> bool {
        let clock = &mut self.lock().service.clock;
        clock.advance_to(instant);
        matches!(clock, Clock::Virtual(_))
    }
}
