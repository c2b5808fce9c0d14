//! How long a request may take.

use std::time::{Duration, Instant};

/// How long a transport may take. After that, it fails with [`TransportErrorKind::Timeout`].
///
/// [`TransportErrorKind::Timeout`]: super::TransportErrorKind::Timeout
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Deadline {
    /// When everything must be over, to the last byte of the body.
    pub whole: Option<Instant>,
    /// When the head of the response must have arrived. The body may take longer.
    pub head: Option<Instant>,
    /// How long connecting may take.
    pub connect: Option<Duration>,
    /// For how long the body may pause while its reader waits.
    pub idle: Option<Duration>,
}

impl Deadline {
    /// No limits.
    #[must_use]
    pub const fn none() -> Self {
        Self {
            whole: None,
            head: None,
            connect: None,
            idle: None,
        }
    }

    /// Everything must be over by `whole`.
    #[must_use]
    pub const fn at(whole: Instant) -> Self {
        Self {
            whole: Some(whole),
            ..Self::none()
        }
    }

    /// The head of the response must have arrived by `head`.
    #[must_use]
    pub const fn head_at(head: Instant) -> Self {
        Self {
            head: Some(head),
            ..Self::none()
        }
    }

    /// Limits the time to connect.
    #[must_use]
    pub const fn with_connect(mut self, limit: Option<Duration>) -> Self {
        self.connect = limit;
        self
    }

    /// Limits the pauses of the body.
    #[must_use]
    pub const fn with_idle(mut self, limit: Option<Duration>) -> Self {
        self.idle = limit;
        self
    }

    /// When the head of the response must have arrived, by either limit.
    #[must_use]
    pub fn until_head(&self) -> Option<Instant> {
        self.whole.into_iter().chain(self.head).min()
    }
}
