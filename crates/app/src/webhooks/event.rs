//! The table of topics, and what is read and known of events.

use intercom_model::activity_logs::ActivityLog;
use intercom_model::admins::Admin;
use intercom_model::ai_content::ContentImportSource;
use intercom_model::articles::Article;
use intercom_model::audiences::Audience;
use intercom_model::calls::Call;
use intercom_model::companies::Company;
use intercom_model::contacts::{Contact, ContactArchived, ContactDeleted};
use intercom_model::content::ContentSnippet;
use intercom_model::conversations::Conversation;
use intercom_model::data_events::DataEvent;
use intercom_model::jobs::Job;
use intercom_model::webhooks::{
    ApiRequestCompleted, AudienceMembership, CompanyContact, CompanyDeleted, ContactSubscription,
    ContactTag, ContentStatEvent, ConversationContact, ConversationDeleted, DataConnectorExecuted,
    LegacyUser, LegacyUserDeleted, LegacyUserTag, Ping, ProcedureQuestion, TicketContact,
};
use intercom_model::{Deviation, Timestamp};
use serde_json::Value;

use super::declare::events;
use super::item::Item;
use super::ticket_change::TicketChange;

events! {
    "admin.activity_log_event.created" => AdminActivityLogEventCreated(ActivityLog),
    "admin.added_to_workspace" => AdminAddedToWorkspace(Admin),
    "admin.away_mode_updated" => AdminAwayModeUpdated(Admin),
    "admin.logged_in" => AdminLoggedIn(Admin),
    "admin.logged_out" => AdminLoggedOut(Admin),
    "admin.removed_from_workspace" => AdminRemovedFromWorkspace(Admin),
    "api.request.completed" => ApiRequestCompleted(ApiRequestCompleted),
    "article.created" => ArticleCreated(Article),
    "article.deleted" => ArticleDeleted(Article),
    "article.published" => ArticlePublished(Article),
    "article.unpublished" => ArticleUnpublished(Article),
    "article.updated" => ArticleUpdated(Article),
    "audience.created" => AudienceCreated(Audience),
    "audience.deleted" => AudienceDeleted(Audience),
    "audience.member_added" => AudienceMemberAdded(AudienceMembership),
    "audience.member_removed" => AudienceMemberRemoved(AudienceMembership),
    "audience.updated" => AudienceUpdated(Audience),
    "call.ended" => CallEnded(Call),
    "call.recording_available" => CallRecordingAvailable(Call),
    "call.started" => CallStarted(Call),
    "call.transcription_available" => CallTranscriptionAvailable(Call),
    "company.contact.attached" => CompanyContactAttached(CompanyContact),
    "company.contact.detached" => CompanyContactDetached(CompanyContact),
    "company.created" => CompanyCreated(Company),
    "company.deleted" => CompanyDeleted(CompanyDeleted),
    "company.updated" => CompanyUpdated(Company),
    "contact.archived" => ContactArchived(ContactArchived),
    "contact.deleted" => ContactDeleted(ContactDeleted),
    "contact.email.updated" => ContactEmailUpdated(Contact),
    "contact.lead.added_email" => ContactLeadAddedEmail(Contact),
    "contact.lead.created" => ContactLeadCreated(Contact),
    "contact.lead.signed_up" => ContactLeadSignedUp(Contact),
    "contact.lead.tag.created" => ContactLeadTagCreated(ContactTag),
    "contact.lead.tag.deleted" => ContactLeadTagDeleted(ContactTag),
    "contact.lead.updated" => ContactLeadUpdated(Contact),
    "contact.merged" => ContactMerged(Contact),
    "contact.subscribed" => ContactSubscribed(ContactSubscription),
    "contact.unarchived" => ContactUnarchived(Contact),
    "contact.unsubscribed" => ContactUnsubscribed(ContactSubscription),
    "contact.user.created" => ContactUserCreated(Contact),
    "contact.user.tag.created" => ContactUserTagCreated(ContactTag),
    "contact.user.tag.deleted" => ContactUserTagDeleted(ContactTag),
    "contact.user.updated" => ContactUserUpdated(Contact),
    "content_import_source.created" => ContentImportSourceCreated(ContentImportSource),
    "content_import_source.deleted" => ContentImportSourceDeleted(ContentImportSource),
    "content_import_source.updated" => ContentImportSourceUpdated(ContentImportSource),
    "content_snippet.created" => ContentSnippetCreated(ContentSnippet),
    "content_snippet.deleted" => ContentSnippetDeleted(ContentSnippet),
    "content_snippet.updated" => ContentSnippetUpdated(ContentSnippet),
    "content_stat.banner" => ContentStatBanner(ContentStatEvent),
    "content_stat.carousel" => ContentStatCarousel(ContentStatEvent),
    "content_stat.chat" => ContentStatChat(ContentStatEvent),
    "content_stat.checklist" => ContentStatChecklist(ContentStatEvent),
    "content_stat.custom_bot" => ContentStatCustomBot(ContentStatEvent),
    "content_stat.email" => ContentStatEmail(ContentStatEvent),
    "content_stat.news_item" => ContentStatNewsItem(ContentStatEvent),
    "content_stat.post" => ContentStatPost(ContentStatEvent),
    "content_stat.push" => ContentStatPush(ContentStatEvent),
    "content_stat.series" => ContentStatSeries(ContentStatEvent),
    "content_stat.series.webhook" => ContentStatSeriesWebhook(ContentStatEvent),
    "content_stat.sms" => ContentStatSms(ContentStatEvent),
    "content_stat.survey" => ContentStatSurvey(ContentStatEvent),
    "content_stat.tooltip_group" => ContentStatTooltipGroup(ContentStatEvent),
    "content_stat.tour" => ContentStatTour(ContentStatEvent),
    "conversation.admin.assigned" => ConversationAdminAssigned(Conversation),
    "conversation.admin.closed" => ConversationAdminClosed(Conversation),
    "conversation.admin.noted" => ConversationAdminNoted(Conversation),
    "conversation.admin.open.assigned" => ConversationAdminOpenAssigned(Conversation),
    "conversation.admin.opened" => ConversationAdminOpened(Conversation),
    "conversation.admin.replied" => ConversationAdminReplied(Conversation),
    "conversation.admin.replied.translated" => ConversationAdminRepliedTranslated(Conversation),
    "conversation.admin.single.created" => ConversationAdminSingleCreated(Conversation),
    "conversation.admin.snoozed" => ConversationAdminSnoozed(Conversation),
    "conversation.admin.unsnoozed" => ConversationAdminUnsnoozed(Conversation),
    "conversation.company.updated" => ConversationCompanyUpdated(Conversation),
    "conversation.contact.attached" => ConversationContactAttached(ConversationContact),
    "conversation.contact.detached" => ConversationContactDetached(ConversationContact),
    "conversation.deleted" => ConversationDeleted(ConversationDeleted),
    "conversation.operator.replied" => ConversationOperatorReplied(Conversation),
    "conversation.priority.updated" => ConversationPriorityUpdated(Conversation),
    "conversation.rating.added" => ConversationRatingAdded(Conversation),
    "conversation.read" => ConversationRead(Conversation),
    "conversation.user.created" => ConversationUserCreated(Conversation),
    "conversation.user.replied" => ConversationUserReplied(Conversation),
    "conversation_part.redacted" => ConversationPartRedacted(Conversation),
    "conversation_part.tag.created" => ConversationPartTagCreated(Conversation),
    "data_connector.execution.completed" => DataConnectorExecutionCompleted(DataConnectorExecuted),
    "event.created" => EventCreated(DataEvent),
    "granular.subscribe" => GranularSubscribe(ContactSubscription),
    "granular.unsubscribe" => GranularUnsubscribe(ContactSubscription),
    "job.completed" => JobCompleted(Job),
    "ping" => Ping(Ping),
    "procedure.hitl_notification.created" => ProcedureHitlNotificationCreated(ProcedureQuestion),
    "ticket.admin.assigned" => TicketAdminAssigned(TicketChange),
    "ticket.admin.replied" => TicketAdminReplied(TicketChange),
    "ticket.admin.replied.translated" => TicketAdminRepliedTranslated(TicketChange),
    "ticket.admin.snoozed" => TicketAdminSnoozed(TicketChange),
    "ticket.admin.unsnoozed" => TicketAdminUnsnoozed(TicketChange),
    "ticket.attribute.updated" => TicketAttributeUpdated(TicketChange),
    "ticket.closed" => TicketClosed(TicketChange),
    "ticket.contact.attached" => TicketContactAttached(TicketContact),
    "ticket.contact.detached" => TicketContactDetached(TicketContact),
    "ticket.contact.replied" => TicketContactReplied(TicketChange),
    "ticket.created" => TicketCreated(TicketChange),
    "ticket.note.created" => TicketNoteCreated(TicketChange),
    "ticket.rating.provided" => TicketRatingProvided(TicketChange),
    "ticket.resolved" => TicketResolved(TicketChange),
    "ticket.state.updated" => TicketStateUpdated(TicketChange),
    "ticket.team.assigned" => TicketTeamAssigned(TicketChange),
    "visitor.signed_up" => VisitorSignedUp(LegacyUser),

    // Of the versions 1.x.
    "contact.added_email" => ContactAddedEmail(LegacyUser),
    "contact.created" => ContactCreated(LegacyUser),
    "contact.signed_up" => ContactSignedUp(LegacyUser),
    "contact.tag.created" => ContactTagCreated(LegacyUserTag),
    "contact.tag.deleted" => ContactTagDeleted(LegacyUserTag),
    "contact.updated" => ContactUpdated(LegacyUser),
    "user.created" => UserCreated(LegacyUser),
    "user.deleted" => UserDeleted(LegacyUserDeleted),
    "user.email.updated" => UserEmailUpdated(LegacyUser),
    "user.tag.created" => UserTagCreated(LegacyUserTag),
    "user.tag.deleted" => UserTagDeleted(LegacyUserTag),
    "user.unsubscribed" => UserUnsubscribed(LegacyUser),
    "user.unsubscribed_from_sms" => UserUnsubscribedFromSms(LegacyUser),
}

impl Event {
    /// Reads an item. Nothing is lost: what the type of its topic does not read at all is kept as it
    /// is, beside the error.
    pub(super) fn read(
        topic: Topic,
        json: &[u8],
    ) -> (Self, Vec<Deviation>, Option<serde_json::Error>) {
        let problem = match Self::read_known(&topic, json) {
            Ok(Some((event, deviations))) => return (event, deviations, None),
            Ok(None) => None,
            Err(error) => Some(error),
        };
        let item = serde_json::from_slice(json).unwrap_or_default();
        (Self::Other { topic, item }, Vec::new(), problem)
    }

    /// Returns the id of the object that the event is about. For an event about two objects, that is the
    /// contact of a company, and otherwise the conversation or the ticket.
    #[must_use]
    pub fn object_id(&self) -> Option<&str> {
        self.version().0.filter(|id| !id.is_empty())
    }

    /// Returns the time of the object's state, by which notifications about one object are put in order.
    ///
    /// They arrive in any order. Store the time beside what you keep of the object, and skip an event
    /// whose time is earlier. Not every object has one; a deletion is final without it.
    #[must_use]
    pub fn object_time(&self) -> Option<Timestamp> {
        self.version().1
    }
}
