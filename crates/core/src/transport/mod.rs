//! What moves bytes: the only part that performs I/O.

pub mod blocking;
mod body;
mod deadline;
pub mod guard;
mod gzip;
mod now;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::{Request, Response};

pub use self::body::Body;
pub use self::deadline::Deadline;
pub use self::gzip::Gunzip;
pub use self::now::Now;
pub use crate::error::{TransportError, TransportErrorKind};

/// Moves requests and responses, asynchronously.
///
/// A transport only moves bytes. It follows no redirect, and answers 4xx and 5xx like any other
/// response; what to do about them is decided above it. It sends a request once, whatever its method:
/// only one that was not begun on a pooled connection that turned out to be closed may go out on
/// another. It keeps to its [`Deadline`], pauses of the body included. It undoes
/// `Content-Encoding: gzip`, and removes that header and `Content-Length` when it did.
#[async_trait]
pub trait Transport: fmt::Debug + Send + Sync {
    /// Sends a request and gives the head of the response, with its body as a stream.
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError>;

    /// Comes back after this time.
    async fn sleep(&self, duration: Duration);

    /// What time it is. A transport with a clock of its own answers by that.
    fn now(&self) -> Now {
        Now::from_system()
    }
}

/// One transport for many clients, such as those of many workspaces.
#[async_trait]
impl<T: Transport + ?Sized> Transport for Arc<T> {
    async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        (**self).send(request, deadline).await
    }

    async fn sleep(&self, duration: Duration) {
        (**self).sleep(duration).await;
    }

    fn now(&self) -> Now {
        (**self).now()
    }
}
