//! How a conversation began: its first message, and what came with it.

use macro_rules_attribute::apply;

use super::Attachment;
use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{MessageId, ObjectId, ObjectType};

open_enum! {
    /// How a conversation came in.
    pub enum SourceType {
        Conversation = "conversation",
        Email = "email",
        Facebook = "facebook",
        Instagram = "instagram",
        PhoneCall = "phone_call",
        PhoneSwitch = "phone_switch",
        Push = "push",
        Sms = "sms",
        Twitter = "twitter",
        Whatsapp = "whatsapp",
    }
}

open_enum! {
    /// Who or what began a conversation.
    pub enum DeliveredAs {
        AdminInitiated = "admin_initiated",
        Automated = "automated",
        CampaignsInitiated = "campaigns_initiated",
        CustomerInitiated = "customer_initiated",
        OperatorInitiated = "operator_initiated",
    }
}

/// The first message of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_source)
#[apply(response)]
pub struct ConversationSource {
    pub r#type: Option<SourceType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: MessageId,
    pub delivered_as: Option<DeliveredAs>,
    /// Only for an email. It may contain HTML, as the body may.
    pub subject: Option<String>,
    pub body: Option<String>,
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    pub attachments: Vec<Attachment>,
    /// The page on which it was written.
    pub url: Option<String>,
    pub redacted: Option<bool>,
    /// To whom an email went. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub recipients: Option<Vec<EmailRecipient>>,
    /// The address to reply to, if it is not the sender. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Vec<EmailReplyTo>>,
    /// Only for an email. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_message_metadata: Option<EmailMetadata>,
}

/// Who wrote something, or caused it: a contact, an admin, a bot or a team.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_part_author)
#[apply(response)]
pub struct Author {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether it was the AI agent. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_ai_agent: Option<bool>,
    /// Whether it is an answer of the AI. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_ai_answer: Option<bool>,
}

open_enum! {
    /// In which line of an email an address stands.
    pub enum RecipientType {
        Bcc = "bcc",
        Cc = "cc",
        To = "to",
    }
}

/// Somebody to whom an email went. From 2.16.
#[apply(response)]
pub struct EmailRecipient {
    pub r#type: Option<RecipientType>,
    pub email: Option<String>,
    /// Why the email was not sent to this address, if it was not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop_reason: Option<String>,
}

/// An address to which a reply to an email goes. From 2.16.
#[apply(response)]
pub struct EmailReplyTo {
    pub email: Option<String>,
    pub name: Option<String>,
}

/// The head of an email. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/email_message_metadata)
#[apply(response)]
pub struct EmailMetadata {
    pub subject: Option<String>,
    #[serde(deserialize_with = "null::as_default")]
    pub email_address_headers: Vec<EmailAddressHeader>,
    /// The header `Message-ID`. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message_id: Option<String>,
    /// The older emails that it quotes, as HTML. From 2.16, and only on the source;
    /// `include_email_history`, which asks for it, is in Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub history: Option<String>,
}

/// An address in the head of an email. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/email_address_header)
#[apply(response)]
pub struct EmailAddressHeader {
    /// The name of the header, such as `from`.
    pub r#type: Option<String>,
    pub email_address: Option<String>,
    pub name: Option<String>,
}
