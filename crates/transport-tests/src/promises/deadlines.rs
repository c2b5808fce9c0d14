//! Servers that keep a call waiting, in every phase of it.
//!
//! Most of them send a little now and then, so that a limit for each step alone would never be met.

use std::io::Read;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use intercom_core::transport::{Deadline, TransportErrorKind as Kind};
use socket2::{Domain, SockRef, Socket, Type};

use crate::server::{Exchange, Server};
use crate::subject::{Subject, request};

/// How much later than it should a call may end on a busy machine. It is much less than what the
/// servers here take.
const LATE: Duration = Duration::from_secs(4);

/// The times to try with, one after the other, as a busy machine may not get in the first where the
/// server makes it wait.
fn patience() -> impl Iterator<Item = Duration> {
    (0..5).map(|doubled| Duration::from_millis(200 << doubled))
}

/// Sends, and checks that this deadline ends it in time. Gives whether it counts as sent.
fn is_sent_when_cut_off(subject: &Subject, request: Request<Bytes>, deadline: Deadline) -> bool {
    let error = subject.exchange(request, deadline).unwrap_err();
    assert_eq!(error.kind(), Kind::Timeout, "{error}");
    let end = deadline.until_head();
    let late = end.map(|end| end.elapsed());
    assert!(late.is_none_or(|late| late < LATE), "it came {late:?} late");
    error.may_have_been_sent()
}

/// Checks that a deadline ends it when the request was sent, with a new server at each try.
pub(super) fn is_cut_off_on_its_way<S>(
    subject: &Subject,
    deadline: fn(Instant) -> Deadline,
    server: impl Fn() -> (S, Request<Bytes>),
) {
    let got_there = patience().any(|patience| {
        let (_server, request) = server();
        is_sent_when_cut_off(subject, request, deadline(Instant::now() + patience))
    });
    assert!(got_there, "it counts as not sent");
}

/// A server with this play, and a request to it.
fn playing(exchange: &Exchange) -> (Server, Request<Bytes>) {
    let server = Server::start([exchange.clone()]);
    let request = request("GET", server.url("/"), "");
    (server, request)
}

pub(crate) fn a_host_that_takes_no_connection_meets_either_limit(subject: &Subject) {
    let Some(full) = FullHost::new() else {
        // There may be none on other systems.
        assert_ne!(std::env::consts::OS, "linux", "its queue is never full");
        return;
    };
    let post = || request("POST", format!("http://{}/", full.address), "{}");
    let connect = Deadline::none().with_connect(Some(Duration::from_millis(50)));
    for deadline in [connect, soon()] {
        assert!(!is_sent_when_cut_off(subject, post(), deadline));
    }
}

pub(crate) fn a_body_that_the_server_does_not_read_meets_the_deadline(subject: &Subject) {
    // Its system takes the connection and as much as its buffers hold.
    is_cut_off_on_its_way(subject, Deadline::at, || {
        let deaf = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let request = big_request(deaf.local_addr().unwrap());
        (deaf, request)
    });
}

pub(crate) fn a_body_that_the_server_reads_in_sips_meets_the_deadline(subject: &Subject) {
    is_cut_off_on_its_way(subject, Deadline::at, || {
        let slow = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let request = big_request(slow.local_addr().unwrap());
        // It ends with what is given here.
        let (over, is_over) = mpsc::channel::<()>();
        thread::spawn(move || {
            let (mut socket, _) = slow.accept().unwrap();
            SockRef::from(&socket).set_recv_buffer_size(4096).unwrap();
            while is_over.recv_timeout(Duration::from_millis(5)) == Err(RecvTimeoutError::Timeout) {
                // A client that gave up may have closed it.
                let _ = socket.read(&mut [0; 4096]);
            }
        });
        (over, request)
    });
}

pub(crate) fn a_head_that_trickles_meets_the_deadline(subject: &Subject) {
    let long = "x".repeat(4000);
    let play = Exchange::raw("HTTP/1.1 200 OK\r\nx: ").then_trickle(&long);
    for deadline in [Deadline::at, Deadline::head_at] {
        is_cut_off_on_its_way(subject, deadline, || playing(&play));
    }
}

pub(crate) fn a_body_that_trickles_meets_the_deadline(subject: &Subject) {
    let long = "x".repeat(4000);
    let head = |headers| Exchange::unsized_reply(200, headers, "");
    let chunked = format!("fa0\r\n{long}");
    for play in [
        head(&[("content-length", "4000")]).then_trickle(&long),
        head(&[("transfer-encoding", "chunked")]).then_trickle(chunked),
        head(&[]).then_trickle(&long),
    ] {
        is_cut_off_on_its_way(subject, Deadline::at, || playing(&play));
    }
}

pub(crate) fn a_limit_for_the_head_leaves_the_body_its_time(subject: &Subject) {
    let got_there = patience().any(|patience| {
        // A byte comes every 5 ms.
        let body = "x".repeat(usize::try_from(patience.as_millis()).unwrap() / 2);
        let length = body.len().to_string();
        let head = Exchange::unsized_reply(200, &[("content-length", &length)], "");
        let (_server, request) = playing(&head.then_trickle(&body));
        let limit = Instant::now() + patience;
        let Ok(response) = subject.exchange(request, Deadline::head_at(limit)) else {
            return false;
        };
        assert_eq!(response.body(), body.as_bytes());
        assert!(Instant::now() > limit, "the body came too soon");
        true
    });
    assert!(got_there, "the limit for the head ended the body");
}

/// More than all buffers on the way hold.
fn big_request(to: SocketAddr) -> Request<Bytes> {
    let mut request = request("POST", format!("http://{to}/"), "");
    *request.body_mut() = vec![0; 32 << 20].into();
    request
}

/// A host that answers to no connection, as its queue of them is full.
struct FullHost {
    address: SocketAddr,
    _listener: Socket,
    _queue: Vec<Socket>,
}

impl FullHost {
    /// `None` if the system accepts connections beyond the length of the queue.
    fn new() -> Option<Self> {
        let listener = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let any = SocketAddr::from((Ipv4Addr::LOCALHOST, 0));
        listener.bind(&any.into()).unwrap();
        listener.listen(0).unwrap();
        let address = listener.local_addr().unwrap();
        let mut queue = Vec::new();
        for _ in 0..16 {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            if socket
                .connect_timeout(&address, Duration::from_millis(50))
                .is_err()
            {
                return Some(Self {
                    address: address.as_socket().unwrap(),
                    _listener: listener,
                    _queue: queue,
                });
            }
            queue.push(socket);
        }
        None
    }
}

pub(crate) fn a_body_that_pauses_for_longer_than_it_may_is_a_timeout(subject: &Subject) {
    let half = || Exchange::unsized_reply(200, &[("content-length", "100")], "half").then_hang();
    let idle = Deadline::none().with_idle(Some(Duration::from_millis(50)));
    let server = Server::start([half()]);
    let secured = Server::start_tls([half()]);
    let trusting = subject.trusting(secured.certificate());
    for (subject, server) in [(subject, &server), (&trusting, &secured)] {
        let error = subject.exchange(request("GET", server.url("/"), ""), idle);
        let error = error.unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Timeout, true),
            "{error}"
        );
    }
}

pub(crate) fn a_body_that_is_slow_does_not_pause(subject: &Subject) {
    let body = "x".repeat(100);
    let server = Server::start([
        Exchange::unsized_reply(200, &[("content-length", "100")], "").then_trickle(&body),
    ]);
    let idle = Deadline::none().with_idle(Some(Duration::from_secs(5)));
    let response = subject.exchange(request("GET", server.url("/"), ""), idle);
    assert_eq!(response.unwrap().body(), body.as_bytes());
}

pub(crate) fn a_server_that_hangs_before_its_reply_meets_the_deadline(subject: &Subject) {
    let server = Server::start([Exchange::hang_before_reply()]);
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

pub(crate) fn a_server_that_hangs_in_its_body_meets_the_deadline(subject: &Subject) {
    let half = Exchange::unsized_reply(200, &[("content-length", "8")], "half").then_hang();
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

pub(crate) fn a_server_that_hangs_in_its_handshake_meets_the_limit_for_connecting(
    subject: &Subject,
) {
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

pub(crate) fn a_deadline_that_has_passed_sends_nothing(subject: &Subject) {
    let server = Server::start([Exchange::reply(200, &[], "")]);
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

/// A deadline that only a hanging server exceeds.
pub(crate) fn soon() -> Deadline {
    Deadline::at(Instant::now() + Duration::from_millis(50))
}

/// A body of which four bytes arrive, followed by the extension of a chunk, a byte every 5 ms.
fn extended() -> Exchange {
    let chunked = [("transfer-encoding", "chunked")];
    let begun = Exchange::unsized_reply(200, &chunked, "4\r\nhalf\r\n4;");
    begun.then_trickle("x".repeat(4000))
}

pub(crate) fn chunk_extensions_are_a_pause_of_the_body(subject: &Subject) {
    let (_server, request) = playing(&extended());
    let idle = Deadline::none().with_idle(Some(Duration::from_millis(50)));
    let started = Instant::now();
    let error = subject.exchange(request, idle).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Timeout, true),
        "{error}"
    );
    assert!(started.elapsed() < LATE, "{:?}", started.elapsed());
}

pub(crate) fn chunk_extensions_without_end_meet_the_deadline(subject: &Subject) {
    is_cut_off_on_its_way(subject, Deadline::at, || playing(&extended()));
    // At full speed, a transport may also call it invalid.
    let chunked = [("transfer-encoding", "chunked")];
    let endless = Exchange::unsized_reply(200, &chunked, "4;").then_endlessly("x".repeat(1000));
    let (_server, request) = playing(&endless);
    let end = Instant::now() + Duration::from_millis(500);
    let error = subject.exchange(request, Deadline::at(end)).unwrap_err();
    assert!(
        matches!(error.kind(), Kind::Timeout | Kind::Protocol),
        "{error}"
    );
    assert!(end.elapsed() < LATE, "it came {:?} late", end.elapsed());
}
