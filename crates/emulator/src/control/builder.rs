//! Configuring an emulator.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use intercom_core::ApiVersion;

use super::demo;
use super::emulator::Emulator;
use super::journal::Entry;
use super::state::State;
use crate::http::oauth::OAuth;
use crate::http::{Quirks, RateLimit, Replica, Secret, Service};
use crate::query::{SearchLag, UtcOffset};
use crate::store::{Clock, Workspace};

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
/// | `quirks`       | none                                                          |
/// | `search_lag`   | none                                                          |
/// | `replica_lag`  | none: there is one replica                                    |
/// | `utc_offset`   | 0: days begin at midnight in UTC                              |
/// | `on_request`   | nothing                                                       |
#[derive(Debug, Clone, Default)]
#[must_use = "`build` creates the emulator"]
pub struct Builder {
    seed: u64,
    rate_limit: Option<u64>,
    token: Option<Secret>,
    version: ApiVersion,
    /// How many contacts of demo data.
    demo: Option<usize>,
    system_clock: bool,
    quirks: Quirks,
    search_lag: SearchLag,
    replica_lag: Duration,
    utc_offset: UtcOffset,
    pub(crate) observer: Observer,
}

type OnRequest = dyn Fn(&Entry) + Send + Sync;

/// The observer of every request.
#[derive(Clone, Default)]
pub(crate) struct Observer(pub(crate) Option<Arc<OnRequest>>);

impl fmt::Debug for Observer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Observer")
    }
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

    /// Makes successful replies differ from their descriptions as the service's own do.
    ///
    /// ```
    /// use intercom_core::api::contacts;
    /// use intercom_core::blocking::Client;
    /// use intercom_emulator::{Emulator, Quirk, Quirks};
    ///
    /// let quirks = Quirks::new([Quirk::Nulls, Quirk::UnknownFields]).percent(100);
    /// let emulator = Emulator::builder().quirks(quirks).build();
    /// let ada = emulator.contact().email("ada@example.com").create();
    /// let intercom = Client::new(emulator.transport(), "any");
    /// assert_eq!(intercom.call(&contacts::Get::new(&ada.id))?.email, None);
    /// # Ok::<(), intercom_core::Error>(())
    /// ```
    pub fn quirks(mut self, quirks: Quirks) -> Self {
        self.quirks = quirks;
        self
    }

    /// Makes searches find new contacts, companies, conversations and tickets only after a while.
    ///
    /// ```
    /// use std::time::Duration;
    /// use intercom_emulator::{Emulator, SearchLag};
    ///
    /// // What people report of the service: most at once, and the rest within minutes.
    /// let lag = SearchLag::new(5, Duration::from_secs(180));
    /// let emulator = Emulator::builder().search_lag(lag).build();
    /// # let _ = emulator;
    /// ```
    pub const fn search_lag(mut self, lag: SearchLag) -> Self {
        self.search_lag = lag;
        self
    }

    /// Answers every other read from a second replica that lags this far behind: see
    /// [`Emulator::set_replica_lag`].
    pub const fn replica_lag(mut self, lag: Duration) -> Self {
        self.replica_lag = lag;
        self
    }

    /// Sets how far the workspace's time zone is ahead of UTC, in minutes: see [`Emulator::set_utc_offset`].
    pub const fn utc_offset(mut self, minutes: i16) -> Self {
        self.utc_offset = UtcOffset::new(minutes);
        self
    }

    /// Calls this after every request, with what the journal has of it.
    pub fn on_request(mut self, observer: impl Fn(&Entry) + Send + Sync + 'static) -> Self {
        self.observer = Observer(Some(Arc::new(observer)));
        self
    }

    /// Creates the emulator.
    #[must_use]
    pub fn build(self) -> Emulator {
        Emulator::new_with(self)
    }

    /// Returns the state that an emulator starts with.
    pub(crate) fn state(&self) -> State {
        let mut service = self.empty();
        let now = service.clock.timestamp();
        let workspace = &mut service.workspace;
        workspace.add_admin("Ada Admin", "ada@workspace.example");
        workspace.add_help_center("help", now);
        if let Some(contacts) = self.demo {
            demo::fill(workspace, contacts, self.seed, now);
        }
        State::new(service)
    }

    /// Returns the service without any objects.
    pub(crate) fn empty(&self) -> Service {
        Service {
            workspace: Workspace::new(self.seed),
            clock: if self.system_clock {
                Clock::system()
            } else {
                Clock::at_start()
            },
            limit: RateLimit::new(self.rate_limit),
            token: self.token.clone(),
            oauth: OAuth::default(),
            version: self.version.clone(),
            quirks: self.quirks.clone(),
            search_lag: self.search_lag,
            replica: Replica::lagging(self.replica_lag),
            utc_offset: self.utc_offset,
        }
    }
}
