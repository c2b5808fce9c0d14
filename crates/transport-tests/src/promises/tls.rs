//! Encrypted connections.

use intercom_core::transport::{Deadline, TransportErrorKind as Kind};

use super::connections::{a_stray_reply_is_not_used, a_stray_reply_script};
use super::deadlines::is_cut_off_on_its_way;
use crate::server::{Exchange, Identity, Server};
use crate::subject::{Subject, request};

pub(crate) fn tls_works_with_a_root_of_ones_own(subject: &Subject) {
    let server = Server::start_tls([
        Exchange::reply(200, &[], "1"),
        Exchange::reply(200, &[], "2"),
    ]);
    let subject = subject.trusting(server.certificate());
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"1");
    assert_eq!(subject.post(server.url("/"), "{}").unwrap().body(), b"2");
    assert_eq!(server.connections(), 1);
}

pub(crate) fn a_second_connection_resumes_the_tls_session(subject: &Subject) {
    let server = Server::start_tls([
        Exchange::reply(200, &[], "1").then_close(),
        Exchange::reply(200, &[], "2"),
    ]);
    let subject = subject.trusting(server.certificate());
    subject.get(server.url("/")).unwrap();
    server.wait_for_closed(1);
    subject.settle();
    subject.get(server.url("/")).unwrap();
    assert_eq!((server.connections(), server.resumed()), (2, 1));
}

pub(crate) fn a_certificate_that_is_not_trusted_keeps_the_request_from_being_sent(
    subject: &Subject,
) {
    let server = Server::start_tls([Exchange::reply(200, &[], "")]);
    let error = subject.post(server.url("/"), "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Tls, false),
        "{error}"
    );
    assert_eq!(server.requests(), []);
    assert_eq!(server.connections(), 1);
}

pub(crate) fn roots_may_be_in_pem_many_in_one(subject: &Subject) {
    let (server, other) = (
        Server::start_tls([Exchange::reply(200, &[], "here")]),
        Identity::of(&["other"]),
    );
    let own = server.certificate_pem();
    let subject = subject.trusting([other.pem().0, own].concat());
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"here");
}

pub(crate) fn tls_does_not_draw_a_deadline_out(subject: &Subject) {
    let long = "x".repeat(4000);
    for play in [
        Exchange::raw("HTTP/1.1 200 OK\r\nx: ").then_trickle(&long),
        Exchange::unsized_reply(200, &[], "").then_trickle(&long),
    ] {
        let server = Server::start_tls([]);
        let subject = subject.trusting(server.certificate());
        is_cut_off_on_its_way(&subject, Deadline::at, || {
            let server = server.another([play.clone()]);
            let request = request("GET", server.url("/"), "");
            (server, request)
        });
    }
}

pub(crate) fn an_encrypted_reply_that_nobody_asked_for_answers_no_request(subject: &Subject) {
    let server = Server::start_tls(a_stray_reply_script());
    let subject = subject.trusting(server.certificate());
    a_stray_reply_is_not_used(&subject, &server);
}
