//! Conversation attributes: what a workspace wants to know of its conversations. From 2.16.

use macro_rules_attribute::apply;
use serde::Serialize;

use crate::json::null;
use crate::vocabulary::declare::{body, part, read_tagged, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, AttributeOptionId, ConversationAttributeId, Extra, ObjectType, ObjectTypeId, TeamId,
    Timestamp,
};

open_enum! {
    /// What an attribute holds.
    pub enum ConversationAttributeType {
        Boolean = "boolean",
        Datetime = "datetime",
        Decimal = "decimal",
        Files = "files",
        Integer = "integer",
        /// One of its options.
        List = "list",
        /// Custom objects.
        Relationship = "relationship",
        String = "string",
    }
}

/// Something that a workspace wants to know of its conversations. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations-attributes/conversation_attribute)
#[apply(response)]
pub struct ConversationAttribute {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ConversationAttributeId,
    pub name: Option<String>,
    pub description: Option<String>,
    pub data_type: Option<ConversationAttributeType>,
    /// Whether it must be filled in.
    pub required: Option<bool>,
    /// The teams that can see it; all teams if empty.
    #[serde(deserialize_with = "null::as_default")]
    pub visible_to_team_ids: Vec<TeamId>,
    pub archived: Option<bool>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// Who created it.
    pub admin_id: Option<AdminId>,
    /// Whether a text may have several lines. Only of texts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub multiline: Option<bool>,
    /// What can be chosen. Only of lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<ConversationAttributeOption>>,
    /// Which custom objects it refers to. Only of relationships.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<AttributeReference>,
}

/// Something that can be chosen. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_attribute_option)
#[apply(response)]
pub struct ConversationAttributeOption {
    #[serde(deserialize_with = "null::as_default")]
    pub id: AttributeOptionId,
    pub label: Option<String>,
    /// Whether it can no longer be chosen.
    pub archived: Option<bool>,
}

open_enum! {
    /// To how many custom objects an attribute refers.
    pub enum Cardinality {
        Many = "many",
        One = "one",
    }
}

/// Which custom objects an attribute refers to. From 2.16.
#[apply(response)]
pub struct AttributeReference {
    pub r#type: Option<Cardinality>,
    pub object_type_id: Option<ObjectTypeId>,
}

/// The custom objects that an attribute refers to. From 2.16.
#[apply(part)]
pub struct Relationship {
    pub r#type: Cardinality,
    pub object_type_id: Option<ObjectTypeId>,
}

/// An attribute to create, by what it holds. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_conversation_attribute_request)
///
/// ```
/// use intercom_model::conversation_attributes::{ConversationAttributeCreate, ListAttributeCreate};
///
/// let urgency = ListAttributeCreate::new("Urgency").options(["Low", "High"].map(Into::into));
/// let urgency = ConversationAttributeCreate::List(urgency);
/// # let _ = urgency;
/// ```
///
/// ```compile_fail
/// # use intercom_model::conversation_attributes::AttributeCreate;
/// // Only a list has options.
/// AttributeCreate::new("Urgency").options(["Low", "High"].map(Into::into));
/// ```
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "data_type", rename_all = "snake_case")]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "a variant whose name says it all needs no comment"
)]
pub enum ConversationAttributeCreate {
    Boolean(AttributeCreate),
    Datetime(AttributeCreate),
    Decimal(AttributeCreate),
    Files(AttributeCreate),
    Integer(AttributeCreate),
    /// One of its options.
    List(ListAttributeCreate),
    /// Custom objects.
    Relationship(RelationshipAttributeCreate),
    String(StringAttributeCreate),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { ConversationAttributeCreate by "data_type" {
    "boolean" => Boolean,
    "datetime" => Datetime,
    "decimal" => Decimal,
    "files" => Files,
    "integer" => Integer,
    "list" => List,
    "relationship" => Relationship,
    "string" => String,
} }

/// A body with what can be said of every new attribute, beside its own fields.
macro_rules! attribute {
    ( $(#[$meta:meta])* pub struct $Name:ident { $($fields:tt)* } ) => {
        $crate::vocabulary::declare::body! {
            $(#[$meta])*
            pub struct $Name {
                pub name: String,
                pub description: Option<String>,
                /// Whether it must be filled in.
                pub required: Option<bool>,
                /// The teams that can see it; all teams if empty.
                pub visible_to_team_ids: Option<Vec<TeamId>>,
                $($fields)*
            }
        }
    };
}

/// An attribute to create, of a kind about which nothing more is to say. From 2.16.
#[apply(attribute)]
pub struct AttributeCreate {}

/// A text to create. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_conversation_attribute_string_request)
#[apply(attribute)]
pub struct StringAttributeCreate {
    /// Whether it may have several lines.
    pub multiline: Option<bool>,
}

/// A list to create. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_conversation_attribute_list_request)
#[apply(attribute)]
pub struct ListAttributeCreate {
    pub options: Option<Vec<OptionLabel>>,
}

/// A relationship to create. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_conversation_attribute_relationship_request)
#[apply(attribute)]
pub struct RelationshipAttributeCreate {
    pub reference: Option<Relationship>,
}

/// Changes to an attribute. Fields that are not set keep their values. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_conversation_attribute_request)
#[apply(body)]
pub struct ConversationAttributeUpdate {
    pub name: Option<String>,
    pub description: Option<String>,
    /// Whether it must be filled in.
    pub required: Option<bool>,
    /// The teams that can see it; all teams if empty.
    pub visible_to_team_ids: Option<Vec<TeamId>>,
    /// Whether a text may have several lines. Only of texts.
    pub multiline: Option<bool>,
    /// Only of relationships.
    pub reference: Option<Relationship>,
}

/// What an option of a list is called. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_conversation_attribute_option_request)
#[apply(body)]
pub struct OptionLabel {
    pub label: String,
}

impl From<&str> for OptionLabel {
    fn from(label: &str) -> Self {
        Self::new(label)
    }
}

impl From<String> for OptionLabel {
    fn from(label: String) -> Self {
        Self::new(label)
    }
}
