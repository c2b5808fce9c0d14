//! Reading values that may be of several kinds.
//!
//! With the deserializer asked for any value, serde notices an array or object that is not expected
//! after its bracket was read, and the error would be about what is inside. These functions read it to
//! its end, so that the error is about the array or object.

use std::fmt;

use serde::Deserializer;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor};

/// Reads a string, number or boolean, or nothing.
pub(crate) fn scalar<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_any(Scalar::<V, false>(visitor))
}

/// Reads a string, number, boolean or object, or nothing.
pub(crate) fn scalar_or_object<'de, D: Deserializer<'de>, V: Visitor<'de>>(
    deserializer: D,
    visitor: V,
) -> Result<V::Value, D::Error> {
    deserializer.deserialize_any(Scalar::<V, true>(visitor))
}

struct Scalar<V, const OBJECT: bool>(V);

macro_rules! forward {
    ($($method:ident: $Type:ty),*) => {$(
        fn $method<E: Error>(self, value: $Type) -> Result<V::Value, E> {
            self.0.$method(value)
        }
    )*};
}

impl<'de, V: Visitor<'de>, const OBJECT: bool> Visitor<'de> for Scalar<V, OBJECT> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    forward! {
        visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64,
        visit_str: &str, visit_borrowed_str: &'de str, visit_string: String
    }

    fn visit_unit<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_none<E: Error>(self) -> Result<V::Value, E> {
        self.0.visit_unit()
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<V::Value, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<V::Value, A::Error> {
        if OBJECT {
            return self.0.visit_map(map);
        }
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Map, &self))
    }
}
