//! Canvases: what is built is what the description of version 2.11 has, and mistakes are refused.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use bytes::Bytes;
use http::{HeaderMap, Request};
use intercom_app::canvas::{
    Action, Canvas, CanvasResponse, Component, Configure, Content, Dropdown, Initialize,
    InvalidCanvas, LiveCanvas, LiveResponse, OpenSheet, Receiver, SheetError, Submit, SubmitSheet,
    Surface, button, checkbox, data_table, divider, dropdown, encrypt_user, image, input, item,
    list, option, sign, single_select, spacer, text, text_area,
};
use intercom_app::model::contacts::Contact;
use intercom_app::{Reply, Signed};
use proptest::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

const SECRET: &str = "client secret";

fn receive<T: DeserializeOwned>(request: &Request<Bytes>) -> Result<Signed<T>, Reply> {
    let body = request.body().clone();
    Receiver::new(SECRET).receive(request.method(), request.headers(), body)
}

fn received<T: DeserializeOwned>(body: &Value) -> Signed<T> {
    receive(&sign(SECRET, body).unwrap()).unwrap()
}

/// A canvas with every component, built, and as JSON.
fn everything() -> (Canvas, Value) {
    let canvas = Canvas::new()
        .with(text("Order 4711").header().id("title").align("center"))
        .with(data_table([("State", "shipped")]))
        .with(divider().bottom_margin("none"))
        .with(spacer("xl"))
        .with(
            image("https://example.com/a.png", 64, 32)
                .align("full_width")
                .open_url("https://example.com"),
        )
        .with(list([item("i1", "Pen")
            .subtitle("blue")
            .image("https://example.com/b.png", 8, 8)
            .action(Action::submit())]))
        .with(
            dropdown("d", option("d1", "One"), option("d2", "Two"))
                .label("Pick")
                .value("d2"),
        )
        .with(
            single_select("s", option("s1", "Yes"), option("s2", "No").disabled(true))
                .action(Action::submit()),
        )
        .with(
            checkbox("c", "Tick", option("c1", "A"))
                .option(option("c2", "B"))
                .value(vec!["c1".to_owned()]),
        )
        .with(
            input("n")
                .placeholder("name")
                .save_state("saved")
                .action(Action::url("https://example.com")),
        )
        .with(text_area("t").value("hello").error(true))
        .with(
            button("b", "Refund")
                .primary()
                .open_sheet("https://example.com/sheet"),
        )
        .stored("page", 2);
    let json = json!({
        "content": { "components": [
            { "type": "text", "text": "Order 4711", "style": "header", "id": "title", "align": "center" },
            { "type": "data-table", "items": [{ "type": "field-value", "field": "State", "value": "shipped" }] },
            { "type": "divider", "bottom_margin": "none" },
            { "type": "spacer", "size": "xl" },
            { "type": "image", "url": "https://example.com/a.png", "width": 64, "height": 32, "align": "full_width",
              "action": { "type": "url", "url": "https://example.com" } },
            { "type": "list", "items": [{ "type": "item", "id": "i1", "title": "Pen", "subtitle": "blue",
              "image": "https://example.com/b.png", "image_width": 8, "image_height": 8, "action": { "type": "submit" } }] },
            { "type": "dropdown", "id": "d", "label": "Pick", "value": "d2", "options": [
              { "type": "option", "id": "d1", "text": "One" }, { "type": "option", "id": "d2", "text": "Two" }] },
            { "type": "single-select", "id": "s", "action": { "type": "submit" }, "options": [
              { "type": "option", "id": "s1", "text": "Yes" }, { "type": "option", "id": "s2", "text": "No", "disabled": true }] },
            { "type": "checkbox", "id": "c", "label": "Tick", "value": ["c1"], "option": [
              { "type": "option", "id": "c1", "text": "A" }, { "type": "option", "id": "c2", "text": "B" }] },
            { "type": "input", "id": "n", "placeholder": "name", "save_state": "saved",
              "action": { "type": "url", "url": "https://example.com" } },
            { "type": "textarea", "id": "t", "value": "hello", "error": true },
            { "type": "button", "id": "b", "label": "Refund", "style": "primary",
              "action": { "type": "sheet", "url": "https://example.com/sheet" } },
        ] },
        "stored_data": { "page": 2 },
    });
    (canvas, json)
}

#[test]
fn every_component_is_written_and_read_as_described() {
    let (canvas, json) = everything();
    assert_eq!(serde_json::to_value(&canvas).unwrap(), json);
    let read: Canvas = serde_json::from_value(json).unwrap();
    assert!(
        !read
            .components()
            .iter()
            .any(|it| matches!(it, Component::Other(_)))
    );
    assert_eq!(read, canvas);
    assert_eq!(canvas.check(Surface::Messenger), Ok(()));
}

#[test]
fn what_is_not_known_is_kept_as_it_came() {
    let json = json!({ "content": { "components": [
        { "type": "hologram", "id": "h", "depth": [1, 2] },
        { "type": "button", "id": "b" },
        { "type": "button", "id": "c", "label": "C", "style": "shiny", "action": { "type": "teleport", "to": "mars" } },
    ] } });
    let canvas: Canvas = serde_json::from_value(json.clone()).unwrap();
    assert!(matches!(canvas.components()[0], Component::Other(_)));
    assert!(matches!(canvas.components()[1], Component::Other(_)));
    assert!(
        matches!(&canvas.components()[2], Component::Button(it) if matches!(it.action, Action::Other(_)))
    );
    assert_eq!(serde_json::to_value(&canvas).unwrap(), json);
}

#[test]
fn mistakes_are_refused_with_their_place() {
    let choice = |id: &str| option(id, "text");
    let crowded = (2..11).fold(dropdown("d", choice("0"), choice("1")), |it, id| {
        it.option(choice(&id.to_string()))
    });
    let mut lonely: Dropdown = dropdown("d", choice("0"), choice("1"));
    lonely.options.pop();
    let mut sizeless = item("i", "title");
    sizeless.image = Some("https://example.com".to_owned());
    let mut both = Canvas::live("https://example.com");
    both.content = Some(Content::new());
    for (canvas, path) in [
        (Canvas::new().with(crowded), "content.components[0].options"),
        (Canvas::new().with(lonely), "content.components[0].options"),
        (
            Canvas::new()
                .with(divider())
                .with(dropdown("d", choice("0"), choice("0"))),
            "content.components[1].options[1].id",
        ),
        (
            Canvas::new().with(dropdown("d", choice("0"), choice("1")).value("2")),
            "content.components[0].options",
        ),
        (
            Canvas::new().with(checkbox("c", "l", choice("0")).value(vec!["1".to_owned()])),
            "content.components[0].option",
        ),
        (
            Canvas::new().with(input("a")).with(text_area("a")),
            "content.components[1].id",
        ),
        (
            Canvas::new()
                .with(input("a"))
                .with(list([item("b", "B"), item("a", "A")])),
            "content.components[1].items[1].id",
        ),
        (Canvas::new().with(input("")), "content.components[0].id"),
        (Canvas::new().with(text("")), "content.components[0].text"),
        (
            Canvas::new().with(button("b", "").submit()),
            "content.components[0].label",
        ),
        (
            Canvas::new().with(button("b", "B").open_url("")),
            "content.components[0].action.url",
        ),
        (
            Canvas::new().with(button("b", "B").open_sheet("http://example.com")),
            "content.components[0].action.url",
        ),
        (
            Canvas::new().with(list([sizeless])),
            "content.components[0].items[0].image",
        ),
        (Canvas::new().with(text("x".repeat(70_000))), "content"),
        (Canvas::new().stored("x", "x".repeat(70_000)), "stored_data"),
        (Canvas::live("http://example.com"), "content_url"),
        (both, "content_url"),
        (Canvas::default(), "content"),
    ] {
        let refused: InvalidCanvas = CanvasResponse::messenger(canvas).unwrap_err();
        assert_eq!(refused.path(), path, "{refused}");
    }
}

#[test]
fn sheets_open_in_the_messenger_alone() {
    let canvas = Canvas::new().with(button("b", "B").open_sheet("https://example.com/sheet"));
    assert!(CanvasResponse::messenger(canvas.clone()).is_ok());
    let refused = CanvasResponse::inbox(canvas).unwrap_err();
    assert_eq!(refused.path(), "content.components[0].action");
}

#[test]
fn a_canvas_of_exactly_64_kilobytes_is_shown() {
    let frame = json!({ "components": [{ "text": "", "type": "text" }] })
        .to_string()
        .len();
    let canvas = |length: usize| Canvas::new().with(text("x".repeat(length)));
    assert!(CanvasResponse::inbox(canvas(65_536 - frame)).is_ok());
    assert!(CanvasResponse::inbox(canvas(65_537 - frame)).is_err());
}

#[test]
fn replies_have_the_form_of_their_flow() {
    let json = |bytes: Bytes| serde_json::from_slice::<Value>(&bytes).unwrap();
    let canvas = Canvas::new().with(text("Done"));
    let shown = json!({ "content": { "components": [{ "type": "text", "text": "Done" }] } });
    let reply = CanvasResponse::messenger(canvas.clone()).unwrap();
    assert_eq!(json(reply.to_json()), json!({ "canvas": shown }));
    let options: Map<String, Value> = [("order".to_owned(), json!(7))].into_iter().collect();
    let reply = reply.completed().card(options.clone());
    assert_eq!(
        json(reply.to_json()),
        json!({ "canvas": shown, "card_creation_options": { "order": 7 }, "event": { "type": "completed" } })
    );
    assert_eq!(
        json(CanvasResponse::results(options).to_json()),
        json!({ "results": { "order": 7 } })
    );
    let live = LiveResponse::new(Content::new().with(text("Done"))).unwrap();
    assert_eq!(json(live.to_json()), shown);
}

#[test]
fn requests_of_every_flow_are_read() {
    let (canvas, shown) = everything();
    let context = json!({ "conversation_id": 7, "location": "home", "locale": "en" });
    let admin = json!({ "type": "admin", "id": "1" });
    let contact = json!({ "type": "contact", "id": "6762f0dd1bb69f9f2193bb83" });

    let it: Signed<Initialize> = received(
        &json!({ "app_id": "abc", "workspace_region": "EU", "admin": admin,
        "conversation": { "type": "conversation", "id": "9" }, "customer": contact, "card_creation_options": null }),
    );
    assert_eq!(it.workspace_id.as_ref().unwrap(), "abc");
    assert_eq!(it.contact.as_ref().unwrap().id, "6762f0dd1bb69f9f2193bb83");
    assert_eq!(it.deviations(), []);

    for current in [shown.clone(), json!({ "current_canvas": shown })] {
        let it: Signed<Submit> = received(
            &json!({ "workspace_id": "abc", "component_id": "b", "context": context,
            "input_values": { "n": "Ada", "c": ["c1", "c2"] }, "current_canvas": current, "user": contact }),
        );
        assert_eq!(it.component_id.as_deref(), Some("b"));
        assert_eq!(it.input_values.get("n"), Some("Ada"));
        assert_eq!(
            it.input_values.get_all("c").collect::<Vec<_>>(),
            ["c1", "c2"]
        );
        assert_eq!(it.input_values.get_all("n").collect::<Vec<_>>(), ["Ada"]);
        assert_eq!(it.current_canvas.as_ref(), Some(&canvas));
        assert_eq!(
            it.context
                .as_ref()
                .unwrap()
                .conversation_id
                .as_ref()
                .unwrap(),
            "7"
        );
        assert_eq!(it.deviations(), []);
    }

    let it: Signed<Configure> =
        received(&json!({ "workspace_id": "abc", "admin": admin, "context": context }));
    assert_eq!(it.component_id, None);
    let it: Signed<LiveCanvas> =
        received(&json!({ "workspace_id": "abc", "canvas": shown, "contact": contact }));
    assert_eq!(it.canvas.as_ref(), Some(&canvas));
    let it: Signed<OpenSheet> =
        received(&json!({ "component_id": "b", "user": "AAEC", "input_values": null }));
    assert_eq!(it.user.as_deref(), Some("AAEC"));
    let it: Signed<SubmitSheet> =
        received(&json!({ "sheet_values": { "size": 38 }, "user": contact }));
    assert_eq!(it.sheet_values["size"], 38);
}

#[test]
fn a_surprise_in_a_request_costs_one_field() {
    let it: Signed<Submit> = received(
        &json!({ "component_id": 7, "workspace_id": "abc", "input_values": { "n": "x" } }),
    );
    assert_eq!(it.deviations().len(), 1);
    assert_eq!(it.input_values.get("n"), Some("x"));
    assert_eq!(it.decode::<Value>().unwrap()["component_id"], 7);
}

#[test]
fn requests_that_are_not_signed_or_not_json_are_refused() {
    let mut request = sign(SECRET, &json!({})).unwrap();
    *request.headers_mut() = HeaderMap::new();
    assert_eq!(receive::<Submit>(&request).unwrap_err().status(), 401);
    let request = sign("other", &json!({})).unwrap();
    assert_eq!(receive::<Submit>(&request).unwrap_err().status(), 401);
    let request = sign(SECRET, &json!([])).unwrap();
    assert_eq!(receive::<Submit>(&request).unwrap_err().status(), 400);
}

#[test]
fn the_user_of_a_sheet_is_decrypted_as_another_implementation_encrypted_it() {
    let encrypted = include_str!("vectors/sheet_user.txt");
    let user: Contact = Receiver::new(SECRET).decrypt_user(encrypted).unwrap();
    assert_eq!(user.email.as_deref(), Some("ada@example.com"));
    let rotated = Receiver::new("new").also_accept(SECRET);
    assert!(rotated.decrypt_user::<Contact>(encrypted).is_ok());
    let other = Receiver::new("other").decrypt_user::<Contact>(encrypted);
    assert_eq!(other, Err(SheetError::Unauthentic));
    for text in ["", "=", "AAEC", "é"] {
        let decrypted = Receiver::new(SECRET).decrypt_user::<Contact>(text);
        assert_eq!(decrypted, Err(SheetError::Malformed), "{text}");
    }
    let encrypted = encrypt_user(SECRET, &json!({ "id": "1" })).unwrap();
    assert_eq!(
        Receiver::new(SECRET)
            .decrypt_user::<Contact>(&encrypted)
            .unwrap()
            .id,
        "1"
    );
}

#[test]
fn no_secret_shows_in_debug() {
    assert!(!format!("{:?}", Receiver::new(SECRET)).contains(SECRET));
}

/// Signs a request and receives it.
fn read_back<T: Serialize + DeserializeOwned>(request: &T) -> T {
    let signed = receive::<T>(&sign(SECRET, request).unwrap());
    signed.unwrap().into_value()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_canvas_is_read_back(canvas: Canvas) {
        let written = serde_json::to_string(&canvas).unwrap();
        prop_assert_eq!(serde_json::from_str::<Canvas>(&written).unwrap(), canvas);
    }

    #[test]
    fn any_initialize_request_is_read_back(request: Initialize) {
        prop_assert_eq!(read_back(&request), request);
    }

    #[test]
    fn any_submit_request_is_read_back(request: Submit) {
        prop_assert_eq!(read_back(&request), request);
    }

    #[test]
    fn any_configure_request_is_read_back(request: Configure) {
        prop_assert_eq!(read_back(&request), request);
    }

    #[test]
    fn any_request_of_a_live_canvas_is_read_back(request: LiveCanvas) {
        prop_assert_eq!(read_back(&request), request);
    }

    #[test]
    fn any_request_of_a_sheet_is_read_back(open: OpenSheet, submit: SubmitSheet) {
        prop_assert_eq!(read_back(&open), open);
        prop_assert_eq!(read_back(&submit), submit);
    }

    #[test]
    fn an_encrypted_user_with_a_flipped_bit_is_refused(place: prop::sample::Index, bit in 0..7_u8) {
        let mut text = include_str!("vectors/sheet_user.txt").trim().as_bytes().to_vec();
        let place = place.index(text.len());
        text[place] ^= 1 << bit;
        let text = String::from_utf8(text).unwrap();
        prop_assert!(Receiver::new(SECRET).decrypt_user::<Contact>(&text).is_err());
    }
}
