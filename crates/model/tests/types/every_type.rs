//! What holds for every type.

use intercom_model::{
    AttributeValue, CountedList, CustomAttributes, Deleted, EmbeddedList, ErrorList, Found, List,
    Pages, Pagination, Translations, activity_logs, admins, ai_content, any_value, articles,
    audiences, away_status_reasons, banners, brands, calls, companies, contacts, content,
    conversation_attributes, conversations, custom_channel_events, custom_objects, data_attributes,
    data_connectors, data_events, data_export, ecommerce, emails, fin_agent, fin_voice, folders,
    help_center, identity_verification, internal_articles, ip_allowlist, jobs, macros, messages,
    news, notes, office_hours, phone_switches, procedures, reporting_export, search, segments,
    subscription_types, tags, teams, ticket_types, tickets, visitors, webhooks, workflows,
};
use proptest::prelude::*;
use proptest::sample::Index;

use crate::surprises::{reads_what_it_wrote, schema_fields, survives, survives_flattening};

macro_rules! replies {
    ($($name:ident: $Type:ty,)*) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn reads_what_it_wrote_and_survives_surprises_and_flattening(value in any_value::<$Type>(), chosen: Index) {
                    let written = super::reads_what_it_wrote(&value)?;
                    survives::<$Type>(&written, chosen)?;
                    survives_flattening(&value)?;
                }
            }

            #[test]
            fn an_empty_object_is_read_and_described() {
                let _: $Type = serde_json::from_str("{}").unwrap();
                assert!(schema_fields(&schemars::schema_for!($Type)) > 0);
            }
        }
    )*};
}

macro_rules! bodies {
    ($($name:ident: $Type:ty,)*) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn reads_what_it_wrote_and_survives_flattening(value in any_value::<$Type>()) {
                    super::reads_what_it_wrote(&value)?;
                    survives_flattening(&value)?;
                }
            }

            #[test]
            fn is_described() {
                let _ = schemars::schema_for!($Type);
            }
        }
    )*};
}

replies! {
    activity_log_event_type_list: activity_logs::ActivityLogEventTypeList,
    activity_log_list: activity_logs::ActivityLogList,
    addressable: EmbeddedList<intercom_model::Addressable>,
    admin: admins::Admin,
    admin_list: admins::AdminList,
    app: admins::App,
    article: articles::Article,
    article_search_results: articles::ArticleSearchResults,
    article_version: articles::ArticleVersion,
    audience_list: CountedList<audiences::Audience>,
    away_status_reason: away_status_reasons::AwayStatusReason,
    banner: banners::Banner,
    banner_dismissed: banners::BannerDismissed,
    brand: brands::Brand,
    call: calls::Call,
    catalog_uploaded: ecommerce::CatalogUploaded,
    channel_notified: custom_channel_events::ChannelNotified,
    collection: help_center::Collection,
    companies_bulk_job: companies::CompaniesBulkJob,
    company: companies::Company,
    company_scroll: companies::CompanyScroll,
    contact: contacts::Contact,
    contact_activity: contacts::ContactActivity,
    contact_archived: contacts::ContactArchived,
    contact_blocked: contacts::ContactBlocked,
    contact_companies: companies::ContactCompanies,
    contact_deleted: contacts::ContactDeleted,
    contact_list: List<contacts::Contact>,
    contact_reference: contacts::ContactReference,
    contacts_bulk_job: contacts::ContactsBulkJob,
    content_bulk_action_queued: content::ContentBulkActionQueued,
    content_import_source: ai_content::ContentImportSource,
    content_match: content::ContentMatch,
    content_snippet: content::ContentSnippet,
    conversation: conversations::Conversation,
    conversation_attribute: conversation_attributes::ConversationAttribute,
    conversation_list: conversations::ConversationList,
    conversation_part: conversations::ConversationPart,
    custom_object_instance: custom_objects::CustomObjectInstance,
    custom_object_instance_list: custom_objects::CustomObjectInstanceList,
    data_attribute: data_attributes::DataAttribute,
    data_connector: data_connectors::DataConnector,
    data_connector_execution_result: data_connectors::DataConnectorExecutionResult,
    data_event_list: data_events::DataEventList,
    data_export_job: data_export::DataExport,
    deleted: Deleted<intercom_model::TicketId>,
    deleted_conversation_list: conversations::DeletedConversationList,
    deleted_article: Deleted<intercom_model::ArticleId>,
    email_setting: emails::EmailSetting,
    error_list: ErrorList,
    external_page: ai_content::ExternalPage,
    fin_capabilities: fin_agent::FinCapabilities,
    fin_conversation: fin_agent::FinConversation,
    fin_csat_rated: fin_agent::FinCsatRated,
    fin_escalated: fin_agent::FinEscalated,
    fin_event: fin_agent::FinEvent,
    fin_voice_call: fin_voice::FinVoiceCall,
    folder: folders::Folder,
    handling_event_list: conversations::HandlingEventList,
    help_center_redirect: help_center::HelpCenterRedirect,
    help_center_site: help_center::HelpCenter,
    identity_verification_secret: identity_verification::IdentityVerificationSecret,
    inbox_macro: macros::Macro,
    internal_article: internal_articles::InternalArticle,
    internal_article_search_results: internal_articles::InternalArticleSearchResults,
    ip_allowlist_reply: ip_allowlist::IpAllowlist,
    job: jobs::Job,
    merge_history_list: contacts::MergeHistoryList,
    merge_preview: contacts::MergePreview,
    message: messages::Message,
    news_item: news::NewsItem,
    newsfeed: news::Newsfeed,
    note: notes::Note,
    office_hours_exception: office_hours::OfficeHoursException,
    office_hours_schedule: office_hours::OfficeHoursSchedule,
    pages: Pages,
    webhook_api_request: webhooks::ApiRequestCompleted,
    webhook_audience_membership: webhooks::AudienceMembership,
    webhook_company_contact: webhooks::CompanyContact,
    webhook_company_deleted: webhooks::CompanyDeleted,
    webhook_contact_subscription: webhooks::ContactSubscription,
    webhook_contact_tag: webhooks::ContactTag,
    webhook_content_stat: webhooks::ContentStatEvent,
    webhook_conversation_contact: webhooks::ConversationContact,
    webhook_conversation_deleted: webhooks::ConversationDeleted,
    webhook_data_connector_executed: webhooks::DataConnectorExecuted,
    webhook_legacy_user: webhooks::LegacyUser,
    webhook_legacy_user_deleted: webhooks::LegacyUserDeleted,
    webhook_legacy_user_tag: webhooks::LegacyUserTag,
    webhook_ping: webhooks::Ping,
    webhook_procedure_question: webhooks::ProcedureQuestion,
    webhook_ticket_contact: webhooks::TicketContact,
    webhook_ticket_with_part: webhooks::TicketWithPart,
    phone_switch: phone_switches::PhoneSwitch,
    reporting_datasets: reporting_export::DatasetList,
    reporting_export_job: reporting_export::ReportingExport,
    section: help_center::Section,
    segment: segments::Segment,
    segment_list: segments::SegmentList,
    side_conversation_list: conversations::SideConversationList,
    subscription_type: subscription_types::SubscriptionType,
    tag: tags::Tag,
    tag_created: tags::TagCreated,
    team: teams::Team,
    team_list: teams::TeamList,
    team_metric: teams::TeamMetric,
    ticket: tickets::Ticket,
    ticket_list: tickets::TicketList,
    ticket_part: tickets::TicketPart,
    ticket_state_list: List<ticket_types::TicketStateDetailed>,
    ticket_type: ticket_types::TicketType,
    ticket_type_attribute: ticket_types::TicketTypeAttribute,
    ticket_type_list: ticket_types::TicketTypeList,
    visitor: visitors::Visitor,
    visitor_deleted: visitors::VisitorDeleted,
    whatsapp_message_status: messages::WhatsappMessageStatus,
    whatsapp_message_status_list: messages::WhatsappMessageStatusList,
    workflow_export: workflows::WorkflowExport,
}

bodies! {
    activity_log_search: activity_logs::ActivityLogSearch,
    agent_input: procedures::AgentInput,
    article_content: Translations<articles::ArticleContent>,
    article_create: articles::ArticleCreate,
    article_draft_publish: articles::ArticleDraftPublish,
    article_update: articles::ArticleUpdate,
    attribute_collected: custom_channel_events::AttributeCollected,
    attribute_value: AttributeValue,
    audience_create: audiences::AudienceCreate,
    audience_update: audiences::AudienceUpdate,
    away_mode: admins::AwayMode,
    bulk_companies_create: companies::BulkCompaniesCreate,
    bulk_companies_delete: companies::BulkCompaniesDelete,
    bulk_companies_update: companies::BulkCompaniesUpdate,
    bulk_contacts_create: contacts::BulkContactsCreate,
    bulk_contacts_delete: contacts::BulkContactsDelete,
    bulk_contacts_update: contacts::BulkContactsUpdate,
    call_search: calls::CallSearch,
    catalog_product: ecommerce::CatalogProduct,
    collection_create: help_center::CollectionCreate,
    collection_update: help_center::CollectionUpdate,
    companies_found: Found<companies::Company>,
    company_attach: contacts::CompanyAttach,
    company_create_or_update: companies::CompanyCreateOrUpdate,
    company_search: search::Search<search::company::Companies>,
    company_update: companies::CompanyUpdate,
    contact_create: contacts::ContactCreate,
    contact_merge: contacts::ContactMerge,
    contact_search: search::Search<search::contact::Contacts>,
    contact_update: contacts::ContactUpdate,
    content_bulk_action: content::ContentBulkAction,
    content_import_source_create: ai_content::ContentImportSourceCreate,
    content_import_source_update: ai_content::ContentImportSourceUpdate,
    content_snippet_create: content::ContentSnippetCreate,
    content_snippet_update: content::ContentSnippetUpdate,
    content_tag_attach: tags::ContentTagAttach,
    conversation_action: conversations::ConversationAction,
    conversation_attribute_create: conversation_attributes::ConversationAttributeCreate,
    conversation_attribute_update: conversation_attributes::ConversationAttributeUpdate,
    conversation_convert: conversations::ConversationConvert,
    conversation_create: conversations::ConversationCreate,
    conversation_link: tickets::ConversationLink,
    conversation_merge: conversations::ConversationMerge,
    conversation_part_update: conversations::ConversationPartUpdate,
    conversation_reply: conversations::ConversationReply,
    conversation_search: search::Search<search::conversation::Conversations>,
    conversation_update: conversations::ConversationUpdate,
    custom_attributes: CustomAttributes,
    custom_object_instance_create_or_update: custom_objects::CustomObjectInstanceCreateOrUpdate,
    custom_object_instances: Found<custom_objects::CustomObjectInstance>,
    data_attribute_create: data_attributes::DataAttributeCreate,
    data_attribute_update: data_attributes::DataAttributeUpdate,
    data_connector_create: data_connectors::DataConnectorCreate,
    data_connector_update: data_connectors::DataConnectorUpdate,
    data_event_create: data_events::DataEventCreate,
    data_event_summary_create: data_events::DataEventSummaryCreate,
    data_export_create: data_export::DataExportCreate,
    external_page_create_or_update: ai_content::ExternalPageCreateOrUpdate,
    external_page_update: ai_content::ExternalPageUpdate,
    fin_ask: fin_agent::FinAsk,
    fin_capabilities_request: fin_agent::FinCapabilitiesRequest,
    fin_csat: fin_agent::FinCsat,
    fin_escalate: fin_agent::FinEscalate,
    fin_procedure_run: fin_agent::FinProcedureRun,
    fin_reply: fin_agent::FinReply,
    fin_start: fin_agent::FinStart,
    fin_voice_call_register: fin_voice::FinVoiceCallRegister,
    folder_create: folders::FolderBody<folders::FolderCreate>,
    folder_update: folders::FolderBody<folders::FolderUpdate>,
    help_center_redirect_create: help_center::HelpCenterRedirectCreate,
    identity_verification_secret_create: identity_verification::IdentityVerificationSecretCreate,
    internal_article_create: internal_articles::InternalArticleCreate,
    internal_article_update: internal_articles::InternalArticleUpdate,
    message_create: messages::MessageCreate,
    message_receipt: data_export::MessageReceipt,
    new_conversation: custom_channel_events::NewConversation,
    new_message: custom_channel_events::NewMessage,
    news_item_request: news::NewsItemRequest,
    note_create: notes::NoteCreate,
    office_hours_exception_create: office_hours::OfficeHoursExceptionCreate,
    office_hours_exception_update: office_hours::OfficeHoursExceptionUpdate,
    office_hours_schedule_create: office_hours::OfficeHoursScheduleCreate,
    office_hours_schedule_update: office_hours::OfficeHoursScheduleUpdate,
    option_label: conversation_attributes::OptionLabel,
    pagination: Pagination,
    participant_attach: conversations::ParticipantAttach,
    participant_detach: conversations::ParticipantDetach,
    phone_switch_create: phone_switches::PhoneSwitchCreate,
    quick_reply_selected: custom_channel_events::QuickReplySelected,
    redaction: conversations::Redaction,
    reporting_export_create: reporting_export::ReportingExportCreate,
    section_create: help_center::SectionCreate,
    section_update: help_center::SectionUpdate,
    subscription_attach: subscription_types::SubscriptionAttach,
    tag_attach: tags::TagAttach,
    tag_attach_by_admin: tags::TagAttachByAdmin,
    tag_detach: tags::TagDetach,
    tag_request: tags::TagRequest,
    team_members_update: teams::TeamMembersUpdate,
    ticket_create: tickets::TicketCreate,
    ticket_reply: tickets::TicketReply,
    ticket_search: search::Search<search::ticket::Tickets>,
    ticket_type_attribute_create: ticket_types::TicketTypeAttributeCreate,
    ticket_type_attribute_update: ticket_types::TicketTypeAttributeUpdate,
    ticket_type_change: tickets::TicketTypeChange,
    ticket_type_create: ticket_types::TicketTypeCreate,
    ticket_type_update: ticket_types::TicketTypeUpdate,
    ticket_update: tickets::TicketUpdate,
    translations: Translations<help_center::GroupContent>,
    visitor_convert: visitors::VisitorConvert,
    visitor_update: visitors::VisitorUpdate,
}
