//! What is done with conversations: closing, snoozing, opening, assigning and redacting them.

use macro_rules_attribute::apply;
use serde::Serialize;

use crate::vocabulary::declare::{body, read_tagged};
use crate::vocabulary::open_enum::open_enum;
use crate::{
    AdminId, AssigneeId, ConversationId, ConversationPartId, Extra, MessageId, TeamId, Timestamp,
};

/// What to do with a conversation, and who does it.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "message_type")]
#[non_exhaustive]
pub enum ConversationAction {
    /// Closes it.
    #[serde(rename = "close", serialize_with = "by_admin::serialize")]
    Close(ConversationClose),
    /// Closes it until a time.
    #[serde(rename = "snoozed")]
    Snooze(ConversationSnooze),
    /// Opens it again.
    #[serde(rename = "open")]
    Open(ConversationOpen),
    /// Assigns it to an admin or a team, or to nobody.
    #[serde(rename = "assignment")]
    Assign(ConversationAssign),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { ConversationAction by "message_type" {
    "close" => Close by by_admin::deserialize,
    "snoozed" => Snooze,
    "open" => Open,
    "assignment" => Assign,
} }

impl ConversationAction {
    /// Closes the conversation. [`ConversationAction::Close`] can say something on the way.
    #[must_use]
    pub fn close(admin_id: impl Into<AdminId>) -> Self {
        Self::Close(ConversationClose::new(admin_id))
    }

    /// Closes the conversation until then.
    #[must_use]
    pub fn snooze(admin_id: impl Into<AdminId>, until: impl Into<Timestamp>) -> Self {
        Self::Snooze(ConversationSnooze::new(admin_id, until))
    }

    /// Opens the conversation again.
    #[must_use]
    pub fn open(admin_id: impl Into<AdminId>) -> Self {
        Self::Open(ConversationOpen::new(admin_id))
    }

    /// Assigns the conversation to this admin.
    #[must_use]
    pub fn assign_to_admin(admin_id: impl Into<AdminId>, assignee: impl Into<AdminId>) -> Self {
        let assignee = AssigneeId::from(assignee.into());
        Self::Assign(ConversationAssign::new(
            AssigneeType::Admin,
            assignee,
            admin_id,
        ))
    }

    /// Assigns the conversation to this team.
    #[must_use]
    pub fn assign_to_team(admin_id: impl Into<AdminId>, assignee: impl Into<TeamId>) -> Self {
        let assignee = AssigneeId::from(assignee.into());
        Self::Assign(ConversationAssign::new(
            AssigneeType::Team,
            assignee,
            admin_id,
        ))
    }

    /// Takes the conversation from whom it is assigned to.
    #[must_use]
    pub fn unassign(admin_id: impl Into<AdminId>) -> Self {
        Self::assign_to_admin(admin_id, "0")
    }
}

/// The field `type`, which is always the same.
mod by_admin {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::ConversationClose;

    #[derive(Serialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Sent<'a> {
        Admin(&'a ConversationClose),
    }

    #[derive(Deserialize)]
    #[serde(tag = "type", rename_all = "snake_case")]
    enum Received {
        Admin(ConversationClose),
    }

    pub(super) fn serialize<S: Serializer>(
        close: &ConversationClose,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        Sent::Admin(close).serialize(to)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<ConversationClose, D::Error> {
        Received::deserialize(from).map(|Received::Admin(close)| close)
    }
}

/// Closes a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/close_conversation_request)
#[apply(body)]
pub struct ConversationClose {
    pub admin_id: AdminId,
    /// A last message to the contact.
    pub body: Option<String>,
}

/// Closes a conversation until a time.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/snooze_conversation_request)
#[apply(body)]
pub struct ConversationSnooze {
    pub admin_id: AdminId,
    pub snoozed_until: Timestamp,
}

/// Opens a conversation again.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/open_conversation_request)
#[apply(body)]
pub struct ConversationOpen {
    pub admin_id: AdminId,
}

/// Assigns a conversation.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/assign_conversation_request)
#[apply(body)]
pub struct ConversationAssign {
    pub r#type: AssigneeType,
    pub assignee_id: AssigneeId,
    /// Who assigns it.
    pub admin_id: AdminId,
    pub body: Option<String>,
}

open_enum! {
    /// To what a conversation is assigned.
    pub enum AssigneeType {
        Admin = "admin",
        Team = "team",
    }
}

/// What to make unreadable for good.
///
/// [Reference](https://developers.intercom.com/docs/references/rest-api/api.intercom.io/models/redact_conversation_request)
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(feature = "proptest", derive(proptest_derive::Arbitrary))]
#[cfg_attr(feature = "schemars", derive(schemars::JsonSchema))]
#[serde(tag = "type", rename_all = "snake_case")]
#[non_exhaustive]
pub enum Redaction {
    /// A part of a conversation.
    ConversationPart(PartRedaction),
    /// The first message of a conversation.
    Source(SourceRedaction),
    /// A kind that this version of the crate does not know, with all of its fields.
    #[cfg_attr(feature = "proptest", proptest(skip))]
    #[serde(untagged)]
    Other(Extra),
}

read_tagged! { Redaction by "type" {
    "conversation_part" => ConversationPart,
    "source" => Source,
} }

impl Redaction {
    /// A part of a conversation.
    #[must_use]
    pub fn part(
        conversation_id: impl Into<ConversationId>,
        part_id: impl Into<ConversationPartId>,
    ) -> Self {
        Self::ConversationPart(PartRedaction::new(conversation_id, part_id))
    }

    /// The first message of a conversation.
    #[must_use]
    pub fn source(
        conversation_id: impl Into<ConversationId>,
        source_id: impl Into<MessageId>,
    ) -> Self {
        Self::Source(SourceRedaction::new(conversation_id, source_id))
    }
}

/// A part to make unreadable.
#[apply(body)]
pub struct PartRedaction {
    pub conversation_id: ConversationId,
    pub conversation_part_id: ConversationPartId,
}

/// A first message to make unreadable.
#[apply(body)]
pub struct SourceRedaction {
    pub conversation_id: ConversationId,
    pub source_id: MessageId,
}
