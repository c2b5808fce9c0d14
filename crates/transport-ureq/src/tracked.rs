//! A connection that keeps to its deadlines, and knows whether the server said anything.

use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use crate::current;
use crate::error::{Failure, Stage, cut_off, head_too_large};
use crate::limit::until;

#[derive(Debug)]
pub(crate) struct Tracked {
    inner: Box<dyn Transport>,
    host: String,
    answered: bool,
    /// When it is too old for another request.
    retires: Option<Instant>,
    /// When the body that comes on it must have ended.
    over: Option<Instant>,
    /// How long that body may pause.
    idle: Option<Duration>,
}

impl Tracked {
    pub(crate) fn new(inner: Box<dyn Transport>, host: &str, max_age: Duration) -> Self {
        Self {
            inner,
            host: host.to_owned(),
            answered: false,
            retires: Instant::now().checked_add(max_age),
            over: None,
            idle: None,
        }
    }

    /// The time that is left: for the head while an attempt is being made, then for the body.
    fn left(&mut self) -> Result<NextTimeout, ureq::Error> {
        let attempt = current::with(|attempt| (attempt.head, attempt.whole, attempt.idle));
        let over = match attempt {
            Some((head, whole, idle)) => {
                (self.over, self.idle) = (whole, idle);
                head
            }
            None => {
                let idle = self.idle.and_then(|idle| Instant::now().checked_add(idle));
                self.over.into_iter().chain(idle).min()
            }
        };
        until(over)
    }

    /// Marks an error of the connection. The others, most of all timeouts, have a meaning to ureq.
    ///
    /// A mark also keeps ureq from taking a reset connection for the end of a body that has no
    /// announced length.
    fn mark(&self, error: ureq::Error) -> ureq::Error {
        match error {
            ureq::Error::Io(_) => Failure::new(Stage::Exchanging, &self.host, error).into(),
            other => other,
        }
    }
}

impl Transport for Tracked {
    fn buffers(&mut self) -> &mut dyn Buffers {
        self.inner.buffers()
    }

    fn transmit_output(&mut self, amount: usize, _: NextTimeout) -> Result<(), ureq::Error> {
        let left = self.left()?;
        let Some(amount) = current::put_in_authorization(self.inner.buffers().output(), amount)
        else {
            return Err(head_too_large());
        };
        current::with(|attempt| attempt.begun = true);
        self.inner
            .transmit_output(amount, left)
            .map_err(|error| self.mark(error))
    }

    fn await_input(&mut self, _: NextTimeout) -> Result<bool, ureq::Error> {
        let left = self.left()?;
        let buffers = self.inner.buffers();
        let (full, size) = (buffers.input_append_buf().is_empty(), buffers.input().len());
        if full {
            // ureq reads a head when all of it is there. What has no room cannot be read to its end.
            return Err(ureq::Error::LargeResponseHeader(size, size));
        }
        match self.inner.await_input(left) {
            Ok(true) => {
                self.answered = true;
                Ok(true)
            }
            // Later, the end of the connection may be the end of the body.
            Ok(false) if !self.answered => Err(self.mark(cut_off())),
            other => other.map_err(|error| self.mark(error)),
        }
    }

    /// ureq asks when it puts a connection into the pool and when it takes it out, so that what
    /// follows is another request.
    fn is_open(&mut self) -> bool {
        self.answered = false;
        let old = self.retires.is_some_and(|time| time <= Instant::now());
        !old && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
