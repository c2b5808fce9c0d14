//! Every kind of id.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::newtype::{conversions, ids};
use super::{Form, Ids, Text};
use crate::Patch;

ids! {
    /// The id of an activity of a contact.
    ActivityId
    /// The id of an entry in the activity log of admins.
    ActivityLogId
    /// The id of an admin (a teammate of the workspace).
    AdminId
    /// The id of a Help Center article.
    ArticleId
    /// The id of a version of an article.
    ArticleVersionId
    /// The id of the admin or team that something is assigned to; `0` means nobody.
    AssigneeId
    /// The id of an option of a list attribute of conversations.
    AttributeOptionId
    /// The id of an audience: a group of people that content is meant for.
    AudienceId
    /// The id of a reason for being away.
    AwayStatusReasonId
    /// The id of a banner.
    BannerId
    /// The id of a contact's view of a banner.
    BannerViewId
    /// The id of a brand of the workspace.
    BrandId
    /// The id of a task of a bulk job.
    BulkTaskId
    /// The id of a phone call.
    CallId
    /// The id of a job that imports an uploaded catalog.
    CatalogImportJobId
    /// The id of a Help Center collection.
    CollectionId
    /// The id that Intercom gave a company.
    CompanyId
    /// The id of a connector to a shop.
    ConnectorId
    /// The id that Intercom gave a contact.
    ContactId
    /// The id of a source that content is imported from.
    ContentImportSourceId
    /// The id of a content snippet.
    ContentSnippetId
    /// The id of a conversation attribute.
    ConversationAttributeId
    /// The id of a conversation.
    ConversationId
    /// The id of a conversation part.
    ConversationPartId
    /// The id of a custom object.
    CustomObjectInstanceId
    /// The id of a data attribute of contacts, companies or conversations.
    DataAttributeId
    /// The id of an execution of a data connector.
    DataConnectorExecutionId
    /// The id of a data connector.
    DataConnectorId
    /// The id of a data event.
    DataEventId
    /// The id of a data export.
    DataExportId
    /// The id of an email address of the workspace.
    EmailId
    /// The id of an evaluator of a scorecard.
    EvaluatorId
    /// The id of an event of an outbound message, such as its delivery.
    EventId
    /// The id that a conversation has in your own system.
    ExternalConversationId
    /// The id of an external page that AI answers from.
    ExternalPageId
    /// The id of a phone call that Fin takes.
    FinVoiceCallId
    /// The id of a folder of content.
    FolderId
    /// The id of a Help Center.
    HelpCenterId
    /// The id of a secret for identity verification.
    IdentityVerificationSecretId
    /// The id of an admin's consent to be impersonated by Intercom support.
    ImpersonationConsentId
    /// The id of an internal article.
    InternalArticleId
    /// The id of an asynchronous job.
    JobId
    /// The id of a macro (a saved reply).
    MacroId
    /// The id of a message that starts a conversation.
    MessageId
    /// The id of a monitor that evaluates conversations.
    MonitorId
    /// The id of a news item.
    NewsItemId
    /// The id of a newsfeed.
    NewsfeedId
    /// The id of a note on a contact or a company.
    NoteId
    /// The id of an object whose kind is given by a `type` beside the id.
    ObjectId
    /// The id of a type of custom objects.
    ObjectTypeId
    /// The id of an exception to office hours.
    OfficeHoursExceptionId
    /// The id of an office hours schedule.
    OfficeHoursScheduleId
    /// A phone number, which the service writes as a number as well as a string.
    PhoneNumber
    /// The id of a company's plan.
    PlanId
    /// The id of a Fin procedure.
    ProcedureId
    /// The id of a step of a procedure that waits for a human.
    ProcedureStepId
    /// The id of a quick reply that a contact can choose.
    QuickReplyId
    /// The id of a reason for a score on a scorecard.
    ReasonId
    /// The id of a Help Center redirect.
    RedirectId
    /// The id of an export of reporting data.
    ReportingExportId
    /// The id of an admin's role in the workspace.
    RoleId
    /// The id of a ruleset that sends outbound messages.
    RulesetId
    /// The id of a scorecard for conversations.
    ScorecardId
    /// The id of a version of a scorecard.
    ScorecardVersionId
    /// The id of a section of a collection. Up to 2.9.
    SectionId
    /// The id of a segment of contacts or companies.
    SegmentId
    /// The id of a side conversation.
    SideConversationId
    /// The id of a subscription type that contacts opt in to or out of.
    SubscriptionTypeId
    /// The id of a tag.
    TagId
    /// The id of a team of admins.
    TeamId
    /// The id of a ticket.
    TicketId
    /// The id of a ticket part.
    TicketPartId
    /// The id of a ticket state.
    TicketStateId
    /// The id of an attribute of a ticket type.
    TicketTypeAttributeId
    /// The id of a ticket type.
    TicketTypeId
    /// The id of a topic of conversations.
    TopicId
    /// The id of a product tour.
    TourId
    /// The id that Intercom gave a visitor.
    VisitorId
    /// The id of a workflow.
    WorkflowId
    /// The id of the workspace (`app_id`).
    WorkspaceId
}

/// Declares ids that something can be assigned to. The service writes `0`, or nothing, for nobody.
macro_rules! assignees {
    ($($Id:ident),*) => {$(
        impl $Id {
            /// Returns `true` if the id stands for nobody, which the service writes as `0` or as an
            /// empty string.
            #[must_use]
            pub fn is_nobody(&self) -> bool {
                matches!(self.as_str(), "" | "0")
            }
        }
    )*};
}

assignees! { AdminId, AssigneeId, TeamId }

macro_rules! assignee_from {
    ($($Id:ident),*) => {$(
        impl From<$Id> for AssigneeId {
            fn from(id: $Id) -> Self {
                Self(id.0)
            }
        }

        impl From<&$Id> for AssigneeId {
            fn from(id: &$Id) -> Self {
                Self(id.0.clone())
            }
        }

        impl From<$Id> for Patch<AssigneeId> {
            fn from(id: $Id) -> Self {
                Self::Set(id.into())
            }
        }

        impl From<&$Id> for Patch<AssigneeId> {
            fn from(id: &$Id) -> Self {
                Self::Set(id.into())
            }
        }
    )*};
}

assignee_from! { AdminId, TeamId }
