//! Messages that a workspace sends to its contacts.

use http::StatusCode;
use intercom_core::ErrorCode;
use intercom_core::api::contacts::{Contact, Role};
use intercom_core::api::conversations::{Person, SourceType};
use intercom_core::api::messages::{
    Create, GetWhatsappStatus, ListStatuses, Message, MessageCreate, MessageType, OutboundMessage,
    Recipients, Sender, WhatsappEventType, WhatsappMessage, WhatsappMessageStatus,
    WhatsappMessageStatusList, WhatsappRecipient, WhatsappStatus,
};
use intercom_core::api::segments::PersonType;
use intercom_core::model::{AdminId, ContactId, ConversationId, MessageId, ObjectType, Pages};

use crate::object::object;
use crate::query::page_size;
use crate::refusal::Refusal;
use crate::resources::conversations::NewConversation;
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Author, ContactRecord, Phase, Progress, WhatsappRecord, Workspace};

/// The page size of the list of statuses.
const PER_PAGE: u32 = 50;

/// The largest page of the list of statuses.
const MAX_STATUSES: u32 = 100;

/// A message from an admin, whatever its kind.
struct Outbound {
    kind: MessageType,
    source: SourceType,
    from: Sender,
    to: Vec<Person>,
    subject: Option<String>,
    body: String,
    opens_conversation: bool,
}

fn people(recipients: Recipients) -> Vec<Person> {
    match recipients {
        Recipients::One(person) => vec![person],
        Recipients::Many(people) => people,
    }
}

impl Workspace {
    fn sender(&self, sender: &Sender) -> Result<AdminId, Refusal> {
        let admin = self.admin(&sender.id).ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::AdminNotFound,
                "Admin not found",
            )
        })?;
        Ok(admin.id.clone())
    }

    fn recipient(&self, person: &Person) -> Result<ContactId, Refusal> {
        let contact = self.contact(&person.id)?;
        let wanted = match person.r#type {
            PersonType::User => Some(Role::User),
            PersonType::Lead => Some(Role::Lead),
            _ => None,
        };
        if wanted.is_some_and(|role| role != contact.role) {
            return Err(Refusal::no_contact());
        }
        Ok(contact.id.clone())
    }

    fn send(&mut self, message: Outbound, context: &Context) -> Result<Message, Refusal> {
        let admin = self.sender(&message.from)?;
        if message.body.trim().is_empty() {
            return Err(Refusal::missing("body", "body is required"));
        }
        if message.kind == MessageType::Email
            && message
                .subject
                .as_deref()
                .is_none_or(|it| it.trim().is_empty())
        {
            let refusal = Refusal::missing("subject", "No subject supplied for email message");
            return Err(refusal);
        }
        if message.to.is_empty() {
            return Err(Refusal::missing("to", "to is required"));
        }
        let contacts = message.to.iter();
        let contacts = contacts
            .map(|person| self.recipient(person))
            .collect::<Result<Vec<_>, _>>()?;
        for contact in &contacts {
            self.contacts.update(contact, |contact| {
                contact.last_contacted_at = Some(context.now);
            });
        }
        let author = Author::Admin(admin.clone());
        let mut source = self.new_source(author, &message.body, message.subject.clone());
        source.kind = message.source;
        let id = source.id.clone();
        let conversation = message.opens_conversation.then(|| {
            let conversation = NewConversation { source, contacts };
            self.add_conversation(conversation, context)
        });
        Ok(object!(Message {
            r#type: Some(ObjectType::from("admin_message")),
            id: id,
            created_at: Some(context.now),
            subject: message.subject,
            body: Some(to_html(&message.body)),
            message_type: Some(message.kind),
            conversation_id: conversation,
            owner: self.admin(&admin).cloned(),
        }))
    }

    /// Sends a message by WhatsApp. An unknown number becomes a lead.
    fn send_whatsapp(
        &mut self,
        message: WhatsappMessage,
        context: &Context,
    ) -> Result<Message, Refusal> {
        let admin = self.sender(&message.from)?;
        let contact = match message.to {
            WhatsappRecipient::Contact(person) => self.recipient(&person)?,
            WhatsappRecipient::Phone(to) => {
                let phone = to.phone.to_string();
                let mut contacts = self.contacts.iter();
                let known = contacts
                    .find(|contact| contact.phone.as_deref() == Some(phone.as_str()))
                    .map(|contact| contact.id.clone());
                drop(contacts);
                known.unwrap_or_else(|| {
                    let lead = object!(Contact {
                        role: Some(Role::Lead),
                        phone: Some(phone),
                        name: to.name,
                    });
                    let record = ContactRecord::new(lead, context.now, &mut self.strings);
                    self.add_contact(record, context)
                })
            }
        };
        let author = Author::Admin(admin.clone());
        let mut source = self.new_source(author, &message.template, None);
        source.kind = SourceType::Whatsapp;
        let id = source.id.clone();
        let opens = message.create_conversation_without_contact_reply == Some(true);
        let conversation: Option<ConversationId> = opens.then(|| {
            let contacts = vec![contact];
            self.add_conversation(NewConversation { source, contacts }, context)
        });
        let record = WhatsappRecord {
            template: message.template.clone(),
            conversation: conversation.clone(),
            created_at: context.now,
            progress: Progress::start(context.now),
        };
        self.whatsapp_messages.insert(id.clone(), record);
        Ok(object!(Message {
            r#type: Some(ObjectType::from("admin_message")),
            id: id,
            created_at: Some(context.now),
            body: Some(message.template),
            message_type: Some(MessageType::Whatsapp),
            conversation_id: conversation,
            owner: self.admin(&admin).cloned(),
        }))
    }
}

impl Handle<Create> for Workspace {
    fn handle(&mut self, create: Create, context: &Context) -> Result<Message, Refusal> {
        let message = match create.body {
            MessageCreate::Outbound(message) => message,
            MessageCreate::Inbound(message) => {
                let contact = self.recipient(&message.from)?;
                let author = Author::Contact(contact.clone());
                let source = self.new_source(author, &message.body, None);
                let id: MessageId = source.id.clone();
                let contacts = vec![contact];
                let conversation = NewConversation { source, contacts };
                let conversation = self.add_conversation(conversation, context);
                return Ok(object!(Message {
                    r#type: Some(ObjectType::from("user_message")),
                    id: id,
                    created_at: Some(context.now),
                    body: Some(message.body),
                    message_type: Some(MessageType::Inapp),
                    conversation_id: Some(conversation),
                }));
            }
            _ => return Err(unknown_message_type()),
        };
        let outbound = match message {
            OutboundMessage::InApp(message) | OutboundMessage::Conversation(message) => Outbound {
                kind: MessageType::Inapp,
                source: SourceType::Conversation,
                from: message.from,
                to: people(message.to),
                subject: message.subject,
                body: message.body,
                opens_conversation: message.create_conversation_without_contact_reply == Some(true),
            },
            OutboundMessage::Email(message) => Outbound {
                kind: MessageType::Email,
                source: SourceType::Email,
                from: message.from,
                to: people(message.to),
                subject: Some(message.subject),
                body: message.body,
                opens_conversation: message.create_conversation_without_contact_reply == Some(true),
            },
            OutboundMessage::Sms(message) => Outbound {
                kind: MessageType::Sms,
                source: SourceType::Sms,
                from: message.from,
                to: people(message.to),
                subject: None,
                body: message.body,
                opens_conversation: message.create_conversation_without_contact_reply == Some(true),
            },
            OutboundMessage::Whatsapp(message) => return self.send_whatsapp(message, context),
            _ => return Err(unknown_message_type()),
        };
        self.send(outbound, context)
    }
}

fn unknown_message_type() -> Refusal {
    Refusal::invalid(
        "message_type",
        "message_type must be in_app, email, sms or whatsapp",
    )
}

impl Handle<GetWhatsappStatus> for Workspace {
    fn handle(
        &mut self,
        get: GetWhatsappStatus,
        context: &Context,
    ) -> Result<WhatsappMessageStatus, Refusal> {
        let record = self.whatsapp_messages.get_mut(&get.message_id);
        let record = record.ok_or_else(|| {
            Refusal::new(
                StatusCode::NOT_FOUND,
                ErrorCode::from("whatsapp_message_not_found"),
                "Whatsapp message not found",
            )
        })?;
        let status = match record.progress.poll(context.now) {
            Phase::Pending => WhatsappStatus::Sent,
            Phase::Running => WhatsappStatus::Delivered,
            Phase::Finished => WhatsappStatus::Read,
        };
        Ok(object!(WhatsappMessageStatus {
            r#type: Some(WhatsappEventType::BroadcastOutbound),
            message_id: get.message_id,
            conversation_id: record.conversation.clone(),
            status: Some(status),
            template_name: Some(record.template.clone()),
            created_at: Some(record.created_at),
            updated_at: Some(record.progress.finished_at().unwrap_or(record.created_at)),
        }))
    }
}

impl Handle<ListStatuses> for Workspace {
    /// Rulesets cannot be created through the API, so none has sent a message.
    fn handle(
        &mut self,
        list: ListStatuses,
        _: &Context,
    ) -> Result<WhatsappMessageStatusList, Refusal> {
        let per_page = page_size(list.per_page, PER_PAGE, MAX_STATUSES)?;
        Ok(object!(WhatsappMessageStatusList {
            r#type: Some(ObjectType::List),
            ruleset_id: Some(list.ruleset_id),
            total_count: Some(0),
            pages: Some(object!(Pages {
                r#type: Some(ObjectType::Pages),
                per_page: Some(per_page as u64),
                total_pages: Some(0),
            })),
        }))
    }
}
