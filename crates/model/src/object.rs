//! Reading objects as objects.
//!
//! Serde's derived code also reads an array as a struct, field by field in order. Nothing means
//! that here: an array in place of an object would become an object of garbage, in silence. Only an
//! empty one is read as an object without fields, which is how the service writes some of them.

use std::fmt;

use serde::de::value::MapDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, forward_to_deserialize_any};

/// Gives a struct with the attribute `#[serde(remote = "Self")]` its `Serialize`, and a
/// `Deserialize` that reads objects only.
macro_rules! read_objects {
    ($Name:ident $(<$T:ident>)?) => {
        impl $(<$T: ::serde::Serialize>)? ::serde::Serialize for $Name $(<$T>)? {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                Self::serialize(self, serializer)
            }
        }

        impl<'de $(, $T: ::serde::Deserialize<'de>)?> ::serde::Deserialize<'de> for $Name $(<$T>)? {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                Self::deserialize($crate::object::ObjectOnly(deserializer))
            }
        }
    };
}

pub(crate) use read_objects;

/// Reads a map from an object, for a field that may be left out.
pub(crate) fn map<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    struct Map<T>(T);

    impl<'de, T: Deserialize<'de>> Deserialize<'de> for Map<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            T::deserialize(ObjectOnly(deserializer)).map(Self)
        }
    }

    Option::<Map<T>>::deserialize(deserializer).map(|map| map.map(|Map(map)| map))
}

/// A deserializer that has a struct or a map read from an object.
pub(crate) struct ObjectOnly<D>(pub(crate) D);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for ObjectOnly<D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _name: &'static str,
        _fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.deserialize_any(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(ObjectVisitor(visitor))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct ObjectVisitor<V>(V);

impl<'de, V: Visitor<'de>> Visitor<'de> for ObjectVisitor<V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(map)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<V::Value, A::Error> {
        if seq.next_element::<IgnoredAny>()?.is_some() {
            // Read to its end, so that the error is about the array and not about its first item.
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            return Err(A::Error::invalid_type(Unexpected::Seq, &self));
        }
        let nothing: [(&str, &str); 0] = [];
        self.0.visit_map(MapDeserializer::new(nothing.into_iter()))
    }
}
