//! The settings of a workspace: conversation attributes, custom objects, channels, office hours and
//! access.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

mod support;

use intercom_core::ApiVersion;
use intercom_core::api::conversation_attributes::{
    self, ConversationAttributeCreate, ListAttributeCreate, OptionLabel,
};
use intercom_core::api::custom_channel_events::{
    self, AttributeCollected, ChannelAttribute, ChannelContact, NewMessage,
};
use intercom_core::api::custom_objects::{self, CustomObjectInstanceCreateOrUpdate};
use intercom_core::api::identity_verification::{self, IdentityVerificationSecretCreate};
use intercom_core::api::ip_allowlist::{self, IpAllowlist};
use intercom_core::api::office_hours::{
    self, OfficeHoursExceptionCreate, OfficeHoursInterval, OfficeHoursScheduleCreate,
    OfficeHoursScheduleUpdate,
};
use intercom_core::api::{brands, contacts, conversations, emails};
use intercom_core::model::{CustomAttributes, Found};
use intercom_emulator::Emulator;
use support::{client, in_version, told};

#[test]
fn a_list_attribute_keeps_two_active_options() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let create = |labels: &[&str]| {
        let options: Vec<OptionLabel> = labels.iter().map(|label| (*label).into()).collect();
        let list = ListAttributeCreate::new("Topic").options(options);
        let create = ConversationAttributeCreate::List(list);
        intercom.call(&conversation_attributes::Create::new(create))
    };
    let too_few = "A list attribute must have at least 2 active options";
    assert_eq!(
        told(&create(&["Billing"]).unwrap_err()),
        (422, "parameter_invalid", too_few)
    );
    let attribute = create(&["Billing", "Shipping"]).unwrap();
    let id = &attribute.id;
    let option = attribute.options.as_ref().unwrap()[0].id.clone();
    let delete = conversation_attributes::DeleteOption::new(id, &option);
    assert_eq!(told(&intercom.call(&delete).unwrap_err()).2, too_few);
    let add = conversation_attributes::CreateOption::new(id, OptionLabel::new("Other"));
    assert_eq!(
        intercom.call(&add).unwrap().options.as_ref().unwrap().len(),
        3
    );
    let deleted = intercom.call(&delete).unwrap();
    assert_eq!(deleted.options.as_ref().unwrap()[0].archived, Some(true));

    let archive = conversation_attributes::Delete::new(id);
    assert_eq!(intercom.call(&archive).unwrap().archived, Some(true));
    let listed = |archived| {
        let list = conversation_attributes::List::new().include_archived(archived);
        intercom.call(&list).unwrap().data.len()
    };
    assert_eq!((listed(false), listed(true)), (0, 1));
    let missing = conversation_attributes::Get::new("42");
    let error = intercom.call(&missing).unwrap_err();
    assert_eq!(told(&error).1, "conversation_attribute_not_found");
}

#[test]
fn a_custom_object_is_created_updated_and_deleted_by_either_id() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let write = |external_id: &str, total: i64| {
        let body = CustomObjectInstanceCreateOrUpdate::new()
            .external_id(external_id)
            .custom_attributes(CustomAttributes::new().with("total", total));
        let write = custom_objects::CreateOrUpdate::new("Order", body);
        intercom.call(&write).unwrap().into_value()
    };
    let first = write("1", 10);
    let same = write("1", 20);
    assert_eq!(same.id, first.id);
    assert_eq!(same.custom_attributes["total"], 20);
    write("2", 30);
    let list = custom_objects::List::new("Order").per_page(1_u32);
    assert_eq!(intercom.items(list).count(), 2);
    let find = custom_objects::List::new("Order").external_id("1");
    let found = intercom.call(&find).unwrap().into_value();
    assert_eq!(found, Found::One(Box::new(same.clone())));
    let other = custom_objects::Get::new("Invoice", &first.id);
    assert_eq!(told(&intercom.call(&other).unwrap_err()).0, 404);
    let delete = custom_objects::DeleteByExternalId::new("Order", "2");
    intercom.call(&delete).unwrap();
    let delete = custom_objects::Delete::new("Order", &first.id);
    assert_eq!(intercom.call(&delete).unwrap().deleted, Some(true));
    assert_eq!(told(&intercom.call(&find).unwrap_err()).0, 404);
}

#[test]
fn messages_of_a_custom_channel_become_one_conversation() {
    let emulator = Emulator::new();
    let intercom = in_version(&client(&emulator), ApiVersion::Preview);
    let ada = || ChannelContact::user("ada", "Ada", "ada@example.com");
    let say = |event: &str, body: &str| {
        let message = NewMessage::new(event, "chat-1", ada(), body);
        let notify = custom_channel_events::NotifyNewMessage::new(message);
        intercom.call(&notify).unwrap().into_value()
    };
    let first = say("1", "Hello");
    let second = say("2", "Anybody?");
    assert_eq!(first.conversation_id, second.conversation_id);
    assert_eq!(first.contact_id, second.contact_id);
    let attribute = ChannelAttribute::new("topic", "billing");
    let collected = AttributeCollected::new("3", "chat-1", ada(), attribute);
    let notify = custom_channel_events::NotifyAttributeCollected::new(collected);
    intercom.call(&notify).unwrap();
    let id = first.conversation_id.unwrap();
    let conversation = intercom.call(&conversations::Get::new(&id)).unwrap();
    let parts = conversation.conversation_parts.as_ref().unwrap();
    assert_eq!(parts.total_count, Some(2));
    assert_eq!(conversation.custom_attributes["topic"], "billing");
    let contact = intercom.call(&contacts::FindByExternalId::new("ada"));
    assert_eq!(contact.unwrap().name.as_deref(), Some("Ada"));
}

#[test]
fn office_hours_have_exceptions_that_go_with_them() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let monday = OfficeHoursInterval::between(540, 1_020);
    let create = OfficeHoursScheduleCreate::new("Support", "Europe/Dublin", [monday.clone()]);
    let schedule = intercom
        .call(&office_hours::CreateSchedule::new(create))
        .unwrap();
    assert_eq!(schedule.raw().status().as_u16(), 201);
    assert_eq!(schedule.twenty_four_seven, Some(false));
    let id = &schedule.id;
    let always = vec![OfficeHoursInterval::between(0, 10_080)];
    let update = OfficeHoursScheduleUpdate::new().time_intervals(always);
    let update = office_hours::UpdateSchedule::new(id, update);
    assert_eq!(
        intercom.call(&update).unwrap().twenty_four_seven,
        Some(true)
    );
    let backwards =
        OfficeHoursScheduleUpdate::new().time_intervals(vec![OfficeHoursInterval::between(60, 30)]);
    let backwards = office_hours::UpdateSchedule::new(id, backwards);
    assert_eq!(told(&intercom.call(&backwards).unwrap_err()).0, 422);

    let except = |body| intercom.call(&office_hours::CreateException::new(id, body));
    let closed = except(OfficeHoursExceptionCreate::closed("2025-12-24")).unwrap();
    let invalid = except(OfficeHoursExceptionCreate::closed("Christmas")).unwrap_err();
    assert_eq!(told(&invalid).0, 422);
    let list = office_hours::ListExceptions::new(id);
    assert_eq!(
        intercom.call(&list).unwrap().data,
        std::slice::from_ref(&*closed)
    );
    intercom
        .call(&office_hours::DeleteSchedule::new(id))
        .unwrap();
    assert_eq!(told(&intercom.call(&list).unwrap_err()).0, 404);
}

#[test]
fn settings_of_access_are_kept() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let allow = |range: &str| {
        let list = IpAllowlist::new()
            .enabled(true)
            .ip_allowlist(vec![range.to_owned()]);
        intercom.call(&ip_allowlist::Update::new(list))
    };
    allow("192.0.2.0/24").unwrap();
    assert_eq!(told(&allow("anywhere").unwrap_err()).0, 422);
    let list = intercom.call(&ip_allowlist::Get::new()).unwrap();
    assert_eq!(list.ip_allowlist.as_deref().unwrap(), ["192.0.2.0/24"]);

    let preview = in_version(&intercom, ApiVersion::Preview);
    let create = IdentityVerificationSecretCreate::new("Web");
    let create = identity_verification::Create::new(create);
    let secret = preview.call(&create).unwrap();
    assert_eq!(secret.raw().status().as_u16(), 201);
    let list = identity_verification::List::new();
    assert_eq!(preview.call(&list).unwrap().data.len(), 1);
    let delete = identity_verification::Delete::new(&secret.id);
    preview.call(&delete).unwrap();
    let again = preview.call(&delete).unwrap_err();
    assert_eq!(told(&again).1, "identity_verification_secret_not_found");
}

#[test]
fn the_workspace_has_one_brand_and_one_address() {
    let emulator = Emulator::new();
    let intercom = client(&emulator);
    let brands = intercom.call(&brands::List::new()).unwrap();
    let brand = &brands.data[0];
    assert_eq!(brand.is_default, Some(true));
    assert_eq!(
        *intercom.call(&brands::Get::new(&brand.id)).unwrap(),
        *brand
    );
    let address = brand.default_address_settings_id.as_ref().unwrap();
    let email = intercom.call(&emails::Get::new(address)).unwrap();
    assert_eq!(email.brand_id.as_ref(), Some(&brand.id));
    let missing = intercom.call(&brands::Get::new("42")).unwrap_err();
    assert_eq!(told(&missing), (404, "not_found", "Brand not found"));
}
