//! Companies, their lists and their scroll.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use std::time::Duration;

use intercom_core::api::companies::{self, CompanyCreateOrUpdate, CompanyUpdate, Order};
use intercom_core::api::tags::{self, TagRequest};
use intercom_core::blocking::Client;
use intercom_core::model::search::{Field, Search, Sort, Text, company};
use intercom_core::model::{CompanyId, CustomAttributes, Found};
use intercom_core::{ApiVersion, Endpoint};
use intercom_emulator::{Emulator, Fault};
use support::{client, in_version, told};

fn ids(companies: impl IntoIterator<Item = companies::Company>) -> Vec<String> {
    let ids = companies.into_iter().map(|company| company.id.to_string());
    ids.collect()
}

/// This many companies, each with a contact of its own, oldest first.
fn with_contacts(emulator: &Emulator, count: usize) -> Vec<String> {
    let companies = (0..count).map(|n| {
        let company = emulator.company(&format!("Company {n}")).create();
        emulator.contact().company(&company.id).create();
        company
    });
    ids(companies)
}

#[test]
fn a_company_is_created_changed_found_and_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = |name: &str| {
        let body = CompanyCreateOrUpdate::new()
            .company_id("acme")
            .name(name)
            .size(12);
        companies::CreateOrUpdate::new(body)
    };
    let acme = intercom.call(&create("Acme")).unwrap();
    let same = intercom.call(&create("Acme Inc")).unwrap();
    assert_eq!(
        (&same.id, same.name.as_deref()),
        (&acme.id, Some("Acme Inc"))
    );
    let update = companies::Update::new(&acme.id, CompanyUpdate::new().industry("Anvils"));
    let updated = intercom.call(&update).unwrap();
    assert_eq!(
        (updated.industry.as_deref(), updated.size),
        (Some("Anvils"), Some(12))
    );
    for find in [
        companies::Find::new().company_id("acme"),
        companies::Find::new().name("Acme Inc"),
    ] {
        let found = intercom.call(&find).unwrap().into_value();
        assert_eq!(found, Found::One(Box::new((*updated).clone())));
    }

    let ada = emulator
        .contact()
        .email("ada@example.com")
        .company(&acme.id)
        .create();
    let contacts = intercom.items(companies::ListContacts::new(&acme.id));
    let contacts: Vec<_> = contacts.map(|contact| contact.unwrap().id).collect();
    assert_eq!(contacts, [ada.id]);
    let deleted = intercom.call(&companies::Delete::new(&acme.id)).unwrap();
    assert_eq!(deleted.deleted, Some(true));
    assert_eq!(
        intercom
            .call(&companies::ListAll::new())
            .unwrap()
            .data
            .len(),
        0
    );

    let nowhere = companies::Get::new("x");
    let error = intercom.call(&nowhere).unwrap_err();
    assert_eq!(
        told(&error),
        (404, "company_not_found", "Company Not Found")
    );
    let nameless = companies::CreateOrUpdate::new(CompanyCreateOrUpdate::new());
    assert_eq!(told(&intercom.call(&nameless).unwrap_err()).0, 400);
}

#[test]
fn companies_with_contacts_are_listed_page_after_page() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let oldest_first = with_contacts(&emulator, 5);
    emulator.company("Nobody's").create();
    let list = |order| companies::ListAll::new().per_page(2_u32).order(order);
    let items = |list| ids(intercom.items(list).map(Result::unwrap));
    assert_eq!(items(list(Order::Ascending)), oldest_first);
    let newest_first: Vec<_> = oldest_first.iter().rev().cloned().collect();
    assert_eq!(items(list(Order::Descending)), newest_first);

    let tag = TagRequest::TagCompanies(tags::TagCompanies::new(
        "vip",
        oldest_first[1..4]
            .iter()
            .map(|id| tags::CompanyToTag::new().id(id.as_str()))
            .collect::<Vec<_>>(),
    ));
    let tag = intercom
        .call(&tags::CreateOrUpdate::new(tag))
        .unwrap()
        .id
        .clone();
    let find = companies::Find::new().tag_id(&tag).per_page(2_u32);
    assert_eq!(
        ids(intercom.items(find).map(Result::unwrap)),
        oldest_first[1..4]
    );
}

#[test]
fn companies_are_found_and_ordered_by_what_they_have() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let all = with_contacts(&emulator, 5);
    let busy = CompanyId::from(all[2].as_str());
    emulator.contact().company(&busy).create();
    let plan = CustomAttributes::new().with("plan", "pro");
    let update = companies::Update::new(&busy, CompanyUpdate::new().custom_attributes(plan));
    intercom.call(&update).unwrap();
    let items = |search: Search<companies::Companies>| {
        let found = intercom.items(companies::Search::new(search.per_page(2)));
        ids(found.map(Result::unwrap))
    };
    let any = || Search::new(company::NAME.starts_with("company"));
    assert_eq!(items(any().sort(Sort::ascending(&company::NAME))), all);
    assert_eq!(
        items(any().sort(Sort::descending(&company::USER_COUNT)))[0],
        all[2]
    );
    for one in [
        company::USER_COUNT.gt(1),
        company::NAME.eq("company 2"),
        company::custom_attribute("plan").eq("pro"),
    ] {
        assert_eq!(items(Search::new(one)), all[2..3]);
    }
    let plan = Field::<companies::Companies, Text>::new("plan.name").eq("pro");
    let error = intercom.call(&companies::Search::new(plan)).unwrap_err();
    assert_eq!(told(&error).1, "invalid_field");
}

fn scroll(intercom: &Client) -> Vec<String> {
    ids(intercom.items(companies::Scroll::new()).map(Result::unwrap))
}

#[test]
fn a_scroll_gives_every_company_once_and_may_begin_again_when_it_is_over() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let all = with_contacts(&emulator, 205);
    assert_eq!(scroll(&intercom), all);
    assert_eq!(emulator.journal().count(companies::Scroll::SPEC), 4);
    assert_eq!(scroll(&intercom), all);
}

#[test]
fn one_scroll_is_open_at_a_time_until_it_expires() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    with_contacts(&emulator, 1);
    let begin = companies::Scroll::new();
    let first = intercom.call(&begin).unwrap();
    let error = intercom.call(&begin).unwrap_err();
    assert_eq!(told(&error).1, "scroll_exists");
    let go_on = begin
        .clone()
        .scroll_param(first.scroll_param.clone().unwrap());
    emulator.advance(Duration::from_secs(59));
    assert!(intercom.call(&go_on).unwrap().data.is_empty());
    // That was its end.
    assert_eq!(told(&intercom.call(&go_on).unwrap_err()).0, 404);

    intercom.call(&begin).unwrap();
    emulator.advance(Duration::from_secs(60));
    intercom.call(&begin).unwrap();
}

#[test]
fn a_scroll_whose_reply_is_lost_starts_again_and_gives_nothing_twice() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let all = with_contacts(&emulator, 205);
    emulator
        .fail(companies::Scroll::SPEC)
        .nth(2)
        .with(Fault::reset_after());
    // The one that broke off is in the way for a minute.
    assert_eq!(scroll(&intercom), all);
    assert_eq!(emulator.journal().count(companies::Scroll::SPEC), 7);
}
