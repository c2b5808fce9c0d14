//! Long jobs, with a transport that plays a script.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test may panic"
)]

mod support;

use std::time::Duration;

use intercom_core::api::companies::{self, BulkCompaniesDelete, BulkCompanyDelete};
use intercom_core::api::data_export::{self, DataExportCreate, DataExportStatus};
use intercom_core::api::reporting_export::{self, ReportingExportCreate};
use intercom_core::api::tickets::{self, TicketContact, TicketCreate};
use intercom_core::error::JobErrorKind;
use intercom_core::model::Timestamp;
use intercom_core::{ApiVersion, CallOptions, Client, Error, JobState, PollPolicy, blocking};
use support::{Answer, Scripted, json, now};

fn export() -> data_export::Create {
    let (from, to) = (Timestamp::from_second(1), Timestamp::from_second(2));
    data_export::Create::new(DataExportCreate::new(from, to))
}

fn status(status: &str) -> Answer {
    json(
        200,
        &format!(r#"{{"job_identifier":"x1","status":"{status}","download_url":""}}"#),
    )
}

fn client(transport: &Scripted) -> blocking::Client {
    blocking::Client::new(transport.clone(), "token")
}

#[test]
fn a_job_is_polled_until_it_finishes_and_its_file_is_downloaded() {
    let script = || {
        Scripted::new([
            status("pending"),
            status("pending"),
            status("in_progress"),
            status("completed"),
            json(200, "user_id,email\n"),
        ])
    };
    let sent = [
        r#"POST /export/content/data {"created_at_after":1,"created_at_before":2}"#,
        "GET /export/content/data/x1",
        "GET /export/content/data/x1",
        "GET /export/content/data/x1",
        "GET /download/content/data/x1",
    ];
    let seen = [
        (Some(DataExportStatus::Pending), 0),
        (Some(DataExportStatus::InProgress), 1),
        (Some(DataExportStatus::Completed), 3),
    ];

    let transport = script();
    let (mut told, mut file) = (Vec::new(), Vec::new());
    let job = client(&transport).start(&export()).unwrap();
    assert_eq!(job.id().as_str(), "x1");
    let finished = job
        .wait_with(|progress| {
            told.push((progress.status.clone(), progress.info().waited.as_secs()))
        })
        .unwrap();
    assert_eq!(finished.status, Some(DataExportStatus::Completed));
    assert_eq!(finished.download_to(&mut file).unwrap(), 14);
    assert_eq!(file, b"user_id,email\n");
    assert_eq!(
        (told, transport.sent()),
        (seen.to_vec(), sent.map(str::to_owned).to_vec())
    );

    let transport = script();
    let (mut told, mut file) = (Vec::new(), Vec::new());
    let intercom = Client::new(transport.clone(), "token");
    now(async {
        let job = intercom.start(&export()).await.unwrap();
        let finished = job
            .wait_with(|progress| {
                told.push((progress.status.clone(), progress.info().waited.as_secs()))
            })
            .await
            .unwrap();
        finished.download_to(&mut file).await.unwrap();
    });
    assert_eq!(file, b"user_id,email\n");
    assert_eq!(
        (told, transport.sent()),
        (seen.to_vec(), sent.map(str::to_owned).to_vec())
    );
}

#[test]
fn a_job_can_be_resumed_by_id_in_another_process() {
    let transport = Scripted::new([status("completed")]);
    let saved = "x1".to_owned();
    let job = client(&transport).job::<data_export::Create>(saved);
    assert_eq!(job.wait().unwrap().job_id().as_str(), "x1");
    assert_eq!(transport.sent(), ["GET /export/content/data/x1"]);
}

#[test]
fn a_job_that_fails_or_is_cancelled_is_an_error_with_the_last_reply() {
    for word in ["failed", "canceled"] {
        let transport = Scripted::new([status("pending"), status("in_progress"), status(word)]);
        let error = client(&transport)
            .start(&export())
            .unwrap()
            .wait()
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("data_export::Create: job x1 failed with status {word}")
        );
        let Error::Job(error) = error else {
            panic!("{error}");
        };
        assert!(matches!(error.kind, JobErrorKind::Failed));
        let body = error.reply.as_ref().unwrap().body();
        assert!(body.windows(word.len()).any(|part| part == word.as_bytes()));
    }
}

#[test]
fn a_job_that_times_out_keeps_its_id_and_can_be_resumed() {
    let transport = Scripted::new([
        status("pending"),
        status("in_progress"),
        status("in_progress"),
        status("in_progress"),
        status("completed"),
    ]);
    let policy = PollPolicy::default().deadline(Duration::from_secs(3));
    let job = client(&transport).start(&export()).unwrap().policy(policy);
    let error = job.wait().unwrap_err();
    assert_eq!(
        error.to_string(),
        "data_export::Create: job x1 did not finish within 3 seconds (status in_progress); it may still finish"
    );
    assert!(matches!(&error, Error::Job(error) if error.id == "x1"));
    assert!(error.is_timeout() && !error.is_retryable());
    assert!(job.wait().is_ok());
}

#[test]
fn a_transient_poll_error_is_retried_and_a_permanent_one_keeps_the_job_id() {
    let transport = Scripted::new([status("pending"), json(503, ""), status("completed")]);
    assert!(client(&transport).start(&export()).unwrap().wait().is_ok());

    let transport = Scripted::new([status("pending"), status("in_progress"), json(404, "{}")]);
    let error = client(&transport)
        .start(&export())
        .unwrap()
        .wait()
        .unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(404));
    let Error::Job(error) = error else {
        panic!("{error}");
    };
    assert_eq!(
        (error.id.as_str(), error.status.as_deref()),
        ("x1", Some("in_progress"))
    );
}

#[test]
fn too_many_jobs_is_an_error_at_once() {
    let too_many = |message: &str| {
        let error = format!(r#"{{"code":"rate_limit_exceeded","message":"{message}"}}"#);
        json(
            429,
            &format!(r#"{{"type":"error.list","errors":[{error}]}}"#),
        )
    };
    let message = "Exceeded rate limit of 1 pending message data export jobs";
    let transport = Scripted::new([too_many(message)]);
    let error = client(&transport).start(&export()).unwrap_err();
    assert_eq!(error.status().map(|status| status.as_u16()), Some(429));
    assert_eq!(transport.sent().len(), 1);

    let message = "Exceeded rate limit of 5 pending reporting dataset export jobs";
    let transport = Scripted::new([too_many(message)]);
    let error = client(&transport).start(&report()).unwrap_err();
    assert_eq!(error.errors()[0].message.as_deref(), Some(message));
    assert_eq!(transport.sent().len(), 1);
}

fn report() -> reporting_export::Create {
    let (from, to) = (Timestamp::from_second(1), Timestamp::from_second(2));
    let attributes = ["conversation_id".to_owned()];
    reporting_export::Create::new(ReportingExportCreate::new(
        "conversation",
        attributes,
        from,
        to,
    ))
}

#[test]
fn the_parameters_of_a_poll_are_also_sent_with_the_download() {
    let transport = Scripted::new([status("pending"), status("complete"), json(200, "id\n1\n")]);
    let job = client(&transport).start(&report()).unwrap();
    let job = job.poll_by(|get| get.of_app("w1", "c1"));
    let mut file = Vec::new();
    job.wait().unwrap().download_to(&mut file).unwrap();
    assert_eq!(
        transport.sent()[1..],
        [
            "GET /export/reporting_data/x1?app_id=w1&client_id=c1",
            "GET /download/reporting_data/x1?app_id=w1"
        ]
    );
}

#[test]
fn an_export_without_data_finishes_and_has_nothing_to_download() {
    let transport = Scripted::new([status("pending"), status("no_data")]);
    let finished = client(&transport).start(&export()).unwrap().wait().unwrap();
    let error = finished.download_to(Vec::new()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "data_export::Create: job x1 finished without a file (status no_data)"
    );
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn other_jobs_are_polled_the_same_way() {
    let transport = Scripted::new([
        json(200, r#"{"type":"job","id":"20","status":"pending"}"#),
        json(
            200,
            r#"{"type":"job","id":"20","status":"success","resource_id":"123"}"#,
        ),
    ]);
    let ticket = TicketCreate::new("53", [TicketContact::email("ada@example.com")]);
    let job = client(&transport)
        .start(&tickets::Enqueue::new(ticket))
        .unwrap();
    let ticket = job.wait().unwrap();
    assert_eq!(ticket.resource_id.as_ref().unwrap().as_str(), "123");
    assert_eq!(transport.sent()[1], "GET /jobs/status/20");

    let state = |state: &str| json(202, &format!(r#"{{"id":"job_1","state":"{state}"}}"#));
    let transport = Scripted::new([state("running"), state("completed_with_errors")]);
    let preview = client(&transport).with_options(CallOptions::new().version(ApiVersion::Preview));
    let delete = BulkCompaniesDelete::new([BulkCompanyDelete::new("1")]);
    let job = preview.start(&companies::BulkDelete::new(delete)).unwrap();
    let mut states = Vec::new();
    job.wait_with(|progress| states.push(format!("{:?}", progress.info().state)))
        .unwrap();
    assert_eq!(states, [r#"Finished("completed_with_errors")"#]);
    assert_eq!(transport.sent()[1], "GET /companies/bulk/job_1");
}

#[test]
fn an_unknown_job_state_is_not_final() {
    let transport = Scripted::new([
        status("pending"),
        status("paused"),
        json(200, "{}"),
        status("completed"),
    ]);
    let mut states = Vec::new();
    let job = client(&transport).start(&export()).unwrap();
    job.wait_with(|progress| states.push(progress.info().state == JobState::Pending("")))
        .unwrap();
    assert_eq!(states, [false, true, false]);
}

#[test]
fn a_job_start_without_an_id_is_an_error_with_the_reply() {
    let transport = Scripted::new([json(200, r#"{"status":"pending"}"#)]);
    let error = client(&transport).start(&export()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "data_export::Create: the service returned no job id"
    );
    assert!(error.reply().is_some());
}

#[test]
fn jobs_and_downloads_can_be_sent_to_other_threads() {
    fn sent<T: Send>(_: &T) {}
    fn shared<T: Send + Sync>() {}
    shared::<intercom_core::Job<data_export::Create>>();
    shared::<blocking::Job<data_export::Create>>();
    let intercom = Client::new(Scripted::new([]), "token");
    let job = intercom.job::<data_export::Create>("x1");
    sent(&job.wait());
    sent(&intercom.start(&export()));
    sent(&async {
        let finished = job.wait().await?;
        finished.download_to(Vec::new()).await
    });
}
