//! Tickets: matters that take longer than a conversation.

mod reply;
mod requests;

use std::collections::BTreeMap;
use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::conversations::{ConversationContacts, LinkedObject};
use crate::json::{null, number};
use crate::ticket_types::{TicketCategory, TicketState, TicketStateCategory, TicketType};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, AttributeValue, CompanyId, CustomAttributes, EmbeddedList, ObjectId, ObjectType,
    Pages, Reference, TeamId, TicketId, TicketPartId, TicketStateId, TicketTypeAttributeId,
    Timestamp,
};

pub use crate::conversations::{Attachment, Author};
pub use reply::*;
pub use requests::*;

/// A ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket)
#[apply(response)]
#[kinds("ticket")]
pub struct Ticket {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketId,
    /// Its number in the workspace, which people see. No operation takes it.
    #[serde(deserialize_with = "number::text_or_integer")]
    pub ticket_id: Option<String>,
    /// From 2.10.
    pub category: Option<TicketCategory>,
    /// By name; those of the title and description are `_default_title_` and
    /// `_default_description_`.
    #[serde(deserialize_with = "null::as_default")]
    pub ticket_attributes: CustomAttributes,
    pub ticket_state: Option<TicketStateOrCategory>,
    /// What teammates see of the state. Up to 2.11, and in some replies since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_state_internal_label: Option<String>,
    /// What contacts see of the state. Up to 2.11, and in some replies since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_state_external_label: Option<String>,
    /// The state before; `None` if it was always in this one. From 2.16.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_ticket_state_id: Option<TicketStateId>,
    pub ticket_type: Option<TicketType>,
    pub contacts: Option<ConversationContacts>,
    /// `0` if no admin is assigned.
    pub admin_assignee_id: Option<AdminId>,
    /// `0` if no team is assigned.
    pub team_assignee_id: Option<TeamId>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// From 2.10.
    pub open: Option<bool>,
    /// From 2.10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snoozed_until: Option<Timestamp>,
    /// The conversations and tickets that it is linked to: at most 1,000. From 2.10.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub linked_objects: Option<EmbeddedList<LinkedObject>>,
    pub ticket_parts: Option<TicketParts>,
    /// Whether the contact sees it.
    pub is_shared: Option<bool>,
    /// Only in webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub company_id: Option<CompanyId>,
    /// Such as `messenger`. Only in webhooks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
}

impl Ticket {
    /// Returns the admin that the ticket is assigned to. The service writes `0` as well as `null` for
    /// nobody.
    #[must_use]
    pub fn admin(&self) -> Option<&AdminId> {
        let id = self.admin_assignee_id.as_ref();
        id.filter(|id| !id.is_nobody())
    }

    /// Returns the team that the ticket is assigned to. The service writes `0` as well as `null` for
    /// nobody.
    #[must_use]
    pub fn team(&self) -> Option<&TeamId> {
        let id = self.team_assignee_id.as_ref();
        id.filter(|id| !id.is_nobody())
    }
}

/// The state of a ticket: its category up to 2.11, the whole of it from 2.12.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum TicketStateOrCategory {
    /// The category alone.
    Category(TicketStateCategory),
    /// The state.
    State(Box<TicketState>),
}

impl TicketStateOrCategory {
    /// How far the ticket is, in whichever form it came.
    #[must_use]
    pub fn category(&self) -> Option<&TicketStateCategory> {
        match self {
            Self::Category(category) => Some(category),
            Self::State(state) => state.category.as_ref(),
        }
    }
}

impl<'de> Deserialize<'de> for TicketStateOrCategory {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct StateVisitor;

        impl<'de> Visitor<'de> for StateVisitor {
            type Value = TicketStateOrCategory;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the state of a ticket (its category, or an object)")
            }

            fn visit_str<E: Error>(self, category: &str) -> Result<Self::Value, E> {
                Ok(TicketStateOrCategory::Category(category.into()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Box::deserialize(MapAccessDeserializer::new(map)).map(TicketStateOrCategory::State)
            }
        }

        crate::json::scalar::scalar_or_object(deserializer, StateVisitor)
    }
}

/// The parts of a ticket. The latest 500 at most come with it.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ticket_parts)
#[apply(response)]
#[items(ticket_parts)]
pub struct TicketParts {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub ticket_parts: Vec<TicketPart>,
    /// How many parts the ticket has, which may be more than come with it.
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
}

open_enum! {
    /// What a part of a ticket is.
    pub enum TicketPartType {
        Assignment = "assignment",
        Comment = "comment",
        LanguageDetectionDetails = "language_detection_details",
        /// Seen by teammates only.
        Note = "note",
        QuickReply = "quick_reply",
        Snoozed = "snoozed",
        TicketAttributeUpdatedByAdmin = "ticket_attribute_updated_by_admin",
        TicketStateUpdatedByAdmin = "ticket_state_updated_by_admin",
    }
}

/// A reply, a note, or something that happened to a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/ticket_part)
#[apply(response)]
pub struct TicketPart {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketPartId,
    pub part_type: Option<TicketPartType>,
    /// May contain HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous_ticket_state: Option<TicketStateCategory>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket_state: Option<TicketStateCategory>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Whom the part assigned the ticket to, if it did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assigned_to: Option<Reference>,
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    pub attachments: Vec<Attachment>,
    /// The id that the part has in another system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    pub redacted: Option<bool>,
    /// The app that made the part. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_package_code: Option<String>,
    /// The attribute that changed and its value, if the part is a change of an attribute. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_attribute_data: Option<UpdatedAttribute>,
    /// The body by language; under `original` is the language of the body itself. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translations: Option<BTreeMap<String, String>>,
}

impl TicketPart {
    /// Returns whom the part assigned the ticket to, or `None` if it assigned it to nobody.
    #[must_use]
    pub fn assignee(&self) -> Option<&Reference> {
        self.assigned_to.as_ref().filter(|to| to.is_somebody())
    }
}

/// Which attribute of a ticket got which value. From 2.14.
#[apply(response)]
pub struct UpdatedAttribute {
    pub attribute: Option<UpdatedAttributeName>,
    pub value: Option<UpdatedAttributeValue>,
}

/// An attribute that got a value. From 2.14.
#[apply(response)]
pub struct UpdatedAttributeName {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: TicketTypeAttributeId,
    pub label: Option<String>,
}

/// The value that an attribute got. From 2.14.
#[apply(response)]
pub struct UpdatedAttributeValue {
    pub r#type: Option<ObjectType>,
    pub id: Option<UpdatedValueId>,
    pub label: Option<UpdatedValueLabel>,
    /// The value before. Sent without being documented.
    #[serde(skip_serializing_if = "AttributeValue::is_null")]
    pub previous: AttributeValue,
}

/// What a value is to the service. From 2.14.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum UpdatedValueId {
    /// The value itself, as text, or the id of an item of a list.
    Value(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"label\")")
        )]
        String,
    ),
    /// The ids of files.
    Files(Vec<ObjectId>),
    /// A kind that this version of the crate does not know, as it was read.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    Other(AttributeValue),
}

/// What people see of a value. From 2.14.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
pub enum UpdatedValueLabel {
    /// The value, or the label of an item of a list.
    Text(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"label\")")
        )]
        String,
    ),
    /// The names of files.
    Names(Vec<String>),
    /// A kind that this version of the crate does not know, as it was read.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    Other(AttributeValue),
}

/// A page of tickets.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/ticket_list)
#[apply(response)]
#[items(tickets)]
pub struct TicketList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub tickets: Vec<Ticket>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}
