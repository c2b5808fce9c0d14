//! Reading objects as objects.
//!
//! Serde's derived code also reads an array as a struct, field by field in order. Nothing means
//! that here: an array in place of an object would become an object of garbage, in silence. Only an
//! empty one is read as an object without fields, which is how the service writes some of them.

use std::fmt;

use serde::de::{Error, Expected, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};
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
                Self::deserialize($crate::json::object::ObjectOnly(deserializer))
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

    // Not `deserialize_any`, which would have code for every other kind of value compiled for each
    // struct, only to refuse it.
    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0
            .deserialize_struct(name, fields, ObjectVisitor(visitor))
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.deserialize_struct("", &[], visitor)
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

    fn visit_seq<A: SeqAccess<'de>>(self, seq: A) -> Result<V::Value, A::Error> {
        refuse_items(seq, &self)?;
        // The object that it stands for, read by the same code as any other: each kind of access to
        // fields would be compiled for each struct.
        serde_json::Deserializer::from_str("{}")
            .deserialize_struct("", &[], self)
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

/// What is wrong with an object that is nowhere in the text.
fn without_position<E: Error>(error: serde_json::Error) -> E {
    let message = error.to_string();
    let end = message.rfind(" at line ").unwrap_or(message.len());
    E::custom(&message[..end])
}

#[cfg(test)]
mod tests {
    use serde::{Deserialize, Serialize};

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    #[serde(remote = "Self")]
    struct Record {
        id: Option<u32>,
        #[serde(default)]
        tags: Vec<u32>,
    }

    #[derive(Debug, Serialize, Deserialize)]
    #[serde(remote = "Self")]
    struct Strict {
        id: u32,
    }

    read_objects! { Record }
    read_objects! { Strict }

    #[test]
    fn an_empty_array_is_an_object_without_fields() {
        let nothing: Record = serde_json::from_str("[ ]").unwrap();
        assert_eq!(nothing, serde_json::from_str("{}").unwrap());
        let nothing: Record = serde_json::from_value(serde_json::json!([])).unwrap();
        assert_eq!((nothing.id, nothing.tags.len()), (None, 0));
    }

    #[test]
    fn an_empty_array_in_place_of_what_has_an_identity_is_told_where_it_is() {
        let error = serde_json::from_str::<Vec<Strict>>("[\n[]]").unwrap_err();
        assert_eq!(error.to_string(), "missing field `id` at line 2 column 2");
    }

    #[test]
    fn an_array_is_not_read_as_an_object() {
        for text in ["[1]", "[1, [2]]", "[null]"] {
            let error = serde_json::from_str::<Record>(text)
                .unwrap_err()
                .to_string();
            let expected = "invalid type: sequence, expected struct Record at line 1 column ";
            assert!(error.starts_with(expected), "{error}");
        }
    }
}
