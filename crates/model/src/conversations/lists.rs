//! Lists of conversations, and of what belongs to one.

use macro_rules_attribute::apply;

use super::{Conversation, ConversationPart};
use crate::json::{null, number};
use crate::vocabulary::declare::response;
use crate::vocabulary::open_enum::open_enum;
use crate::{ConversationId, ObjectId, ObjectType, Pages, SideConversationId, Timestamp};

/// A page of conversations.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/conversation_list)
#[apply(response)]
#[items(conversations)]
pub struct ConversationList {
    pub r#type: Option<ObjectType>,
    /// Documented as `data` up to 2.12, sent as `conversations`.
    #[serde(alias = "data", deserialize_with = "null::as_default")]
    pub conversations: Vec<Conversation>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

/// A conversation that was deleted. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversation/deleted_conversation_item)
#[apply(response)]
pub struct DeletedConversation {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ConversationId,
    /// Whether reports still count it.
    pub metrics_retained: Option<bool>,
    pub deleted_at: Option<Timestamp>,
}

/// A page of the conversations that were deleted. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/deleted_conversation_list)
#[apply(response)]
#[items(conversations)]
pub struct DeletedConversationList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub conversations: Vec<DeletedConversation>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}

open_enum! {
    /// Whether a teammate stopped working on a conversation, or went on.
    pub enum HandlingEventType {
        Paused = "paused",
        Resumed = "resumed",
    }
}

/// A teammate stopped working on a conversation, or went on. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/handling_event)
#[apply(response)]
pub struct HandlingEvent {
    pub r#type: Option<HandlingEventType>,
    pub teammate: Option<TeammateReference>,
    #[serde(serialize_with = "crate::vocabulary::time::iso8601")]
    pub timestamp: Option<Timestamp>,
    /// Why, in words, such as `Away`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// An admin, a team or a bot. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/teammate_reference)
#[apply(response)]
pub struct TeammateReference {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    pub name: Option<String>,
    /// Only for admins.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// When teammates stopped working on a conversation, and went on. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/handling_event_list)
#[apply(response)]
#[items(handling_events)]
pub struct HandlingEventList {
    #[serde(deserialize_with = "null::as_default")]
    pub handling_events: Vec<HandlingEvent>,
}

/// What is said beside a conversation, among teammates or with others. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/side_conversation_summary)
#[apply(response)]
pub struct SideConversation {
    #[serde(deserialize_with = "null::as_default")]
    pub side_conversation_id: SideConversationId,
    #[serde(deserialize_with = "null::as_default")]
    pub conversation_parts: Vec<ConversationPart>,
    /// How many parts it has.
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
}

/// A page of side conversations. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/side_conversation_list)
#[apply(response)]
#[items(side_conversations)]
pub struct SideConversationList {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub side_conversations: Vec<SideConversation>,
    #[serde(deserialize_with = "number::any_form")]
    pub total_count: Option<u64>,
    pub pages: Option<Pages>,
}
