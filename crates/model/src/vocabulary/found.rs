//! Replies that are one object or a page of them, by the query.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::json::object::problem::Scope;
use crate::json::whole;
use crate::{List, ObjectType, Pages};

/// What a look-up finds: one object by its id or name, or a page of objects by what they share.
///
/// Iterating over it yields the objects in both cases.
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

impl<T> Found<T> {
    /// Returns the position of the page among the others, if it is a page.
    #[must_use]
    pub const fn pages(&self) -> Option<&Pages> {
        match self {
            Self::List(list) => list.pages.as_ref(),
            Self::One(_) => None,
        }
    }
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

/// The `id` of an object, or what only a list has, tells which it is, or else the `type`. What comes
/// before is kept, so that what is wrong with a later field costs that one alone. What has none of them
/// is an empty list.
impl<'de, T: Deserialize<'de>> Deserialize<'de> for Found<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FoundVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for FoundVisitor<T> {
            type Value = Found<T>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object, or a list of objects")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found<T>, A::Error> {
                let mut read = Vec::new();
                let mut kind = None;
                let (list, key) = loop {
                    let key: Option<String> = map.next_key()?;
                    match key.as_deref() {
                        Some("data" | "pages" | "total_count") => break (true, key),
                        Some("id") => break (false, key),
                        Some("type") if kind.is_none() => {
                            kind = map.next_value::<Option<ObjectType>>()?;
                            let value = kind.as_ref().map(ObjectType::as_str);
                            read.push(("type".to_owned(), value.into()));
                            continue;
                        }
                        _ => {}
                    }
                    if let Some(kind) = &kind {
                        break (*kind == ObjectType::List, key);
                    }
                    let Some(key) = key else {
                        // Something was read, but nothing that only a list has.
                        break (read.is_empty(), None);
                    };
                    read.push(map.next_value_seed(Kept::<T>(key, PhantomData))?);
                };
                let fields = MapAccessDeserializer::new(Begun {
                    read: read.into_iter(),
                    value: None,
                    key,
                    map,
                });
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

/// Reads the value of a key, to be read again as a field of `T`.
struct Kept<T>(String, PhantomData<T>);

impl<'de, T: Deserialize<'de>> DeserializeSeed<'de> for Kept<T> {
    type Value = (String, Value);

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        whole::read(deserializer, |value| {
            let _part_of_an_object = Scope::quiet();
            // What is wrong with it is told now, while its place is known.
            T::deserialize(Value::from_iter([(self.0.clone(), value.clone())]))
                .map(|_| (self.0, value))
        })
    }
}

/// An object of which some fields, and the key after them, were read.
struct Begun<A> {
    read: std::vec::IntoIter<(String, Value)>,
    /// The value of the last key, if it was read.
    value: Option<Value>,
    key: Option<String>,
    map: A,
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Begun<A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let key = match self.read.next() {
            Some((key, value)) => {
                self.value = Some(value);
                Some(key)
            }
            None => self.key.take(),
        };
        match key {
            Some(key) => seed.deserialize(key.into_deserializer()).map(Some),
            None => self.map.next_key_seed(seed),
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.value.take() {
            Some(value) => seed.deserialize(value).map_err(A::Error::custom),
            None => self.map.next_value_seed(seed),
        }
    }
}

#[cfg(feature = "proptest")]
impl<T: proptest::arbitrary::Arbitrary + 'static> proptest::arbitrary::Arbitrary for Found<T> {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        prop_oneof![
            any::<T>().prop_map(|object| Self::One(Box::new(object))),
            any::<List<T>>().prop_map(Self::List),
        ]
        .boxed()
    }
}
