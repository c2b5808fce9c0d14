//! One request from its arrival to its reply.

use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{
    ALLOW, AUTHORIZATION, CONTENT_LENGTH, DATE, ETAG, HOST, HeaderName, HeaderValue,
};
use http::uri::Authority;
use http::{HeaderMap, Method, Request, Response, StatusCode};
use intercom_core::api::routing::{Route, route};
use intercom_core::server::{Received, json_reply};
use intercom_core::{ApiVersion, ErrorCode, FromReply};
use serde_json::json;

use super::downloads;
use super::fault::{FaultKind, page};
use super::oauth::{OAuth, Step};
use super::operations::{handler, refuse};
use super::quirks::Quirks;
use super::rate::{self, RateLimit};
use super::reply::{Delivery, MAX_BODY, Outcome, error_reply, half};
use crate::query::SearchLag;
use crate::refusal::Refusal;
use crate::resources::{API, Context, WORKSPACE_NAME};
use crate::store::{Clock, Workspace};

/// The media type of replies that are files.
const FILE: &str = <Bytes as FromReply>::ACCEPT;

/// The API of one workspace.
#[derive(Debug, Clone)]
pub(crate) struct Service {
    pub(crate) workspace: Workspace,
    pub(crate) clock: Clock,
    pub(crate) limit: RateLimit,
    /// The only token that is accepted, besides those that were issued; `None` accepts any.
    pub(crate) token: Option<Secret>,
    pub(crate) oauth: OAuth,
    /// The version of requests that name none.
    pub(crate) version: ApiVersion,
    /// What is odd about successful replies.
    pub(crate) quirks: Quirks,
    pub(crate) search_lag: SearchLag,
}

/// An access token. `Debug` does not show it.
#[derive(Clone)]
pub(crate) struct Secret(pub(crate) String);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// A request that has been routed, authenticated and counted, but not performed.
#[derive(Debug)]
pub(crate) struct Exchange {
    request_id: String,
    pub(crate) version: ApiVersion,
    authenticated: bool,
    /// The name of the operation at this address.
    pub(crate) operation: Option<&'static str>,
    /// Whether the bodies have secrets, which the journal leaves out.
    pub(crate) is_secret: bool,
    /// Whether the app was uninstalled.
    pub(crate) uninstalls: bool,
    /// The operation to perform, or the reply if there is none to perform.
    verdict: Result<Route, Response<Bytes>>,
}

impl Exchange {
    /// Whether an operation is about to be performed, so that a fault can hit it.
    pub(crate) const fn is_accepted(&self) -> bool {
        self.verdict.is_ok()
    }

    /// Refuses the request after all.
    pub(crate) fn refuse(&mut self, refusal: Refusal) {
        self.verdict = Err(error_reply(refusal, &self.request_id));
    }
}

impl Service {
    /// Returns the context of a request in this version.
    pub(crate) fn context(&self, version: &ApiVersion) -> Context {
        Context {
            version: version.clone(),
            now: self.clock.timestamp(),
            search_lag: self.search_lag,
            base_url: API.into(),
        }
    }

    /// Routes, authenticates and counts a request.
    pub(crate) fn accept(&mut self, request: &Request<Bytes>) -> Exchange {
        let request_id = self.workspace.ids.uuid();
        let path = request.uri().path();
        let mut exchange = Exchange {
            request_id,
            version: self.version.clone(),
            authenticated: false,
            operation: None,
            is_secret: false,
            uninstalls: false,
            verdict: Err(Response::default()),
        };
        if request.method() == Method::OPTIONS {
            exchange.verdict = Err(allowed_methods(path));
            return exchange;
        }
        if let Some(step) = Step::of(request) {
            exchange.is_secret = step == Step::Token;
            let reply = self.take(step, request, &mut exchange);
            exchange.verdict =
                Err(reply.unwrap_or_else(|refusal| error_reply(refusal, &exchange.request_id)));
            return exchange;
        }
        let route = route_of(request);
        exchange.operation = route.as_ref().map(|route| route.spec.name);
        exchange.verdict = self
            .admit(request, &mut exchange)
            .and_then(|()| route.ok_or_else(Refusal::not_found))
            .map_err(|refusal| error_reply(refusal, &exchange.request_id));
        exchange
    }

    /// Takes a step of OAuth.
    fn take(
        &mut self,
        step: Step,
        request: &Request<Bytes>,
        exchange: &mut Exchange,
    ) -> Result<Response<Bytes>, Refusal> {
        let now = self.clock.now().system;
        let ids = &mut self.workspace.ids;
        match step {
            Step::Page => Ok(self.oauth.page(request, WORKSPACE_NAME)),
            Step::Decision => Ok(self.oauth.decide(request, ids, now)),
            Step::Token => self.oauth.exchange(request, ids, now),
            Step::Uninstall => {
                self.admit(request, exchange)?;
                if let Some(token) = bearer(request.headers()) {
                    self.oauth.revoke(token);
                }
                exchange.uninstalls = true;
                Ok(json_reply(&json!({})))
            }
        }
    }

    /// Checks the token, the rate limit, the size of the body and the version.
    fn admit(&mut self, request: &Request<Bytes>, exchange: &mut Exchange) -> Result<(), Refusal> {
        let token = bearer(request.headers()).filter(|token| !token.is_empty());
        exchange.authenticated = token.is_some_and(|token| {
            let secret = self.token.as_ref();
            let is_known = secret.is_none_or(|secret| secret.0 == token);
            (is_known || self.oauth.has_issued(token)) && !self.oauth.has_revoked(token)
        });
        if !exchange.authenticated {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                ErrorCode::Unauthorized,
                "Access Token Invalid",
            ));
        }
        self.limit.count(self.clock.now().system)?;
        if request.body().len() > MAX_BODY {
            return Err(Refusal::new(
                StatusCode::PAYLOAD_TOO_LARGE,
                ErrorCode::PayloadTooLarge,
                format!("The body must not exceed {MAX_BODY} bytes"),
            ));
        }
        if let Some(version) = request.headers().get("intercom-version") {
            let version = ApiVersion::from(version.to_str().unwrap_or_default().trim());
            if matches!(version, ApiVersion::Other(_)) {
                return Err(Refusal::new(
                    StatusCode::BAD_REQUEST,
                    ErrorCode::IntercomVersionInvalid,
                    "Requested API version is not supported.",
                ));
            }
            exchange.version = version;
        }
        Ok(())
    }

    /// Performs an accepted request, or injects the fault, and completes the reply.
    pub(crate) fn finish(
        &mut self,
        exchange: Exchange,
        request: &Request<Bytes>,
        fault: Option<FaultKind>,
    ) -> Outcome {
        let from_proxy = matches!(fault, Some(FaultKind::Page(_)));
        let Exchange {
            request_id,
            version,
            authenticated,
            verdict,
            ..
        } = exchange;
        let outcome = match verdict {
            Err(reply) => Outcome::reply(reply),
            Ok(route) => self
                .perform(request, route, &version, &request_id, fault)
                .unwrap_or_else(|refusal| Outcome::reply(error_reply(refusal, &request_id))),
        };
        let Outcome::Reply(mut reply, delivery) = outcome else {
            return outcome;
        };
        let date = httpdate::fmt_http_date(self.clock.now().system);
        set(&mut reply, DATE, &date);
        if !from_proxy {
            let headers = ["x-request-id", "intercom-version"].map(HeaderName::from_static);
            for (name, value) in headers.into_iter().zip([&request_id, version.as_str()]) {
                set(&mut reply, name, value);
            }
            if authenticated {
                self.limit.write(reply.headers_mut());
            }
        }
        if reply.status() != StatusCode::NO_CONTENT {
            let length = reply.body().len();
            reply.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        if request.method() == Method::HEAD {
            *reply.body_mut() = Bytes::new();
        }
        Outcome::Reply(reply, delivery)
    }

    fn perform(
        &mut self,
        request: &Request<Bytes>,
        route: Route,
        version: &ApiVersion,
        request_id: &str,
        fault: Option<FaultKind>,
    ) -> Result<Outcome, Refusal> {
        match fault {
            Some(FaultKind::Status(fixed)) => return Ok(Outcome::reply(fixed.reply(request_id))),
            Some(FaultKind::Page(status)) => return Ok(Outcome::reply(page(status))),
            Some(FaultKind::RateLimited(wait)) => {
                return Err(rate::on_demand(wait, self.clock.now().system));
            }
            Some(FaultKind::ResetBefore) => return Ok(Outcome::Reset),
            Some(FaultKind::Hang) => return Ok(Outcome::Hang),
            _ => {}
        }
        let reply = self.operate(request, route, version).map(|mut reply| {
            if self.quirks.rewrite(&mut reply) {
                set_tag(&mut reply);
            }
            reply
        });
        Ok(match fault {
            Some(FaultKind::ResetAfter) => Outcome::Reset,
            Some(FaultKind::EmptyBody) => Outcome::reply(Response::default()),
            Some(FaultKind::TruncatedBody) => Outcome::Reply(reply?, Delivery::CutShort),
            Some(FaultKind::ShortLength) => Outcome::reply(reply?.map(half)),
            Some(FaultKind::BrokenGzip) => Outcome::Reply(reply?, Delivery::BrokenGzip),
            Some(FaultKind::Trickle(pause)) => Outcome::Reply(reply?, Delivery::Trickle(pause)),
            Some(FaultKind::CloseAfter) => Outcome::Reply(reply?, Delivery::ThenClose),
            _ => Outcome::reply(reply?),
        })
    }

    /// Performs an operation that changes nothing, unseen: without token, rate limit or fault. Returns
    /// `None` if the request is for anything else.
    pub(crate) fn look(&mut self, request: &Request<Bytes>) -> Option<Response<Bytes>> {
        let found = route_of(request);
        let searches = |route: &Route| route.spec.name.ends_with("::Search");
        let reads = matches!(*request.method(), Method::GET | Method::HEAD);
        if !reads && !found.as_ref().is_some_and(searches) {
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

/// Returns the operation of a request, which for HEAD is that of GET.
pub(crate) fn route_of(request: &Request<Bytes>) -> Option<Route> {
    let method = match request.method() {
        &Method::HEAD => "GET",
        method => method.as_str(),
    };
    route(method, request.uri().path())
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

fn set(reply: &mut Response<Bytes>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
}

fn set_tag(reply: &mut Response<Bytes>) {
    let tag = format!("W/{}", downloads::tag(reply.body()));
    set(reply, ETAG, &tag);
}

/// Returns the bearer token of a request. The case of the scheme does not matter.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

/// Replies to `OPTIONS` with the methods of a path.
fn allowed_methods(path: &str) -> Response<Bytes> {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"].into_iter();
    let mut allowed: Vec<_> = methods
        .filter(|method| route(method, path).is_some())
        .collect();
    if allowed.contains(&"GET") {
        allowed.push("HEAD");
    }
    allowed.push("OPTIONS");
    let mut reply = Response::default();
    *reply.status_mut() = StatusCode::NO_CONTENT;
    set(&mut reply, ALLOW, &allowed.join(", "));
    reply
}
