//! Who sends a message, and who gets it.

use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::AdminId;
use crate::conversations::Person;
use crate::vocabulary::declare::part;
use crate::vocabulary::id;
use crate::vocabulary::open_enum::open_enum;

open_enum! {
    /// The kind of sender.
    pub enum SenderType {
        Admin = "admin",
    }
}

/// Who sends a message.
#[apply(part)]
pub struct Sender {
    pub r#type: SenderType,
    #[serde(serialize_with = "id::as_number")]
    pub id: AdminId,
}

impl Sender {
    /// This admin.
    #[must_use]
    pub fn admin(id: impl Into<AdminId>) -> Self {
        Self::new(SenderType::Admin, id)
    }
}

impl From<AdminId> for Sender {
    fn from(id: AdminId) -> Self {
        Self::admin(id)
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
