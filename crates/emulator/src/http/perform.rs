//! Performing operations.

use std::sync::Arc;

use bytes::Bytes;
use http::header::{HOST, HeaderValue};
use http::uri::Authority;
use http::{Method, Request, Response, StatusCode};
use intercom_core::api::routing::{Route, route};
use intercom_core::server::Received;
use intercom_core::{ApiVersion, ErrorCode, FromReply};

use super::downloads;
use super::exchange::{Service, route_of, set_tag};
use super::operations::{handler, refuse};
use super::reply::error_reply;
use crate::refusal::Refusal;
use crate::resources::{API, Context};

/// The media type of replies that are files.
const FILE: &str = <Bytes as FromReply>::ACCEPT;

impl Service {
    /// Performs an operation: on the replica that lags behind, if it is a read and the replica's turn.
    pub(super) fn read_or_write(
        &mut self,
        request: &Request<Bytes>,
        route: Route,
        version: &ApiVersion,
    ) -> Result<Response<Bytes>, Refusal> {
        let now = self.clock.now().system;
        if !reads(request, &route) {
            self.replica.keep(&self.workspace, now);
            return self.operate(request, route, version);
        }
        match self.replica.next(now) {
            None => self.operate(request, route, version),
            Some(past) => {
                let newest = std::mem::replace(&mut self.workspace, past);
                let reply = self.operate(request, route, version);
                self.workspace = newest;
                reply
            }
        }
    }

    /// Performs an operation that changes nothing, unseen: without token, rate limit or fault. Returns
    /// `None` if the request is for anything else.
    pub(crate) fn look(&mut self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let found = route_of(request);
        let is_safe = request.method().is_safe();
        if !found
            .as_ref()
            .map_or(is_safe, |route| reads(request, route))
        {
            return None;
        }
        let version = self.version.clone();
        let reply = found
            .ok_or_else(Refusal::not_found)
            .and_then(|route| self.operate(request, route, &version));
        Some(reply.unwrap_or_else(|refusal| error_reply(refusal, "")))
    }

    /// Performs an operation for whoever sets up the workspace: without token or rate limit.
    pub(crate) fn set_up(
        &mut self,
        method: &str,
        path: &str,
        body: &Bytes,
    ) -> Result<Response<Bytes>, Refusal> {
        let route = route(method, path.split('?').next().unwrap_or_default());
        let route = route.ok_or_else(|| {
            let message = format!("there is no operation {method} {path}");
            Refusal::new(StatusCode::NOT_FOUND, ErrorCode::NotFound, message)
        })?;
        let request = Request::builder().method(method).uri(path);
        let request = request
            .body(body.clone())
            .map_err(|error| Refusal::invalid("path", format!("{path} is not a path: {error}")))?;
        // An operation that the emulator's own version lacks is performed in one that has it.
        let mut version = self.version.clone();
        if !route.spec.exists_in(&version) {
            version = route.spec.until.clone().unwrap_or(ApiVersion::Preview);
        }
        self.operate(&request, route, &version)
    }

    /// Performs the operation.
    fn operate(
        &mut self,
        request: &Request<Bytes>,
        route: Route,
        version: &ApiVersion,
    ) -> Result<Response<Bytes>, Refusal> {
        let spec = route.spec;
        if !spec.exists_in(version) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::IntercomVersionInvalid,
                "Requested resource is not available in current API version.",
            ));
        }
        let handle = handler(spec).ok_or_else(|| refuse(spec))?;
        let received = Received::new(route.arguments, request.uri().query(), request.body());
        let context = Context {
            base_url: base_url(request),
            ..self.context(version)
        };
        self.workspace.catch_up(context.now);
        let mut reply = handle(&mut self.workspace, &received, &context)?;
        if spec.accept == FILE && request.method() == Method::GET {
            reply = downloads::part(reply, request.headers());
        } else if !reply.body().is_empty() {
            set_tag(&mut reply);
        }
        Ok(reply)
    }
}

/// Whether an operation changes nothing.
fn reads(request: &Request<Bytes>, route: &Route) -> bool {
    request.method().is_safe() || route.spec.name.ends_with("::Search")
}

/// Returns the URL at which the client found the API, so that links lead back to it.
fn base_url(request: &Request<Bytes>) -> Arc<str> {
    let uri = request.uri();
    let host = request.headers().get(HOST).map(HeaderValue::as_bytes);
    let authority = uri.authority().cloned();
    let authority = authority.or_else(|| Authority::try_from(host?).ok());
    authority.map_or_else(
        || API.into(),
        |authority| {
            let scheme = uri.scheme_str().unwrap_or("http");
            format!("{scheme}://{authority}").into()
        },
    )
}
