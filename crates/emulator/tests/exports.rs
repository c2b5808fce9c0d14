//! Data exports and reporting exports.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::api::data_export::{self, DataExportCreate, DataExportStatus};
use intercom_core::api::messages::{self, MessageCreate, OutboundMessage, Person};
use intercom_core::api::reporting_export::{self, ReportingExportCreate, ReportingExportStatus};
use intercom_core::blocking::Client;
use intercom_core::model::Timestamp;
use intercom_core::{CallOptions, Endpoint, Error};
use intercom_emulator::{Emulator, Fault};
use support::{client, told};

const CSV: &str = "user_id,email\n7,ada@example.com\n";

fn export() -> data_export::Create {
    let (from, to) = (Timestamp::from_second(1), Timestamp::from_second(2));
    data_export::Create::new(DataExportCreate::new(from, to))
}

fn report(dataset: &str, attributes: &[&str]) -> reporting_export::Create {
    let (from, to) = (Timestamp::from_second(1), Timestamp::from_second(2));
    let attributes: Vec<String> = attributes.iter().map(|id| (*id).to_owned()).collect();
    reporting_export::Create::new(ReportingExportCreate::new(dataset, attributes, from, to))
}

fn with_export() -> Emulator {
    let emulator = Emulator::new();
    emulator.set_export(CSV);
    emulator
}

#[test]
fn an_export_goes_on_each_time_that_it_is_asked_about() {
    let emulator = with_export();
    let intercom = client(&emulator);
    let job = intercom.start(&export()).unwrap();
    let mut states = Vec::new();
    let finished = job
        .wait_with(|progress| states.push(progress.status.clone()))
        .unwrap();
    let (running, over) = (DataExportStatus::InProgress, DataExportStatus::Completed);
    assert_eq!(states, [Some(running), Some(over)]);
    let mut file = Vec::new();
    finished.download_to(&mut file).unwrap();
    assert_eq!(file, CSV.as_bytes());
}

#[test]
fn an_export_goes_on_with_the_clock_too() {
    let emulator = with_export();
    let intercom = client(&emulator);
    let job = intercom.start(&export()).unwrap();
    assert_eq!(told(&intercom.start(&export()).unwrap_err()).0, 429);
    emulator.advance(Duration::from_secs(60));
    let download = data_export::Download::new(job.id().clone());
    assert!(intercom.call(&download).is_ok());
    assert!(intercom.start(&export()).is_ok());
}

#[test]
fn a_second_export_is_refused_as_documented_until_the_first_is_over_or_cancelled() {
    let emulator = with_export();
    let intercom = client(&emulator);
    let job = intercom.start(&export()).unwrap();
    assert_eq!(
        told(&intercom.start(&export()).unwrap_err()),
        (
            429,
            "rate_limit_exceeded",
            "Exceeded rate limit of 1 pending message data export jobs"
        )
    );
    let cancel = data_export::Cancel::new(job.id().clone());
    let canceled = intercom.call(&cancel).unwrap();
    assert_eq!(canceled.status, Some(DataExportStatus::Canceled));
    assert!(matches!(job.wait(), Err(Error::Job(_))));
    intercom.start(&export()).unwrap().wait().unwrap();
    assert!(intercom.start(&export()).is_ok());
}

#[test]
fn a_file_is_kept_for_two_days() {
    let emulator = with_export();
    let intercom = client(&emulator);
    let finished = intercom.start(&export()).unwrap().wait().unwrap();
    let expires_at = finished.download_expires_at.unwrap().as_second();
    // Its second poll was a second after the start of the clock.
    assert_eq!(expires_at, 1_735_689_601 + 2 * 24 * 60 * 60);
    emulator.advance(Duration::from_secs(2 * 24 * 60 * 60 - 1));
    assert!(finished.download().is_ok());
    emulator.advance(Duration::from_secs(1));
    assert_eq!(told(&finished.download().unwrap_err()).0, 404);
}

#[test]
fn without_data_there_is_nothing_to_download() {
    let emulator = Emulator::new();
    let finished = client(&emulator).start(&export()).unwrap().wait().unwrap();
    assert_eq!(finished.status, Some(DataExportStatus::NoData));
    assert!(finished.download().is_err());
}

#[test]
fn an_export_that_is_not_there_or_not_over_has_no_file() {
    let emulator = with_export();
    let intercom = client(&emulator);
    let job = intercom.start(&export()).unwrap();
    for id in [job.id().as_str(), "nowhere"] {
        let download = data_export::Download::new(id);
        let error = intercom.call(&download).unwrap_err();
        let message = format!("Export job not found for identifier: {id}");
        assert_eq!(told(&error), (404, "not_found", message.as_str()));
    }
}

/// Asks for a file with these headers, and gives the status, `Content-Range` and the body.
fn ask(intercom: &Client, id: &str, headers: &[(&str, &str)]) -> (u16, String, Vec<u8>) {
    let options = headers
        .iter()
        .fold(CallOptions::new(), |options, (name, value)| {
            options.header(*name, *value)
        });
    let reply = intercom
        .with_options(options)
        .call(&data_export::Download::new(id));
    let (raw, body) = match &reply {
        Ok(reply) => (reply.raw(), reply.raw().body().to_vec()),
        Err(error) => (error.reply().unwrap(), Vec::new()),
    };
    let range = raw.headers().get("content-range");
    (
        raw.status().as_u16(),
        range.map_or(String::new(), |range| range.to_str().unwrap().to_owned()),
        body,
    )
}

#[test]
fn a_file_is_given_in_parts_as_long_as_it_is_the_same() {
    let emulator = with_export();
    let intercom = client(&emulator);
    let job = intercom.start(&export()).unwrap();
    let id = job.wait().unwrap().job_id().to_string();
    let whole = intercom
        .call(&data_export::Download::new(id.as_str()))
        .unwrap();
    let tag = whole.raw().headers()["etag"].to_str().unwrap().to_owned();
    let (file, length) = (whole.raw().body().to_vec(), whole.raw().body().len());

    let rest = format!("bytes 10-{}/{length}", length - 1);
    for headers in [
        &[("range", "bytes=10-")][..],
        &[("range", "bytes=10-"), ("if-range", tag.as_str())],
    ] {
        let part = ask(&intercom, &id, headers);
        assert_eq!(part, (206, rest.clone(), file[10..].to_vec()));
    }
    let other = ask(
        &intercom,
        &id,
        &[("range", "bytes=10-"), ("if-range", "\"x\"")],
    );
    assert_eq!(other, (200, String::new(), file));
    let (status, range, _) = ask(&intercom, &id, &[("range", "bytes=9999-")]);
    assert_eq!((status, range), (416, format!("bytes */{length}")));
}

#[test]
fn a_part_can_break_off_too() {
    let emulator = with_export();
    let intercom = Client::new(emulator.transport(), "any token");
    let fault = emulator.fail(data_export::Download::SPEC);
    fault.times(4).with(Fault::truncated_body());
    let mut file = Vec::new();
    let finished = intercom.start(&export()).unwrap().wait().unwrap();
    finished.download_to(&mut file).unwrap();
    assert_eq!(file, CSV.as_bytes());
    assert_eq!(emulator.journal().count(data_export::Download::SPEC), 5);
}

#[test]
fn a_report_has_the_headings_of_its_attributes_or_what_was_set() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let datasets = intercom
        .call(&reporting_export::ListDatasets::new())
        .unwrap();
    let dataset = &datasets.data[0];
    let ids: Vec<&str> = dataset.attributes[..2]
        .iter()
        .map(|attribute| attribute.qualified_id.as_deref().unwrap())
        .collect();
    let create = report(dataset.id.as_deref().unwrap(), &ids);
    for expected in ["Conversation ID,Conversation started at\n", CSV] {
        let job = intercom.start(&create).unwrap();
        let job = job.poll_by(|get| get.of_app("abc123", "client"));
        let finished = job.wait().unwrap();
        assert_eq!(finished.status, Some(ReportingExportStatus::Complete));
        let mut file = Vec::new();
        finished.download_to(&mut file).unwrap();
        assert_eq!(file, expected.as_bytes());
        emulator.set_export(CSV);
    }
}

#[test]
fn a_sixth_pending_report_is_refused() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = report("conversation", &["conversation_id"]);
    for _ in 0..5 {
        intercom.call(&create).unwrap();
    }
    assert_eq!(
        told(&intercom.start(&create).unwrap_err()),
        (
            429,
            "rate_limit_exceeded",
            "Exceeded rate limit of 5 pending reporting dataset export jobs"
        )
    );
}

#[test]
fn a_report_of_what_does_not_exist_is_refused_as_documented() {
    let intercom = client(&Emulator::new());
    for (create, message) in [
        (
            report("imaginary", &["conversation_id"]),
            "imaginary is not a valid dataset_id",
        ),
        (
            report("conversation", &[]),
            "attribute_ids must contain at least one attribute_id",
        ),
        (
            report("conversation", &["conversation_id", "non_existent"]),
            "attribute_ids invalid for conversation dataset: non_existent",
        ),
    ] {
        let error = intercom.start(&create).unwrap_err();
        assert_eq!(told(&error), (400, "bad_request", message));
    }
}

#[test]
fn exports_have_the_messages_and_conversations_between_two_times() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator
        .contact()
        .email("ada@example.com")
        .name("Lovelace, Ada")
        .create();
    let to = Person::user(&ada.id);
    let OutboundMessage::InApp(message) = OutboundMessage::in_app(emulator.owner(), to, "Hello")
    else {
        unreachable!("it was made as such")
    };
    let message = message.create_conversation_without_contact_reply(true);
    let message = MessageCreate::from(OutboundMessage::InApp(message));
    let sent = intercom.call(&messages::Create::new(message)).unwrap();
    let conversation = sent.conversation_id.clone().unwrap();
    emulator.advance(Duration::from_secs(3_600));

    let now = Timestamp::from(emulator.now());
    let ago = |seconds| Timestamp::from_second(now.as_second() - seconds);
    let export = |from, to| {
        let create = data_export::Create::new(DataExportCreate::new(from, to));
        let mut file = Vec::new();
        let finished = intercom.start(&create).unwrap().wait()?;
        finished.download_to(&mut file).map(|_| file)
    };
    let file = String::from_utf8(export(ago(7_200), now).unwrap()).unwrap();
    let lines: Vec<_> = file.lines().collect();
    assert_eq!(lines.len(), 2);
    assert!(lines[1].contains("ada@example.com,\"Lovelace, Ada\""));
    assert!(lines[1].contains(conversation.as_str()));
    assert!(export(ago(60), now).is_err());

    let attributes = vec![
        "conversation_id".to_owned(),
        "conversation_state".to_owned(),
    ];
    let create = ReportingExportCreate::new("conversation", attributes, ago(7_200), now);
    let job = intercom
        .start(&reporting_export::Create::new(create))
        .unwrap();
    let job = job.poll_by(|get| get.of_app("abc123", "client"));
    let mut file = Vec::new();
    job.wait().unwrap().download_to(&mut file).unwrap();
    let lines = String::from_utf8(file).unwrap();
    let expected = format!("Conversation ID,Conversation state\n{conversation},open\n");
    assert_eq!(lines, expected);
}
