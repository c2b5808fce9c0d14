//! The parts of a conversation: replies, notes and events.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Attachment, Author, ConversationState, EmailMetadata, Priority, SlaStatus};
use crate::declare::response;
use crate::object::ObjectOnly;
use crate::open_enum::open_enum;
use crate::tags::Tag;
use crate::{CallId, ConversationPartId, ObjectType, QuickReplyId, Reference, Timestamp, null};

/// The parts of a conversation.
#[apply(response)]
pub struct ConversationParts {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub conversation_parts: Vec<ConversationPart>,
    /// How many parts the conversation has, which may be more than come with it.
    pub total_count: Option<u64>,
}

open_enum! {
    /// What a part of a conversation is.
    pub enum PartType {
        AssignAndReopen = "assign_and_reopen",
        Assignment = "assignment",
        CallSummary = "call_summary",
        Close = "close",
        Comment = "comment",
        ConversationAttributeUpdatedByAdmin = "conversation_attribute_updated_by_admin",
        ConversationAttributeUpdatedByUser = "conversation_attribute_updated_by_user",
        ConversationAttributeUpdatedByWorkflow = "conversation_attribute_updated_by_workflow",
        ConversationSlaAppliedByRule = "conversation_sla_applied_by_rule",
        ConversationSlaAppliedByWorkflow = "conversation_sla_applied_by_workflow",
        ConversationSlaPaused = "conversation_sla_paused",
        ConversationSlaRemoved = "conversation_sla_removed",
        ConversationSlaTargetMissed = "conversation_sla_target_missed",
        ConversationSlaUnpaused = "conversation_sla_unpaused",
        ConversationTagsUpdated = "conversation_tags_updated",
        CustomActionFinished = "custom_action_finished",
        CustomActionStarted = "custom_action_started",
        LanguageDetectionDetails = "language_detection_details",
        MergedPrimaryConversation = "merged_primary_conversation",
        /// Seen by teammates only.
        Note = "note",
        Open = "open",
        OperatorWorkflowEvent = "operator_workflow_event",
        PriorityChanged = "priority_changed",
        QuickReply = "quick_reply",
        Snoozed = "snoozed",
    }
}

/// A reply, a note, or something that happened to a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/conversation_part)
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(default, remote = "Self")]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "a field whose name says it all needs no comment"
)]
pub struct ConversationPart {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ConversationPartId,
    pub part_type: Option<PartType>,
    /// It may contain HTML.
    pub body: Option<String>,
    pub created_at: Option<Timestamp>,
    pub updated_at: Option<Timestamp>,
    /// When the contact was told of it.
    pub notified_at: Option<Timestamp>,
    /// To whom the part assigned the conversation, where it did.
    pub assigned_to: Option<Reference>,
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    pub attachments: Vec<Attachment>,
    /// The id that the part has in another system.
    pub external_id: Option<String>,
    pub redacted: Option<bool>,
    /// Of an email. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email_message_metadata: Option<EmailMetadata>,
    /// The state of the conversation at the time. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub state: Option<ConversationState>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tags: Option<Vec<Tag>>,
    /// What happened, where the part is an event; which it is tells `part_type`. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub event_details: Option<EventDetails>,
    /// The app that made the part. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub app_package_code: Option<String>,
    /// Quick replies, offered or chosen. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metadata: Option<PartMetadata>,
    /// The body by language; under `original` is the language of the body itself. In Preview, and
    /// where `include_translations` asked for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translations: Option<BTreeMap<String, String>>,
    /// How far a reply got on its way into another system. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_reply_send_state: Option<String>,
    /// In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seen_state: Option<SeenState>,
}

impl Serialize for ConversationPart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Self::serialize(self, serializer)
    }
}

impl<'de> Deserialize<'de> for ConversationPart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut part = Self::deserialize(ObjectOnly(deserializer))?;
        if let (Some(part_type), Some(EventDetails::Other(details))) =
            (&part.part_type, &part.event_details)
            && let Some(details) = EventDetails::of(part_type, details)
        {
            part.event_details = Some(details);
        }
        Ok(part)
    }
}

/// Details go with their type, for a part is read by it.
#[cfg(feature = "proptest")]
#[derive(Debug)]
struct Event(Option<PartType>, Option<EventDetails>);

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

crate::declare::strategy! {
    ConversationPart [Event]
    [|Event(part_type, event_details)| Self { part_type, event_details, ..Self::default() }]
    r#type: Option<ObjectType>,
    id: ConversationPartId,
    body: Option<String>,
    created_at: Option<Timestamp>,
    updated_at: Option<Timestamp>,
    notified_at: Option<Timestamp>,
    assigned_to: Option<Reference>,
    author: Option<Author>,
    attachments: Vec<Attachment>,
    external_id: Option<String>,
    redacted: Option<bool>,
    email_message_metadata: Option<EmailMetadata>,
    state: Option<ConversationState>,
    tags: Option<Vec<Tag>>,
    app_package_code: Option<String>,
    metadata: Option<PartMetadata>,
    translations: Option<BTreeMap<String, String>>,
    external_reply_send_state: Option<String>,
    seen_state: Option<SeenState>,
}

/// Declares the kinds of events once: the variant, the part type of its name, and its details.
macro_rules! events {
    ($( $(#[$meta:meta])* $Variant:ident($Details:ty) ),* $(,)?) => {
        /// What happened, by the type of the part. From 2.13.
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
            /// The details of this type of part; `None` where they are none, or of another form.
            fn of(part_type: &PartType, details: &Value) -> Option<Self> {
                match part_type {
                    $( PartType::$Variant => <$Details>::deserialize(details).ok().map(Self::$Variant), )*
                    _ => None,
                }
            }

            /// The type of the part that has such details; `None` where they are of an unknown kind.
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
    Snoozed(Snoozed),
}

/// Which it is only the part can tell: alone, it stays JSON.
impl<'de> Deserialize<'de> for EventDetails {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Value::deserialize(deserializer).map(Self::Other)
    }
}

/// Something that has a name.
#[apply(response)]
pub struct Named {
    pub name: Option<String>,
}

/// An attribute of the conversation was changed: by a workflow, by an admin, or by a contact.
#[apply(response)]
pub struct AttributeUpdated {
    pub attribute: Option<Named>,
    pub value: Option<AttributeChange>,
    /// The workflow that changed it, where one did.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub workflow: Option<Named>,
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
#[apply(response)]
pub struct OperatorWorkflowEvent {
    pub workflow: Option<Named>,
    pub event: Option<WorkflowEvent>,
}

/// What a workflow did.
#[apply(response)]
pub struct WorkflowEvent {
    pub r#type: Option<String>,
    pub result: Option<String>,
}

/// Tags were put on the conversation, or taken off. In Preview.
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
#[apply(response)]
pub struct Snoozed {
    /// Until when, in words.
    pub until: Option<String>,
    /// `None` where one of the usual times was chosen.
    #[serde(serialize_with = "crate::time::iso8601")]
    pub custom_until_time: Option<Timestamp>,
}

/// The priority of the conversation was changed. In Preview.
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

/// The targets of an SLA, in seconds; `None` where it has no such target. In Preview.
#[apply(response)]
pub struct SlaDefinition {
    pub first_reply_time: Option<u64>,
    pub next_reply_time: Option<u64>,
    pub resolution_time: Option<u64>,
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
    /// How it stands with each target, by the name of the target, where a target was missed or the
    /// SLA was paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sla_states: Option<BTreeMap<String, SlaTargetState>>,
}

/// How it stands with a target of an SLA. In Preview.
#[apply(response)]
pub struct SlaTargetState {
    pub status: Option<SlaStatus>,
    /// `None` once the target was hit or missed.
    pub seconds_remaining: Option<i64>,
}

/// The AI summed up a phone call; the body has the summary. In Preview.
#[apply(response)]
pub struct CallSummary {
    pub call_id: Option<CallId>,
}

/// The quick replies of a part. From 2.14.
#[apply(response)]
pub struct PartMetadata {
    /// Those that were offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick_reply_options: Option<Vec<QuickReplyOption>>,
    /// The one that the contact chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick_reply_uuid: Option<QuickReplyId>,
}

/// A quick reply that was offered. From 2.14.
#[apply(response)]
pub struct QuickReplyOption {
    pub text: Option<String>,
    pub uuid: Option<QuickReplyId>,
    /// The text by language.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub translations: Option<BTreeMap<String, String>>,
}

/// Who has seen a part. In Preview.
#[apply(response)]
pub struct SeenState {
    pub admin_seen: Option<bool>,
}
