//! Conversations that are linked to tracker tickets. Since 2.16.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversations::Conversation;
use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::api::tickets::{LinkConversation, UnlinkConversation};
use intercom_core::model::{ConversationId, TicketId};

use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{TicketRecord, Workspace};

/// The most conversations that can be linked to a ticket.
const MAX_LINKED: usize = 2_500;

fn refuse(code: &str, message: &str) -> Refusal {
    Refusal::new(StatusCode::BAD_REQUEST, ErrorCode::from(code), message)
}

fn not_found(message: &str) -> Refusal {
    let code = ErrorCode::from("conversation_not_found");
    Refusal::new(StatusCode::NOT_FOUND, code, message)
}

impl Workspace {
    fn tracker(&self, id: &TicketId, message: &str) -> Result<&TicketRecord, Refusal> {
        let record = self.ticket(id)?;
        if record.category != Some(TicketCategory::Tracker) {
            return Err(refuse("invalid_ticket_type", message));
        }
        Ok(record)
    }

    fn show_linked(&self, id: &ConversationId, context: &Context) -> Result<Conversation, Refusal> {
        let record = self.conversation(id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}

impl Handle<LinkConversation> for Workspace {
    fn handle(
        &mut self,
        link: LinkConversation,
        context: &Context,
    ) -> Result<Conversation, Refusal> {
        let (ticket, id) = (link.ticket_id, link.body.conversation_id);
        let message = "Only tracker tickets support linking conversations";
        let linked = self.tracker(&ticket, message)?.conversations.len();
        let record = self.conversations.get(&id);
        let record = record.ok_or_else(|| not_found("Conversation not found"))?;
        if record.tracker.is_some() {
            let message = "A conversation can only have one tracker ticket";
            return Err(refuse("already_linked_to_tracker", message));
        }
        if linked >= MAX_LINKED {
            let message =
                "Ticket has reached the maximum number of conversations that can be linked";
            return Err(refuse("linked_conversation_limit_exceeded", message));
        }
        self.update_ticket(&ticket, |record| {
            record.conversations.push(id.clone());
            record.updated_at = context.now;
        })?;
        self.update_conversation(&id, |record| record.tracker = Some(ticket))?;
        self.show_linked(&id, context)
    }
}

impl Handle<UnlinkConversation> for Workspace {
    fn handle(
        &mut self,
        unlink: UnlinkConversation,
        context: &Context,
    ) -> Result<Conversation, Refusal> {
        let (ticket, id) = (unlink.ticket_id, unlink.conversation_id);
        let message = "Only tracker tickets support unlinking conversations";
        let linked = self.tracker(&ticket, message)?.conversations.contains(&id);
        if !linked {
            return Err(not_found("Conversation is not linked to this ticket"));
        }
        self.update_ticket(&ticket, |record| {
            record.conversations.retain(|other| *other != id);
            record.updated_at = context.now;
        })?;
        self.update_conversation(&id, |record| record.tracker = None)?;
        self.show_linked(&id, context)
    }
}
