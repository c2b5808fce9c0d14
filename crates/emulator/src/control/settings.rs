//! What can be set while an emulator runs.

use std::time::Duration;

use super::emulator::Emulator;
use crate::http::{Quirks, QuotaWindow, Replica};
use crate::query::{SearchLag, UtcOffset};

impl Emulator {
    /// Limits requests to this many in a window of ten seconds; `None` allows any number. What was used
    /// of the current window stays used.
    pub fn set_rate_limit(&self, requests: impl Into<Option<u64>>) {
        self.lock().service.limit.set_limit(requests.into());
    }

    /// Returns the current window of the rate limit.
    #[must_use]
    pub fn quota(&self) -> QuotaWindow {
        let service = &mut self.lock().service;
        let now = service.clock.now().system;
        service.limit.window(now)
    }

    /// Sets the quirks of successful replies from now on; `Quirks::default()` turns them off.
    pub fn set_quirks(&self, quirks: Quirks) {
        self.lock().service.quirks = quirks;
    }

    /// Sets the delay with which searches find new objects; `SearchLag::default()` turns it off.
    pub fn set_search_lag(&self, lag: SearchLag) {
        self.lock().service.search_lag = lag;
    }

    /// Sets how far a second replica lags behind, as of now; zero turns it off. Every other read is then answered from
    /// the workspace as it was that long ago by the emulator's clock; an hour at most.
    ///
    /// ```
    /// use std::time::Duration;
    /// use intercom_core::api::contacts;
    /// use intercom_core::blocking::Client;
    /// use intercom_emulator::Emulator;
    ///
    /// let emulator = Emulator::new();
    /// emulator.set_replica_lag(Duration::from_secs(2));
    /// let intercom = Client::new(emulator.transport(), "any");
    /// let ada = contacts::ContactCreate::new().email("ada@example.com");
    /// intercom.call(&contacts::Create::new(ada))?;
    /// let count = || intercom.call(&contacts::List::new()).map(|page| page.data.len());
    /// assert_eq!((count()?, count()?), (1, 0));
    /// emulator.advance(Duration::from_secs(2));
    /// assert_eq!((count()?, count()?), (1, 1));
    /// # Ok::<(), intercom_core::Error>(())
    /// ```
    pub fn set_replica_lag(&self, lag: Duration) {
        self.lock().service.replica = Replica::lagging(lag);
    }

    /// Sets how far the workspace's time zone is ahead of UTC, in minutes, from -720 to 840; what is beyond counts as
    /// the nearest. Stable versions of the API compare the dates of contacts by the days of this time zone.
    pub fn set_utc_offset(&self, minutes: i16) {
        self.lock().service.utc_offset = UtcOffset::new(minutes);
    }
}
