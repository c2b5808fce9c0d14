//! Ticket types, tickets, and the jobs that create them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::api::contacts::{self, ContactMerge, MergePreview};
use intercom_core::api::conversations::{
    self, ContactKey, ConversationConvert, ConversationCreate, Person,
};
use intercom_core::api::jobs;
use intercom_core::api::ticket_types::{
    self, TicketAttributeType, TicketCategory, TicketStateCategory, TicketTypeAttributeCreate,
    TicketTypeAttributeUpdate, TicketTypeCreate, TicketTypeUpdate,
};
use intercom_core::api::tickets::{
    self, ConversationLink, TicketAdminReply, TicketAssignees, TicketContact, TicketContactReply,
    TicketCreate, TicketPartType, TicketTypeChange, TicketUpdate,
};
use intercom_core::blocking::Client;
use intercom_core::error::JobErrorKind;
use intercom_core::model::search::{Field, Query, Search, Text, ticket};
use intercom_core::model::{AssigneeId, CustomAttributes, ObjectType, TicketId, TicketTypeId};
use intercom_core::{ApiVersion, Error};
use intercom_emulator::Emulator;
use serde_json::{Value, json};
use support::{client, in_version, told};

fn titled(title: &str) -> CustomAttributes {
    CustomAttributes::new().with("_default_title_", title)
}

/// The ids of the tickets that a query finds, over all pages.
fn found(intercom: &Client, query: impl Into<Query<tickets::Tickets>>) -> Vec<String> {
    let search = tickets::Search::new(Search::new(query).per_page(2));
    let found = intercom.items(search);
    found.map(|ticket| ticket.unwrap().id.to_string()).collect()
}

#[test]
fn a_ticket_is_created_of_a_type_and_for_a_contact() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = TicketTypeCreate::new("Bug").category(TicketCategory::BackOffice);
    let bug = intercom.call(&ticket_types::Create::new(create)).unwrap();
    assert_eq!(
        intercom.call(&ticket_types::List::new()).unwrap().data[0],
        *bug
    );
    assert_eq!(
        *intercom.call(&ticket_types::Get::new(&bug.id)).unwrap(),
        *bug
    );
    let states = intercom.call(&ticket_types::ListStates::new()).unwrap();
    assert_eq!(
        states.data.len(),
        bug.ticket_states.as_ref().unwrap().data.len()
    );

    let create = TicketCreate::new(&bug.id, [TicketContact::email("ada@example.com")])
        .ticket_attributes(titled("It is broken"));
    let ticket = intercom.call(&tickets::Create::new(create)).unwrap();
    assert_eq!(
        *intercom.call(&tickets::Get::new(&ticket.id)).unwrap(),
        *ticket
    );
    assert_eq!(ticket.category, Some(TicketCategory::BackOffice));
    assert_eq!((ticket.open, ticket.is_shared), (Some(true), Some(false)));
    let state = ticket.ticket_state.as_ref().unwrap();
    assert_eq!(state.category(), Some(&TicketStateCategory::Submitted));
    assert_eq!(ticket.ticket_type.as_ref().unwrap().id, bug.id);
    // The contact was created by its email, and is not created again.
    let ada = ticket.contacts.as_ref().unwrap().contacts[0]
        .id
        .clone()
        .unwrap();
    let contact = intercom.call(&contacts::Get::new(&ada)).unwrap();
    assert_eq!(contact.email.as_deref(), Some("ada@example.com"));
    let again = TicketCreate::new(&bug.id, [TicketContact::email("ADA@example.com")]);
    intercom.call(&tickets::Create::new(again)).unwrap();
    assert_eq!(emulator.size().contacts, 1);
}

#[test]
fn a_ticket_that_cannot_be_created_is_refused() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let ada = emulator.contact().external_id("ada").create();
    let refused = |create: TicketCreate| {
        let error = intercom.call(&tickets::Create::new(create)).unwrap_err();
        let (status, code, _) = told(&error);
        (status, code.to_owned())
    };
    let of = |status, code: &str| (status, code.to_owned());
    let nobody = TicketCreate::new(&bug.id, []);
    assert_eq!(refused(nobody), of(400, "parameter_not_found"));
    for unknown in [TicketContact::id("x"), TicketContact::external_id("x")] {
        let unknown = TicketCreate::new(&bug.id, [unknown]);
        assert_eq!(refused(unknown), of(404, "not_found"));
    }
    let known = [TicketContact::external_id("ada")];
    let no_type = TicketCreate::new("x", known.clone());
    assert_eq!(refused(no_type), of(404, "not_found"));
    let by_nobody =
        TicketCreate::new(&bug.id, known).assignment(TicketAssignees::new().admin_assignee_id("x"));
    assert_eq!(refused(by_nobody), of(404, "assignee_not_found"));
    assert_eq!(found(&intercom, ticket::CONTACT_IDS.eq(&ada.id)).len(), 0);
    let error = intercom.call(&tickets::Get::new("x")).unwrap_err();
    assert_eq!(told(&error), (404, "ticket_not_found", "Ticket not found"));
}

#[test]
fn tickets_are_found_page_after_page_by_what_they_have() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let task = emulator.ticket_type("Task", TicketCategory::BackOffice);
    let ada = emulator.contact().email("ada@example.com").create();
    let owner = emulator.owner();
    let mut ids = Vec::new();
    for (of, title) in [
        (&bug, "one"),
        (&bug, "two"),
        (&task, "three"),
        (&bug, "four"),
        (&bug, "five"),
    ] {
        let create = TicketCreate::new(&of.id, [TicketContact::id(&ada.id)])
            .ticket_attributes(titled(title))
            .assignment(TicketAssignees::new().admin_assignee_id(&owner));
        let created = intercom.call(&tickets::Create::new(create)).unwrap();
        ids.insert(0, created.id.to_string());
    }
    let title_id = bug.ticket_type_attributes.as_ref().unwrap().data[0]
        .id
        .clone();
    let since = emulator.now();
    let all = [
        Query::from(ticket::CONTACT_IDS.eq(&ada.id)),
        ticket::STATE.eq("submitted").into(),
        ticket::OPEN.eq(true).into(),
        ticket::ADMIN_ASSIGNEE_ID.eq(owner.as_str()).into(),
        ticket::TEAMMATE_IDS.eq(owner.as_str()).into(),
        // What is later than a second may also be in it.
        ticket::CREATED_AT.after(since).into(),
        ticket::CREATED_AT.from(since).into(),
    ];
    for query in all {
        assert_eq!(found(&intercom, query), ids);
    }
    assert_eq!(found(&intercom, ticket::TITLE.eq("Five")), ids[..1]);
    assert_eq!(found(&intercom, ticket::CATEGORY.eq("task")), ids[2..3]);
    assert_eq!(
        found(&intercom, ticket::TICKET_TYPE_ID.eq(&task.id)),
        ids[2..3]
    );
    let by_attribute = ticket::ticket_attribute(&title_id).eq("one");
    assert_eq!(found(&intercom, by_attribute), ids[4..]);
    for refused in [
        ticket::UPDATED_AT.from(since),
        Field::<_, Text>::new("shoe_size").eq("42"),
    ] {
        let error = intercom.call(&tickets::Search::new(refused)).unwrap_err();
        assert_eq!(told(&error).0, 400);
    }
}

/// A ticket as a version shows it, as it was sent.
fn shown(intercom: &Client, id: &TicketId, version: ApiVersion) -> Value {
    let reply = in_version(intercom, version).call(&tickets::Get::new(id));
    serde_json::from_slice(reply.unwrap().raw().body()).unwrap()
}

#[test]
fn a_ticket_is_shown_as_its_version_has_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let create = TicketCreate::new(&bug.id, [TicketContact::email("ada@example.com")])
        .assignment(TicketAssignees::new().admin_assignee_id(emulator.owner()));
    let id = intercom
        .call(&tickets::Create::new(create))
        .unwrap()
        .id
        .clone();

    let oldest = shown(&intercom, &id, ApiVersion::V2_9);
    assert_eq!(
        (&oldest["open"], &oldest["category"]),
        (&Value::Null, &Value::Null)
    );
    let old = shown(&intercom, &id, ApiVersion::V2_10);
    assert_eq!(old["ticket_state"], "submitted");
    assert_eq!(old["ticket_state_internal_label"], "Submitted");
    assert_eq!(
        (&old["category"], &old["team_assignee_id"]),
        (&json!("Customer"), &json!("0"))
    );
    let new = shown(&intercom, &id, ApiVersion::V2_16);
    assert_eq!(new["ticket_state"]["category"], "submitted");
    assert_eq!(new.get("ticket_state_internal_label"), None);
    assert_eq!(new["team_assignee_id"], 0);
    assert_eq!(
        new["admin_assignee_id"].to_string(),
        emulator.owner().as_str()
    );
    assert_eq!(new["ticket_type"].get("ticket_states"), None);
}

#[test]
fn a_job_creates_a_ticket_and_says_so_in_its_own_time() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let enqueue = |ticket_type: &TicketTypeId, contact| {
        tickets::Enqueue::new(TicketCreate::new(ticket_type, [contact]))
    };
    let job = intercom.start(&enqueue(&bug.id, TicketContact::email("ada@example.com")));
    let mut words = Vec::new();
    let done = job.unwrap().wait_with(|progress| {
        words.push((
            progress.info().state.as_str().to_owned(),
            progress.resource_id.is_some(),
        ));
    });
    let done = done.unwrap();
    assert_eq!(
        words,
        [("pending".to_owned(), false), ("success".to_owned(), true)]
    );
    assert_eq!(done.resource_type, Some(ObjectType::Ticket));
    let id = done.resource_id.as_ref().unwrap();
    intercom.call(&tickets::Get::new(id.as_str())).unwrap();

    // That the contact does not exist shows only when it is looked for.
    let job = intercom
        .start(&enqueue(&bug.id, TicketContact::id("nobody")))
        .unwrap();
    let Error::Job(error) = job.wait().unwrap_err() else {
        panic!("not an error of the job");
    };
    assert!(matches!(error.kind, JobErrorKind::Failed));
    let no_type = enqueue(&"x".into(), TicketContact::email("ada@example.com"));
    assert_eq!(told(&intercom.start(&no_type).unwrap_err()).0, 404);
    let error = intercom.call(&jobs::Get::new("x")).unwrap_err();
    assert_eq!(told(&error), (404, "job_not_found", "Job Not Found"));
}

#[test]
fn the_tickets_of_a_contact_go_with_it_where_it_is_merged() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let lead = emulator.contact().name("Ada").create();
    let user = emulator.contact().email("ada@example.com").create();
    let create = TicketCreate::new(&bug.id, [TicketContact::id(&lead.id)]);
    intercom.call(&tickets::Create::new(create)).unwrap();
    let merge = ContactMerge::new(&lead.id, &user.id).skip_duplicate_validation(true);
    let preview = contacts::PreviewMerge::new(merge.clone());
    let MergePreview::Allowed(summary) = intercom.call(&preview).unwrap().into_value() else {
        panic!("the merge is not allowed");
    };
    let tickets = summary.reassignments.unwrap().tickets.unwrap();
    assert_eq!((tickets.from, tickets.into), (Some(1), Some(0)));
    intercom.call(&contacts::Merge::new(merge)).unwrap();
    assert_eq!(found(&intercom, ticket::CONTACT_IDS.eq(&user.id)).len(), 1);
}

#[test]
fn an_update_of_a_ticket_leaves_a_part_for_each_change() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let owner = emulator.owner();
    let create = TicketCreate::new(&bug.id, [TicketContact::email("ada@example.com")]);
    let ticket = intercom.call(&tickets::Create::new(create)).unwrap();
    let update = |update| intercom.call(&tickets::Update::new(&ticket.id, update));
    let changes = TicketUpdate::new()
        .state(TicketStateCategory::InProgress)
        .ticket_attributes(titled("It is broken"))
        .assignee_id(AssigneeId::from(&owner))
        .admin_id(&owner)
        .is_shared(false);
    let updated = update(changes).unwrap();
    let state = updated.ticket_state.as_ref().unwrap();
    assert_eq!(state.category(), Some(&TicketStateCategory::InProgress));
    assert_eq!(updated.ticket_attributes["_default_title_"], "It is broken");
    assert_eq!(updated.admin_assignee_id.as_ref(), Some(&owner));
    assert_eq!(updated.is_shared, Some(false));
    let parts = updated.ticket_parts.as_ref().unwrap();
    let kinds: Vec<_> = parts
        .ticket_parts
        .iter()
        .map(|part| part.part_type.clone().unwrap())
        .collect();
    assert_eq!(
        kinds,
        [
            TicketPartType::TicketStateUpdatedByAdmin,
            TicketPartType::TicketAttributeUpdatedByAdmin,
            TicketPartType::Assignment
        ]
    );
    let part = &parts.ticket_parts[0];
    assert_eq!(
        part.previous_ticket_state,
        Some(TicketStateCategory::Submitted)
    );

    for (refused, code) in [
        (
            TicketUpdate::new().ticket_state_id("42"),
            "ticket_state_id_invalid",
        ),
        (TicketUpdate::new().assignee_id("42"), "assignee_not_found"),
        (
            TicketUpdate::new().ticket_attributes(CustomAttributes::new().with("Size", 1)),
            "parameter_invalid",
        ),
    ] {
        assert_eq!(told(&update(refused).unwrap_err()).1, code);
    }
    let until = emulator.now() + Duration::from_secs(60);
    let snoozed = update(TicketUpdate::new().snoozed_until(until)).unwrap();
    assert!(snoozed.snoozed_until.is_some());
    emulator.advance(Duration::from_secs(60));
    let awake = intercom.call(&tickets::Get::new(&ticket.id)).unwrap();
    assert_eq!(awake.snoozed_until, None);
}

#[test]
fn admins_and_contacts_reply_to_tickets_but_contacts_not_to_back_office_ones() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let owner = emulator.owner();
    let create = |category| {
        let of = emulator.ticket_type("Any", category);
        let create = TicketCreate::new(&of.id, [TicketContact::email("ada@example.com")]);
        let created = intercom.call(&tickets::Create::new(create)).unwrap();
        created.id.clone()
    };
    let reply =
        |id: &TicketId, reply: tickets::TicketReply| intercom.call(&tickets::Reply::new(id, reply));
    let by_contact = || {
        let key = ContactKey::email("ada@example.com");
        TicketContactReply::comment(key, "Any news?").into()
    };
    let customer = create(TicketCategory::Customer);
    let part = reply(&customer, by_contact()).unwrap();
    assert_eq!(part.part_type, Some(TicketPartType::Comment));
    let note = TicketAdminReply::note(&owner, "Ask Grace");
    let part = reply(&customer, note.into()).unwrap();
    assert_eq!(part.body.as_deref(), Some("<p>Ask Grace</p>"));
    let ticket = intercom.call(&tickets::Get::new(&customer)).unwrap();
    assert_eq!(ticket.ticket_parts.as_ref().unwrap().total_count, Some(2));

    let internal = create(TicketCategory::BackOffice);
    let error = reply(&internal, by_contact()).unwrap_err();
    let message = "User replies are not allowed on Backoffice tickets";
    assert_eq!(told(&error), (400, "parameter_mismatch", message));
    intercom.call(&tickets::Delete::new(&internal)).unwrap();
    let gone = intercom.call(&tickets::Get::new(&internal)).unwrap_err();
    assert_eq!(told(&gone).1, "ticket_not_found");
}

#[test]
fn conversations_are_linked_to_tracker_tickets_and_converted_to_customer_tickets() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let start = || {
        let body = ConversationCreate::new(Person::user(&ada.id), "It is broken");
        let message = intercom.call(&conversations::Create::new(body)).unwrap();
        message.conversation_id.clone().unwrap()
    };
    let tracker = emulator.ticket_type("Outage", TicketCategory::Tracker);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let create = |of: &TicketTypeId| {
        let create = TicketCreate::new(of, [TicketContact::id(&ada.id)]);
        let created = intercom.call(&tickets::Create::new(create)).unwrap();
        created.id.clone()
    };
    let (outage, other) = (create(&tracker.id), create(&bug.id));
    let id = start();
    let link = |ticket: &TicketId| {
        let link = tickets::LinkConversation::new(ticket, ConversationLink::new(&id));
        intercom.call(&link)
    };
    let linked = link(&outage).unwrap();
    let objects = &linked.linked_objects.as_ref().unwrap().data;
    assert_eq!(objects[0].id, outage.as_str());
    let ticket = intercom.call(&tickets::Get::new(&outage)).unwrap();
    let objects = &ticket.linked_objects.as_ref().unwrap().data;
    assert_eq!(objects[0].id, id.as_str());
    assert_eq!(
        told(&link(&outage).unwrap_err()).1,
        "already_linked_to_tracker"
    );
    assert_eq!(told(&link(&other).unwrap_err()).1, "invalid_ticket_type");
    let unlink = tickets::UnlinkConversation::new(&outage, &id);
    intercom.call(&unlink).unwrap();
    assert_eq!(
        told(&intercom.call(&unlink).unwrap_err()).1,
        "conversation_not_found"
    );

    let convert = |of: &TicketTypeId| {
        let body = ConversationConvert::new(of).attributes(titled("Broken"));
        intercom.call(&conversations::Convert::new(&id, body))
    };
    let message = "Ticket type is not a customer ticket type";
    assert_eq!(told(&convert(&tracker.id).unwrap_err()).2, message);
    let ticket = convert(&bug.id).unwrap();
    assert_eq!(ticket.id, id.as_str());
    assert_eq!(ticket.contacts.as_ref().unwrap().contacts.len(), 1);
    assert_eq!(told(&convert(&bug.id).unwrap_err()).0, 400);
}

#[test]
fn a_ticket_type_has_attributes_that_its_tickets_must_fit() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let bug = emulator.ticket_type("Bug", TicketCategory::Customer);
    let attribute = |name: &str, kind| TicketTypeAttributeCreate::new(name, "", kind);
    let add = |attribute: TicketTypeAttributeCreate| {
        let create = ticket_types::CreateAttribute::new(&bug.id, attribute);
        intercom.call(&create).unwrap()
    };
    let severity = add(attribute("Severity", TicketAttributeType::List)
        .list_items("low, high")
        .required_to_create(true));
    add(attribute("Count", TicketAttributeType::Integer));
    let create = |attributes: CustomAttributes| {
        let create = TicketCreate::new(&bug.id, [TicketContact::email("ada@example.com")])
            .ticket_attributes(attributes);
        intercom.call(&tickets::Create::new(create))
    };
    let with = |severity: &str| CustomAttributes::new().with("Severity", severity);
    let error = create(titled("Broken")).unwrap_err();
    assert_eq!(told(&error).2, "Missing required ticket attributes");
    assert_eq!(told(&create(with("unknown")).unwrap_err()).0, 400);
    assert_eq!(
        told(&create(with("low").with("Count", "many")).unwrap_err()).0,
        400
    );
    let ticket = create(with("low").with("Count", 2)).unwrap();

    let update = TicketTypeAttributeUpdate::new().archived(true);
    let update = ticket_types::UpdateAttribute::new(&bug.id, &severity.id, update);
    assert_eq!(intercom.call(&update).unwrap().archived, Some(true));
    create(titled("Broken")).unwrap();

    // Attributes move on to a new type that has them.
    let other = emulator.ticket_type("Defect", TicketCategory::Customer);
    let change = TicketTypeChange::new(&other.id, "2");
    let changed = intercom
        .call(&tickets::ChangeType::new(&ticket.id, change))
        .unwrap();
    assert_eq!(changed.ticket_type.as_ref().unwrap().id, other.id);
    assert_eq!(changed.ticket_attributes.get("Count"), None);
    let state = changed.ticket_state.as_ref().unwrap();
    assert_eq!(state.category(), Some(&TicketStateCategory::InProgress));

    let rename = TicketTypeUpdate::new().name("Flaw").archived(true);
    let renamed = intercom
        .call(&ticket_types::Update::new(&other.id, rename))
        .unwrap();
    assert_eq!(
        (renamed.name.as_deref(), renamed.archived),
        (Some("Flaw"), Some(true))
    );
    let unknown = TicketTypeCreate::new("Odd").category("AAA");
    let error = intercom.call(&ticket_types::Create::new(unknown));
    assert_eq!(told(&error.unwrap_err()).0, 400);
}
