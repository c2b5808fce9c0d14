//! The macro that declares a newtype for each kind of id.

macro_rules! ids {
    ($( $(#[$meta:meta])* $Name:ident )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $Name(Text);

        impl $Name {
            /// Creates an id from its text. It is sent as a string.
            #[must_use]
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(Text::new(text))
            }

            /// Returns the text of the id, whether it was a string or a number.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl Ids for $Name {
            fn serialize_as<S: Serializer>(&self, form: Form, serializer: S) -> Result<S::Ok, S::Error> {
                self.0.serialize_as(form, serializer)
            }
        }

        impl PartialEq for $Name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $Name {}

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

        impl PartialEq<String> for $Name {
            fn eq(&self, other: &String) -> bool {
                self.as_str() == other
            }
        }

        impl std::hash::Hash for $Name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl PartialOrd for $Name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $Name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl fmt::Debug for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{:?}", self.as_str())
            }
        }

        impl fmt::Display for $Name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// An id hashes like its text, so a map keyed by ids can be queried with a `&str`.
        impl std::borrow::Borrow<str> for $Name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::new(text))
            }
        }

        conversions! { $Name from text: &str, String, Box<str> }
        conversions! { $Name from number: i32, u32, i64, u64, usize }

        impl From<&String> for $Name {
            fn from(text: &String) -> Self {
                Self::new(text.as_str())
            }
        }

        impl From<&String> for Patch<$Name> {
            fn from(text: &String) -> Self {
                Self::Set(text.into())
            }
        }

        impl From<&$Name> for $Name {
            fn from(id: &$Name) -> Self {
                id.clone()
            }
        }

        impl From<&$Name> for Patch<$Name> {
            fn from(id: &$Name) -> Self {
                Self::Set(id.clone())
            }
        }

        impl From<$Name> for String {
            fn from(id: $Name) -> Self {
                id.0.into_string()
            }
        }

        #[cfg(feature = "proptest")]
        impl proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy;
                super::any_text(stringify!($Name)).prop_map(Self).boxed()
            }
        }
    )*};
}

/// Everything that is accepted as an id, and as a patch of one.
macro_rules! conversions {
    ($Name:ident from text: $($Text:ty),*) => {$(
        impl From<$Text> for $Name {
            fn from(text: $Text) -> Self {
                Self(Text::new(text))
            }
        }

        impl From<$Text> for Patch<$Name> {
            fn from(text: $Text) -> Self {
                Self::Set(text.into())
            }
        }
    )*};
    ($Name:ident from number: $($Number:ty),*) => {$(
        /// Creates an id that is sent as a number.
        impl From<$Number> for $Name {
            fn from(number: $Number) -> Self {
                Self(Text::number(number))
            }
        }

        impl From<$Number> for Patch<$Name> {
            fn from(number: $Number) -> Self {
                Self::Set(number.into())
            }
        }
    )*};
}

pub(super) use {conversions, ids};
