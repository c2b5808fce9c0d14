//! Requests of which the crate knows nothing.

use intercom_core::transport::{TransportError, TransportErrorKind};
use intercom_core::{Client, EncodeProblem, Error, Method, RawRequest, blocking};
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
fn a_raw_request_is_sent_as_it_is_and_its_reply_read_as_asked() {
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
fn a_raw_read_is_repeated_and_a_raw_write_is_not() {
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
        .call(&RawRequest::<()>::new(Method::Post, "/surveys/search").replay(true))
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
fn what_cannot_be_sent_is_refused_with_the_reason() {
    struct Unwritable;

    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("it cannot be written"))
        }
    }

    let refused = |request: RawRequest<()>| {
        let client = Client::new(Scripted::new([]), "token");
        match now(client.call(&request)).unwrap_err() {
            Error::Encode(error) => error.problem().clone(),
            other => panic!("{other}"),
        }
    };
    for path in ["surveys", "", "https://example.com/", "/a b", "/a\r\nb"] {
        let problem = refused(RawRequest::get(path));
        assert!(matches!(problem, EncodeProblem::Target(_)), "{path}");
    }
    assert!(matches!(
        refused(RawRequest::post("/a").json(&Unwritable)),
        EncodeProblem::Body(reason) if reason == "it cannot be written"
    ));
    assert!(matches!(
        refused(RawRequest::post("/a").body("text/\n", "a")),
        EncodeProblem::Header { name } if name == "content-type"
    ));
}

#[test]
fn options_add_arguments_to_the_query_of_any_call() {
    use intercom_core::CallOptions;
    use intercom_core::api::contacts;

    let transport = Scripted::new([answer(200, r#"{"id":"1"}"#), answer(200, r#"{"id":"1"}"#)]);
    let client = Client::new(transport.clone(), "token")
        .with(CallOptions::new().query("expand", "a&b"))
        .with(CallOptions::new().query("fields", "x"));
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
