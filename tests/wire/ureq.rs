//! The blocking transport on ureq, and what it alone promises.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::io::Read;

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::blocking::Transport;
use intercom_core::transport::{Deadline, TransportError};
use intercom_transport_ureq::UreqTransport;

use super::*;

pub(crate) fn subject() -> UreqTransport {
    // A root that no server here has, for machines whose platform gives none.
    let roots = vec![Server::start_tls([]).certificate()];
    let setup = Setup {
        roots,
        ..Setup::default()
    };
    set_up!(UreqTransport::builder(), &setup).unwrap()
}

impl Subject for UreqTransport {
    fn set_up(&self, setup: &Setup) -> Result<Box<dyn Subject>, String> {
        Ok(Box::new(set_up!(UreqTransport::builder(), setup)?))
    }

    fn debug(&self) -> String {
        format!("{self:?}")
    }

    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        let (parts, mut body) = self.send(request, deadline)?.into_parts();
        let mut bytes = Vec::new();
        body.read_to_end(&mut bytes)
            .map_err(TransportError::from_body_error)?;
        Ok(Response::from_parts(parts, bytes))
    }
}

#[test]
fn a_read_that_meets_a_closing_connection_is_sent_once() {
    let script = [Play::reply(200, &[], "1"), Play::close_before_reply()];
    let server = Server::start(script);
    let subject: &dyn Subject = &subject();
    subject.get(server.url("/first")).unwrap();
    let error = subject.get(server.url("/second")).unwrap_err();
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
        Play::reply(200, &[], "1").then_close(),
        Play::reply(200, &[], "2"),
    ];
    let server = Server::start(script);
    let subject: &dyn Subject = &subject();
    subject.get(server.url("/first")).unwrap();
    server.wait_for_closed(1);
    assert_eq!(
        subject.post(server.url("/second"), "{}").unwrap().body(),
        b"2"
    );
    assert_eq!(server.connections(), 2);
}

#[test]
fn clones_share_the_connections() {
    let server = Server::start([Play::reply(200, &[], "1"), Play::reply(200, &[], "2")]);
    let first = subject();
    let second = first.clone();
    for subject in [&first as &dyn Subject, &second] {
        subject.get(server.url("/")).unwrap();
    }
    assert_eq!(server.connections(), 1);
}

#[test]
fn a_body_arrives_while_the_server_still_writes() {
    let bytes = gzip(&"a".repeat(100_000));
    let announced = (bytes.len() + 1).to_string();
    let headers = [
        ("content-encoding", "gzip"),
        ("content-length", announced.as_str()),
    ];
    let server = Server::start([Play::unsized_reply(200, &headers, bytes).then_hang()]);
    let request = request("GET", server.url("/"), "");
    let mut body = subject()
        .send(request, Deadline::none())
        .unwrap()
        .into_body();
    let mut start = [0; 10];
    body.read_exact(&mut start).unwrap();
    assert_eq!(&start, b"aaaaaaaaaa");
}

#[test]
fn it_works_in_a_thread_for_blocking_work_and_in_a_task_itself() {
    let server = Server::start([Play::reply(200, &[], "1"), Play::reply(200, &[], "2")]);
    let (subject, url) = (subject(), server.url("/"));
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(async {
        let (there, to) = (subject.clone(), url.clone());
        let first = tokio::task::spawn_blocking(move || (&there as &dyn Subject).get(to));
        assert_eq!(first.await.unwrap().unwrap().body(), b"1");
        // It holds the task up, as any blocking call does, and no more.
        assert_eq!((&subject as &dyn Subject).get(url).unwrap().body(), b"2");
    });
}
