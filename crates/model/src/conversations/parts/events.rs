//! The events among the parts of a conversation.
//!
//! The type of the part, a field next to the details, determines the kind of event. If it comes first, as
//! the service sends it, the details are decoded as that kind, and a deviation loses only one value. If it
//! comes later, the details are kept until the type is known, and remain JSON if they do not fit it.

use std::collections::BTreeMap;
use std::fmt;

use macro_rules_attribute::apply;
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, forward_to_deserialize_any};
use serde_json::Value;

use super::{ConversationPart, PartType};
use crate::conversations::{Priority, SlaStatus};
use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{CallId, Timestamp};

/// The type of a part, and the details that go with it.
#[derive(Debug, Default)]
pub(super) struct Event(pub(super) Option<PartType>, pub(super) Option<EventDetails>);

impl Event {
    /// Reads the details by the type of the part, if they came before it.
    fn resolved(mut self) -> Self {
        if let Self(Some(part_type), Some(EventDetails::Other(details))) = &self
            && let Some(details) = EventDetails::of(part_type, details)
        {
            self.1 = Some(details);
        }
        self
    }
}

#[cfg(feature = "proptest")]
impl proptest::arbitrary::Arbitrary for Event {
    type Parameters = ();
    type Strategy = proptest::strategy::BoxedStrategy<Self>;

    fn arbitrary_with((): ()) -> Self::Strategy {
        use proptest::prelude::*;
        prop_oneof![
            any::<Option<PartType>>().prop_map(|part_type| Self(part_type, None)),
            any::<EventDetails>().prop_map(|details| Self(details.part_type(), Some(details))),
        ]
        .boxed()
    }
}

/// Reads a part, and what happened by the type of the part.
pub(super) fn read<'de, D: Deserializer<'de>>(
    deserializer: D,
    fields: impl FnOnce(PartReader<'_, D>) -> Result<ConversationPart, D::Error>,
) -> Result<ConversationPart, D::Error> {
    let mut event = Event::default();
    let mut part = fields(PartReader(deserializer, &mut event))?;
    Event(part.part_type, part.event_details) = event.resolved();
    Ok(part)
}

/// Reads a part but for its event, which it puts aside.
pub(super) struct PartReader<'e, D>(D, &'e mut Event);

impl<'de, D: Deserializer<'de>> Deserializer<'de> for PartReader<'_, D> {
    type Error = D::Error;

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, D::Error> {
        self.0
            .deserialize_struct(name, fields, PartVisitor(visitor, self.1))
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, D::Error> {
        self.0.deserialize_any(PartVisitor(visitor, self.1))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct PartVisitor<'e, V>(V, &'e mut Event);

impl<'de, V: Visitor<'de>> Visitor<'de> for PartVisitor<'_, V> {
    type Value = V::Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.expecting(f)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<V::Value, A::Error> {
        self.0.visit_map(PartAccess(map, self.1))
    }
}

/// The fields of a part but for those of its event.
struct PartAccess<'e, A>(A, &'e mut Event);

impl<'de, A: MapAccess<'de>> MapAccess<'de> for PartAccess<'_, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        mut seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        let Self(map, event) = self;
        loop {
            seed = match map.next_key_seed(KeySeed(seed))? {
                None => return Ok(None),
                Some(Key::Other(key)) => return Ok(Some(key)),
                Some(Key::PartType(_)) if event.0.is_some() => {
                    return Err(A::Error::duplicate_field("part_type"));
                }
                Some(Key::PartType(seed)) => {
                    event.0 = map.next_value()?;
                    seed
                }
                Some(Key::EventDetails(_)) if event.1.is_some() => {
                    return Err(A::Error::duplicate_field("event_details"));
                }
                Some(Key::EventDetails(seed)) => {
                    event.1 = EventDetails::read(event.0.as_ref(), map)?;
                    seed
                }
            };
        }
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        self.0.next_value_seed(seed)
    }
}

/// The key of a field; those of an event give the seed back, for the next one.
enum Key<K, T> {
    PartType(K),
    EventDetails(K),
    Other(T),
}

struct KeySeed<K>(K);

impl<'de, K: DeserializeSeed<'de>> DeserializeSeed<'de> for KeySeed<K> {
    type Value = Key<K, K::Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de, K: DeserializeSeed<'de>> Visitor<'de> for KeySeed<K> {
    type Value = Key<K, K::Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        match name {
            "part_type" => Ok(Key::PartType(self.0)),
            "event_details" => Ok(Key::EventDetails(self.0)),
            _ => self.0.deserialize(name.into_deserializer()).map(Key::Other),
        }
    }
}

/// Declares the kinds of events once: the variant, the part type of its name, and its details.
macro_rules! events {
    ($( $(#[$meta:meta])* $Variant:ident($Details:ty) ),* $(,)?) => {
        /// What happened, by the type of the part. From 2.13.
        ///
        /// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/event_details)
        #[derive(Debug, Clone, PartialEq, Serialize)]
        #[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
        #[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
        #[serde(untagged)]
        #[non_exhaustive]
        #[allow(missing_docs, reason = "a variant whose name says it all needs no comment")]
        pub enum EventDetails {
            $( $(#[$meta])* $Variant($Details), )*
            /// Details of a kind that this version of the crate does not know, or not in this form.
            #[cfg_attr(feature = "proptest", proptest(skip))]
            Other(Value),
        }

        impl EventDetails {
            /// Reads the details of this type of part; deviations are reported with their paths.
            fn read<'de, A: MapAccess<'de>>(
                part_type: Option<&PartType>,
                map: &mut A,
            ) -> Result<Option<Self>, A::Error> {
                match part_type {
                    $( Some(PartType::$Variant) => {
                        Ok(map.next_value::<Option<$Details>>()?.map(Self::$Variant))
                    } )*
                    _ => map.next_value(),
                }
            }

            /// The details of this type of part; `None` if there are none, or if they have another form.
            fn of(part_type: &PartType, details: &Value) -> Option<Self> {
                match part_type {
                    $( PartType::$Variant => <$Details>::deserialize(details).ok().map(Self::$Variant), )*
                    _ => None,
                }
            }

            /// The type of the part that has such details; `None` if their kind is unknown.
            #[must_use]
            pub const fn part_type(&self) -> Option<PartType> {
                match self {
                    $( Self::$Variant(_) => Some(PartType::$Variant), )*
                    Self::Other(_) => None,
                }
            }
        }
    };
}

events! {
    CallSummary(CallSummary),
    ConversationAttributeUpdatedByAdmin(AttributeUpdated),
    /// From 2.15.
    ConversationAttributeUpdatedByUser(AttributeUpdated),
    ConversationAttributeUpdatedByWorkflow(AttributeUpdated),
    ConversationSlaAppliedByRule(ConversationSlaApplied),
    ConversationSlaAppliedByWorkflow(ConversationSlaApplied),
    ConversationSlaPaused(ConversationSlaChanged),
    ConversationSlaRemoved(ConversationSlaChanged),
    ConversationSlaTargetMissed(ConversationSlaChanged),
    ConversationSlaUnpaused(ConversationSlaChanged),
    ConversationTagsUpdated(ConversationTagsUpdated),
    CustomActionFinished(CustomActionEvent),
    CustomActionStarted(CustomActionEvent),
    OperatorWorkflowEvent(OperatorWorkflowEvent),
    PriorityChanged(PriorityChanged),
    Snoozed(ConversationSnoozed),
}

/// Which it is only the part can tell: alone, it stays JSON.
impl<'de> Deserialize<'de> for EventDetails {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::Other)
    }
}

/// The name of an attribute that was changed.
#[apply(response)]
pub struct AttributeName {
    pub name: Option<String>,
}

/// The name of a workflow that did something.
#[apply(response)]
pub struct WorkflowName {
    pub name: Option<String>,
}

/// An attribute of the conversation was changed: by a workflow, by an admin, or by a contact.
#[apply(response)]
pub struct AttributeUpdated {
    pub attribute: Option<AttributeName>,
    pub value: Option<AttributeChange>,
    /// The workflow that changed it, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<WorkflowName>,
}

/// The value that an attribute got.
#[apply(response)]
pub struct AttributeChange {
    /// The value itself, as text.
    pub name: Option<String>,
    /// The value before. From 2.15.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<String>,
}

open_enum! {
    /// How a custom action ended.
    pub enum ActionResult {
        Failed = "failed",
        Success = "success",
    }
}

/// A custom action was started, or it ended.
#[apply(response)]
pub struct CustomActionEvent {
    pub action: Option<CustomAction>,
}

/// A custom action.
#[apply(response)]
pub struct CustomAction {
    pub name: Option<String>,
    /// Once it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub result: Option<ActionResult>,
}

/// A workflow did something.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/operator_workflow_event)
#[apply(response)]
pub struct OperatorWorkflowEvent {
    pub workflow: Option<WorkflowName>,
    pub event: Option<WorkflowEvent>,
}

/// What a workflow did.
#[apply(response)]
pub struct WorkflowEvent {
    pub r#type: Option<String>,
    pub result: Option<String>,
}

/// Tags were put on the conversation, or taken off. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/conversation_tags_updated)
#[apply(response)]
pub struct ConversationTagsUpdated {
    /// By their names.
    #[serde(deserialize_with = "null::as_default")]
    pub tags_added: Vec<String>,
    /// By their names.
    #[serde(deserialize_with = "null::as_default")]
    pub tags_removed: Vec<String>,
}

/// The conversation was snoozed. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/snoozed)
#[apply(response)]
pub struct ConversationSnoozed {
    /// Until when, in words.
    pub until: Option<String>,
    /// `None` if one of the usual times was chosen.
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub custom_until_time: Option<Timestamp>,
}

/// The priority of the conversation was changed. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/priority_changed)
#[apply(response)]
pub struct PriorityChanged {
    pub current_priority: Option<Priority>,
    pub previous_priority: Option<Priority>,
}

/// An SLA was applied to the conversation. In Preview.
#[apply(response)]
pub struct ConversationSlaApplied {
    pub sla_name: Option<String>,
    pub sla_definition: Option<SlaDefinition>,
}

/// The targets of an SLA, in seconds; `None` if it has no such target. In Preview.
#[apply(response)]
pub struct SlaDefinition {
    #[serde(deserialize_with = "number::any_form")]
    pub first_reply_time: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub next_reply_time: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub resolution_time: Option<u64>,
    #[serde(deserialize_with = "number::any_form")]
    pub time_to_close: Option<u64>,
}

open_enum! {
    /// A target of an SLA.
    pub enum SlaTarget {
        FirstReplyTime = "first_reply_time",
        NextReplyTime = "next_reply_time",
        ResolutionTime = "resolution_time",
        TimeToClose = "time_to_close",
    }
}

/// The SLA of the conversation missed a target, was paused, went on, or was removed. In Preview.
#[apply(response)]
pub struct ConversationSlaChanged {
    pub sla_name: Option<String>,
    /// The target that was missed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sla_target_type: Option<SlaTarget>,
    /// Of an SLA that missed a target or was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub current_sla_status: Option<SlaStatus>,
    /// The state of each target, by its name, if a target was missed or the SLA was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sla_states: Option<BTreeMap<String, SlaTargetState>>,
}

/// How it stands with a target of an SLA. In Preview.
#[apply(response)]
pub struct SlaTargetState {
    pub status: Option<SlaStatus>,
    /// `None` once the target was hit or missed.
    #[serde(deserialize_with = "number::any_form")]
    pub seconds_remaining: Option<i64>,
}

/// The AI summed up a phone call; the body has the summary. In Preview.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/models/call_summary)
#[apply(response)]
pub struct CallSummary {
    pub call_id: Option<CallId>,
}
