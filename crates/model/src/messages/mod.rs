//! Messages: what a workspace sends to its contacts, and how it arrives.

mod recipients;
mod whatsapp;

use macro_rules_attribute::apply;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::admins::Admin;
use crate::conversations::Person;
use crate::json::null;
use crate::vocabulary::declare::{body, read_tagged, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{AdminId, ConversationId, Extra, MessageId, ObjectType, Timestamp};

pub use recipients::*;
pub use whatsapp::*;

open_enum! {
    /// How a message was sent.
    pub enum MessageType {
        Email = "email",
        Facebook = "facebook",
        Inapp = "inapp",
        /// In Preview.
        Sms = "sms",
        Twitter = "twitter",
        /// In Preview.
        Whatsapp = "whatsapp",
    }
}

/// A message that was sent.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/messages/message)
#[apply(response)]
pub struct Message {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: MessageId,
    pub created_at: Option<Timestamp>,
    /// Only for an email.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// May contain HTML.
    pub body: Option<String>,
    pub message_type: Option<MessageType>,
    /// The conversation that it began. A message of an admin begins one once the contact replies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// The admin who sent it, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Admin>,
}

/// A message to send: to contacts, or in the name of one.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_message_request)
///
/// ```
/// use intercom_model::conversations::Person;
/// use intercom_model::messages::{EmailTemplate, MessageCreate, OutboundMessage};
///
/// let ada = Person::user("536e564f316c83104c000020");
/// let hello = MessageCreate::from(OutboundMessage::in_app("394051", ada.clone(), "Hello!"));
/// let thanks = MessageCreate::from(OutboundMessage::email(
///     "394051", [ada.clone(), Person::lead("536e564f316c83104c000021")], EmailTemplate::Plain, "Thanks", "<p>For everything!</p>",
/// ));
/// let question = MessageCreate::inbound(ada, "How do I pay?");
/// # let _ = (hello, thanks, question);
/// ```
///
/// ```compile_fail
/// # use intercom_model::{conversations::Person, messages::OutboundMessage};
/// // An email without a subject.
/// OutboundMessage::email("394051", Person::user("536e"), "plain", "Hello!");
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum MessageCreate {
    /// To contacts.
    Outbound(OutboundMessage),
    /// In the name of a contact, to the workspace.
    Inbound(InboundMessage),
}

impl MessageCreate {
    /// In the name of a contact, to the workspace.
    #[must_use]
    pub fn inbound(from: impl Into<Person>, body: impl Into<String>) -> Self {
        Self::Inbound(InboundMessage::new(from, body))
    }
}

impl From<OutboundMessage> for MessageCreate {
    fn from(message: OutboundMessage) -> Self {
        Self::Outbound(message)
    }
}

impl From<InboundMessage> for MessageCreate {
    fn from(message: InboundMessage) -> Self {
        Self::Inbound(message)
    }
}

/// Only a message to contacts says of which type it is.
impl<'de> Deserialize<'de> for MessageCreate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        if fields.contains_key("message_type") {
            serde_json::from_value(Value::Object(fields)).map(Self::Outbound)
        } else {
            serde_json::from_value(Value::Object(fields)).map(Self::Inbound)
        }
        .map_err(D::Error::custom)
    }
}

/// A message in the name of a contact.
#[apply(body)]
pub struct InboundMessage {
    pub from: Person,
    pub body: String,
    /// The page on which it was written.
    pub referer: Option<String>,
    /// When it was written; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
}

/// A message to contacts.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutboundMessage {
    /// In the Messenger.
    InApp(InAppMessage),
    /// In the Messenger too, by another name of the service.
    Conversation(InAppMessage),
    #[allow(missing_docs, reason = "its name says it all")]
    Email(EmailMessage),
    /// In Preview.
    Sms(SmsMessage),
    /// From 2.16.
    Whatsapp(WhatsappMessage),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { OutboundMessage by "message_type" {
    "in_app" | "inapp" => InApp,
    "conversation" => Conversation,
    "email" => Email,
    "sms" => Sms,
    "whatsapp" => Whatsapp,
} }

impl OutboundMessage {
    /// In the Messenger. To set more fields, use [`OutboundMessage::InApp`].
    #[must_use]
    pub fn in_app(
        admin_id: impl Into<AdminId>,
        to: impl Into<Recipients>,
        body: impl Into<String>,
    ) -> Self {
        Self::InApp(InAppMessage::new(Sender::admin(admin_id), to, body))
    }

    /// By email. To set more fields, use [`OutboundMessage::Email`].
    #[must_use]
    pub fn email(
        admin_id: impl Into<AdminId>,
        to: impl Into<Recipients>,
        template: impl Into<EmailTemplate>,
        subject: impl Into<String>,
        body: impl Into<String>,
    ) -> Self {
        let from = Sender::admin(admin_id);
        Self::Email(EmailMessage::new(from, to, template, subject, body))
    }

    /// By SMS. To set more fields, use [`OutboundMessage::Sms`]. In Preview.
    #[must_use]
    pub fn sms(
        admin_id: impl Into<AdminId>,
        to: impl Into<Recipients>,
        body: impl Into<String>,
    ) -> Self {
        Self::Sms(SmsMessage::new(Sender::admin(admin_id), to, body))
    }

    /// By WhatsApp, from a template of this name. To set more fields, use
    /// [`OutboundMessage::Whatsapp`]. From 2.16.
    #[must_use]
    pub fn whatsapp(
        admin_id: impl Into<AdminId>,
        to: impl Into<WhatsappRecipient>,
        template: impl Into<String>,
        components: impl Into<Vec<WhatsappComponent>>,
    ) -> Self {
        let from = Sender::admin(admin_id);
        Self::Whatsapp(WhatsappMessage::new(from, to, template, components))
    }
}

/// A message in the Messenger.
#[apply(body)]
pub struct InAppMessage {
    pub from: Sender,
    pub to: Recipients,
    /// HTML or plain text.
    pub body: String,
    /// From 2.14.
    pub cc: Option<Recipients>,
    /// From 2.14.
    pub bcc: Option<Recipients>,
    pub subject: Option<String>,
    /// When it was sent; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Opens a conversation in the inbox before the contact replies: `false` by default.
    pub create_conversation_without_contact_reply: Option<bool>,
}

open_enum! {
    /// What an email looks like.
    pub enum EmailTemplate {
        Personal = "personal",
        Plain = "plain",
    }
}

/// An email.
#[apply(body)]
pub struct EmailMessage {
    pub from: Sender,
    pub to: Recipients,
    pub template: EmailTemplate,
    pub subject: String,
    /// HTML or plain text.
    pub body: String,
    /// From 2.14.
    pub cc: Option<Recipients>,
    /// From 2.14.
    pub bcc: Option<Recipients>,
    /// When it was sent; now if omitted. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Opens a conversation in the inbox before the contact replies: `false` by default.
    pub create_conversation_without_contact_reply: Option<bool>,
}

/// An SMS. In Preview.
#[apply(body)]
pub struct SmsMessage {
    pub from: Sender,
    pub to: Recipients,
    /// Plain text, without addresses of pages.
    pub body: String,
    /// When it was sent; now if omitted.
    pub created_at: Option<Timestamp>,
    /// Opens a conversation in the inbox before the contact replies: `false` by default.
    pub create_conversation_without_contact_reply: Option<bool>,
}
