//! The parts of a conversation: replies, notes and events.

mod events;

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use super::{Attachment, Author, ConversationState, EmailMetadata};
use crate::json::object::object;
use crate::json::{null, number};
use crate::tags::Tag;
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{ConversationPartId, ObjectType, QuickReplyId, Reference, Timestamp};

pub use self::events::*;

/// The parts of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_parts)
#[apply(response)]
#[items(conversation_parts)]
pub struct ConversationParts {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub conversation_parts: Vec<ConversationPart>,
    /// How many parts the conversation has, which may be more than come with it.
    #[serde(deserialize_with = "number::any_form")]
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
        /// By the rules of the workspace. Up to 2.11.
        DefaultAssignment = "default_assignment",
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
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_part)
#[apply(object)]
#[read_by(events::read)]
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[non_exhaustive]
#[allow(
    missing_docs,
    reason = "a field whose name says it all needs no comment"
)]
pub struct ConversationPart {
    #[serde(default)]
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    #[serde(default)]
    pub id: ConversationPartId,
    #[serde(default)]
    pub part_type: Option<PartType>,
    /// May contain HTML.
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub created_at: Option<Timestamp>,
    #[serde(default)]
    pub updated_at: Option<Timestamp>,
    /// When the contact was notified of it.
    #[serde(default)]
    pub notified_at: Option<Timestamp>,
    /// Whom the part assigned the conversation to. If it was unassigned, the type is
    /// [`ObjectType::NobodyAdmin`] and there is no id: see [`ConversationPart::assignee`].
    #[serde(default)]
    pub assigned_to: Option<Reference>,
    #[serde(default)]
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    #[serde(default)]
    pub attachments: Vec<Attachment>,
    /// The id that the part has in another system.
    #[serde(default)]
    pub external_id: Option<String>,
    #[serde(default)]
    pub redacted: Option<bool>,
    /// Only for an email. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub email_message_metadata: Option<EmailMetadata>,
    /// The state of the conversation at the time. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub state: Option<ConversationState>,
    /// From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub tags: Option<Vec<Tag>>,
    /// The details, if the part is an event; `part_type` is its kind. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub event_details: Option<EventDetails>,
    /// The app that made the part. From 2.13.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub app_package_code: Option<String>,
    /// Quick replies, offered or chosen. From 2.14.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub metadata: Option<PartMetadata>,
    /// The body by language; under `original` is the language of the body itself. In Preview, and only
    /// with `include_translations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub translations: Option<BTreeMap<String, String>>,
    /// How far a reply got on its way into another system. In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub external_reply_send_state: Option<String>,
    /// In Preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[serde(default)]
    pub seen_state: Option<SeenState>,
}

impl ConversationPart {
    /// Returns whom the part assigned the conversation to, or `None` if it assigned it to nobody.
    #[must_use]
    pub fn assignee(&self) -> Option<&Reference> {
        self.assigned_to.as_ref().filter(|to| to.is_somebody())
    }
}

crate::vocabulary::declare::strategy! {
    ConversationPart [event: Event]
    [Self { part_type: event.0, event_details: event.1, ..Self::default() }]
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

/// The quick replies of a part. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_part_metadata)
#[apply(response)]
pub struct PartMetadata {
    /// The options that were offered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick_reply_options: Option<Vec<QuickReplyOption>>,
    /// The option that the contact chose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quick_reply_uuid: Option<QuickReplyId>,
}

/// A quick reply that was offered. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/quick_reply_option)
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
