//! How long a request may take.

use std::time::{Duration, Instant};

/// How long a transport may take. What is passed is answered with [`TransportErrorKind::Timeout`](crate::TransportErrorKind::Timeout).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// When all must be over: everything from the start of the send to the last byte of the body.
    pub whole: Option<Instant>,
    /// When the head of the response must have come. The body may come later.
    pub head: Option<Instant>,
    /// How long making a connection may take.
    pub connect: Option<Duration>,
    /// How long the body may pause. A reader who is slow does not count.
    pub idle: Option<Duration>,
}

impl Deadline {
    /// No limit.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            whole: None,
            head: None,
            connect: None,
            idle: None,
        }
    }

    /// All must be over by then.
    #[must_use]
    pub const fn at(whole: Instant) -> Self {
        Self {
            whole: Some(whole),
            ..Self::none()
        }
    }

    /// The head of the response must have come by then.
    #[must_use]
    pub const fn head_at(head: Instant) -> Self {
        Self {
            head: Some(head),
            ..Self::none()
        }
    }

    /// Limits the time that making a connection may take.
    #[must_use]
    pub const fn with_connect(mut self, limit: Option<Duration>) -> Self {
        self.connect = limit;
        self
    }

    /// Limits the time for which the body may pause.
    #[must_use]
    pub const fn with_idle(mut self, limit: Option<Duration>) -> Self {
        self.idle = limit;
        self
    }

    /// When the head of the response must have come, by either limit.
    #[must_use]
    pub fn until_head(&self) -> Option<Instant> {
        self.whole.into_iter().chain(self.head).min()
    }
}
