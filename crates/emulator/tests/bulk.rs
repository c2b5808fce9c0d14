//! Bulk jobs: many contacts or companies at once.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::api::companies::{
    self, BulkCompaniesCreate, BulkCompaniesDelete, BulkCompaniesUpdate, BulkCompanyCreate,
    BulkCompanyDelete, BulkCompanyUpdate,
};
use intercom_core::api::contacts::{
    self, BulkContactCompanyUpdate, BulkContactCreate, BulkContactDelete, BulkContactTagsUpdate,
    BulkContactUpdate, BulkContactsCreate, BulkContactsDelete, BulkContactsUpdate, BulkJobState,
    JobReference, TagReference,
};
use intercom_core::blocking::Client;
use intercom_core::{ApiVersion, StartJob};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

fn preview(emulator: &Emulator) -> Client {
    in_version(&client(emulator), ApiVersion::Preview)
}

fn mail(email: &str) -> BulkContactCreate {
    BulkContactCreate::new().email(email)
}

/// Does a job, and gives the states that it goes through.
fn states<S: StartJob>(intercom: &Client, start: &S) -> Vec<String> {
    let mut states = Vec::new();
    let job = intercom.start(start).unwrap();
    job.wait_with(|progress| states.push(progress.info().state.as_str().to_owned()))
        .unwrap();
    states
}

#[test]
fn contacts_are_created_once_and_the_others_are_told_of() {
    let emulator = Emulator::new();
    let intercom = preview(&emulator);
    emulator.contact().email("ada@example.com").create();
    let create = |emails: &[&str]| {
        let contacts: Vec<_> = emails.iter().map(|email| mail(email)).collect();
        contacts::BulkCreate::new(BulkContactsCreate::new(contacts))
    };
    let reply = intercom.call(&create(&["a@example.com"])).unwrap();
    assert_eq!(reply.raw().status().as_u16(), 202);
    assert_eq!(reply.state, Some(BulkJobState::Pending));
    assert_eq!(reply.tasks[0].item_count, Some(1));

    let good = states(&intercom, &create(&["b@example.com", "c@example.com"]));
    assert_eq!(good, ["running", "completed"]);
    let bad = states(&intercom, &create(&["ada@example.com", "d@example.com"]));
    assert_eq!(bad, ["running", "completed_with_errors"]);
    assert_eq!(emulator.size().contacts, 5);
}

#[test]
fn contacts_are_changed_with_their_tags_and_companies() {
    let emulator = Emulator::new();
    let intercom = preview(&emulator);
    let ada = emulator
        .contact()
        .email("ada@example.com")
        .tag("old")
        .create();
    let acme = emulator.company("Acme").company_id("acme").create();
    let vip = emulator.contact().tag("vip").create();
    let tag_of = |contact: &contacts::Contact| {
        let list = intercom_core::api::tags::ListForContact::new(&contact.id);
        intercom.call(&list).unwrap().data[0].id.clone()
    };
    let tags = BulkContactTagsUpdate::new()
        .add([
            TagReference::new(tag_of(&vip)),
            TagReference::new("nowhere"),
        ])
        .remove([TagReference::new(tag_of(&ada))]);
    let item = BulkContactUpdate::new(ada.id.clone())
        .name("Ada")
        .tags(tags)
        .companies([
            BulkContactCompanyUpdate::new("acme"),
            BulkContactCompanyUpdate::new("new").name("New"),
        ]);
    let update = contacts::BulkUpdate::new(BulkContactsUpdate::new([item]));
    assert_eq!(states(&intercom, &update), ["running", "completed"]);
    let changed = intercom.call(&contacts::Get::new(&ada.id)).unwrap();
    assert_eq!(changed.name.as_deref(), Some("Ada"));
    assert_eq!(tag_of(&ada), tag_of(&vip));
    let list = contacts::ListCompanies::new(&ada.id);
    assert_eq!(intercom.call(&list).unwrap().data.len(), 2);

    let leave = BulkContactCompanyUpdate::new("acme").remove(true);
    let item = BulkContactUpdate::new(ada.id.clone()).companies([leave]);
    let update = contacts::BulkUpdate::new(BulkContactsUpdate::new([item]));
    states(&intercom, &update);
    let left = intercom.call(&list).unwrap();
    assert!(left.data.iter().all(|company| company.id != acme.id));

    let nobody = contacts::BulkUpdate::new(BulkContactsUpdate::new([BulkContactUpdate::new("")]));
    assert_eq!(
        told(&intercom.start(&nobody).unwrap_err()),
        (422, "field_not_found", "contacts must be identified by id")
    );
}

#[test]
fn contacts_are_deleted_for_good() {
    let emulator = Emulator::new();
    let intercom = preview(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let items = [
        BulkContactDelete::new(ada.id),
        BulkContactDelete::new("nobody"),
    ];
    let delete = contacts::BulkDelete::new(BulkContactsDelete::new(items));
    let expected = ["running", "completed_with_errors"];
    assert_eq!(states(&intercom, &delete), expected);
    assert_eq!(emulator.size().contacts, 0);
}

#[test]
fn a_job_is_added_to_as_long_as_it_is_open() {
    let emulator = Emulator::new();
    let intercom = preview(&emulator);
    let create = |job: Option<&str>| {
        let mut body = BulkContactsCreate::new([mail(&format!("{job:?}@example.com"))]);
        body.job = job.map(JobReference::new);
        contacts::BulkCreate::new(body)
    };
    let job = intercom.start(&create(None)).unwrap();
    let id = job.id().to_string();
    let again = intercom.call(&create(Some(&id))).unwrap();
    assert_eq!((again.id.as_ref(), again.tasks.len()), (Some(job.id()), 2));
    emulator.advance(Duration::from_secs(60));
    let closed = format!("job {id} is closed for new task updates");
    assert_eq!(
        told(&intercom.start(&create(Some(&id))).unwrap_err()),
        (403, "forbidden", closed.as_str())
    );
    assert_eq!(
        told(&intercom.start(&create(Some("x"))).unwrap_err()),
        (404, "job_not_found", "job x not found")
    );
    let other_kind = companies::GetBulkJob::new(job.id().clone());
    assert_eq!(told(&intercom.call(&other_kind).unwrap_err()).0, 404);
}

#[test]
fn a_request_has_a_hundred_items_at_most() {
    let intercom = preview(&Emulator::new());
    let contacts: Vec<_> = (0..101).map(|n| mail(&n.to_string())).collect();
    let create = contacts::BulkCreate::new(BulkContactsCreate::new(contacts));
    let message = "maximum number of contacts per request is 100";
    assert_eq!(
        told(&intercom.start(&create).unwrap_err()),
        (422, "parameter_invalid", message)
    );
}

#[test]
fn companies_are_created_changed_and_taken_from_their_contacts() {
    let emulator = Emulator::new();
    let intercom = preview(&emulator);
    let acme = emulator.company("Acme").company_id("acme").create();
    let ada = emulator.contact().company(&acme.id).create();
    let of_ada = || {
        intercom
            .call(&contacts::ListCompanies::new(&ada.id))
            .unwrap()
    };

    let items = [
        BulkCompanyCreate::new()
            .company_id("acme")
            .plan("Pro")
            .size(7),
        BulkCompanyCreate::new().company_id("other"),
    ];
    let create = companies::BulkCreate::new(BulkCompaniesCreate::new(items));
    assert_eq!(states(&intercom, &create), ["running", "completed"]);
    let changed = &of_ada().data[0];
    assert_eq!(
        (changed.name.as_deref(), changed.size),
        (Some("Acme"), Some(7))
    );
    assert_eq!(changed.plan.as_ref().unwrap().name.as_deref(), Some("Pro"));

    let items = [
        BulkCompanyUpdate::new(acme.id.clone()).name("Acme Corp"),
        BulkCompanyUpdate::new("nowhere"),
    ];
    let update = companies::BulkUpdate::new(BulkCompaniesUpdate::new(items));
    let expected = ["running", "completed_with_errors"];
    assert_eq!(states(&intercom, &update), expected);
    assert_eq!(of_ada().data[0].name.as_deref(), Some("Acme Corp"));

    let delete = BulkCompaniesDelete::new([BulkCompanyDelete::new(acme.id.clone())]);
    let delete = companies::BulkDelete::new(delete);
    assert_eq!(states(&intercom, &delete), ["running", "completed"]);
    assert!(of_ada().data.is_empty());
}
