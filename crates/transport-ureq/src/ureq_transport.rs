//! The transport itself.

use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::blocking::{Body, Transport};
use intercom_core::transport::{Deadline, TransportError};
use ureq::Agent;

use crate::attempt::{Limits, attempt};
use crate::settings::Settings;
use crate::{body, classify};

/// Sends requests with ureq, blocking the thread.
///
/// A clone is cheap and shares the connections. Threads can use one at the same time.
#[derive(Clone)]
pub struct UreqTransport {
    pub(crate) agent: Agent,
    pub(crate) settings: Settings,
}

impl Transport for UreqTransport {
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        let limits = Limits::from(deadline, self.settings.connect_timeout, Instant::now())
            .ok_or_else(classify::too_late)?;
        Ok(body::adopt(attempt(&self.agent, request, limits)?))
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
