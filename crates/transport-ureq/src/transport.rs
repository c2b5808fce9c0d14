//! The transport.

use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::blocking::{Body, Transport};
use intercom_core::transport::{Deadline, TransportError};
use ureq::Agent;

use crate::attempt::{Connection, Limits, Outgoing};
use crate::builder::{BuildError, Settings, UreqTransportBuilder};
use crate::{body, error, guard};

/// Sends requests with ureq, blocking the thread that asks.
///
/// A clone is cheap and shares the connections. All threads may use one at the same time.
#[derive(Clone)]
pub struct UreqTransport {
    pub(crate) agent: Agent,
    pub(crate) settings: Settings,
}

impl UreqTransport {
    /// A transport with the default options.
    ///
    /// # Errors
    /// As [`UreqTransportBuilder::build`].
    pub fn new() -> Result<Self, BuildError> {
        Self::builder().build()
    }

    /// Starts a transport with other options.
    #[must_use]
    pub fn builder() -> UreqTransportBuilder {
        UreqTransportBuilder::default()
    }
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        guard::check(request.uri())?;
        let limits = || Limits::from(deadline, self.settings.connect_timeout, Instant::now());
        let first = limits().ok_or_else(|| error::too_late(false))?;
        let request = Outgoing::new(request);

        let mut sent_before = false;
        let mut outcome = request.attempt(&self.agent, first, Connection::Any);
        if outcome.as_ref().is_err_and(error::is_stale) && request.method().is_safe() {
            // The server closed the idle connection just as the request went out. It may have
            // acted on it all the same, which only a request that changes nothing can risk twice.
            sent_before = true;
            let second = limits().ok_or_else(|| error::too_late(sent_before))?;
            outcome = request.attempt(&self.agent, second, Connection::New);
        }
        match outcome {
            Ok(response) => Ok(body::adopt(request.method(), response, deadline.whole)),
            Err(error) => Err(error::classify(error, sent_before)),
        }
    }

    fn sleep(&self, duration: Duration) {
        std::thread::sleep(duration);
    }
}

/// Shows how the transport was set up, without a proxy's credentials.
impl fmt::Debug for UreqTransport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("UreqTransport")
            .field(&self.settings)
            .finish()
    }
}
