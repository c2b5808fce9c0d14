//! The macro that declares all topics and events in one table.

/// Declares [`Topic`](super::Topic) and [`Event`](super::Event) from rows of a topic, the name of both
/// variants, and the type of the item.
macro_rules! events {
    ($( $text:literal => $Variant:ident($Type:ty), )*) => {
        ::intercom_model::__open_enum! {
            /// What a notification is about.
            ///
            /// A topic that this version of the crate does not know keeps its text.
            pub enum Topic {
                $( #[doc = concat!("`", $text, "`")] $Variant = $text, )*
            }
        }

        /// What happened, with the object that it happened to: a variant for each [`Topic`].
        ///
        /// Objects are boxed, and matched as if they were not.
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub enum Event {
            $( #[doc = concat!("`", $text, "`")] $Variant(Box<$Type>), )*
            /// An event whose topic this version of the crate does not know, or whose item is not of
            /// the type that its topic has: see [`Notification::problem`](super::Notification::problem).
            Other {
                /// The topic.
                topic: Topic,
                /// The item as it came.
                item: Value,
            },
        }

        impl Event {
            /// Returns the topic.
            #[must_use]
            pub fn topic(&self) -> Topic {
                match self {
                    $( Self::$Variant(_) => Topic::$Variant, )*
                    Self::Other { topic, .. } => topic.clone(),
                }
            }

            /// Reads the item of a topic. Fails if the type of the topic does not read it at all.
            fn read_known(topic: &Topic, json: &[u8]) -> Result<Option<(Self, Vec<Deviation>)>, serde_json::Error> {
                match topic {
                    $( Topic::$Variant => {
                        let (item, deviations) = <$Type as Item>::read(json)?;
                        Ok(Some((Self::$Variant(Box::new(item)), deviations)))
                    } )*
                    Topic::Unknown(_) => Ok(None),
                }
            }

            #[cfg(feature = "unread")]
            pub(super) fn unread(topic: &Topic, json: &[u8]) -> Result<Vec<String>, serde_json::Error> {
                match topic {
                    $( Topic::$Variant => <$Type as Item>::unread(json), )*
                    Topic::Unknown(_) => Ok(Vec::new()),
                }
            }

            pub(super) fn to_wire(&self) -> Result<Value, serde_json::Error> {
                match self {
                    $( Self::$Variant(item) => item.to_wire(), )*
                    Self::Other { item, .. } => Ok(item.clone()),
                }
            }

            fn version(&self) -> (Option<&str>, Option<Timestamp>) {
                match self {
                    $( Self::$Variant(item) => item.version(), )*
                    Self::Other { .. } => (None, None),
                }
            }
        }

        #[cfg(feature = "proptest")]
        impl proptest::arbitrary::Arbitrary for Event {
            type Parameters = ();
            type Strategy = proptest::strategy::BoxedStrategy<Self>;

            fn arbitrary_with((): ()) -> Self::Strategy {
                use proptest::prelude::*;

                any::<Topic>().prop_flat_map(|topic| Self::of(&topic)).boxed()
            }
        }

        #[cfg(feature = "proptest")]
        impl Event {
            /// Returns a strategy for the events of one topic.
            pub fn of(topic: &Topic) -> proptest::strategy::BoxedStrategy<Self> {
                use proptest::prelude::*;

                match topic {
                    $( Topic::$Variant => any::<$Type>().prop_map(|item| Self::$Variant(Box::new(item))).boxed(), )*
                    Topic::Unknown(_) => Just(Self::Other { topic: topic.clone(), item: Value::Null }).boxed(),
                }
            }
        }
    };
}

pub(super) use events;
