//! The id that a reply promises.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::de::value::Error;
use serde::de::{DeserializeOwned, Deserializer, Error as _, IgnoredAny, Visitor};
use serde::forward_to_deserialize_any;

/// The name of the field.
pub(super) const NAME: &str = "id";

/// Whether an object with an id is expected, but a reply has neither an id nor any other field of that type.
/// Some writes reply with a part of the object, without its id.
pub(super) fn is_missing<T: DeserializeOwned>(body: &[u8]) -> bool {
    let fields = fields_of::<T>();
    if !fields.contains(&NAME) {
        return false;
    }
    match serde_json::from_slice::<BTreeMap<Cow<'_, str>, Option<IgnoredAny>>>(body) {
        Ok(object) => !object.iter().any(|(name, value)| {
            value.is_some() && name != "type" && fields.contains(&name.as_ref())
        }),
        // An empty array, in place of an empty object. Nothing is known of a reply that is not quite JSON.
        Err(_) => body.trim_ascii_start().starts_with(b"["),
    }
}

/// Returns the fields of a type that is read from objects.
fn fields_of<T: DeserializeOwned>() -> &'static [&'static str] {
    let mut fields: &'static [&'static str] = &[];
    // It fails, as there is nothing to read.
    let _ = T::deserialize(Fields(&mut fields));
    fields
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
    use intercom_model::List;
    use intercom_model::contacts::Contact;

    use super::is_missing;

    #[test]
    fn an_object_without_any_of_its_fields_has_no_id() {
        for body in [
            r#"{"id":null}"#,
            r#"{"type":"contact"}"#,
            r#"{"ok":true}"#,
            "{}",
            " []",
        ] {
            assert!(is_missing::<Contact>(body.as_bytes()), "{body}");
        }
        for body in [r#"{"id":7}"#, r#"{"name":"Ada"}"#, r#"{"id":7,"x":NaN}"#] {
            assert!(!is_missing::<Contact>(body.as_bytes()), "{body}");
        }
    }

    #[test]
    fn a_list_has_no_id() {
        assert!(!is_missing::<List<Contact>>(b"{}"));
        assert!(!is_missing::<Vec<Contact>>(b"[]"));
    }
}
