//! Servers that do not answer in time. The limits are short, and nothing else ends the waiting.

use std::future::pending;
use std::time::{Duration, Instant};

use intercom_core::transport::{Deadline, Transport, TransportError, TransportErrorKind};
use intercom_transport_hyper::HyperTransport;
use tokio::io::AsyncWriteExt;

use crate::server::{Server, get, read_head, send_by, transport};

const SHORT: Duration = Duration::from_millis(50);

/// Tries with a short time, and with longer ones where a busy machine did not get far enough in that.
async fn patiently<T>(attempt: impl AsyncFn(Duration) -> Option<T>) -> T {
    let mut time = SHORT;
    loop {
        if let Some(outcome) = attempt(time).await {
            return outcome;
        }
        time *= 2;
        assert!(time < 200 * SHORT, "it never got far enough");
    }
}

fn soon() -> Deadline {
    Deadline::at(Instant::now() + SHORT)
}

/// A server that answers with this, and then neither goes on nor hangs up.
async fn server_that_hangs_after(reply: &'static [u8]) -> Server {
    Server::start(move |mut stream| async move {
        read_head(&mut stream).await;
        stream.write_all(reply).await.unwrap();
        pending().await
    })
    .await
}

/// Waits for a TLS handshake that is never answered.
async fn handshake(transport: &HyperTransport, deadline: Deadline) -> TransportError {
    let server = Server::start(|stream| async move {
        let _open = stream;
        pending().await
    })
    .await;
    let request = get(&format!("https://{}/", server.address));
    transport.send(request, deadline).await.unwrap_err()
}

#[tokio::test]
async fn a_connect_timeout_means_nothing_was_sent() {
    let patient = transport();
    let impatient = HyperTransport::builder()
        .root_certificates([crate::tls::Identity::new().der()])
        .connect_timeout(SHORT)
        .build()
        .unwrap();
    let none = Deadline::none();
    for error in [
        handshake(&impatient, none).await,
        handshake(&patient, none.with_connect(Some(SHORT))).await,
        handshake(&patient, soon()).await,
    ] {
        assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error}");
        assert!(!error.may_have_been_sent(), "{error}");
    }
}

#[tokio::test]
async fn a_call_cannot_lengthen_the_connect_timeout() {
    let impatient = HyperTransport::builder()
        .root_certificates([crate::tls::Identity::new().der()])
        .connect_timeout(SHORT)
        .build()
        .unwrap();
    let longer = Deadline::none().with_connect(Some(Duration::from_secs(600)));
    let error = handshake(&impatient, longer).await;
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}

#[tokio::test]
async fn a_response_that_does_not_begin_in_time_leaves_the_request_sent() {
    let server = server_that_hangs_after(b"").await;
    patiently(async |time| {
        let deadline = Deadline::at(Instant::now() + time);
        let error = transport().send(server.get(), deadline).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout);
        error.may_have_been_sent().then_some(())
    })
    .await;
}

#[tokio::test]
async fn the_connect_limit_does_not_limit_the_response() {
    let server = server_that_hangs_after(b"").await;
    patiently(async |time| {
        let deadline = Deadline::at(Instant::now() + 4 * time).with_connect(Some(time));
        let error = transport().send(server.get(), deadline).await.unwrap_err();
        error.may_have_been_sent().then_some(())
    })
    .await;
}

#[tokio::test]
async fn a_body_that_does_not_end_in_time_breaks_off() {
    let server =
        server_that_hangs_after(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfirst").await;
    let error = patiently(async |time| {
        let deadline = Deadline::at(Instant::now() + time);
        let response = send_by(&transport(), server.get(), deadline).await.ok()?;
        let (read, error) = crate::server::read(response.into_body()).await;
        (read == b"first").then_some(error.unwrap())
    })
    .await;
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
}

#[tokio::test]
async fn a_body_read_after_the_deadline_fails_even_if_it_has_arrived() {
    let server = Server::replying(crate::server::ok("", b"all of it")).await;
    let (deadline, response) = patiently(async |time| {
        let deadline = Instant::now() + time;
        let end = Deadline::at(deadline);
        let response = send_by(&transport(), server.get(), end).await;
        Some((deadline, response.ok()?))
    })
    .await;
    tokio::time::sleep_until(deadline.into()).await;
    let (read, error) = crate::server::read(response.into_body()).await;
    assert_eq!(read, b"");
    assert_eq!(error.unwrap().kind(), TransportErrorKind::Timeout);
}

#[tokio::test]
async fn after_the_deadline_nothing_is_sent() {
    let server = server_that_hangs_after(b"").await;
    let error = transport()
        .send(server.get(), Deadline::at(Instant::now()))
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(!error.may_have_been_sent());
    assert_eq!(server.connections(), 0);
}
