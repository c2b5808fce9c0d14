//! Messages by WhatsApp. From 2.16.

use macro_rules_attribute::apply;
use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use super::Sender;
use crate::conversations::Person;
use crate::json::{null, number};
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{
    ContactId, ConversationId, EventId, MessageId, ObjectType, Pages, PhoneNumber, RulesetId,
    Timestamp,
};

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
    /// When it was sent; now if omitted.
    pub created_at: Option<Timestamp>,
    /// Opens a conversation in the inbox before the contact replies: `false` by default.
    pub create_conversation_without_contact_reply: Option<bool>,
}

/// Who gets a message by WhatsApp. From 2.16.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum WhatsappRecipient {
    /// The person with this number.
    Phone(WhatsappPhone),
    /// A contact, by its id.
    Contact(Person),
}

/// A number that a message by WhatsApp goes to. From 2.16.
#[apply(part)]
pub struct WhatsappPhone {
    /// With country code, and digits only.
    pub phone: PhoneNumber,
    pub name: Option<String>,
}

impl From<WhatsappPhone> for WhatsappRecipient {
    fn from(phone: WhatsappPhone) -> Self {
        Self::Phone(phone)
    }
}

impl From<Person> for WhatsappRecipient {
    fn from(person: Person) -> Self {
        Self::Contact(person)
    }
}

/// Told apart by `phone`.
impl<'de> Deserialize<'de> for WhatsappRecipient {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        let is_phone = fields.contains_key("phone") || !fields.contains_key("id");
        let value = Value::Object(fields);
        if is_phone {
            serde_json::from_value(value).map(Self::Phone)
        } else {
            serde_json::from_value(value).map(Self::Contact)
        }
        .map_err(D::Error::custom)
    }
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

open_enum! {
    /// By what a message by WhatsApp was sent.
    pub enum WhatsappEventType {
        BroadcastOutbound = "broadcast_outbound",
    }
}

/// How far a message by WhatsApp got. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/whatsapp_message_status)
#[apply(response)]
pub struct WhatsappMessageStatus {
    pub r#type: Option<WhatsappEventType>,
    /// The id that WhatsApp gave the message.
    #[serde(deserialize_with = "null::as_default")]
    pub message_id: MessageId,
    pub conversation_id: Option<ConversationId>,
    pub status: Option<WhatsappStatus>,
    pub template_name: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Why it failed, if it did.
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
    #[serde(deserialize_with = "null::as_default")]
    pub id: EventId,
    pub r#type: Option<WhatsappEventType>,
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
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/whatsapp_message_status_list)
#[apply(response)]
#[items(events)]
pub struct WhatsappMessageStatusList {
    pub r#type: Option<ObjectType>,
    pub ruleset_id: Option<RulesetId>,
    #[serde(deserialize_with = "null::as_default")]
    pub events: Vec<WhatsappMessageEvent>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}
