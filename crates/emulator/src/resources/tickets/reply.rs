//! Replies to tickets.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::conversations::AttachmentFile;
use intercom_core::api::ticket_types::TicketCategory;
use intercom_core::api::tickets::{
    Reply, TicketAdminReply, TicketContactReply, TicketPart, TicketPartType, TicketReply,
};
use intercom_core::model::{AdminId, Timestamp};

use super::new_part;
use crate::refusal::Refusal;
use crate::resources::conversations::{check_attachments, uploads};
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Author, Workspace};

/// A reply, whoever gives it.
struct Message {
    kind: TicketPartType,
    author: Author,
    body: Option<String>,
    urls: Vec<String>,
    files: Vec<AttachmentFile>,
    created_at: Option<Timestamp>,
}

fn unknown_message_type() -> Refusal {
    Refusal::invalid(
        "message_type",
        "message_type must be comment, note or quick_reply",
    )
}

impl Workspace {
    fn ticket_message(&self, reply: TicketReply) -> Result<Message, Refusal> {
        let admin = |id: &AdminId| self.acting_admin(id).map(Author::Admin);
        macro_rules! message {
            ($kind:ident by $author:expr, $said:ident, $body:expr, $files:expr) => {
                Ok(Message {
                    kind: TicketPartType::$kind,
                    author: $author?,
                    body: $body,
                    urls: $said.attachment_urls.unwrap_or_default(),
                    files: $files,
                    created_at: $said.created_at,
                })
            };
        }
        match reply {
            TicketReply::Admin(TicketAdminReply::Comment(said)) => {
                let files = said.attachment_files.unwrap_or_default();
                message!(Comment by admin(&said.admin_id), said, Some(said.body), files)
            }
            TicketReply::Admin(TicketAdminReply::Note(said)) => {
                let files = said.attachment_files.unwrap_or_default();
                message!(Note by admin(&said.admin_id), said, Some(said.body), files)
            }
            TicketReply::Admin(TicketAdminReply::QuickReply(said)) => {
                let files = said.attachment_files.unwrap_or_default();
                message!(QuickReply by admin(&said.admin_id), said, said.body, files)
            }
            TicketReply::Contact(TicketContactReply::Comment(said)) => {
                let author = self.contact_of_key(&said.contact).map(Author::Contact);
                message!(Comment by author, said, Some(said.body), Vec::new())
            }
            TicketReply::Admin(_) | TicketReply::Contact(_) => Err(unknown_message_type()),
            _ => Err(Refusal::invalid("type", "type must be admin or user")),
        }
    }
}

impl Handle<Reply> for Workspace {
    fn handle(&mut self, reply: Reply, context: &Context) -> Result<TicketPart, Refusal> {
        let id = reply.ticket_id;
        let record = self.tickets.get(&id).ok_or_else(Refusal::not_found)?;
        let back_office = record.category == Some(TicketCategory::BackOffice);
        let message = self.ticket_message(reply.body)?;
        if back_office && matches!(message.author, Author::Contact(_)) {
            return Err(Refusal::new(
                StatusCode::BAD_REQUEST,
                ErrorCode::from("parameter_mismatch"),
                "User replies are not allowed on Backoffice tickets",
            ));
        }
        check_attachments(&message.urls, &message.files)?;
        let at = message.created_at.unwrap_or(context.now).min(context.now);
        let mut part = new_part(self, message.kind, &message.author, at);
        part.body = message.body.map(|body| to_html(&body));
        part.attachments = if message.files.is_empty() {
            uploads(&message.urls, &[])
        } else {
            uploads(&[], &message.files)
        };
        self.add_ticket_part(&id, part.clone(), context)?;
        Ok(part)
    }
}
