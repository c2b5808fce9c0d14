//! Bodies in gzip.

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::GzEncoder;
use intercom_core::transport::{Deadline, TransportErrorKind as Kind};

use super::deadlines::is_cut_off_on_its_way;
use crate::server::{Exchange, Server};
use crate::subject::{Subject, request};

pub(crate) fn gzip_is_asked_for_and_undone(subject: &Subject) {
    let text = "a field and another, ".repeat(5000);
    let server = Server::start([
        Exchange::reply(
            200,
            &[("content-encoding", "gzip"), ("x-kept", "1")],
            gzip(&text),
        ),
        Exchange::reply(200, &[], "plain"),
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

pub(crate) fn truncated_gzip_is_an_encoding_error(subject: &Subject) {
    let whole = gzip("the body of a reply");
    let cut = &whole[..whole.len() - 9];
    let server = Server::start([Exchange::reply(200, &[("content-encoding", "gzip")], cut)]);
    let error = subject.get(server.url("/")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Encoding, true),
        "{error}"
    );
}

pub(crate) fn an_empty_body_that_claims_to_be_gzip_is_empty(subject: &Subject) {
    let encoded = [("content-encoding", "gzip")];
    let server = Server::start([
        Exchange::reply(200, &encoded, ""),
        Exchange::unsized_reply(204, &encoded, ""),
        Exchange::unsized_reply(200, &[encoded[0], ("content-length", "400")], ""),
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

/// A response in gzip that goes on as the exchange says.
fn zipped(text: &str) -> Exchange {
    Exchange::unsized_reply(200, &[("content-encoding", "gzip")], gzip(text))
}

pub(crate) fn gzip_that_trickles_meets_the_deadline(subject: &Subject) {
    let noise: String = (0..4000_u32)
        .map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8))
        .collect();
    let exchange = Exchange::unsized_reply(200, &[("content-encoding", "gzip")], "");
    let exchange = exchange.then_trickle(gzip(&noise));
    is_cut_off_on_its_way(subject, Deadline::at, || {
        let server = Server::start([exchange.clone()]);
        let request = request("GET", server.url("/"), "");
        (server, request)
    });
}

pub(crate) fn empty_members_of_gzip_without_end_meet_the_deadline(subject: &Subject) {
    let time = Duration::from_millis(500);
    for is_idle in [false, true] {
        let server = Server::start([zipped("start").then_endlessly(gzip("").repeat(100))]);
        let end = Instant::now() + time;
        let deadline = match is_idle {
            false => Deadline::at(end),
            true => Deadline::none().with_idle(Some(time)),
        };
        let error = subject.exchange(request("GET", server.url("/"), ""), deadline);
        let error = error.unwrap_err();
        assert_eq!(error.kind(), Kind::Timeout, "{error}");
        assert!(end.elapsed() < 4 * time, "{:?} late", end.elapsed());
    }
}

pub(crate) fn empty_members_of_gzip_that_trickle_are_a_pause_of_the_body(subject: &Subject) {
    let server = Server::start([zipped("start").then_trickle(gzip("").repeat(200))]);
    let idle = Deadline::none().with_idle(Some(Duration::from_millis(100)));
    let started = Instant::now();
    let error = subject.exchange(request("GET", server.url("/"), ""), idle);
    let error = error.unwrap_err();
    assert_eq!(error.kind(), Kind::Timeout, "{error}");
    assert!(started.elapsed() < Duration::from_secs(4));
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}
