//! Tickets: matters that take longer than a conversation. From 2.9.
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

/// One ticket with its parts.
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

/// Starts a job that creates a ticket. From 2.14.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/enqueuecreateticket)
#[apply(endpoint)]
#[spec(POST "/tickets/enqueue" -> Job; since V2_14)]
#[job(jobs::Get[JobId]: id, status, JobStatus { Success } else { Failed })]
pub struct Enqueue {
    pub body: TicketCreate,
}

/// Changes the named fields of a ticket.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/updateticket)
#[apply(endpoint)]
#[spec(PUT "/tickets/{ticket_id}" -> Ticket; since V2_9)]
pub struct Update {
    #[path]
    pub ticket_id: TicketId,
    pub body: TicketUpdate,
}

/// Deletes a ticket for good. From 2.13.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/deleteticket)
#[apply(endpoint)]
#[spec(DELETE "/tickets/{ticket_id}" -> Deleted<TicketId>; since V2_13)]
pub struct Delete {
    #[path]
    pub ticket_id: TicketId,
}

/// Replies to a ticket, as an admin or in the name of a contact, and gives the reply.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/replyticket)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/reply" -> TicketPart; since V2_9)]
pub struct Reply {
    #[path]
    pub ticket_id: TicketId,
    pub body: TicketReply,
}

/// The tickets that a query finds. From 2.10.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/searchtickets)
#[apply(endpoint)]
#[spec(POST "/tickets/search" -> TicketList; since V2_10, idempotent)]
#[paged(tickets [Ticket] by cursor in body)]
pub struct Search {
    /// A page has 20 tickets by default.
    pub body: search::Search<Tickets>,
}

/// Links a conversation, or a customer ticket, to a tracker ticket, and gives the former. From
/// 2.16.
///
/// The token needs the scope `write_tickets`. Refused with 400 are a ticket that is no tracker
/// (`invalid_ticket_type`), a conversation that has one (`already_linked_to_tracker`), and more than
/// 2,500 conversations for one ticket (`linked_conversation_limit_exceeded`).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/linkconversationtoticket)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/linked_conversations" -> Conversation; since V2_16)]
pub struct LinkConversation {
    #[path]
    pub ticket_id: TicketId,
    pub body: ConversationLink,
}

/// Takes the link to a tracker ticket off a conversation, or off a customer ticket, and gives the
/// latter. From 2.16.
///
/// The token needs the scope `write_tickets`. A ticket that is no tracker is refused with 400
/// (`invalid_ticket_type`).
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

/// Makes a ticket one of another type. From 2.16.
///
/// The same type, a state that is not of the new one, and attributes that the new one does not have
/// are refused with 400 (`parameter_invalid`).
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/tickets/changetickettype)
#[apply(endpoint)]
#[spec(POST "/tickets/{ticket_id}/change_type" -> Ticket; since V2_16)]
pub struct ChangeType {
    #[path]
    pub ticket_id: TicketId,
    pub body: TicketTypeChange,
}
