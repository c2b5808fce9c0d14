//! Servers that keep a call waiting, wherever they can.
//!
//! Each gives a little now and then, so that a limit for each step alone would never be met.

use std::io::Read;
use std::net::SocketAddr;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;

use bytes::Bytes;
use http::Request;
use socket2::{Domain, SockRef, Socket, Type};

use super::*;

/// How much later than it should a call may end on a busy machine. It is much less than what the
/// servers here take.
const LATE: Duration = Duration::from_secs(4);

/// The times to try with, one after the other, as a busy machine may not get in the first where the
/// server makes it wait.
fn patience() -> impl Iterator<Item = Duration> {
    (0..5).map(|doubled| Duration::from_millis(200 << doubled))
}

/// Sends, and checks that this deadline ends it in time. Gives whether it counts as sent.
fn is_sent_when_cut_off(
    subject: &dyn Subject,
    request: Request<Bytes>,
    deadline: Deadline,
) -> bool {
    let error = subject.exchange(request, deadline).unwrap_err();
    assert_eq!(error.kind(), Kind::Timeout, "{error}");
    let end = deadline.until_head();
    let late = end.map(|end| end.elapsed());
    assert!(late.is_none_or(|late| late < LATE), "it came {late:?} late");
    error.may_have_been_sent()
}

/// Checks that a deadline ends it when the request was sent, with a new server at each try.
fn is_cut_off_on_its_way<S>(
    subject: &dyn Subject,
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
fn playing(play: &Play) -> (Server, Request<Bytes>) {
    let server = Server::start([play.clone()]);
    let request = request("GET", server.url("/"), "");
    (server, request)
}

pub(crate) fn a_host_that_takes_no_connection_meets_either_limit(subject: &dyn Subject) {
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

pub(crate) fn a_body_that_the_server_does_not_read_meets_the_deadline(subject: &dyn Subject) {
    // Its system takes the connection and as much as its buffers hold.
    is_cut_off_on_its_way(subject, Deadline::at, || {
        let deaf = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let request = big_request(deaf.local_addr().unwrap());
        (deaf, request)
    });
}

pub(crate) fn a_body_that_the_server_reads_in_sips_meets_the_deadline(subject: &dyn Subject) {
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

pub(crate) fn a_head_that_trickles_meets_the_deadline(subject: &dyn Subject) {
    let long = "x".repeat(4000);
    let play = Play::raw("HTTP/1.1 200 OK\r\nx: ").then_trickle(&long);
    for deadline in [Deadline::at, Deadline::head_at] {
        is_cut_off_on_its_way(subject, deadline, || playing(&play));
    }
}

pub(crate) fn a_body_that_trickles_meets_the_deadline(subject: &dyn Subject) {
    let long = "x".repeat(4000);
    let head = |headers| Play::unsized_reply(200, headers, "");
    let chunked = format!("fa0\r\n{long}");
    for play in [
        head(&[("content-length", "4000")]).then_trickle(&long),
        head(&[("transfer-encoding", "chunked")]).then_trickle(chunked),
        head(&[]).then_trickle(&long),
    ] {
        is_cut_off_on_its_way(subject, Deadline::at, || playing(&play));
    }
}

pub(crate) fn gzip_that_trickles_meets_the_deadline(subject: &dyn Subject) {
    let noise: String = (0..4000_u32)
        .map(|n| char::from(b'a' + (n.wrapping_mul(2_654_435_761) >> 27) as u8))
        .collect();
    let headers = [("content-encoding", "gzip")];
    let play = Play::unsized_reply(200, &headers, "").then_trickle(gzip(&noise));
    is_cut_off_on_its_way(subject, Deadline::at, || playing(&play));
}

pub(crate) fn tls_does_not_draw_a_deadline_out(subject: &dyn Subject) {
    let long = "x".repeat(4000);
    for play in [
        Play::raw("HTTP/1.1 200 OK\r\nx: ").then_trickle(&long),
        Play::unsized_reply(200, &[], "").then_trickle(&long),
    ] {
        let server = Server::start_tls([]);
        let subject = subject.trusting(server.certificate());
        is_cut_off_on_its_way(&*subject, Deadline::at, || {
            let server = server.another([play.clone()]);
            let request = request("GET", server.url("/"), "");
            (server, request)
        });
    }
}

pub(crate) fn a_limit_for_the_head_leaves_the_body_its_time(subject: &dyn Subject) {
    let got_there = patience().any(|patience| {
        // A byte comes every 5 ms.
        let body = "x".repeat(usize::try_from(patience.as_millis()).unwrap() / 2);
        let length = body.len().to_string();
        let head = Play::unsized_reply(200, &[("content-length", &length)], "");
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
    /// `None` where the system takes connections beyond the length of the queue.
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

pub(crate) fn a_body_that_pauses_for_longer_than_it_may_is_a_timeout(subject: &dyn Subject) {
    let half = || Play::unsized_reply(200, &[("content-length", "100")], "half").then_hang();
    let idle = Deadline::none().with_idle(Some(Duration::from_millis(50)));
    let server = Server::start([half()]);
    let secured = Server::start_tls([half()]);
    let trusting = subject.trusting(secured.certificate());
    for (subject, server) in [(subject, &server), (&*trusting, &secured)] {
        let error = subject.exchange(request("GET", server.url("/"), ""), idle);
        let error = error.unwrap_err();
        assert_eq!(
            (error.kind(), error.may_have_been_sent()),
            (Kind::Timeout, true),
            "{error}"
        );
    }
}

pub(crate) fn a_body_that_is_slow_does_not_pause(subject: &dyn Subject) {
    let body = "x".repeat(100);
    let server = Server::start([
        Play::unsized_reply(200, &[("content-length", "100")], "").then_trickle(&body)
    ]);
    let idle = Deadline::none().with_idle(Some(Duration::from_secs(5)));
    let response = subject.exchange(request("GET", server.url("/"), ""), idle);
    assert_eq!(response.unwrap().body(), body.as_bytes());
}
