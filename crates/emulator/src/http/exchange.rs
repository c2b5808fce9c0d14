//! One request from its arrival to its reply.

use std::fmt;

use bytes::Bytes;
use http::header::{ALLOW, AUTHORIZATION, CONTENT_LENGTH, DATE, ETAG, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use intercom_core::api::routing::{Route, route};
use intercom_core::server::json_reply;
use intercom_core::{ApiVersion, ErrorCode};
use serde_json::json;

use super::downloads;
use super::fault::{FaultKind, page};
use super::oauth::{OAuth, Step};
use super::quirks::Quirks;
use super::rate::{self, RateLimit};
use super::replica::Replica;
use super::reply::{Delivery, MAX_BODY, Outcome, error_reply, half};
use crate::query::{SearchLag, UtcOffset};
use crate::refusal::Refusal;
use crate::resources::{API, Context, WORKSPACE_NAME};
use crate::store::{Clock, Workspace};

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
    pub(crate) replica: Replica,
    pub(crate) utc_offset: UtcOffset,
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
            utc_offset: self.utc_offset,
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
        let reply = self
            .read_or_write(request, route, version)
            .map(|mut reply| {
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
}

/// Returns the operation of a request, which for HEAD is that of GET.
pub(crate) fn route_of(request: &Request<Bytes>) -> Option<Route> {
    let method = match request.method() {
        &Method::HEAD => "GET",
        method => method.as_str(),
    };
    route(method, request.uri().path())
}

pub(super) fn set(reply: &mut Response<Bytes>, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        reply.headers_mut().insert(name, value);
    }
}

pub(super) fn set_tag(reply: &mut Response<Bytes>) {
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
