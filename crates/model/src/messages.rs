//! Messages: what a workspace sends to its contacts, and how it arrives.

use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Error, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::admins::Admin;
use crate::conversations::Person;
use crate::declare::{body, part, response};
use crate::open_enum::open_enum;
use crate::{
    AdminId, ContactId, ConversationId, EventId, MessageId, ObjectType, Pages, PhoneNumber,
    RulesetId, Timestamp, null,
};

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
    /// Of an email.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
    /// It may contain HTML.
    pub body: Option<String>,
    pub message_type: Option<MessageType>,
    /// The conversation that it began. A message of an admin begins one once the contact replies.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conversation_id: Option<ConversationId>,
    /// The admin who sent it, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<Admin>,
}

/// A message to send: to contacts, or in the name of one.
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
    /// When it was written, where that was not now. From 2.11.
    pub created_at: Option<Timestamp>,
}

/// A message to contacts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum OutboundMessage {
    /// In the Messenger.
    #[serde(alias = "inapp")]
    InApp(InAppMessage),
    /// In the Messenger too, by another name of the service.
    Conversation(InAppMessage),
    #[allow(missing_docs, reason = "its name says it all")]
    Email(EmailMessage),
    /// In Preview.
    Sms(SmsMessage),
    /// From 2.16.
    Whatsapp(WhatsappMessage),
}

impl OutboundMessage {
    /// In the Messenger. More can be said of it with [`OutboundMessage::InApp`].
    #[must_use]
    pub fn in_app(
        admin_id: impl Into<AdminId>,
        to: impl Into<Recipients>,
        body: impl Into<String>,
    ) -> Self {
        Self::InApp(InAppMessage::new(Sender::admin(admin_id), to, body))
    }

    /// By email. More can be said of it with [`OutboundMessage::Email`].
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

    /// By SMS. More can be said of it with [`OutboundMessage::Sms`]. In Preview.
    #[must_use]
    pub fn sms(
        admin_id: impl Into<AdminId>,
        to: impl Into<Recipients>,
        body: impl Into<String>,
    ) -> Self {
        Self::Sms(SmsMessage::new(Sender::admin(admin_id), to, body))
    }

    /// By WhatsApp, from a template of this name. More can be said of it with
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

/// Who sends a message.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Sender {
    #[allow(missing_docs, reason = "its name says it all")]
    Admin { id: AdminId },
}

impl Sender {
    /// This admin.
    #[must_use]
    pub fn admin(id: impl Into<AdminId>) -> Self {
        Self::Admin { id: id.into() }
    }
}

impl From<AdminId> for Sender {
    fn from(id: AdminId) -> Self {
        Self::Admin { id }
    }
}

/// Who gets a message: one contact, or several (from 2.14).
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Recipients {
    /// One contact.
    One(Person),
    /// Several contacts. From 2.14.
    Many(Vec<Person>),
}

impl From<Person> for Recipients {
    fn from(person: Person) -> Self {
        Self::One(person)
    }
}

impl From<Vec<Person>> for Recipients {
    fn from(people: Vec<Person>) -> Self {
        Self::Many(people)
    }
}

impl<const N: usize> From<[Person; N]> for Recipients {
    fn from(people: [Person; N]) -> Self {
        Self::Many(people.into())
    }
}

impl<'de> Deserialize<'de> for Recipients {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecipientsVisitor;

        impl<'de> Visitor<'de> for RecipientsVisitor {
            type Value = Recipients;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a recipient, or a list of them")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Recipients, A::Error> {
                Person::deserialize(MapAccessDeserializer::new(map)).map(Recipients::One)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<Recipients, A::Error> {
                Vec::deserialize(SeqAccessDeserializer::new(seq)).map(Recipients::Many)
            }
        }

        deserializer.deserialize_any(RecipientsVisitor)
    }
}

#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for Recipients {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        prop_oneof![
            any::<Person>().prop_map(Self::One),
            proptest::collection::vec(any::<Person>(), 0..3).prop_map(Self::Many),
        ]
        .boxed()
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
    /// When it was sent, where that was not now. From 2.11.
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
    /// When it was sent, where that was not now. From 2.11.
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
    /// When it was sent, where that was not now.
    pub created_at: Option<Timestamp>,
    /// Opens a conversation in the inbox before the contact replies: `false` by default.
    pub create_conversation_without_contact_reply: Option<bool>,
}

/// A message by WhatsApp. From 2.16.
#[apply(body)]
pub struct WhatsappMessage {
    pub from: Sender,
    pub to: WhatsappRecipient,
    /// The name of the template.
    pub template: String,
    /// What to put into the template.
    pub components: Vec<WhatsappComponent>,
    /// The language of the template.
    pub locale: Option<String>,
    /// When it was sent, where that was not now.
    pub created_at: Option<Timestamp>,
    /// Opens a conversation in the inbox before the contact replies: `false` by default.
    pub create_conversation_without_contact_reply: Option<bool>,
}

/// Who gets a message by WhatsApp. From 2.16.
#[apply(part)]
pub struct WhatsappRecipient {
    /// With country code, and digits only.
    pub phone: PhoneNumber,
    pub name: Option<String>,
}

open_enum! {
    /// A place in a template of WhatsApp.
    pub enum WhatsappComponentType {
        Body = "BODY",
        Button = "BUTTON",
        Header = "HEADER",
    }
}

/// What to put into a place of a template. From 2.16.
#[apply(body)]
pub struct WhatsappComponent {
    pub r#type: WhatsappComponentType,
    pub parameters: Vec<WhatsappParameter>,
}

/// What to put into a template. From 2.16.
#[apply(body)]
pub struct WhatsappParameter {
    /// Such as `text`.
    pub r#type: String,
    pub text: Option<String>,
}

impl WhatsappParameter {
    /// This text.
    #[must_use]
    pub fn of_text(text: impl Into<String>) -> Self {
        Self::new("text").text(text)
    }
}

open_enum! {
    /// How far a message by WhatsApp got.
    pub enum WhatsappStatus {
        Delivered = "delivered",
        Failed = "failed",
        Read = "read",
        Sent = "sent",
    }
}

/// How far a message by WhatsApp got. From 2.16.
#[apply(response)]
pub struct WhatsappMessageStatus {
    /// Such as `broadcast_outbound`.
    pub r#type: Option<String>,
    /// The id that WhatsApp gave the message.
    #[serde(deserialize_with = "null::as_default")]
    pub message_id: MessageId,
    pub conversation_id: Option<ConversationId>,
    pub status: Option<WhatsappStatus>,
    pub template_name: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Why it failed, where it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<WhatsappError>,
}

/// Why a message by WhatsApp failed. From 2.16.
#[apply(response)]
pub struct WhatsappError {
    pub message: Option<String>,
    pub details: Option<String>,
}

/// How far the message of a ruleset got with a contact. From 2.16.
#[apply(response)]
pub struct WhatsappMessageEvent {
    pub id: Option<EventId>,
    /// Such as `broadcast_outbound`.
    pub r#type: Option<String>,
    /// The id that WhatsApp gave the message.
    pub whatsapp_message_id: Option<MessageId>,
    pub conversation_id: Option<ConversationId>,
    /// The contact.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user_id: Option<ContactId>,
    pub status: Option<WhatsappStatus>,
    pub template_name: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
}

/// A page of how far the messages of a ruleset got. From 2.16.
#[apply(response)]
pub struct WhatsappMessageStatusList {
    pub r#type: Option<ObjectType>,
    pub ruleset_id: Option<RulesetId>,
    #[serde(deserialize_with = "null::as_default")]
    pub events: Vec<WhatsappMessageEvent>,
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}
