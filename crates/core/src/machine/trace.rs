//! `tracing` spans, named by OpenTelemetry's conventions for HTTP clients. Without the feature, they
//! cost nothing.

#[cfg(feature = "tracing")]
pub(crate) use on::Trace;

#[cfg(not(feature = "tracing"))]
pub(crate) use off::Trace;

#[cfg(feature = "tracing")]
mod on {
    use std::time::Duration;

    use http::StatusCode;
    use http::uri::Authority;
    use tracing::{Instrument, Span, debug, field, info_span};

    use crate::error::{Error, TransportError};
    use crate::wire::{ApiVersion, Spec};

    /// The span of a call, and in it one for each attempt.
    #[derive(Debug)]
    pub(crate) struct Trace {
        call: Span,
        attempt: Span,
        endpoint: &'static str,
        method: &'static str,
        path: &'static str,
        server: Option<Authority>,
    }

    impl Trace {
        pub(crate) fn new(spec: &Spec, version: &ApiVersion, server: Option<Authority>) -> Self {
            let call = info_span!(
                "intercom.call",
                intercom.endpoint = spec.name,
                intercom.version = version.as_str(),
                otel.name = spec.name,
                otel.status_code = field::Empty,
                error.type = field::Empty,
            );
            Self {
                call,
                attempt: Span::none(),
                endpoint: spec.name,
                method: spec.method.as_str(),
                path: spec.path,
                server,
            }
        }

        pub(crate) fn request(&mut self, attempt: u32) {
            let (method, path) = (self.method, self.path);
            self.attempt = info_span!(
                parent: &self.call,
                "intercom.request",
                otel.name = format_args!("{method} {path}"),
                otel.kind = "client",
                otel.status_code = field::Empty,
                http.request.method = method,
                http.request.resend_count = (attempt > 1).then(|| attempt - 1),
                http.response.status_code = field::Empty,
                url.template = path,
                server.address = self.server.as_ref().map(Authority::host),
                server.port = self.server.as_ref().and_then(Authority::port_u16),
                error.type = field::Empty,
                intercom.endpoint = self.endpoint,
                intercom.attempt = attempt,
                intercom.request_id = field::Empty,
            );
        }

        pub(crate) fn response(&self, status: StatusCode, request_id: Option<&str>) {
            self.attempt
                .record("http.response.status_code", status.as_u16());
            if let Some(id) = request_id {
                self.attempt.record("intercom.request_id", id);
            }
            if status.is_client_error() || status.is_server_error() {
                self.attempt.record("otel.status_code", "ERROR");
                self.attempt.record("error.type", status.as_str());
            }
        }

        pub(crate) fn failure(&self, error: &TransportError) {
            self.attempt.record("otel.status_code", "ERROR");
            self.attempt
                .record("error.type", field::debug(error.kind()));
        }

        pub(crate) fn retry(&self, wait: Duration) {
            debug!(parent: &self.call, wait_ms = millis(wait), "retrying the request");
        }

        pub(crate) fn wait(&self, wait: Duration) {
            debug!(parent: &self.call, wait_ms = millis(wait), "waiting for the rate limit");
        }

        pub(crate) fn failed(&self, error: &Error) {
            self.call.record("otel.status_code", "ERROR");
            match (error.code(), error.status()) {
                (Some(code), _) => self.call.record("error.type", code.as_str()),
                (None, Some(status)) => self.call.record("error.type", status.as_str()),
                (None, None) => self.call.record("error.type", error.kind()),
            };
        }

        /// Runs what belongs to the attempt in its span.
        pub(crate) fn future<F: Future>(&self, future: F) -> impl Future<Output = F::Output> {
            future.instrument(self.attempt.clone())
        }

        /// The same for what blocks.
        pub(crate) fn blocking<T>(&self, run: impl FnOnce() -> T) -> T {
            self.attempt.in_scope(run)
        }
    }

    fn millis(wait: Duration) -> u64 {
        u64::try_from(wait.as_millis()).unwrap_or(u64::MAX)
    }
}

#[cfg(not(feature = "tracing"))]
mod off {
    use std::time::Duration;

    use http::StatusCode;
    use http::uri::Authority;

    use crate::error::{Error, TransportError};
    use crate::wire::{ApiVersion, Spec};

    #[derive(Debug)]
    pub(crate) struct Trace;

    impl Trace {
        pub(crate) fn new(_: &Spec, _: &ApiVersion, _: Option<Authority>) -> Self {
            Self
        }

        pub(crate) const fn request(&mut self, _: u32) {}

        pub(crate) const fn response(&self, _: StatusCode, _: Option<&str>) {}

        pub(crate) const fn failure(&self, _: &TransportError) {}

        pub(crate) const fn retry(&self, _: Duration) {}

        pub(crate) const fn wait(&self, _: Duration) {}

        pub(crate) const fn failed(&self, _: &Error) {}

        pub(crate) fn future<F: Future>(&self, future: F) -> F {
            future
        }

        pub(crate) fn blocking<T>(&self, run: impl FnOnce() -> T) -> T {
            run()
        }
    }
}
