//! The transport.

use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_connect::BuildError;
use intercom_core::transport::blocking::{Body, Transport};
use intercom_core::transport::{Deadline, TransportError, guard};
use ureq::Agent;

use crate::attempt::{Limits, attempt};
use crate::builder::{Settings, UreqTransportBuilder};
use crate::{body, error};

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
        let limits = Limits::from(deadline, self.settings.connect_timeout, Instant::now())
            .ok_or_else(error::too_late)?;
        let method = request.method().clone();
        let response = attempt(&self.agent, request, limits)?;
        Ok(body::adopt(&method, response, deadline.whole))
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
