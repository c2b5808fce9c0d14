//! What Fin says reaches a program that listens, over real sockets and both transports.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

use std::sync::Arc;

use intercom_app::fin::{Events, EventsError, FinEvent, FinStatus, blocking};
use intercom_app::model::{Secret, Timestamp};
use intercom_core::api::fin_agent::{self, FinMessage, FinStart, FinUser};
use intercom_core::transport::blocking as threads;
use intercom_core::{BaseUrl, Config, Transport};
use intercom_emulator::{Emulator, Server};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use tokio::runtime::Runtime;

fn serve() -> (Emulator, Server) {
    let emulator = Emulator::builder().system_clock().build();
    let server = emulator.serve("127.0.0.1:0").unwrap();
    (emulator, server)
}

/// Asks Fin something, and returns the URL of its events.
fn ask(server: &Server, transport: Arc<dyn threads::Transport>) -> Secret {
    let base_url = BaseUrl::parse(&server.url()).unwrap();
    let config = Config::new("any").base_url(base_url);
    let client = intercom_core::blocking::Client::new(transport, config);
    let question = FinMessage::from_user("Where is my order?", Timestamp::now());
    let start = FinStart::new("chat_42", question, FinUser::new("user_1"));
    let started = client.call(&fin_agent::Start::new(start)).unwrap();
    started.sse_subscription_url.clone().unwrap()
}

/// Reads all events. Fin replies only when the first of them has arrived.
fn converse(
    emulator: &Emulator,
    mut next: impl FnMut() -> Result<Option<FinEvent>, EventsError>,
) -> Vec<FinEvent> {
    let fin = emulator.fin_agent("chat_42");
    fin.resolve().unwrap();
    let mut events = Vec::new();
    while let Some(event) = next().unwrap() {
        if event.status == Some(FinStatus::Resolved) {
            fin.reply("<p>It is on its way.</p>").unwrap();
        }
        events.push(event);
    }
    events
}

fn check(events: &[FinEvent]) {
    let [resolved, chunks @ .., replied, waiting] = events else {
        panic!("{events:?}");
    };
    assert_eq!(resolved.status, Some(FinStatus::Resolved));
    let last = chunks.last().unwrap();
    assert_eq!(last.chunk_text.as_deref(), Some("It is on its way."));
    assert_eq!(replied.stream_id, last.stream_id);
    assert_eq!(waiting.status, Some(FinStatus::AwaitingUserReply));
}

#[test]
fn events_of_fin_arrive_one_by_one_over_the_blocking_transport() {
    let (emulator, server) = serve();
    let transport: Arc<dyn threads::Transport> = Arc::new(UreqTransport::new().unwrap());
    let url = ask(&server, Arc::clone(&transport));
    let mut events = blocking::Events::new(transport, url);
    check(&converse(&emulator, || events.next().transpose()));
}

#[test]
fn events_of_fin_arrive_one_by_one_over_the_async_transport() {
    let (emulator, server) = serve();
    let url = ask(&server, Arc::new(UreqTransport::new().unwrap()));
    let runtime = Runtime::new().unwrap();
    let transport: Arc<dyn Transport> = Arc::new(HyperTransport::new().unwrap());
    let mut events = Events::new(transport, url);
    check(&converse(&emulator, || runtime.block_on(events.try_next())));
}
