//! What requests are sent as.

use std::fmt::Debug;

use intercom_model::{
    Patch, ai_content, articles, contacts, content, conversation_attributes, conversations,
    fin_agent, messages, tags, tickets,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

#[test]
fn a_patch_distinguishes_keep_clear_and_set() {
    let update = contacts::ContactUpdate::new()
        .name("Ada")
        .phone(Patch::Clear)
        .owner_id("7");
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"name": "Ada", "phone": null, "owner_id": "7"})
    );
    let back: contacts::ContactUpdate = serde_json::from_value(json!({"phone": null})).unwrap();
    assert_eq!((back.phone, back.name), (Patch::Clear, Patch::Keep));
}

#[test]
fn a_time_is_sent_as_iso_8601_where_the_service_wants_it_so() {
    use intercom_model::Timestamp;
    let update = articles::ArticleUpdate::new()
        .scheduled_publish_at(Timestamp::from_second(1_798_707_600))
        .scheduled_unpublish_at(Patch::Clear);
    let json =
        json!({"scheduled_publish_at": "2026-12-31T09:00:00Z", "scheduled_unpublish_at": null});
    assert_eq!(serde_json::to_value(&update).unwrap(), json);
    assert_eq!(
        serde_json::from_value::<articles::ArticleUpdate>(json).unwrap(),
        update
    );
}

#[test]
fn audiences_are_read_as_one_many_or_none() {
    let source = |audience_ids: Value| {
        let source =
            json!({"sync_behavior": "api", "url": "/", "audience_ids": audience_ids}).to_string();
        let source: ai_content::ContentImportSourceUpdate = serde_json::from_str(&source).unwrap();
        source.audience_ids
    };
    assert_eq!(source(json!(7)), Patch::Set(vec!["7".into()]));
    assert_eq!(
        source(json!([7, 8])),
        Patch::Set(vec!["7".into(), "8".into()])
    );
    assert_eq!(source(json!(null)), Patch::Clear);
}

#[test]
fn a_field_that_is_not_modelled_can_be_sent() {
    let update = contacts::ContactUpdate::new()
        .name("Ada")
        .extra("fraud_score", 0.5);
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"name": "Ada", "fraud_score": 0.5})
    );
}

#[test]
fn a_tag_request_is_told_by_its_fields() {
    use tags::TagRequest;
    assert_eq!(
        serde_json::to_value(TagRequest::contacts("vip", ["1"])).unwrap(),
        json!({"name": "vip", "users": [{"id": "1"}]})
    );
    assert_eq!(
        serde_json::to_value(TagRequest::untag_companies("vip", ["1"])).unwrap(),
        json!({"name": "vip", "companies": [{"id": "1", "untag": true}]})
    );
}

#[test]
fn replies_are_written_in_the_forms_that_the_service_takes() {
    use conversations::{
        AdminMessage, AdminReply, ContactKey, ContactReply, ConversationReply, QuickReply,
    };
    for (reply, json) in [
        (
            ConversationReply::from(AdminReply::comment("7", "<p>Done.</p>")),
            json!({"type": "admin", "message_type": "comment", "admin_id": "7", "body": "<p>Done.</p>"}),
        ),
        (
            AdminReply::Note(AdminMessage::new("7", "Psst").skip_notifications(true)).into(),
            json!({"type": "admin", "message_type": "note", "admin_id": "7", "body": "Psst", "skip_notifications": true}),
        ),
        (
            AdminReply::quick_reply("7", [QuickReply::new("Yes", "a5e1")]).into(),
            json!({"type": "admin", "message_type": "quick_reply", "admin_id": "7", "reply_options": [{"text": "Yes", "uuid": "a5e1"}]}),
        ),
        (
            ContactReply::comment(ContactKey::id("6657"), "Thanks").into(),
            json!({"type": "user", "message_type": "comment", "intercom_user_id": "6657", "body": "Thanks"}),
        ),
        (
            ContactReply::comment(ContactKey::external_id("70"), "Thanks").into(),
            json!({"type": "user", "message_type": "comment", "user_id": "70", "body": "Thanks"}),
        ),
        (
            ContactReply::quick_reply(
                ContactKey::email("ada@example.com"),
                QuickReply::new("Yes", "a5e1"),
            )
            .into(),
            json!({"type": "user", "message_type": "quick_reply", "email": "ada@example.com", "reply_options": [{"text": "Yes", "uuid": "a5e1"}]}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&reply).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ConversationReply>(json).unwrap(),
            reply
        );
    }
}

#[test]
fn a_conversation_is_managed_in_the_forms_that_the_service_takes() {
    use conversations::ConversationAction;
    for (action, json) in [
        (
            ConversationAction::close("7"),
            json!({"message_type": "close", "type": "admin", "admin_id": "7"}),
        ),
        (
            ConversationAction::snooze("7", intercom_model::Timestamp::from_second(1_673_609_604)),
            json!({"message_type": "snoozed", "admin_id": "7", "snoozed_until": 1_673_609_604}),
        ),
        (
            ConversationAction::open("7"),
            json!({"message_type": "open", "admin_id": "7"}),
        ),
        (
            ConversationAction::assign_to_team("7", "9"),
            json!({"message_type": "assignment", "type": "team", "admin_id": "7", "assignee_id": "9"}),
        ),
        (
            ConversationAction::unassign("7"),
            json!({"message_type": "assignment", "type": "admin", "admin_id": "7", "assignee_id": "0"}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&action).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ConversationAction>(json).unwrap(),
            action
        );
    }
}

#[test]
fn an_id_that_must_be_a_number_is_sent_as_one() {
    let merge = conversations::ConversationMerge::new("456");
    assert_eq!(
        serde_json::to_value(&merge).unwrap(),
        json!({"merge_into_conversation_id": 456})
    );
    let update = tickets::TicketUpdate::new().admin_id("7").assignee_id("0");
    assert_eq!(
        serde_json::to_value(&update).unwrap(),
        json!({"admin_id": 7, "assignee_id": "0"})
    );
    let article = articles::ArticleUpdate::new()
        .author_id("7")
        .audience_ids(["18", "007", "vip"])
        .folder_id(Patch::Clear)
        .parent_id(18);
    assert_eq!(
        serde_json::to_value(&article).unwrap(),
        json!({"author_id": 7, "audience_ids": [18, "007", "vip"], "folder_id": null, "parent_id": "18"})
    );
}

#[test]
fn a_reply_to_a_ticket_without_a_type_is_by_an_admin() {
    use tickets::{TicketAdminReply, TicketReply};
    let note: TicketReply =
        serde_json::from_value(json!({"message_type": "note", "admin_id": "7", "body": "Psst"}))
            .unwrap();
    assert_eq!(note, TicketAdminReply::note("7", "Psst").into());
    assert!(serde_json::from_value::<TicketReply>(json!({"type": 7})).is_err());
}

#[test]
fn an_unknown_request_is_kept_and_a_known_one_must_be_complete() {
    fn kept<T: Serialize + DeserializeOwned>(json: Value) {
        let read: T = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
    }
    fn refused<T: DeserializeOwned + Debug>(json: Value) -> String {
        serde_json::from_value::<T>(json).unwrap_err().to_string()
    }
    let of_kind = |tag: &str| json!({tag: "hologram", "depth": 3, "id": "7"});
    kept::<conversations::ConversationAction>(of_kind("message_type"));
    kept::<conversations::ConversationReply>(of_kind("type"));
    kept::<conversations::ConversationReply>(
        json!({"type": "admin", "message_type": "hologram", "admin_id": "7"}),
    );
    kept::<conversations::ContactReply>(of_kind("message_type"));
    kept::<content::ContentBulkAction>(of_kind("action"));
    kept::<conversations::Redaction>(of_kind("type"));
    kept::<conversation_attributes::ConversationAttributeCreate>(of_kind("data_type"));
    kept::<messages::OutboundMessage>(of_kind("message_type"));
    kept::<tickets::TicketReply>(of_kind("type"));
    kept::<tickets::TicketAdminReply>(of_kind("message_type"));
    kept::<tickets::TicketContactReply>(of_kind("message_type"));
    kept::<messages::Sender>(json!({"type": "hologram", "id": 7}));
    kept::<conversations::ConversationAction>(json!({
        "message_type": "assignment", "type": "hologram", "assignee_id": "9", "admin_id": "7"
    }));

    type Reply = conversations::AdminReply;
    let bare = json!({"message_type": "comment", "admin_id": "7"});
    assert_eq!(refused::<Reply>(bare), "missing field `body`");
    assert_eq!(refused::<Reply>(json!({})), "missing field `message_type`");
    assert_eq!(
        refused::<Reply>(json!({"message_type": ["comment"]})),
        "`message_type` must be a string"
    );
}

#[test]
fn a_visitor_begins_a_conversation_by_either_id() {
    use conversations::{ConversationCreate, Initiator, Person};
    for (from, json) in [
        (
            Initiator::visitor("6762"),
            json!({"type": "contact", "id": "6762"}),
        ),
        (
            Initiator::visitor_by_user_id("3ecf"),
            json!({"type": "contact", "user_id": "3ecf"}),
        ),
        (
            Person::lead("6657").into(),
            json!({"type": "lead", "id": "6657"}),
        ),
    ] {
        let create = ConversationCreate::new(from, "Hello");
        let json = json!({"from": json, "body": "Hello"});
        assert_eq!(serde_json::to_value(&create).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<ConversationCreate>(json).unwrap(),
            create
        );
    }
}

#[test]
fn an_escalation_is_of_a_conversation_or_for_a_user() {
    use fin_agent::{EscalateUser, FinEscalate, FinUser};
    for (escalate, json) in [
        (
            FinEscalate::of_conversation("ext-1"),
            json!({"conversation_id": "ext-1"}),
        ),
        (
            EscalateUser::new(FinUser::new("7")).message("Help!").into(),
            json!({"user": {"id": "7"}, "message": "Help!"}),
        ),
    ] {
        assert_eq!(serde_json::to_value(&escalate).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<FinEscalate>(json).unwrap(),
            escalate
        );
    }
    let error = serde_json::from_value::<FinEscalate>(json!({"context": "urgent"})).unwrap_err();
    assert_eq!(error.to_string(), "missing field `conversation_id`");
}

#[test]
fn a_message_goes_to_one_contact_or_to_several_or_comes_from_one() {
    use conversations::Person;
    use messages::{MessageCreate, OutboundMessage, WhatsappComponent, WhatsappParameter};
    let ada = || Person::user("1");
    for (message, json) in [
        (
            OutboundMessage::in_app("7", ada(), "Hello").into(),
            json!({"message_type": "in_app", "from": {"type": "admin", "id": 7}, "to": {"type": "user", "id": "1"}, "body": "Hello"}),
        ),
        (
            OutboundMessage::email("7", [ada(), Person::lead("2")], "plain", "Hi", "Hello").into(),
            json!({"message_type": "email", "from": {"type": "admin", "id": 7}, "to": [{"type": "user", "id": "1"}, {"type": "lead", "id": "2"}], "template": "plain", "subject": "Hi", "body": "Hello"}),
        ),
        (
            OutboundMessage::whatsapp(
                "7",
                messages::WhatsappPhone::new(5_547_999_998_888_u64).name("Ada"),
                "keep_live",
                [WhatsappComponent::new(
                    "BODY",
                    [WhatsappParameter::of_text("Ada")],
                )],
            )
            .into(),
            json!({"message_type": "whatsapp", "from": {"type": "admin", "id": 7}, "to": {"phone": 5_547_999_998_888_u64, "name": "Ada"}, "template": "keep_live", "components": [{"type": "BODY", "parameters": [{"type": "text", "text": "Ada"}]}]}),
        ),
        (
            MessageCreate::inbound(ada(), "Hello"),
            json!({"from": {"type": "user", "id": "1"}, "body": "Hello"}),
        ),
    ] {
        let message: MessageCreate = message;
        assert_eq!(serde_json::to_value(&message).unwrap(), json);
        assert_eq!(
            serde_json::from_value::<MessageCreate>(json).unwrap(),
            message
        );
    }
}

#[test]
fn an_attribute_to_create_says_what_it_holds() {
    use conversation_attributes::{ConversationAttributeCreate, ListAttributeCreate};
    let list = ListAttributeCreate::new("Urgency").options(["Low", "High"].map(Into::into));
    assert_eq!(
        serde_json::to_value(ConversationAttributeCreate::List(list)).unwrap(),
        json!({"data_type": "list", "name": "Urgency", "options": [{"label": "Low"}, {"label": "High"}]})
    );
}

#[test]
fn an_attachment_for_fin_is_read_by_its_type_and_an_unknown_one_is_kept() {
    use fin_agent::FinAttachment;
    let unknown = json!({"type": "voice", "seconds": 7});
    for (json, attachment) in [
        (
            json!({"type": "url", "url": "https://example.com/a.pdf"}),
            Some(FinAttachment::url("https://example.com/a.pdf")),
        ),
        (
            json!({"type": "file", "name": "a.png", "content_type": "image/png", "data": "iVBORw0="}),
            Some(FinAttachment::file("a.png", "image/png", "iVBORw0=")),
        ),
        (unknown, None),
    ] {
        let read: FinAttachment = serde_json::from_value(json.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), json);
        assert_eq!(
            attachment.is_none(),
            matches!(read, FinAttachment::Other(_))
        );
        assert_eq!(*attachment.as_ref().unwrap_or(&read), read);
    }
    assert!(serde_json::from_value::<FinAttachment>(json!({"type": "url"})).is_err());
}

#[test]
fn the_time_of_a_message_for_fin_keeps_its_milliseconds() {
    let written = intercom_model::Timestamp::from_millisecond(1_737_712_880_123);
    let message = fin_agent::FinMessage::from_user("Hello", written);
    assert_eq!(
        serde_json::to_value(&message).unwrap(),
        json!({"author": "user", "body": "Hello", "timestamp": "2025-01-24T10:01:20.123Z"})
    );
}
