//! Notifications as arguments of axum's handlers.

use axum_core::extract::{FromRef, FromRequest, Request};

use super::notification::Notification;
use super::receiver::Receiver;
use crate::receive::Reply;

/// Verifies and reads the notification of a request. The application's state must have a [`Receiver`].
///
/// Probes and pings are replied to with 200 before the handler is called. Route all methods to the
/// handler, with `axum::routing::any`: probes are HEAD requests, and other methods are refused here.
///
/// ```
/// use http::StatusCode;
/// use intercom_app::webhooks::{Event, Notification};
///
/// async fn webhook(notification: Notification) -> StatusCode {
///     match notification.event() {
///         Event::ConversationUserCreated(conversation) => println!("triage {}", conversation.id),
///         other => println!("not for us: {}", other.topic()),
///     }
///     StatusCode::OK
/// }
/// ```
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
impl<S> FromRequest<S> for Notification
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
