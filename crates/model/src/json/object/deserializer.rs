//! Deserializers that accept objects only.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

use super::Shape;
use super::access::ObjectAccess;

/// A deserializer that has the struct `T` read from an object.
pub(crate) struct ObjectOnly<D, T> {
    deserializer: D,
    shape: PhantomData<T>,
}

impl<D, T> ObjectOnly<D, T> {
    pub(crate) const fn new(deserializer: D) -> Self {
        Self {
            deserializer,
            shape: PhantomData,
        }
    }
}

impl<'de, D: Deserializer<'de>, T: Shape> Deserializer<'de> for ObjectOnly<D, T> {
    type Error = D::Error;

    // Not `deserialize_any`, which would have code for every other kind of value compiled for each
    // struct, only to refuse it.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        let visitor = ObjectVisitor::<V, T>::new(visitor, fields);
        self.deserializer
            .deserialize_struct(T::NAME, fields, visitor)
    }

    /// Structs with flattened fields ask for a map.
    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        let visitor = ObjectVisitor::<V, T>::new(visitor, &[]);
        self.deserializer.deserialize_map(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_map(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct enum identifier ignored_any
    }
}

struct ObjectVisitor<V, T> {
    visitor: V,
    fields: &'static [&'static str],
    /// Whether the object stands for an empty array.
    is_array: bool,
    shape: PhantomData<T>,
}

impl<V, T> ObjectVisitor<V, T> {
    const fn new(visitor: V, fields: &'static [&'static str]) -> Self {
        Self {
            visitor,
            fields,
            is_array: false,
            shape: PhantomData,
        }
    }
}

impl<'de, V: Visitor<'de>, T: Shape> Visitor<'de> for ObjectVisitor<V, T> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        let access = ObjectAccess::<A, T>::new(map, self.fields, self.is_array);
        self.visitor.visit_map(access)
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, seq: A) -> Result<V::Value, A::Error> {
        refuse_items(seq, &self)?;
        // The object that it stands for is read by the same code as any other: each kind of access to
        // fields would be compiled for each struct.
        self.is_array = true;
        serde_json::Deserializer::from_str("{}")
            .deserialize_struct(T::NAME, &[], self)
            .map_err(without_position)
    }
}

/// Reads an array to its end, so that an error is about the array and not about its first item.
fn refuse_items<'de, A: SeqAccess<'de>>(
    mut seq: A,
    expected: &dyn Expected,
) -> Result<(), A::Error> {
    if seq.next_element::<IgnoredAny>()?.is_none() {
        return Ok(());
    }
    while seq.next_element::<IgnoredAny>()?.is_some() {}
    Err(A::Error::invalid_type(Unexpected::Seq, expected))
}

/// The message of an error about an object that is not in the text.
fn without_position<E: Error>(error: serde_json::Error) -> E {
    let message = error.to_string();
    let message = message
        .rsplit_once(" at line ")
        .map_or(&*message, |(message, _)| message);
    E::custom(message)
}

/// A deserializer that has a map read from an object.
pub(crate) struct MapOnly<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for MapOnly<D> {
    type Error = D::Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(MapVisitor(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct MapVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for MapVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        refuse_items(seq, &self)?;
        serde_json::Deserializer::from_str("{}")
            .deserialize_map(self)
            .map_err(without_position)
    }
}

/// Reads a map from an object, for a field that may be missing.
pub(crate) fn map<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Map<T>(T);

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            T::deserialize(MapOnly(deserializer)).map(Self)
        }
    }

    Option::<Map<T>>::deserialize(deserializer).map(|map| map.map(|Map(map)| map))
}
