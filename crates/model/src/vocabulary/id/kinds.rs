//! Every kind of id.

use std::fmt;

use serde::{Deserialize, Serialize, Serializer};

use super::newtype::ids;
use super::{Form, Ids, Text};
use crate::Patch;

/// An assignee that is known to be an admin, or a team.
macro_rules! assignees {
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
    )*};
}

assignees! { AdminId, TeamId }

ids! {
    /// An activity of a contact.
    ActivityId
    /// Something that an admin did.
    ActivityLogId
    /// A teammate of the workspace.
    AdminId
    /// An article of the Help Center.
    ArticleId
    /// A version of an article.
    ArticleVersionId
    /// An admin or a team to whom something is assigned; `0` is nobody.
    AssigneeId
    /// An option of a conversation attribute that is a list.
    AttributeOptionId
    /// A group of people for whom content is.
    AudienceId
    /// A reason that an admin gives for being away.
    AwayStatusReasonId
    /// A banner.
    BannerId
    /// What one contact sees of a banner.
    BannerViewId
    /// A brand of the workspace.
    BrandId
    /// A task of a bulk job.
    BulkTaskId
    /// A call.
    CallId
    /// A job that reads an uploaded catalogue.
    CatalogImportJobId
    /// A collection of the Help Center.
    CollectionId
    /// A company, by the id that Intercom gave it.
    CompanyId
    /// A connector to a shop.
    ConnectorId
    /// A contact, by the id that Intercom gave it.
    ContactId
    /// A source from which content is imported.
    ContentImportSourceId
    /// A reusable piece of content for AI.
    ContentSnippetId
    /// An attribute of conversations.
    ConversationAttributeId
    /// A conversation.
    ConversationId
    /// A part of a conversation.
    ConversationPartId
    /// An object of a kind that the workspace defines.
    CustomObjectInstanceId
    /// An attribute of contacts, companies or conversations.
    DataAttributeId
    /// What a call to another service gave.
    DataConnectorExecutionId
    /// A call to another service.
    DataConnectorId
    /// Something that a contact did.
    DataEventId
    /// An export of data.
    DataExportId
    /// An email address of the workspace.
    EmailId
    /// An evaluator of a scorecard.
    EvaluatorId
    /// Something that happened to an outbound message.
    EventId
    /// A conversation, by the id that the workspace gave it in its own system.
    ExternalConversationId
    /// A page from outside that AI answers with.
    ExternalPageId
    /// A call that Fin takes.
    FinVoiceCallId
    /// A folder of content.
    FolderId
    /// A Help Center.
    HelpCenterId
    /// A secret with which users are verified.
    IdentityVerificationSecretId
    /// The consent of an admin that Intercom's support acts in the admin's place.
    ImpersonationConsentId
    /// An article for the workspace itself.
    InternalArticleId
    /// A job: what the service does in its own time.
    JobId
    /// A macro: a reply that is kept for use.
    MacroId
    /// A message, by which a conversation begins.
    MessageId
    /// A monitor that watches conversations.
    MonitorId
    /// A news item.
    NewsItemId
    /// A newsfeed.
    NewsfeedId
    /// A note on a contact or a company.
    NoteId
    /// Any other object, where the kind is told by a `type` beside the id.
    ObjectId
    /// A type of custom objects.
    ObjectTypeId
    /// A day on which office hours are otherwise.
    OfficeHoursExceptionId
    /// A schedule of office hours.
    OfficeHoursScheduleId
    /// A phone number, where the service writes it as a number as well as a string.
    PhoneNumber
    /// A plan of a company.
    PlanId
    /// A procedure that Fin can carry out.
    ProcedureId
    /// A step of a procedure that waits for a human.
    ProcedureStepId
    /// A quick reply that a contact can choose.
    QuickReplyId
    /// A reason for a mark on a scorecard.
    ReasonId
    /// A redirect of a Help Center.
    RedirectId
    /// An export of reporting data.
    ReportingExportId
    /// A role that an admin has in the workspace.
    RoleId
    /// A ruleset, by which outbound messages are sent.
    RulesetId
    /// A scorecard by which conversations are marked.
    ScorecardId
    /// A version of a scorecard.
    ScorecardVersionId
    /// A section of a collection, in the versions up to 2.9.
    SectionId
    /// A segment of contacts or companies.
    SegmentId
    /// What is said beside a conversation.
    SideConversationId
    /// A type of subscription that contacts opt in to or out of.
    SubscriptionTypeId
    /// A tag.
    TagId
    /// A team of admins.
    TeamId
    /// A ticket.
    TicketId
    /// A part of a ticket.
    TicketPartId
    /// A state in which tickets can be.
    TicketStateId
    /// An attribute of the tickets of a type.
    TicketTypeAttributeId
    /// A type of ticket.
    TicketTypeId
    /// A topic of conversations.
    TopicId
    /// A product tour.
    TourId
    /// A visitor, by the id that Intercom gave it.
    VisitorId
    /// A workflow.
    WorkflowId
    /// The workspace ("app") itself.
    WorkspaceId
}
