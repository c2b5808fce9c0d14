//! What both transports of this crate do before they send.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http::header::{ACCEPT_ENCODING, HeaderValue};
use intercom_core::transport::{Deadline, TransportError, TransportErrorKind, guard};
use tokio::runtime::{Handle, Id};
use tokio::time::{Instant, sleep};

use crate::alarm::Alarm;
use crate::error::{self, Expired};

/// A call that has begun.
pub(crate) struct Begun {
    pub(crate) runtime: Id,
    /// When the head of the response must have arrived.
    pub(crate) over: Option<Instant>,
    /// The timer of the whole call.
    pub(crate) alarm: Alarm,
}

/// Prepares a request, or refuses it: outside of a runtime, or after its deadline.
pub(crate) fn begin(
    transport: &str,
    request: &mut Request<Bytes>,
    deadline: Deadline,
) -> Result<Begun, TransportError> {
    guard::check(request.uri())?;
    let Ok(runtime) = Handle::try_current() else {
        // A kind that is not retried.
        return Err(TransportError::new(TransportErrorKind::Refused)
            .with_source(format!("{transport} must be used inside a tokio runtime"))
            .not_sent());
    };
    let now = Instant::now();
    let over = deadline.until_head().map(Instant::from_std);
    if over.is_some_and(|over| over <= now) {
        return Err(error::timeout(Expired::Start).not_sent());
    }
    let pause = deadline.idle.and_then(|idle| now.checked_add(idle));
    let encodings = request.headers_mut().entry(ACCEPT_ENCODING);
    encodings.or_insert(HeaderValue::from_static("gzip"));
    Ok(Begun {
        runtime: runtime.id(),
        over,
        alarm: Alarm::for_first([over, pause]),
    })
}

/// Sleeps by tokio's clock. Outside of a runtime it returns at once, and the next send fails.
pub(crate) async fn pause(duration: Duration) {
    if Handle::try_current().is_ok() {
        sleep(duration).await;
    }
}
