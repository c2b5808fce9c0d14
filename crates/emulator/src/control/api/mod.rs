//! The control API: what a test can do in process, over HTTP.

mod apps;
mod canvas;
mod clock;
mod export;
mod faults;
mod fin_agent;
mod health;
mod hooks;
mod inspector;
mod journal;
mod look;
mod openapi;
mod operations;
mod quirks;
mod quota;
mod search_lag;
mod seed;
mod settings;
mod snapshot;
mod webhooks;

use bytes::Bytes;
use http::header::{ALLOW, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use serde_json::{Map, Value, json};

use super::emulator::Emulator;
use super::schema::{Field, Fields, Invalid, Shape};
use crate::http::{Later, MAX_BODY, Outcome};

/// Where the control API is.
pub(crate) const ROOT: &str = "/_emulator";

/// The largest snapshot that a request can have.
pub(crate) const MAX_SNAPSHOT: usize = 1024 * 1024 * 1024;

/// A route of the control API: it is checked, performed and described by what stands here.
#[derive(Debug)]
pub(crate) struct Route {
    pub(crate) method: &'static str,
    /// The path below [`ROOT`], with its arguments in braces. The last one may be `{path*}`, which
    /// takes the rest of the path.
    pub(crate) path: &'static str,
    pub(crate) about: &'static str,
    pub(crate) query: &'static [Field],
    pub(crate) body: Body,
    pub(crate) reply: ReplyKind,
    pub(crate) run: fn(&Call<'_>) -> Result<Answer, Problem>,
}

/// The body that a route takes.
#[derive(Debug)]
pub(crate) enum Body {
    None,
    Object(&'static Shape),
    /// An object with fields of its own.
    Free(&'static str),
}

/// The reply of a route.
#[derive(Debug)]
pub(crate) enum ReplyKind {
    Nothing,
    Object(&'static Shape),
    /// Anything else, described in words.
    Other(&'static str),
}

/// A request to a route.
#[derive(Debug)]
pub(crate) struct Call<'a> {
    pub(crate) emulator: &'a Emulator,
    pub(crate) arguments: Vec<String>,
    pub(crate) query: Fields,
    pub(crate) body: Fields,
    pub(crate) request: &'a Request<Bytes>,
}

impl Call<'_> {
    /// Parses the argument of the path as a number.
    fn number(&self) -> Option<u64> {
        self.arguments.first()?.parse().ok()
    }
}

/// A reply.
#[derive(Debug)]
pub(crate) enum Answer {
    Nothing,
    Json(StatusCode, Value),
    Whole(Response<Bytes>),
    Later(Later),
}

impl From<Value> for Answer {
    fn from(value: Value) -> Self {
        Self::Json(StatusCode::OK, value)
    }
}

/// Why a request is refused.
#[derive(Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    message: String,
    field: Option<String>,
    more: Map<String, Value>,
}

impl Problem {
    pub(crate) fn new(status: StatusCode, message: impl Into<String>) -> Self {
        Self {
            status,
            message: message.into(),
            field: None,
            more: Map::new(),
        }
    }

    fn not_found(message: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// Adds something beside the message.
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.more.insert(name.to_owned(), value.into());
        self
    }

    pub(crate) fn reply(self) -> Response<Bytes> {
        let mut error = Map::new();
        error.insert("message".to_owned(), self.message.into());
        if let Some(field) = self.field {
            error.insert("field".to_owned(), field.into());
        }
        error.extend(self.more);
        json_reply(self.status, &json!({ "error": error }))
    }
}

impl From<Invalid> for Problem {
    fn from(invalid: Invalid) -> Self {
        let mut problem = Self::new(StatusCode::BAD_REQUEST, invalid.message);
        problem.field = Some(invalid.field).filter(|field| !field.is_empty());
        problem
    }
}

/// All routes, by theme.
pub(crate) static ROUTES: &[&[Route]] = &[
    health::ROUTES,
    seed::ROUTES,
    snapshot::ROUTES,
    clock::ROUTES,
    faults::ROUTES,
    hooks::ROUTES,
    quirks::ROUTES,
    search_lag::ROUTES,
    settings::ROUTES,
    quota::ROUTES,
    journal::ROUTES,
    export::ROUTES,
    webhooks::ROUTES,
    apps::ROUTES,
    canvas::ROUTES,
    fin_agent::ROUTES,
    look::ROUTES,
    operations::ROUTES,
    openapi::ROUTES,
    inspector::ROUTES,
];

fn routes() -> impl Iterator<Item = &'static Route> {
    ROUTES.iter().copied().flatten()
}

/// Whether a path belongs to the control API.
pub(crate) fn is_control(path: &str) -> bool {
    path.strip_prefix(ROOT)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Whether a path is about no workspace in particular.
pub(crate) fn is_shared(path: &str) -> bool {
    let path = path.strip_prefix(ROOT).unwrap_or(path);
    matches!(
        path,
        "" | "/" | "/health" | "/operations" | "/openapi.json" | "/inspector.css" | "/inspector.js"
    )
}

/// Whether a path is about the apps, which all workspaces share.
pub(crate) fn is_of_apps(path: &str) -> bool {
    path.strip_prefix(ROOT)
        .and_then(|path| path.strip_prefix("/apps"))
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// Returns how long the body of a request may be.
pub(crate) fn max_body(path: &str) -> usize {
    if path.strip_prefix(ROOT) == Some("/snapshot") {
        MAX_SNAPSHOT
    } else {
        MAX_BODY
    }
}

/// Returns the arguments of a path, if it fits a template.
fn arguments(template: &str, path: &str) -> Option<Vec<String>> {
    let mut arguments = Vec::new();
    let (mut names, mut parts) = (template.split('/'), path.split('/'));
    loop {
        match (names.next(), parts.next()) {
            (None, None) => return Some(arguments),
            (Some("{path*}"), Some(first)) => {
                let rest = parts.fold(first.to_owned(), |rest, part| format!("{rest}/{part}"));
                arguments.push(rest);
                return Some(arguments);
            }
            (Some(name), Some(value)) if name.starts_with('{') && !value.is_empty() => {
                arguments.push(value.to_owned());
            }
            (Some(name), Some(value)) if name == value => {}
            _ => return None,
        }
    }
}

/// Answers a request to the control API.
pub(crate) fn answer(emulator: &Emulator, request: &Request<Bytes>) -> Outcome {
    let outcome = find(request).and_then(|(route, arguments)| {
        let call = receive(emulator, request, route, arguments)?;
        (route.run)(&call)
    });
    let reply = match outcome {
        Ok(Answer::Nothing) => {
            let mut reply = Response::default();
            *reply.status_mut() = StatusCode::NO_CONTENT;
            reply
        }
        Ok(Answer::Json(status, value)) => json_reply(status, &value),
        Ok(Answer::Whole(reply)) => reply,
        Ok(Answer::Later(later)) => {
            let reply = async { complete(later.0.await) };
            return Outcome::Later(Later(Box::pin(reply)));
        }
        Err(problem) => problem.reply(),
    };
    let mut reply = complete(reply);
    if request.method() == Method::HEAD {
        *reply.body_mut() = Bytes::new();
    }
    Outcome::reply(reply)
}

/// Adds the headers that every reply has.
fn complete(mut reply: Response<Bytes>) -> Response<Bytes> {
    let headers = reply.headers_mut();
    headers
        .entry(CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    if reply.status() != StatusCode::NO_CONTENT {
        let length = reply.body().len();
        reply.headers_mut().insert(CONTENT_LENGTH, length.into());
    }
    reply
}

fn find(request: &Request<Bytes>) -> Result<(&'static Route, Vec<String>), Problem> {
    let path = request.uri().path();
    // With or without a slash at the end, the root is the inspector.
    let path = match path.strip_prefix(ROOT).unwrap_or(path) {
        "" => "/",
        path => path,
    };
    let method = match request.method() {
        &Method::HEAD => "GET",
        method => method.as_str(),
    };
    let mut allowed = Vec::new();
    for route in routes() {
        if let Some(arguments) = arguments(route.path, path) {
            if route.method == method {
                return Ok((route, arguments));
            }
            allowed.push(route.method);
        }
    }
    if allowed.is_empty() {
        let known = routes().map(|route| format!("{} {ROOT}{}", route.method, route.path));
        let message = format!("there is no {ROOT}{path}; see `routes`");
        return Err(Problem::not_found(message).with("routes", Vec::from_iter(known)));
    }
    let message = format!("{ROOT}{path} takes {}, not {method}", allowed.join(", "));
    Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, message).with("allowed", allowed))
}

/// Checks what a request sends.
fn receive<'a>(
    emulator: &'a Emulator,
    request: &'a Request<Bytes>,
    route: &'static Route,
    arguments: Vec<String>,
) -> Result<Call<'a>, Problem> {
    if request.body().len() > max_body(request.uri().path()) {
        return Err(Problem::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            format!("the body must not exceed {MAX_BODY} bytes"),
        ));
    }
    let query = request.uri().query().unwrap_or_default();
    // What is looked at has a query of its own.
    let query = if route.path.ends_with("{path*}") {
        Fields::default()
    } else {
        Fields::of_query(route.query, query)?
    };
    let body = match &route.body {
        Body::None => Fields::default(),
        Body::Object(shape) => Fields::checked(shape.fields, object(request.body())?)?,
        Body::Free(_) => Fields::default(),
    };
    Ok(Call {
        emulator,
        arguments,
        query,
        body,
        request,
    })
}

/// Reads a body that is an object; no body is one without fields.
fn object(body: &[u8]) -> Result<Map<String, Value>, Problem> {
    if body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Map::new());
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "the body must be a JSON object",
        )),
        Err(error) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            format!("the body is not valid JSON: {error}"),
        )),
    }
}

fn json_reply(status: StatusCode, value: &Value) -> Response<Bytes> {
    let mut reply = Response::new(Bytes::from(value.to_string()));
    *reply.status_mut() = status;
    let json = HeaderValue::from_static("application/json; charset=utf-8");
    reply.headers_mut().insert(CONTENT_TYPE, json);
    if let Some(allowed) = value["error"]["allowed"].as_array() {
        let allowed: Vec<_> = allowed.iter().filter_map(Value::as_str).collect();
        if let Ok(allowed) = HeaderValue::from_str(&allowed.join(", ")) {
            reply.headers_mut().insert(ALLOW, allowed);
        }
    }
    reply
}
