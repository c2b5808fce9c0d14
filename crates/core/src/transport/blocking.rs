//! The transport of programs without an async runtime.

use std::fmt;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::deadline::Deadline;
use super::now::Now;
use crate::error::TransportError;

/// Moves requests and responses, blocking the thread; otherwise as [`super::Transport`] says.
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and gives the head of the response, with its body to be read.
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError>;

    /// Comes back after this time.
    fn sleep(&self, duration: Duration);

    /// What time it is. A transport with a clock of its own answers by that.
    fn now(&self) -> Now {
        Now::from_system()
    }
}

/// One transport for many clients, such as those of many workspaces.
impl<T: Transport + ?Sized> Transport for Arc<T> {
    fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        (**self).send(request, deadline)
    }

    fn sleep(&self, duration: Duration) {
        (**self).sleep(duration);
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}

/// The body of a response, read as it arrives.
///
/// An [`std::io::Error`] that it gives may wrap a [`TransportError`], which is then taken as
/// the reason; any other is one of the connection.
pub struct Body(Box<dyn Read + Send>);

impl Body {
    /// A body that is read from here.
    pub fn from_reader(reader: impl Read + Send + 'static) -> Self {
        Self(Box::new(reader))
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::from_reader(std::io::Cursor::new(bytes))
    }
}

impl Read for Body {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.0.read(buffer)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Body")
    }
}
