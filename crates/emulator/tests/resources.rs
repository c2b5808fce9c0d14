//! Tags, notes, segments, subscription types, admins and the Help Center, through a client.

mod support;

use std::time::Duration;

use intercom_core::ApiVersion;
use intercom_core::api::help_center::{
    self, CollectionCreate, CollectionUpdate, HelpCenterRedirectCreate, RedirectTarget,
    SectionCreate, SectionUpdate,
};
use intercom_core::api::notes::{self, NoteCreate};
use intercom_core::api::subscription_types::{self, ConsentType, SubscriptionAttach};
use intercom_core::api::tags::{self, CompanyToTag, TagAttach, TagCompanies, TagRequest};
use intercom_core::api::{admins, contacts, segments};
use intercom_core::model::{Locale, ObjectType, Patch};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

#[test]
fn a_tag_is_created_once_renamed_attached_detached_and_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let create = tags::CreateOrUpdate::new(TagRequest::create("vip"));
    let tag = intercom.call(&create).unwrap();
    assert_eq!(intercom.call(&create).unwrap().id, tag.id);
    let rename = tags::CreateOrUpdate::new(TagRequest::rename(&tag.id, "important"));
    assert_eq!(
        intercom.call(&rename).unwrap().name.as_deref(),
        Some("important")
    );

    let attach = tags::AttachToContact::new(&ada.id, TagAttach::new(&tag.id));
    let attached = intercom.call(&attach).unwrap();
    let by = attached.applied_by.as_ref().unwrap().id.as_ref().unwrap();
    assert_eq!(by.as_str(), emulator.owner().as_str());
    let list = tags::ListForContact::new(&ada.id);
    assert_eq!(intercom.call(&list).unwrap().data.len(), 1);
    let detach = tags::DetachFromContact::new(&ada.id, &tag.id);
    intercom.call(&detach).unwrap();
    assert_eq!(told(&intercom.call(&detach).unwrap_err()).0, 404);

    intercom.call(&attach).unwrap();
    intercom.call(&tags::Delete::new(&tag.id)).unwrap();
    assert_eq!(intercom.call(&list).unwrap().data.len(), 0);
    let error = intercom.call(&tags::Get::new(&tag.id)).unwrap_err();
    assert_eq!(told(&error), (404, "not_found", "Resource Not Found"));
}

#[test]
fn many_contacts_and_companies_are_tagged_at_once_and_the_unknown_are_told() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let acme = emulator.company("Acme").company_id("acme").create();
    let request = TagRequest::contacts("vip", [ada.id.as_str(), "nobody"]);
    let reply = intercom.call(&tags::CreateOrUpdate::new(request)).unwrap();
    let tagged = |user: &tags::TaggedContact| user.tagged == Some(true);
    let users: Vec<_> = reply.users.as_ref().unwrap().iter().map(tagged).collect();
    assert_eq!(users, [true, false]);

    let by_own_id = vec![CompanyToTag::new().company_id("acme")];
    let request = TagRequest::TagCompanies(TagCompanies::new("vip", by_own_id));
    let reply = intercom.call(&tags::CreateOrUpdate::new(request)).unwrap();
    assert_eq!(reply.companies.as_ref().unwrap()[0].tagged, Some(true));
    let body = contacts::CompanyAttach::new(&acme.id);
    let attach = contacts::AttachCompany::new(&ada.id, body);
    let names = |company: &contacts::Company| -> Vec<_> {
        let tags = company.tags.as_ref().unwrap().tags.iter();
        tags.filter_map(|tag| tag.name.clone()).collect()
    };
    assert_eq!(names(&intercom.call(&attach).unwrap()), ["vip"]);
    let request = TagRequest::untag_companies("vip", [&acme.id]);
    let reply = intercom.call(&tags::CreateOrUpdate::new(request)).unwrap();
    assert_eq!(reply.companies.as_ref().unwrap()[0].tagged, Some(false));
    assert!(names(&intercom.call(&attach).unwrap()).is_empty());

    let before = in_version(&intercom, ApiVersion::V2_15);
    let create = tags::CreateOrUpdate::new(TagRequest::create("vip"));
    assert_eq!(before.call(&create).unwrap().users, None);
    let nameless = tags::CreateOrUpdate::new(TagRequest::create(" "));
    let error = intercom.call(&nameless).unwrap_err();
    assert_eq!(
        told(&error),
        (400, "parameter_invalid", "invalid tag parameters")
    );
}

#[test]
fn notes_come_newest_first_in_numbered_pages() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let support = emulator.admin("Grace", "grace@example.com");
    for text in ["one", "<p>two</p>", "three"] {
        emulator.advance(Duration::from_secs(1));
        let note = NoteCreate::new(text).admin_id(&support.id);
        let create = notes::CreateForContact::new(&ada.id, note);
        let note = intercom.call(&create).unwrap();
        assert_eq!(note.author.as_ref().unwrap().id, support.id);
        let same = intercom.call(&notes::Get::new(&note.id)).unwrap();
        assert_eq!(*same, *note);
    }
    let list = notes::ListForContact::new(&ada.id).per_page(2_u32);
    let all: Vec<_> = intercom
        .items(list)
        .map(|note| note.unwrap().body.unwrap())
        .collect();
    assert_eq!(all, ["<p>three</p>", "<p>two</p>", "<p>one</p>"]);

    let note = NoteCreate::new("text").admin_id("nobody");
    let error = intercom
        .call(&notes::CreateForContact::new(&ada.id, note))
        .unwrap_err();
    assert_eq!(told(&error), (404, "not_found", "Resource Not Found"));
    let error = intercom
        .call(&notes::ListForContact::new("nobody"))
        .unwrap_err();
    assert_eq!(told(&error), (404, "not_found", "User Not Found"));
}

#[test]
fn a_contact_lists_its_segments_and_what_it_chose_to_receive() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    emulator.segment("Nobody", []);
    let active = emulator.segment("Active", [&ada.id]);
    let listed = intercom
        .call(&segments::ListForContact::new(&ada.id))
        .unwrap();
    assert_eq!(listed.data, [active]);

    let news = emulator.subscription_type("News", ConsentType::OptOut);
    let choice = SubscriptionAttach::new(&news.id, ConsentType::OptOut);
    let attach = subscription_types::AttachToContact::new(&ada.id, choice);
    assert_eq!(*intercom.call(&attach).unwrap(), news);
    let shown = intercom.call(&contacts::Get::new(&ada.id)).unwrap();
    let out = shown.opted_out_subscription_types.as_ref().unwrap();
    assert_eq!(out.data[0].id.as_str(), news.id.as_str());
    let listed = intercom
        .call(&subscription_types::ListForContact::new(&ada.id))
        .unwrap();
    assert_eq!(listed.data.len(), 1);
    let detach = subscription_types::DetachFromContact::new(&ada.id, &news.id);
    intercom.call(&detach).unwrap();
    assert_eq!(told(&intercom.call(&detach).unwrap_err()).0, 404);
}

#[test]
fn the_owner_of_the_token_is_the_first_admin() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    emulator.admin("Grace", "grace@example.com");
    let me = intercom.call(&admins::Me::new()).unwrap();
    assert_eq!(me.id, emulator.owner());
    assert!(me.app.as_ref().unwrap().id_code.is_some());
    let all = intercom.call(&admins::List::new()).unwrap();
    assert_eq!((all.admins.len(), &all.admins[0].id), (2, &me.id));
    let grace = intercom.call(&admins::Get::new(&all.admins[1].id)).unwrap();
    assert_eq!(grace.name.as_deref(), Some("Grace"));
    let error = intercom.call(&admins::Get::new("0")).unwrap_err();
    assert_eq!(told(&error), (404, "admin_not_found", "Admin not found"));
}

#[test]
fn a_collection_is_created_nested_moved_and_deleted_with_what_lies_in_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = |body| intercom.call(&help_center::CreateCollection::new(body));
    let outer = create(CollectionCreate::new("Billing")).unwrap();
    assert!(outer.help_center_id.is_some());
    let inner = create(CollectionCreate::new("Invoices").parent_id(outer.id.clone())).unwrap();
    assert_eq!(
        (&inner.parent_id, &inner.help_center_id),
        (&Some(outer.id.clone()), &None)
    );

    emulator.advance(Duration::from_secs(1));
    let update = CollectionUpdate::new()
        .name("Receipts")
        .parent_id(Patch::Clear);
    let update = help_center::UpdateCollection::new(&inner.id, update);
    assert_eq!(intercom.call(&update).unwrap().parent_id, None);
    let listed = intercom.call(&help_center::ListCollections::new()).unwrap();
    assert_eq!(listed.data[0].name.as_deref(), Some("Receipts"));

    let into = |id: &_, parent: &intercom_core::model::CollectionId| {
        let update = CollectionUpdate::new().parent_id(parent.clone());
        intercom.call(&help_center::UpdateCollection::new(id, update))
    };
    into(&inner.id, &outer.id).unwrap();
    assert_eq!(told(&into(&outer.id, &inner.id).unwrap_err()).0, 400);
    let deleted = intercom
        .call(&help_center::DeleteCollection::new(&outer.id))
        .unwrap();
    assert_eq!(deleted.object, Some(ObjectType::Collection));
    let error = intercom
        .call(&help_center::GetCollection::new(&inner.id))
        .unwrap_err();
    assert_eq!(told(&error), (404, "not_found", "Resource Not Found"));

    let nameless = create(CollectionCreate::new("")).unwrap_err();
    let message = "Name is a required parameter.";
    assert_eq!(told(&nameless), (400, "parameter_not_found", message));
}

#[test]
fn up_to_2_9_what_lies_in_a_collection_is_a_section() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let old = in_version(&intercom, ApiVersion::V2_9);
    let outer = emulator.collection("Billing", None).unwrap();
    let create = help_center::CreateSection::new(SectionCreate::new("Invoices", &outer.id));
    let section = old.call(&create).unwrap();
    let update = SectionUpdate::new().name("Receipts");
    let update = help_center::UpdateSection::new(&section.id, update);
    old.call(&update).unwrap();
    let sections = old.items(help_center::ListSections::new());
    let names: Vec<_> = sections
        .map(|section| section.unwrap().name.unwrap())
        .collect();
    assert_eq!(names, ["Receipts"]);
    let list = help_center::ListCollections::new();
    assert_eq!(old.call(&list).unwrap().data.len(), 1);
    assert_eq!(intercom.call(&list).unwrap().data.len(), 2);
    let deleted = old
        .call(&help_center::DeleteSection::new(&section.id))
        .unwrap();
    assert_eq!(deleted.object, Some(ObjectType::Section));
    let get = help_center::GetSection::new(&section.id);
    assert_eq!(told(&old.call(&get).unwrap_err()).0, 404);
}

#[test]
fn a_redirect_leads_from_the_help_center_to_something_in_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let collection = emulator.collection("Billing", None).unwrap();
    let sites = intercom.call(&help_center::ListHelpCenters::new()).unwrap();
    let site = intercom
        .call(&help_center::GetHelpCenter::new(&sites.data[0].id))
        .unwrap();
    let create = |from: &str, target: RedirectTarget, id: &str| {
        let body = HelpCenterRedirectCreate::new(from, Locale::English, target, id);
        intercom.call(&help_center::CreateRedirect::new(&site.id, body))
    };
    let from = format!("{}/old", site.url.as_deref().unwrap());
    let id = collection.id.as_str();
    let redirect = create(&from, RedirectTarget::Collection, id).unwrap();
    let list = help_center::ListRedirects::new(&site.id);
    assert_eq!(intercom.call(&list).unwrap().data, [(*redirect).clone()]);
    let get = help_center::GetRedirect::new(&site.id, &redirect.id);
    assert_eq!(*intercom.call(&get).unwrap(), *redirect);

    for (error, status, code) in [
        (
            create(&from, RedirectTarget::Collection, id),
            409,
            "resource_conflict",
        ),
        (
            create(
                "https://elsewhere.example.com/old",
                RedirectTarget::Collection,
                id,
            ),
            422,
            "data_invalid",
        ),
        (
            create(&from, RedirectTarget::Collection, "0"),
            404,
            "not_found",
        ),
        (
            create(&from, RedirectTarget::from("tour"), id),
            400,
            "parameter_invalid",
        ),
    ] {
        let error = error.unwrap_err();
        assert_eq!((told(&error).0, told(&error).1), (status, code));
    }
    let delete = help_center::DeleteRedirect::new(&site.id, &redirect.id);
    assert_eq!(intercom.call(&delete).unwrap().deleted, Some(true));
    assert_eq!(
        told(&intercom.call(&get).unwrap_err()),
        (404, "not_found", "Resource not found")
    );
}
