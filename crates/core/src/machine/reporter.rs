//! Reports call progress to the observer and as `tracing` spans.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use http::StatusCode;
use http::uri::Authority;

use super::trace::Trace;
use crate::error::{Error, TransportError};
use crate::policy::{CallEvent, CallInfo, Observer};
use crate::transport::Now;
use crate::wire::{ApiVersion, Method, Spec};

/// Reports the progress of one call.
#[derive(Debug)]
pub(crate) struct CallReporter {
    observer: Option<Arc<dyn Observer>>,
    id: u64,
    endpoint: &'static str,
    method: Method,
    path: &'static str,
    version: ApiVersion,
    attempts: u32,
    call_began: Option<Instant>,
    attempt_began: Option<Instant>,
    over: bool,
    /// How long the call took until its reply, which may still turn out not to be readable.
    took: Option<Duration>,
    pub(crate) trace: Trace,
}

impl CallReporter {
    pub(crate) fn new(
        spec: &Spec,
        version: ApiVersion,
        server: Option<Authority>,
        observer: Option<Arc<dyn Observer>>,
    ) -> Self {
        static CALLS: AtomicU64 = AtomicU64::new(0);
        Self {
            observer,
            id: CALLS.fetch_add(1, Ordering::Relaxed),
            trace: Trace::new(spec, &version, server),
            endpoint: spec.name,
            method: spec.method,
            path: spec.path,
            version,
            attempts: 0,
            call_began: None,
            attempt_began: None,
            over: false,
            took: None,
        }
    }

    /// How many times the request was sent.
    pub(crate) const fn attempts(&self) -> u32 {
        self.attempts
    }

    pub(crate) fn begin(&mut self, now: Now) {
        self.call_began = Some(now.instant);
    }

    pub(crate) fn request(&mut self, now: Now) {
        self.attempts += 1;
        self.attempt_began = Some(now.instant);
        self.trace.request(self.attempts);
        self.report(&CallEvent::Request {
            attempt: self.attempts,
        });
    }

    pub(crate) fn response(&mut self, status: StatusCode, request_id: Option<&str>, now: Now) {
        self.trace.response(status, request_id);
        self.report(&CallEvent::Response {
            attempt: self.attempts,
            status,
            request_id,
            elapsed: since(self.attempt_began, now),
        });
    }

    pub(crate) fn failure(&mut self, error: &TransportError, now: Now) {
        self.trace.failure(error);
        self.report(&CallEvent::Failure {
            attempt: self.attempts,
            error,
            elapsed: since(self.attempt_began, now),
        });
    }

    pub(crate) fn retry(&mut self, error: &Error, wait: Duration) {
        self.took = None;
        self.trace.retry(wait);
        self.report(&CallEvent::Retry {
            attempt: self.attempts + 1,
            error,
            wait,
        });
    }

    pub(crate) fn wait(&mut self, wait: Duration) {
        self.trace.wait(wait);
        self.report(&CallEvent::Wait { wait });
    }

    /// The reply arrived. It is reported when the call is dropped, after decoding.
    pub(crate) fn done(&mut self, now: Now) {
        self.took = Some(since(self.call_began, now));
    }

    pub(crate) fn failed(&mut self, error: &Error, now: Now) {
        let elapsed = self.took.unwrap_or_else(|| since(self.call_began, now));
        self.over = true;
        self.trace.failed(error);
        self.report(&CallEvent::Failed {
            attempts: self.attempts,
            error,
            elapsed,
        });
    }

    fn report(&self, event: &CallEvent<'_>) {
        if let Some(observer) = &self.observer {
            let call = CallInfo {
                id: self.id,
                endpoint: self.endpoint,
                method: self.method,
                path: self.path,
                version: &self.version,
            };
            observer.observe(&call, event);
        }
    }
}

fn since(began: Option<Instant>, now: Now) -> Duration {
    began.map_or(Duration::ZERO, |began| {
        now.instant.saturating_duration_since(began)
    })
}

/// A call that is dropped early is reported as cancelled.
impl Drop for CallReporter {
    fn drop(&mut self) {
        // An observer that panicked may do so again, which would end the process.
        if self.over || self.call_began.is_none() || std::thread::panicking() {
            return;
        }
        let attempts = self.attempts;
        self.report(&match self.took {
            Some(elapsed) => CallEvent::Done { attempts, elapsed },
            None => CallEvent::Cancelled { attempts },
        });
    }
}
