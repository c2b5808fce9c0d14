//! Conversations between contacts and teammates.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::conversations::{self, AdminReply, ConversationAction};
//! use intercom_core::model::search::{Query, conversation};
//!
//! let open = conversations::Search::new(Query::all([conversation::OPEN.eq(true)]));
//! let mut open = intercom.items(open);
//! while let Some(conversation) = open.try_next().await? {
//!     println!("{:?} waits since {:?}", conversation.title, conversation.waiting_since);
//! }
//!
//! let reply = AdminReply::comment("991267", "<p>Done.</p>");
//! intercom.call(&conversations::Reply::new("64619700005694", reply)).await?;
//! let close = ConversationAction::close("991267");
//! intercom.call(&conversations::Manage::new("64619700005694", close)).await?;
//! # Ok(())
//! # }
//! ```

pub use intercom_model::contacts::Order;
pub use intercom_model::conversations::*;
pub use intercom_model::messages::Message;
pub use intercom_model::search::conversation::Conversations;
pub use intercom_model::tickets::Ticket;
use intercom_model::{ContactId, ConversationId, ConversationPartId, Deleted, search};
use macro_rules_attribute::apply;

use super::declare::endpoint;

/// Lists all conversations, without their parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listconversations)
#[apply(endpoint)]
#[spec(GET "/conversations" -> ConversationList; since V2_7)]
#[paged(conversations [Conversation] by cursor starting_after)]
pub struct List {
    /// Limits how many conversations a page has: 20 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Starts after this cursor.
    #[query]
    pub starting_after: Option<String>,
    /// Includes what monitors found in each conversation. Preview only.
    #[query]
    pub include_monitors: Option<bool>,
    /// Includes the scorecards of each conversation. Preview only.
    #[query]
    pub include_scorecards: Option<bool>,
}

/// Returns a conversation by its id, with its parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/retrieveconversation)
#[apply(endpoint)]
#[spec(GET "/conversations/{conversation_id}" -> Conversation; since V2_7)]
pub struct Get {
    #[path]
    pub conversation_id: ConversationId,
    /// Sets the format of bodies: HTML by default.
    #[query]
    pub display_as: Option<DisplayAs>,
    /// Includes the translations of parts. Since 2.14.
    #[query]
    pub include_translations: Option<bool>,
    /// Includes the older emails that the source quotes. Preview only.
    #[query]
    pub include_email_history: Option<bool>,
    /// Includes what monitors found in the conversation. Preview only.
    #[query]
    pub include_monitors: Option<bool>,
    /// Includes the scorecards of the conversation. Preview only.
    #[query]
    pub include_scorecards: Option<bool>,
}

/// Starts a conversation on behalf of a contact and returns its first message.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/createconversation)
#[apply(endpoint)]
#[spec(POST "/conversations" -> Message; since V2_7)]
pub struct Create {
    pub body: ConversationCreate,
}

/// Updates a conversation.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/updateconversation)
#[apply(endpoint)]
#[spec(PUT "/conversations/{conversation_id}" -> Conversation; since V2_7)]
pub struct Update {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationUpdate,
    /// Sets the format of bodies in the reply: HTML by default.
    #[query]
    pub display_as: Option<DisplayAs>,
}

/// Deletes a conversation permanently.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/deleteconversation)
#[apply(endpoint)]
#[spec(DELETE "/conversations/{conversation_id}" -> Deleted<ConversationId>; since V2_13)]
pub struct Delete {
    #[path]
    pub conversation_id: ConversationId,
    /// Keeps counting the conversation in reports: `true` by default. `false` requires the OAuth
    /// scope `delete_conversations_and_metrics`. Since 2.16; up to 2.15, there is no choice.
    #[query]
    pub retain_metrics: Option<bool>,
}

/// Searches conversations and returns them without their parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations)
#[apply(endpoint)]
#[spec(POST "/conversations/search" -> ConversationList; since V2_7, idempotent)]
#[paged(conversations [Conversation] by cursor in body)]
pub struct Search {
    /// A page has 20 conversations by default, 150 at most.
    pub body: search::Search<Conversations>,
    /// Includes what monitors found in each conversation. Since 2.16.
    #[query]
    pub include_monitors: Option<bool>,
    /// Includes the scorecards of each conversation. Since 2.16.
    #[query]
    pub include_scorecards: Option<bool>,
}

/// Replies to a conversation, as an admin or on behalf of a contact.
///
/// The id `last` replies to the contact's last conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/replyconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/reply" -> Conversation; since V2_7)]
pub struct Reply {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationReply,
}

/// Closes, snoozes, opens or assigns a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/manageconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/parts" -> Conversation; since V2_7)]
pub struct Manage {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationAction,
}

/// Assigns a conversation by the assignment rules of the workspace.
///
/// [Reference](https://developers.intercom.com/docs/references/2.11/rest-api/api.intercom.io/conversations/autoassignconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/run_assignment_rules" -> Conversation; since V2_7 until V2_11)]
pub struct RunAssignmentRules {
    #[path]
    pub conversation_id: ConversationId,
}

/// Adds a contact to a conversation.
///
/// An email that belongs to no contact creates a lead. The reply has only the `customers`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/attachcontacttoconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/customers" -> Conversation; since V2_7)]
pub struct AttachContact {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ParticipantAttach,
}

/// Removes a contact from a conversation.
///
/// The last contact cannot be removed. The reply has only the `customers`.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/detachcontactfromconversation)
#[apply(endpoint)]
#[spec(DELETE "/conversations/{conversation_id}/customers/{contact_id}" -> Conversation; since V2_7)]
pub struct DetachContact {
    #[path]
    pub conversation_id: ConversationId,
    #[path]
    pub contact_id: ContactId,
    pub body: ParticipantDetach,
}

/// Redacts a part or the first message of a conversation permanently.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/redactconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/redact" -> Conversation; since V2_7, idempotent)]
pub struct Redact {
    pub body: Redaction,
}

/// Converts a conversation to a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/convertconversationtoticket)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/convert" -> Ticket; since V2_10)]
pub struct Convert {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationConvert,
}

/// Lists when teammates paused and resumed work on a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listhandlingevents)
#[apply(endpoint)]
#[spec(GET "/conversations/{conversation_id}/handling_events" -> HandlingEventList; since V2_15)]
pub struct ListHandlingEvents {
    #[path]
    pub conversation_id: ConversationId,
}

/// Lists the side conversations of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listsideconversations)
#[apply(endpoint)]
#[spec(GET "/conversations/{conversation_id}/side_conversations" -> SideConversationList; since V2_16)]
#[paged(side_conversations [SideConversation] by page)]
pub struct ListSideConversations {
    #[path]
    pub conversation_id: ConversationId,
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many side conversations a page has: 25 by default, 50 at most.
    #[query]
    pub per_page: Option<u32>,
}

/// Merges a conversation into another and returns the one that remains.
///
/// The conversation in the path is closed and linked to the one that remains. The token needs the
/// scope `write_conversations`, and `write_tickets` for a ticket.
///
/// Fails with 422 (`merge_failed`) if a conversation does not exist, was merged before, or is
/// merged into itself, and with 400 if an id is not a number.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/mergeconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/merge" -> Conversation; since V2_16)]
pub struct Merge {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationMerge,
}

/// Lists the conversations that were deleted.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listdeletedconversationids)
#[apply(endpoint)]
#[spec(GET "/conversations/deleted" -> DeletedConversationList; since V2_16)]
#[paged(conversations [DeletedConversation] by page)]
pub struct ListDeleted {
    /// Selects a page by its number, counting from 1.
    #[query]
    pub page: Option<u32>,
    /// Limits how many conversations a page has: 20 by default, 60 at most.
    #[query]
    pub per_page: Option<u32>,
    /// Sorts the conversations by the time of their deletion.
    #[query]
    pub order: Option<Order>,
}

/// Reports how far a reply got in another system, or that an admin saw a part.
///
/// [Reference](https://developers.intercom.com/docs/references/preview/rest-api/api.intercom.io/conversation-parts/updateconversationpart)
#[apply(endpoint)]
#[spec(PUT "/conversations/{conversation_id}/conversation_parts/{part_id}" -> ConversationPart; since Preview)]
pub struct UpdatePart {
    #[path]
    pub conversation_id: ConversationId,
    #[path]
    pub part_id: ConversationPartId,
    pub body: ConversationPartUpdate,
}
