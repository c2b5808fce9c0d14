//! Which connections are kept, and for how long.

use std::time::Duration;

use crate::server::{Exchange, Server};
use crate::subject::{Setup, Subject};

/// Two requests of a transport that is set up so, and how many connections they took.
fn connections_of_two_calls(subject: &Subject, setup: Setup) -> usize {
    let server = Server::start([
        Exchange::reply(200, &[], "1"),
        Exchange::reply(200, &[], "2"),
    ]);
    let roots = vec![Server::start_tls([]).certificate()];
    let subject = subject.set_up(&Setup { roots, ..setup }).unwrap();
    subject.get(server.url("/")).unwrap();
    subject.get(server.url("/")).unwrap();
    server.connections()
}

pub(crate) fn a_connection_is_kept_for_the_next_call(subject: &Subject) {
    assert_eq!(connections_of_two_calls(subject, Setup::default()), 1);
}

pub(crate) fn a_pool_of_size_zero_opens_a_connection_per_call(subject: &Subject) {
    let setup = Setup {
        max_idle: Some(0),
        ..Setup::default()
    };
    assert_eq!(connections_of_two_calls(subject, setup), 2);
}

pub(crate) fn a_connection_that_was_idle_for_too_long_is_not_used(subject: &Subject) {
    let setup = Setup {
        idle_timeout: Some(Duration::ZERO),
        ..Setup::default()
    };
    assert_eq!(connections_of_two_calls(subject, setup), 2);
}

pub(crate) fn a_connection_that_is_too_old_takes_no_more_calls(subject: &Subject) {
    let setup = Setup {
        max_age: Some(Duration::ZERO),
        ..Setup::default()
    };
    assert_eq!(connections_of_two_calls(subject, setup), 2);
}
