//! Pictures of people.

use std::fmt;

use macro_rules_attribute::apply;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::declare::response;
use crate::ObjectType;
use crate::json::scalar::scalar_or_object;

/// The picture of a contact, a visitor or an admin: an object in most places, its address in others.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Avatar {
    /// The URL of the picture.
    Url(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"url\")")
        )]
        String,
    ),
    /// An object with the address.
    Image(AvatarImage),
}

impl Avatar {
    /// Returns the address of the picture.
    #[must_use]
    pub fn url(&self) -> Option<&str> {
        match self {
            Self::Url(url) => Some(url),
            Self::Image(image) => image.image_url.as_deref(),
        }
    }
}

/// The picture of somebody, as an object.
#[apply(response)]
pub struct AvatarImage {
    pub r#type: Option<ObjectType>,
    pub image_url: Option<String>,
}

impl<'de> Deserialize<'de> for Avatar {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AvatarVisitor;

        impl<'de> Visitor<'de> for AvatarVisitor {
            type Value = Avatar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an avatar (an address, or an object with `image_url`)")
            }

            fn visit_str<E: Error>(self, url: &str) -> Result<Avatar, E> {
                Ok(Avatar::Url(url.to_owned()))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Avatar, A::Error> {
                AvatarImage::deserialize(MapAccessDeserializer::new(map)).map(Avatar::Image)
            }
        }

        scalar_or_object(deserializer, AvatarVisitor)
    }
}
