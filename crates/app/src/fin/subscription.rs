//! What both kinds of streams do: all state, no I/O.

use std::collections::VecDeque;
use std::fmt;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, Request, StatusCode};
use intercom_core::transport::{Deadline, TransportError};
use intercom_model::Secret;
use intercom_model::fin_agent::{FinEvent, FinEventName, FinStatus};

use super::error::EventsError;
use super::parser::{Parser, ServerEvent};

/// How long the token of a URL lives.
const LIFETIME: Duration = Duration::from_secs(3 * 60);

/// How long the head of a response may take.
const CONNECT: Duration = Duration::from_secs(15);

/// The longest wait before another connection, and the wait before the first unless the server sets it.
const MAX_WAIT: Duration = Duration::from_secs(10);
const WAIT: Duration = Duration::from_millis(500);

/// So many connections in a row may bring no event.
const MOST_FAILURES: u32 = 5;

/// The longest event: all of a reply, several times over.
const MAX_EVENT: usize = 1024 * 1024;

pub(super) struct Subscription {
    url: Secret,
    expires: Instant,
    last_id: Option<HeaderValue>,
    wait: Duration,
    failures: u32,
    parser: Parser,
    arrived: Vec<ServerEvent>,
    ready: VecDeque<FinEvent>,
    /// Whether Fin has written its last reply, so that the connection may end without being broken.
    may_end: bool,
    is_over: bool,
}

impl Subscription {
    pub(super) fn new(url: Secret, now: Instant) -> Self {
        Self {
            url,
            expires: now.checked_add(LIFETIME).unwrap_or(now),
            last_id: None,
            wait: WAIT,
            failures: 0,
            parser: Parser::new(MAX_EVENT),
            arrived: Vec::new(),
            ready: VecDeque::new(),
            may_end: false,
            is_over: false,
        }
    }

    /// Returns the request of another connection, and its deadline.
    pub(super) fn request(
        &mut self,
        now: Instant,
    ) -> Result<(Request<Bytes>, Deadline), EventsError> {
        if now >= self.expires {
            return Err(EventsError::Expired);
        }
        self.parser = Parser::new(MAX_EVENT);
        let mut request = Request::get(self.url.as_str())
            .body(Bytes::new())
            // The error could show the URL, which has the token.
            .map_err(|_| EventsError::Url("the subscription URL is not a URL".to_owned()))?;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("text/event-stream"));
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        if let Some(id) = &self.last_id {
            headers.insert("last-event-id", id.clone());
        }
        let head = now.checked_add(CONNECT);
        let mut deadline = Deadline::at(self.expires);
        deadline.head = head;
        Ok((request, deadline))
    }

    /// Checks the head of a response. `Ok(false)` means to connect again.
    pub(super) fn head(
        &mut self,
        status: StatusCode,
        headers: &HeaderMap,
    ) -> Result<bool, EventsError> {
        match status {
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN | StatusCode::GONE => {
                self.is_over = self.may_end;
                if self.is_over {
                    Ok(false)
                } else {
                    Err(EventsError::Expired)
                }
            }
            // The server asks not to connect again.
            StatusCode::NO_CONTENT => {
                self.is_over = true;
                Ok(false)
            }
            StatusCode::OK => {
                let content_type = headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes);
                let content_type = String::from_utf8_lossy(content_type.unwrap_or_default());
                let essence = content_type.split(';').next().unwrap_or_default().trim();
                if essence.eq_ignore_ascii_case("text/event-stream") {
                    return Ok(true);
                }
                Err(EventsError::NotAStream {
                    content_type: content_type.chars().take(80).collect(),
                })
            }
            _ if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                match self.fail() {
                    true => Ok(false),
                    false => Err(EventsError::Refused { status }),
                }
            }
            _ => Err(EventsError::Refused { status }),
        }
    }

    /// Reads a piece of the body.
    pub(super) fn piece(&mut self, piece: &[u8]) -> Result<(), EventsError> {
        let outcome = self.parser.push(piece, &mut self.arrived);
        for event in self.arrived.drain(..) {
            if let Some(milliseconds) = event.retry_ms {
                self.wait = Duration::from_millis(milliseconds).min(MAX_WAIT);
            }
            if let Some(id) = event.id {
                self.last_id = HeaderValue::from_bytes(&id)
                    .ok()
                    .filter(|id| !id.is_empty());
            }
            if event.data.is_empty() {
                continue;
            }
            self.failures = 0;
            let (event, _) = intercom_model::from_slice::<FinEvent>(&event.data)
                .map_err(|error| EventsError::Unreadable(error.to_string()))?;
            if let Some(FinStatus::AwaitingUserReply | FinStatus::Complete) = event.status {
                self.may_end = true;
            }
            // A reply may wait for the user too; the update of the status follows it. A request for a rating
            // may follow the completion: only the server knows whether it does, and ends the stream if not.
            self.is_over |= match event.event_name {
                Some(FinEventName::StatusUpdated) => {
                    event.status == Some(FinStatus::AwaitingUserReply)
                }
                Some(FinEventName::CsatRequested) => true,
                _ => false,
            };
            self.ready.push_back(event);
        }
        outcome.map_err(|_| EventsError::TooLong { limit: MAX_EVENT })
    }

    /// Takes the next event.
    pub(super) fn next(&mut self) -> Option<FinEvent> {
        self.ready.pop_front()
    }

    /// Whether there will be no more events, once those that have arrived are taken.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// The connection failed or broke. Returns how long to wait before another.
    pub(super) fn broken(
        &mut self,
        error: Option<TransportError>,
        now: Instant,
    ) -> Result<Duration, EventsError> {
        if self.may_end {
            self.is_over = true;
            return Ok(Duration::ZERO);
        }
        if now >= self.expires {
            return Err(EventsError::Expired);
        }
        if !self.fail() {
            return Err(match error {
                Some(error) => EventsError::Transport(error),
                None => EventsError::Expired,
            });
        }
        Ok(self.pause())
    }

    /// How long to wait before another connection: twice as long after each that brought nothing.
    pub(super) fn pause(&self) -> Duration {
        let doublings = self.failures.saturating_sub(1).min(10);
        self.wait.saturating_mul(1 << doublings).min(MAX_WAIT)
    }

    /// Counts a connection that brought no event. Returns `false` after too many.
    fn fail(&mut self) -> bool {
        self.failures += 1;
        self.failures <= MOST_FAILURES
    }
}

/// Shows no token.
impl fmt::Debug for Subscription {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("failures", &self.failures)
            .field("is_over", &self.is_over)
            .finish_non_exhaustive()
    }
}
