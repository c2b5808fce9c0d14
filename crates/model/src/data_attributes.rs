//! Data attributes: what is known of contacts, companies and conversations, by field.

use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::json::null;
use crate::json::scalar::scalar_or_object;
use crate::vocabulary::declare::{body, part, response};
use crate::vocabulary::open_enum::open_enum;
use crate::{AdminId, DataAttributeId, ObjectType, Timestamp};

open_enum! {
    /// Whose attribute it is.
    pub enum DataAttributeModel {
        Company = "company",
        Contact = "contact",
        /// Up to 2.15; later versions have attributes of conversations apart.
        Conversation = "conversation",
    }
}

open_enum! {
    /// What an attribute holds.
    pub enum DataType {
        Boolean = "boolean",
        Date = "date",
        Datetime = "datetime",
        Float = "float",
        Integer = "integer",
        /// One of the options, as one creates it from 2.14 on; it is a `string` from then on.
        Options = "options",
        String = "string",
    }
}

/// A field of contacts, companies or conversations, built in or custom.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/data-attributes/data_attribute)
#[apply(response)]
pub struct DataAttribute {
    pub r#type: Option<ObjectType>,
    /// Only custom attributes have one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<DataAttributeId>,
    pub model: Option<DataAttributeModel>,
    pub name: Option<String>,
    /// The name with what it lies in, such as `custom_attributes.plan` or `location.city`.
    pub full_name: Option<String>,
    /// The name as it is shown to admins.
    pub label: Option<String>,
    pub description: Option<String>,
    pub data_type: Option<DataType>,
    /// The options of a list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub options: Option<Vec<DataAttributeOption>>,
    /// Whether it can be written with the API.
    pub api_writable: Option<bool>,
    /// Whether it can be written by the Messenger.
    pub messenger_writable: Option<bool>,
    /// Whether admins can write it.
    pub ui_writable: Option<bool>,
    /// Whether the workspace made it.
    pub custom: Option<bool>,
    pub archived: Option<bool>,
    /// Who made it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub admin_id: Option<AdminId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<Timestamp>,
}

/// An attribute to create. It cannot be deleted, only archived.
#[apply(body)]
pub struct DataAttributeCreate {
    /// Letters, digits, currency signs and hyphens.
    pub name: String,
    pub model: DataAttributeModel,
    pub data_type: DataType,
    pub description: Option<String>,
    /// What can be chosen, at least two: of the type `options`, or, up to 2.13, `string`.
    pub options: Option<Vec<DataAttributeOption>>,
    /// Whether the Messenger may write it.
    pub messenger_writable: Option<bool>,
}

impl DataAttributeCreate {
    /// An attribute that is one of these options, at least two. From 2.14; up to 2.13 it is created as a
    /// [`DataType::String`] with options.
    #[must_use]
    pub fn list(
        name: impl Into<String>,
        model: impl Into<DataAttributeModel>,
        options: impl IntoIterator<Item = impl Into<DataAttributeOption>>,
    ) -> Self {
        let options: Vec<DataAttributeOption> = options.into_iter().map(Into::into).collect();
        Self::new(name, model, DataType::Options).options(options)
    }
}

/// Changes to an attribute.
#[apply(body)]
pub struct DataAttributeUpdate {
    pub description: Option<String>,
    /// All that can be chosen, at least two: what is missing is removed.
    pub options: Option<Vec<DataAttributeOption>>,
    /// Whether the Messenger may write it.
    pub messenger_writable: Option<bool>,
    pub archived: Option<bool>,
}

/// An option of a list: a string up to 2.13 and in replies, an object in later requests.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum DataAttributeOption {
    /// The text alone.
    Text(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"name\")")
        )]
        String,
    ),
    /// The text in an object.
    Value(OptionValue),
}

impl<'de> Deserialize<'de> for DataAttributeOption {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct OptionVisitor;

        impl<'de> Visitor<'de> for OptionVisitor {
            type Value = DataAttributeOption;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an option (a string, or an object with `value`)")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<DataAttributeOption, E> {
                Ok(DataAttributeOption::Text(text.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<DataAttributeOption, A::Error> {
                let option = OptionValue::deserialize(MapAccessDeserializer::new(map))?;
                Ok(DataAttributeOption::Value(option))
            }
        }

        scalar_or_object(deserializer, OptionVisitor)
    }
}

impl DataAttributeOption {
    /// Returns the text of the option, in whichever form it came.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Value(option) => &option.value,
        }
    }
}

/// An option of a list, as an object.
#[apply(part)]
pub struct OptionValue {
    /// Empty if the service sends none.
    #[serde(default, deserialize_with = "null::as_default")]
    pub value: String,
}

impl From<&str> for DataAttributeOption {
    fn from(value: &str) -> Self {
        Self::Value(OptionValue::new(value))
    }
}

impl From<String> for DataAttributeOption {
    fn from(value: String) -> Self {
        Self::Value(OptionValue::new(value))
    }
}
