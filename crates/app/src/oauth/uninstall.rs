//! The end of an installation.

use bytes::Bytes;
use http::{HeaderMap, Request};
use intercom_core::error::{EncodeError, EncodeErrorKind, UnreadableReply};
use intercom_core::{Decoded, Endpoint, Method, Spec};
use intercom_model::WorkspaceId;
use serde::{Deserialize, Serialize};

/// Uninstalls the app from the workspace of the access token, which is revoked.
///
/// ```no_run
/// # async fn example(client: intercom_core::Client) -> Result<(), intercom_core::Error> {
/// client.call(&intercom_app::oauth::Uninstall).await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Uninstall;

impl Endpoint for Uninstall {
    const SPEC: Spec = {
        let mut spec = Spec::new("oauth::Uninstall", Method::Post, "/auth/uninstall");
        spec.has_body = false;
        spec
    };

    type Output = ();

    fn encode(&self) -> Result<Request<Bytes>, EncodeError> {
        Request::post("/auth/uninstall")
            .body(Bytes::new())
            .map_err(|error| {
                EncodeError::new(Self::SPEC.name, EncodeErrorKind::Target(error.to_string()))
            })
    }

    fn decode(_: &HeaderMap, _: &Bytes) -> Result<Decoded<()>, UnreadableReply> {
        Ok(Decoded::new(()))
    }
}

/// What Intercom sends to the app's uninstall URL when a workspace uninstalls the app.
///
/// It is not documented to be signed: treat it as a hint, and check with a call whether the access token
/// still works.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[non_exhaustive]
pub struct UninstallNotice {
    /// The workspace.
    pub app_id: WorkspaceId,
}
