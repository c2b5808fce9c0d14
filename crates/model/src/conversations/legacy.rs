//! Parts of conversations in webhooks of the versions 1.x.

use macro_rules_attribute::apply;

use super::files::Attachment;
use super::source::Author;
use crate::json::null;
use crate::vocabulary::declare::response;
use crate::{ContactId, ObjectId, ObjectType};

/// The user or lead of a conversation.
#[apply(response)]
pub struct LegacyConversationUser {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ContactId,
    /// The id of the user in your own system. For a lead, a UUID.
    pub user_id: Option<String>,
    pub name: Option<String>,
    pub email: Option<String>,
    /// Whether the browser asks not to be tracked.
    pub do_not_track: Option<bool>,
}

/// The first message of a conversation.
#[apply(response)]
pub struct LegacyConversationMessage {
    pub r#type: Option<ObjectType>,
    #[serde(deserialize_with = "null::as_default")]
    pub id: ObjectId,
    /// The page where it was written.
    pub url: Option<String>,
    pub subject: Option<String>,
    /// HTML.
    pub body: Option<String>,
    pub author: Option<Author>,
    #[serde(deserialize_with = "null::as_default")]
    pub attachments: Vec<Attachment>,
}

/// Where a conversation is shown.
#[apply(response)]
pub struct LegacyConversationLinks {
    /// The URL for teammates.
    pub conversation_web: Option<String>,
}
