//! The events of Fin, and who gets them.

use intercom_core::api::fin_agent::{FinEvent, FinEventName, FinStatus};
use intercom_core::model::ExternalConversationId;

use crate::control::webhooks::{Event, FIN_TOPICS};
use crate::object::object;
use crate::resources::Context;
use crate::store::{FinSurvey, Workspace};

/// In how many pieces a reply is streamed at most.
const CHUNKS: usize = 8;

pub(super) fn status(status: FinStatus) -> FinEvent {
    object!(FinEvent {
        event_name: Some(FinEventName::StatusUpdated),
        status: Some(status),
    })
}

/// Returns the events of a text that is being written.
pub(super) fn chunks(text: &str, stream_id: &str) -> Vec<FinEvent> {
    let words: Vec<_> = text.split_whitespace().collect();
    let size = words.len().div_ceil(CHUNKS).max(1);
    let ends = (size..words.len() + size).step_by(size);
    let chunks = ends.enumerate().map(|(index, end)| {
        let so_far = words.iter().take(end).copied().collect::<Vec<_>>();
        object!(FinEvent {
            event_name: Some(FinEventName::ReplyChunk),
            status: Some(FinStatus::Replying),
            stream_id: Some(stream_id.to_owned()),
            chunk_index: Some(index as u64),
            chunk_text: Some(so_far.join(" ")),
        })
    });
    chunks.collect()
}

impl Workspace {
    /// Adds events to the stream of a conversation, and returns those that webhooks get.
    pub(super) fn say(
        &mut self,
        id: &ExternalConversationId,
        events: Vec<FinEvent>,
        context: &Context,
    ) -> Vec<Event> {
        let Some(session) = self.fin_sessions.get_mut(id) else {
            return Vec::new();
        };
        let asks = |event: &FinEvent| event.event_name == Some(FinEventName::CsatRequested);
        let rates = events.iter().any(asks);
        let mut notified = Vec::new();
        for mut event in events {
            let is_chunk = event.event_name == Some(FinEventName::ReplyChunk);
            event.conversation_id.get_or_insert_with(|| id.clone());
            event.created_at_ms.get_or_insert(context.now);
            if !is_chunk {
                event.user_id.get_or_insert_with(|| session.user.clone());
            }
            // The models of the API have string keys only, so this does not fail.
            let item = serde_json::to_value(&event).unwrap_or_default();
            session.stream.push(item.to_string());
            let waits = event.event_name == Some(FinEventName::StatusUpdated)
                && matches!(
                    event.status,
                    Some(FinStatus::AwaitingUserReply | FinStatus::Complete)
                );
            // After the last status, the stream stays open for a rating that follows.
            if asks(&event) {
                session.survey = Some(FinSurvey::default());
            }
            if asks(&event) || (waits && !rates) {
                session.stream.end();
            }
            let name = event.event_name.as_ref().map(FinEventName::as_str);
            let topic = FIN_TOPICS.iter().find(|topic| name == Some(**topic));
            notified.extend(topic.map(|topic| Event::new(topic, item)));
        }
        notified
    }
}
