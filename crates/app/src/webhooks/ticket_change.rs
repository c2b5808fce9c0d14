//! Tickets, with or without the part by which they changed.

use std::fmt;

use intercom_model::tickets::{Ticket, TicketPart};
use intercom_model::webhooks::TicketWithPart;
use intercom_model::{Deviation, Timestamp};
use serde::de::{IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::item::{self, Item};

/// A ticket that changed. Some topics send the ticket itself, others the ticket beside the part by which
/// it changed; which of them is which depends on the version of the app.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[serde(untagged)]
pub enum TicketChange {
    /// The ticket itself.
    Ticket(Box<Ticket>),
    /// The ticket, and the part if there is one.
    WithPart(TicketWithPart),
}

impl TicketChange {
    /// Returns the ticket.
    #[must_use]
    pub fn ticket(&self) -> Option<&Ticket> {
        match self {
            Self::Ticket(ticket) => Some(ticket),
            Self::WithPart(change) => change.ticket.as_deref(),
        }
    }

    /// Returns the part by which the ticket changed, such as a reply.
    #[must_use]
    pub fn part(&self) -> Option<&TicketPart> {
        match self {
            Self::Ticket(_) => None,
            Self::WithPart(change) => change.ticket_part.as_deref(),
        }
    }
}

impl From<Ticket> for TicketChange {
    fn from(ticket: Ticket) -> Self {
        Self::Ticket(Box::new(ticket))
    }
}

impl From<TicketWithPart> for TicketChange {
    fn from(change: TicketWithPart) -> Self {
        Self::WithPart(change)
    }
}

impl Item for TicketChange {
    fn read(json: &[u8]) -> Result<(Self, Vec<Deviation>), serde_json::Error> {
        if has_ticket_inside(json) {
            let (change, deviations) = item::read::<TicketWithPart>(json)?;
            Ok((change.into(), deviations))
        } else {
            let (ticket, deviations) = item::read::<Ticket>(json)?;
            Ok((ticket.into(), deviations))
        }
    }

    #[cfg(feature = "unread")]
    fn unread(json: &[u8]) -> Result<Vec<String>, serde_json::Error> {
        if has_ticket_inside(json) {
            item::unread::<TicketWithPart>(json)
        } else {
            item::unread::<Ticket>(json)
        }
    }

    fn version(&self) -> (Option<&str>, Option<Timestamp>) {
        let ticket = self.ticket();
        let id = ticket.map(|ticket| ticket.id.as_str());
        (id, ticket.and_then(|ticket| ticket.updated_at))
    }
}

/// Whether the item is not the ticket itself, but has it in a field.
fn has_ticket_inside(json: &[u8]) -> bool {
    struct Fields(bool);

    impl<'de> Deserialize<'de> for Fields {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct FieldsVisitor;

            impl<'de> Visitor<'de> for FieldsVisitor {
                type Value = Fields;

                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }

                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
                    let mut found = false;
                    while let Some(name) = map.next_key::<String>()? {
                        found |= matches!(name.as_str(), "ticket" | "ticket_part");
                        map.next_value::<IgnoredAny>()?;
                    }
                    Ok(Fields(found))
                }
            }

            deserializer.deserialize_map(FieldsVisitor)
        }
    }

    serde_json::from_slice::<Fields>(json).is_ok_and(|fields| fields.0)
}
