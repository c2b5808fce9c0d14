//! The people and settings of a workspace, and the messages that it sends.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_core::api::admins::{self, ActivityLogEventType, ActivityLogSearch, AwayMode};
use intercom_core::api::contacts::{self, ContactCreate, ContactUpdate, Role};
use intercom_core::api::conversations;
use intercom_core::api::data_attributes::{
    self, DataAttributeCreate, DataAttributeModel, DataAttributeUpdate, DataType,
};
use intercom_core::api::messages::{
    self, EmailTemplate, MessageCreate, MessageType, OutboundMessage, Person, WhatsappPhone,
    WhatsappStatus,
};
use intercom_core::api::phone_switches::{self, PhoneSwitchCreate};
use intercom_core::api::visitors::{
    self, ConvertFrom, ConvertInto, VisitorConvert, VisitorKey, VisitorUpdate,
};
use intercom_core::api::{away_status_reasons, notes, segments, subscription_types, teams};
use intercom_core::model::{CustomAttributes, Timestamp};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

#[test]
fn an_admin_who_goes_away_shows_it_and_is_logged() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let start = Timestamp::from(emulator.now());
    let lunch = emulator.away_status_reason("Lunch", "🥪");
    let reasons = intercom.call(&away_status_reasons::List::new()).unwrap();
    assert_eq!(reasons.data, std::slice::from_ref(&lunch));

    let owner = emulator.owner();
    let away = AwayMode::new(true, true).away_status_reason_id(&lunch.id);
    let away = intercom.call(&admins::SetAway::new(&owner, away)).unwrap();
    assert_eq!(away.away_mode_enabled, Some(true));
    let admin = intercom.call(&admins::Get::new(&owner)).unwrap();
    assert_eq!(admin.away_status_reason_id.as_ref(), Some(&lunch.id));
    let nobody = admins::SetAway::new("42", AwayMode::new(true, false));
    assert_eq!(
        told(&intercom.call(&nobody).unwrap_err()),
        (404, "admin_not_found", "Admin for admin_id not found")
    );

    let logs = intercom.items(admins::ListActivityLogs::new(start));
    let logs: Vec<_> = logs.map(|log| log.unwrap()).collect();
    assert_eq!(logs.len(), 1);
    let kind = ActivityLogEventType::AdminAwayModeChange;
    assert_eq!(logs[0].activity_type, Some(kind.clone()));
    let metadata = logs[0].metadata.as_ref().unwrap();
    assert_eq!(metadata.away_status_reason.as_deref(), Some("Lunch"));
    let search = |kind| {
        let search = ActivityLogSearch::new(start).event_types(vec![kind]);
        let found = intercom.call(&admins::SearchActivityLogs::new(search));
        found.unwrap().activity_logs.len()
    };
    assert_eq!(search(kind), 1);
    assert_eq!(search(ActivityLogEventType::AppNameChange), 0);
}

#[test]
fn a_team_counts_the_conversations_of_its_members() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let owner = emulator.owner();
    let team = emulator.team("Support", [&owner]);
    assert_eq!(*intercom.call(&teams::Get::new(&team.id)).unwrap(), team);
    let ada = emulator.contact().email("ada@example.com").create();
    let create = conversations::ConversationCreate::new(Person::user(&ada.id), "Hello");
    let message = intercom.call(&conversations::Create::new(create)).unwrap();
    let id = message.conversation_id.clone().unwrap();
    let assign = conversations::ConversationAction::assign_to_admin(&owner, &owner);
    intercom
        .call(&conversations::Manage::new(&id, assign))
        .unwrap();
    let metrics = || {
        let metrics = intercom.call(&teams::ListMetrics::new(&team.id)).unwrap();
        let metric = &metrics.data[0];
        (
            metric.open.unwrap(),
            metric.idle.unwrap(),
            metric.snoozed.unwrap(),
        )
    };
    assert_eq!(metrics(), (1, 0, 0));
    emulator.advance(Duration::from_secs(1_800));
    assert_eq!(metrics(), (1, 1, 0));
    let until = emulator.now() + Duration::from_secs(60);
    let snooze = conversations::ConversationAction::snooze(&owner, until);
    intercom
        .call(&conversations::Manage::new(&id, snooze))
        .unwrap();
    assert_eq!(metrics(), (0, 0, 1));
    let missing = intercom.call(&teams::Get::new("42")).unwrap_err();
    assert_eq!(told(&missing), (404, "team_not_found", "Team not found"));
}

#[test]
fn custom_attributes_keep_the_type_that_they_are_defined_with() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let plan = DataAttributeCreate::list("plan", DataAttributeModel::Contact, ["free", "pro"]);
    let plan = intercom.call(&data_attributes::Create::new(plan)).unwrap();
    let ada = emulator.contact().email("ada@example.com").create();
    let set = |name: &str, value: serde_json::Value| {
        let value: intercom_core::model::AttributeValue = serde_json::from_value(value).unwrap();
        let attributes = CustomAttributes::new().with(name, value);
        let update = ContactUpdate::new().custom_attributes(attributes);
        intercom.call(&contacts::Update::new(&ada.id, update))
    };
    set("plan", "pro".into()).unwrap();
    assert_eq!(told(&set("plan", "gold".into()).unwrap_err()).0, 400);
    // An attribute without a definition is defined by its first value.
    set("seats", 12.into()).unwrap();
    assert_eq!(told(&set("seats", "many".into()).unwrap_err()).0, 400);
    for (name, value) in [
        ("list", serde_json::json!([1])),
        ("object", serde_json::json!({"a": 1})),
        ("dotted.name", serde_json::json!(1)),
    ] {
        let error = set(name, value).unwrap_err();
        assert_eq!((told(&error).0, told(&error).1), (400, "parameter_invalid"));
    }

    let list = data_attributes::List::new().model(DataAttributeModel::Contact);
    let names = |archived: bool| -> Vec<String> {
        let list = list.clone().include_archived(archived);
        let list = intercom.call(&list).unwrap().into_value();
        let custom = list.data.into_iter().filter(|it| it.custom == Some(true));
        custom.map(|it| it.name.unwrap()).collect()
    };
    assert_eq!(names(false), ["plan", "seats"]);
    let archive = DataAttributeUpdate::new().archived(true);
    let archive = data_attributes::Update::new(plan.id.clone().unwrap(), archive);
    intercom.call(&archive).unwrap();
    assert_eq!((names(false).len(), names(true).len()), (1, 2));
    let again = DataAttributeCreate::new("seats", DataAttributeModel::Contact, DataType::Integer);
    let again = intercom.call(&data_attributes::Create::new(again));
    assert_eq!(told(&again.unwrap_err()).0, 400);
}

#[test]
fn a_message_reaches_its_contact_and_may_open_a_conversation() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let owner = emulator.owner();
    let ada = emulator.contact().email("ada@example.com").create();
    let to = Person::user(&ada.id);
    let send = |message: OutboundMessage| {
        let message = MessageCreate::from(message);
        intercom.call(&messages::Create::new(message))
    };
    let email = |subject: &str| {
        let template = EmailTemplate::Plain;
        OutboundMessage::email(&owner, to.clone(), template, subject, "Hello")
    };
    let sent = send(email("Welcome")).unwrap();
    assert_eq!(sent.message_type, Some(MessageType::Email));
    assert_eq!(sent.conversation_id, None);
    assert_eq!(sent.owner.as_ref().unwrap().id, owner);
    let contact = intercom.call(&contacts::Get::new(&ada.id)).unwrap();
    assert!(contact.last_contacted_at.is_some());
    assert_eq!(
        told(&send(email(" ")).unwrap_err()),
        (
            400,
            "parameter_not_found",
            "No subject supplied for email message"
        )
    );

    let OutboundMessage::InApp(message) =
        OutboundMessage::in_app(&owner, to.clone(), "Can I help?")
    else {
        unreachable!("it was made as such")
    };
    let message = message.create_conversation_without_contact_reply(true);
    let sent = send(OutboundMessage::InApp(message)).unwrap();
    let id = sent.conversation_id.clone().unwrap();
    let conversation = intercom.call(&conversations::Get::new(&id)).unwrap();
    let source = conversation.source.as_ref().unwrap();
    assert_eq!(
        source.delivered_as,
        Some(conversations::DeliveredAs::AdminInitiated)
    );
    assert_eq!(conversation.waiting_since, None);

    let inbound = MessageCreate::inbound(to, "I need help");
    let inbound = intercom.call(&messages::Create::new(inbound)).unwrap();
    assert!(inbound.conversation_id.is_some());
    let nobody = OutboundMessage::in_app(&owner, Person::user("42"), "Hello");
    assert_eq!(
        told(&send(nobody).unwrap_err()),
        (404, "not_found", "User Not Found")
    );
}

#[test]
fn a_message_by_whatsapp_is_sent_then_delivered_then_read() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let to = WhatsappPhone::new("+15550100").name("Ada");
    let message = OutboundMessage::whatsapp(emulator.owner(), to, "welcome", []);
    let create = messages::Create::new(MessageCreate::from(message));
    let sent = intercom.call(&create).unwrap();
    let status = || {
        let status = messages::GetWhatsappStatus::new(&sent.id);
        intercom.call(&status).unwrap().status.clone().unwrap()
    };
    emulator.advance(Duration::from_secs(30));
    assert_eq!(status(), WhatsappStatus::Delivered);
    emulator.advance(Duration::from_secs(30));
    assert_eq!(status(), WhatsappStatus::Read);
    assert_eq!(emulator.size().contacts, 1);
    let unknown = messages::GetWhatsappStatus::new("42");
    let error = intercom.call(&unknown).unwrap_err();
    assert_eq!(told(&error).1, "whatsapp_message_not_found");
}

#[test]
fn a_caller_who_is_moved_to_the_messenger_becomes_a_lead() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::V2_11);
    let body = PhoneSwitchCreate::new("+15550100")
        .custom_attributes(CustomAttributes::new().with("topic", "billing"));
    let switch = phone_switches::Create::new(body);
    intercom.call(&switch).unwrap();
    intercom.call(&switch).unwrap();
    let contacts = intercom.call(&contacts::List::new()).unwrap();
    assert_eq!(contacts.data.len(), 1);
    assert_eq!(contacts.data[0].role, Some(Role::Lead));
    assert_eq!(contacts.data[0].custom_attributes["topic"], "billing");
    let invalid = phone_switches::Create::new(PhoneSwitchCreate::new("call me"));
    assert_eq!(told(&intercom.call(&invalid).unwrap_err()).0, 422);
}

#[test]
fn a_visitor_is_updated_and_converted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let visitor = emulator.visitor(|visitor| visitor.user_id = Some("v1".to_owned()));
    let update = VisitorUpdate::new(VisitorKey::user_id("v1"))
        .name("Ada")
        .custom_attributes(CustomAttributes::new().with("plan", "pro"));
    intercom.call(&visitors::Update::new(update)).unwrap();
    let get = visitors::Get::new("v1");
    assert_eq!(intercom.call(&get).unwrap().name.as_deref(), Some("Ada"));

    let user = ConvertInto::new().email("ada@example.com");
    let convert = VisitorConvert::new(Role::User, user, ConvertFrom::id(&visitor.id));
    let contact = intercom.call(&visitors::Convert::new(convert)).unwrap();
    assert_eq!(contact.role, Some(Role::User));
    assert_eq!(contact.email.as_deref(), Some("ada@example.com"));
    assert_eq!(contact.custom_attributes["plan"], "pro");
    let gone = intercom.call(&get).unwrap_err();
    assert_eq!(told(&gone), (404, "not_found", "Visitor Not Found"));

    // One who is known already joins the contact.
    let visitor = emulator.visitor(|_| ());
    let user = ConvertInto::new().id(&contact.id);
    let convert = VisitorConvert::new(Role::User, user, ConvertFrom::id(&visitor.id));
    let same = intercom.call(&visitors::Convert::new(convert)).unwrap();
    assert_eq!(same.id, contact.id);
    let other = emulator.visitor(|_| ());
    let delete = visitors::Delete::new(&other.id);
    assert_eq!(intercom.call(&delete).unwrap().id, other.id);
}

#[test]
fn segments_and_subscription_types_are_listed_with_what_they_have() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let bob = emulator.contact().email("bob@example.com").create();
    let active = emulator.segment("Active", [&ada.id, &bob.id]);
    intercom.call(&contacts::Archive::new(&bob.id)).unwrap();
    let list = segments::List::new().include_count(true);
    let list = intercom.call(&list).unwrap();
    assert_eq!(list.segments[0].count, Some(1));
    let get = segments::Get::new(&active.id);
    assert_eq!(*intercom.call(&get).unwrap(), active);
    let missing = segments::Get::new("42");
    assert_eq!(told(&intercom.call(&missing).unwrap_err()).0, 404);

    let consent = subscription_types::ConsentType::OptIn;
    let news = emulator.subscription_type("News", consent);
    let list = intercom.call(&subscription_types::List::new()).unwrap();
    assert_eq!(list.data, [news]);
}

#[test]
fn notes_about_a_company_show_on_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let acme = emulator.company("Acme").create();
    for text in ["One", "Two"] {
        emulator.advance(Duration::from_secs(1));
        let note = notes::NoteCreate::new(text);
        let create = notes::CreateForCompany::new(&acme.id, note);
        let note = intercom.call(&create).unwrap();
        assert_eq!(
            note.company.as_ref().unwrap().id.as_ref().unwrap(),
            acme.id.as_str()
        );
    }
    let list = intercom.items(notes::ListForCompany::new(&acme.id));
    let bodies: Vec<_> = list.map(|note| note.unwrap().body.unwrap()).collect();
    assert_eq!(bodies, ["<p>Two</p>", "<p>One</p>"]);
    let get = intercom_core::api::companies::Get::new(&acme.id);
    let company = intercom.call(&get).unwrap();
    assert_eq!(company.notes.as_ref().unwrap().total_count, Some(2));
}

#[test]
fn users_may_share_an_email_if_their_external_ids_differ() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = |external_id: Option<&str>| {
        let mut body = ContactCreate::new()
            .email("ada@example.com")
            .role(Role::User);
        body.external_id = external_id.map(str::to_owned);
        intercom.call(&contacts::Create::new(body))
    };
    create(Some("1")).unwrap();
    create(Some("2")).unwrap();
    assert_eq!(told(&create(Some("2")).unwrap_err()).0, 409);
    assert_eq!(told(&create(None).unwrap_err()).0, 409);
}
