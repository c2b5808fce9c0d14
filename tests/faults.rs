//! What a call comes to when something goes wrong at any point of it, through the whole of both
//! clients, over real sockets.
//!
//! The tables are data: a fault, and what it comes to for a GET and a PUT, which are sent again, and
//! for a POST, which is not; [`Row`](row::Row) says how to read them.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

#[path = "faults/client.rs"]
mod client;
#[path = "faults/row.rs"]
mod row;
mod support;

use std::io::Write;
use std::net::Ipv4Addr;
use std::time::Duration;

use client::{Does, Transport};
use flate2::Compression;
use flate2::write::GzEncoder;
use row::{By, Row, all_hold, outcome, row};
use socket2::{Domain, Socket, Type};
use support::http2::{CANCEL, Frame, INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM};
use support::{Play, Reads, Server};

/// Makes a module of tests from all groups for one transport.
macro_rules! groups {
    ($name:ident, $transport:expr) => {
        mod $name {
            use super::*;

            #[test]
            fn a_connection_breaks() {
                all_hold($transport, By::Clear, &breaks());
            }

            #[test]
            fn a_used_connection_breaks() {
                all_hold($transport, By::Used, &breaks());
            }

            #[test]
            fn a_connection_with_tls_breaks() {
                all_hold($transport, By::Tls, &[breaks(), cut_off()].concat());
            }

            #[test]
            fn the_server_hangs_or_never_ends() {
                all_hold($transport, By::Clear, &hangs());
            }

            #[test]
            fn the_server_replies_with_a_transient_error() {
                all_hold($transport, By::Clear, &statuses());
            }

            #[test]
            fn the_server_replies_with_a_429() {
                all_hold($transport, By::Clear, &rates());
            }

            #[test]
            fn the_reply_is_malformed() {
                all_hold($transport, By::Clear, &bodies());
            }

            #[test]
            fn no_connection_is_made() {
                super::no_connection_is_made(&$transport(root()));
            }

            #[test]
            fn a_get_with_a_side_effect_is_sent_once() {
                super::a_get_with_a_side_effect_is_sent_once(&$transport(root()));
            }

            #[test]
            fn bytes_after_a_reply_are_not_the_reply_to_the_next_call() {
                super::bytes_after_a_reply_are_not_the_next(&$transport(root()));
            }
        }
    };
}

groups!(hyper, Transport::hyper);
groups!(ureq, Transport::ureq);

#[test]
fn a_stream_or_its_connection_breaks_with_http2() {
    all_hold(Transport::hyper, By::Http2, &streams());
}

/// A root that no server here has, for machines whose platform gives none.
fn root() -> Vec<u8> {
    Server::start_tls([]).certificate()
}

/// Nobody knows how far it came: what may be sent again is, and the write is left at that.
const CLOSED: [&str; 3] = ["3x closed again", "3x closed again", "1x closed unknown"];
const CLOSED_IN_BODY: [&str; 3] = [
    "3x 200 closed again",
    "3x 200 closed again",
    "1x 200 closed unknown",
];
const PROTOCOL: [&str; 3] = [
    "3x protocol again",
    "3x protocol again",
    "1x protocol unknown",
];
const PROTOCOL_IN_BODY: [&str; 3] = [
    "3x 200 protocol again",
    "3x 200 protocol again",
    "1x 200 protocol unknown",
];
const TIMEOUT: [&str; 3] = ["1x timeout again", "1x timeout again", "1x timeout unknown"];
const TIMEOUT_IN_BODY: [&str; 3] = [
    "1x 200 timeout again",
    "1x 200 timeout again",
    "1x 200 timeout unknown",
];
const NO_JSON: [&str; 3] = [
    "3x 200 not as documented again",
    "3x 200 not as documented again",
    "1x 200 not as documented unknown",
];
const OTHER_JSON: [&str; 3] = [
    "1x 200 not as documented",
    "1x 200 not as documented",
    "1x 200 not as documented unknown",
];
const TOO_LARGE: [&str; 3] = [
    "1x 200 too large",
    "1x 200 too large",
    "1x 200 too large unknown",
];
const ENCODING: [&str; 3] = [
    "3x 200 encoding again",
    "3x 200 encoding again",
    "1x 200 encoding unknown",
];
const EMPTY: [&str; 3] = [
    "3x 200 empty again",
    "3x 200 empty again",
    "1x 200 empty unknown",
];

/// Of a request whose body is large; a GET has none.
fn of_bodies(expected: [&'static str; 3]) -> [&'static str; 3] {
    let [_, change, write] = expected;
    ["", change, write]
}

#[rustfmt::skip]
fn breaks() -> Vec<Row> {
    let nothing = || Play::raw([]);
    let in_head = || Play::raw("HTTP/1.1 200 OK\r\ncontent-type: appl");
    let in_body = || Play::unsized_reply(200, &[("content-length", "27")], r#"{"type":"#);
    let in_chunk = || {
        let chunked = [("transfer-encoding", "chunked")];
        Play::unsized_reply(200, &chunked, "1b\r\n{\"type\":")
    };
    let failed = |status| Play::unsized_reply(status, &[("content-length", "99")], "half");
    vec![
        row("reset at the first byte of the request", nothing().reading(Reads::FirstByte).then_reset(), CLOSED),
        row("reset after the first line of the request", nothing().reading(Reads::FirstLine).then_reset(), CLOSED),
        row("reset after the head of the request", nothing().reading(Reads::Head).then_reset(), CLOSED),
        row("reset before a large body", nothing().reading(Reads::Head).then_reset(), of_bodies(CLOSED)).large(),
        row("reset in a large body", nothing().reading(Reads::HalfOfBody).then_reset(), of_bodies(CLOSED)).large(),
        row("reset after a large body", nothing().then_reset(), of_bodies(CLOSED)).large(),
        row("reset after the request", nothing().then_reset(), CLOSED),
        row("closed after the request", nothing().then_close(), CLOSED),
        row("reset in the head of the reply", in_head().then_reset(), CLOSED),
        row("closed in the head of the reply", in_head().then_close(), CLOSED),
        row("reset in the body of the reply", in_body().then_reset(), CLOSED_IN_BODY),
        row("closed in the body of the reply", in_body().then_close(), CLOSED_IN_BODY),
        row("reset in a chunk of the reply", in_chunk().then_reset(), CLOSED_IN_BODY),
        row("closed in a chunk of the reply", in_chunk().then_close(), CLOSED_IN_BODY),
        row("reset in the body of a 404", failed(404).then_reset(), ["1x 404"; 3]),
        row("closed in the body of a 503", failed(503).then_close(), ["3x 503 again", "3x 503 again", "1x 503 unknown"]),
    ]
}

#[rustfmt::skip]
fn cut_off() -> Vec<Row> {
    vec![
        row("cut off after the request", Play::raw([]).then_cut_off(), CLOSED),
        row("cut off in a body without a length", Play::unsized_reply(200, &[], r#"{"id":"1"}"#).then_cut_off(), CLOSED_IN_BODY),
    ]
}

/// How long the calls have that meet a server which hangs.
const SOON: Duration = Duration::from_millis(800);

#[rustfmt::skip]
fn hangs() -> Vec<Row> {
    let nothing = || Play::raw([]);
    let hang = |fault, play: Play, expected| row(fault, play.then_hang(), expected).within(SOON);
    let trickle = |fault, play: Play, expected| {
        let slowly = play.trickling(20, Duration::from_millis(5));
        row(fault, slowly, expected).within(SOON)
    };
    let body = Play::unsized_reply(200, &[("content-length", "9000")], " ".repeat(9000));
    let head = "HTTP/1.1 200 OK\r\n";
    let good = Play::reply(200, &[], r#"{"type":"contact","id":"1"}"#);
    vec![
        hang("hangs at the first byte of the request", nothing().reading(Reads::FirstByte), TIMEOUT),
        hang("hangs in a large body", nothing().reading(Reads::HalfOfBody), of_bodies(TIMEOUT)).large(),
        hang("hangs after the request", nothing(), TIMEOUT),
        hang("hangs in the head of the reply", Play::raw(head), TIMEOUT),
        hang("hangs in the body of the reply", Play::unsized_reply(200, &[("content-length", "9")], "{"), TIMEOUT_IN_BODY),
        hang("hangs in the body of a 404", Play::unsized_reply(404, &[("content-length", "9")], "{"), ["1x 404"; 3]),
        hang("hangs in the body of a 503", Play::unsized_reply(503, &[("content-length", "9")], "{"), ["1x 503 again", "1x 503 again", "1x 503 unknown"]),
        trickle("trickles a head", Play::raw(head.to_owned() + &"x-header: a value that takes its time\r\n".repeat(90)), TIMEOUT),
        trickle("trickles a body", body, TIMEOUT_IN_BODY),
        row("trickles in time", good.trickling(3, Duration::from_millis(1)), ["1x done"; 3]),
        row("a head without an end", Play::raw(head).then_endlessly("x-header: value\r\n".repeat(100)), PROTOCOL),
        row("a header without an end", Play::raw(head.to_owned() + "x: ").then_endlessly("value".repeat(100)), PROTOCOL),
        row("a first line without an end", Play::raw("HTTP/1.1 200 ").then_endlessly("OK".repeat(100)), PROTOCOL),
        trickle("trickles interim replies", Play::raw("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(200)), TIMEOUT),
        row("a body without an end", Play::unsized_reply(200, &[], "{").then_endlessly(" ".repeat(1000)), TOO_LARGE),
        row("chunks without an end", Play::unsized_reply(200, &[("transfer-encoding", "chunked")], "").then_endlessly("5\r\n     \r\n".repeat(100)), TOO_LARGE),
        row("a body that is announced too large", Play::unsized_reply(200, &[("content-length", "9999999999")], "").then_hang(), TOO_LARGE),
        row("gzip that grows too large", Play::reply(200, &[("content-encoding", "gzip")], gzip(&" ".repeat(100_000))), TOO_LARGE),
        hang("hangs before the body of a 404 that is announced too large", Play::unsized_reply(404, &[("content-length", "9999999999")], ""), ["1x 404"; 3]),
        row("the body of a 404 without an end", Play::unsized_reply(404, &[], "").then_endlessly(" ".repeat(1000)), ["1x 404"; 3]),
        row("the body of a 500 without an end", Play::unsized_reply(500, &[], "").then_endlessly(" ".repeat(1000)), ["3x 500 again", "3x 500 again", "1x 500 unknown"]),
    ]
}

const NOW: (&str, &str) = ("date", "Sun, 06 Nov 1994 08:49:37 GMT");

/// In words, its headers, its body.
type Reply = (
    &'static str,
    &'static [(&'static str, &'static str)],
    &'static str,
);

#[rustfmt::skip]
fn statuses() -> Vec<Row> {
    const ENVELOPE: &str = r#"{"type":"error.list","errors":[{"code":"service_unavailable","message":"Try later"}]}"#;
    let at_once: &[Reply] = &[
        ("without a word", &[], ""),
        ("with an envelope", &[], ENVELOPE),
        ("with the page of a proxy", &[("content-type", "text/html")], "<html><h1>Bad day</h1></html>"),
        ("to be repeated at once", &[("retry-after", "0")], ENVELOPE),
        ("to be repeated at a date that has come", &[NOW, ("retry-after", NOW.1)], ENVELOPE),
        ("to be repeated before it was sent", &[NOW, ("retry-after", "Sun, 06 Nov 1994 08:00:00 GMT")], ENVELOPE),
        ("with a wait in words", &[("retry-after", "soon")], ENVELOPE),
        ("with a negative wait", &[("retry-after", "-1")], ENVELOPE),
        ("with a wait that is no time", &[("retry-after", "99999999999999999999")], ENVELOPE),
        ("with an empty wait", &[("retry-after", "")], ENVELOPE),
        ("and the connection closes", &[("connection", "close")], ENVELOPE),
    ];
    let later: &[Reply] = &[
        ("to be repeated in an hour", &[("retry-after", "3600")], ENVELOPE),
        ("to be repeated at a later date", &[NOW, ("retry-after", "Sun, 06 Nov 1994 10:00:00 GMT")], ""),
        ("to be repeated at the end of time", &[("retry-after", "18446744073709551615")], ENVELOPE),
    ];
    let mut rows = Vec::new();
    for (status, thrice, once, unknown) in [
        (408, "3x 408 again", "1x 408 again", "1x 408 unknown"),
        (500, "3x 500 again", "1x 500 again", "1x 500 unknown"),
        (502, "3x 502 again", "1x 502 again", "1x 502 unknown"),
        (503, "3x 503 again", "1x 503 again", "1x 503 unknown"),
        (504, "3x 504 again", "1x 504 again", "1x 504 unknown"),
    ] {
        for (how, headers, body) in at_once {
            rows.push(row(how, Play::reply(status, headers, body), [thrice, thrice, unknown]));
        }
        for (how, headers, body) in later {
            rows.push(row(how, Play::reply(status, headers, body), [once, once, unknown]));
        }
    }
    for (status, once, unknown) in [
        (302, "1x 302", "1x 302 unknown"),
        (400, "1x 400", "1x 400"),
        (401, "1x 401", "1x 401"),
        (409, "1x 409", "1x 409"),
        (422, "1x 422", "1x 422"),
        (501, "1x 501", "1x 501"),
        (520, "1x 520", "1x 520 unknown"),
        (524, "1x 524", "1x 524 unknown"),
    ] {
        rows.push(row("with another status", Play::reply(status, &[("retry-after", "0")], ""), [once, once, unknown]));
    }
    rows
}

#[rustfmt::skip]
fn rates() -> Vec<Row> {
    const AGAIN: [&str; 3] = ["3x 429 again"; 3];
    const TOLD: [&str; 3] = ["1x 429 again"; 3];
    let jobs = r#"{"type":"error.list","errors":[{"code":"rate_limit_exceeded","message":"Exceeded rate limit of 5 pending reporting dataset export jobs"}]}"#;
    // When the date of `NOW` is.
    let now = "784111777";
    let soon = "784115377";
    let limit = |remaining, reset| {
        [
            NOW,
            ("x-ratelimit-limit", "167"),
            ("x-ratelimit-remaining", remaining),
            ("x-ratelimit-reset", reset),
        ]
    };
    let reply = |headers: &[(&str, &str)], body| Play::reply(429, headers, body);
    vec![
        row("to be repeated at once", reply(&[("retry-after", "0")], ""), AGAIN),
        row("to be repeated at once, by a proxy", reply(&[("retry-after", "0")], "<html>"), AGAIN),
        row("to be repeated at a date that has come", reply(&[NOW, ("retry-after", NOW.1)], ""), AGAIN),
        row("at the end of a window", reply(&limit("0", now), ""), AGAIN),
        row("to be repeated in an hour", reply(&[("retry-after", "3600")], ""), TOLD),
        row("in a window that ends in an hour", reply(&limit("0", soon), ""), TOLD),
        row("though the window has more", reply(&limit("5", now), ""), TOLD),
        row("for the number of jobs", reply(&[("retry-after", "0")], jobs), TOLD),
        // Windows take longer than these calls have.
        row("without a word", reply(&[], ""), TOLD),
        row("with a wait in words", reply(&[("retry-after", "soon")], ""), TOLD),
        row("in a window without sense", reply(&limit("none", now), ""), TOLD),
        row("in a window of a time without sense", reply(&limit("0", "99999999999999999999")  , ""), TOLD),
    ]
}

#[rustfmt::skip]
fn bodies() -> Vec<Row> {
    let page = "<html><h1>Welcome to the network of the airport</h1></html>";
    let whole = r#"{"type":"contact","id":"1"}"#;
    let encoded = [("content-encoding", "gzip")];
    let zipped = gzip(whole);
    let long = |length| Play::unsized_reply(200, &[("content-length", length)], whole);
    vec![
        row("nothing", Play::reply(200, &[], ""), EMPTY),
        row("nothing that claims to be gzip", Play::reply(200, &encoded, ""), EMPTY),
        row("nothing up to the end of the connection", Play::unsized_reply(200, &[], "").then_close(), EMPTY),
        row("no content", Play::unsized_reply(204, &[], ""), ["3x 204 empty again", "3x 204 empty again", "1x 204 empty unknown"]),
        row("a page", Play::reply(200, &[("content-type", "text/html")], page), NO_JSON),
        row("half of the JSON", Play::reply(200, &[], &whole[..13]), NO_JSON),
        row("half of the JSON up to the end of the connection", Play::unsized_reply(200, &[], &whole[..13]).then_close(), NO_JSON),
        row("JSON of another kind", Play::reply(200, &[], "[1]"), OTHER_JSON),
        row("shorter than it says", long("28").then_close(), CLOSED_IN_BODY),
        row("longer than it says", long("13").then_close(), NO_JSON),
        row("longer than it says, and more to come", long("13"), NO_JSON),
        row("a length that is no number", long("many"), PROTOCOL),
        row("a negative length", long("-1"), PROTOCOL),
        row("two lengths", Play::unsized_reply(200, &[("content-length", "27"), ("content-length", "13")], whole), PROTOCOL),
        row("a chunk that is no chunk", Play::unsized_reply(200, &[("transfer-encoding", "chunked")], "zz\r\n"), PROTOCOL_IN_BODY),
        row("no HTTP", Play::raw("SSH-2.0-OpenSSH_9.6\r\n\r\n").then_close(), PROTOCOL),
        row("a status that is no number", Play::raw("HTTP/1.1 2OO OK\r\n\r\n").then_close(), PROTOCOL),
        row("half of the gzip", Play::reply(200, &encoded, &zipped[..zipped.len() / 2]), ENCODING),
        row("gzip without its checksum", Play::reply(200, &encoded, &zipped[..zipped.len() - 8]), ENCODING),
        row("plain text that claims to be gzip", Play::reply(200, &encoded, whole), ENCODING),
        row("gzip of a page", Play::reply(200, &encoded, gzip(page)), NO_JSON),
    ]
}

#[rustfmt::skip]
fn streams() -> Vec<Row> {
    const RETURNED: [&str; 3] = ["3x closed again"; 3];
    let head = || Frame::Head(200, 27);
    let data = || Frame::Data(r#"{"type":"contact","#, false);
    let go_away = |includes, reason| Frame::GoAway { includes, reason };
    let early = |frames: &[Frame]| Play::frames(frames).reading(Reads::Head);
    vec![
        row("reset in the request", early(&[Frame::Reset(INTERNAL_ERROR)]), CLOSED),
        row("reset after the request", Play::frames([Frame::Reset(INTERNAL_ERROR)]), CLOSED),
        row("cancelled after the request", Play::frames([Frame::Reset(CANCEL)]), CLOSED),
        row("refused", Play::frames([Frame::Reset(REFUSED_STREAM)]), RETURNED),
        row("reset after the head of the reply", Play::frames([head(), Frame::Reset(INTERNAL_ERROR)]), CLOSED_IN_BODY),
        row("refused after the head of the reply", Play::frames([head(), Frame::Reset(REFUSED_STREAM)]), CLOSED_IN_BODY),
        row("reset in the body of the reply", Play::frames([head(), data(), Frame::Reset(CANCEL)]), CLOSED_IN_BODY),
        row("ended in the body of the reply, without an error", Play::frames([head(), data(), Frame::Reset(NO_ERROR)]), CLOSED_IN_BODY),
        row("the server goes away before it does the request", Play::frames([go_away(false, NO_ERROR)]), RETURNED),
        row("the server goes away before it does the request, and closes", Play::frames([go_away(false, NO_ERROR)]).then_close(), RETURNED),
        row("the server fails before it does the request", Play::frames([go_away(false, INTERNAL_ERROR)]).then_close(), RETURNED),
        row("the server fails while it does the request", Play::frames([go_away(true, INTERNAL_ERROR)]).then_close(), CLOSED),
        row("the server goes away while it does the request", Play::frames([go_away(true, NO_ERROR)]).then_close(), CLOSED),
        row("the server goes away after the request", Play::frames([go_away(true, NO_ERROR), Frame::Head(404, 0), Frame::Data("", true)]), ["1x 404"; 3]),
        row("the server goes away in the body of the reply", Play::frames([head(), data(), go_away(true, NO_ERROR)]).then_close(), CLOSED_IN_BODY),
        row("the connection is closed after the request", Play::frames([]).then_close(), CLOSED),
        row("the connection is cut off after the request", Play::frames([]).then_cut_off(), CLOSED),
        row("the connection is reset after the request", Play::frames([]).then_reset(), CLOSED),
        row("the connection is closed in the body of the reply", Play::frames([head(), data()]).then_close(), CLOSED_IN_BODY),
        row("the connection is reset in the body of the reply", Play::frames([head(), data()]).then_reset(), CLOSED_IN_BODY),
        row("more in the body than it says", Play::frames([Frame::Head(200, 3), data()]), PROTOCOL_IN_BODY),
        row("less in the body than it says", Play::frames([head(), Frame::Data("{", true)]), PROTOCOL_IN_BODY),
        row("no frame of HTTP/2", Play::frames([Frame::Malformed]), PROTOCOL),
        row("hangs after the request", Play::frames([]).then_hang(), TIMEOUT).within(SOON),
        row("hangs in the body of the reply", Play::frames([head(), data()]).then_hang(), TIMEOUT_IN_BODY).within(SOON),
    ]
}

fn no_connection_is_made(transport: &Transport) {
    // Bound, so that nobody else takes the port, but nobody listens.
    let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
    socket
        .bind(&std::net::SocketAddr::from((Ipv4Addr::LOCALHOST, 0)).into())
        .unwrap();
    let address = socket.local_addr().unwrap().as_socket().unwrap();
    for scheme in ["http", "https"] {
        let client = transport.client(&format!("{scheme}://{address}"), Duration::from_secs(8));
        for does in [Does::Read, Does::Change, Does::Write] {
            // Nothing was sent, so that even the write is tried again.
            let told = outcome(&client.call(does, 10), 0);
            assert_eq!(told, "3x connect again", "{scheme} {does:?}");
        }
    }
}

fn a_get_with_a_side_effect_is_sent_once(transport: &Transport) {
    let page = r#"{"type":"list","data":[],"scroll_param":"s"}"#;
    let server = Server::start([
        Play::reply(200, &[], page),
        Play::close_before_reply(),
        Play::reply(200, &[], page),
    ]);
    let client = transport.client(&server.url(""), Duration::from_secs(8));
    client.call(Does::ReadOnce, 0).unwrap();
    let told = outcome(&client.call(Does::ReadOnce, 0), 0);
    assert_eq!(told, "1x closed unknown");
    assert_eq!(server.requests().len(), 2);
}

fn bytes_after_a_reply_are_not_the_next(transport: &Transport) {
    let reply = |body: &str| Play::reply(200, &[], body);
    let mut poisoned = reply(r#"{"type":"contact","id":"1"}"#);
    poisoned = poisoned.followed_by(reply("<html>Not what was asked for"));
    for does in [Does::Read, Does::Change, Does::Write] {
        let server = Server::start([poisoned.clone(), reply(r#"{"type":"contact","id":"1"}"#)]);
        let client = transport.client(&server.url(""), Duration::from_secs(8));
        client.call(Does::Read, 0).unwrap();
        let told = outcome(&client.call(does, 10), 1);
        assert_eq!(told, "1x done", "{does:?}");
    }
}

fn gzip(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}
