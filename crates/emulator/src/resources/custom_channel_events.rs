//! Events of custom channels: what people write elsewhere.

use intercom_core::api::contacts::{Contact, Role};
use intercom_core::api::conversations::PartType;
use intercom_core::api::custom_channel_events::{
    ChannelContact, ChannelNotified, NotifyAttributeCollected, NotifyNewConversation,
    NotifyNewMessage, NotifyQuickReplySelected,
};
use intercom_core::model::{ContactId, ConversationId, ExternalConversationId};

use crate::object::object;
use crate::refusal::Refusal;
use crate::resources::conversations::{NewConversation, NewPart};
use crate::resources::notes::to_html;
use crate::resources::{Context, Handle};
use crate::store::{Author, ContactRecord, Workspace};

impl Workspace {
    /// Returns the contact of an event, creating it if needed.
    fn channel_contact(&mut self, contact: ChannelContact, context: &Context) -> ContactId {
        if let Some(record) = self.contact_by_external_id(&contact.external_id) {
            return record.id.clone();
        }
        let role = match contact.r#type {
            Role::User => Role::User,
            _ => Role::Lead,
        };
        let contact = object!(Contact {
            role: Some(role),
            external_id: Some(contact.external_id),
            name: contact.name,
            email: contact.email,
        });
        let record = ContactRecord::new(contact, context.now, &mut self.strings);
        self.add_contact(record, context)
    }

    fn start_channel_conversation(
        &mut self,
        external_id: &ExternalConversationId,
        contact: ContactId,
        body: &str,
        context: &Context,
    ) -> ConversationId {
        let source = self.new_source(Author::Contact(contact.clone()), body, None);
        let contacts = vec![contact];
        let id = self.add_conversation(NewConversation { source, contacts }, context);
        self.channel_conversations
            .insert(external_id.clone(), id.clone());
        id
    }

    /// Adds what a contact wrote to the conversation of an event, starting it if needed.
    fn channel_message(
        &mut self,
        external_id: ExternalConversationId,
        contact: ChannelContact,
        (kind, body): (PartType, &str),
        context: &Context,
    ) -> Result<ChannelNotified, Refusal> {
        let external_contact_id = contact.external_id.clone();
        let contact = self.channel_contact(contact, context);
        let known = self.channel_conversations.get(&external_id).cloned();
        let known = known.filter(|id| self.conversations.get(id).is_some());
        let id = match known {
            Some(id) => {
                let mut part = NewPart::new(kind, Author::Contact(contact.clone()), context);
                part.body = Some(to_html(body));
                self.add_part(&id, part)?;
                self.update_conversation(&id, |record| {
                    record.waiting_since.get_or_insert(context.now);
                    record.read = false;
                })?;
                id
            }
            None => {
                let contact = contact.clone();
                self.start_channel_conversation(&external_id, contact, body, context)
            }
        };
        Ok(object!(ChannelNotified {
            external_conversation_id: Some(external_id),
            conversation_id: Some(id),
            external_contact_id: Some(external_contact_id),
            contact_id: Some(contact),
        }))
    }
}

impl Handle<NotifyNewConversation> for Workspace {
    fn handle(
        &mut self,
        notify: NotifyNewConversation,
        context: &Context,
    ) -> Result<ChannelNotified, Refusal> {
        let body = notify.body;
        let external_contact_id = body.contact.external_id.clone();
        let external_id = body.external_conversation_id;
        let contact = self.channel_contact(body.contact, context);
        let known = self.channel_conversations.get(&external_id).cloned();
        let id = known.unwrap_or_else(|| {
            let contact = contact.clone();
            self.start_channel_conversation(&external_id, contact, "", context)
        });
        Ok(object!(ChannelNotified {
            external_conversation_id: Some(external_id),
            conversation_id: Some(id),
            external_contact_id: Some(external_contact_id),
            contact_id: Some(contact),
        }))
    }
}

impl Handle<NotifyNewMessage> for Workspace {
    fn handle(
        &mut self,
        notify: NotifyNewMessage,
        context: &Context,
    ) -> Result<ChannelNotified, Refusal> {
        let body = notify.body;
        let message = (PartType::Comment, body.body.as_str());
        self.channel_message(
            body.external_conversation_id,
            body.contact,
            message,
            context,
        )
    }
}

impl Handle<NotifyQuickReplySelected> for Workspace {
    fn handle(
        &mut self,
        notify: NotifyQuickReplySelected,
        context: &Context,
    ) -> Result<ChannelNotified, Refusal> {
        let body = notify.body;
        let message = (PartType::QuickReply, body.quick_reply_option_id.as_str());
        self.channel_message(
            body.external_conversation_id,
            body.contact,
            message,
            context,
        )
    }
}

impl Handle<NotifyAttributeCollected> for Workspace {
    /// The attribute is set on the conversation.
    fn handle(
        &mut self,
        notify: NotifyAttributeCollected,
        context: &Context,
    ) -> Result<ChannelNotified, Refusal> {
        let body = notify.body;
        let (name, value) = (body.attribute.id, body.attribute.value);
        let kind = PartType::ConversationAttributeUpdatedByUser;
        let message = (kind, value.as_str());
        let external_id = body.external_conversation_id;
        let notified = self.channel_message(external_id, body.contact, message, context)?;
        let strings = &mut self.strings;
        if let Some(id) = &notified.conversation_id {
            self.conversations.update(id, |record| {
                record.attributes.set(&name, value.into(), strings);
            });
        }
        Ok(notified)
    }
}
