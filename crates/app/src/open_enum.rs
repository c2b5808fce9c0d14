//! Open enumerations: known values are variants, and any other value is kept as text.

/// A value that this version of the crate does not know.
///
/// It cannot be constructed directly, so a known value is never hidden in one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(pub(crate) Box<str>);

impl UnknownValue {
    /// Returns the value as it was read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Declares an open enumeration, as the one of `intercom-model` does for its own types.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident {
            $( $(#[$variant_meta:meta])* $Variant:ident = $text:literal ),* $(,)?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a variant whose name says it all needs no comment")]
        pub enum $Name {
            $( $(#[$variant_meta])* $Variant, )*
            /// A value that this version of the crate does not know.
            Unknown($crate::UnknownValue),
        }

        impl $Name {
            /// All values that this version of the crate knows.
            pub const KNOWN: &[Self] = &[$(Self::$Variant),*];

            /// Returns the value as it is sent.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self {
                    $( Self::$Variant => $text, )*
                    Self::Unknown(value) => value.as_str(),
                }
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                match text {
                    $( $text => Self::$Variant, )*
                    _ => Self::Unknown($crate::UnknownValue(text.into())),
                }
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
            }
        }

        impl PartialEq<str> for $Name {
            fn eq(&self, other: &str) -> bool {
                self.as_str() == other
            }
        }

        impl PartialEq<&str> for $Name {
            fn eq(&self, other: &&str) -> bool {
                self.as_str() == *other
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        impl std::fmt::Display for $Name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $Name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $Name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text: std::borrow::Cow<'de, str> = ::serde::Deserialize::deserialize(deserializer)?;
                Ok(Self::from(&*text))
            }
        }

        #[cfg(feature = "proptest")]
        impl ::proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = ::proptest::sample::Select<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                ::proptest::sample::select(Self::KNOWN)
            }
        }
    };
}

pub(crate) use open_enum;
