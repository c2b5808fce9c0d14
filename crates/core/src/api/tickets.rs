//! Tickets, for matters that take longer than a conversation.
//!
//! ```no_run
//! # async fn example(intercom: intercom_core::Client) -> Result<(), intercom_core::Error> {
//! use intercom_core::api::tickets::{self, TicketContact, TicketCreate, TicketUpdate};
//! use intercom_core::model::CustomAttributes;
//! use intercom_core::model::search::{Query, ticket};
//!
//! let attributes = CustomAttributes::new().with("_default_title_", "The button does not work");
//! let report = TicketCreate::new("53", [TicketContact::email("ada@example.com")]).ticket_attributes(attributes);
//! let report = intercom.call(&tickets::Create::new(report)).await?;
//! intercom.call(&tickets::Update::new(&report.id, TicketUpdate::new().is_shared(true))).await?;
//!
//! let mut open = intercom.items(tickets::Search::new(Query::all([ticket::OPEN.eq(true)])));
//! while let Some(ticket) = open.try_next().await? {
//!     println!("{:?}", ticket.ticket_id);
//! }
//! # Ok(())
//! # }
//! ```

pub use intercom_model::conversations::{ContactKey, Conversation};
pub use intercom_model::jobs::Job;
use intercom_model::jobs::JobStatus;
pub use intercom_model::search::ticket::Tickets;
pub use intercom_model::tickets::*;
use intercom_model::{ConversationId, Deleted, JobId, TicketId, search};
use macro_rules_attribute::apply;

use super::declare::endpoint;
use crate::api::jobs;

/// Returns a ticket by its id, with its parts.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/getticket)
#[apply(endpoint)]
#[spec(GET "/tickets/{ticket_id}" -> Ticket; since V2_9)]
pub struct Get {
    #[path]
    pub ticket_id: TicketId,
}

/// Creates a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/createticket)
#[apply(endpoint)]
#[spec(POST "/tickets" -> Ticket; since V2_9)]
pub struct Create {
    pub body: TicketCreate,
}

/// Starts a job that creates a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/enqueuecreateticket)
#[apply(endpoint)]
#[spec(POST "/tickets/enqueue" -> Job; since V2_14)]
#[job(jobs::Get[JobId]: id, status, JobStatus { Success } else { Failed })]
pub struct Enqueue {
    pub body: TicketCreate,
}

/// Updates a ticket.
///
/// Fields that are not set stay as they are.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/updateticket)
#[apply(endpoint)]
#[spec(PUT "/tickets/{ticket_id}" -> Ticket; since V2_9)]
pub struct Update {
    #[path]
    pub ticket_id: TicketId,
    pub body: TicketUpdate,
}

/// Deletes a ticket permanently.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/deleteticket)
#[apply(endpoint)]
#[spec(DELETE "/tickets/{ticket_id}" -> Deleted<TicketId>; since V2_13)]
pub struct Delete {
    #[path]
    pub ticket_id: TicketId,
}

/// Replies to a ticket, as an admin or on behalf of a contact, and returns the reply.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/replyticket)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/reply" -> TicketPart; since V2_9)]
pub struct Reply {
    #[path]
    pub ticket_id: TicketId,
    pub body: TicketReply,
}

/// Searches tickets.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/searchtickets)
#[apply(endpoint)]
#[spec(POST "/tickets/search" -> TicketList; since V2_10, idempotent)]
#[paged(tickets [Ticket] by cursor in body)]
pub struct Search {
    /// A page has 20 tickets by default.
    pub body: search::Search<Tickets>,
}

/// Links a conversation, or a customer ticket, to a tracker ticket.
///
/// Returns the conversation or customer ticket. The token needs the scope `write_tickets`.
///
/// Fails with 400 if the ticket is not a tracker (`invalid_ticket_type`), if the conversation
/// already has one (`already_linked_to_tracker`), or if the ticket would have more than 2,500
/// conversations (`linked_conversation_limit_exceeded`).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/linkconversationtoticket)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/linked_conversations" -> Conversation; since V2_16)]
pub struct LinkConversation {
    #[path]
    pub ticket_id: TicketId,
    pub body: ConversationLink,
}

/// Unlinks a conversation, or a customer ticket, from a tracker ticket.
///
/// Returns the conversation or customer ticket. The token needs the scope `write_tickets`.
///
/// Fails with 400 (`invalid_ticket_type`) if the ticket is not a tracker.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/unlinkconversationfromticket)
#[apply(endpoint)]
#[spec(DELETE "/tickets/{ticket_id}/linked_conversations/{conversation_id}" -> Conversation; since V2_16)]
pub struct UnlinkConversation {
    #[path]
    pub ticket_id: TicketId,
    #[path]
    pub conversation_id: ConversationId,
}

/// Changes the type of a ticket.
///
/// Fails with 400 (`parameter_invalid`) if the ticket already has the type, or if the new type does
/// not have the requested state or attributes.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/changetickettype)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/change_type" -> Ticket; since V2_16)]
pub struct ChangeType {
    #[path]
    pub ticket_id: TicketId,
    pub body: TicketTypeChange,
}
