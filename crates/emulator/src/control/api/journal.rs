//! The journal of requests, and assertions on it.

use std::time::SystemTime;

use http::{HeaderMap, StatusCode};
use serde_json::{Map, Value, json};

use super::{Answer, Body, Call, Problem, ReplyKind, Route};
use crate::control::journal::{Entry, JournalBody};
use crate::control::journal_filter::{FIELDS, Filter, includes};
use crate::control::schema::{Field, Fields, Invalid, Kind, Shape, optional, required};

/// How many requests a list has if it does not say.
const LIMIT: usize = 1000;

/// How many requests an assertion that fails shows.
const SHOWN: usize = 10;

static REPLY: Shape = Shape {
    name: "JournalReply",
    about: "A reply.",
    fields: &[
        required("headers", Kind::Map(&Kind::Text), "Its headers."),
        required("body", Kind::Any, "Its body: JSON if it is JSON, or text."),
        required(
            "body_length",
            Kind::Integer(0, u64::MAX),
            "The length of the whole body in bytes.",
        ),
    ],
};

static ENTRY: Shape = Shape {
    name: "JournalEntry",
    about: "A request and its reply. Of a body, the first 256 KiB are kept.",
    fields: &[
        required(
            "index",
            Kind::Integer(1, u64::MAX),
            "The number of the request, counting from 1.",
        ),
        required(
            "at",
            Kind::Number(0.0, f64::MAX),
            "When it arrived, in seconds since 1970 by the emulator's clock.",
        ),
        required(
            "operation",
            Kind::Nullable(&Kind::Text),
            "The operation; null if there is none at this address.",
        ),
        required("version", Kind::Text, "The API version."),
        required("method", Kind::Text, "The method."),
        required("path", Kind::Text, "The path and query."),
        required(
            "status",
            Kind::Nullable(&Kind::Integer(100, 999)),
            "The status of the reply; null if the connection was closed or left hanging.",
        ),
        required("faulty", Kind::Flag, "Whether a fault was injected."),
        optional(
            "headers",
            Kind::Map(&Kind::Text),
            "The headers of the request, without credentials.",
        ),
        optional(
            "body",
            Kind::Any,
            "The body of the request: JSON if it is JSON, or text.",
        ),
        optional(
            "body_length",
            Kind::Integer(0, u64::MAX),
            "The length of the whole body in bytes.",
        ),
        optional("reply", Kind::Object(&REPLY), "The reply."),
    ],
};

static LIST: Shape = Shape {
    name: "Journal",
    about: "Requests, oldest first.",
    fields: &[
        required(
            "count",
            Kind::Integer(0, u64::MAX),
            "How many requests were selected.",
        ),
        required(
            "total",
            Kind::Integer(0, u64::MAX),
            "How many requests there were since the emulator started, which is also the index of the last one.",
        ),
        required(
            "requests",
            Kind::List(&Kind::Object(&ENTRY)),
            "The selected requests; the last ones if there are more than `limit`.",
        ),
    ],
};

static QUERY: [Field; 7] = {
    let [method, path, operation, status, since] = FIELDS;
    [
        method,
        path,
        operation,
        status,
        since,
        optional(
            "limit",
            Kind::Integer(0, 100_000),
            "How many requests to return at most; 1000 by default.",
        ),
        optional("brief", Kind::Flag, "Leaves out headers and bodies."),
    ]
};

static ASSERTION: Shape = Shape {
    name: "Assertion",
    about: "Which requests must have been made, and how often: at least once unless it says otherwise.",
    fields: &{
        let [method, path, operation, status, since] = FIELDS;
        [
            method,
            path,
            operation,
            status,
            since,
            optional(
                "body",
                Kind::Any,
                "What the body must include: objects may have more fields.",
            ),
            optional(
                "query",
                Kind::Map(&Kind::Text),
                "Arguments that the query must have.",
            ),
            optional(
                "headers",
                Kind::Map(&Kind::Text),
                "Headers that the request must have.",
            ),
            optional(
                "times",
                Kind::Integer(0, u64::MAX),
                "How many such requests there must be.",
            ),
            optional(
                "at_least",
                Kind::Integer(0, u64::MAX),
                "How many there must be at least.",
            ),
            optional(
                "at_most",
                Kind::Integer(0, u64::MAX),
                "How many there may be at most.",
            ),
        ]
    },
};

static VERDICT: Shape = Shape {
    name: "Verdict",
    about: "An assertion that holds. One that does not is a 422 whose error has `count` and the requests that come closest.",
    fields: &[required(
        "count",
        Kind::Integer(0, u64::MAX),
        "How many requests fit.",
    )],
};

pub(super) static ROUTES: &[Route] = &[
    Route {
        method: "GET",
        path: "/journal",
        about: "Lists requests.",
        query: &QUERY,
        body: Body::None,
        reply: ReplyKind::Object(&LIST),
        run: list,
    },
    Route {
        method: "GET",
        path: "/journal/{index}",
        about: "Returns one request.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Object(&ENTRY),
        run: get,
    },
    Route {
        method: "POST",
        path: "/journal/assert",
        about: "Checks that requests were made: 200 if they were, 422 if not.",
        query: &[],
        body: Body::Object(&ASSERTION),
        reply: ReplyKind::Object(&VERDICT),
        run: assert,
    },
    Route {
        method: "DELETE",
        path: "/journal",
        about: "Empties the journal. The numbers of requests go on.",
        query: &[],
        body: Body::None,
        reply: ReplyKind::Nothing,
        run: |call| {
            call.emulator.clear_journal();
            Ok(Answer::Nothing)
        },
    },
];

fn list(call: &Call<'_>) -> Result<Answer, Problem> {
    let filter = Filter::read(&call.query)?;
    let limit = call.query.count("limit").unwrap_or(LIMIT);
    let brief = call.query.flag("brief") == Some(true);
    let state = call.emulator.lock();
    let journal = &state.journal;
    let count = journal
        .requests()
        .filter(|entry| filter.fits(entry))
        .count();
    let selected = journal.requests().filter(|entry| filter.fits(entry));
    let last = selected.skip(count.saturating_sub(limit));
    let requests: Vec<_> = last.map(|entry| show(entry, brief)).collect();
    Ok(json!({"count": count, "total": journal.total(), "requests": requests}).into())
}

fn get(call: &Call<'_>) -> Result<Answer, Problem> {
    let index = call.arguments.first().map_or("", String::as_str);
    let state = call.emulator.lock();
    let mut requests = state.journal.requests();
    let entry = requests.find(|entry| entry.index.to_string() == index);
    let entry = entry.ok_or_else(|| {
        let message = format!("there is no request {index} in the journal");
        Problem::not_found(message)
    })?;
    Ok(show(entry, false).into())
}

fn assert(call: &Call<'_>) -> Result<Answer, Problem> {
    let body = &call.body;
    let filter = Filter::read(body)?;
    let times = body.integer("times");
    if times.is_some() && (body.has("at_least") || body.has("at_most")) {
        let message = "give `times`, or `at_least` and `at_most`";
        return Err(Invalid::new("times", message).into());
    }
    let at_most = times.or_else(|| body.integer("at_most"));
    let at_least = times.or_else(|| body.integer("at_least"));
    // Without any of them it must have happened; with `at_most` alone it need not.
    let at_least = at_least.unwrap_or(u64::from(at_most.is_none()));
    let state = call.emulator.lock();
    let near = state.journal.requests().filter(|entry| filter.fits(entry));
    let near: Vec<_> = near.collect();
    let fit = near.iter().filter(|entry| fits(entry, body)).count() as u64;
    if fit >= at_least && at_most.is_none_or(|most| fit <= most) {
        return Ok(json!({ "count": fit }).into());
    }
    let expected = match at_most {
        Some(most) if most == at_least => format!("exactly {most}"),
        Some(most) => format!("from {at_least} to {most}"),
        None => format!("at least {at_least}"),
    };
    let message = format!(
        "{fit} requests fit the assertion, expected {expected}; {} have its method, path, operation and status",
        near.len()
    );
    let shown = near.iter().rev().take(SHOWN);
    let shown: Vec<_> = shown.map(|entry| show(entry, false)).collect();
    Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, message)
        .with("count", fit)
        .with("requests", shown))
}

/// Whether a request has what an assertion says of body, query and headers.
fn fits(entry: &Entry, assertion: &Fields) -> bool {
    let body = assertion.get("body").is_none_or(|part| {
        let body = entry.body.json();
        body.is_some_and(|body| includes(&body, part))
    });
    let (_, query) = entry.path.split_once('?').unwrap_or_default();
    let has = |name: &str, value: &str| {
        let mut query = form_urlencoded::parse(query.as_bytes());
        query.any(|(key, text)| key == name && text == value)
    };
    let all = |name: &str, test: &dyn Fn(&str, &str) -> bool| {
        let wanted = assertion.object(name).into_iter().flatten();
        let mut wanted = wanted.map(|(name, value)| (name, value.as_str().unwrap_or_default()));
        wanted.all(|(name, value)| test(name, value))
    };
    body && all("query", &has)
        && all("headers", &|name, value| {
            let values = entry.headers.get_all(name).iter();
            values
                .into_iter()
                .any(|it| it.as_bytes() == value.as_bytes())
        })
}

fn show(entry: &Entry, brief: bool) -> Value {
    let at = entry.at.duration_since(SystemTime::UNIX_EPOCH);
    let mut shown = json!({
        "index": entry.index,
        "at": at.unwrap_or_default().as_secs_f64(),
        "operation": entry.operation,
        "version": entry.version,
        "method": entry.method,
        "path": entry.path,
        "status": entry.status,
        "faulty": entry.faulty,
    });
    if !brief {
        shown["headers"] = headers(&entry.headers);
        shown["body"] = body(&entry.body);
        shown["body_length"] = entry.body.len().into();
        shown["reply"] = json!({
            "headers": headers(&entry.reply_headers),
            "body": body(&entry.reply_body),
            "body_length": entry.reply_body.len(),
        });
    }
    shown
}

fn headers(headers: &HeaderMap) -> Value {
    let mut shown = Map::new();
    for name in headers.keys() {
        let values = headers.get_all(name).iter();
        let values: Vec<_> = values
            .map(|it| String::from_utf8_lossy(it.as_bytes()))
            .collect();
        shown.insert(name.to_string(), values.join(", ").into());
    }
    shown.into()
}

fn body(body: &JournalBody) -> Value {
    if body.is_empty() {
        return Value::Null;
    }
    let text = || String::from_utf8_lossy(body.as_bytes()).into_owned().into();
    body.json().unwrap_or_else(text)
}
