//! What the emulator sends, this crate receives.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use http::Request;
use intercom_app::canvas::{
    self, Configure, Initialize, LiveCanvas, OpenSheet, Submit, SubmitSheet,
};
use intercom_app::fin::{self, EventsError, FinEvent, FinEventName, FinStatus, blocking};
use intercom_app::model::contacts::Contact;
use intercom_app::model::{Secret, Timestamp};
use intercom_app::oauth::{Uninstall, UninstallNotice};
use intercom_app::{Reply, Signed};
use intercom_core::api::conversations::{self, ConversationCreate, Person};
use intercom_core::api::fin_agent::{
    self, FinCsat, FinMessage, FinRating, FinStart, FinUser, SubmitCsat,
};
use intercom_core::blocking::Client;
use intercom_emulator::{CanvasRequest, Emulator, Webhook, WebhookKind};
use serde::de::DeserializeOwned;
use serde_json::json;

const SECRET: &str = "client secret";

fn canvas<T: DeserializeOwned>(
    emulator: &Emulator,
    request: &CanvasRequest,
) -> Result<Signed<T>, Reply> {
    let request = emulator.canvas_request(request, SECRET).unwrap();
    let receiver = canvas::Receiver::new(SECRET);
    receiver.receive(request.method(), request.headers(), request.body().clone())
}

#[test]
fn canvas_requests_of_every_flow_are_received() {
    let emulator = Emulator::new();
    let ada = emulator.contact().name("Ada").create();
    let client = Client::new(emulator.transport(), "any");
    let question = ConversationCreate::new(Person::user(&ada.id), "Hello?");
    let message = client.call(&conversations::Create::new(question)).unwrap();
    let conversation = message.conversation_id.clone().unwrap();
    let name = |contact: Option<Box<Contact>>| contact.unwrap().name;

    let inbox = CanvasRequest::initialize().conversation(conversation.clone());
    let request: Signed<Initialize> = canvas(&emulator, &inbox).unwrap();
    assert_eq!(request.conversation.clone().unwrap().id, conversation);
    assert_eq!(name(request.contact.clone()).as_deref(), Some("Ada"));
    assert!(request.admin.is_some() && request.context.is_none());

    let home = CanvasRequest::initialize().location("home");
    let home = home.card_creation_options(json!({"shop": "eu"}));
    let request: Signed<Initialize> = canvas(&emulator, &home).unwrap();
    assert_eq!(request.card_creation_options["shop"], "eu");
    assert!(request.context.is_some() && request.admin.is_none());

    let shown = json!({"content": {"components": []}, "stored_data": {"page": 2}});
    let click = CanvasRequest::submit("track")
        .contact(ada.id.clone())
        .location("conversation");
    let click = click
        .input_values(json!({"order": "4711"}))
        .current_canvas(shown.clone());
    let request: Signed<Submit> = canvas(&emulator, &click).unwrap();
    assert_eq!(request.component_id.as_deref(), Some("track"));
    assert_eq!(request.input_values.get("order"), Some("4711"));
    assert!(request.current_canvas.is_some());
    assert_eq!(name(request.user.clone()).as_deref(), Some("Ada"));

    let configure = CanvasRequest::configure();
    let request: Signed<Configure> = canvas(&emulator, &configure).unwrap();
    assert!(request.component_id.is_none() && request.admin.is_some());

    let live = CanvasRequest::live_canvas(shown).contact(ada.id.clone());
    let request: Signed<LiveCanvas> = canvas(&emulator, &live).unwrap();
    assert_eq!(name(request.contact.clone()).as_deref(), Some("Ada"));
    assert!(request.canvas.is_some());

    let open = CanvasRequest::open_sheet("more").contact(ada.id.clone());
    let request: Signed<OpenSheet> = canvas(&emulator, &open).unwrap();
    let receiver = canvas::Receiver::new(SECRET);
    let user = request.user.clone().unwrap();
    let user: Contact = receiver.decrypt_user(&user).unwrap();
    assert_eq!(user.id, ada.id);

    let submit = CanvasRequest::submit_sheet(json!({"size": "L"})).contact(ada.id);
    let request: Signed<SubmitSheet> = canvas(&emulator, &submit).unwrap();
    assert_eq!(request.sheet_values["size"], "L");
}

/// Asks Fin something, and returns the URL of its events.
fn ask(emulator: &Emulator) -> Secret {
    let client = Client::new(emulator.transport(), "any");
    let question = FinMessage::from_user("Where is my order?", Timestamp::now());
    let start = FinStart::new("chat_42", question, FinUser::new("user_1"));
    let started = client.call(&fin_agent::Start::new(start)).unwrap();
    started.sse_subscription_url.clone().unwrap()
}

fn read(emulator: &Emulator, url: Secret) -> Result<Vec<FinEvent>, EventsError> {
    blocking::Events::new(Arc::new(emulator.transport()), url).collect()
}

fn names(events: &[FinEvent]) -> Vec<&str> {
    let names = events.iter().map(|event| event.event_name.as_ref());
    names.map(|name| name.unwrap().as_str()).collect()
}

#[test]
fn a_reply_of_fin_streams_in_chunks_until_it_waits_for_the_user() {
    let emulator = Emulator::new();
    let url = ask(&emulator);
    let fin = emulator.fin_agent("chat_42");
    fin.reply("<p>It is on its way to you.</p>").unwrap();
    let events = read(&emulator, url).unwrap();
    let (end, chunks) = (events.len() - 2, &events[..events.len() - 2]);
    let last = chunks.last().unwrap();
    assert!(chunks.len() > 1);
    assert_eq!(last.chunk_text.as_deref(), Some("It is on its way to you."));
    assert_eq!(last.chunk_index, Some(chunks.len() as u64 - 1));
    assert_eq!(names(&events[end..]), ["fin_replied", "fin_status_updated"]);
    assert_eq!(events[end].stream_id, last.stream_id);
    assert_eq!(events[end + 1].status, Some(FinStatus::AwaitingUserReply));
}

#[test]
fn a_request_for_a_rating_follows_the_completion() {
    let emulator = Emulator::new();
    let url = ask(&emulator);
    let fin = emulator.fin_agent("chat_42");
    fin.resolve().unwrap();
    fin.complete_with_rating().unwrap();
    let events = read(&emulator, url).unwrap();
    assert_eq!(
        names(&events),
        ["fin_status_updated", "fin_status_updated", "csat_requested"]
    );
    let survey = events[2].csat.clone().unwrap();
    assert_eq!(survey.options.len(), 5);

    let client = Client::new(emulator.transport(), "any");
    let rate = |rating, remark: Option<&str>| {
        let mut csat = FinCsat::new("chat_42", rating);
        csat.remark = remark.map(str::to_owned);
        client.call(&SubmitCsat::new(csat)).map(drop)
    };
    rate(FinRating::Good, None).unwrap();
    rate(FinRating::Amazing, Some("Thanks!")).unwrap();
    rate(FinRating::Amazing, None).unwrap();
    let locked = rate(FinRating::Bad, None).unwrap_err();
    assert_eq!(locked.status().unwrap(), 422);
    assert!(
        locked.to_string().contains("no longer be changed"),
        "{locked}"
    );

    let url = ask(&emulator);
    fin.complete().unwrap();
    let events = read(&emulator, url).unwrap();
    assert_eq!(events[0].status, Some(FinStatus::Complete));
}

#[test]
fn a_revoked_token_is_reported_as_expired() {
    let emulator = Emulator::new();
    let first = ask(&emulator);
    ask(&emulator);
    let error = read(&emulator, first).unwrap_err();
    assert!(matches!(error, EventsError::Expired), "{error}");
}

/// Subscribes a webhook of this kind, and returns its requests.
fn requests(emulator: &Emulator, kind: WebhookKind) -> Arc<Mutex<Vec<Request<Bytes>>>> {
    let received = Arc::<Mutex<Vec<Request<Bytes>>>>::default();
    let collected = Arc::clone(&received);
    let webhook = Webhook::to_fn(move |request| {
        collected.lock().unwrap().push(request.clone());
        200
    });
    let webhook = webhook.kind(kind).secret("of Fin");
    emulator.subscribe(webhook).unwrap();
    received
}

#[test]
fn webhooks_of_fin_get_its_events_but_no_chunks_and_nothing_else() {
    let emulator = Emulator::new();
    let received = requests(&emulator, WebhookKind::FinAgent);
    ask(&emulator);
    let fin = emulator.fin_agent("chat_42");
    fin.reply("<p>Hello!</p>").unwrap();
    fin.escalate("Escalation requested by user").unwrap();
    let receiver = fin::Receiver::new("of Fin");
    let events: Vec<FinEvent> = received
        .lock()
        .unwrap()
        .drain(..)
        .map(|request| {
            let (method, headers) = (request.method(), request.headers());
            let event = receiver.receive(method, headers, request.body().clone());
            FinEvent::clone(&event.unwrap())
        })
        .collect();
    assert_eq!(
        names(&events),
        ["fin_replied", "fin_status_updated", "fin_status_updated"]
    );
    assert_eq!(events[0].user_id.as_deref(), Some("user_1"));
    assert_eq!(
        events[2].reason.as_deref(),
        Some("Escalation requested by user")
    );
    let mut own = FinEvent::default();
    own.event_name = Some(FinEventName::StatusUpdated);
    fin.send(own).unwrap();
    assert_eq!(received.lock().unwrap().len(), 1);
    let nobody = emulator.fin_agent("chat_43").resolve().unwrap_err();
    assert!(nobody.to_string().contains("chat_43"), "{nobody}");
}

#[test]
fn an_uninstalled_app_gets_a_notice() {
    let emulator = Emulator::new();
    let received = requests(&emulator, WebhookKind::Uninstall);
    let client = Client::new(emulator.transport(), "any");
    client.call(&Uninstall).unwrap();
    let received = received.lock().unwrap();
    assert_eq!(received.len(), 1);
    let notice: UninstallNotice = serde_json::from_slice(received[0].body()).unwrap();
    assert!(notice.app_id.as_str().starts_with("emu"));
}
