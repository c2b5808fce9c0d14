//! Replies to conversations.

use intercom_core::api::conversations::{
    AdminReply, AttachmentFile, ContactKey, ContactReply, Conversation, ConversationReply,
    ConversationState, PartMetadata, PartType, QuickReply, QuickReplyOption, Reply,
};
use intercom_core::model::{AdminId, ContactId, ConversationId, Timestamp};

use super::messages::{check_attachments, uploads};
use super::parts::{NewPart, reopen};
use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Author, PartExtra, Workspace};

/// A reply, whoever gives it.
struct Message {
    kind: PartType,
    author: Author,
    body: Option<String>,
    urls: Vec<String>,
    files: Vec<AttachmentFile>,
    options: Vec<QuickReply>,
    created_at: Option<Timestamp>,
    skip_unsnooze: bool,
}

impl Message {
    fn new(kind: PartType, author: Author) -> Self {
        Self {
            kind,
            author,
            body: None,
            urls: Vec::new(),
            files: Vec::new(),
            options: Vec::new(),
            created_at: None,
            skip_unsnooze: false,
        }
    }
}

impl Workspace {
    /// Returns the contact that a key names.
    pub(crate) fn contact_of_key(&self, key: &ContactKey) -> Result<ContactId, Refusal> {
        let found = match key {
            ContactKey::Id(id) => self.contacts.get(id),
            ContactKey::ExternalId(id) => self.contact_by_external_id(id),
            ContactKey::Email(email) => self.contacts_by_email(email).find(|it| !it.archived),
            _ => None,
        };
        found
            .map(|record| record.id.clone())
            .ok_or_else(Refusal::no_contact)
    }

    /// Returns the admin who acts, or refuses if there is no such admin.
    pub(crate) fn acting_admin(&self, id: &AdminId) -> Result<AdminId, Refusal> {
        let admin = self.admin(id).ok_or_else(|| {
            let message = "Admin for admin_id not found";
            Refusal::new(
                http::StatusCode::NOT_FOUND,
                intercom_core::ErrorCode::AdminNotFound,
                message,
            )
        })?;
        Ok(admin.id.clone())
    }

    fn message_of_admin(&self, reply: AdminReply) -> Result<Message, Refusal> {
        let (kind, said) = match reply {
            AdminReply::Comment(said) => (PartType::Comment, said),
            AdminReply::Note(said) => (PartType::Note, said),
            AdminReply::QuickReply(said) => {
                let author = Author::Admin(self.acting_admin(&said.admin_id)?);
                let mut message = Message::new(PartType::QuickReply, author);
                message.body = said.body;
                message.urls = said.attachment_urls.unwrap_or_default();
                message.files = said.attachment_files.unwrap_or_default();
                message.options = said.reply_options;
                message.created_at = said.created_at;
                return Ok(message);
            }
            _ => return Err(unknown_message_type()),
        };
        let author = Author::Admin(self.acting_admin(&said.admin_id)?);
        let mut message = Message::new(kind, author);
        message.body = Some(said.body);
        message.urls = said.attachment_urls.unwrap_or_default();
        message.files = said.attachment_files.unwrap_or_default();
        message.created_at = said.created_at;
        message.skip_unsnooze = said.skip_unsnooze == Some(true);
        Ok(message)
    }

    fn message_of_contact(&self, reply: ContactReply) -> Result<Message, Refusal> {
        match reply {
            ContactReply::Comment(said) => {
                let author = Author::Contact(self.contact_of_key(&said.contact)?);
                let mut message = Message::new(PartType::Comment, author);
                message.body = Some(said.body);
                message.urls = said.attachment_urls.unwrap_or_default();
                message.files = said.attachment_files.unwrap_or_default();
                message.options = said.reply_options.unwrap_or_default();
                message.created_at = said.created_at;
                Ok(message)
            }
            ContactReply::QuickReply(said) => {
                let author = Author::Contact(self.contact_of_key(&said.contact)?);
                let mut message = Message::new(PartType::QuickReply, author);
                let chosen = said.reply_options.first().map(|option| option.text.clone());
                message.body = said.body.or(chosen);
                message.options = said.reply_options;
                message.created_at = said.created_at;
                Ok(message)
            }
            _ => Err(unknown_message_type()),
        }
    }

    /// Adds a reply. A contact's reply reopens the conversation; an admin's reply ends a snooze.
    fn add_reply(
        &mut self,
        id: &ConversationId,
        message: Message,
        context: &Context,
    ) -> Result<(), Refusal> {
        check_attachments(&message.urls, &message.files)?;
        let at = message.created_at.unwrap_or(context.now).min(context.now);
        let mut kind = message.kind;
        let author = message.author.clone();
        self.update_conversation(id, |record| {
            let closed = record.state != ConversationState::Open;
            match &author {
                Author::Contact(contact) => {
                    if closed {
                        reopen(record);
                        kind = PartType::Open;
                    }
                    record.waiting_since.get_or_insert(at);
                    record.read = false;
                    if !record.contacts.contains(contact) {
                        record.contacts.push(contact.clone());
                    }
                }
                Author::Admin(_) | Author::Bot if kind != PartType::Note => {
                    if record.state == ConversationState::Snoozed && !message.skip_unsnooze {
                        reopen(record);
                    }
                    record.waiting_since = None;
                    record.read = true;
                }
                _ => {}
            }
        })?;
        self.touch_contacts(id, &author, &kind, context);
        let options = message.options.into_iter().map(|option| {
            object!(QuickReplyOption {
                text: Some(option.text),
                uuid: Some(option.uuid),
            })
        });
        let options: Vec<_> = options.collect();
        let quick_replies = (!options.is_empty()).then(|| {
            object!(PartMetadata {
                quick_reply_options: Some(options),
            })
        });
        let part = NewPart {
            kind,
            author,
            body: message.body.map(|body| to_html(&body)),
            assigned_to: None,
            extra: PartExtra {
                attachments: uploads(&message.urls, &message.files),
                quick_replies,
                ..PartExtra::default()
            },
            at,
        };
        self.add_part(id, part)
    }

    /// Updates when contacts last wrote or were written to.
    pub(crate) fn touch_contacts(
        &mut self,
        id: &ConversationId,
        author: &Author,
        kind: &PartType,
        context: &Context,
    ) {
        match author {
            Author::Contact(contact) => {
                self.contacts.update(contact, |contact| {
                    contact.last_replied_at = Some(context.now);
                });
            }
            Author::Admin(_) if *kind != PartType::Note => {
                let record = self.conversations.get(id);
                let contacts = record.map_or_else(Vec::new, |record| record.contacts.clone());
                for contact in contacts {
                    self.contacts.update(&contact, |contact| {
                        contact.last_contacted_at = Some(context.now);
                    });
                }
            }
            _ => {}
        }
    }

    /// Returns the conversation that a reply addresses: `last` is the latest of the contact's.
    fn replied_to(&self, id: &ConversationId, author: &Author) -> Result<ConversationId, Refusal> {
        let Author::Contact(contact) = author else {
            return Ok(id.clone());
        };
        if id.as_str() != "last" {
            return Ok(id.clone());
        }
        let theirs = self.conversations_of(contact);
        theirs
            .max_by_key(|record| (record.updated_at, &record.id))
            .map(|record| record.id.clone())
            .ok_or_else(Refusal::not_found)
    }
}

fn unknown_message_type() -> Refusal {
    Refusal::invalid(
        "message_type",
        "message_type must be comment, note or quick_reply",
    )
}

impl Handle<Reply> for Workspace {
    fn handle(&mut self, reply: Reply, context: &Context) -> Result<Conversation, Refusal> {
        let message = match reply.body {
            ConversationReply::Admin(reply) => self.message_of_admin(reply)?,
            ConversationReply::Contact(reply) => self.message_of_contact(reply)?,
            _ => return Err(Refusal::invalid("type", "type must be admin or user")),
        };
        let id = self.replied_to(&reply.conversation_id, &message.author)?;
        self.add_reply(&id, message, context)?;
        let record = self.conversation(&id)?;
        Ok(self.show_conversation_with_parts(record, context, None))
    }
}
