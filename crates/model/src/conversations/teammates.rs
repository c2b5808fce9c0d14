//! The admins who took part in a conversation.

use macro_rules_attribute::apply;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::json::null;
use crate::vocabulary::declare::response;
use crate::{ObjectType, Reference};

/// The admins who took part in a conversation.
///
/// The service sends them as `admins`, and documents them as `teammates`. Both are read, and written back
/// under the name that they came with.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_teammates)
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct ConversationTeammates {
    /// [`ObjectType::AdminList`], as a rule.
    pub r#type: Option<ObjectType>,
    /// The admins.
    pub teammates: Vec<Reference>,
    #[cfg_attr(feature = "schemars", schemars(skip))]
    as_admins: bool,
}

/// The fields as they are sent.
#[allow(unreachable_pub, reason = "the macro makes types public")]
mod wire {
    use super::{ObjectType, Reference, apply, null, response};

    #[apply(response)]
    #[items(teammates)]
    pub struct ConversationTeammates {
        pub r#type: Option<ObjectType>,
        #[serde(deserialize_with = "null::as_default")]
        pub teammates: Vec<Reference>,
        pub admins: Option<Vec<Reference>>,
    }
}

impl Serialize for ConversationTeammates {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;

        let name = if self.as_admins {
            "admins"
        } else {
            "teammates"
        };
        let mut object = serializer.serialize_struct("ConversationTeammates", 2)?;
        object.serialize_field("type", &self.r#type)?;
        object.serialize_field(name, &self.teammates)?;
        object.end()
    }
}

impl<'de> Deserialize<'de> for ConversationTeammates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = wire::ConversationTeammates::deserialize(deserializer)?;
        Ok(Self {
            r#type: wire.r#type,
            as_admins: wire.admins.is_some(),
            teammates: wire.admins.unwrap_or(wire.teammates),
        })
    }
}

#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for ConversationTeammates {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        (any::<wire::ConversationTeammates>(), any::<bool>())
            .prop_map(|(wire, as_admins)| Self {
                r#type: wire.r#type,
                teammates: wire.teammates,
                as_admins,
            })
            .boxed()
    }
}
