//! From a request to a canvas request.

use std::fmt;

use bytes::Bytes;
use http::{HeaderMap, Method, Request};
use intercom_model::Secret;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::sheet::{SheetError, SheetKey};
use crate::receive::{Gate, Reply};
use crate::signature::{CANVAS, Verifier};
use crate::signed::Signed;

/// Verifies and reads the canvas requests of an app.
///
/// Which type to read depends on the URL, as Intercom sends each flow to a URL of its own.
///
/// ```
/// use http::Request;
/// use intercom_app::Reply;
/// use intercom_app::canvas::{Canvas, CanvasResponse, Receiver, Submit, text};
///
/// fn submit(receiver: &Receiver, request: &Request<Vec<u8>>) -> Result<Vec<u8>, Reply> {
///     let (method, headers) = (request.method(), request.headers());
///     let submit = receiver.receive::<Submit>(method, headers, request.body().clone())?;
///     let order = submit.input_values.get("order").unwrap_or("none");
///     let canvas = Canvas::new().with(text(format!("Order {order} is on its way.")));
///     Ok(CanvasResponse::messenger(canvas).map(|it| it.to_json().to_vec()).unwrap_or_default())
/// }
/// ```
#[derive(Clone)]
pub struct Receiver {
    gate: Gate,
    keys: Vec<SheetKey>,
}

impl Receiver {
    /// Creates a receiver for an app, from the client secret on its page in the Developer Hub.
    #[must_use]
    pub fn new(client_secret: impl Into<Secret>) -> Self {
        let secret = client_secret.into();
        Self {
            gate: Gate::new(Verifier::new(&CANVAS, &secret)),
            keys: vec![SheetKey::new(&secret)],
        }
    }

    /// Accepts another secret too, while one is being replaced.
    #[must_use]
    pub fn also_accept(mut self, client_secret: impl Into<Secret>) -> Self {
        let secret = client_secret.into();
        self.gate = self.gate.also(&secret);
        self.keys.push(SheetKey::new(&secret));
        self
    }

    /// Sets the length of the longest body that is accepted, in bytes: 1 MiB by default.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.gate.max_body = bytes;
        self
    }

    /// Verifies a request and reads it as the type of its flow, such as [`Submit`](super::Submit).
    ///
    /// # Errors
    ///
    /// The reply to send back if there is nothing to handle: as for
    /// [`webhooks::Receiver::receive`](crate::webhooks::Receiver::receive).
    pub fn receive<T: DeserializeOwned>(
        &self,
        method: &Method,
        headers: &HeaderMap,
        body: impl Into<Bytes>,
    ) -> Result<Signed<T>, Reply> {
        Signed::read(self.gate.admit(method, headers, body)?)
    }

    /// Decrypts and authenticates the user of an [`OpenSheet`](super::OpenSheet) request.
    ///
    /// # Errors
    ///
    /// If it was changed, encrypted with another secret, or is not the JSON of a `T`.
    pub fn decrypt_user<T: DeserializeOwned>(&self, user: &str) -> Result<T, SheetError> {
        let mut outcome = Err(SheetError::Unauthentic);
        for key in &self.keys {
            outcome = key.decrypt(user);
            if outcome.is_ok() {
                break;
            }
        }
        let (user, _) = intercom_model::from_slice(&outcome?)
            .map_err(|error| SheetError::Unreadable(error.to_string()))?;
        Ok(user)
    }

    #[cfg(feature = "axum")]
    pub(crate) fn gate(&self) -> &Gate {
        &self.gate
    }
}

/// Shows no secret.
impl fmt::Debug for Receiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Receiver")
            .field("gate", &self.gate)
            .finish_non_exhaustive()
    }
}

/// Builds the signed request of a flow as Intercom sends it, to the path `/`, for tests.
///
/// # Errors
///
/// If the request cannot be written as JSON.
pub fn sign(
    client_secret: impl Into<Secret>,
    request: &impl Serialize,
) -> Result<Request<Bytes>, serde_json::Error> {
    let body = Bytes::from(serde_json::to_vec(request)?);
    Ok(CANVAS.request(&client_secret.into(), body))
}
