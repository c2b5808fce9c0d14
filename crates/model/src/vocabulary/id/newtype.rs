//! The macro that makes a newtype for each kind of id.

macro_rules! ids {
    ($( $(#[$meta:meta])* $Name:ident )*) => {$(
        $(#[$meta])*
        #[derive(Clone, Default, Serialize, Deserialize)]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[serde(transparent)]
        pub struct $Name(Text);

        #[cfg(feature = "proptest")]
        impl proptest::arbitrary::Arbitrary for $Name {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::strategy::Strategy;
                super::any_text().prop_map(Self).boxed()
            }
        }

        impl $Name {
            /// The id of this text, which is sent as a string.
            #[must_use]
            pub fn new(text: impl Into<Box<str>>) -> Self {
                Self(Text::new(text))
            }

            /// The text of the id, in whichever form it came.
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
                f.write_str(self.as_str())
            }
        }

        impl AsRef<str> for $Name {
            fn as_ref(&self) -> &str {
                self.as_str()
            }
        }

        /// Borrowed as its text, by which it also hashes: a map keyed by ids is asked with `&str`.
        impl std::borrow::Borrow<str> for $Name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }

        impl From<&str> for $Name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $Name {
            fn from(text: String) -> Self {
                Self::new(text)
            }
        }

        /// The id of this number, which is sent as a number.
        impl From<u64> for $Name {
            fn from(number: u64) -> Self {
                Self(Text::number(number))
            }
        }

        impl From<&$Name> for $Name {
            fn from(id: &$Name) -> Self {
                id.clone()
            }
        }

        impl From<&str> for Patch<$Name> {
            fn from(text: &str) -> Self {
                Self::Set(text.into())
            }
        }

        impl From<u64> for Patch<$Name> {
            fn from(number: u64) -> Self {
                Self::Set(number.into())
            }
        }

        impl From<&$Name> for Patch<$Name> {
            fn from(id: &$Name) -> Self {
                Self::Set(id.clone())
            }
        }

        impl std::str::FromStr for $Name {
            type Err = std::convert::Infallible;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Ok(Self::new(text))
            }
        }
    )*};
}

pub(super) use ids;
