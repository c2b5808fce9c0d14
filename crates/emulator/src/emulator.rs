//! The emulator as its users hold it.

use std::borrow::Borrow;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use intercom_core::{ApiVersion, Spec};

use crate::clock::Clock;
use crate::demo;
use crate::faults::{FaultBuilder, Faults};
use crate::journal::Journal;
use crate::operations::Context;
use crate::rate::Limit;
use crate::transport::EmulatorTransport;
use crate::world::World;

/// An Intercom in memory, with one workspace.
///
/// A clone is the same emulator. Emulators know nothing of each other, so that tests can run side
/// by side.
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

/// Everything, behind one lock: a request is done as a whole, or not begun.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) world: World,
    pub(crate) clock: Clock,
    pub(crate) faults: Faults,
    pub(crate) journal: Journal,
    pub(crate) limit: Option<Limit>,
    pub(crate) token: Option<Secret>,
    pub(crate) version: ApiVersion,
}

/// An access token; it does not show.
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
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
    /// An emulator with an admin and a Help Center, and nothing else. See [`Builder`] for the
    /// defaults.
    #[must_use]
    pub fn new() -> Self {
        Self::builder().build()
    }

    /// An emulator that is not as usual.
    pub fn builder() -> Builder {
        Builder::default()
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // A request that panicked, if there were one, has no part in the next one.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The transport to give to a client: async and blocking, without sockets. With a virtual
    /// clock, what sleeps on it moves the clock and does not wait.
    #[must_use]
    pub fn transport(&self) -> EmulatorTransport {
        EmulatorTransport::new(self.clone())
    }

    /// Lets calls of this operation fail. Unless told otherwise, that is the next one.
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

    /// Lets calls fail, of whatever operation.
    pub fn fail_any(&self) -> FaultBuilder<'_> {
        FaultBuilder::new(self, None)
    }

    /// Takes all faults back.
    pub fn clear_faults(&self) {
        self.lock().faults.clear();
    }

    /// What was asked so far.
    #[must_use]
    pub fn journal(&self) -> Journal {
        self.lock().journal.clone()
    }

    /// What time it is for the emulator.
    #[must_use]
    pub fn now(&self) -> SystemTime {
        self.lock().clock.now().system
    }

    /// Moves a virtual clock on. The clock of the machine stays as it is.
    pub fn advance(&self, duration: Duration) {
        self.lock().clock.advance(duration);
    }

    /// How many contacts and collections there are.
    #[must_use]
    pub fn size(&self) -> Size {
        let state = self.lock();
        Size {
            contacts: state.world.contacts.len(),
            collections: state.world.collections.len(),
        }
    }
}

/// How much a workspace has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Size {
    /// Users and leads, those in the archive included.
    pub contacts: usize,
    /// Collections of the Help Centers.
    pub collections: usize,
}

impl State {
    /// What a handler may know.
    pub(crate) fn context(&self, version: &ApiVersion) -> Context {
        Context {
            version: version.clone(),
            now: self.clock.timestamp(),
        }
    }
}

/// Makes an [`Emulator`].
///
/// | Option          | Default                                             |
/// |-----------------|-----------------------------------------------------|
/// | `seed`          | 0                                                   |
/// | `rate_limit`    | none, and no headers about one                      |
/// | `token`         | any that is not empty                               |
/// | `version`       | the newest stable one, for requests that name none  |
/// | `demo`          | off                                                 |
/// | `system_clock`  | off: the clock starts at the beginning of 2025 and  |
/// |                 | stands still until something moves it               |
#[derive(Debug, Default)]
#[must_use = "`build` makes the emulator"]
pub struct Builder {
    seed: u64,
    rate_limit: Option<u64>,
    token: Option<Secret>,
    version: ApiVersion,
    demo: bool,
    system_clock: bool,
}

impl Builder {
    /// From what ids and demo data are made. Two emulators with one seed that are asked the same
    /// answer the same.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// How many requests a window of ten seconds allows.
    pub const fn rate_limit(mut self, requests: u64) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// The one access token that is accepted.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Secret(token.into()));
        self
    }

    /// The version of requests that name none.
    pub fn version(mut self, version: ApiVersion) -> Self {
        self.version = version;
        self
    }

    /// Fills the workspace: 500 contacts with companies, tags, notes and segments, 3 admins, 12
    /// collections and 2 ticket types.
    pub const fn demo(mut self) -> Self {
        self.demo = true;
        self
    }

    /// Uses the clock of the machine. In process, what sleeps then blocks its thread.
    pub const fn system_clock(mut self) -> Self {
        self.system_clock = true;
        self
    }

    /// Makes the emulator.
    #[must_use]
    pub fn build(self) -> Emulator {
        let clock = if self.system_clock {
            Clock::System
        } else {
            Clock::at_start()
        };
        let mut world = World::new(self.seed, clock.timestamp());
        if self.demo {
            demo::fill(&mut world, self.seed, clock.timestamp());
        }
        let state = State {
            world,
            clock,
            faults: Faults::default(),
            journal: Journal::default(),
            limit: self.rate_limit.map(Limit::new),
            token: self.token,
            version: self.version,
        };
        Emulator {
            state: Arc::new(Mutex::new(state)),
        }
    }
}
