//! A connection that keeps its deadlines, and knows whether the server has sent anything.

use std::time::{Duration, Instant};

use ureq::unversioned::transport::{Buffers, NextTimeout, Transport};

use crate::classify::{Failure, Stage, cut_off, head_too_large};
use crate::current;
use crate::limit::until;

#[derive(Debug)]
pub(crate) struct Tracked {
    inner: Box<dyn Transport>,
    peer: String,
    answered: bool,
    /// From when on it is too old for another request.
    retires: Option<Instant>,
    /// When the body that arrives on it must have ended.
    over: Option<Instant>,
    /// How long that body may pause.
    idle: Option<Duration>,
}

impl Tracked {
    pub(crate) fn new(inner: Box<dyn Transport>, peer: &str, max_age: Duration) -> Self {
        Self {
            inner,
            peer: peer.to_owned(),
            answered: false,
            retires: Instant::now().checked_add(max_age),
            over: None,
            idle: None,
        }
    }

    /// The time that is left: for the head during an attempt, and for the body after it.
    fn left(&mut self) -> Result<NextTimeout, ureq::Error> {
        let attempt = current::with(|attempt| (attempt.head, attempt.whole, attempt.idle));
        let over = match attempt {
            Some((head, whole, idle)) => {
                (self.over, self.idle) = (whole, idle);
                head
            }
            None => {
                // What the connection receives may hold nothing of the body, such as the extension of
                // a chunk. So a pause lasts for as long as the reader waits.
                let pause = |idle| current::reading_since().checked_add(idle);
                self.over.into_iter().chain(self.idle.and_then(pause)).min()
            }
        };
        until(over)
    }

    /// Marks an error of the connection. Other errors, timeouts above all, mean something to ureq.
    ///
    /// A mark also keeps ureq from taking a reset for the end of a body without a length.
    fn mark(&self, error: ureq::Error) -> ureq::Error {
        match error {
            ureq::Error::Io(_) => Failure::new(Stage::Exchanging, &self.peer, error).into(),
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
            // ureq parses a head once it is complete, which a head without room never is.
            return Err(ureq::Error::LargeResponseHeader(size, size));
        }
        match self.inner.await_input(left) {
            Ok(true) => {
                self.answered = true;
                Ok(true)
            }
            // Once the server has sent something, the end may be the end of the body.
            Ok(false) if !self.answered => Err(self.mark(cut_off())),
            other => other.map_err(|error| self.mark(error)),
        }
    }

    /// ureq calls this when it puts a connection into the pool and when it takes it out, so another
    /// request follows.
    fn is_open(&mut self) -> bool {
        self.answered = false;
        let old = self.retires.is_some_and(|time| time <= Instant::now());
        !old && self.inner.is_open()
    }

    fn is_tls(&self) -> bool {
        self.inner.is_tls()
    }
}
