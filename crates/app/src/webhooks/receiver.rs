//! From a request to a notification.

use bytes::Bytes;
use http::{HeaderMap, Method};
use intercom_model::Secret;

use super::event::Event;
use super::notification::Notification;
use crate::receive::{Gate, Reason, Reply};
use crate::signature::{Verifier, WEBHOOK};

/// Verifies and reads the notifications of an app.
///
/// It has no I/O: your server passes it the method, the headers, and the body as it was received. It is
/// cheap to clone, and shows no secret in `Debug`.
///
/// ```
/// use intercom_app::webhooks::{Event, Notification, Receiver};
///
/// let receiver = Receiver::new("client secret");
/// # let request = Notification::builder(Event::ContactDeleted(Box::default())).sign("client secret");
/// let notification = receiver.receive(request.method(), request.headers(), request.body().clone())?;
/// println!("{} {:?}", notification.topic(), notification.event());
/// # Ok::<(), intercom_app::Reply>(())
/// ```
#[derive(Debug, Clone)]
pub struct Receiver {
    gate: Gate,
}

impl Receiver {
    /// Creates a receiver for an app, from the client secret on its page in the Developer Hub.
    #[must_use]
    pub fn new(client_secret: impl Into<Secret>) -> Self {
        Self {
            gate: Gate::new(Verifier::new(&WEBHOOK, &client_secret.into())),
        }
    }

    /// Accepts another secret too, while one is being replaced.
    #[must_use]
    pub fn also_accept(mut self, client_secret: impl Into<Secret>) -> Self {
        self.gate = self.gate.also(&client_secret.into());
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
    /// # Errors
    ///
    /// The reply to send back if there is nothing to handle: 200 to a probe and to a ping, 401 if the
    /// signature is missing or wrong, 400 if the body is not a notification, 413 if it is too long, and
    /// 405 to other methods. [`Reply::is_refusal`] tells refusals from the rest.
    pub fn receive(
        &self,
        method: &Method,
        headers: &HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Notification, Reply> {
        let body = self.gate.admit(method, headers, body)?;
        let notification = Notification::read(body)
            .map_err(|error| Reply::new(Reason::Unreadable(error.to_string())))?;
        match notification.event() {
            Event::Ping(_) => Err(Reply::new(Reason::Ping)),
            _ => Ok(notification),
        }
    }

    #[cfg(any(feature = "axum", feature = "tower"))]
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }
}
