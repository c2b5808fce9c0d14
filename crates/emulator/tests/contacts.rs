//! Contacts, through a client.

mod support;

use std::collections::HashSet;
use std::time::{Duration, UNIX_EPOCH};

use intercom_core::ApiVersion;
use intercom_core::api::contacts::{
    self, CompanyAttach, ContactActivityType, ContactCreate, ContactMerge, ContactUpdate,
    MergeOutcome, MergePreview, MergePreviewReasonCode, Role,
};
use intercom_core::api::tags;
use intercom_core::model::search::{Field, Integer, Query, Search, Sort, contact};
use intercom_core::model::{CustomAttributes, Patch};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

#[test]
fn a_created_contact_can_be_found_listed_updated_and_deleted() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let body = ContactCreate::new()
        .email("ada@example.com")
        .external_id("7");
    let ada = intercom.call(&contacts::Create::new(body)).unwrap();
    assert_eq!(ada.role, Some(Role::User));

    let found = intercom.call(&contacts::Get::new(&ada.id)).unwrap();
    assert_eq!(*found, *ada);
    let by_external_id = contacts::FindByExternalId::new("7");
    assert_eq!(intercom.call(&by_external_id).unwrap().id, ada.id);
    let search = contacts::Search::new(contact::EMAIL.eq("ADA@example.com"));
    assert_eq!(intercom.call(&search).unwrap().data[0].id, ada.id);
    let list = intercom.call(&contacts::List::new()).unwrap();
    assert_eq!(list.total_count, Some(1));

    emulator.advance(Duration::from_secs(60));
    let update = ContactUpdate::new().name("Ada").custom_attributes(
        CustomAttributes::new()
            .with("seats", 12)
            .with("plan", "pro"),
    );
    intercom
        .call(&contacts::Update::new(&ada.id, update))
        .unwrap();
    let update = ContactUpdate::new()
        .name(Patch::Clear)
        .custom_attributes(CustomAttributes::new().with("plan", None::<String>));
    let changed = intercom
        .call(&contacts::Update::new(&ada.id, update))
        .unwrap();
    assert_eq!(changed.name, None);
    assert_eq!(
        changed.custom_attributes,
        CustomAttributes::new().with("seats", 12)
    );
    assert_eq!(changed.created_at, ada.created_at);
    assert!(changed.updated_at > ada.updated_at);

    let deleted = intercom.call(&contacts::Delete::new(&ada.id)).unwrap();
    assert_eq!(deleted.deleted, Some(true));
    assert_eq!(deleted.external_id.as_deref(), Some("7"));
    let gone = intercom.call(&contacts::Get::new(&ada.id)).unwrap_err();
    assert_eq!(told(&gone), (404, "not_found", "User Not Found"));
}

#[test]
fn the_same_email_twice_is_a_conflict_that_names_the_first() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let again = contacts::Create::new(ContactCreate::new().email("Ada@example.com"));
    let message = format!(
        "A contact matching those details already exists with id={}",
        ada.id
    );
    let error = intercom.call(&again).unwrap_err();
    assert_eq!(told(&error), (409, "conflict", message.as_str()));

    intercom.call(&contacts::Archive::new(&ada.id)).unwrap();
    let error = intercom.call(&again).unwrap_err();
    assert_eq!(
        told(&error),
        (
            409,
            "conflict",
            format!("An archived c{}", &message[3..]).as_str()
        )
    );

    let lead = ContactCreate::new()
        .email("ada@example.com")
        .role(Role::Lead);
    intercom.call(&contacts::Create::new(lead)).unwrap();
}

#[test]
fn an_external_id_cannot_be_taken_over_by_an_update() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    emulator.contact().external_id("1").create();
    let other = emulator.contact().external_id("2").create();
    let update = contacts::Update::new(&other.id, ContactUpdate::new().external_id("1"));
    assert_eq!(told(&intercom.call(&update).unwrap_err()).0, 409);
    let unchanged = intercom.call(&contacts::Get::new(&other.id)).unwrap();
    assert_eq!(unchanged.external_id.as_deref(), Some("2"));
}

#[test]
fn an_archived_contact_is_in_no_list_and_no_search_until_it_comes_back() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let ada = emulator.contact().email("ada@example.com").create();
    let count = || {
        let listed = intercom.call(&contacts::List::new()).unwrap().data.len();
        let search = contacts::Search::new(contact::ROLE.eq("user"));
        (listed, intercom.call(&search).unwrap().data.len())
    };
    let archived = intercom.call(&contacts::Archive::new(&ada.id)).unwrap();
    assert_eq!(archived.archived, Some(true));
    assert_eq!(count(), (0, 0));
    assert!(intercom.call(&contacts::Get::new(&ada.id)).is_ok());
    let back = intercom.call(&contacts::Unarchive::new(&ada.id)).unwrap();
    assert_eq!(back.archived, Some(false));
    assert_eq!(count(), (1, 1));
    let blocked = intercom.call(&contacts::Block::new(&ada.id)).unwrap();
    assert_eq!(blocked.blocked, Some(true));
}

#[test]
fn a_merged_contact_is_gone_and_links_to_the_other() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let company = emulator.company("Acme").create();
    let user = emulator
        .contact()
        .email("ada@example.com")
        .role(Role::User)
        .create();
    let lead = emulator
        .contact()
        .email("ada@example.com")
        .role(Role::Lead)
        .name("Ada")
        .tag("vip")
        .note("<p>Hello</p>")
        .company(&company.id)
        .create();
    let merge = contacts::Merge::new(ContactMerge::new(&lead.id, &user.id));
    let merged = intercom.call(&merge.include_merge_history(true)).unwrap();
    assert_eq!(merged.id, user.id);
    assert_eq!(merged.name.as_deref(), Some("Ada"));
    for list in [&merged.tags, &merged.notes, &merged.companies] {
        assert_eq!(list.as_ref().unwrap().total_count, Some(1));
    }
    let history = merged.merge_history.as_ref().unwrap();
    assert_eq!(history[0].source_contact_id.as_ref(), Some(&lead.id));

    let get = contacts::Get::new(&lead.id);
    let gone = intercom.call(&get).unwrap_err();
    assert_eq!((told(&gone).0, told(&gone).1), (410, "contact_merged"));
    let link = format!("</contacts/{}>; rel=\"canonical\"", user.id);
    assert_eq!(gone.reply().unwrap().headers()["link"], link.as_str());
    let before = in_version(&intercom, ApiVersion::V2_15)
        .call(&get)
        .unwrap_err();
    assert_eq!(told(&before).0, 404);

    let history = intercom
        .call(&contacts::ListMergeHistory::new(&user.id))
        .unwrap();
    assert_eq!(history.data.len(), 1);
    assert_eq!(history.has_more, Some(false));
}

#[test]
fn contacts_that_are_no_duplicates_are_merged_only_when_told_so() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let user = emulator.contact().email("ada@example.com").create();
    let lead = emulator.contact().name("Somebody").create();
    let merge = ContactMerge::new(&lead.id, &user.id);
    let refused = intercom
        .call(&contacts::Merge::new(merge.clone()))
        .unwrap_err();
    assert_eq!((told(&refused).0, told(&refused).1), (400, "invalid_merge"));

    let preview = in_version(&intercom, ApiVersion::Preview);
    let told_no = preview
        .call(&contacts::PreviewMerge::new(merge.clone()))
        .unwrap();
    let MergePreview::Blocked(reasons) = &*told_no else {
        panic!("{told_no:?}")
    };
    let code = MergePreviewReasonCode::NoSharedIdentifier;
    assert_eq!(reasons[0].code, Some(code));
    let merge = merge.skip_duplicate_validation(true);
    let told_yes = preview
        .call(&contacts::PreviewMerge::new(merge.clone()))
        .unwrap();
    let MergePreview::Allowed(summary) = &*told_yes else {
        panic!("{told_yes:?}")
    };
    let changes = summary.attribute_changes.as_ref().unwrap();
    assert_eq!(changes.attributes[0].field.as_deref(), Some("name"));
    assert_eq!(changes.attributes[0].outcome, Some(MergeOutcome::Adopted));
    assert!(intercom.call(&contacts::Get::new(&lead.id)).is_ok());

    intercom.call(&contacts::Merge::new(merge)).unwrap();
    let activities = preview.call(&contacts::ListActivities::new()).unwrap();
    let events: Vec<_> = activities
        .data
        .iter()
        .filter_map(|activity| activity.event_type.clone())
        .collect();
    use ContactActivityType::{Created, MergeFailed, Merged};
    assert_eq!(events, [Created, Created, MergeFailed, Merged]);
}

#[test]
fn five_hundred_contacts_come_in_pages_without_doubles() {
    let emulator = Emulator::builder().demo().build();
    let intercom = client(&emulator);
    let all = intercom.items(contacts::List::new().per_page(150_u32));
    let all: Vec<_> = all.map(|contact| contact.unwrap()).collect();
    let ids: HashSet<_> = all.iter().map(|contact| &contact.id).collect();
    assert_eq!((all.len(), ids.len()), (500, 500));
    assert!(all.is_sorted_by(|one, other| one.created_at >= other.created_at));

    let users = Search::new(contact::ROLE.eq("user"))
        .per_page(7)
        .sort(Sort::ascending(&contact::NAME));
    let users = intercom.items(contacts::Search::new(users));
    let users: Vec<_> = users.map(|contact| contact.unwrap()).collect();
    let ids: HashSet<_> = users.iter().map(|contact| &contact.id).collect();
    assert_eq!((users.len(), ids.len()), (375, 375));
    let name = |contact: &contacts::Contact| contact.name.clone().unwrap().to_lowercase();
    assert!(users.is_sorted_by_key(name));
}

#[test]
fn contacts_created_while_a_list_is_read_shift_nothing() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    for number in 0..4 {
        emulator.contact().external_id(&number.to_string()).create();
    }
    let mut pages = intercom.pages(contacts::List::new().per_page(2_u32));
    let first = pages.next().unwrap().unwrap();
    emulator.advance(Duration::from_secs(1));
    emulator.contact().external_id("late").create();
    let second = pages.next().unwrap().unwrap();
    let ids = |page: &[contacts::Contact]| -> Vec<_> {
        page.iter()
            .filter_map(|contact| contact.external_id.clone())
            .collect()
    };
    assert_eq!(
        (ids(&first.data), ids(&second.data)),
        (vec!["3".into(), "2".into()], vec!["1".into(), "0".into()])
    );
}

#[test]
fn pages_that_are_too_large_and_cursors_that_are_made_up_are_refused() {
    let intercom = client(&Emulator::new());
    let list = contacts::List::new();
    let error = intercom.call(&list.clone().per_page(151_u32)).unwrap_err();
    assert_eq!((told(&error).0, told(&error).1), (400, "parameter_invalid"));
    let error = intercom.call(&list.starting_after("made up")).unwrap_err();
    assert_eq!((told(&error).0, told(&error).1), (400, "client_error"));
    assert!(told(&error).2.starts_with("Invalid starting_after param."));
}

#[test]
fn searches_find_by_tag_segment_text_and_day() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let new_year = UNIX_EPOCH + Duration::from_secs(1_704_067_200);
    let ada = emulator
        .contact()
        .email("ada@example.com")
        .tag("vip")
        .create();
    emulator
        .contact()
        .email("bob@example.org")
        .created_at(new_year)
        .create();
    let segment = emulator.segment("Active", [&ada.id]);
    let tag = ada.tags.as_ref().unwrap().data[0].id.clone();
    let found = |query: Query<contact::Contacts>| -> Vec<String> {
        let page = intercom.call(&contacts::Search::new(query)).unwrap();
        page.data
            .iter()
            .filter_map(|contact| contact.email.clone())
            .collect()
    };
    assert_eq!(
        found(contact::TAG_ID.eq(tag.as_str()).into()),
        ["ada@example.com"]
    );
    assert_eq!(
        found(contact::TAG_ID.ne(tag.as_str()).into()),
        ["bob@example.org"]
    );
    assert_eq!(
        found(contact::SEGMENT_ID.eq(&segment.id).into()),
        ["ada@example.com"]
    );
    let noon = new_year + Duration::from_secs(12 * 3_600);
    assert_eq!(
        found(contact::CREATED_AT.on(noon).into()),
        ["bob@example.org"]
    );
    let either = contact::EMAIL
        .ends_with(".org")
        .or(contact::EMAIL.starts_with("ada"));
    assert_eq!(found(either.and(contact::ROLE.eq("user"))).len(), 2);
}

#[test]
fn a_search_that_the_service_does_not_know_is_refused_with_its_code() {
    let intercom = client(&Emulator::new());
    let unknown: Field<contact::Contacts, Integer> = Field::new("shoe_size");
    let search = contacts::Search::new(unknown.eq(42));
    let error = intercom.call(&search).unwrap_err();
    assert_eq!(
        told(&error),
        (
            400,
            "invalid_field",
            "shoe_size is not a valid search field"
        )
    );
    let sort = serde_json::from_str(r#"{"field":"name","order":"desc"}"#).unwrap();
    let search = Search::new(contact::ROLE.eq("user")).sort(sort);
    let error = intercom.call(&contacts::Search::new(search)).unwrap_err();
    let message = "Invalid sort order 'desc'. Must be one of: ascending, descending";
    assert_eq!(told(&error), (400, "invalid_sort_order", message));
}

#[test]
fn an_owner_is_a_number_up_to_2_15_and_a_text_from_2_16_on() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let owner = emulator.owner();
    let ada = emulator
        .contact()
        .set(|contact| contact.owner_id = Some(owner.clone()))
        .create();
    let raw = |version| -> serde_json::Value {
        let client = in_version(&intercom, version);
        client
            .call(&contacts::Get::new(&ada.id))
            .unwrap()
            .decode()
            .unwrap()
    };
    assert!(raw(ApiVersion::V2_15)["owner_id"].is_u64());
    assert_eq!(raw(ApiVersion::V2_16)["owner_id"], owner.as_str());
}

#[test]
fn a_contact_shows_ten_of_its_tags_and_where_the_others_are() {
    let emulator = Emulator::new();
    let mut fixture = emulator.contact();
    for number in 0..12 {
        fixture = fixture.tag(&format!("tag {number}"));
    }
    let ada = fixture.create();
    let embedded = ada.tags.as_ref().unwrap();
    assert_eq!((embedded.data.len(), embedded.total_count), (10, Some(12)));
    assert_eq!(embedded.has_more, Some(true));
    let path = format!("/contacts/{}/tags", ada.id);
    assert_eq!(embedded.url.as_deref(), Some(path.as_str()));
    let all = client(&emulator)
        .call(&tags::ListForContact::new(&ada.id))
        .unwrap();
    assert_eq!(all.data.len(), 12);
}

#[test]
fn a_company_counts_the_contacts_that_are_attached_to_it() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let acme = emulator.company("Acme").create();
    let ada = emulator.contact().email("ada@example.com").create();
    let attach = contacts::AttachCompany::new(&ada.id, CompanyAttach::new(&acme.id));
    assert_eq!(intercom.call(&attach).unwrap().user_count, Some(1));
    assert_eq!(intercom.call(&attach).unwrap().user_count, Some(1));
    let list = intercom
        .call(&contacts::ListCompanies::new(&ada.id))
        .unwrap();
    assert_eq!(list.data[0].name.as_deref(), Some("Acme"));
    let detach = contacts::DetachCompany::new(&ada.id, &acme.id);
    assert_eq!(intercom.call(&detach).unwrap().user_count, Some(0));
    let error = intercom.call(&detach).unwrap_err();
    assert_eq!(
        told(&error),
        (404, "company_not_found", "Company Not Found")
    );
}
