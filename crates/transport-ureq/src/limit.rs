//! Points in time as the timeouts of ureq, which are durations from now.

use std::time::{Duration, Instant};

use ureq::unversioned::transport::NextTimeout;
use ureq::unversioned::transport::time::Duration as Limit;

/// The time from now until `end`; an error if there is none left.
pub(crate) fn until(end: Option<Instant>) -> Result<NextTimeout, ureq::Error> {
    let after = match end {
        None => Limit::NotHappening,
        Some(end) => match end.saturating_duration_since(Instant::now()) {
            Duration::ZERO => return Err(too_late()),
            left => Limit::Exact(left),
        },
    };
    Ok(NextTimeout {
        after,
        ..NextTimeout::default()
    })
}

pub(crate) fn too_late() -> ureq::Error {
    ureq::Error::Timeout(ureq::Timeout::Global)
}
