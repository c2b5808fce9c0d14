//! Calls, banners, workflows, data connectors, catalogues, and what programs ask of Fin.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_core::api::calls::{self, CallSearch};
use intercom_core::api::data_connectors::{
    self, DataConnectorCreate, DataConnectorState, DataConnectorUpdate,
};
use intercom_core::api::ecommerce::{self, CatalogUpload};
use intercom_core::api::fin_agent::{
    self, EscalateConversation, FinMessage, FinReply, FinStart, FinUser,
};
use intercom_core::api::fin_voice::{self, FinVoiceCallRegister};
use intercom_core::api::{banners, contacts, conversations, workflows};
use intercom_core::model::{AttributeValue, CustomAttributes};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

#[test]
fn a_call_has_a_transcript_and_a_recording_if_there_are_any() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let silent = emulator.call(|_| {});
    let said = |speaker: &str, text: &str| {
        let entry = [("speaker", speaker), ("text", text)];
        let entry = entry.map(|(name, text)| (name.to_owned(), AttributeValue::from(text)));
        entry.into_iter().collect()
    };
    let call = emulator.call(|call| {
        call.conversation_id = Some("7".into());
        call.recording_url = Some("https://api.intercom.io/calls/1/recording".to_owned());
        call.transcript = Some(vec![said("agent", "Hello"), said("contact", "Hi")]);
    });
    let listed: Vec<_> = intercom
        .items(calls::List::new().per_page(1_u32))
        .map(|call| call.unwrap().id)
        .collect();
    assert_eq!(listed, [&call.id, &silent.id].map(Clone::clone));

    let transcript = intercom.call(&calls::GetTranscript::new(&call.id)).unwrap();
    assert_eq!(*transcript, "agent: Hello\ncontact: Hi\n");
    let recording = intercom.call(&calls::GetRecording::new(&call.id)).unwrap();
    assert_eq!(recording.raw().status().as_u16(), 302);
    let error = intercom.call(&calls::GetRecording::new(&silent.id));
    assert_eq!(told(&error.unwrap_err()).2, "Recording Not Found");

    let find = |ids: Vec<&str>| {
        let ids: Vec<_> = ids.into_iter().map(Into::into).collect();
        intercom.call(&calls::Search::new(CallSearch::new(ids)))
    };
    let found = find(vec!["7", "8"]).unwrap();
    assert_eq!(found.data.len(), 1);
    assert_eq!(found.data[0].transcript.as_ref().map(Vec::len), Some(2));
    for ids in [vec![], vec!["7"; 21]] {
        let error = find(ids).unwrap_err();
        assert_eq!(told(&error).1, "conversation_id_limit_exceeded");
    }
}

#[test]
fn a_call_that_fin_takes_is_matched_when_it_is_asked_for_again() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().phone("+353871234567").create();
    let register = || {
        let call = FinVoiceCallRegister::new("+353871234567", "call-1");
        intercom.call(&fin_voice::Register::new(call))
    };
    let registered = register().unwrap();
    assert_eq!(registered.status.as_deref(), Some("registered"));
    assert_eq!(told(&register().unwrap_err()).0, 409);

    let get = fin_voice::GetByExternalId::new("call-1");
    assert_eq!(told(&intercom.call(&get).unwrap_err()).0, 404);
    let matched = intercom.call(&get).unwrap();
    assert_eq!(matched.status.as_deref(), Some("in-progress"));
    let conversation = matched.intercom_conversation_id.clone().unwrap();
    let call = matched.intercom_call_id.clone().unwrap();
    let call = intercom.call(&calls::Get::new(call)).unwrap();
    assert_eq!(call.contact_id.as_ref(), Some(&ada.id));
    assert_eq!(call.conversation_id.as_ref(), Some(&conversation));

    emulator.advance(Duration::from_secs(60));
    let list = fin_voice::ListForConversation::new(&conversation);
    assert_eq!(
        intercom.call(&list).unwrap()[0].status.as_deref(),
        Some("resolved")
    );
    let call = intercom.call(&calls::Get::new(&call.id)).unwrap();
    assert_eq!(call.state.as_deref(), Some("completed"));
    let by_phone = fin_voice::GetByPhoneNumber::new("+353871234567");
    assert_eq!(intercom.call(&by_phone).unwrap().id, registered.id);
}

#[test]
fn a_dismissed_banner_is_not_shown_again_to_its_contact() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let [ada, bob] = ["ada", "bob"].map(|id| emulator.contact().external_id(id).create());
    let banner = emulator.banner(|banner| banner.title = Some("Sale".to_owned()));
    let shown = |id| {
        intercom
            .call(&banners::ListForContact::new(id))
            .unwrap()
            .into_value()
    };
    let view = shown(&ada.id).data[0].clone();
    assert_eq!(view.id, banner.id);
    assert_eq!(shown(&ada.id).data[0].view_id, view.view_id);

    let by_bob = banners::Dismiss::new(&bob.id, &view.view_id);
    assert_eq!(told(&intercom.call(&by_bob).unwrap_err()).0, 404);
    for _ in 0..2 {
        let dismiss = banners::Dismiss::new(&ada.id, &view.view_id);
        assert_eq!(intercom.call(&dismiss).unwrap().dismissed, Some(true));
    }
    assert!(shown(&ada.id).data.is_empty());
    assert_eq!(shown(&bob.id).data.len(), 1);
}

#[test]
fn a_workflow_is_exported_as_it_is() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let workflow = emulator.workflow(|workflow| workflow.title = Some("Triage".to_owned()));
    let export = intercom
        .call(&workflows::Export::new(&workflow.id))
        .unwrap();
    assert_eq!(export.workflow, Some(workflow));
    let missing = intercom.call(&workflows::Export::new("1")).unwrap_err();
    assert_eq!(told(&missing), (404, "not_found", "Workflow not found"));
}

#[test]
fn a_data_connector_is_a_draft_until_it_is_made_live_and_only_then_cannot_be_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = DataConnectorCreate::new("Order status").url("https://example.com");
    let created = intercom
        .call(&data_connectors::Create::new(create))
        .unwrap();
    assert_eq!(created.raw().status().as_u16(), 201);
    assert_eq!(created.state, Some(DataConnectorState::Draft));
    let id = &created.id;
    let set = |state| {
        let update = DataConnectorUpdate::new().state(state);
        intercom
            .call(&data_connectors::Update::new(id, update))
            .unwrap()
    };
    assert_eq!(
        set(DataConnectorState::Live).name.as_deref(),
        Some("Order status")
    );
    let delete = data_connectors::Delete::new(id);
    assert_eq!(told(&intercom.call(&delete).unwrap_err()).0, 409);

    let results = |success: Option<bool>| {
        let mut list = data_connectors::ListExecutionResults::new(id).per_page(1_u32);
        list.success = success;
        intercom.items(list).count()
    };
    for success in [true, false, true] {
        emulator.data_connector_execution(|result| {
            result.data_connector_id = Some(id.clone());
            result.success = Some(success);
        });
    }
    assert_eq!([None, Some(true), Some(false)].map(results), [3, 2, 1]);
    emulator.advance(Duration::from_secs(60 * 60 + 1));
    assert_eq!(results(None), 0);

    set(DataConnectorState::Draft);
    intercom.call(&delete).unwrap();
    assert_eq!(intercom.items(data_connectors::List::new()).count(), 0);
    let blank = data_connectors::Create::new(DataConnectorCreate::new(" "));
    let error = intercom.call(&blank).unwrap_err();
    assert_eq!(
        told(&error),
        (422, "parameter_not_found", "Name is required")
    );
}

#[test]
fn a_catalogue_arrives_whole_or_in_parts_and_one_at_a_time() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let connector = emulator.ecommerce_connector();
    let upload = |catalog| intercom.call(&ecommerce::UploadCatalog::new(&connector, catalog));
    let products = |id: &str| {
        format!(r#"[{{"id":"{id}","title":"Shirt","url":"https://shop.example.com/{id}"}}]"#)
    };
    let first = upload(CatalogUpload::first_part(products("1"))).unwrap();
    assert_eq!(first.raw().status().as_u16(), 200);
    assert_eq!(first.next_part_number, Some(2));
    let job = first.import_job_id.clone().unwrap();
    let skipped = upload(CatalogUpload::part(&job, 3, products("3"))).unwrap_err();
    assert_eq!(
        told(&skipped),
        (422, "invalid_part_number", "Expected part 2, got 3")
    );
    for _ in 0..2 {
        let part = upload(CatalogUpload::part(&job, 2, products("2"))).unwrap();
        assert_eq!(part.next_part_number, Some(3));
    }
    let done = upload(CatalogUpload::finalize(&job)).unwrap();
    assert_eq!(done.raw().status().as_u16(), 202);
    let busy = upload(CatalogUpload::whole(products("1"))).unwrap_err();
    assert_eq!(told(&busy).1, "sync_in_progress");
    emulator.advance(Duration::from_secs(60));
    upload(CatalogUpload::whole(products("1"))).unwrap();
    emulator.advance(Duration::from_secs(60));
    for broken in ["{}", "[1]", r#"[{"id":"1"}]"#] {
        let error = upload(CatalogUpload::whole(broken)).unwrap_err();
        assert_eq!(told(&error).1, "invalid_catalog_format", "{broken}");
    }
    let unknown = ecommerce::UploadCatalog::new("1", CatalogUpload::whole("[]"));
    assert_eq!(told(&intercom.call(&unknown).unwrap_err()).0, 404);
}

#[test]
fn what_is_asked_of_fin_is_a_conversation_that_people_can_take_over() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let at = |second| emulator.now() + Duration::from_secs(second);
    let user = || {
        let attributes = CustomAttributes::new().with("unheard_of", 1);
        FinUser::new("ada").name("Ada").attributes(attributes)
    };
    let question = FinMessage::from_user("Where is my order?", at(0));
    let start = fin_agent::Start::new(FinStart::new("chat-1", question, user()));
    let started = intercom.call(&start).unwrap();
    let refused = started.errors.clone().unwrap().user.unwrap().attributes;
    assert_eq!(
        refused["unheard_of"],
        "User attribute 'unheard_of' does not exist"
    );

    let say = |conversation: &str, second| {
        let message = FinMessage::from_user("It is number 7.", at(second));
        let reply = FinReply::new(conversation, message, FinUser::new("ada"));
        intercom.call(&fin_agent::Reply::new(reply))
    };
    // The same message twice counts once.
    for _ in 0..2 {
        say("chat-1", 1).unwrap();
    }
    let error = say("chat-2", 1).unwrap_err();
    assert_eq!(
        told(&error),
        (400, "parameter_invalid", "Conversation not found")
    );

    let mut escalation = EscalateConversation::new("chat-1");
    escalation.context = Some("Wants a refund.".to_owned());
    let escalate = fin_agent::Escalate::new(escalation);
    intercom.call(&escalate).unwrap();
    let listed: Vec<_> = intercom
        .items(conversations::List::new())
        .map(|conversation| conversation.unwrap().id)
        .collect();
    let [id] = &listed[..] else {
        panic!("{listed:?}");
    };
    let conversation = intercom.call(&conversations::Get::new(id)).unwrap();
    let parts = &conversation
        .conversation_parts
        .as_ref()
        .unwrap()
        .conversation_parts;
    let bodies: Vec<_> = parts
        .iter()
        .filter_map(|part| part.body.as_deref())
        .collect();
    assert_eq!(bodies, ["<p>It is number 7.</p>", "<p>Wants a refund.</p>"]);
    let ada = intercom
        .call(&contacts::FindByExternalId::new("ada"))
        .unwrap();
    assert_eq!(ada.name.as_deref(), Some("Ada"));
}
