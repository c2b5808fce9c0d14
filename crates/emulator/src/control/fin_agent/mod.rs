//! What Fin says when a test wants it to.

mod events;

use std::fmt;

use intercom_core::ApiVersion;
use intercom_core::api::conversations::PartType;
use intercom_core::api::fin_agent::{
    FinAuthor, FinCsatOption, FinCsatSurvey, FinEvent, FinEventName, FinRating, FinReplyMessage,
    FinStatus,
};
use intercom_core::model::{ConversationId, ExternalConversationId, ObjectId};

use self::events::{chunks, status};
use super::emulator::Emulator;
use crate::http::event_stream::{self, Subscription};
use crate::http::{Arrivals, Outcome};
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::Context;
use crate::resources::conversations::{NewPart, plain_text};
use crate::store::{Author, Workspace};

/// The ratings that Fin offers, worst first.
const RATINGS: [(FinRating, &str, &str); 5] = [
    (FinRating::Terrible, "😠", "Terrible"),
    (FinRating::Bad, "🙁", "Bad"),
    (FinRating::Ok, "😐", "OK"),
    (FinRating::Good, "😃", "Great"),
    (FinRating::Amazing, "🤩", "Amazing"),
];

/// Fin in one conversation of the Fin Agent API: it says what a test wants it to say.
///
/// Each event goes to the webhooks of the kind [`FinAgent`](crate::WebhookKind::FinAgent), and to whoever reads the
/// `sse_subscription_url` of the last reply to `POST /fin/start` or `POST /fin/reply`.
///
/// ```
/// use intercom_core::api::fin_agent::{self, FinMessage, FinStart, FinUser};
/// use intercom_core::blocking::Client;
/// use intercom_core::model::Timestamp;
/// use intercom_emulator::{Emulator, Webhook, WebhookKind};
///
/// let emulator = Emulator::new();
/// let (sender, received) = std::sync::mpsc::channel();
/// let webhook = Webhook::to_fn(move |request| {
///     sender.send(request.body().clone()).map_or(500, |()| 200)
/// });
/// emulator.subscribe(webhook.kind(WebhookKind::FinAgent).secret("s3cret"))?;
///
/// let intercom = Client::new(emulator.transport(), "any");
/// let question = FinMessage::from_user("Where is my order?", Timestamp::now());
/// intercom.call(&fin_agent::Start::new(FinStart::new("chat_42", question, FinUser::new("user_1"))))?;
/// emulator.fin_agent("chat_42").reply("<p>On its way.</p>")?;
/// let event: serde_json::Value = serde_json::from_slice(&received.recv()?)?;
/// assert_eq!(event["message"]["body"], "<p>On its way.</p>");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct FinAgent<'a> {
    emulator: &'a Emulator,
    conversation: ExternalConversationId,
}

/// There is no conversation with Fin of this id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoFinConversation(ExternalConversationId);

impl fmt::Display for NoFinConversation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "there is no conversation with Fin whose id is {}: POST /fin/start begins one",
            self.0
        )
    }
}

impl std::error::Error for NoFinConversation {}

impl Emulator {
    /// Returns Fin in the conversation that `POST /fin/start` began with this id.
    pub fn fin_agent(&self, conversation_id: impl Into<ExternalConversationId>) -> FinAgent<'_> {
        FinAgent {
            emulator: self,
            conversation: conversation_id.into(),
        }
    }

    /// Whether a subscription is one to events of this workspace.
    pub(crate) fn knows(&self, subscription: &Subscription) -> bool {
        let service = &self.lock().service;
        subscription.is_known(&service.workspace, service.clock.timestamp())
    }

    /// Replies with a stream of events.
    pub(crate) fn stream(&self, mut subscription: Subscription) -> Outcome {
        if !self.knows(&subscription) {
            return event_stream::refuse();
        }
        let emulator = self.clone();
        let arrivals = move || {
            let service = &emulator.lock().service;
            subscription.next(&service.workspace, service.clock.timestamp())
        };
        Outcome::Stream(event_stream::head(), Arrivals(Box::new(arrivals)))
    }
}

/// What Fin does to the workspace.
type Effect<'a> = &'a dyn Fn(&mut Workspace, &ConversationId, &Context) -> Result<(), Refusal>;

/// What has no effect on the workspace.
const NO_EFFECT: Effect<'static> = &|_, _, _| Ok(());

impl FinAgent<'_> {
    /// Replies with this HTML, and waits for the user: sends `fin_reply_chunk` events to the stream, then
    /// `fin_replied` and `fin_status_updated`. The reply becomes a part of the conversation.
    ///
    /// # Errors
    ///
    /// If there is no such conversation.
    pub fn reply(&self, html: &str) -> Result<(), NoFinConversation> {
        let text = plain_text(html);
        self.act(
            &|workspace, id, context| {
                let mut part = NewPart::new(PartType::Comment, Author::Bot, context);
                part.body = Some(html.to_owned());
                workspace.add_part(id, part)
            },
            |workspace, context| {
                let stream_id = workspace.ids.uuid().replace('-', "");
                let mut events = chunks(&text, &stream_id);
                events.push(object!(FinEvent {
                    event_name: Some(FinEventName::Replied),
                    status: Some(FinStatus::Replying),
                    message: Some(object!(FinReplyMessage {
                        id: ObjectId::new(workspace.ids.decimal().to_string()),
                        author: Some(FinAuthor::Fin),
                        body: Some(html.to_owned()),
                        timestamp_ms: Some(context.now),
                    })),
                    stream_id: Some(stream_id),
                }));
                events.push(status(FinStatus::AwaitingUserReply));
                events
            },
        )
    }

    /// Hands the conversation over to people, for this reason, such as `Escalation requested by user`. The
    /// conversation is open and waits from then on.
    ///
    /// # Errors
    ///
    /// If there is no such conversation.
    pub fn escalate(&self, reason: &str) -> Result<(), NoFinConversation> {
        self.act(
            &|workspace, id, context| workspace.hand_over(id, None, context),
            |_, _| {
                let mut event = status(FinStatus::Escalated);
                event.reason = Some(reason.to_owned());
                vec![event]
            },
        )
    }

    /// Reports that the question is answered.
    ///
    /// # Errors
    ///
    /// If there is no such conversation.
    pub fn resolve(&self) -> Result<(), NoFinConversation> {
        self.act(NO_EFFECT, |_, _| vec![status(FinStatus::Resolved)])
    }

    /// Reports that it is done.
    ///
    /// # Errors
    ///
    /// If there is no such conversation.
    pub fn complete(&self) -> Result<(), NoFinConversation> {
        self.act(NO_EFFECT, |_, _| vec![status(FinStatus::Complete)])
    }

    /// Reports that it is done, and asks the user for a rating.
    ///
    /// # Errors
    ///
    /// If there is no such conversation.
    pub fn complete_with_rating(&self) -> Result<(), NoFinConversation> {
        self.act(NO_EFFECT, |_, _| {
            let options = RATINGS.map(|(key, emoji, label)| {
                object!(FinCsatOption {
                    key: Some(key),
                    emoji: Some(emoji.to_owned()),
                    label: Some(label.to_owned()),
                })
            });
            let survey = object!(FinEvent {
                event_name: Some(FinEventName::CsatRequested),
                csat: Some(object!(FinCsatSurvey {
                    options: options.to_vec()
                })),
            });
            vec![status(FinStatus::Complete), survey]
        })
    }

    /// Sends an event. What it leaves out of the conversation, the user and the time is filled in.
    ///
    /// # Errors
    ///
    /// If there is no such conversation.
    pub fn send(&self, event: FinEvent) -> Result<(), NoFinConversation> {
        self.act(NO_EFFECT, |_, _| vec![event])
    }

    fn act(
        &self,
        effect: Effect<'_>,
        events: impl FnOnce(&mut Workspace, &Context) -> Vec<FinEvent>,
    ) -> Result<(), NoFinConversation> {
        let id = &self.conversation;
        let none = || NoFinConversation(id.clone());
        let mut state = self.emulator.lock();
        state.revision += 1;
        let outcome = state.change(None, |service| {
            let context = service.context(&ApiVersion::LATEST);
            let workspace = &mut service.workspace;
            let Some(session) = workspace.fin_session(id) else {
                return (Err(none()), Vec::new());
            };
            let conversation = session.conversation.clone();
            if effect(workspace, &conversation, &context).is_err() {
                return (Err(none()), Vec::new());
            }
            let events = events(workspace, &context);
            (Ok(()), workspace.say(id, events, &context))
        });
        drop(state);
        self.emulator.deliver();
        outcome
    }
}
