//! Requests about conversations, except replies and actions.

use macro_rules_attribute::apply;
use serde::{Deserialize, Serialize};

use super::{ContactKey, Priority};
use crate::segments::PersonType;
use crate::vocabulary::declare::{body, made_body, part};
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, BrandId, CompanyId, ContactId, ConversationId, CustomAttributes, Patch, Secret,
    TicketStateId, TicketTypeId, Timestamp, VisitorId,
};

open_enum! {
    /// How bodies are written.
    pub enum DisplayAs {
        Html = "html",
        Plaintext = "plaintext",
    }
}

/// A conversation to begin in the name of a contact or a visitor.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_conversation_request)
#[apply(body)]
pub struct ConversationCreate {
    pub from: Initiator,
    /// Plain text: HTML is shown as it is.
    pub body: String,
    /// The subject of an email.
    pub subject: Option<String>,
    /// Up to ten image URLs.
    pub attachment_urls: Option<Vec<String>>,
    /// When it was written, for conversations that come from another system. From 2.11.
    pub created_at: Option<Timestamp>,
    /// From 2.16.
    pub brand_id: Option<BrandId>,
}

/// Who begins a conversation: a contact, or a visitor, who becomes a lead by it.
#[apply(part)]
pub struct Initiator {
    pub r#type: PersonType,
    #[serde(flatten)]
    pub key: InitiatorKey,
}

/// Which contact or visitor it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum InitiatorKey {
    /// The id that Intercom gave the contact or the visitor.
    Id(ContactId),
    /// The id that the Messenger made up for the visitor.
    UserId(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"user_id\")")
        )]
        String,
    ),
}

impl Initiator {
    /// A visitor, by Intercom's id.
    #[must_use]
    pub fn visitor(id: impl Into<VisitorId>) -> Self {
        let id: VisitorId = id.into();
        Self::new(PersonType::Contact, InitiatorKey::Id(id.as_str().into()))
    }

    /// A visitor, by the id that the Messenger made up.
    #[must_use]
    pub fn visitor_by_user_id(user_id: impl Into<String>) -> Self {
        Self::new(PersonType::Contact, InitiatorKey::UserId(user_id.into()))
    }
}

impl From<Person> for Initiator {
    fn from(person: Person) -> Self {
        Self::new(person.r#type, InitiatorKey::Id(person.id))
    }
}

/// A contact, by its kind and its id.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/recipient)
#[apply(part)]
pub struct Person {
    pub r#type: PersonType,
    pub id: ContactId,
}

impl Person {
    /// A user.
    #[must_use]
    pub fn user(id: impl Into<ContactId>) -> Self {
        Self::new(PersonType::User, id)
    }

    /// A lead.
    #[must_use]
    pub fn lead(id: impl Into<ContactId>) -> Self {
        Self::new(PersonType::Lead, id)
    }

    /// A user or a lead.
    #[must_use]
    pub fn contact(id: impl Into<ContactId>) -> Self {
        Self::new(PersonType::Contact, id)
    }
}

/// Changes to a conversation. Fields that are not set keep their values.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_conversation_request)
#[apply(body)]
pub struct ConversationUpdate {
    /// Marks it as read, or as unread.
    pub read: Option<bool>,
    /// From 2.13.
    pub title: Option<String>,
    /// In Preview.
    pub priority: Option<Priority>,
    /// Who changes the priority; without one, it is the Operator. In Preview.
    pub admin_id: Option<AdminId>,
    /// Attributes that are not named keep their values.
    pub custom_attributes: Option<CustomAttributes>,
    /// The company that it is about. From 2.14.
    pub company_id: Patch<CompanyId>,
}

/// A contact to add to a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/attach_contact_to_conversation_request)
#[apply(body)]
pub struct ParticipantAttach {
    pub customer: Participant,
    /// Who adds the contact.
    pub admin_id: Option<AdminId>,
}

/// A contact who takes part in a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/customer_request)
#[apply(part)]
pub struct Participant {
    #[serde(flatten)]
    pub contact: ContactKey,
    /// A participant in whose name the contact is added.
    pub customer: Patch<ContactKey>,
}

impl From<ContactKey> for Participant {
    fn from(contact: ContactKey) -> Self {
        Self::new(contact)
    }
}

/// Who takes a contact out of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/detach_contact_from_conversation_request)
#[apply(body)]
pub struct ParticipantDetach {
    pub admin_id: AdminId,
    /// The contact once more; the path names it already.
    pub customer: Option<Participant>,
}

/// Into which conversation another goes. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/merge_conversations_request)
#[apply(body)]
pub struct ConversationMerge {
    /// The conversation that stays.
    #[serde(serialize_with = "id::as_number")]
    pub merge_into_conversation_id: ConversationId,
}

/// What kind of ticket a conversation becomes.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/convert_conversation_to_ticket_request)
#[apply(body)]
pub struct ConversationConvert {
    pub ticket_type_id: TicketTypeId,
    /// From 2.16.
    pub ticket_state_id: Option<TicketStateId>,
    /// By name; those of the default title and description are `_default_title_` and
    /// `_default_description_`. A list attribute takes the id of an item, which stands in
    /// [`TicketTypeAttribute::input_options`](crate::ticket_types::TicketTypeAttribute::input_options).
    pub attributes: Option<CustomAttributes>,
}

/// What became of a part in another system: how far it got, or that an admin saw it. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/update_conversation_part_request)
#[apply(made_body)]
pub struct ConversationPartUpdate {
    /// The HMAC that allows it.
    pub secret: Secret,
    /// It must be `true`, for the operation is an experiment of Intercom's.
    pub experimental: Option<bool>,
    /// How far a reply got, such as `sent`.
    pub send_state: Option<String>,
    pub info_message: Option<String>,
    /// Marks the part as seen.
    pub seen: Option<bool>,
    /// The admin who saw it.
    pub admin_id: Option<AdminId>,
}

impl ConversationPartUpdate {
    /// How far a reply got, such as `sent`, and a word about it.
    #[must_use]
    pub fn sent(
        secret: impl Into<Secret>,
        send_state: impl Into<String>,
        info_message: impl Into<String>,
    ) -> Self {
        Self::new(secret)
            .experimental(true)
            .send_state(send_state)
            .info_message(info_message)
    }

    /// This admin saw the part.
    #[must_use]
    pub fn seen_by(secret: impl Into<Secret>, admin_id: impl Into<AdminId>) -> Self {
        Self::new(secret)
            .experimental(true)
            .seen(true)
            .admin_id(admin_id)
    }
}
