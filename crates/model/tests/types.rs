//! What holds for every type: it reads what it wrote, and a surprise in one place costs nothing
//! elsewhere.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Debug;

use intercom_model::{
    AttributeValue, CountedList, CustomAttributes, Deleted, EmbeddedList, ErrorList, Found, List,
    Pages, Pagination, Patch, Translations, activity_logs, admins, ai_content, articles, audiences,
    away_status_reasons, banners, brands, calls, companies, contacts, content,
    conversation_attributes, conversations, custom_channel_events, custom_objects, data_attributes,
    data_connectors, data_events, data_export, ecommerce, emails, fin_agent, fin_voice, folders,
    help_center, identity_verification, internal_articles, ip_allowlist, jobs, macros, messages,
    news, notes, office_hours, phone_switches, procedures, reporting_export, search, segments,
    subscription_types, tags, teams, ticket_types, tickets, visitors, webhooks, workflows,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

/// A step from a value into one of its parts.
#[derive(Debug, Clone, PartialEq)]
enum Step {
    Key(String),
    Index(usize),
}

/// The places of all parts of a value.
fn places(value: &Value, at: &mut Vec<Step>, found: &mut Vec<Vec<Step>>) {
    let parts: Vec<(Step, &Value)> = match value {
        Value::Object(fields) => fields
            .iter()
            .map(|(key, value)| (Step::Key(key.clone()), value))
            .collect(),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .map(|(index, value)| (Step::Index(index), value))
            .collect(),
        _ => Vec::new(),
    };
    for (step, part) in parts {
        at.push(step);
        found.push(at.clone());
        places(part, at, found);
        at.pop();
    }
}

fn part<'a>(value: &'a mut Value, place: &[Step]) -> &'a mut Value {
    place.iter().fold(value, |value, step| match step {
        Step::Key(key) => &mut value[key],
        Step::Index(index) => &mut value[*index],
    })
}

/// Equal but for what is at the place, or around it where it is in a list; `null` equals nothing.
fn same_but_for(before: &Value, after: &Value, place: &[Step]) -> bool {
    match (before, after, place) {
        (_, _, [] | [Step::Index(_)]) => true,
        (Value::Object(before), Value::Object(after), [Step::Key(changed), rest @ ..]) => {
            let keys = before.keys().chain(after.keys());
            keys.into_iter().all(|key| {
                let (before, after) = (
                    before.get(key).unwrap_or(&Value::Null),
                    after.get(key).unwrap_or(&Value::Null),
                );
                if key == changed {
                    same_but_for(before, after, rest)
                } else {
                    same(before, after)
                }
            })
        }
        (Value::Array(before), Value::Array(after), [Step::Index(changed), rest @ ..])
            if before.len() == after.len() =>
        {
            before
                .iter()
                .zip(after)
                .enumerate()
                .all(|(index, (before, after))| {
                    if index == *changed {
                        same_but_for(before, after, rest)
                    } else {
                        same(before, after)
                    }
                })
        }
        _ => false,
    }
}

fn same(before: &Value, after: &Value) -> bool {
    match (before, after) {
        (Value::Object(a), Value::Object(b)) => a.keys().chain(b.keys()).all(|key| {
            same(
                a.get(key).unwrap_or(&Value::Null),
                b.get(key).unwrap_or(&Value::Null),
            )
        }),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        _ => before == after,
    }
}

fn reads_what_it_wrote<T: Serialize + DeserializeOwned + PartialEq + Debug>(
    value: &T,
) -> Result<Value, TestCaseError> {
    let text = serde_json::to_string(value).unwrap();
    let back: T = serde_json::from_str(&text)
        .map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
    prop_assert_eq!(&back, value);
    Ok(serde_json::from_str(&text).unwrap())
}

/// Changes one part of the value to each kind of surprise, and compares all other parts.
fn survives<T: Serialize + DeserializeOwned + Debug>(
    written: &Value,
    chosen: Index,
) -> Result<(), TestCaseError> {
    let mut found = Vec::new();
    places(written, &mut Vec::new(), &mut found);
    let Some(place) = found.get(chosen.index(found.len().max(1))) else {
        return Ok(());
    };
    let (last, parent) = place.split_last().unwrap();

    let mut changed = Vec::new();
    for surprise in [
        Value::Null,
        json!("surprise"),
        json!(-7.25),
        json!(true),
        json!([["surprise"]]),
        json!({"surprise": {}}),
    ] {
        let mut value = written.clone();
        *part(&mut value, place) = surprise;
        changed.push(value);
    }
    let mut removed = written.clone();
    match (part(&mut removed, parent), last) {
        (Value::Object(fields), Step::Key(key)) => {
            fields.remove(key);
        }
        (Value::Array(items), Step::Index(index)) => {
            items.remove(*index);
        }
        _ => unreachable!(),
    }
    changed.push(removed);

    for value in changed {
        let text = value.to_string();
        let read = intercom_model::from_slice::<T>(text.as_bytes());
        let (read, _) = read.map_err(|error| TestCaseError::fail(format!("{error}: {text}")))?;
        let after = serde_json::to_value(&read).unwrap();
        prop_assert!(
            same_but_for(written, &after, place),
            "{place:?}\n{text}\n{after}"
        );
    }

    let mut extended = written.clone();
    if let Value::Object(fields) = part(&mut extended, parent) {
        fields.insert("unknown_sibling".into(), json!([{"deep": [1]}]));
        let (read, _) = intercom_model::from_slice::<T>(extended.to_string().as_bytes()).unwrap();
        let mut after = serde_json::to_value(&read).unwrap();
        // Free-form maps keep what they do not know.
        if let Value::Object(fields) = part(&mut after, parent) {
            fields.remove("unknown_sibling");
        }
        prop_assert!(same(written, &after), "{extended}\n{after}");
    }
    Ok(())
}

/// Every field once set to something, so that no field is left out by chance.
fn schema_fields(schema: &schemars::Schema) -> usize {
    schema
        .get("properties")
        .and_then(Value::as_object)
        .map_or(0, Map::len)
}

macro_rules! replies {
    ($($name:ident: $Type:ty,)*) => {$(
        mod $name {
            use super::*;

            proptest! {
                #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

                #[test]
                fn reads_what_it_wrote_and_survives_surprises(value: $Type, chosen: Index) {
                    let written = super::reads_what_it_wrote(&value)?;
                    survives::<$Type>(&written, chosen)?;
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
                fn reads_what_it_wrote(value: $Type) {
                    super::reads_what_it_wrote(&value)?;
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
    notification: webhooks::Notification<tickets::TicketPart>,
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

#[test]
fn a_patch_says_keep_clear_and_set_apart() {
    let update = contacts::ContactUpdate::new()
        .name("Ada")
        .phone(Patch::Clear)
        .owner_id(Some("7".into()));
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"name": "Ada", "phone": null, "owner_id": "7"})
    );
    let back: contacts::ContactUpdate = serde_json::from_value(json!({"phone": null})).unwrap();
    assert_eq!((back.phone, back.name), (Patch::Clear, Patch::Keep));
}

#[test]
fn an_id_is_written_back_in_the_form_in_which_it_came() {
    for json in [json!({"id": 12}), json!({"id": "12"})] {
        let tag: contacts::TagReference = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(tag.id, "12");
        assert_eq!(serde_json::to_value(&tag).unwrap(), json);
    }
}

#[test]
fn a_time_is_sent_as_iso_8601_where_the_service_wants_it_so() {
    use intercom_model::Timestamp;
    let update = articles::ArticleUpdate::new()
        .scheduled_publish_at(Timestamp::from_second(1_798_707_600))
        .scheduled_unpublish_at(Patch::Clear);
    let json =
        json!({"scheduled_publish_at": "2026-12-31T09:00:00Z", "scheduled_unpublish_at": null});
    assert_eq!(serde_json::to_value(&update).unwrap(), json);
    assert_eq!(
        serde_json::from_value::<articles::ArticleUpdate>(json).unwrap(),
        update
    );
}

#[test]
fn audiences_are_read_as_one_as_many_and_as_none() {
    let source = |audience_ids: Value| {
        let source =
            json!({"sync_behavior": "api", "url": "/", "audience_ids": audience_ids}).to_string();
        let source: ai_content::ContentImportSourceUpdate = serde_json::from_str(&source).unwrap();
        source.audience_ids
    };
    assert_eq!(source(json!(7)), Patch::Set(vec!["7".into()]));
    assert_eq!(
        source(json!([7, 8])),
        Patch::Set(vec!["7".into(), "8".into()])
    );
    assert_eq!(source(json!(null)), Patch::Clear);
}

#[test]
fn a_field_that_is_not_modelled_can_be_sent() {
    let update = contacts::ContactUpdate::new()
        .name("Ada")
        .extra("fraud_score", 0.5);
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"name": "Ada", "fraud_score": 0.5})
    );
}

#[test]
fn the_declared_and_the_sent_name_are_both_read() {
    for key in ["conversations", "conversions"] {
        let statistics: articles::ArticleStatistics =
            serde_json::from_value(json!({key: 7})).unwrap();
        assert_eq!(statistics.conversations, Some(7));
    }
    for key in ["last_request_at", "las_request_at"] {
        let visitor: visitors::Visitor = serde_json::from_value(json!({key: 7})).unwrap();
        assert_eq!(
            visitor.last_request_at,
            Some(intercom_model::Timestamp::from_second(7))
        );
    }
    for key in ["data", "companies"] {
        let list: companies::ContactCompanies =
            serde_json::from_value(json!({key: [{"id": "1"}]})).unwrap();
        assert_eq!(list.data[0].id, "1");
    }
}

#[test]
fn a_look_up_gives_a_company_or_a_list_whatever_its_type_and_costs_only_what_is_wrong() {
    use companies::Company;
    use intercom_model::Found;
    let read = |json: Value| {
        intercom_model::from_slice::<Found<Company>>(json.to_string().as_bytes())
            .unwrap()
            .0
    };
    for kind in [json!("list"), json!(null), json!(7), json!("heap")] {
        let company = json!({"type": "company", "id": "1", "size": "many"});
        let list = read(json!({"type": kind, "data": [company], "total_count": 1}));
        let Found::List(list) = list else {
            panic!("{list:?}")
        };
        assert_eq!((list.data[0].id.as_str(), list.total_count), ("1", Some(1)));
    }
    for kind in [json!("company"), json!(null), json!(7), json!("heap")] {
        let one = read(json!({"type": kind, "id": "1", "size": "many", "name": "Acme"}));
        let Found::One(company) = one else {
            panic!("{one:?}")
        };
        assert_eq!(
            (company.id.as_str(), company.name.as_deref()),
            ("1", Some("Acme"))
        );
    }
    let Found::List(empty) = read(json!({"type": "list"})) else {
        panic!("a list was to be read")
    };
    assert_eq!(empty.r#type, Some(intercom_model::ObjectType::List));

    // Whatever stands before what tells which it is.
    let company = json!({"id": "1", "name": "Acme"});
    for (begin, end) in [
        (
            json!({"has_more": false}),
            json!({"type": "list", "data": [company]}),
        ),
        (json!({"name": "Acme"}), json!({"size": "many", "id": "1"})),
        (
            json!({"name": ["Acme"], "size": 1}),
            json!({"id": "1", "plan": 7}),
        ),
    ] {
        let (begin, end) = (begin.to_string(), end.to_string());
        let text = format!("{},{}", &begin[..begin.len() - 1], &end[1..]);
        let (found, _) = intercom_model::from_slice::<Found<Company>>(text.as_bytes()).unwrap();
        let found: Vec<Company> = found.into_iter().collect();
        assert_eq!(found.len(), 1, "{text}");
        assert_eq!(found[0].id, "1", "{text}");
    }
    assert_eq!(read(json!({})).into_iter().count(), 0);
}

#[test]
fn the_order_of_a_collection_is_read_as_a_number_and_as_text() {
    for order in [json!(2), json!("2")] {
        let collection: help_center::Collection =
            serde_json::from_value(json!({"id": "1", "order": order})).unwrap();
        assert_eq!(collection.order, Some(2));
    }
}

#[test]
fn the_size_of_a_company_is_read_as_a_number_and_as_text() {
    for size in [json!(100), json!("100")] {
        let company: companies::CompanyCreateOrUpdate =
            serde_json::from_value(json!({"size": size})).unwrap();
        assert_eq!(company.size, Some(100));
    }
}

#[test]
fn a_size_that_is_none_costs_only_itself_wherever_it_stands() {
    for json in [r#"{"id":"1","size":"many"}"#, r#"{"size":"many","id":"1"}"#] {
        let (company, deviations) =
            intercom_model::from_slice::<companies::Company>(json.as_bytes()).unwrap();
        assert_eq!((company.id.as_str(), company.size), ("1", None));
        assert_eq!(deviations[0].path, "size");
    }
}

#[test]
fn an_unknown_value_is_kept_as_it_came() {
    let role: contacts::Role = serde_json::from_value(json!("robot")).unwrap();
    assert_eq!(
        (role.as_str(), serde_json::to_value(&role).unwrap()),
        ("robot", json!("robot"))
    );
    assert_eq!(contacts::Role::from("lead"), contacts::Role::Lead);
}

#[test]
fn every_official_locale_is_known() {
    let official = "ar bg bs ca cs da de el en es et fi fr he hr hu id it ja ko lt lv mn nb nl pl pt pt-BR ro ru sl sr sv tr vi zh-CN zh-TW";
    let mut known: Vec<&str> = intercom_model::Locale::KNOWN
        .iter()
        .map(intercom_model::Locale::as_str)
        .collect();
    known.sort_unstable_by_key(|locale| locale.to_lowercase());
    assert_eq!(known.join(" "), official);
}

#[test]
fn a_tag_request_is_told_by_its_fields() {
    use tags::TagRequest;
    assert_eq!(
        serde_json::to_value(TagRequest::contacts("vip", ["1"])).unwrap(),
        json!({"name": "vip", "users": [{"id": "1"}]})
    );
    assert_eq!(
        serde_json::to_value(TagRequest::untag_companies("vip", ["1"])).unwrap(),
        json!({"name": "vip", "companies": [{"id": "1", "untag": true}]})
    );
}

#[test]
fn an_array_is_not_read_as_an_object_but_for_an_empty_one() {
    use contacts::Contact;
    let (contact, deviations) =
        intercom_model::from_slice::<Contact>(br#"{"location":["a","b"],"tags":[],"name":"Ada"}"#)
            .unwrap();
    assert_eq!(
        (contact.location, contact.name.as_deref()),
        (None, Some("Ada"))
    );
    assert_eq!(contact.tags.map(|tags| tags.data.len()), Some(0));
    assert_eq!(deviations.len(), 1);
    assert!(intercom_model::from_slice::<Contact>(br#"["contact","1"]"#).is_err());
    assert!(intercom_model::from_slice::<List<Contact>>(br#"[{"id":"1"}]"#).is_err());
}

#[test]
fn what_an_event_was_is_told_by_the_type_of_its_part() {
    use conversations::{ConversationPart, EventDetails, PartType};
    let details =
        json!({"attribute": {"name": "plan"}, "value": {"name": "pro", "previous": "free"}});
    let read = |part_type: &str, details: &Value| {
        let part = json!({"id": "1", "part_type": part_type, "event_details": details});
        serde_json::from_value::<ConversationPart>(part).unwrap()
    };

    let by_admin = read("conversation_attribute_updated_by_admin", &details);
    let Some(EventDetails::ConversationAttributeUpdatedByAdmin(change)) = &by_admin.event_details
    else {
        panic!("{by_admin:?}");
    };
    let previous = change
        .value
        .as_ref()
        .and_then(|value| value.previous.as_deref());
    assert_eq!(previous, Some("free"));
    let by_user = read("conversation_attribute_updated_by_user", &details);
    assert!(matches!(
        by_user.event_details,
        Some(EventDetails::ConversationAttributeUpdatedByUser(_))
    ));
    assert!(read("call_summary", &Value::Null).event_details.is_none());

    // Whatever is unknown, or of another form, stays as it came.
    for (part_type, details) in [
        ("teleported", json!({"to": "Mars"})),
        ("snoozed", json!(["until", "tomorrow"])),
        ("priority_changed", json!({"current_priority": 5})),
    ] {
        let part = read(part_type, &details);
        assert_eq!(
            part.event_details,
            Some(EventDetails::Other(details.clone()))
        );
        assert_eq!(part.part_type, Some(PartType::from(part_type)));
        assert_eq!(
            serde_json::to_value(&part).unwrap()["event_details"],
            details
        );
    }
}

#[test]
fn every_event_that_is_described_has_details_of_its_own() {
    use conversations::ConversationPart;
    let described = [
        ("call_summary", json!({"call_id": "7"})),
        (
            "conversation_attribute_updated_by_admin",
            json!({"attribute": {"name": "a"}}),
        ),
        (
            "conversation_attribute_updated_by_user",
            json!({"attribute": {"name": "a"}}),
        ),
        (
            "conversation_attribute_updated_by_workflow",
            json!({"workflow": {"name": "w"}}),
        ),
        ("conversation_sla_applied_by_rule", json!({"sla_name": "s"})),
        (
            "conversation_sla_applied_by_workflow",
            json!({"sla_name": "s"}),
        ),
        (
            "conversation_sla_paused",
            json!({"sla_states": {"time_to_close": {"status": "paused"}}}),
        ),
        ("conversation_sla_removed", json!({"sla_name": "s"})),
        (
            "conversation_sla_target_missed",
            json!({"sla_target_type": "time_to_close"}),
        ),
        ("conversation_sla_unpaused", json!({"sla_name": "s"})),
        (
            "conversation_tags_updated",
            json!({"tags_added": ["t"], "tags_removed": []}),
        ),
        (
            "custom_action_finished",
            json!({"action": {"name": "a", "result": "success"}}),
        ),
        ("custom_action_started", json!({"action": {"name": "a"}})),
        (
            "operator_workflow_event",
            json!({"event": {"type": "e", "result": "r"}}),
        ),
        (
            "priority_changed",
            json!({"current_priority": "high", "previous_priority": "none"}),
        ),
        (
            "snoozed",
            json!({"until": "tomorrow", "custom_until_time": "2025-09-03T18:44:20.146Z"}),
        ),
    ];
    for (part_type, details) in described {
        let part: ConversationPart =
            serde_json::from_value(json!({"part_type": part_type, "event_details": details}))
                .unwrap();
        let found = part
            .event_details
            .as_ref()
            .and_then(conversations::EventDetails::part_type);
        assert_eq!(
            found.as_ref().map(conversations::PartType::as_str),
            Some(part_type)
        );
        let written = serde_json::to_value(&part).unwrap();
        assert!(same(&written["event_details"], &details), "{written}");
    }
}

#[test]
fn replies_are_written_in_the_forms_that_the_service_takes() {
    use conversations::{
        AdminMessage, AdminReply, ContactKey, ContactReply, ConversationReply, QuickReply,
    };
    for (reply, json) in [
        (
            ConversationReply::from(AdminReply::comment("7", "<p>Done.</p>")),
            json!({"type": "admin", "message_type": "comment", "admin_id": "7", "body": "<p>Done.</p>"}),
        ),
        (
            AdminReply::Note(AdminMessage::new("7", "Psst").skip_notifications(true)).into(),
            json!({"type": "admin", "message_type": "note", "admin_id": "7", "body": "Psst", "skip_notifications": true}),
        ),
        (
            AdminReply::quick_reply("7", [QuickReply::new("Yes", "a5e1")]).into(),
            json!({"type": "admin", "message_type": "quick_reply", "admin_id": "7", "reply_options": [{"text": "Yes", "uuid": "a5e1"}]}),
        ),
        (
            ContactReply::comment(ContactKey::id("6657"), "Thanks").into(),
            json!({"type": "user", "message_type": "comment", "intercom_user_id": "6657", "body": "Thanks"}),
        ),
        (
            ContactReply::comment(ContactKey::external_id("70"), "Thanks").into(),
            json!({"type": "user", "message_type": "comment", "user_id": "70", "body": "Thanks"}),
        ),
        (
            ContactReply::quick_reply(
                ContactKey::email("ada@example.com"),
                QuickReply::new("Yes", "a5e1"),
            )
            .into(),
            json!({"type": "user", "message_type": "quick_reply", "email": "ada@example.com", "reply_options": [{"text": "Yes", "uuid": "a5e1"}]}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&reply).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ConversationReply>(json).unwrap(),
            reply
        );
    }
}

#[test]
fn a_conversation_is_managed_in_the_forms_that_the_service_takes() {
    use conversations::ConversationAction;
    for (action, json) in [
        (
            ConversationAction::close("7"),
            json!({"message_type": "close", "type": "admin", "admin_id": "7"}),
        ),
        (
            ConversationAction::snooze("7", intercom_model::Timestamp::from_second(1_673_609_604)),
            json!({"message_type": "snoozed", "admin_id": "7", "snoozed_until": 1_673_609_604}),
        ),
        (
            ConversationAction::open("7"),
            json!({"message_type": "open", "admin_id": "7"}),
        ),
        (
            ConversationAction::assign_to_team("7", "9"),
            json!({"message_type": "assignment", "type": "team", "admin_id": "7", "assignee_id": "9"}),
        ),
        (
            ConversationAction::unassign("7"),
            json!({"message_type": "assignment", "type": "admin", "admin_id": "7", "assignee_id": "0"}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&action).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ConversationAction>(json).unwrap(),
            action
        );
    }
}

#[test]
fn an_id_that_must_be_a_number_is_sent_as_one() {
    let merge = conversations::ConversationMerge::new("456");
    assert_eq!(
        serde_json::to_value(&merge).unwrap(),
        json!({"merge_into_conversation_id": 456})
    );
    let update = tickets::TicketUpdate::new().admin_id("7").assignee_id("0");
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"admin_id": 7, "assignee_id": "0"})
    );
    let article = articles::ArticleUpdate::new()
        .author_id("7")
        .audience_ids(["18", "007", "vip"])
        .folder_id(Patch::Clear)
        .parent_id(18);
    assert_eq!(
        serde_json::to_value(&article).unwrap(),
        json!({"author_id": 7, "audience_ids": [18, "007", "vip"], "folder_id": null, "parent_id": "18"})
    );
}

#[test]
fn an_empty_array_is_an_empty_map() {
    let contact = json!({"custom_attributes": []});
    let contact: contacts::Contact = serde_json::from_value(contact).unwrap();
    assert!(contact.custom_attributes.is_empty());
    let article = json!({"translated_content": []});
    let article: articles::Article = serde_json::from_value(article).unwrap();
    assert_eq!(article.translated_content, Some(Translations::default()));
    let event: data_events::DataEvent = serde_json::from_value(json!({"metadata": []})).unwrap();
    assert_eq!(event.metadata, Some(Default::default()));
    assert!(serde_json::from_value::<data_events::DataEvent>(json!({"metadata": [1]})).is_err());
}

#[test]
fn an_article_that_was_found_comes_with_its_own_highlights() {
    let found: articles::ArticleMatches = serde_json::from_value(json!({
        "articles": [{"id": "1"}, {"id": "2"}, {"id": "3"}],
        "highlights": [{"article_id": "3"}, {"article_id": "1"}],
    }))
    .unwrap();
    let of: Vec<_> = found
        .into_iter()
        .map(|found| {
            found
                .highlights
                .and_then(|highlights| highlights.article_id)
        })
        .collect();
    assert_eq!(of, [Some("1".into()), None, Some("3".into())]);
}

#[test]
fn an_attribute_that_refers_to_custom_objects_is_read_as_their_list() {
    let orders = json!({"type": "order.list", "instances": [{"id": "7", "type": "Order", "external_id": 7}]});
    let orders: AttributeValue = serde_json::from_value(orders).unwrap();
    let orders = orders.to_custom_objects().unwrap();
    assert_eq!(orders.r#type.as_deref(), Some("order.list"));
    assert_eq!(orders.instances[0].id, "7");
    assert_eq!(AttributeValue::from("order").to_custom_objects(), None);
}

#[test]
fn an_action_on_content_has_its_own_part_and_no_other() {
    use content::{ContentBulkAction, ContentReference, ContentTags, ContentType};
    let article = || [ContentReference::new(ContentType::Article, "12")];
    for (action, json) in [
        (
            ContentBulkAction::publish(article()),
            json!({"action": "publish", "content_ids": [{"type": "article", "id": "12"}]}),
        ),
        (
            ContentBulkAction::update_tags(article(), ContentTags::new().add_tag_ids(["7".into()])),
            json!({"action": "update_tags", "content_ids": [{"type": "article", "id": "12"}], "tags": {"add_tag_ids": [7]}}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&action).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ContentBulkAction>(json).unwrap(),
            action
        );
    }
}

#[test]
fn a_merge_is_allowed_only_where_the_reply_says_so() {
    use contacts::MergePreview;
    let allowed = |json: Value| {
        let preview: MergePreview = serde_json::from_value(json).unwrap();
        matches!(preview, MergePreview::Allowed(_))
    };
    assert!(allowed(json!({"allowed": true, "summary": {}})));
    assert!(!allowed(json!({"allowed": false, "reasons": []})));
    assert!(!allowed(
        json!({"allowed": true, "reasons": [{"code": "facebook_user"}]})
    ));
    assert!(!allowed(json!({})));
}

#[test]
fn statistics_may_be_null_in_whole_and_in_part() {
    use conversations::Conversation;
    let none: Conversation = serde_json::from_value(json!({"statistics": null})).unwrap();
    assert_eq!(none.statistics, None);
    let some: Conversation = serde_json::from_value(
        json!({"statistics": {"time_to_assignment": null, "count_reopens": 1, "first_close_at": null}}),
    )
    .unwrap();
    let statistics = some.statistics.unwrap();
    assert_eq!(
        (statistics.time_to_assignment, statistics.count_reopens),
        (None, Some(1))
    );
}

#[test]
fn the_state_of_a_ticket_is_read_in_both_forms_and_written_back() {
    use ticket_types::TicketStateCategory;
    for state in [
        json!("in_progress"),
        json!({"type": "ticket_state", "id": "12", "category": "in_progress", "internal_label": "Busy", "external_label": "Soon"}),
    ] {
        let ticket: tickets::Ticket = serde_json::from_value(
            json!({"id": 1, "ticket_state": state, "admin_assignee_id": "0"}),
        )
        .unwrap();
        let category = ticket
            .ticket_state
            .as_ref()
            .and_then(|state| state.category());
        assert_eq!(category, Some(&TicketStateCategory::InProgress));
        let written = serde_json::to_value(&ticket).unwrap();
        assert_eq!(written["ticket_state"], state);
        assert_eq!(
            (&written["id"], &written["admin_assignee_id"]),
            (&json!(1), &json!("0"))
        );
    }
}

#[test]
fn a_reply_to_a_ticket_without_a_type_is_by_an_admin() {
    use tickets::{TicketAdminReply, TicketReply};
    let note: TicketReply =
        serde_json::from_value(json!({"message_type": "note", "admin_id": "7", "body": "Psst"}))
            .unwrap();
    assert_eq!(note, TicketAdminReply::note("7", "Psst").into());
    assert!(serde_json::from_value::<TicketReply>(json!({"type": 7})).is_err());
}

#[test]
fn a_request_of_an_unknown_kind_is_kept_and_one_of_a_known_kind_must_be_whole() {
    fn kept<T: Serialize + DeserializeOwned>(json: Value) {
        let read: T = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
    fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
        serde_json::from_value::<T>(json).unwrap_err().to_string()
    }
    let of_kind = |tag: &str| json!({tag: "hologram", "depth": 3, "id": "7"});
    kept::<conversations::ConversationAction>(of_kind("message_type"));
    kept::<conversations::ConversationReply>(of_kind("type"));
    kept::<conversations::ConversationReply>(
        json!({"type": "admin", "message_type": "hologram", "admin_id": "7"}),
    );
    kept::<conversations::ContactReply>(of_kind("message_type"));
    kept::<content::ContentBulkAction>(of_kind("action"));
    kept::<conversations::Redaction>(of_kind("type"));
    kept::<conversation_attributes::ConversationAttributeCreate>(of_kind("data_type"));
    kept::<messages::OutboundMessage>(of_kind("message_type"));
    kept::<tickets::TicketReply>(of_kind("type"));
    kept::<tickets::TicketAdminReply>(of_kind("message_type"));
    kept::<tickets::TicketContactReply>(of_kind("message_type"));
    kept::<messages::Sender>(json!({"type": "hologram", "id": "7"}));
    kept::<conversations::ConversationAction>(json!({
        "message_type": "assignment", "type": "hologram", "assignee_id": "9", "admin_id": "7"
    }));

    type Reply = conversations::AdminReply;
    let bare = json!({"message_type": "comment", "admin_id": "7"});
    assert_eq!(refused::<Reply>(bare), "missing field `body`");
    assert_eq!(refused::<Reply>(json!({})), "missing field `message_type`");
    assert_eq!(
        refused::<Reply>(json!({"message_type": ["comment"]})),
        "`message_type` must be a text"
    );
}

#[test]
fn a_surprise_in_an_event_costs_that_value_and_is_told_with_its_place() {
    use conversations::{ConversationPart, EventDetails};
    let part = r#"{"id":"1","part_type":"conversation_sla_paused","body":"kept","event_details":
        {"sla_name":"Gold","sla_states":{"first_reply_time":{"status":"paused","seconds_remaining":3.5}}},"redacted":false}"#;
    let (part, deviations) =
        intercom_model::from_slice::<ConversationPart>(part.as_bytes()).unwrap();
    let Some(EventDetails::ConversationSlaPaused(details)) = &part.event_details else {
        panic!("{part:?}");
    };
    assert_eq!(details.sla_name.as_deref(), Some("Gold"));
    assert_eq!(
        (part.body.as_deref(), part.redacted),
        (Some("kept"), Some(false))
    );
    let told: Vec<String> = deviations.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        ["event_details.sla_states.first_reply_time.seconds_remaining: expected i64, found 3.5"]
    );
}

#[test]
fn a_visitor_begins_a_conversation_by_either_id() {
    use conversations::{ConversationCreate, Initiator, Person};
    for (from, json) in [
        (
            Initiator::visitor("6762"),
            json!({"type": "contact", "id": "6762"}),
        ),
        (
            Initiator::visitor_by_user_id("3ecf"),
            json!({"type": "contact", "user_id": "3ecf"}),
        ),
        (
            Person::lead("6657").into(),
            json!({"type": "lead", "id": "6657"}),
        ),
    ] {
        let create = ConversationCreate::new(from, "Hello");
        let json = json!({"from": json, "body": "Hello"});
        assert_eq!(serde_json::to_value(&create).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ConversationCreate>(json).unwrap(),
            create
        );
    }
}

#[test]
fn an_escalation_is_of_a_conversation_or_for_a_user() {
    use fin_agent::{EscalateUser, FinEscalate, FinUser};
    for (escalate, json) in [
        (
            FinEscalate::of_conversation("ext-1"),
            json!({"conversation_id": "ext-1"}),
        ),
        (
            EscalateUser::new(FinUser::new("7")).message("Help!").into(),
            json!({"user": {"id": "7"}, "message": "Help!"}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&escalate).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<FinEscalate>(json).unwrap(),
            escalate
        );
    }
    let error = serde_json::from_value::<FinEscalate>(json!({"context": "urgent"})).unwrap_err();
    assert_eq!(error.to_string(), "missing field `conversation_id`");
}

#[test]
fn a_download_is_there_once_its_address_and_its_end_are() {
    use data_export::DataExport;
    let read = |json: &Value| serde_json::from_value::<DataExport>(json.clone()).unwrap();
    let pending = json!({"job_identifier": "x", "status": "pending", "download_expires_at": "", "download_url": ""});
    let export = read(&pending);
    assert_eq!(
        (export.download_url.as_ref(), export.download_expires_at),
        (None, None)
    );
    assert_eq!(serde_json::to_value(&export).unwrap(), pending);

    let done = json!({"job_identifier": "x", "status": "completed", "download_expires_at": "1674917488", "download_url": "https://x"});
    let export = read(&done);
    let end = intercom_model::Timestamp::from_second(1_674_917_488);
    assert_eq!(export.download_expires_at, Some(end));
    assert_eq!(serde_json::to_value(&export).unwrap(), done);
}

#[test]
fn the_files_of_an_attribute_are_read() {
    let file = json!({"type": "upload", "name": "a.png", "url": "https://x/a.png", "filesize": 7});
    let attributes: CustomAttributes = serde_json::from_value(json!({
        "_default_title_": "Bug",
        "screenshot": file,
        "logs": [file, file],
        "orders": {"type": "order.list", "instances": []},
    }))
    .unwrap();
    let name = |file: tickets::Attachment| file.name.unwrap();
    assert_eq!(
        attributes["screenshot"].to_file().map(name).as_deref(),
        Some("a.png")
    );
    assert_eq!(
        attributes["logs"].to_files().map(|files| files.len()),
        Some(2)
    );
    for other in ["_default_title_", "orders"] {
        assert_eq!(attributes[other].to_file(), None);
    }
}

#[test]
fn how_an_attribute_is_put_in_costs_no_more_than_itself() {
    use ticket_types::TicketTypeAttribute;
    let read = |options: Value| {
        let attribute = json!({"id": "1", "input_options": options}).to_string();
        intercom_model::from_slice::<TicketTypeAttribute>(attribute.as_bytes()).unwrap()
    };
    let options = json!({"multiline": true, "list_options": [{"id": "a", "label": "Low"}]});
    let (attribute, deviations) = read(options.clone());
    assert!(deviations.is_empty());
    assert_eq!(
        attribute.input_options.as_ref().unwrap().multiline,
        Some(true)
    );
    assert_eq!(
        serde_json::to_value(&attribute).unwrap()["input_options"],
        options
    );
    let (attribute, deviations) = read(json!("multiline: true"));
    assert_eq!(
        (attribute.id.as_str(), attribute.input_options),
        ("1", None)
    );
    assert_eq!(deviations[0].path, "input_options");
}

#[test]
fn a_message_goes_to_one_contact_or_to_several_or_comes_from_one() {
    use conversations::Person;
    use messages::{MessageCreate, OutboundMessage, WhatsappComponent, WhatsappParameter};
    let ada = || Person::user("1");
    for (message, json) in [
        (
            OutboundMessage::in_app("7", ada(), "Hello").into(),
            json!({"message_type": "in_app", "from": {"type": "admin", "id": "7"}, "to": {"type": "user", "id": "1"}, "body": "Hello"}),
        ),
        (
            OutboundMessage::email("7", [ada(), Person::lead("2")], "plain", "Hi", "Hello").into(),
            json!({"message_type": "email", "from": {"type": "admin", "id": "7"}, "to": [{"type": "user", "id": "1"}, {"type": "lead", "id": "2"}], "template": "plain", "subject": "Hi", "body": "Hello"}),
        ),
        (
            OutboundMessage::whatsapp(
                "7",
                messages::WhatsappRecipient::new(5_547_999_998_888_u64).name("Ada"),
                "keep_live",
                [WhatsappComponent::new(
                    "BODY",
                    [WhatsappParameter::of_text("Ada")],
                )],
            )
            .into(),
            json!({"message_type": "whatsapp", "from": {"type": "admin", "id": "7"}, "to": {"phone": 5_547_999_998_888_u64, "name": "Ada"}, "template": "keep_live", "components": [{"type": "BODY", "parameters": [{"type": "text", "text": "Ada"}]}]}),
        ),
        (
            MessageCreate::inbound(ada(), "Hello"),
            json!({"from": {"type": "user", "id": "1"}, "body": "Hello"}),
        ),
    ] {
        let message: MessageCreate = message;
        assert_eq!(serde_json::to_value(&message).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<MessageCreate>(json).unwrap(),
            message
        );
    }
}

#[test]
fn an_attribute_to_create_says_what_it_holds() {
    use conversation_attributes::{ConversationAttributeCreate, ListAttributeCreate};
    let list = ListAttributeCreate::new("Urgency").options(["Low", "High"].map(Into::into));
    assert_eq!(
        serde_json::to_value(ConversationAttributeCreate::List(list)).unwrap(),
        json!({"data_type": "list", "name": "Urgency", "options": [{"label": "Low"}, {"label": "High"}]})
    );
}

#[test]
fn what_an_activity_changed_is_read_as_a_text_and_as_an_object() {
    for before in [json!("Initial title"), json!({"limit": 15})] {
        let metadata = json!({"before": before, "auto_changed": false, "message": {"id": 123}});
        let read: activity_logs::ActivityLogMetadata =
            serde_json::from_value(metadata.clone()).unwrap();
        assert_eq!(read.auto_changed, false);
        assert!(same(&serde_json::to_value(&read).unwrap(), &metadata));
    }
}

#[test]
fn an_attachment_for_fin_is_told_by_its_type_and_an_unknown_one_is_kept() {
    use fin_agent::FinAttachment;
    let unknown = json!({"type": "voice", "seconds": 7});
    for (json, attachment) in [
        (
            json!({"type": "url", "url": "https://example.com/a.pdf"}),
            Some(FinAttachment::url("https://example.com/a.pdf")),
        ),
        (
            json!({"type": "file", "name": "a.png", "content_type": "image/png", "data": "iVBORw0="}),
            Some(FinAttachment::file("a.png", "image/png", "iVBORw0=")),
        ),
        (unknown, None),
    ] {
        let read: FinAttachment = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
        assert_eq!(
            attachment.is_none(),
            matches!(read, FinAttachment::Other(_))
        );
        assert_eq!(*attachment.as_ref().unwrap_or(&read), read);
    }
    assert!(serde_json::from_value::<FinAttachment>(json!({"type": "url"})).is_err());
}

#[test]
fn the_time_of_a_message_for_fin_keeps_its_milliseconds() {
    let written = intercom_model::Timestamp::from_millisecond(1_737_712_880_123);
    let message = fin_agent::FinMessage::from_user("Hello", written);
    assert_eq!(
        serde_json::to_value(&message).unwrap(),
        json!({"author": "user", "body": "Hello", "timestamp": "2025-01-24T10:01:20.123Z"})
    );
}
