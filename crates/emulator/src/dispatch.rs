//! A request from its arrival to its answer.

use std::time::Duration;

use bytes::Bytes;
use http::header::{ALLOW, AUTHORIZATION, CONTENT_LENGTH, DATE, HeaderName, HeaderValue};
use http::{HeaderMap, Method, Request, Response, StatusCode};
use intercom_core::api::routing::{Route, route};
use intercom_core::server::Received;
use intercom_core::{ApiVersion, ErrorCode, FromReply};

use crate::downloads;
use crate::emulator::{Emulator, State};
use crate::faults::{Kind, page};
use crate::journal::Entry;
use crate::operations::{handler, success};
use crate::rate;
use crate::refusal::Refusal;

/// The largest body that is read.
pub(crate) const MAX_BODY: usize = 10 * 1024 * 1024;

/// The media type of replies that are files.
const FILE: &str = <Bytes as FromReply>::ACCEPT;

/// How a request ends.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// With a reply.
    Reply(Response<Bytes>, Way),
    /// With the connection closed.
    Reset,
    /// Not at all.
    Hang,
}

/// How a reply gets to the client.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Way {
    Whole,
    /// It breaks off in the middle of its body.
    CutShort,
    /// It is packed with gzip, of which the end is missing.
    BrokenGzip,
    /// Its body comes a [`PIECE`] at a time, with a pause before each.
    Trickle(Duration),
    /// Whole, and then the connection closes.
    ThenClose,
}

/// How many bytes come at a time where they come slowly.
pub(crate) const PIECE: usize = 16;

impl Emulator {
    /// Does what a request asks for.
    pub(crate) fn answer(&self, request: &Request<Bytes>) -> Outcome {
        self.lock().answer(request)
    }
}

/// What is found out about a request on its way.
struct Passage {
    request_id: String,
    version: ApiVersion,
    /// Whether the token was right.
    known: bool,
    operation: Option<&'static str>,
    /// Whether somebody answers in place of the service.
    foreign: bool,
}

impl State {
    fn answer(&mut self, request: &Request<Bytes>) -> Outcome {
        let mut passage = Passage {
            request_id: self.world.request_id(),
            version: self.version.clone(),
            known: false,
            operation: None,
            foreign: false,
        };
        let route = match request.method() {
            &Method::OPTIONS => None,
            &Method::HEAD => route("GET", request.uri().path()),
            method => route(method.as_str(), request.uri().path()),
        };
        passage.operation = route.as_ref().map(|route| route.spec.name);
        let outcome = self
            .admit(request, &mut passage)
            .and_then(|()| self.perform(request, route, &mut passage))
            .unwrap_or_else(|refusal| whole(refusal.reply(&passage.request_id)));
        let outcome = match outcome {
            Outcome::Reply(reply, way) => {
                Outcome::Reply(self.complete(reply, request, &passage), way)
            }
            nothing => nothing,
        };
        let target = request.uri().path_and_query();
        self.journal.push(Entry {
            operation: passage.operation,
            method: request.method().to_string(),
            path: target.map_or_else(|| "/".to_owned(), ToString::to_string),
            status: match &outcome {
                Outcome::Reply(reply, _) => Some(reply.status().as_u16()),
                Outcome::Reset | Outcome::Hang => None,
            },
        });
        outcome
    }

    /// Asks who it is, counts, and finds out the version.
    fn admit(&mut self, request: &Request<Bytes>, passage: &mut Passage) -> Result<(), Refusal> {
        if request.method() == Method::OPTIONS {
            return Ok(());
        }
        let token = bearer(request.headers()).filter(|token| !token.is_empty());
        let known = token.is_some_and(|token| {
            let secret = self.token.as_ref();
            secret.is_none_or(|secret| secret.0 == token)
        });
        if !known {
            return Err(Refusal::new(
                StatusCode::UNAUTHORIZED,
                ErrorCode::Unauthorized,
                "Access Token Invalid",
            ));
        }
        passage.known = true;
        if let Some(limit) = &mut self.limit {
            limit.count(self.clock.now().system)?;
        }
        if request.body().len() > MAX_BODY {
            return Err(too_large());
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
            passage.version = version;
        }
        Ok(())
    }

    /// Does the operation, or lets it fail.
    fn perform(
        &mut self,
        request: &Request<Bytes>,
        route: Option<Route>,
        passage: &mut Passage,
    ) -> Result<Outcome, Refusal> {
        if request.method() == Method::OPTIONS {
            return Ok(whole(options(request.uri().path())));
        }
        let route = route.ok_or_else(Refusal::not_found)?;
        let fault = self.faults.next(passage.operation);
        match fault {
            Some(Kind::Status(answer)) => return Ok(whole(answer.reply(&passage.request_id))),
            Some(Kind::Page(status)) => {
                passage.foreign = true;
                return Ok(whole(page(status)));
            }
            Some(Kind::RateLimited(wait)) => {
                return Err(rate::on_demand(wait, self.clock.now().system));
            }
            Some(Kind::ResetBefore) => return Ok(Outcome::Reset),
            Some(Kind::Hang) => return Ok(Outcome::Hang),
            _ => {}
        }
        if !route.spec.exists_in(&passage.version) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::IntercomVersionInvalid,
                "Requested resource is not available in current API version.",
            ));
        }
        let handle = handler(route.spec).ok_or_else(|| {
            let spec = route.spec;
            let message = format!(
                "{} ({} {}) is not emulated",
                spec.name, spec.method, spec.path
            );
            Refusal::new(StatusCode::NOT_IMPLEMENTED, "not_implemented", message)
        })?;
        let received = Received::new(route.arguments, request.uri().query(), request.body());
        let context = self.context(&passage.version);
        let mut reply = handle(&mut self.world, &received, &context);
        if let Ok(reply) = &mut reply {
            *reply.status_mut() = success(route.spec);
        }
        if route.spec.accept == FILE && request.method() == Method::GET {
            reply = reply.map(|reply| downloads::part(reply, request.headers()));
        }
        Ok(match fault {
            Some(Kind::ResetAfter) => Outcome::Reset,
            Some(Kind::EmptyBody) => whole(Response::default()),
            Some(Kind::TruncatedBody) => Outcome::Reply(reply?, Way::CutShort),
            Some(Kind::ShortLength) => whole(reply?.map(half)),
            Some(Kind::BrokenGzip) => Outcome::Reply(reply?, Way::BrokenGzip),
            Some(Kind::Trickle(pause)) => Outcome::Reply(reply?, Way::Trickle(pause)),
            Some(Kind::CloseAfter) => Outcome::Reply(reply?, Way::ThenClose),
            _ => whole(reply?),
        })
    }

    /// Adds the headers that every reply has.
    fn complete(
        &self,
        mut reply: Response<Bytes>,
        request: &Request<Bytes>,
        passage: &Passage,
    ) -> Response<Bytes> {
        let date = httpdate::fmt_http_date(self.clock.now().system);
        let own = [
            (
                HeaderName::from_static("x-request-id"),
                passage.request_id.as_str(),
            ),
            (
                HeaderName::from_static("intercom-version"),
                passage.version.as_str(),
            ),
        ];
        let own = own.into_iter().filter(|_| !passage.foreign);
        let headers = reply.headers_mut();
        for (name, value) in own.chain([(DATE, date.as_str())]) {
            if let Ok(value) = HeaderValue::from_str(value) {
                headers.insert(name, value);
            }
        }
        let limit = self.limit.as_ref();
        if let Some(limit) = limit.filter(|_| passage.known && !passage.foreign) {
            limit.write(headers);
        }
        let length = reply.body().len();
        if reply.status() != StatusCode::NO_CONTENT {
            reply.headers_mut().insert(CONTENT_LENGTH, length.into());
        }
        if request.method() == Method::HEAD {
            *reply.body_mut() = Bytes::new();
        }
        reply
    }
}

fn whole(reply: Response<Bytes>) -> Outcome {
    Outcome::Reply(reply, Way::Whole)
}

/// The first half of a body.
pub(crate) fn half(mut body: Bytes) -> Bytes {
    body.truncate(body.len() / 2);
    body
}

/// The token of a request. The name of the scheme may be in any case.
fn bearer(headers: &HeaderMap) -> Option<&str> {
    let (scheme, token) = headers.get(AUTHORIZATION)?.to_str().ok()?.split_once(' ')?;
    scheme
        .eq_ignore_ascii_case("bearer")
        .then_some(token.trim())
}

pub(crate) fn too_large() -> Refusal {
    Refusal::new(
        StatusCode::PAYLOAD_TOO_LARGE,
        ErrorCode::PayloadTooLarge,
        format!("A body has at most {MAX_BODY} bytes"),
    )
}

/// Which methods a path has.
fn options(path: &str) -> Response<Bytes> {
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
    if let Ok(value) = HeaderValue::from_str(&allowed.join(", ")) {
        reply.headers_mut().insert(ALLOW, value);
    }
    reply
}
