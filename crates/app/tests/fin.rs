//! Events of Fin: by webhook, and as a stream over both kinds of transports.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

use bytes::Bytes;
use http::{Method, Request, Response};
use intercom_app::fin::{self, Events, EventsError, FinEvent, FinEventName, Receiver, blocking};
use intercom_app::webhooks::{Event, Notification};
use intercom_core::Transport;
use intercom_core::transport::{
    Body, Deadline, Now, TransportError, TransportErrorKind, async_trait, blocking as threads,
};

const URL: &str = "https://example.com/stream?token=s3cr3t";

/// What the server does with one connection: a status and a body, or no connection.
type Answer = Option<(u16, &'static str)>;

struct Server {
    answers: Mutex<VecDeque<Answer>>,
    requests: Mutex<Vec<Request<Bytes>>>,
    slept: Mutex<Vec<Duration>>,
    /// A clock that sleeping moves.
    now: Mutex<Instant>,
}

impl Server {
    fn new(answers: impl IntoIterator<Item = Answer>) -> Arc<Self> {
        Arc::new(Self {
            answers: Mutex::new(answers.into_iter().collect()),
            requests: Mutex::default(),
            slept: Mutex::default(),
            now: Mutex::new(Instant::now()),
        })
    }

    fn answer<B: From<Bytes>>(
        &self,
        request: Request<Bytes>,
    ) -> Result<Response<B>, TransportError> {
        self.requests.lock().unwrap().push(request);
        let answer = self.answers.lock().unwrap().pop_front().flatten();
        let (status, body) =
            answer.ok_or_else(|| TransportError::new(TransportErrorKind::Connect))?;
        let response = Response::builder().status(status);
        let response = response.header("content-type", "text/event-stream; charset=utf-8");
        Ok(response
            .body(B::from(Bytes::from_static(body.as_bytes())))
            .unwrap())
    }

    fn pass(&self, duration: Duration) {
        self.slept.lock().unwrap().push(duration);
        *self.now.lock().unwrap() += duration;
    }

    fn time(&self) -> Now {
        let instant = *self.now.lock().unwrap();
        Now {
            instant,
            system: SystemTime::UNIX_EPOCH,
        }
    }
}

impl fmt::Debug for Server {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Server")
    }
}

#[async_trait]
impl Transport for Server {
    async fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        self.answer(request)
    }

    async fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }

    fn now(&self) -> Now {
        self.time()
    }
}

impl threads::Transport for Server {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<threads::Body>, TransportError> {
        self.answer(request)
    }

    fn sleep(&self, duration: Duration) {
        self.pass(duration);
    }

    fn now(&self) -> Now {
        self.time()
    }
}

/// The texts of the chunks, how the stream ends, and the requests, which are the same over both kinds of
/// transports.
fn read(answers: &[Answer]) -> (Vec<String>, Option<EventsError>, Arc<Server>) {
    let text = |event: FinEvent| event.chunk_text.unwrap_or_default();
    let server = Server::new(answers.iter().copied());
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let (texts, error) = runtime.block_on(async {
        let mut events = Events::new(server.clone(), URL);
        let mut texts = Vec::new();
        loop {
            match events.try_next().await {
                Ok(Some(event)) => texts.push(text(event)),
                Ok(None) => return (texts, None),
                Err(error) => {
                    assert!(matches!(events.try_next().await, Ok(None)));
                    return (texts, Some(error));
                }
            }
        }
    });
    let again = Server::new(answers.iter().copied());
    let mut other = Vec::new();
    let mut other_error = None;
    for event in blocking::Events::new(again.clone(), URL) {
        match event {
            Ok(event) => other.push(text(event)),
            Err(error) => other_error = Some(error),
        }
    }
    assert_eq!(texts, other);
    assert_eq!(format!("{error:?}"), format!("{other_error:?}"));
    assert_eq!(*server.slept.lock().unwrap(), *again.slept.lock().unwrap());
    assert_eq!(
        server.requests.lock().unwrap().len(),
        again.requests.lock().unwrap().len()
    );
    (texts, error, server)
}

const FIRST: &str =
    "id: 7\ndata: {\"event_name\": \"fin_reply_chunk\", \"chunk_text\": \"He\"}\n\n";
const LAST: &str = "data: {\"event_name\": \"fin_reply_chunk\", \"chunk_text\": \"Hello\"}\n\ndata: {\"event_name\": \"fin_status_updated\", \"status\": \"awaiting_user_reply\", \"chunk_text\": \"end\"}\n\n";

#[test]
fn a_stream_that_breaks_goes_on_after_its_last_event() {
    let (texts, error, server) =
        read(&[Some((200, FIRST)), None, Some((503, "")), Some((200, LAST))]);
    assert_eq!(texts, ["He", "Hello", "end"]);
    assert!(error.is_none(), "{error:?}");
    let requests = server.requests.lock().unwrap();
    let ids: Vec<_> = requests
        .iter()
        .map(|it| it.headers().get("last-event-id"))
        .collect();
    assert_eq!(ids[0], None);
    assert_eq!(ids[3].unwrap(), "7");
    assert!(
        requests
            .iter()
            .all(|it| it.headers()["accept"] == "text/event-stream")
    );
    assert!(
        requests
            .iter()
            .all(|it| !it.headers().contains_key("authorization"))
    );
}

#[test]
fn waits_before_another_connection_grow() {
    let (texts, error, server) = read(&[None; 7]);
    assert!(texts.is_empty());
    assert!(
        matches!(error, Some(EventsError::Transport(_))),
        "{error:?}"
    );
    let slept: Vec<u128> = server
        .slept
        .lock()
        .unwrap()
        .iter()
        .map(Duration::as_millis)
        .collect();
    assert_eq!(slept, [500, 1000, 2000, 4000, 8000]);
}

#[test]
fn a_server_that_sets_the_wait_is_heeded_up_to_a_limit() {
    let (_, _, server) = read(&[Some((200, "retry: 20\n\n")), Some((200, LAST))]);
    assert_eq!(*server.slept.lock().unwrap(), [Duration::from_millis(20)]);
    let (_, _, server) = read(&[Some((200, "retry: 99999999\n\n")), Some((200, LAST))]);
    assert_eq!(*server.slept.lock().unwrap(), [Duration::from_secs(10)]);
}

#[test]
fn a_token_that_was_refused_or_is_too_old_is_not_tried_again() {
    for status in [401, 403, 410] {
        let (_, error, server) = read(&[Some((200, FIRST)), Some((status, ""))]);
        assert!(matches!(error, Some(EventsError::Expired)), "{status}");
        assert_eq!(server.requests.lock().unwrap().len(), 2);
    }
    // Every connection brings an event and breaks, so only time ends it.
    let slow = "retry: 10000\ndata: {\"chunk_text\": \"x\"}\n\n";
    let (texts, error, server) = read(&[Some((200, slow)); 50]);
    assert!(matches!(error, Some(EventsError::Expired)), "{error:?}");
    assert_eq!(texts.len(), 18);
    let slept: Duration = server.slept.lock().unwrap().iter().sum();
    assert_eq!(slept, Duration::from_secs(180));
}

#[test]
fn a_connection_that_ends_after_the_last_reply_is_not_broken() {
    let last = "data: {\"event_name\": \"fin_replied\", \"status\": \"awaiting_user_reply\", \"chunk_text\": \"bye\"}\n\n";
    let (texts, error, server) = read(&[Some((200, last))]);
    assert_eq!(texts, ["bye"]);
    assert!(error.is_none(), "{error:?}");
    assert_eq!(server.requests.lock().unwrap().len(), 1);
}

#[test]
fn what_is_not_a_stream_of_events_is_an_error() {
    let (_, error, _) = read(&[Some((404, ""))]);
    assert!(
        matches!(error, Some(EventsError::Refused { .. })),
        "{error:?}"
    );
    let (_, error, _) = read(&[Some((200, "data: not JSON\n\n"))]);
    assert!(
        matches!(error, Some(EventsError::Unreadable(_))),
        "{error:?}"
    );
    let (texts, error, _) = read(&[Some((204, ""))]);
    assert!(texts.is_empty() && error.is_none());
}

#[test]
fn the_token_shows_neither_in_debug_nor_in_errors() {
    let server = Server::new([]);
    let shown = format!(
        "{:?} {:?}",
        Events::new(server.clone(), URL),
        blocking::Events::new(server, URL)
    );
    assert!(!shown.contains("s3cr3t"), "{shown}");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    let mut events = Events::new(Server::new([]), "not a URL s3cr3t");
    let error = runtime.block_on(events.try_next()).unwrap_err();
    assert!(
        !format!("{error} {error:?}").contains("s3cr3t"),
        "{error:?}"
    );
}

fn replied() -> FinEvent {
    let mut event = FinEvent::default();
    event.event_name = Some(FinEventName::Replied);
    event.conversation_id = Some("chat_42".into());
    event
}

#[test]
fn a_webhook_of_fin_is_verified_with_its_own_secret() {
    let request = fin::sign("fin secret", &replied());
    let receive = |receiver: &Receiver, request: &Request<Bytes>| {
        receiver.receive(request.method(), request.headers(), request.body().clone())
    };
    let receiver = Receiver::new("fin secret");
    assert_eq!(*receive(&receiver, &request).unwrap(), replied());
    assert_eq!(
        receive(&Receiver::new("other"), &request)
            .unwrap_err()
            .status(),
        401
    );
    let probe = receiver
        .receive(&Method::HEAD, request.headers(), "")
        .unwrap_err();
    assert_eq!(probe.status(), 200);

    // A test of the Developer Hub.
    let test = Notification::builder(Event::Ping(Box::default())).sign("client secret");
    assert_eq!(receive(&receiver, &test).unwrap_err().status(), 401);
    let both = receiver.also_accept_hub("client secret");
    assert!(receive(&both, &test).is_ok());
    assert!(receive(&both, &request).is_ok());
    let forged = Notification::builder(Event::Ping(Box::default())).sign("fin secret");
    assert_eq!(receive(&both, &forged).unwrap_err().status(), 401);
}
