//! What clients, replies and lists can do beside calling.

use std::iter::FusedIterator;

use http::StatusCode;
use intercom_core::api::contacts;
use intercom_core::{ApiVersion, CallOptions, Client, Config, Region, Reply, blocking};
use serde::Deserialize;

use crate::support::{Scripted, json, now};

#[test]
fn a_client_exposes_its_base_url_and_version() {
    let config = Config::new("token").base_url(Region::Eu);
    let client = Client::new(Scripted::new([]), config.clone());
    assert_eq!(
        client.base_url().unwrap().to_string(),
        "https://api.eu.intercom.io"
    );
    assert_eq!(client.version(), ApiVersion::LATEST);
    let blocking = blocking::Client::new(Scripted::new([]), config);
    let older = blocking.with_options(CallOptions::new().version(ApiVersion::V2_11));
    assert_eq!(older.base_url(), client.base_url());
    assert_eq!(older.version(), ApiVersion::V2_11);
}

#[test]
fn a_mapped_reply_keeps_its_metadata() {
    let answer = json(200, r#"{"type":"contact","id":"1","name":"Ada","role":7}"#);
    let client = Client::new(Scripted::new([answer]), "token");
    let reply = now(client.call(&contacts::Get::new("1"))).unwrap();
    let name: Reply<Option<String>> = reply.clone().map(|contact| contact.name);
    assert_eq!(name.as_deref(), Some("Ada"));
    assert_eq!(
        (name.raw().body(), name.raw().status()),
        (reply.raw().body(), reply.raw().status())
    );
    assert_eq!(name.deviations(), reply.deviations());
}

#[test]
fn an_error_of_another_form_can_be_read_as_such() {
    #[derive(Deserialize)]
    struct OfGateway {
        reason: String,
    }

    let answer = json(403, r#"{"reason":"no such tenant"}"#);
    let client = Client::new(Scripted::new([answer]), "token");
    let error = now(client.call(&contacts::Get::new("1"))).unwrap_err();
    assert_eq!(error.status(), Some(StatusCode::FORBIDDEN));
    let gateway: OfGateway = error.reply().unwrap().decode().unwrap();
    assert_eq!(gateway.reason, "no such tenant");
}

#[test]
fn a_finished_list_stays_finished() {
    fn ends<T>(mut list: impl FusedIterator<Item = Result<T, intercom_core::Error>>) {
        assert!(list.next().unwrap().is_err());
        assert!(list.next().is_none() && list.next().is_none());
    }

    let refused = || json(404, "");
    let client = blocking::Client::new(Scripted::new([refused(), refused()]), "token");
    ends(client.pages(contacts::List::new()));
    ends(client.items(contacts::List::new()));
}
