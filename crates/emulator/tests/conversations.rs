//! Conversations, through a client.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_core::api::contacts::{self, Contact};
use intercom_core::api::conversations::{
    self, AdminReply, ContactKey, ContactReply, Conversation, ConversationAction,
    ConversationCreate, ConversationMerge, ConversationState, ConversationUpdate, Conversations,
    DisplayAs, EventDetails, PartType, Participant, ParticipantAttach, ParticipantDetach, Person,
    Priority, Redaction,
};
use intercom_core::api::tags::{self, TagRequest};
use intercom_core::blocking::Client;
use intercom_core::model::search::{Query, Search, conversation};
use intercom_core::model::{AdminId, ConversationId, CustomAttributes, Timestamp};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

/// An emulator, a client, a contact, and a conversation that the contact started.
struct Inbox {
    emulator: Emulator,
    intercom: Client,
    ada: Contact,
    owner: AdminId,
    id: ConversationId,
}

impl Inbox {
    fn new() -> Self {
        let emulator = Emulator::new();
        let intercom = client(&emulator);
        let ada = emulator
            .contact()
            .external_id("ada")
            .email("ada@example.com")
            .create();
        let id = start(&intercom, &ada, "Where is my invoice?");
        let owner = emulator.owner();
        Self {
            emulator,
            intercom,
            ada,
            owner,
            id,
        }
    }

    fn reply(&self, reply: impl Into<conversations::ConversationReply>) -> Conversation {
        self.emulator.advance(Duration::from_secs(60));
        let reply = conversations::Reply::new(&self.id, reply);
        self.intercom.call(&reply).unwrap().into_value()
    }

    fn manage(&self, action: ConversationAction) -> Conversation {
        self.emulator.advance(Duration::from_secs(60));
        let manage = conversations::Manage::new(&self.id, action);
        self.intercom.call(&manage).unwrap().into_value()
    }

    fn get(&self) -> Conversation {
        let get = conversations::Get::new(&self.id);
        self.intercom.call(&get).unwrap().into_value()
    }

    fn found(&self, query: impl Into<Query<Conversations>>) -> Vec<String> {
        let search = conversations::Search::new(Search::new(query).per_page(2));
        let found = self.intercom.items(search);
        found.map(|found| found.unwrap().id.to_string()).collect()
    }
}

fn start(intercom: &Client, contact: &Contact, body: &str) -> ConversationId {
    let create = ConversationCreate::new(Person::user(&contact.id), body);
    let message = intercom.call(&conversations::Create::new(create)).unwrap();
    message.conversation_id.clone().unwrap()
}

fn kinds(conversation: &Conversation) -> Vec<&str> {
    let parts = conversation.conversation_parts.as_ref().unwrap();
    let parts = parts.conversation_parts.iter();
    parts
        .map(|part| part.part_type.as_ref().unwrap().as_str())
        .collect()
}

#[test]
fn a_contact_starts_a_conversation_and_an_admin_replies() {
    let inbox = Inbox::new();
    let started = inbox.get();
    assert_eq!(
        (started.open, started.state, started.read),
        (Some(true), Some(ConversationState::Open), Some(false))
    );
    let source = started.source.unwrap();
    assert_eq!(source.body.as_deref(), Some("<p>Where is my invoice?</p>"));
    assert_eq!(source.author.unwrap().id, inbox.ada.id.as_str());
    assert_eq!(started.waiting_since, started.created_at);

    let replied = inbox.reply(AdminReply::comment(&inbox.owner, "Attached."));
    assert_eq!(kinds(&replied), ["comment"]);
    assert_eq!((replied.waiting_since, replied.read), (None, Some(true)));
    let statistics = replied.statistics.unwrap();
    assert_eq!(statistics.time_to_admin_reply, Some(60));
    assert_eq!(statistics.median_time_to_reply, Some(60));
    let contact = contacts::Get::new(&inbox.ada.id);
    let contact = inbox.intercom.call(&contact).unwrap();
    assert!(contact.last_contacted_at > contact.last_replied_at);

    let get = conversations::Get::new(&inbox.id).display_as(DisplayAs::Plaintext);
    let plain = inbox.intercom.call(&get).unwrap();
    let parts = plain.conversation_parts.as_ref().unwrap();
    let body = parts.conversation_parts[0].body.as_deref();
    assert_eq!(body, Some("Attached."));
}

#[test]
fn a_reply_of_a_contact_reopens_and_a_note_of_an_admin_changes_nothing() {
    let inbox = Inbox::new();
    inbox.manage(ConversationAction::close(&inbox.owner));
    let noted = inbox.reply(AdminReply::note(&inbox.owner, "Seems happy."));
    assert_eq!(noted.state, Some(ConversationState::Closed));
    let last = ContactReply::comment(ContactKey::external_id("ada"), "Still not here!");
    inbox.emulator.advance(Duration::from_secs(60));
    // `last` addresses the contact's latest conversation.
    let reply = conversations::Reply::new("last", last);
    let reopened = inbox.intercom.call(&reply).unwrap();
    assert_eq!(reopened.id, inbox.id);
    assert_eq!(reopened.state, Some(ConversationState::Open));
    assert!(reopened.waiting_since.is_some());
    assert_eq!(kinds(&reopened), ["close", "note", "open"]);
    let statistics = reopened.statistics.as_ref().unwrap();
    assert_eq!(statistics.count_reopens, Some(1));
    assert_eq!(statistics.last_closed_by_id.as_ref(), Some(&inbox.owner));
    assert_eq!(statistics.time_to_first_close, Some(60));
}

#[test]
fn a_snooze_ends_when_its_time_comes() {
    let inbox = Inbox::new();
    let until = inbox.emulator.now() + Duration::from_secs(3_600);
    let snoozed = inbox.manage(ConversationAction::snooze(&inbox.owner, until));
    assert_eq!(snoozed.state, Some(ConversationState::Snoozed));
    assert_eq!(snoozed.snoozed_until, Some(Timestamp::from(until)));
    let part = &snoozed.conversation_parts.unwrap().conversation_parts[0];
    let Some(EventDetails::Snoozed(event)) = &part.event_details else {
        panic!("the part does not say until when");
    };
    assert_eq!(event.custom_until_time, Some(Timestamp::from(until)));

    inbox.emulator.advance(Duration::from_secs(3_600));
    let awake = inbox.get();
    assert_eq!(
        (&awake.state, awake.snoozed_until),
        (&Some(ConversationState::Open), None)
    );
    assert_eq!(kinds(&awake), ["snoozed", "open"]);
    assert_eq!(awake.updated_at, Some(Timestamp::from(until)));
    // An admin's reply ends a snooze early.
    let later = inbox.emulator.now() + Duration::from_secs(3_600);
    inbox.manage(ConversationAction::snooze(&inbox.owner, later));
    let replied = inbox.reply(AdminReply::comment(&inbox.owner, "Here you are."));
    assert_eq!(replied.state, Some(ConversationState::Open));
    let past = ConversationAction::snooze(&inbox.owner, Timestamp::from_second(0));
    let manage = conversations::Manage::new(&inbox.id, past);
    assert_eq!(told(&inbox.intercom.call(&manage).unwrap_err()).0, 400);
}

#[test]
fn conversations_are_assigned_to_admins_teams_and_nobody() {
    let inbox = Inbox::new();
    let grace = inbox.emulator.admin("Grace", "grace@example.com");
    let team = inbox.emulator.team("Support", [&grace.id]);
    let assigned = inbox.manage(ConversationAction::assign_to_admin(&inbox.owner, &grace.id));
    assert_eq!(assigned.admin_assignee_id.as_ref(), Some(&grace.id));
    let assigned = inbox.manage(ConversationAction::assign_to_team(&inbox.owner, &team.id));
    assert_eq!(assigned.team_assignee_id.as_ref(), Some(&team.id));
    assert_eq!(assigned.admin_assignee_id.as_ref(), Some(&grace.id));
    assert_eq!(assigned.statistics.unwrap().count_assignments, Some(2));
    assert_eq!(
        inbox
            .found(conversation::ADMIN_ASSIGNEE_ID.eq(grace.id.as_str().parse::<i64>().unwrap()))
            .len(),
        1
    );
    let unassigned = inbox.manage(ConversationAction::unassign(&inbox.owner));
    assert_eq!(
        (unassigned.admin_assignee_id, unassigned.team_assignee_id),
        (None, None)
    );
    // A closed conversation is reopened by its assignment.
    inbox.manage(ConversationAction::close(&inbox.owner));
    let assigned = inbox.manage(ConversationAction::assign_to_admin(&inbox.owner, &grace.id));
    assert_eq!(assigned.state, Some(ConversationState::Open));
    assert_eq!(kinds(&assigned).last(), Some(&"assign_and_reopen"));
    let nobody = ConversationAction::assign_to_admin(&inbox.owner, "42");
    let error = inbox
        .intercom
        .call(&conversations::Manage::new(&inbox.id, nobody))
        .unwrap_err();
    assert_eq!(told(&error).1, "assignee_not_found");

    let old = in_version(&inbox.intercom, ApiVersion::V2_11);
    let run = conversations::RunAssignmentRules::new(&inbox.id);
    let ruled = old.call(&run).unwrap();
    assert_eq!(ruled.team_assignee_id.as_ref(), Some(&team.id));
    assert_eq!(ruled.admin_assignee_id.as_ref(), Some(&grace.id));
}

#[test]
fn participants_join_and_leave_but_the_last_one_stays() {
    let inbox = Inbox::new();
    let participants = |conversation: &Conversation| -> Vec<String> {
        let contacts = conversation.contacts.as_ref().unwrap().contacts.iter();
        let ids = contacts.map(|contact| contact.id.as_ref().unwrap().to_string());
        ids.collect()
    };
    let bob = Participant::from(ContactKey::email("bob@example.com"));
    let attach = ParticipantAttach::new(bob).admin_id(&inbox.owner);
    let attach = conversations::AttachContact::new(&inbox.id, attach);
    let two = inbox.intercom.call(&attach).unwrap();
    let both = participants(&two);
    assert_eq!((both.len(), &both[0]), (2, &inbox.ada.id.to_string()));
    // An unknown email becomes a lead.
    let bob = inbox
        .intercom
        .call(&contacts::Get::new(both[1].as_str()))
        .unwrap();
    assert_eq!(bob.role, Some(contacts::Role::Lead));

    let detach = |id: &str| {
        let body = ParticipantDetach::new(&inbox.owner);
        conversations::DetachContact::new(&inbox.id, id, body)
    };
    let one = inbox.intercom.call(&detach(&both[0])).unwrap();
    assert_eq!(participants(&one), both[1..]);
    assert_eq!(kinds(&one), ["participant_added", "participant_removed"]);
    let last = inbox.intercom.call(&detach(&both[1])).unwrap_err();
    let message = "Removing the last customer is not allowed";
    assert_eq!(told(&last), (422, "parameter_invalid", message));
    let stranger = inbox.intercom.call(&detach(&both[0])).unwrap_err();
    assert_eq!(told(&stranger), (404, "not_found", "User Not Found"));
}

#[test]
fn what_is_updated_shows_and_attributes_leave_parts() {
    let inbox = Inbox::new();
    let acme = inbox.emulator.company("Acme").create();
    let update = ConversationUpdate::new()
        .read(true)
        .title("Invoice")
        .priority(Priority::Priority)
        .company_id(acme.id.clone())
        .custom_attributes(CustomAttributes::new().with("topic", "billing"));
    let update = conversations::Update::new(&inbox.id, update);
    let updated = inbox.intercom.call(&update).unwrap();
    assert_eq!(
        (updated.title.as_deref(), updated.read),
        (Some("Invoice"), Some(true))
    );
    assert_eq!(updated.priority, Some(Priority::High));
    assert_eq!(updated.company.as_ref().unwrap().id, acme.id);
    assert_eq!(updated.custom_attributes["topic"], "billing");
    assert_eq!(kinds(&updated), ["conversation_attribute_updated_by_admin"]);
    assert_eq!(
        inbox.found(conversation::PRIORITY.eq("priority")),
        [inbox.id.to_string()]
    );

    let unknown = ConversationUpdate::new().priority("whatever");
    let unknown = conversations::Update::new(&inbox.id, unknown);
    assert_eq!(told(&inbox.intercom.call(&unknown).unwrap_err()).0, 400);
}

#[test]
fn redacting_takes_the_words_and_leaves_the_part() {
    let inbox = Inbox::new();
    let replied = inbox.reply(AdminReply::comment(&inbox.owner, "My password is 1234"));
    let part = &replied.conversation_parts.unwrap().conversation_parts[0];
    let redact = conversations::Redact::new(Redaction::part(&inbox.id, &part.id));
    let redacted = inbox.intercom.call(&redact).unwrap();
    let part = &redacted
        .conversation_parts
        .as_ref()
        .unwrap()
        .conversation_parts[0];
    assert_eq!(part.redacted, Some(true));
    assert!(!part.body.as_ref().unwrap().contains("1234"));

    let source = &redacted.source.as_ref().unwrap().id;
    let redact = conversations::Redact::new(Redaction::source(&inbox.id, source));
    let redacted = inbox.intercom.call(&redact).unwrap();
    let source = redacted.source.as_ref().unwrap();
    assert_eq!(source.redacted, Some(true));
    assert!(!source.body.as_ref().unwrap().contains("invoice"));

    let nothing = conversations::Redact::new(Redaction::part(&inbox.id, "1"));
    let error = inbox.intercom.call(&nothing).unwrap_err();
    assert_eq!(
        told(&error),
        (
            404,
            "conversation_part_or_message_not_found",
            "Conversation part or message not found"
        )
    );
}

#[test]
fn a_merged_conversation_is_closed_and_its_people_move_on() {
    let inbox = Inbox::new();
    let bob = inbox.emulator.contact().external_id("bob").create();
    let primary = start(&inbox.intercom, &bob, "Invoices are missing");
    let merge = |from: &ConversationId, into: &ConversationId| {
        let body = ConversationMerge::new(into);
        inbox.intercom.call(&conversations::Merge::new(from, body))
    };
    let merged = merge(&inbox.id, &primary).unwrap();
    assert_eq!(merged.id, primary);
    assert_eq!(merged.contacts.as_ref().unwrap().contacts.len(), 2);
    assert_eq!(kinds(&merged), ["merged_primary_conversation"]);
    assert_eq!(inbox.get().state, Some(ConversationState::Closed));
    for (from, into, message) in [
        (
            &primary,
            &primary,
            "Cannot merge a conversation into itself",
        ),
        (
            &inbox.id,
            &primary,
            "Secondary conversation has already been merged",
        ),
        (&primary, &"42".into(), "Primary conversation not found"),
    ] {
        let error = merge(from, into).unwrap_err();
        assert_eq!(told(&error), (422, "merge_failed", message));
    }
}

#[test]
fn a_deleted_conversation_is_listed_as_deleted_and_nowhere_else() {
    let inbox = Inbox::new();
    for _ in 0..2 {
        inbox.emulator.advance(Duration::from_secs(1));
        start(&inbox.intercom, &inbox.ada, "Another");
    }
    let ids = || -> Vec<ConversationId> {
        let list = inbox
            .intercom
            .items(conversations::List::new().per_page(1_u32));
        list.map(|item| item.unwrap().id).collect()
    };
    let before = ids();
    assert_eq!((before.len(), before.last()), (3, Some(&inbox.id)));
    for id in &before[1..] {
        inbox.emulator.advance(Duration::from_secs(1));
        let deleted = inbox
            .intercom
            .call(&conversations::Delete::new(id))
            .unwrap();
        assert_eq!(deleted.deleted, Some(true));
        let get = inbox
            .intercom
            .call(&conversations::Get::new(id))
            .unwrap_err();
        assert_eq!(told(&get), (404, "not_found", "Resource Not Found"));
    }
    assert_eq!(ids(), before[..1]);
    let list = conversations::ListDeleted::new().per_page(1_u32);
    let deleted: Vec<_> = inbox
        .intercom
        .items(list)
        .map(|item| item.unwrap().id)
        .collect();
    assert_eq!(deleted, [inbox.id.clone(), before[1].clone()]);
}

#[test]
fn tags_of_a_conversation_show_on_it_and_are_searched_for() {
    let inbox = Inbox::new();
    let vip = tags::CreateOrUpdate::new(TagRequest::create("vip"));
    let vip = inbox.intercom.call(&vip).unwrap();
    let attach = tags::TagAttachByAdmin::new(&vip.id, &inbox.owner);
    let attach = tags::AttachToConversation::new(&inbox.id, attach);
    let attached = inbox.intercom.call(&attach).unwrap();
    assert_eq!(attached.name.as_deref(), Some("vip"));
    let names = |conversation: &Conversation| -> Vec<String> {
        let tags = conversation.tags.as_ref().unwrap().tags.iter();
        tags.filter_map(|tag| tag.name.clone()).collect()
    };
    assert_eq!(names(&inbox.get()), ["vip"]);
    assert_eq!(
        inbox.found(conversation::TAG_IDS.eq(&vip.id)),
        [inbox.id.to_string()]
    );
    let detach = tags::TagDetach::new(&inbox.owner);
    let detach = tags::DetachFromConversation::new(&inbox.id, &vip.id, detach);
    inbox.intercom.call(&detach).unwrap();
    assert_eq!(names(&inbox.get()), [""; 0]);
    assert_eq!(
        told(&inbox.intercom.call(&detach).unwrap_err()).1,
        "tag_not_found"
    );
}

#[test]
fn conversations_are_found_by_what_they_have() {
    let inbox = Inbox::new();
    let bob = inbox.emulator.contact().external_id("bob").create();
    inbox.emulator.advance(Duration::from_secs(60));
    let second = start(&inbox.intercom, &bob, "Hello").to_string();
    let first = inbox.id.to_string();
    inbox.manage(ConversationAction::close(&inbox.owner));
    assert!(inbox.emulator.rate_conversation(&inbox.id, 4, Some("Fast")));
    let both = [first.clone(), second.clone()];
    let now = inbox.emulator.now();
    let queries = [
        (conversation::STATE.eq("closed").into(), &both[..1]),
        (conversation::OPEN.eq(true).into(), &both[1..]),
        (conversation::CONTACT_IDS.eq(&bob.id).into(), &both[1..]),
        (conversation::UPDATED_AT.after(now).into(), &both[..1]),
        (conversation::CREATED_AT.before(now).into(), &both[..]),
        (
            conversation::SOURCE_BODY.contains("INVOICE").into(),
            &both[..1],
        ),
        (
            conversation::SOURCE_AUTHOR_ID.eq(bob.id.as_str()).into(),
            &both[1..],
        ),
        (
            conversation::STATISTICS_LAST_CLOSED_BY_ID
                .eq(inbox.owner.as_str())
                .into(),
            &both[..1],
        ),
        (
            conversation::CONVERSATION_RATING_SCORE.gt(3).into(),
            &both[..1],
        ),
    ];
    for (query, expected) in queries {
        let query: Query<Conversations> = query;
        assert_eq!(inbox.found(query.clone()), *expected, "{query:?}");
    }
}

#[test]
fn at_most_the_latest_500_parts_are_shown() {
    let inbox = Inbox::new();
    for n in 0..510 {
        let note = AdminReply::note(&inbox.owner, format!("{n}"));
        let reply = conversations::Reply::new(&inbox.id, note);
        inbox.intercom.call(&reply).unwrap();
    }
    let parts = inbox.get().conversation_parts.unwrap();
    assert_eq!(parts.total_count, Some(510));
    assert_eq!(parts.conversation_parts.len(), 500);
    let last = parts.conversation_parts.last().unwrap();
    assert_eq!(last.body.as_deref(), Some("<p>509</p>"));
    assert_eq!(last.part_type, Some(PartType::Note));
}

#[test]
fn a_visitor_who_starts_a_conversation_becomes_a_lead() {
    let inbox = Inbox::new();
    let visitor = inbox.emulator.visitor(|visitor| {
        visitor.name = Some("Visitor".to_owned());
    });
    let from = conversations::Initiator::visitor(&visitor.id);
    let create = conversations::Create::new(ConversationCreate::new(from, "Hello"));
    let message = inbox.intercom.call(&create).unwrap();
    let get = conversations::Get::new(message.conversation_id.clone().unwrap());
    let conversation = inbox.intercom.call(&get).unwrap();
    let contacts = &conversation.contacts.as_ref().unwrap().contacts;
    let lead = contacts::Get::new(contacts[0].id.as_ref().unwrap());
    let lead = inbox.intercom.call(&lead).unwrap();
    assert_eq!(lead.role, Some(contacts::Role::Lead));
    assert_eq!(lead.external_id, visitor.user_id);
}
