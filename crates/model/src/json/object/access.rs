//! Access to the fields of an object, which notices what the object is.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, StringDeserializer};
use serde::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use super::Shape;
use super::problem;

/// Names of fields under which the service, or what stands in front of it, sends the items of a list.
const ITEMS: &[&str] = &[
    "activity_logs",
    "admins",
    "articles",
    "attributes",
    "collections",
    "companies",
    "contacts",
    "conversation_parts",
    "conversations",
    "customers",
    "data",
    "events",
    "items",
    "leads",
    "notes",
    "parts",
    "results",
    "sections",
    "segments",
    "social_profiles",
    "subscription_types",
    "tags",
    "teammates",
    "teams",
    "ticket_parts",
    "ticket_states",
    "ticket_type_attributes",
    "ticket_types",
    "tickets",
    "users",
];

/// Values of `type` that say what an object is, and thus what it is not.
const KINDS: &[&str] = &[
    "admin",
    "article",
    "collection",
    "company",
    "company.list",
    "contact",
    "contact.list",
    "conversation",
    "conversation.list",
    "conversation_part",
    "event",
    "lead",
    "list",
    "note",
    "segment",
    "segment.list",
    "tag",
    "tag.list",
    "team",
    "ticket",
    "ticket.list",
    "ticket_part",
    "ticket_type",
    "user",
    "visitor",
];

/// The fields of an object of type `T`.
pub(super) struct ObjectAccess<A, T> {
    map: A,
    fields: &'static [&'static str],
    is_array: bool,
    /// Whether the key that was read last is `type`, and what it says is of interest.
    at_kind: bool,
    has_kind: bool,
    has_items: bool,
    has_known: bool,
    has_unknown: bool,
    shape: PhantomData<T>,
}

impl<A, T: Shape> ObjectAccess<A, T> {
    /// Whether the next key is looked at: until the `type`, or the items of a list, were there.
    const fn is_watching(&self) -> bool {
        (T::ITEMS.is_some() && !self.has_items) || (!T::KINDS.is_empty() && !self.has_kind)
    }

    pub(super) const fn new(map: A, fields: &'static [&'static str], is_array: bool) -> Self {
        Self {
            map,
            fields,
            is_array,
            at_kind: false,
            has_kind: false,
            has_items: false,
            has_known: false,
            has_unknown: false,
            shape: PhantomData,
        }
    }

    /// Reports what is wrong with the object as a whole.
    fn end<E: Error>(&self) -> Result<(), E> {
        let missing = T::ITEMS.filter(|_| !self.has_items && !self.is_array);
        let is_other = self.has_unknown && !self.has_known;
        if (missing.is_none() && !is_other) || !problem::is_reported() {
            return Ok(());
        }
        match missing {
            Some(items) => Err(problem::missing_items(items)),
            None => Err(problem::unrecognized(T::NAME)),
        }
    }
}

impl<'de, A: MapAccess<'de>, T: Shape> MapAccess<'de> for ObjectAccess<A, T> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if !self.is_watching() {
            let key = self.map.next_key_seed(seed)?;
            if key.is_none() {
                self.end()?;
            }
            return Ok(key);
        }
        let Some(Text(key)) = self.map.next_key()? else {
            self.end()?;
            return Ok(None);
        };
        if key == "type" {
            self.at_kind = !T::KINDS.is_empty() && !self.has_kind;
            self.has_kind = true;
        } else if let Some(items) = T::ITEMS {
            if key == items {
                self.has_items = true;
            } else if !self.has_items && ITEMS.contains(&&*key) {
                self.has_items = true;
                if !self.fields.contains(&&*key) {
                    return seed
                        .deserialize(BorrowedStrDeserializer::new(items))
                        .map(Some);
                }
            }
        }
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(StringDeserializer::new(key)),
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        // Derived code has values of unknown fields ignored.
        let is_unknown = std::any::type_name::<V::Value>() == std::any::type_name::<IgnoredAny>();
        self.has_unknown |= is_unknown;
        if self.at_kind {
            // The `type` alone does not tell that an object is what it is taken for.
            self.at_kind = false;
            let kind = self.map.next_value_seed(KindSeed::<T>(PhantomData))?;
            return seed.deserialize(KindDeserializer(kind, PhantomData));
        }
        self.has_known |= !is_unknown;
        self.map.next_value_seed(seed)
    }
}

/// The text of a key.
struct Text<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;

        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text)))
            }
        }

        deserializer.deserialize_str(TextVisitor)
    }
}

/// Reads the `type` of an object of type `T`.
struct KindSeed<T>(PhantomData<T>);

impl<'de, T: Shape> DeserializeSeed<'de> for KindSeed<T> {
    type Value = Kind<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind<'de>, D::Error> {
        deserializer.deserialize_option(self)
    }
}

impl<'de, T: Shape> Visitor<'de> for KindSeed<T> {
    type Value = Kind<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the type `")?;
        f.write_str(&T::KINDS.join("` or `"))?;
        f.write_str("`")
    }

    fn visit_none<E: Error>(self) -> Result<Kind<'de>, E> {
        Ok(Kind(None))
    }

    fn visit_unit<E: Error>(self) -> Result<Kind<'de>, E> {
        Ok(Kind(None))
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Kind<'de>, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_borrowed_str<E: Error>(self, kind: &'de str) -> Result<Kind<'de>, E> {
        self.check(kind)?;
        Ok(Kind(Some(Cow::Borrowed(kind))))
    }

    fn visit_str<E: Error>(self, kind: &str) -> Result<Kind<'de>, E> {
        self.check(kind)?;
        Ok(Kind(Some(Cow::Owned(kind.to_owned()))))
    }
}

impl<T: Shape> KindSeed<T> {
    fn check<E: Error>(&self, kind: &str) -> Result<(), E> {
        let contradicts = KINDS.contains(&kind) && !T::KINDS.contains(&kind);
        if contradicts && problem::is_reported() {
            return Err(E::invalid_value(Unexpected::Str(kind), self));
        }
        Ok(())
    }
}

/// The `type` of an object.
struct Kind<'de>(Option<Cow<'de, str>>);

/// Gives the `type` of an object to the field for it.
struct KindDeserializer<'de, E>(Kind<'de>, PhantomData<E>);

impl<'de, E: Error> Deserializer<'de> for KindDeserializer<'de, E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0.0 {
            None => visitor.visit_unit(),
            Some(Cow::Borrowed(kind)) => visitor.visit_borrowed_str(kind),
            Some(Cow::Owned(kind)) => visitor.visit_string(kind),
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.0.0 {
            None => visitor.visit_none(),
            Some(_) => visitor.visit_some(self),
        }
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}
