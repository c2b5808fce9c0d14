//! A connection that knows whether it served before and whether the server said anything.

use std::io;

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use crate::error::{Failure, Stage, cut_off};
use crate::secret;

#[derive(Debug)]
pub(crate) struct Tracked {
    inner: Box<dyn Transport>,
    host: String,
    reused: bool,
    answered: bool,
}

impl Tracked {
    pub(crate) fn new(inner: impl Transport, host: &str) -> Self {
        Self {
            inner: Box::new(inner),
            host: host.to_owned(),
            reused: false,
            answered: false,
        }
    }

    /// Marks an error of the connection. The others, most of all timeouts, have a meaning to ureq.
    ///
    /// A mark also keeps ureq from taking a reset connection for the end of a body that has no
    /// announced length.
    fn mark(&self, error: ureq::Error) -> ureq::Error {
        match error {
            ureq::Error::Io(_) => {
                let stage = Stage::Exchanging {
                    stale: self.reused && !self.answered,
                };
                Failure::new(stage, &self.host, error).into()
            }
            other => other,
        }
    }
}

impl Transport for Tracked {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, timeout: NextTimeout) -> Result<(), ureq::Error> {
        let Some(amount) = secret::put_in(self.inner.buffers().output(), amount) else {
            return Err(ureq::Error::Other(
                "the head of the request is too large".into(),
            ));
        };
        self.inner
            .transmit_output(amount, timeout)
            .map_err(|error| self.mark(error))
    }

    fn await_input(&mut self, timeout: NextTimeout) -> Result<bool, ureq::Error> {
        loop {
            return match self.inner.await_input(timeout) {
                Ok(true) => {
                    self.answered = true;
                    Ok(true)
                }
                // Later, the end of the connection may be the end of the body.
                Ok(false) if !self.answered => Err(self.mark(cut_off())),
                // A signal came, and it was not for us.
                Err(ureq::Error::Io(error)) if error.kind() == io::ErrorKind::Interrupted => {
                    continue;
                }
                other => other.map_err(|error| self.mark(error)),
            };
        }
    }

    /// ureq asks when it puts a connection into the pool and when it takes it out, so that what
    /// follows is another request.
    fn is_open(&mut self) -> bool {
        self.reused = true;
        self.answered = false;
        self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
