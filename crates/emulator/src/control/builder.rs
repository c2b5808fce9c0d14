//! Configuring an emulator.

use intercom_core::ApiVersion;

use super::demo;
use super::emulator::{Emulator, State};
use super::faults::Faults;
use super::journal::Journal;
use crate::http::{RateLimit, Secret, Service};
use crate::store::{Clock, Workspace};

/// The limit that headers report if none is set: more than anybody sends.
const UNLIMITED: u64 = 1_000_000_000;

/// Configures an [`Emulator`].
///
/// ```
/// use intercom_emulator::Emulator;
///
/// let emulator = Emulator::builder().seed(7).rate_limit(167).demo().build();
/// assert_eq!(emulator.size().contacts, 500);
/// ```
///
/// | Option         | Default                                                       |
/// |----------------|---------------------------------------------------------------|
/// | `seed`         | 0                                                             |
/// | `rate_limit`   | no limit                                                      |
/// | `token`        | any token that is not empty                                   |
/// | `version`      | the newest stable version, for requests that name none        |
/// | `demo`         | off                                                           |
/// | `system_clock` | off: the clock starts at the beginning of 2025 and only moves |
/// |                | when a test or a waiting client advances it                   |
#[derive(Debug, Default)]
#[must_use = "`build` creates the emulator"]
pub struct Builder {
    seed: u64,
    rate_limit: Option<u64>,
    token: Option<Secret>,
    version: ApiVersion,
    /// How many contacts of demo data.
    demo: Option<usize>,
    system_clock: bool,
}

impl Builder {
    /// Sets the seed of ids and demo data. Two emulators with the same seed reply identically to the
    /// same requests.
    pub const fn seed(mut self, seed: u64) -> Self {
        self.seed = seed;
        self
    }

    /// Limits requests to this many in a window of ten seconds.
    pub const fn rate_limit(mut self, requests: u64) -> Self {
        self.rate_limit = Some(requests);
        self
    }

    /// Accepts only this access token.
    pub fn token(mut self, token: impl Into<String>) -> Self {
        self.token = Some(Secret(token.into()));
        self
    }

    /// Sets the version of requests that name none.
    pub fn version(mut self, version: ApiVersion) -> Self {
        self.version = version;
        self
    }

    /// Fills the workspace with demo data, 500 contacts among it.
    pub const fn demo(self) -> Self {
        self.demo_size(500)
    }

    /// Fills the workspace with demo data for this many contacts.
    pub const fn demo_size(mut self, contacts: usize) -> Self {
        self.demo = Some(contacts);
        self
    }

    /// Uses the system clock. In process, a sleeping client then blocks its thread.
    pub const fn system_clock(mut self) -> Self {
        self.system_clock = true;
        self
    }

    /// Creates the emulator.
    #[must_use]
    pub fn build(self) -> Emulator {
        let clock = if self.system_clock {
            Clock::System
        } else {
            Clock::at_start()
        };
        let now = clock.timestamp();
        let mut workspace = Workspace::new(self.seed);
        workspace.add_admin("Ada Admin", "ada@workspace.example");
        workspace.add_help_center("help", now);
        if let Some(contacts) = self.demo {
            demo::fill(&mut workspace, contacts, self.seed, now);
        }
        Emulator::from(State {
            service: Service {
                workspace,
                clock,
                limit: RateLimit::new(self.rate_limit.unwrap_or(UNLIMITED)),
                token: self.token,
                version: self.version,
            },
            faults: Faults::default(),
            journal: Journal::default(),
        })
    }
}
