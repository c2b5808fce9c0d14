//! Conversations: what contacts and teammates say to each other.
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

/// All conversations, without their parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listconversations)
#[apply(endpoint)]
#[spec(GET "/conversations" -> ConversationList; since V2_7)]
#[paged(conversations [Conversation] by cursor starting_after)]
pub struct List {
    /// How many conversations a page has: 20 by default, 150 at most.
    #[query]
    pub per_page: Option<u32>,
    /// The cursor of the page.
    #[query]
    pub starting_after: Option<String>,
    /// Whether conversations come with what monitors found in them. In Preview.
    #[query]
    pub include_monitors: Option<bool>,
    /// Whether conversations come with their scorecards. In Preview.
    #[query]
    pub include_scorecards: Option<bool>,
}

/// One conversation with its parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/retrieveconversation)
#[apply(endpoint)]
#[spec(GET "/conversations/{conversation_id}" -> Conversation; since V2_7)]
pub struct Get {
    #[path]
    pub conversation_id: ConversationId,
    /// How bodies are written: as HTML by default.
    #[query]
    pub display_as: Option<DisplayAs>,
    /// Whether parts come with their translations. From 2.14.
    #[query]
    pub include_translations: Option<bool>,
    /// Whether the source comes with the older emails that it quotes. In Preview.
    #[query]
    pub include_email_history: Option<bool>,
    /// Whether the conversation comes with what monitors found in it. In Preview.
    #[query]
    pub include_monitors: Option<bool>,
    /// Whether the conversation comes with its scorecards. In Preview.
    #[query]
    pub include_scorecards: Option<bool>,
}

/// Begins a conversation in the name of a contact, and gives its first message.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/createconversation)
#[apply(endpoint)]
#[spec(POST "/conversations" -> Message; since V2_7)]
pub struct Create {
    pub body: ConversationCreate,
}

/// Changes the named fields of a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/updateconversation)
#[apply(endpoint)]
#[spec(PUT "/conversations/{conversation_id}" -> Conversation; since V2_7)]
pub struct Update {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationUpdate,
    /// How bodies of the reply are written: as HTML by default.
    #[query]
    pub display_as: Option<DisplayAs>,
}

/// Deletes a conversation for good. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/deleteconversation)
#[apply(endpoint)]
#[spec(DELETE "/conversations/{conversation_id}" -> Deleted<ConversationId>; since V2_13)]
pub struct Delete {
    #[path]
    pub conversation_id: ConversationId,
    /// Whether reports go on counting it: yes by default. `false` needs the OAuth scope
    /// `delete_conversations_and_metrics`. From 2.16; up to 2.15, there is no choice.
    #[query]
    pub retain_metrics: Option<bool>,
}

/// The conversations that a query finds, without their parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/searchconversations)
#[apply(endpoint)]
#[spec(POST "/conversations/search" -> ConversationList; since V2_7, idempotent)]
#[paged(conversations [Conversation] by cursor in body)]
pub struct Search {
    /// A page has 20 conversations by default, 150 at most.
    pub body: search::Search<Conversations>,
    /// Whether conversations come with what monitors found in them. From 2.16.
    #[query]
    pub include_monitors: Option<bool>,
    /// Whether conversations come with their scorecards. From 2.16.
    #[query]
    pub include_scorecards: Option<bool>,
}

/// Replies to a conversation, as an admin or in the name of a contact.
///
/// `last` in place of the id replies to the contact's last conversation.
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

/// Assigns a conversation by the rules of the workspace. Up to 2.11.
///
/// [Reference](https://developers.intercom.com/docs/references/2.11/rest-api/api.intercom.io/conversations/autoassignconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/run_assignment_rules" -> Conversation; since V2_7 until V2_11)]
pub struct RunAssignmentRules {
    #[path]
    pub conversation_id: ConversationId,
}

/// Adds a contact to those who take part in a conversation. An email that no contact has makes a lead.
/// The reply has the `customers` alone.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/attachcontacttoconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/customers" -> Conversation; since V2_7)]
pub struct AttachContact {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ParticipantAttach,
}

/// Takes a contact out of a conversation, but for the last one. The reply has the `customers`
/// alone.
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

/// Makes a part or the first message of a conversation unreadable for good.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/redactconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/redact" -> Conversation; since V2_7, idempotent)]
pub struct Redact {
    pub body: Redaction,
}

/// Makes a ticket of a conversation. From 2.10.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/convertconversationtoticket)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/convert" -> Ticket; since V2_10)]
pub struct Convert {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationConvert,
}

/// When teammates stopped working on a conversation, and went on. From 2.15.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listhandlingevents)
#[apply(endpoint)]
#[spec(GET "/conversations/{conversation_id}/handling_events" -> HandlingEventList; since V2_15)]
pub struct ListHandlingEvents {
    #[path]
    pub conversation_id: ConversationId,
}

/// What is said beside a conversation. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listsideconversations)
#[apply(endpoint)]
#[spec(GET "/conversations/{conversation_id}/side_conversations" -> SideConversationList; since V2_16)]
#[paged(side_conversations [SideConversation] by page)]
pub struct ListSideConversations {
    #[path]
    pub conversation_id: ConversationId,
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many side conversations a page has: 25 by default, 50 at most.
    #[query]
    pub per_page: Option<u32>,
}

/// Merges a conversation into another, and gives the one that stays; the one of the path is closed,
/// and linked to it. From 2.16.
///
/// The token needs the scope `write_conversations`, and `write_tickets` for a ticket. A conversation
/// that does not exist, is the same, or was merged before is refused with 422 and `merge_failed`; an id
/// that is no number, with 400.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/mergeconversation)
#[apply(endpoint)]
#[spec(POST "/conversations/{conversation_id}/merge" -> Conversation; since V2_16)]
pub struct Merge {
    #[path]
    pub conversation_id: ConversationId,
    pub body: ConversationMerge,
}

/// The conversations that were deleted. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/conversations/listdeletedconversationids)
#[apply(endpoint)]
#[spec(GET "/conversations/deleted" -> DeletedConversationList; since V2_16)]
#[paged(conversations [DeletedConversation] by page)]
pub struct ListDeleted {
    /// The number of the page, from 1.
    #[query]
    pub page: Option<u32>,
    /// How many conversations a page has: 20 by default, 60 at most.
    #[query]
    pub per_page: Option<u32>,
    /// By the time of the deletion.
    #[query]
    pub order: Option<Order>,
}

/// Says what became of a part: how far a reply got in another system, or that an admin saw it. In
/// Preview.
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
