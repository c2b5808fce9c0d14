//! What every transport promises, over real sockets.
//!
//! Each promise is a function over [`Subject`]; [`promises!`] makes a module of tests from all of
//! them for one transport.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

#[path = "wire/client_certificate.rs"]
mod client_certificate;
#[path = "wire/deadline.rs"]
mod deadline;
#[path = "wire/hyper.rs"]
mod on_hyper;
#[path = "wire/ureq.rs"]
mod on_ureq;
#[path = "wire/pool.rs"]
mod pool;
#[path = "wire/proxy.rs"]
mod proxy;
mod support;

use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::time::{Duration, Instant};

use self::client_certificate::*;
use self::deadline::*;
use self::pool::*;
use self::proxy::*;
use flate2::Compression;
use flate2::write::GzEncoder;
use intercom_core::transport::{Deadline, TransportErrorKind as Kind};
use support::{Play, Server, Setup, Subject, request, set_up};

/// Makes `mod $name` with a test for each promise, about what `$subject` gives.
macro_rules! promises {
    ($name:ident, $subject:expr) => {
        promises!($name, $subject;
            a_request_arrives_as_it_was_made_and_the_reply_comes_back,
            the_name_of_this_machine_is_looked_up,
            the_transport_adds_no_headers_that_speak_for_the_caller,
            plain_http_to_another_machine_is_refused_before_connecting,
            tls_works_with_a_root_of_ones_own,
            a_second_connection_resumes_the_tls_session,
            a_certificate_that_is_not_trusted_keeps_the_request_from_being_sent,
            gzip_is_asked_for_and_undone,
            an_accept_encoding_of_the_caller_is_kept,
            truncated_gzip_is_an_encoding_error,
            an_empty_body_that_claims_to_be_gzip_is_empty,
            a_connection_serves_one_request_after_the_other,
            a_server_that_hangs_before_its_reply_meets_the_deadline,
            a_server_that_hangs_in_its_body_meets_the_deadline,
            a_deadline_that_has_passed_sends_nothing,
            a_server_that_hangs_in_its_handshake_meets_the_limit_for_connecting,
            nobody_listening_means_not_sent,
            a_connection_closed_before_the_reply_counts_as_sent,
            a_write_is_never_sent_twice,
            a_write_on_a_used_connection_is_never_sent_twice,
            a_reply_that_is_not_http_is_a_protocol_error,
            a_body_shorter_than_announced_is_an_error,
            a_body_that_is_reset_is_an_error_even_without_a_length,
            a_huge_announced_length_reserves_nothing,
            a_chunked_body_is_put_together,
            an_interim_reply_is_not_the_reply,
            an_error_status_is_a_reply,
            a_redirect_is_handed_back_and_not_followed,
            every_method_of_the_api_carries_a_body,
            an_idle_connection_that_was_closed_is_not_noticed,
            a_connection_is_kept_for_the_next_call,
            a_pool_of_none_makes_a_connection_for_each_call,
            a_connection_that_was_idle_for_too_long_is_not_used,
            a_connection_that_is_too_old_takes_no_more_calls,
            a_call_goes_through_the_proxy_encrypted_end_to_end,
            a_proxy_that_makes_no_connection_is_named_without_its_password,
            a_proxy_that_wants_credentials_says_where_they_go,
            a_proxy_that_is_not_there_is_named,
            this_machine_is_reached_without_the_proxy,
            a_proxy_that_cannot_be_used_is_refused_at_once,
            a_proxy_that_never_finishes_its_answer_meets_the_limit_for_connecting,
            a_server_that_demands_a_certificate_is_shown_one,
            a_client_certificate_that_is_missing_or_wrong_is_said_to_be,
            a_client_certificate_that_cannot_be_used_is_refused_at_once,
            roots_may_be_in_pem_many_in_one,
            a_host_that_takes_no_connection_meets_either_limit,
            a_body_that_the_server_does_not_read_meets_the_deadline,
            a_body_that_the_server_reads_in_sips_meets_the_deadline,
            a_head_that_trickles_meets_the_deadline,
            a_body_that_trickles_meets_the_deadline,
            gzip_that_trickles_meets_the_deadline,
            tls_does_not_draw_a_deadline_out,
            a_limit_for_the_head_leaves_the_body_its_time,
            a_body_that_pauses_for_longer_than_it_may_is_a_timeout,
            a_body_that_is_slow_does_not_pause,
        );
    };
    ($name:ident, $subject:expr; $($promise:ident),* $(,)?) => {
        mod $name {
            $(
                #[test]
                fn $promise() {
                    super::$promise(&$subject);
                }
            )*
        }
    };
}

promises!(ureq, crate::on_ureq::subject());
promises!(hyper, crate::on_hyper::subject());

fn a_request_arrives_as_it_was_made_and_the_reply_comes_back(subject: &dyn Subject) {
    let server = Server::start([Play::reply(201, &[("x-request-id", "7")], r#"{"id":1}"#)]);
    let mut request = request("POST", server.url("/contacts?page=2"), r#"{"a":1}"#);
    request
        .headers_mut()
        .insert("authorization", "Bearer secret".parse().unwrap());
    let response = subject.send(request).unwrap();
    assert_eq!(response.status(), 201);
    assert_eq!(response.headers()["x-request-id"], "7");
    assert_eq!(response.body(), br#"{"id":1}"#);

    let received = &server.requests()[0];
    assert_eq!(
        (received.method.as_str(), received.target.as_str()),
        ("POST", "/contacts?page=2")
    );
    assert_eq!(received.version, "HTTP/1.1");
    assert_eq!(received.header("authorization"), Some("Bearer secret"));
    assert_eq!(received.header("content-type"), Some("application/json"));
    assert_eq!(
        received.header("host"),
        Some(server.address().to_string().as_str())
    );
    assert_eq!(received.body, br#"{"a":1}"#);
}

fn the_name_of_this_machine_is_looked_up(subject: &dyn Subject) {
    let server = Server::start([Play::reply(200, &[], "here")]);
    let url = format!("http://localhost:{}/", server.address().port());
    assert_eq!(subject.get(url).unwrap().body(), b"here");
}

fn the_transport_adds_no_headers_that_speak_for_the_caller(subject: &dyn Subject) {
    let server = Server::start([Play::reply(200, &[], ""), Play::reply(200, &[], "")]);
    subject.get(server.url("/")).unwrap();
    let mut named = request("GET", server.url("/"), "");
    named
        .headers_mut()
        .insert("user-agent", "mine/1".parse().unwrap());
    subject.send(named).unwrap();
    let requests = server.requests();
    assert_eq!(requests[0].header("user-agent"), None);
    assert_eq!(requests[0].header("accept"), None);
    assert_eq!(requests[0].header("content-length"), None);
    assert_eq!(requests[1].header("user-agent"), Some("mine/1"));
}

fn plain_http_to_another_machine_is_refused_before_connecting(subject: &dyn Subject) {
    let server = Server::start([Play::reply(200, &[], "")]);
    // Leads to this machine, but does not say so.
    let url = format!("http://0.0.0.0:{}/me", server.address().port());
    let error = subject.post(url, "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Refused, false),
        "{error}"
    );
    assert!(error.to_string().contains("https"), "{error}");
    assert_eq!(server.connections(), 0);
}

fn tls_works_with_a_root_of_ones_own(subject: &dyn Subject) {
    let server = Server::start_tls([Play::reply(200, &[], "1"), Play::reply(200, &[], "2")]);
    let subject = subject.trusting(server.certificate());
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"1");
    assert_eq!(subject.post(server.url("/"), "{}").unwrap().body(), b"2");
    assert_eq!(server.connections(), 1);
}

fn a_second_connection_resumes_the_tls_session(subject: &dyn Subject) {
    let server = Server::start_tls([
        Play::reply(200, &[], "1").then_close(),
        Play::reply(200, &[], "2"),
    ]);
    let subject = subject.trusting(server.certificate());
    subject.get(server.url("/")).unwrap();
    server.wait_for_closed(1);
    subject.get(server.url("/")).unwrap();
    assert_eq!((server.connections(), server.resumed()), (2, 1));
}

fn a_certificate_that_is_not_trusted_keeps_the_request_from_being_sent(subject: &dyn Subject) {
    let server = Server::start_tls([Play::reply(200, &[], "")]);
    let error = subject.post(server.url("/"), "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Tls, false),
        "{error}"
    );
    assert_eq!(server.requests(), []);
    assert_eq!(server.connections(), 1);
}

fn gzip_is_asked_for_and_undone(subject: &dyn Subject) {
    let text = "a field and another, ".repeat(5000);
    let server = Server::start([
        Play::reply(
            200,
            &[("content-encoding", "gzip"), ("x-kept", "1")],
            gzip(&text),
        ),
        Play::reply(200, &[], "plain"),
    ]);
    let response = subject.get(server.url("/")).unwrap();
    assert_eq!(response.body(), text.as_bytes());
    assert_eq!(response.headers().get("content-encoding"), None);
    assert_eq!(response.headers().get("content-length"), None);
    assert_eq!(response.headers()["x-kept"], "1");
    assert_eq!(server.requests()[0].header("accept-encoding"), Some("gzip"));

    let response = subject.get(server.url("/")).unwrap();
    assert_eq!(response.headers()["content-length"], "5");
    assert_eq!(server.connections(), 1);
}

fn an_accept_encoding_of_the_caller_is_kept(subject: &dyn Subject) {
    let server = Server::start([Play::reply(200, &[], "")]);
    let mut request = request("GET", server.url("/"), "");
    request
        .headers_mut()
        .insert("accept-encoding", "identity".parse().unwrap());
    subject.send(request).unwrap();
    let encodings = server.requests()[0]
        .headers
        .iter()
        .filter(|(name, _)| name == "accept-encoding")
        .count();
    assert_eq!(encodings, 1);
    assert_eq!(
        server.requests()[0].header("accept-encoding"),
        Some("identity")
    );
}

fn truncated_gzip_is_an_encoding_error(subject: &dyn Subject) {
    let whole = gzip("the body of a reply");
    let cut = &whole[..whole.len() - 9];
    let server = Server::start([Play::reply(200, &[("content-encoding", "gzip")], cut)]);
    let error = subject.get(server.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Encoding, true),
        "{error}"
    );
}

fn an_empty_body_that_claims_to_be_gzip_is_empty(subject: &dyn Subject) {
    let encoded = [("content-encoding", "gzip")];
    let server = Server::start([
        Play::reply(200, &encoded, ""),
        Play::unsized_reply(204, &encoded, ""),
        Play::unsized_reply(200, &[encoded[0], ("content-length", "400")], ""),
    ]);
    for method in ["GET", "DELETE"] {
        let response = subject.send(request(method, server.url("/"), "")).unwrap();
        assert_eq!(response.body(), b"", "{method}");
    }
    // The headers of a HEAD speak of the body that a GET would have.
    let response = subject.send(request("HEAD", server.url("/"), "")).unwrap();
    assert_eq!(response.body(), b"");
    assert_eq!(response.headers()["content-length"], "400");
}

fn a_connection_serves_one_request_after_the_other(subject: &dyn Subject) {
    let server = Server::start([
        Play::reply(200, &[], "1"),
        Play::reply(404, &[], "2"),
        Play::reply(200, &[("content-encoding", "gzip")], gzip("3")),
        Play::unsized_reply(204, &[], ""),
        Play::reply(200, &[], "5"),
    ]);
    for body in ["1", "2", "3", "", "5"] {
        assert_eq!(
            subject.post(server.url("/"), "{}").unwrap().body(),
            body.as_bytes()
        );
    }
    assert_eq!(server.connections(), 1);
}

fn a_server_that_hangs_before_its_reply_meets_the_deadline(subject: &dyn Subject) {
    let server = Server::start([Play::hang_before_reply()]);
    let error = subject
        .exchange(request("GET", server.url("/"), ""), soon())
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Timeout, "{error}");
    // On a busy machine it may not even get there in time.
    assert!(
        error.may_have_been_sent() || server.requests().is_empty(),
        "{error}"
    );
}

fn a_server_that_hangs_in_its_body_meets_the_deadline(subject: &dyn Subject) {
    let half = Play::unsized_reply(200, &[("content-length", "8")], "half").then_hang();
    let server = Server::start([half]);
    let error = subject
        .exchange(request("GET", server.url("/"), ""), soon())
        .unwrap_err();
    assert_eq!(error.kind(), Kind::Timeout, "{error}");
    // On a busy machine it may not even get there in time.
    assert!(
        error.may_have_been_sent() || server.requests().is_empty(),
        "{error}"
    );
}

fn a_server_that_hangs_in_its_handshake_meets_the_limit_for_connecting(subject: &dyn Subject) {
    let server = Server::start([]);
    let url = format!("https://{}/", server.address());
    let limit = Deadline::none().with_connect(Some(Duration::from_millis(50)));
    let error = subject
        .exchange(request("POST", url, "{}"), limit)
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Timeout, false),
        "{error}"
    );
}

fn a_deadline_that_has_passed_sends_nothing(subject: &dyn Subject) {
    let server = Server::start([Play::reply(200, &[], "")]);
    let past = Deadline::at(Instant::now());
    let error = subject
        .exchange(request("POST", server.url("/"), "{}"), past)
        .unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Timeout, false),
        "{error}"
    );
    assert_eq!(server.connections(), 0);
}

fn nobody_listening_means_not_sent(subject: &dyn Subject) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let free = listener.local_addr().unwrap();
    drop(listener);
    let error = subject.post(format!("http://{free}/"), "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Connect, false),
        "{error}"
    );
}

fn a_connection_closed_before_the_reply_counts_as_sent(subject: &dyn Subject) {
    for play in [
        Play::close_before_reply(),
        Play::close_before_reply().then_reset(),
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

fn a_write_is_never_sent_twice(subject: &dyn Subject) {
    let server = Server::start([Play::close_before_reply(), Play::reply(200, &[], "")]);
    let error = subject.post(server.url("/"), "{}").unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Closed, true),
        "{error}"
    );
    assert_eq!(server.requests().len(), 1);
}

fn a_write_on_a_used_connection_is_never_sent_twice(subject: &dyn Subject) {
    for last in [
        Play::close_before_reply(),
        Play::close_before_reply().then_reset(),
    ] {
        let server = Server::start([Play::reply(200, &[], ""), last, Play::reply(200, &[], "")]);
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

fn a_reply_that_is_not_http_is_a_protocol_error(subject: &dyn Subject) {
    let server = Server::start([Play::raw("SSH-2.0-OpenSSH_9.6\r\n\r\n").then_close()]);
    let error = subject.get(server.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Protocol, true),
        "{error}"
    );
}

fn a_body_shorter_than_announced_is_an_error(subject: &dyn Subject) {
    let short = || Play::unsized_reply(200, &[("content-length", "9")], "short");
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

fn a_body_that_is_reset_is_an_error_even_without_a_length(subject: &dyn Subject) {
    let whole = Server::start([Play::unsized_reply(200, &[], "to the end").then_close()]);
    assert_eq!(subject.get(whole.url("/")).unwrap().body(), b"to the end");

    let broken = Server::start([Play::unsized_reply(200, &[], "to the").then_reset()]);
    let error = subject.get(broken.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Closed, true),
        "{error}"
    );
}

fn a_huge_announced_length_reserves_nothing(subject: &dyn Subject) {
    // No machine could reserve the second.
    for length in ["2147483648", "9223372036854775807"] {
        let play = Play::unsized_reply(200, &[("content-length", length)], "small").then_close();
        let server = Server::start([play]);
        let error = subject.get(server.url("/")).unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Closed, true),
            "{error}"
        );
    }
}

fn a_chunked_body_is_put_together(subject: &dyn Subject) {
    let chunked = [("transfer-encoding", "chunked")];
    let server = Server::start([
        Play::unsized_reply(200, &chunked, "4\r\nput \r\n8\r\ntogether\r\n0\r\n\r\n"),
        Play::unsized_reply(200, &chunked, "4\r\nput \r\n8\r\ntoge").then_close(),
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

fn an_interim_reply_is_not_the_reply(subject: &dyn Subject) {
    let bytes = "HTTP/1.1 103 Early Hints\r\nlink: <a>\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nok";
    let server = Server::start([Play::raw(bytes)]);
    let response = subject.get(server.url("/")).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.body().as_slice()),
        (200, &b"ok"[..])
    );
}

fn an_error_status_is_a_reply(subject: &dyn Subject) {
    let statuses = [400, 401, 404, 429, 500, 503];
    let server = Server::start(statuses.map(|status| Play::reply(status, &[], "why")));
    for status in statuses {
        let response = subject.get(server.url("/")).unwrap();
        assert_eq!(
            (response.status().as_u16(), response.body().as_slice()),
            (status, &b"why"[..])
        );
    }
}

fn a_redirect_is_handed_back_and_not_followed(subject: &dyn Subject) {
    let elsewhere = Server::start([Play::reply(200, &[], "")]);
    let to = elsewhere.url("/");
    let server = Server::start(
        [301, 302, 303, 307, 308].map(|status| Play::reply(status, &[("location", &to)], "moved")),
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

fn every_method_of_the_api_carries_a_body(subject: &dyn Subject) {
    let methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    let server = Server::start(methods.map(|_| Play::reply(200, &[], "")));
    for method in methods {
        subject
            .send(request(method, server.url("/tags"), r#"{"id":"1"}"#))
            .unwrap();
    }
    for (method, received) in methods.into_iter().zip(server.requests()) {
        assert_eq!(received.method, method);
        assert_eq!(received.header("content-length"), Some("10"), "{method}");
        assert_eq!(received.body, br#"{"id":"1"}"#, "{method}");
    }
}

fn an_idle_connection_that_was_closed_is_not_noticed(subject: &dyn Subject) {
    let server = Server::start([
        Play::reply(200, &[], "1").then_close(),
        Play::reply(200, &[], "2"),
    ]);
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"1");
    server.wait_for_closed(1);
    assert_eq!(subject.get(server.url("/")).unwrap().body(), b"2");
    assert_eq!(server.connections(), 2);
}

/// A deadline that a hanging server meets, and a quick one does not.
fn soon() -> Deadline {
    Deadline::at(Instant::now() + Duration::from_millis(50))
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}
