//! The async transport on hyper.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use intercom_core::Client;
use intercom_core::api::admins;
use intercom_transport_hyper::HyperTransport;
use intercom_transport_tests::{Identity, Subject};

use super::set_up;

pub(crate) fn subject() -> Subject {
    Subject::on_tokio(|setup| set_up!(HyperTransport::builder(), setup))
}

#[test]
fn outside_of_a_runtime_a_client_fails_at_once_and_says_why() {
    let builder = HyperTransport::builder();
    // A root of its own makes the test independent of those of the platform.
    let builder = builder.root_certificates([Identity::of(&["nobody"]).der().0]);
    let client = Client::new(builder.build().unwrap(), "token");
    let me = admins::Me::new();
    let mut call = pin!(client.call(&me));
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("it waits for a runtime that is not there");
    };
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}
