//! What holds for every type: it reads what it wrote, and a surprise in one place costs nothing
//! elsewhere.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Debug;

use intercom_model::{
    AttributeValue, CustomAttributes, EmbeddedList, ErrorList, List, Pages, Pagination, Patch,
    Translations, calls, fin_voice, office_hours,
};
use intercom_model::{
    activity_logs, admins, audiences, away_status_reasons, brands, companies, contacts,
    custom_channel_events, custom_objects, data_attributes, data_connectors, data_events,
    data_export, ecommerce, emails, fin_agent, help_center, identity_verification, ip_allowlist,
    notes, reporting_export, search, segments, subscription_types, tags,
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
    audience_list: audiences::AudienceList,
    away_status_reason: away_status_reasons::AwayStatusReason,
    brand: brands::Brand,
    call: calls::Call,
    catalog_uploaded: ecommerce::CatalogUploaded,
    channel_notified: custom_channel_events::ChannelNotified,
    collection: help_center::Collection,
    company: companies::Company,
    contact: contacts::Contact,
    contact_activity: contacts::ContactActivity,
    contact_archived: contacts::ContactArchived,
    contact_blocked: contacts::ContactBlocked,
    contact_companies: companies::ContactCompanies,
    contact_deleted: contacts::ContactDeleted,
    contact_list: List<contacts::Contact>,
    contact_reference: contacts::ContactReference,
    contacts_bulk_job: contacts::ContactsBulkJob,
    custom_object_instance: custom_objects::CustomObjectInstance,
    custom_object_instance_deleted: custom_objects::CustomObjectInstanceDeleted,
    data_attribute: data_attributes::DataAttribute,
    data_connector: data_connectors::DataConnector,
    data_connector_deleted: data_connectors::DataConnectorDeleted,
    data_connector_execution: data_connectors::DataConnectorExecution,
    data_event_list: data_events::DataEventList,
    data_export_job: data_export::DataExport,
    deleted_object: help_center::DeletedObject,
    email_setting: emails::EmailSetting,
    error_list: ErrorList,
    fin_capabilities: fin_agent::FinCapabilities,
    fin_conversation: fin_agent::FinConversation,
    fin_csat_rated: fin_agent::FinCsatRated,
    fin_escalated: fin_agent::FinEscalated,
    fin_voice_call: fin_voice::FinVoiceCall,
    help_center_site: help_center::HelpCenter,
    identity_verification_secret: identity_verification::IdentityVerificationSecret,
    ip_allowlist_reply: ip_allowlist::IpAllowlist,
    merge_history_list: contacts::MergeHistoryList,
    merge_preview: contacts::MergePreview,
    note: notes::Note,
    office_hours_deleted: office_hours::OfficeHoursDeleted,
    office_hours_exception: office_hours::OfficeHoursException,
    office_hours_schedule: office_hours::OfficeHoursSchedule,
    pages: Pages,
    redirect: help_center::Redirect,
    reporting_datasets: reporting_export::DatasetList,
    reporting_export_job: reporting_export::ReportingExport,
    section: help_center::Section,
    segment: segments::Segment,
    segment_list: segments::SegmentList,
    subscription_type: subscription_types::SubscriptionType,
    tag: tags::Tag,
    tag_created: tags::TagCreated,
}

bodies! {
    activity_log_search: activity_logs::ActivityLogSearch,
    attribute_value: AttributeValue,
    audience_create: audiences::AudienceCreate,
    audience_update: audiences::AudienceUpdate,
    agent_input: fin_agent::AgentInput,
    attribute_collected: custom_channel_events::AttributeCollected,
    away_mode: admins::AwayMode,
    bulk_contacts_create: contacts::BulkContactsCreate,
    bulk_contacts_delete: contacts::BulkContactsDelete,
    bulk_contacts_update: contacts::BulkContactsUpdate,
    call_search: calls::CallSearch,
    collection_create: help_center::CollectionCreate,
    collection_update: help_center::CollectionUpdate,
    company_attach: contacts::CompanyAttach,
    contact_create: contacts::ContactCreate,
    contact_merge: contacts::ContactMerge,
    contact_search: search::Search<search::contact::Contacts>,
    contact_update: contacts::ContactUpdate,
    custom_attributes: CustomAttributes,
    custom_object_instance_create_or_update: custom_objects::CustomObjectInstanceCreateOrUpdate,
    custom_object_instances: custom_objects::CustomObjectInstances,
    data_attribute_create: data_attributes::DataAttributeCreate,
    data_attribute_update: data_attributes::DataAttributeUpdate,
    data_connector_create: data_connectors::DataConnectorCreate,
    data_connector_update: data_connectors::DataConnectorUpdate,
    data_event_create: data_events::DataEventCreate,
    data_event_summary_create: data_events::DataEventSummaryCreate,
    data_export_create: data_export::DataExportCreate,
    fin_ask: fin_agent::FinAsk,
    fin_capabilities_request: fin_agent::FinCapabilitiesRequest,
    fin_csat: fin_agent::FinCsat,
    fin_escalate: fin_agent::FinEscalate,
    fin_procedure_run: fin_agent::FinProcedureRun,
    fin_reply: fin_agent::FinReply,
    fin_start: fin_agent::FinStart,
    fin_voice_call_register: fin_voice::FinVoiceCallRegister,
    identity_verification_secret_create: identity_verification::IdentityVerificationSecretCreate,
    new_conversation: custom_channel_events::NewConversation,
    new_message: custom_channel_events::NewMessage,
    note_create: notes::NoteCreate,
    office_hours_exception_create: office_hours::OfficeHoursExceptionCreate,
    office_hours_exception_update: office_hours::OfficeHoursExceptionUpdate,
    office_hours_schedule_create: office_hours::OfficeHoursScheduleCreate,
    office_hours_schedule_update: office_hours::OfficeHoursScheduleUpdate,
    pagination: Pagination,
    quick_reply_selected: custom_channel_events::QuickReplySelected,
    redirect_create: help_center::RedirectCreate,
    reporting_export_create: reporting_export::ReportingExportCreate,
    section_create: help_center::SectionCreate,
    section_update: help_center::SectionUpdate,
    subscription_attach: subscription_types::SubscriptionAttach,
    tag_attach: tags::TagAttach,
    tag_detach: tags::TagDetach,
    tag_request: tags::TagRequest,
    translations: Translations<help_center::GroupContent>,
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
    for key in ["data", "companies"] {
        let list: companies::ContactCompanies =
            serde_json::from_value(json!({key: [{"id": "1"}]})).unwrap();
        assert_eq!(list.data[0].id, "1");
    }
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
    let message = fin_agent::FinMessage::from_user("Hello").timestamp(written);
    assert_eq!(
        serde_json::to_value(&message).unwrap(),
        json!({"author": "user", "body": "Hello", "timestamp": "2025-01-24T10:01:20.123Z"})
    );
}
