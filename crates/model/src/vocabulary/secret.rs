//! Strings that no log may show.

use std::fmt;

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

/// A string that is secret, or may be: `{:?}` does not show it.
///
/// ```
/// let secret = intercom_model::Secret::from("s3cr3t");
/// assert_eq!(format!("{secret:?}"), "****");
/// assert_eq!(secret.as_str(), "s3cr3t");
/// ```
#[derive(Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(transparent)]
pub struct Secret(String);

impl Secret {
    /// Returns the string itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("****")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&String> for Secret {
    fn from(text: &String) -> Self {
        Self(text.clone())
    }
}

/// A value of the wrong kind is not shown in the error: it may be the secret in another form.
impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SecretVisitor;

        impl SecretVisitor {
            fn refuse<T, E: Error>() -> Result<T, E> {
                Err(E::custom("invalid type: not a string, expected a secret"))
            }
        }

        impl Visitor<'_> for SecretVisitor {
            type Value = Secret;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a secret")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Secret, E> {
                Ok(Secret(text.to_owned()))
            }

            fn visit_string<E: Error>(self, text: String) -> Result<Secret, E> {
                Ok(Secret(text))
            }

            fn visit_bool<E: Error>(self, _: bool) -> Result<Secret, E> {
                Self::refuse()
            }

            fn visit_i64<E: Error>(self, _: i64) -> Result<Secret, E> {
                Self::refuse()
            }

            fn visit_u64<E: Error>(self, _: u64) -> Result<Secret, E> {
                Self::refuse()
            }

            fn visit_f64<E: Error>(self, _: f64) -> Result<Secret, E> {
                Self::refuse()
            }
        }

        // Any other way to ask for a string has the deserializer itself show what it found.
        crate::json::scalar::scalar(deserializer, SecretVisitor)
    }
}
