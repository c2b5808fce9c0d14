//! Connections that are reused or break, and what may have been sent on them.

use std::error::Error;
use std::net::{Ipv4Addr, TcpListener};

use intercom_core::transport::TransportErrorKind as Kind;

use crate::server::{Exchange, Reads, Server};
use crate::subject::Subject;

pub(crate) fn a_connection_serves_one_request_after_the_other(subject: &Subject) {
    let server = Server::start([
        Exchange::reply(200, &[], "1"),
        Exchange::reply(404, &[], "2"),
        Exchange::unsized_reply(
            200,
            &[("transfer-encoding", "chunked")],
            "1\r\n3\r\n0\r\n\r\n",
        ),
        Exchange::unsized_reply(204, &[], ""),
        Exchange::reply(200, &[], "5"),
    ]);
    for body in ["1", "2", "3", "", "5"] {
        assert_eq!(
            subject.post(server.url("/"), "{}").unwrap().body(),
            body.as_bytes()
        );
    }
    assert_eq!(server.connections(), 1);
}

pub(crate) fn nobody_listening_means_not_sent(subject: &Subject) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let free = listener.local_addr().unwrap();
    drop(listener);
    for scheme in ["http", "https"] {
        let error = subject.post(format!("{scheme}://{free}/"), "{}");
        let error = error.unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Connect, false),
            "{error}"
        );
    }
}

pub(crate) fn a_failed_connection_names_host_and_port_and_has_a_source(subject: &Subject) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let free = listener.local_addr().unwrap();
    drop(listener);
    let error = subject.get(format!("https://{free}/")).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with(&format!("connecting to {free}: ")),
        "{text}"
    );
    assert!(error.source().is_some(), "{error:?}");
    assert_eq!(text.matches("onnection refused").count(), 1, "{text}");

    let plain = Server::start([Exchange::raw("not TLS\r\n\r\n").reading(Reads::FirstByte)]);
    let address = plain.address();
    let error = subject.get(format!("https://{address}/")).unwrap_err();
    let text = error.to_string();
    let named = format!("TLS handshake with {address}: ");
    assert!(text.starts_with(&named), "{text}");
}

pub(crate) fn a_connection_closed_before_the_reply_counts_as_sent(subject: &Subject) {
    for play in [
        Exchange::close_before_reply(),
        Exchange::close_before_reply().then_reset(),
    ] {
        let server = Server::start([play]);
        let error = subject.get(server.url("/")).unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Closed, true),
            "{error}"
        );
    }
}

pub(crate) fn a_write_is_never_sent_twice(subject: &Subject) {
    let server = Server::start([
        Exchange::close_before_reply(),
        Exchange::reply(200, &[], ""),
    ]);
    let error = subject.post(server.url("/"), "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Closed, true),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

pub(crate) fn a_write_on_a_used_connection_is_never_sent_twice(subject: &Subject) {
    for last in [
        Exchange::close_before_reply(),
        Exchange::close_before_reply().then_reset(),
    ] {
        let server = Server::start([
            Exchange::reply(200, &[], ""),
            last,
            Exchange::reply(200, &[], ""),
        ]);
        subject.get(server.url("/")).unwrap();
        let error = subject.post(server.url("/"), "{}").unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Closed, true),
            "{error}"
        );
        assert_eq!(server.requests().len(), 2);
        assert_eq!(server.connections(), 1);
    }
}

pub(crate) fn an_idle_connection_that_was_closed_is_not_noticed(subject: &Subject) {
    let server = Server::start([
        Exchange::reply(200, &[], "1").then_close(),
        Exchange::reply(200, &[], "2"),
    ]);
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"1");
    server.wait_for_closed(1);
    subject.settle();
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"2");
    assert_eq!(server.connections(), 2);
}

/// A reply after which the server sends, on cue, one that nobody asked for.
pub(super) fn a_stray_reply_script() -> [Exchange; 2] {
    let stray = Exchange::reply(200, &[], "stray");
    [
        Exchange::reply(200, &[], "1").then_on_cue(stray),
        Exchange::reply(200, &[], "2"),
    ]
}

/// Follows [`a_stray_reply_script`]. The transport does not run when the stray reply arrives.
pub(super) fn a_stray_reply_is_not_used(subject: &Subject, server: &Server) {
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"1");
    server.cue();
    assert_eq!(subject.post(server.url("/"), "{}").unwrap().body(), b"2");
    assert_eq!(server.connections(), 2);
}

pub(crate) fn a_reply_that_nobody_asked_for_answers_no_request(subject: &Subject) {
    let server = Server::start(a_stray_reply_script());
    a_stray_reply_is_not_used(subject, &server);

    // It may also come right behind the reply to a request.
    let stray = Exchange::reply(200, &[], "stray");
    let server = Server::start([
        Exchange::reply(200, &[], "1").followed_by(stray),
        Exchange::reply(200, &[], "2"),
    ]);
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"1");
    assert_eq!(subject.post(server.url("/"), "{}").unwrap().body(), b"2");
    assert_eq!(server.connections(), 2);
}
