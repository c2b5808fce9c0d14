//! Enums that are distinguished by a tag.

/// Gives an enum of requests, which is written with a tag, its `Deserialize`.
///
/// A body with an unknown tag is read as `Other`; one with a known tag must be valid for that tag.
/// `else` names the tag of a body that has none.
macro_rules! read_tagged {
    ($Name:ident by $tag:literal $(else $default:literal)? {
        $( $($text:literal)|+ => $Variant:ident $(by $read:path)? ),* $(,)?
    }) => {
        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                use ::serde::de::Error;
                use ::serde_json::{Map, Value};

                let mut fields = Map::deserialize(deserializer)?;
                let tag = match fields.remove($tag) {
                    Some(Value::String(tag)) => tag,
                    $( None => $default.to_owned(), )?
                    #[allow(unreachable_patterns, reason = "only some have a default")]
                    None => return Err(D::Error::missing_field($tag)),
                    Some(_) => return Err(D::Error::custom(concat!("`", $tag, "` must be a string"))),
                };
                match tag.as_str() {
                    $( $($text)|+ => {
                        $crate::vocabulary::declare::read_tagged!(@read $($read)?)(Value::Object(fields)).map(Self::$Variant)
                    } )*
                    _ => {
                        fields.insert($tag.to_owned(), Value::String(tag));
                        ::serde_json::from_value(Value::Object(fields)).map(Self::Other)
                    }
                }
                .map_err(D::Error::custom)
            }
        }
    };

    (@read) => { ::serde_json::from_value };
    (@read $read:path) => { $read };
}

pub(crate) use read_tagged;
