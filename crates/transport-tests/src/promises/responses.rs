//! What is made of a response.

use intercom_core::transport::TransportErrorKind as Kind;

use crate::server::{Exchange, Server};
use crate::subject::Subject;

pub(crate) fn a_reply_that_is_not_http_is_a_protocol_error(subject: &Subject) {
    let server = Server::start([Exchange::raw("SSH-2.0-OpenSSH_9.6\r\n\r\n").then_close()]);
    let error = subject.get(server.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Protocol, true),
        "{error}"
    );
}

pub(crate) fn a_body_shorter_than_announced_is_an_error(subject: &Subject) {
    let short = || Exchange::unsized_reply(200, &[("content-length", "9")], "short");
    for play in [short().then_close(), short().then_reset()] {
        let server = Server::start([play]);
        let error = subject.get(server.url("/")).unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Closed, true),
            "{error}"
        );
    }
}

pub(crate) fn a_body_that_is_reset_is_an_error_even_without_a_length(subject: &Subject) {
    let whole = Server::start([Exchange::unsized_reply(200, &[], "to the end").then_close()]);
    assert_eq!(subject.get(whole.url("/")).unwrap().body(), b"to the end");

    let broken = Server::start([Exchange::unsized_reply(200, &[], "to the").then_reset()]);
    let error = subject.get(broken.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Closed, true),
        "{error}"
    );
}

pub(crate) fn a_huge_announced_length_reserves_nothing(subject: &Subject) {
    // No machine could reserve the second.
    for length in ["2147483648", "9223372036854775807"] {
        let play =
            Exchange::unsized_reply(200, &[("content-length", length)], "small").then_close();
        let server = Server::start([play]);
        let error = subject.get(server.url("/")).unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Closed, true),
            "{error}"
        );
    }
}

pub(crate) fn a_chunked_body_is_put_together(subject: &Subject) {
    let chunked = [("transfer-encoding", "chunked")];
    let server = Server::start([
        Exchange::unsized_reply(200, &chunked, "4\r\nput \r\n8\r\ntogether\r\n0\r\n\r\n"),
        Exchange::unsized_reply(200, &chunked, "4\r\nput \r\n8\r\ntoge").then_close(),
    ]);
    assert_eq!(
        subject.get(server.url("/")).unwrap().body(),
        b"put together"
    );
    let error = subject.get(server.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Closed, true),
        "{error}"
    );
    assert_eq!(server.connections(), 1);
}

pub(crate) fn an_interim_reply_is_not_the_reply(subject: &Subject) {
    let bytes = "HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    let server = Server::start([Exchange::raw(bytes)]);
    let response = subject.get(server.url("/")).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.body().as_slice()),
        (200, &b"ok"[..])
    );
}

pub(crate) fn an_error_status_is_a_reply(subject: &Subject) {
    let statuses = [400, 401, 404, 429, 500, 503];
    let server = Server::start(statuses.map(|status| Exchange::reply(status, &[], "why")));
    for status in statuses {
        let response = subject.get(server.url("/")).unwrap();
        assert_eq!(
            (response.status().as_u16(), response.body().as_slice()),
            (status, &b"why"[..])
        );
    }
}

pub(crate) fn a_redirect_is_returned_and_not_followed(subject: &Subject) {
    let elsewhere = Server::start([Exchange::reply(200, &[], "")]);
    let to = elsewhere.url("/");
    let server = Server::start(
        [301, 302, 303, 307, 308]
            .map(|status| Exchange::reply(status, &[("location", &to)], "moved")),
    );
    for status in [301, 302, 303, 307, 308] {
        let response = subject.get(server.url("/")).unwrap();
        assert_eq!(
            (response.status().as_u16(), response.body().as_slice()),
            (status, &b"moved"[..])
        );
        assert_eq!(response.headers()["location"], to.as_str());
    }
    assert_eq!(elsewhere.connections(), 0);
}

pub(crate) fn a_body_in_another_encoding_arrives_as_it_was_sent(subject: &Subject) {
    for encoding in ["br", "deflate", "zstd", "gzip, gzip"] {
        let headers = [("content-encoding", encoding)];
        let server = Server::start([Exchange::reply(200, &headers, "\u{1f}encoded")]);
        let response = subject.get(server.url("/")).unwrap();
        assert_eq!(response.body(), b"\x1fencoded");
        assert_eq!(response.headers()["content-encoding"], encoding);
        assert_eq!(response.headers()["content-length"], "8");
    }
}
