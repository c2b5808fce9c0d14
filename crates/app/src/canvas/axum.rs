//! Canvas requests as arguments of axum's handlers.

use axum_core::extract::{FromRef, FromRequest, Request};

use super::receiver::Receiver;
use super::request::{Configure, Initialize, LiveCanvas, OpenSheet, Submit, SubmitSheet};
use crate::receive::Reply;
use crate::signed::Signed;

macro_rules! extractors {
    ($($Type:ident),*) => {$(
        /// Verifies and reads a request of Canvas Kit. The application's state must have a
        /// [`canvas::Receiver`](crate::canvas::Receiver).
        #[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
        impl<S> FromRequest<S> for Signed<$Type>
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
    )*};
}

extractors! { Configure, Initialize, LiveCanvas, OpenSheet, Submit, SubmitSheet }

/// The reply as a response of axum.
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
impl axum_core::response::IntoResponse for super::response::CanvasResponse {
    fn into_response(self) -> axum_core::response::Response {
        json(self.to_json())
    }
}

/// The reply as a response of axum.
#[cfg_attr(docsrs, doc(cfg(feature = "axum")))]
impl axum_core::response::IntoResponse for super::response::LiveResponse {
    fn into_response(self) -> axum_core::response::Response {
        json(self.to_json())
    }
}

fn json(body: bytes::Bytes) -> axum_core::response::Response {
    let mut response = axum_core::response::Response::new(body.into());
    let json = http::HeaderValue::from_static("application/json");
    response
        .headers_mut()
        .insert(http::header::CONTENT_TYPE, json);
    response
}
