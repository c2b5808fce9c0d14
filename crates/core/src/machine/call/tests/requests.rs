//! What is sent, and what is refused before.

use super::*;

#[test]
fn a_request_has_the_token_the_version_and_the_full_url() {
    let mut script = Script::with(
        &contacts::Get::new("a b/ü"),
        &Shared::new(Config::new("dG9rOg").user_agent("shop/1.0")),
        CallOptions::new()
            .version(ApiVersion::V2_11)
            .header("X-Trace", "7"),
    );
    script.go(Event::Start);
    let request = &script.sent[0];
    assert_eq!(
        request.uri(),
        "https://api.intercom.io/contacts/a%20b%2F%C3%BC"
    );
    assert_eq!(request.headers()["authorization"], "Bearer dG9rOg");
    assert!(request.headers()["authorization"].is_sensitive());
    assert_eq!(request.headers()["intercom-version"], "2.11");
    assert_eq!(request.headers()["x-trace"], "7");
    assert!(
        request.headers()["user-agent"]
            .to_str()
            .unwrap()
            .starts_with("shop/1.0 intercom-rs/")
    );
    assert!(!format!("{:?}", script.call).contains("dG9rOg"));
}

#[test]
fn a_version_without_the_operation_is_refused_before_anything_is_sent() {
    let shared = Shared::new(Config::new("token").version(ApiVersion::V2_10));
    let find = contacts::FindByExternalId::new("7");
    assert_eq!(
        refused(&find, &shared, CallOptions::new()).to_string(),
        "contacts::FindByExternalId exists from 2.13 on (requested 2.10)"
    );
    let sections = help_center::ListSections::new();
    assert_eq!(
        refused(&sections, &shared, CallOptions::new()).to_string(),
        "help_center::ListSections exists from 2.7 to 2.9 (requested 2.10)"
    );
}

fn kind(error: &Error) -> &EncodeErrorKind {
    let Error::Encode(error) = error else {
        panic!("{error}");
    };
    error.kind()
}

#[test]
fn a_token_that_cannot_be_sent_is_refused_with_the_fix() {
    let get = contacts::Get::new("1");
    for (token, fix) in [
        ("", "is empty"),
        (" ", "is empty"),
        ("to\nken", "line break"),
        ("tok\0en", "line break"),
        ("Bearer token", "pass the token alone"),
        ("bearer token", "pass the token alone"),
    ] {
        let error = refused(&get, &Shared::new(token.into()), CallOptions::new());
        assert!(
            matches!(&error, Error::Token(token) if !matches!(token.kind, TokenErrorKind::Timeout))
        );
        assert!(error.is_unauthorized());
        let text = error.to_string();
        assert!(text.contains(fix), "{text}");
        assert!(
            !text.contains("token)") && text.contains("GET /contacts/1"),
            "{text}"
        );
    }
}

#[test]
fn a_base_url_that_cannot_be_used_is_refused_with_the_fix() {
    let get = contacts::Get::new("1");
    let config = Config::new("token").base_url("http://api.intercom.io");
    let error = refused(&get, &Shared::new(config), CallOptions::new());
    assert!(error.to_string().contains("use https"), "{error}");
}

#[test]
fn a_base_url_with_a_path_puts_it_before_that_of_the_operation() {
    let config = Config::new("token").base_url("https://gateway.example.com/intercom/");
    let options = CallOptions::new().query("a", "b");
    let mut script = Script::with(&contacts::Get::new("1"), &Shared::new(config), options);
    let _ = script.go(Event::Start);
    assert_eq!(
        script.sent[0].uri(),
        "https://gateway.example.com/intercom/contacts/1?a=b"
    );
}

#[test]
fn an_unsendable_value_is_refused_by_name() {
    let get = contacts::Get::new("1");
    let refuse = |shared: &Shared, options| refused(&get, shared, options);
    for (name, value) in [("x-name", "a\r\nb: c"), ("x name", "a"), ("", "a")] {
        let error = refuse(
            &Shared::new("token".into()),
            CallOptions::new().header(name, value),
        );
        assert_eq!(kind(&error), &EncodeErrorKind::Header { name: name.into() });
    }
    for (id, problem) in [
        ("", EncodeErrorKind::EmptyArgument { name: "contact_id" }),
        (".", EncodeErrorKind::DotArgument { name: "contact_id" }),
        ("..", EncodeErrorKind::DotArgument { name: "contact_id" }),
    ] {
        assert_eq!(
            contacts::Get::new(id).encode().unwrap_err().kind(),
            &problem
        );
    }
    assert_eq!(
        contacts::Get::new("").encode().unwrap_err().to_string(),
        "contacts::Get: `contact_id` is empty"
    );
    let delete = |id| custom_objects::DeleteByExternalId::new("Order", id).encode();
    assert_eq!(
        delete("").unwrap_err().to_string(),
        "custom_objects::DeleteByExternalId: `external_id` is empty"
    );
    assert_eq!(
        delete("a b").unwrap().uri(),
        "/custom_object_instances/Order?external_id=a+b"
    );
    assert_eq!(
        contacts::Get::new("../me?a#b").encode().unwrap().uri(),
        "/contacts/..%2Fme%3Fa%23b"
    );
}

#[test]
fn headers_that_the_client_sets_cannot_be_overridden() {
    for name in [
        "Authorization",
        "Host",
        "content-length",
        "Intercom-Version",
    ] {
        let options = CallOptions::new().header(name, "x");
        let error = refused(
            &contacts::Get::new("1"),
            &Shared::new("token".into()),
            options,
        );
        assert_eq!(
            kind(&error),
            &EncodeErrorKind::ReservedHeader { name: name.into() }
        );
    }
}
