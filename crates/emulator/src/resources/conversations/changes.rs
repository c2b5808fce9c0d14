//! Redacting, merging and converting conversations, and updating their parts.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversations::{
    Conversation, ConversationPart, ConversationState, Convert, Merge, PartType, Redact, Redaction,
    UpdatePart,
};
use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::api::tickets::Ticket;
use intercom_core::model::ConversationId;

use super::conversation_not_found;
use crate::refusal::Refusal;
use crate::resources::{Context, Handle};
use crate::store::{Author, PartExtra, Rating, Workspace};

/// What stands in place of a redacted body.
const REDACTED: &str = "<p><i>This message was deleted</i></p>";

fn nothing_to_redact() -> Refusal {
    Refusal::new(
        StatusCode::NOT_FOUND,
        ErrorCode::from("conversation_part_or_message_not_found"),
        "Conversation part or message not found",
    )
}

fn not_redactable() -> Refusal {
    Refusal::new(
        StatusCode::BAD_REQUEST,
        ErrorCode::from("conversation_part_not_redactable"),
        "only parts with a body and messages of contacts can be redacted",
    )
}

impl Handle<Redact> for Workspace {
    fn handle(&mut self, redact: Redact, context: &Context) -> Result<Conversation, Refusal> {
        let id = match redact.body {
            Redaction::ConversationPart(redaction) => {
                let id = redaction.conversation_id;
                let wanted = redaction.conversation_part_id;
                self.update_conversation(&id, |record| {
                    let mut parts = record.parts.iter_mut();
                    let part = parts
                        .find(|part| part.id == wanted)
                        .ok_or_else(nothing_to_redact)?;
                    if part.body.is_none() {
                        return Err(not_redactable());
                    }
                    part.body = Some(REDACTED.into());
                    part.redacted = true;
                    if let Some(extra) = &mut part.extra {
                        extra.attachments.clear();
                    }
                    record.updated_at = context.now;
                    Ok(())
                })
                .map_err(|_| nothing_to_redact())??;
                id
            }
            Redaction::Source(redaction) => {
                let id = redaction.conversation_id;
                self.update_conversation(&id, |record| {
                    let source = &mut record.source;
                    if source.id != redaction.source_id {
                        return Err(nothing_to_redact());
                    }
                    if !matches!(source.author, Author::Contact(_)) {
                        return Err(not_redactable());
                    }
                    source.body = Some(REDACTED.into());
                    source.attachments.clear();
                    source.redacted = true;
                    record.updated_at = context.now;
                    Ok(())
                })
                .map_err(|_| nothing_to_redact())??;
                id
            }
            _ => {
                let message = "type must be conversation_part or source";
                return Err(Refusal::invalid("type", message));
            }
        };
        let record = self.conversation(&id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}

fn merge_failed(message: &str) -> Refusal {
    Refusal::new(
        StatusCode::UNPROCESSABLE_ENTITY,
        ErrorCode::from("merge_failed"),
        message,
    )
}

impl Handle<Merge> for Workspace {
    fn handle(&mut self, merge: Merge, context: &Context) -> Result<Conversation, Refusal> {
        let secondary: ConversationId = merge.conversation_id;
        let primary: ConversationId = merge.body.merge_into_conversation_id;
        if !primary.as_str().bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ParameterInvalid,
                "merge_into_conversation_id must be a valid integer conversation ID",
            ));
        }
        let merged = self.conversation(&secondary)?.merged_into.is_some();
        if primary == secondary {
            return Err(merge_failed("Cannot merge a conversation into itself"));
        }
        if self.conversations.get(&primary).is_none() {
            return Err(merge_failed("Primary conversation not found"));
        }
        if merged {
            return Err(merge_failed(
                "Secondary conversation has already been merged",
            ));
        }
        let contacts = self.update_conversation(&secondary, |record| {
            record.state = ConversationState::Closed;
            record.snoozed_until = None;
            record.waiting_since = None;
            record.merged_into = Some(primary.clone());
            record.contacts.clone()
        })?;
        let author = Author::Admin(self.owner());
        let extra = PartExtra::default;
        let close = PartType::Close;
        self.add_event_part(&secondary, close, author.clone(), extra(), context)?;
        self.update_conversation(&primary, |record| {
            for contact in contacts {
                if !record.contacts.contains(&contact) {
                    record.contacts.push(contact);
                }
            }
        })?;
        let kind = PartType::MergedPrimaryConversation;
        self.add_event_part(&primary, kind, author, extra(), context)?;
        let record = self.conversation(&primary)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}

impl Workspace {
    /// Rates a conversation on behalf of its first contact. Returns whether there was one.
    pub(crate) fn rate_conversation(
        &mut self,
        id: &ConversationId,
        score: u8,
        remark: Option<&str>,
        context: &Context,
    ) -> bool {
        let rated = self.conversations.update(id, |record| {
            let contact = record.contacts.first()?.clone();
            record.rating = Some(Box::new(Rating {
                score: score.clamp(1, 5),
                remark: remark.map(str::to_owned),
                created_at: context.now,
                contact,
                admin: record.admin.clone(),
            }));
            record.updated_at = context.now;
            Some(())
        });
        rated.flatten().is_some()
    }
}

impl Handle<Convert> for Workspace {
    fn handle(&mut self, convert: Convert, context: &Context) -> Result<Ticket, Refusal> {
        let (id, body) = (convert.conversation_id, convert.body);
        self.conversation(&id)?;
        let ticket_type = self.ticket_type(&body.ticket_type_id, &context.version)?;
        let record = self.ticket_types.get(&ticket_type.id);
        if record.and_then(|it| it.category.as_ref()) != Some(&TicketCategory::Customer) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::ParameterInvalid,
                "Ticket type is not a customer ticket type",
            ));
        }
        self.convert_conversation(&id, body, context)
    }
}

impl Handle<UpdatePart> for Workspace {
    /// The secret that signs the request is not checked.
    fn handle(
        &mut self,
        update: UpdatePart,
        context: &Context,
    ) -> Result<ConversationPart, Refusal> {
        let (id, body) = (&update.conversation_id, update.body);
        self.conversation(id)
            .map_err(|_| conversation_not_found())?;
        let found = self.update_conversation(id, |record| {
            let mut parts = record.parts.iter_mut();
            let part = parts.find(|part| part.id == update.part_id)?;
            let extra = part.extra.get_or_insert_default();
            extra.send_state = body.send_state.or(extra.send_state.take());
            extra.seen = body.seen.unwrap_or(extra.seen);
            Some(())
        })?;
        found.ok_or_else(nothing_to_redact)?;
        let record = self.conversation(id)?;
        let mut parts = record.parts.iter();
        let part = parts.find(|part| part.id == update.part_id);
        let part = part.ok_or_else(nothing_to_redact)?;
        Ok(self.show_part(part, context, None))
    }
}
