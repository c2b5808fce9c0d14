//! The blocking transport on ureq, and what only it promises.

use std::io::Read;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Request;
use intercom_core::transport::blocking::Transport;
use intercom_core::transport::{Deadline, TransportError, TransportErrorKind as Kind};
use intercom_transport_tests::{Exchange, Identity, Server, Subject};
use intercom_transport_ureq::UreqTransport;

use super::set_up;

pub(crate) fn subject() -> Subject {
    Subject::blocking(|setup| set_up!(UreqTransport::builder(), setup))
}

fn transport() -> UreqTransport {
    let builder = UreqTransport::builder();
    // A root of its own makes the test independent of those of the platform.
    let builder = builder.root_certificates([Identity::of(&["nobody"]).der().0]);
    builder.build().unwrap()
}

/// Sends a request with this method and reads the body of its response.
fn exchange(
    transport: &UreqTransport,
    method: &str,
    url: String,
) -> Result<Vec<u8>, TransportError> {
    let request = Request::builder().method(method).uri(url);
    let request = request.body(Bytes::new()).unwrap();
    let soon = Deadline::at(Instant::now() + Duration::from_secs(30));
    let mut bytes = Vec::new();
    let mut body = transport.send(request, soon)?.into_body();
    body.read_to_end(&mut bytes)
        .map_err(TransportError::from_body_error)?;
    Ok(bytes)
}

#[test]
fn a_read_that_meets_a_closing_connection_is_sent_once() {
    let script = [
        Exchange::reply(200, &[], "1"),
        Exchange::close_before_reply(),
    ];
    let server = Server::start(script);
    let transport = transport();
    exchange(&transport, "GET", server.url("/first")).unwrap();
    let error = exchange(&transport, "GET", server.url("/second")).unwrap_err();
    assert_eq!(
        (error.kind(), error.may_have_been_sent()),
        (Kind::Closed, true),
        "{error}"
    );
    assert_eq!(server.requests().len(), 2);
}

#[test]
fn a_write_finds_that_its_idle_connection_was_closed() {
    let script = [
        Exchange::reply(200, &[], "1").then_close(),
        Exchange::reply(200, &[], "2"),
    ];
    let server = Server::start(script);
    let transport = transport();
    exchange(&transport, "GET", server.url("/first")).unwrap();
    server.wait_for_closed(1);
    let second = exchange(&transport, "POST", server.url("/second"));
    assert_eq!(second.unwrap(), b"2");
    assert_eq!(server.connections(), 2);
}

#[test]
fn clones_share_the_connections() {
    let server = Server::start([
        Exchange::reply(200, &[], "1"),
        Exchange::reply(200, &[], "2"),
    ]);
    let first = transport();
    let second = first.clone();
    for transport in [&first, &second] {
        exchange(transport, "GET", server.url("/")).unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_body_arrives_while_the_server_still_writes() {
    let headers = [("content-length", "10")];
    let server = Server::start([Exchange::unsized_reply(200, &headers, "start").then_hang()]);
    let request = Request::get(server.url("/")).body(Bytes::new()).unwrap();
    let response = transport().send(request, Deadline::none()).unwrap();
    let mut start = [0; 5];
    response.into_body().read_exact(&mut start).unwrap();
    assert_eq!(&start, b"start");
}

#[test]
fn it_works_in_a_thread_for_blocking_work_and_in_a_task_itself() {
    let server = Server::start([
        Exchange::reply(200, &[], "1"),
        Exchange::reply(200, &[], "2"),
    ]);
    let (transport, url) = (transport(), server.url("/"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (there, to) = (transport.clone(), url.clone());
        let first = tokio::task::spawn_blocking(move || exchange(&there, "GET", to));
        assert_eq!(first.await.unwrap().unwrap(), b"1");
        // It holds the task up, as any blocking call does, and no more.
        assert_eq!(exchange(&transport, "GET", url).unwrap(), b"2");
    });
}
