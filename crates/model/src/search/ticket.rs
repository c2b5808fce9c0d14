//! The fields that tickets can be searched by. Times are compared to the second. From 2.10.

use super::field::search_fields;
use super::{Attribute, Boolean, Date, Field, Scope, Sortable, Text};

/// Searches for tickets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Tickets {}

impl Scope for Tickets {}
impl Sortable for Tickets {}

search_fields! {
    Tickets;
    ID: Text = "id";
    CREATED_AT: Date = "created_at";
    UPDATED_AT: Date = "updated_at";
    /// What the attribute `_default_title_` holds.
    TITLE: Text = "title";
    /// What the attribute `_default_description_` holds.
    DESCRIPTION: Text = "description";
    /// `request` (for Customer), `task` (for Back-office) or `tracker`.
    CATEGORY: Text = "category";
    TICKET_TYPE_ID: Text = "ticket_type_id";
    CONTACT_IDS: Text = "contact_ids";
    TEAMMATE_IDS: Text = "teammate_ids";
    /// A text up to 2.16, a number in Preview.
    ADMIN_ASSIGNEE_ID: Attribute = "admin_assignee_id";
    /// A text up to 2.16, a number in Preview.
    TEAM_ASSIGNEE_ID: Attribute = "team_assignee_id";
    OPEN: Boolean = "open";
    STATE: Text = "state";
    SNOOZED_UNTIL: Date = "snoozed_until";
}

/// The attribute with this id, which its ticket type knows.
#[must_use]
pub fn ticket_attribute(id: impl AsRef<str>) -> Field<Tickets, Attribute> {
    Field::named(format!("ticket_attribute.{}", id.as_ref()))
}
