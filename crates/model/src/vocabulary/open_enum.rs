//! Open enumerations: known values are variants, and any other value is kept as text.

/// A value that this version of the crate does not know.
///
/// It cannot be constructed directly, so a known value is never hidden in one.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// Returns the value as it was read.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Declares an open enumeration. `intercom-app` uses it too; it is not part of the public API.
#[doc(hidden)]
#[macro_export]
macro_rules! __open_enum {
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
                    _ => Self::Unknown($crate::__private::unknown(text)),
                }
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self::from(text.as_str())
            }
        }

        impl From<&String> for $Name {
            fn from(text: &String) -> Self {
                Self::from(text.as_str())
            }
        }

        $crate::__open_enum! { @compare $Name with str, &str, String }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::from(text))
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
                deserializer.deserialize_str($crate::__private::TextVisitor(|text: &str| Self::from(text)))
            }
        }

        #[cfg(feature = "proptest")]
        impl ::proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = ::proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use ::proptest::prelude::*;
                let known = ::proptest::sample::select(Self::KNOWN);
                if !$crate::__private::is_any() {
                    return known.boxed();
                }
                prop_oneof![
                    9 => known,
                    1 => "[a-z_]{1,12}".prop_map(|text| Self::from(text.as_str())),
                ]
                .boxed()
            }
        }
    };

    // Compares the text of a value, in both directions.
    (@compare $Name:ident with $($Text:ty),*) => {$(
        impl PartialEq<$Text> for $Name {
            fn eq(&self, other: &$Text) -> bool {
                let text: &str = other.as_ref();
                self.as_str() == text
            }
        }

        impl PartialEq<$Name> for $Text {
            fn eq(&self, other: &$Name) -> bool {
                other == self
            }
        }
    )*};
}

/// Declares an open enumeration of this crate, which a patch can be made from by its text.
macro_rules! open_enum {
    (
        $(#[$meta:meta])*
        pub enum $Name:ident {
            $( $(#[$variant_meta:meta])* $Variant:ident = $text:literal ),* $(,)?
        }
    ) => {
        $crate::__open_enum! {
            $(#[$meta])*
            pub enum $Name {
                $( $(#[$variant_meta])* $Variant = $text, )*
            }
        }

        impl From<&str> for $crate::Patch<$Name> {
            fn from(text: &str) -> Self {
                Self::Set(text.into())
            }
        }

        #[cfg(feature = "schemars")]
        impl ::schemars::JsonSchema for $Name {
            fn schema_name() -> ::std::borrow::Cow<'static, str> {
                stringify!($Name).into()
            }

            fn json_schema(_: &mut ::schemars::SchemaGenerator) -> ::schemars::Schema {
                let known: &[&str] = &[$($text),*];
                ::schemars::json_schema!({ "type": "string", "examples": known })
            }
        }
    };
}

pub(crate) use open_enum;

/// Returns a value that is not known.
#[doc(hidden)]
#[must_use]
pub fn unknown(text: &str) -> UnknownValue {
    UnknownValue(text.into())
}

/// Reads a string and converts it with the function.
#[doc(hidden)]
#[derive(Debug)]
pub struct TextVisitor<F>(pub F);

impl<T, F: FnOnce(&str) -> T> serde::de::Visitor<'_> for TextVisitor<F> {
    type Value = T;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<T, E> {
        Ok((self.0)(text))
    }
}
