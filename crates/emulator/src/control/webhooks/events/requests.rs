//! The event of every request.

use http::header::USER_AGENT;
use http::{HeaderMap, Method};
use serde_json::json;

use super::Event;
use crate::resources::Context;
use crate::store::Workspace;

/// A request that was answered.
#[derive(Debug)]
pub(crate) struct RequestSeen<'a> {
    pub(crate) method: &'a Method,
    pub(crate) path: &'a str,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) reply: &'a HeaderMap,
    pub(crate) status: u16,
}

pub(crate) fn request_completed(
    workspace: &Workspace,
    seen: &RequestSeen<'_>,
    context: &Context,
) -> Event {
    let text = |headers: &HeaderMap, name: http::HeaderName| {
        let value = headers.get(name)?.to_str().ok()?;
        Some(value.to_owned())
    };
    let owner = workspace.admins.first();
    let item = json!({
        "type": "api.request.completed",
        "request_id": text(seen.reply, http::HeaderName::from_static("x-request-id")),
        "timestamp": context.now.as_second(),
        "request": {
            "method": seen.method.as_str(),
            "path": seen.path,
            "ip_address": "127.0.0.1",
            "user_agent": text(seen.headers, USER_AGENT),
        },
        "authentication": {
            "method": "access_token",
            "token_id": null,
            "oauth_client_id": null,
            "app_package_code": null,
        },
        "response": {"status": seen.status},
        "admin": {
            "id": owner.map(|admin| admin.id.as_str()),
            "email": owner.and_then(|admin| admin.email.as_deref()),
        },
    });
    Event::new("api.request.completed", item)
}
