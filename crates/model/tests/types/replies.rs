//! What replies are read as.

use intercom_model::{
    AttributeValue, CustomAttributes, List, Translations, activity_logs, articles, companies,
    contacts, content, conversations, data_events, data_export, help_center, ticket_types, tickets,
    visitors,
};
use serde_json::{Value, json};

use crate::surprises::same;

#[test]
fn an_id_is_written_back_in_the_form_in_which_it_came() {
    for json in [json!({"id": 12}), json!({"id": "12"})] {
        let tag: contacts::TagReference = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(tag.id, "12");
        assert_eq!(serde_json::to_value(&tag).unwrap(), json);
    }
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
fn a_company_lookup_returns_one_company_or_a_list_whatever_its_type() {
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
fn an_invalid_company_size_loses_only_itself() {
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
fn only_an_empty_array_is_read_as_an_object() {
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
fn an_event_is_identified_by_the_type_of_its_part() {
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
fn a_merge_is_allowed_only_if_the_reply_says_so() {
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
fn a_deviation_in_an_event_loses_one_value_and_is_reported_with_its_path() {
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
        [
            "event_details.sla_states.first_reply_time.seconds_remaining: expected an integer, found 3.5"
        ]
    );
}

#[test]
fn an_export_has_a_url_and_an_expiry_only_once_completed() {
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
fn invalid_input_options_lose_only_themselves() {
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
fn the_previous_value_of_an_activity_is_read_as_text_or_object() {
    for before in [json!("Initial title"), json!({"limit": 15})] {
        let metadata = json!({"before": before, "auto_changed": false, "message": {"id": 123}});
        let read: activity_logs::ActivityLogMetadata =
            serde_json::from_value(metadata.clone()).unwrap();
        assert_eq!(read.auto_changed, false);
        assert!(same(&serde_json::to_value(&read).unwrap(), &metadata));
    }
}
