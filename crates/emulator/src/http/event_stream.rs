//! The events of conversations with Fin, as server-sent events.

use std::fmt;
use std::fmt::Write;

use bytes::Bytes;
use http::header::{CACHE_CONTROL, CONTENT_TYPE, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use intercom_core::ErrorCode;
use intercom_core::model::Timestamp;

use super::reply::{Outcome, error_reply};
use crate::refusal::Refusal;
use crate::resources::fin_agent::EVENT_STREAM;
use crate::store::Workspace;

/// How long a client should wait before it connects again, in milliseconds.
const RETRY: u32 = 100;

/// A subscription to the events of a conversation.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Subscription {
    token: String,
    /// The number of the last event that was sent.
    last: u64,
}

impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("last", &self.last)
            .finish_non_exhaustive()
    }
}

/// What a subscription has at one moment.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Arrival {
    /// New events, in the format of the stream.
    Events(Bytes),
    /// None yet.
    Nothing,
    /// None any more.
    End,
}

impl Subscription {
    /// Reads a request; `None` if it is for something else.
    pub(crate) fn of(request: &Request<Bytes>) -> Option<Self> {
        let uri = request.uri();
        if request.method() != Method::GET || uri.path() != EVENT_STREAM {
            return None;
        }
        let query = uri.query().unwrap_or_default();
        let mut fields = form_urlencoded::parse(query.as_bytes());
        let token = fields.find(|(name, _)| name == "accessToken");
        let last = request.headers().get("last-event-id");
        let last = last.and_then(|last| last.to_str().ok()?.parse().ok());
        Some(Self {
            token: token.map_or_else(String::new, |(_, token)| token.into_owned()),
            last: last.unwrap_or(0),
        })
    }

    /// Whether it is one to events of this workspace.
    pub(crate) fn is_known(&self, workspace: &Workspace, now: Timestamp) -> bool {
        let mut sessions = workspace.fin_sessions.values();
        sessions.any(|session| {
            session.stream.token == self.token && session.stream.is_readable(self.last, now)
        })
    }

    /// Takes the events that were not sent yet.
    pub(crate) fn next(&mut self, workspace: &Workspace, now: Timestamp) -> Arrival {
        let mut sessions = workspace.fin_sessions.values();
        let Some(session) = sessions.find(|session| session.stream.token == self.token) else {
            return Arrival::End;
        };
        let mut text = String::new();
        for (number, event) in session.stream.after(self.last) {
            // Writing to a string does not fail.
            let _ = write!(text, "id: {number}\ndata: {event}\n\n");
            self.last = number;
        }
        match text.is_empty() {
            false => Arrival::Events(text.into()),
            true if session.stream.is_open(now) => Arrival::Nothing,
            true => Arrival::End,
        }
    }
}

/// Returns the head of a stream.
pub(crate) fn head() -> Response<Bytes> {
    let mut reply = Response::new(Bytes::from(format!("retry: {RETRY}\n\n")));
    let headers = reply.headers_mut();
    headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/event-stream"));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    reply
}

/// Refuses a subscription whose token is unknown, expired or revoked.
pub(crate) fn refuse() -> Outcome {
    let message = "The access token of the event stream is unknown, expired or revoked";
    let refusal = Refusal::new(StatusCode::UNAUTHORIZED, ErrorCode::Unauthorized, message);
    Outcome::reply(error_reply(refusal, ""))
}
