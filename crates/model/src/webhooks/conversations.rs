//! Conversations.

use std::collections::BTreeMap;

use macro_rules_attribute::apply;

use crate::contacts::Contact;
use crate::json::null;
use crate::vocabulary::declare::response;
use crate::vocabulary::time;
use crate::{
    AdminId, AssigneeId, AttributeValue, ContactId, ConversationId, ConversationPartId, ObjectId,
    ObjectType, Timestamp,
};

/// The id of a conversation that was deleted.
#[apply(response)]
pub struct ConversationDeleted {
    pub r#type: Option<ObjectType>,
    pub conversation_id: Option<ConversationId>,
}

/// A contact that was added to a conversation or removed from it.
#[apply(response)]
pub struct ConversationContact {
    pub conversation: Option<Box<ConversationRecord>>,
    pub contact: Option<Box<Contact>>,
}

impl ConversationContact {
    /// Returns the id of the conversation, by which the REST API finds it.
    #[must_use]
    pub fn conversation_id(&self) -> Option<&ConversationId> {
        let record = self.conversation.as_ref()?.model.as_ref()?;
        record.id.as_ref()
    }
}

/// A conversation in Intercom's internal form. `conversations::Get` returns the documented one.
#[apply(response)]
pub struct ConversationRecord {
    /// The parts that the notification is about.
    #[serde(deserialize_with = "null::as_default")]
    pub parts: Vec<ConversationPartRecord>,
    #[serde(deserialize_with = "null::as_default")]
    pub options: BTreeMap<String, AttributeValue>,
    pub model: Option<Box<ConversationModel>>,
}

/// The conversation of a [`ConversationRecord`].
#[apply(response)]
pub struct ConversationModel {
    pub id: Option<ConversationId>,
    /// A number, unlike the workspace's id in the REST API.
    pub app_id: Option<ObjectId>,
    pub user_id: Option<ContactId>,
    pub original_user_id: Option<ContactId>,
    pub company_id: Option<ObjectId>,
    pub message_id: Option<ObjectId>,
    pub message_version_id: Option<ObjectId>,
    pub message_variation_id: Option<ObjectId>,
    pub message_type: Option<String>,
    pub message_subclass_type: Option<ObjectId>,
    pub initiator_id: Option<ObjectId>,
    pub initiator_type: Option<ObjectId>,
    pub initial_channel: Option<ObjectId>,
    pub current_channel: Option<ObjectId>,
    pub delivery_state: Option<String>,
    pub read: Option<bool>,
    pub deleted: Option<bool>,
    pub dismissed: Option<bool>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub updated_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub sent_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub read_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub first_opened_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub first_user_comment_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub latest_user_visible_comment_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub latest_admin_visible_comment_at: Option<Timestamp>,
}

/// A part of a [`ConversationRecord`].
#[apply(response)]
pub struct ConversationPartRecord {
    pub id: Option<ConversationPartId>,
    pub conversation_id: Option<ConversationId>,
    /// A number, unlike the workspace's id in the REST API.
    pub app_id: Option<ObjectId>,
    pub body: Option<String>,
    pub owner_id: Option<AdminId>,
    pub user_id: Option<ContactId>,
    pub assignee_id: Option<AssigneeId>,
    pub channel: Option<ObjectId>,
    pub rule_id: Option<ObjectId>,
    pub facebook_message_id: Option<ObjectId>,
    pub client_assigned_uuid: Option<String>,
    pub external_source_id: Option<ObjectId>,
    /// The details of the part, as JSON inside the string.
    pub data: Option<String>,
    /// The body in blocks, as JSON inside the string.
    pub json_blocks: Option<String>,
    pub url: Option<String>,
    /// The browser of the author.
    pub ua: Option<String>,
    pub admin_only: Option<bool>,
    pub closer: Option<bool>,
    pub opener: Option<bool>,
    pub emailed: Option<bool>,
    pub markdown: Option<bool>,
    pub deleted: Option<bool>,
    pub unauthenticated: Option<bool>,
    pub identity_verified: Option<bool>,
    #[serde(serialize_with = "time::iso8601")]
    pub created_at: Option<Timestamp>,
    #[serde(serialize_with = "time::iso8601")]
    pub updated_at: Option<Timestamp>,
}

/// A question of a procedure that waits for a human. In Preview.
///
/// Reply with `procedures::CollectAgentInput` before it expires; the first reply counts.
#[apply(response)]
pub struct ProcedureQuestion {
    pub r#type: Option<ObjectType>,
    pub conversation_id: Option<ConversationId>,
    pub step_id: Option<crate::ProcedureStepId>,
    pub hitl_question: Option<String>,
    /// The attributes to reply with: objects that no version describes.
    #[serde(deserialize_with = "null::as_default")]
    pub attributes_to_collect: Vec<AttributeValue>,
    /// The URL of the reply.
    pub callback_url: Option<String>,
    pub expires_at: Option<Timestamp>,
    /// The last five messages of the conversation.
    #[serde(deserialize_with = "null::as_default")]
    pub recent_messages: Vec<AttributeValue>,
}
