//! What a value can be written as.

use std::collections::HashMap;

use intercom_model::companies::{BulkCompanyUpdate, CompanyCreateOrUpdate};
use intercom_model::contacts::{CompanyAttach, Contact, ContactUpdate, Role};
use intercom_model::conversations::{AdminReply, Conversation, ConversationPart};
use intercom_model::search::{Search, contact};
use intercom_model::tickets::{Ticket, TicketUpdate};
use intercom_model::visitors::Visitor;
use intercom_model::{
    AdminId, AssigneeId, AttributeValue, CompanyId, CustomAttributes, Pagination, Patch, TeamId,
    Timestamp, any_value,
};
use proptest::prelude::*;
use serde_json::json;

#[test]
fn a_number_is_set_with_a_literal() {
    assert_eq!(Pagination::new().per_page(150).per_page, Some(150));
    let search = Search::new(contact::ROLE.eq("lead")).per_page(50);
    assert_eq!(
        serde_json::to_value(search).unwrap()["pagination"],
        json!({"per_page": 50})
    );
    let company = CompanyCreateOrUpdate::new().size(85).monthly_spend(50);
    assert_eq!(
        serde_json::to_value(company).unwrap(),
        json!({"size": 85, "monthly_spend": 50})
    );
    let patch: Patch<i64> = 7.into();
    assert_eq!(patch, Patch::Set(7));
    assert_eq!(Patch::<u64>::set_or_keep(Some(7_u32)), Patch::Set(7));
}

#[test]
fn an_id_is_accepted_in_every_form() {
    let (text, id) = ("12".to_owned(), CompanyId::new("12"));
    for attach in [
        CompanyAttach::new("12"),
        CompanyAttach::new(&text),
        CompanyAttach::new(text.clone()),
        CompanyAttach::new(&id),
        CompanyAttach::new(id.clone()),
        CompanyAttach::new(12),
        CompanyAttach::new(12_u32),
        CompanyAttach::new(12_i64),
        CompanyAttach::new(12_u64),
        CompanyAttach::new(12_usize),
    ] {
        assert_eq!(attach.id, "12");
    }
    let (admin, seven) = (AdminId::new("7"), "7".to_owned());
    for update in [
        ContactUpdate::new().owner_id("7"),
        ContactUpdate::new().owner_id(&seven),
        ContactUpdate::new().owner_id(7),
        ContactUpdate::new().owner_id(&admin),
        ContactUpdate::new().owner_id(Patch::set_or_clear(Some(&admin))),
    ] {
        assert_eq!(update.owner_id.value(), Some(&admin));
    }
    assert_eq!(
        TicketUpdate::new().assignee_id(&admin).assignee_id.unwrap(),
        "7"
    );
    assert_eq!(AssigneeId::from(TeamId::from(9)), "9");
    assert!(matches!(
        AdminReply::comment(7, &text),
        AdminReply::Comment(_)
    ));
    assert_eq!(BulkCompanyUpdate::new(&id).id, id);
}

#[test]
fn an_option_says_whether_none_keeps_or_clears() {
    let none: Option<&str> = None;
    let update = ContactUpdate::new()
        .name(Patch::set_or_keep(none))
        .phone(Patch::set_or_clear(none))
        .avatar(Patch::set_or_keep(Some("https://example.com/ada.png")));
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"phone": null, "avatar": "https://example.com/ada.png"})
    );
    let read: ContactUpdate = serde_json::from_value(json!({"phone": null})).unwrap();
    assert_eq!((read.phone, read.name), (Patch::Clear, Patch::Keep));
}

#[test]
fn custom_attributes_are_taken_from_pairs_maps_and_json() {
    let expected = json!({"custom_attributes": {"plan": "pro"}});
    for update in [
        ContactUpdate::new().custom_attributes([("plan", "pro")]),
        ContactUpdate::new().custom_attributes(json!({"plan": "pro"})),
        ContactUpdate::new().custom_attributes(HashMap::from([("plan".to_owned(), "pro")])),
        ContactUpdate::new().custom_attributes(CustomAttributes::new().with("plan", "pro")),
    ] {
        assert_eq!(serde_json::to_value(&update).unwrap(), expected);
    }
    let company = CompanyCreateOrUpdate::new().custom_attributes(json!({"plan": "pro"}));
    assert_eq!(serde_json::to_value(&company).unwrap(), expected);
    let wrong = ContactUpdate::new().custom_attributes(json!(["plan", "pro"]));
    let error = serde_json::to_value(&wrong).unwrap_err().to_string();
    assert_eq!(
        error,
        r#"custom attributes must be a JSON object, not ["plan","pro"]"#
    );
}

#[test]
fn an_attribute_compares_with_plain_values_and_is_shown_plainly() {
    let attributes: CustomAttributes =
        json!({"plan": "pro", "seats": 12, "score": 1.5, "trial": true, "none": null, "list": ["a"], "at": 1_734_536_224})
            .into();
    assert_eq!(attributes["plan"], "pro");
    assert_eq!(attributes["plan"], "pro".to_owned());
    assert_eq!("pro", attributes["plan"]);
    assert_eq!(attributes["seats"], 12);
    assert_eq!(attributes["seats"], 12_u64);
    assert_eq!(attributes["seats"], 12_usize);
    assert_eq!(attributes["seats"], 12.0);
    assert_ne!(attributes["seats"], -12);
    assert_eq!(attributes["score"], 1.5);
    assert_eq!(attributes["trial"], true);
    assert_eq!(attributes["at"], Timestamp::from_second(1_734_536_224));
    let shown: Vec<String> = attributes
        .iter()
        .map(|(name, value)| format!("{name}={value:>3}"))
        .collect();
    assert_eq!(
        shown.join(" "),
        r#"at=1734536224 list=["a"] none=    plan=pro score=1.5 seats= 12 trial=true"#
    );
}

#[test]
fn an_open_enum_compares_with_text_both_ways() {
    let (role, text, unknown) = (Role::from("lead"), "lead".to_owned(), Role::from("robot"));
    assert!(role == "lead");
    assert!("lead" == role);
    assert!(role == *"lead");
    assert!(role == text);
    assert!(text == role);
    assert!(role != "user");
    assert!(unknown == "robot");
}

#[test]
fn nobody_is_none_in_every_form() {
    for (nobody, expected) in [
        (json!("0"), None),
        (json!(0), None),
        (json!(""), None),
        (json!(null), None),
        (json!("7"), Some("7")),
        (json!(7), Some("7")),
    ] {
        let assigned = json!({
            "admin_assignee_id": nobody, "team_assignee_id": nobody, "owner_id": nobody,
            "assigned_to": {"type": "admin", "id": nobody},
        });
        let conversation: Conversation = serde_json::from_value(assigned.clone()).unwrap();
        assert_eq!(conversation.admin().map(AdminId::as_str), expected);
        assert_eq!(conversation.team().map(TeamId::as_str), expected);
        let ticket: Ticket = serde_json::from_value(assigned.clone()).unwrap();
        assert_eq!(ticket.admin().map(AdminId::as_str), expected);
        assert_eq!(ticket.team().map(TeamId::as_str), expected);
        let contact: Contact = serde_json::from_value(assigned.clone()).unwrap();
        assert_eq!(contact.owner().map(AdminId::as_str), expected);
        let visitor: Visitor = serde_json::from_value(assigned.clone()).unwrap();
        assert_eq!(visitor.owner().map(AdminId::as_str), expected);
        let part: ConversationPart = serde_json::from_value(assigned).unwrap();
        let assignee = part.assignee().and_then(|assignee| assignee.id.as_ref());
        assert_eq!(assignee.map(intercom_model::ObjectId::as_str), expected);
    }
    let nobody = json!({"assigned_to": {"type": "nobody_admin", "id": null}});
    let part: ConversationPart = serde_json::from_value(nobody).unwrap();
    assert_eq!(part.assignee(), None);
}

proptest! {
    #[test]
    fn a_value_is_believable_unless_any_is_asked_for(contact: Contact, company: intercom_model::companies::Company) {
        if let Some(email) = &contact.email {
            prop_assert!(email.ends_with("@example.com"), "{email}");
        }
        prop_assert!(contact.id.as_str().len() == 24, "{}", contact.id);
        prop_assert!(contact.r#type.is_none_or(|kind| kind == "contact"));
        prop_assert!(contact.role.is_none_or(|role| Role::KNOWN.contains(&role)));
        let country = contact.location.and_then(|location| location.country_code);
        prop_assert!(country.is_none_or(|code| code.len() == 3));
        for time in [contact.created_at, contact.last_seen_at, company.created_at].into_iter().flatten() {
            prop_assert!(("2015".."2026").contains(&&time.to_string()[..4]), "{time}");
        }
    }
}

#[test]
fn any_value_generates_the_full_range() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;

    let mut runner = TestRunner::deterministic();
    let contacts: Vec<Contact> = (0..300)
        .map(|_| {
            any_value::<Contact>()
                .new_tree(&mut runner)
                .unwrap()
                .current()
        })
        .collect();
    let unknown_role = |contact: &Contact| {
        contact
            .role
            .as_ref()
            .is_some_and(|role| !Role::KNOWN.contains(role))
    };
    assert!(contacts.iter().any(unknown_role));
    assert!(
        contacts
            .iter()
            .any(|contact| { contact.name.as_ref().is_some_and(|name| !name.is_ascii()) })
    );
    assert!(
        contacts
            .iter()
            .any(|contact| contact.id.as_str().len() != 24)
    );
    assert!(contacts.iter().any(|contact| {
        contact
            .custom_attributes
            .iter()
            .any(|(_, value)| matches!(value, AttributeValue::Object(_)))
    }));
}
