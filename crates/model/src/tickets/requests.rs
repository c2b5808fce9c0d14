//! Requests about tickets, except replies.

use macro_rules_attribute::apply;
use serde::{Deserialize, Serialize};

use crate::ticket_types::TicketStateCategory;
use crate::vocabulary::declare::{body, part};
use crate::{
    AdminId, AssigneeId, CompanyId, ContactId, ConversationId, CustomAttributes, Patch, TeamId,
    TicketStateId, TicketTypeId, Timestamp,
};

/// A ticket to create.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/create_ticket_request)
#[apply(body)]
pub struct TicketCreate {
    pub ticket_type_id: TicketTypeId,
    /// Whom it is about; the service takes one.
    pub contacts: Vec<TicketContact>,
    /// By name; those of the title and description are `_default_title_` and
    /// `_default_description_`. A list attribute takes the id of an item, which stands in
    /// [`TicketTypeAttribute::input_options`](crate::ticket_types::TicketTypeAttribute::input_options).
    pub ticket_attributes: Option<CustomAttributes>,
    /// A conversation or a ticket to link it to; which can be linked depends on the categories.
    /// From 2.14.
    pub conversation_to_link_id: Option<ConversationId>,
    /// The company that it is about: the id that Intercom gave it; in 2.10 and 2.11, the one that the
    /// workspace gave it in its own system.
    pub company_id: Option<CompanyId>,
    /// When it was created, for tickets that come from another system. From 2.11.
    pub created_at: Option<Timestamp>,
    /// Unassigned if omitted. From 2.14.
    pub assignment: Option<TicketAssignees>,
    /// Suppresses notifications. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// Whom a ticket is about: by one of its ids, or by its email.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum TicketContact {
    /// The id that Intercom gave the contact.
    Id(ContactId),
    /// The id of the contact in your own system.
    ExternalId(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"external_id\")")
        )]
        String,
    ),
    /// The email. The contact is created if it does not exist.
    Email(
        #[cfg_attr(
            feature = "proptest",
            proptest(strategy = "crate::vocabulary::strategies::text_of(\"email\")")
        )]
        String,
    ),
}

impl TicketContact {
    /// The contact with this id of Intercom's.
    #[must_use]
    pub fn id(id: impl Into<ContactId>) -> Self {
        Self::Id(id.into())
    }

    /// The contact with this id of the workspace's own system.
    #[must_use]
    pub fn external_id(id: impl Into<String>) -> Self {
        Self::ExternalId(id.into())
    }

    /// The contact with this email, which is created if it does not exist.
    #[must_use]
    pub fn email(email: impl Into<String>) -> Self {
        Self::Email(email.into())
    }
}

/// To whom a new ticket is assigned. From 2.14.
#[apply(part)]
pub struct TicketAssignees {
    pub admin_assignee_id: Option<AdminId>,
    pub team_assignee_id: Option<TeamId>,
}

/// Changes to a ticket. Fields that are not set keep their values.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/update_ticket_request)
#[apply(body)]
pub struct TicketUpdate {
    /// Attributes that are not named keep their values. A list attribute takes the id of an item, which
    /// stands in
    /// [`TicketTypeAttribute::input_options`](crate::ticket_types::TicketTypeAttribute::input_options).
    pub ticket_attributes: Option<CustomAttributes>,
    /// Up to 2.11.
    pub state: Option<TicketStateCategory>,
    /// From 2.12.
    pub ticket_state_id: Option<TicketStateId>,
    /// From 2.12.
    pub company_id: Patch<CompanyId>,
    /// A ticket that is closed is no longer snoozed. From 2.10.
    pub open: Option<bool>,
    /// Whether the contact sees it.
    pub is_shared: Option<bool>,
    /// From 2.10.
    pub snoozed_until: Option<Timestamp>,
    /// Who changes it; workflows need it. From 2.14.
    #[serde(serialize_with = "crate::vocabulary::id::as_number")]
    pub admin_id: Option<AdminId>,
    /// An admin or a team, or `0` for nobody. From 2.14.
    pub assignee_id: Option<AssigneeId>,
    /// The same, up to 2.13.
    pub assignment: Option<TicketAssignment>,
    /// Suppresses notifications. From 2.13.
    pub skip_notifications: Option<bool>,
}

/// To whom a ticket is assigned, and who does it. Up to 2.13.
#[apply(part)]
pub struct TicketAssignment {
    pub admin_id: Option<AdminId>,
    /// An admin or a team, or `0` for nobody.
    pub assignee_id: Option<AssigneeId>,
}

/// The new type of a ticket. From 2.16.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/change_ticket_type_request)
#[apply(body)]
pub struct TicketTypeChange {
    /// Another type of the same category.
    pub ticket_type_id: TicketTypeId,
    /// A state of the new type.
    pub ticket_state_id: TicketStateId,
    /// Attributes of the same name and kind are taken over; these are set beside them, or instead. The
    /// new type must have them.
    pub ticket_attributes: Option<CustomAttributes>,
}

/// A conversation, or a customer ticket, to link to a tracker ticket. From 2.16.
#[apply(body)]
pub struct ConversationLink {
    pub conversation_id: ConversationId,
}
