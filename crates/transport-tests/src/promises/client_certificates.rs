//! Servers that want to know who calls.

use intercom_core::transport::TransportErrorKind as Kind;

use crate::server::{Exchange, Identity, Server};
use crate::subject::{Setup, Subject};

fn showing(subject: &Subject, server: &Server, client: Option<(Vec<u8>, Vec<u8>)>) -> Subject {
    let roots = vec![server.certificate()];
    let setup = Setup {
        roots,
        client,
        ..Setup::default()
    };
    subject.set_up(&setup).unwrap()
}

pub(crate) fn a_server_that_demands_a_certificate_is_shown_one(subject: &Subject) {
    let client = Identity::of(&["client"]);
    for shown in [client.pem(), client.der()] {
        let server = Server::start_tls_demanding(&client, [Exchange::reply(200, &[], "welcome")]);
        let subject = showing(subject, &server, Some(shown));
        assert_eq!(subject.get(server.url("/")).unwrap().body(), b"welcome");
    }
}

pub(crate) fn a_client_certificate_that_is_missing_or_wrong_is_said_to_be(subject: &Subject) {
    let client = Identity::of(&["client"]);
    let stranger = Identity::of(&["client"]).pem();
    for (shown, said) in [
        (None, "`client_certificate`"),
        (Some(stranger), "does not accept the client certificate"),
    ] {
        let server = Server::start_tls_demanding(&client, [Exchange::reply(200, &[], "")]);
        let subject = showing(subject, &server, shown);
        let error = subject.post(server.url("/"), "{}").unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Tls, false),
            "{error}"
        );
        assert!(error.to_string().contains(said), "{error}");
        assert_eq!(server.requests(), []);
    }
}

pub(crate) fn a_client_certificate_that_cannot_be_used_is_refused_at_once(subject: &Subject) {
    let (chain, key) = Identity::of(&["client"]).pem();
    let other = Identity::of(&["client"]).pem().1;
    let roots = vec![chain.clone()];
    for (chain, key) in [
        (chain.clone(), other),
        (chain.clone(), b"not a key".to_vec()),
        (chain.clone(), chain.clone()),
        (key.clone(), key.clone()),
        (Vec::new(), key),
    ] {
        let setup = Setup {
            roots: roots.clone(),
            client: Some((chain, key)),
            ..Setup::default()
        };
        let error = subject.set_up(&setup).map(|_| ()).unwrap_err();
        assert!(error.contains("`client_certificate`"), "{error}");
    }
}
