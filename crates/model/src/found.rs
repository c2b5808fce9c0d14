//! Replies that are one object or a page of them, by the query.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::{List, ObjectType, Pages};

/// What a look-up finds: one object by its id or name, or a page of objects by what they share.
///
/// Iterating over it gives the objects either way.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
#[non_exhaustive]
#[allow(clippy::large_enum_variant, reason = "there is one in a reply")]
pub enum Found<T> {
    /// The object of that id or name.
    One(Box<T>),
    /// A page of objects.
    List(List<T>),
}

impl<T> IntoIterator for Found<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        match self {
            Self::One(object) => vec![*object].into_iter(),
            Self::List(list) => list.into_iter(),
        }
    }
}

/// The first field tells which it is, or else the `type`, so that what is wrong with a later one
/// costs that one alone.
impl<T> Found<T> {
    /// Where the page stands among the others, where it is a page.
    #[must_use]
    pub const fn pages(&self) -> Option<&Pages> {
        match self {
            Self::List(list) => list.pages.as_ref(),
            Self::One(_) => None,
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Found<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FoundVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for FoundVisitor<T> {
            type Value = Found<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, or a list of objects")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<T>, A::Error> {
                let mut kind = None;
                let mut key: Option<String> = map.next_key()?;
                if key.as_deref() == Some("type") {
                    kind = map.next_value::<Option<ObjectType>>()?;
                    key = map.next_key()?;
                }
                let list = match key.as_deref() {
                    Some("data" | "pages" | "total_count") => true,
                    Some("id") => false,
                    _ => kind == Some(ObjectType::List),
                };
                let fields = MapAccessDeserializer::new(Begun { kind, key, map });
                if list {
                    List::deserialize(fields).map(Found::List)
                } else {
                    T::deserialize(fields).map(|object| Found::One(Box::new(object)))
                }
            }
        }

        deserializer.deserialize_map(FoundVisitor(PhantomData))
    }
}

/// An object of which the `type`, and the key after it, were read.
struct Begun<A> {
    kind: Option<ObjectType>,
    key: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Begun<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if self.kind.is_some() {
            return seed.deserialize("type".into_deserializer()).map(Some);
        }
        match self.key.take() {
            Some(key) => seed.deserialize(key.into_deserializer()).map(Some),
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.kind.take() {
            Some(kind) => seed
                .deserialize(serde_json::Value::from(kind.as_str()))
                .map_err(A::Error::custom),
            None => self.map.next_value_seed(seed),
        }
    }
}
