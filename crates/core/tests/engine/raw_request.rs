//! Requests of which the crate knows nothing.

use intercom_core::error::EncodeErrorKind;
use intercom_core::transport::{TransportError, TransportErrorKind};
use intercom_core::{Client, Error, Method, RawRequest, blocking};
use serde::Deserialize;
use serde_json::json;

use crate::support::{Scripted, json as answer, now};

#[derive(Debug, Deserialize, PartialEq)]
struct Survey {
    name: Option<String>,
}

fn closed() -> Result<http::Response<bytes::Bytes>, TransportError> {
    Err(TransportError::new(TransportErrorKind::Closed))
}

#[test]
fn a_raw_request_is_sent_unchanged_and_its_reply_decoded_on_request() {
    let transport = Scripted::new([answer(200, r#"{"name":"NPS"}"#)]);
    let client = Client::new(transport.clone(), "token");
    let request = RawRequest::<Survey>::put("/surveys/7?draft=true")
        .query("locale", "pt BR")
        .json(&json!({ "name": "NPS" }));
    let reply = now(client.call(&request)).unwrap();
    assert_eq!(reply.name.as_deref(), Some("NPS"));
    assert_eq!(
        transport.sent(),
        [r#"PUT /surveys/7?draft=true&locale=pt+BR {"name":"NPS"}"#]
    );
}

#[test]
fn a_raw_read_is_retried_and_a_raw_write_is_not() {
    let transport = Scripted::new([closed(), answer(200, "[1]")]);
    let client = blocking::Client::new(transport.clone(), "token");
    let reply = client
        .call(&RawRequest::<Vec<u32>>::get("/surveys"))
        .unwrap();
    assert_eq!(reply.into_value(), [1]);
    assert_eq!(transport.sent().len(), 2);

    let transport = Scripted::new([closed()]);
    let client = blocking::Client::new(transport.clone(), "token");
    let error = client
        .call(&RawRequest::<()>::post("/surveys"))
        .unwrap_err();
    assert!(error.outcome_unknown(), "{error}");
    assert_eq!(transport.sent().len(), 1);

    let transport = Scripted::new([closed(), answer(202, "")]);
    let client = blocking::Client::new(transport.clone(), "token");
    client
        .call(&RawRequest::<()>::new(Method::Post, "/surveys/search").idempotent(true))
        .unwrap();
    assert_eq!(transport.sent().len(), 2);
}

#[test]
fn an_error_of_a_raw_request_is_typed_like_any_other() {
    let transport = Scripted::new([answer(404, r#"{"errors":[{"code":"not_found"}]}"#)]);
    let error = now(Client::new(transport, "token").call(&RawRequest::<Survey>::get("/surveys/9")))
        .unwrap_err();
    assert_eq!(error.to_string(), "404 not_found (GET /surveys/9)");
}

#[test]
fn an_unsendable_value_is_refused_with_the_reason() {
    struct Unwritable;

    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("it cannot be written"))
        }
    }

    let refused = |request: RawRequest<()>| {
        let client = Client::new(Scripted::new([]), "token");
        match now(client.call(&request)).unwrap_err() {
            Error::Encode(error) => error.kind().clone(),
            other => panic!("{other}"),
        }
    };
    for path in [
        "surveys",
        "",
        "https://example.com/",
        "/a b",
        "/a\r\nb",
        "/tags/a#b/x",
        "/a?b#c",
        "/tags/../admins",
        "/./a",
        "/a/..?b",
    ] {
        let problem = refused(RawRequest::get(path));
        assert!(matches!(problem, EncodeErrorKind::Target(_)), "{path}");
    }
    assert!(matches!(
        refused(RawRequest::post("/a").json(&Unwritable)),
        EncodeErrorKind::Body(reason) if reason == "it cannot be written"
    ));
    assert!(matches!(
        refused(RawRequest::post("/a").body("text/\n", "a")),
        EncodeErrorKind::Header { name } if name == "content-type"
    ));
}

#[test]
fn a_query_shows_neither_in_debug_nor_in_errors() {
    let request = RawRequest::<()>::get("/contacts?email=ada@example.com");
    assert!(!format!("{request:?}").contains("ada"), "{request:?}");
    for path in ["contacts?email=ada", "/a/../b?email=ada", "/a?email=ada#b"] {
        let client = Client::new(Scripted::new([]), "token");
        let error = now(client.call(&RawRequest::<()>::get(path))).unwrap_err();
        assert!(!error.to_string().contains("ada"), "{error}");
    }
}

#[test]
fn connection_headers_cannot_be_set_by_the_caller() {
    use intercom_core::CallOptions;

    for name in ["Expect", "connection", "TE", "trailer", "upgrade", "host"] {
        let client = Client::new(Scripted::new([]), "token");
        let client = client.with_options(CallOptions::new().header(name, "100-continue"));
        match now(client.call(&RawRequest::<()>::get("/a"))).unwrap_err() {
            Error::Encode(error) => assert!(
                matches!(error.kind(), EncodeErrorKind::ReservedHeader { .. }),
                "{error}"
            ),
            other => panic!("{other}"),
        }
    }
}

#[test]
fn the_debug_of_a_reply_shows_no_secret() {
    let mut reply = answer(302, "").unwrap();
    for (name, value) in [
        ("location", "https://files.example.com/a?signature=secret"),
        ("set-cookie", "session=secret"),
        ("x-request-id", "r-1"),
    ] {
        reply.headers_mut().insert(name, value.parse().unwrap());
    }
    let client = Client::new(Scripted::new([Ok(reply)]), "token");
    let error = now(client.call(&RawRequest::<()>::get("/a"))).unwrap_err();
    let shown = format!("{error:?}");
    assert!(!shown.contains("secret"), "{shown}");
    assert!(
        shown.contains("r-1") && shown.contains("set-cookie"),
        "{shown}"
    );
    let redirect = intercom_core::Redirect::new("https://files.example.com/a?signature=secret");
    assert_eq!(
        format!("{redirect:?}"),
        r#"Redirect { location: "https://files.example.com/a" }"#
    );
}

#[test]
fn an_error_gives_its_cause() {
    use std::error::Error;

    let client = Client::new(Scripted::new([answer(200, "[1,")]), "token");
    let error = now(client.call(&RawRequest::<()>::get("/a"))).unwrap_err();
    let cause = error.source().unwrap().downcast_ref::<serde_json::Error>();
    assert_eq!(cause.unwrap().line(), 1);

    let refused = std::io::Error::from(std::io::ErrorKind::ConnectionRefused);
    let refused = TransportError::new(TransportErrorKind::Connect).with_source(refused);
    let client = blocking::Client::new(Scripted::new([Err(refused)]), "token");
    let error = client.call(&RawRequest::<()>::post("/a")).unwrap_err();
    let lost = error.source().unwrap();
    assert!(lost.is::<TransportError>());
    assert!(lost.source().unwrap().is::<std::io::Error>());
}

#[test]
fn options_add_arguments_to_the_query_of_any_call() {
    use intercom_core::CallOptions;
    use intercom_core::api::contacts;

    let transport = Scripted::new([answer(200, r#"{"id":"1"}"#), answer(200, r#"{"id":"1"}"#)]);
    let client = Client::new(transport.clone(), "token")
        .with_options(CallOptions::new().query("expand", "a&b"))
        .with_options(CallOptions::new().query("fields", "x"));
    now(client.call(&contacts::Get::new("1"))).unwrap();
    now(client.call(&contacts::Get::new("1").include_merge_history(true))).unwrap();
    assert_eq!(
        transport.sent(),
        [
            "GET /contacts/1?expand=a%26b&fields=x",
            "GET /contacts/1?include_merge_history=true&expand=a%26b&fields=x",
        ]
    );
}
