//! What both transports of this crate do before they send.

use std::time::Duration;

use intercom_core::transport::{Deadline, TransportError, TransportErrorKind};
use tokio::runtime::{Handle, Id};
use tokio::time::{Instant, sleep};

use crate::alarm::Alarm;
use crate::classify::{self, Expired};

/// A call that has begun.
pub(crate) struct Begun {
    pub(crate) runtime: Id,
    /// When the head of the response must have arrived.
    pub(crate) over: Option<Instant>,
    /// The timer for that.
    pub(crate) alarm: Alarm,
}

/// Begins a call, unless it is outside of a runtime or its deadline has passed.
pub(crate) fn begin(transport: &str, deadline: Deadline) -> Result<Begun, TransportError> {
    let Ok(runtime) = Handle::try_current() else {
        // A kind that is not retried.
        return Err(TransportError::new(TransportErrorKind::Refused)
            .with_source(format!("{transport} must be used inside a tokio runtime"))
            .not_sent());
    };
    let over = deadline.until_head().map(Instant::from_std);
    if over.is_some_and(|over| over <= Instant::now()) {
        return Err(classify::timeout(Expired::Start).not_sent());
    }
    Ok(Begun {
        runtime: runtime.id(),
        over,
        alarm: Alarm::at(over),
    })
}

/// Sleeps by tokio's clock. Outside of a runtime it returns at once, and the next send fails.
pub(crate) async fn pause(duration: Duration) {
    if Handle::try_current().is_ok() {
        sleep(duration).await;
    }
}
