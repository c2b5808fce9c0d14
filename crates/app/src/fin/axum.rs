//! Events of Fin as arguments of axum's handlers.

use axum_core::extract::{FromRef, FromRequest, Request};
use intercom_model::fin_agent::FinEvent;

use super::receiver::Receiver;
use crate::receive::Reply;
use crate::signed::Signed;

/// Verifies and reads a webhook of the Fin Agent API. The application's state must have a
/// [`fin::Receiver`](crate::fin::Receiver).
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
impl<S> FromRequest<S> for Signed<FinEvent>
where
    S: Send + Sync,
    Receiver: FromRef<S>,
{
    type Rejection = Reply;

    async fn from_request(request: Request, state: &S) -> Result<Self, Reply> {
        let receiver = Receiver::from_ref(state);
        let (parts, body) = receiver.gate().collect(request).await?;
        receiver.receive(&parts.method, &parts.headers, body)
    }
}
