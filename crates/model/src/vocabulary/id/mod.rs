//! Identifiers: a newtype for each kind of object.
//!
//! The service sends the same id as a number in one place and as a string in another. Ids accept both,
//! compare and hash by their text, and are written in the form in which they were read. If a request
//! requires one form, its field is serialized with [`as_number`] or [`as_text`].

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::Patch;

mod kinds;
mod newtype;

pub use kinds::*;

/// The text of an id, and whether it was a number.
#[derive(Debug, Clone, Default)]
pub(crate) struct Text {
    text: Box<str>,
    number: bool,
}

impl Text {
    pub(crate) fn new(text: impl Into<Box<str>>) -> Self {
        Self {
            text: text.into(),
            number: false,
        }
    }

    pub(crate) fn number(number: impl fmt::Display) -> Self {
        Self {
            text: number.to_string().into(),
            number: true,
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    pub(crate) fn into_string(self) -> String {
        self.text.into()
    }

    /// Returns the number if this is its canonical text, which `007` is not.
    fn as_number(&self) -> Option<u64> {
        let digits = self.text.bytes().all(|byte| byte.is_ascii_digit());
        let written_so = digits && (self.text.len() == 1 || !self.text.starts_with('0'));
        written_so.then(|| self.text.parse().ok())?
    }
}

impl Serialize for Text {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.number {
            if let Ok(number) = self.text.parse::<u64>() {
                return serializer.serialize_u64(number);
            }
            if let Ok(number) = self.text.parse::<i64>() {
                return serializer.serialize_i64(number);
            }
        }
        serializer.serialize_str(&self.text)
    }
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct IdVisitor;

        impl Visitor<'_> for IdVisitor {
            type Value = Text;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an id (a string or an integer)")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text, E> {
                Ok(Text::new(text))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Text, E> {
                Ok(Text::number(number))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Text, E> {
                Ok(Text::number(number))
            }
        }

        crate::json::scalar::scalar(deserializer, IdVisitor)
    }
}

/// The form in which a request requires its ids.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Form {
    Number,
    Text,
}

/// An id, or a container of ids.
pub(crate) trait Ids {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error>;
}

impl Ids for Text {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        match (form, self.as_number()) {
            (Form::Number, Some(number)) => serializer.serialize_u64(number),
            // Not a number: the service will refuse it.
            (Form::Number, None) => self.serialize(serializer),
            (Form::Text, _) => serializer.serialize_str(&self.text),
        }
    }
}

impl<I: Ids> Ids for Vec<I> {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(|ids| InForm { ids, form }))
    }
}

impl<I: Ids> Ids for Option<I> {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Some(ids) => serializer.serialize_some(&InForm { ids, form }),
            None => serializer.serialize_none(),
        }
    }
}

impl<I: Ids> Ids for Patch<I> {
    fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Set(ids) => serializer.serialize_some(&InForm { ids, form }),
            Self::Keep | Self::Clear => serializer.serialize_none(),
        }
    }
}

struct InForm<'a, I> {
    ids: &'a I,
    form: Form,
}

impl<I: Ids> Serialize for InForm<'_, I> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.ids.serialize_as(self.form, serializer)
    }
}

/// Serializes ids as numbers.
pub(crate) fn as_number<I: Ids, S: Serializer>(ids: &I, serializer: S) -> Result<S::Ok, S::Error> {
    ids.serialize_as(Form::Number, serializer)
}

/// Serializes ids as strings.
pub(crate) fn as_text<I: Ids, S: Serializer>(ids: &I, serializer: S) -> Result<S::Ok, S::Error> {
    ids.serialize_as(Form::Text, serializer)
}

#[cfg(feature = "proptest")]
fn any_text(kind: &str) -> proptest::strategy::BoxedStrategy<Text> {
    use proptest::prelude::*;

    if super::strategies::is_any() {
        return prop_oneof![
            "[0-9a-f]{24}".prop_map(Text::new),
            "\\PC{0,12}".prop_map(Text::new),
            any::<u64>().prop_map(|number| Text::new(number.to_string())),
            any::<u64>().prop_map(Text::number),
            any::<i64>().prop_map(Text::number),
        ]
        .boxed();
    }
    match kind {
        // Intercom gives these 24 hexadecimal digits that begin with the time of creation.
        "CompanyId" | "ContactId" | "VisitorId" | "SegmentId" => {
            "[56][0-9a-f]{23}".prop_map(Text::new).boxed()
        }
        "PhoneNumber" => "\\+1555[0-9]{7}".prop_map(Text::new).boxed(),
        "ExternalConversationId" => "conversation-[1-9][0-9]{3}".prop_map(Text::new).boxed(),
        "QuickReplyId" => "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}"
            .prop_map(Text::new)
            .boxed(),
        "WorkspaceId" => "[a-z][a-z0-9]{7}".prop_map(Text::new).boxed(),
        _ => "[1-9][0-9]{3,7}".prop_map(Text::new).boxed(),
    }
}

#[cfg(feature = "schemars")]
impl schemars::JsonSchema for Text {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["string", "integer"] })
    }
}
