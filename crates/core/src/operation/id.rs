//! The id that a reply promises.

use serde::Deserialize;
use serde::de::value::Error;
use serde::de::{Deserializer, Error as _, IgnoredAny, Visitor};
use serde::forward_to_deserialize_any;

/// The name of the field.
pub(super) const NAME: &str = "id";

/// Whether a type is read from objects that have an id.
pub(super) fn is_field_of<T: serde::de::DeserializeOwned>() -> bool {
    let mut fields: &[&str] = &[];
    // It fails, as there is nothing to read.
    let _ = T::deserialize(Fields(&mut fields));
    fields.contains(&NAME)
}

/// Whether a reply has no id. Of a reply that is not quite JSON it is not known, so that has one.
pub(super) fn is_missing(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Object {
        id: Option<IgnoredAny>,
    }
    match serde_json::from_slice(body) {
        Ok(Object { id }) => id.is_none(),
        // An empty array, in place of an empty object.
        Err(_) => body.trim_ascii_start().starts_with(b"["),
    }
}

/// Has nothing to read, and keeps the fields that a struct asks for.
struct Fields<'a>(&'a mut &'static [&'static str]);

impl<'de> Deserializer<'de> for Fields<'_> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Error> {
        Err(Error::custom("there is nothing to read"))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        *self.0 = fields;
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::{is_field_of, is_missing};
    use intercom_model::List;
    use intercom_model::contacts::{Contact, ContactArchived};

    #[test]
    fn only_an_object_with_an_id_promises_one() {
        assert!(is_field_of::<Contact>());
        assert!(is_field_of::<ContactArchived>());
        assert!(!is_field_of::<List<Contact>>());
        assert!(!is_field_of::<Vec<Contact>>());
    }

    #[test]
    fn an_id_that_is_null_is_missing() {
        for body in [r#"{"id":null}"#, r#"{"ok":true}"#, "{}", "[]", " []"] {
            assert!(is_missing(body.as_bytes()), "{body}");
        }
        for body in [
            r#"{"name":"x","id":"7"}"#,
            r#"{"id":7}"#,
            r#"{"id":7,"x":NaN}"#,
        ] {
            assert!(!is_missing(body.as_bytes()), "{body}");
        }
    }
}
