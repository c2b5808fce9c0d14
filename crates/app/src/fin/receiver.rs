//! From a request to an event of Fin.

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use intercom_model::Secret;
use intercom_model::fin_agent::FinEvent;

use crate::receive::{Gate, Reply};
use crate::signature::{FIN, Verifier, WEBHOOK};
use crate::signed::Signed;

/// Verifies and reads the webhooks of the Fin Agent API.
#[derive(Debug, Clone)]
pub struct Receiver {
    gate: Gate,
}

impl Receiver {
    /// Creates a receiver from the secret of the Fin Agent API's settings, which is not the client secret
    /// of the app.
    #[must_use]
    pub fn new(secret: impl Into<Secret>) -> Self {
        Self {
            gate: Gate::new(Verifier::new(&FIN, &secret.into())),
        }
    }

    /// Accepts another secret too, while one is being replaced.
    #[must_use]
    pub fn also_accept(mut self, secret: impl Into<Secret>) -> Self {
        self.gate = self.gate.also(&secret.into());
        self
    }

    /// Accepts the tests of the Developer Hub too, which are signed with the client secret in
    /// `X-Hub-Signature`.
    #[must_use]
    pub fn also_accept_hub(mut self, client_secret: impl Into<Secret>) -> Self {
        self.gate = self.gate.or(Verifier::new(&WEBHOOK, &client_secret.into()));
        self
    }

    /// Sets the length of the longest body that is accepted, in bytes: 1 MiB by default.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.gate.max_body = bytes;
        self
    }

    /// Verifies and reads a request.
    ///
    /// Fin may send a message again. Recognize it by [`FinReplyMessage::timestamp_ms`](super::FinReplyMessage).
    ///
    /// # Errors
    ///
    /// The reply to send back if there is nothing to handle: as for
    /// [`webhooks::Receiver::receive`](crate::webhooks::Receiver::receive).
    pub fn receive(
        &self,
        method: &Method,
        headers: &HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Signed<FinEvent>, Reply> {
        Signed::read(self.gate.admit(method, headers, body)?)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }
}

/// Builds the signed request that delivers an event as Intercom does, to the path `/`, for tests.
#[must_use]
pub fn sign(secret: impl Into<Secret>, event: &FinEvent) -> Request<Bytes> {
    // An event has nothing that cannot be written as JSON.
    let body = Bytes::from(serde_json::to_vec(event).unwrap_or_default());
    FIN.request(&secret.into(), body)
}
