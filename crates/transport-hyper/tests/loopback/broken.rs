//! Connections and replies that break, and what is said about them.

use bytes::Bytes;
use http::Request;
use intercom_core::transport::{TransportError, TransportErrorKind};
use std::error::Error as _;
use tokio::io::AsyncReadExt;
use tokio::net::TcpListener;

use crate::server::{Server, get, read, read_head, send};

#[tokio::test]
async fn a_refused_connection_sent_nothing() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    for url in [format!("http://{address}/"), format!("https://{address}/")] {
        let error = send(get(&url)).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error}");
        assert!(!error.may_have_been_sent());
        assert!(error.source().is_some());
    }
}

#[tokio::test]
async fn a_write_is_not_retried_after_the_server_hangs_up() {
    let server = Server::start(|mut stream| async move {
        read_head(&mut stream).await;
    })
    .await;
    let request = Request::post(format!("http://{}/", server.address))
        .body(Bytes::new())
        .unwrap();
    let error = send(request).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Closed);
    assert!(error.may_have_been_sent());
    assert!(error.source().is_some());
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_reset_connection_may_have_processed_the_request() {
    let server = Server::start(|mut stream| async move {
        // Closing with unread input resets.
        stream.read_u8().await.unwrap();
    })
    .await;
    let error = send(server.get()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Closed, "{error}");
    assert!(error.may_have_been_sent());
}

#[tokio::test]
async fn a_reply_that_is_not_http_is_a_protocol_error() {
    for reply in ["SSH-2.0-OpenSSH_9.6\r\n\r\n", "HTTP/1.1 2OO OK\r\n\r\n"] {
        let server = Server::replying_once(reply).await;
        let error = send(server.get()).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Protocol, "{reply}");
        assert!(error.may_have_been_sent());
    }
}

/// The body of a reply after which the server hangs up, as far as it came.
async fn body_of(reply: &str) -> (Vec<u8>, TransportError) {
    let server = Server::replying_once(reply).await;
    let response = send(server.get()).await.unwrap();
    let (read, error) = read(response.into_body()).await;
    (read, error.expect("the body should break off"))
}

#[tokio::test]
async fn a_body_shorter_than_announced_breaks_off() {
    let (read, error) = body_of("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfirst").await;
    assert_eq!(read, b"first");
    assert_eq!(error.kind(), TransportErrorKind::Closed);
    assert!(error.source().is_some());
}

#[tokio::test]
async fn an_announced_length_is_not_trusted() {
    let (read, error) = body_of("HTTP/1.1 200 OK\r\ncontent-length: 2147483648\r\n\r\nsmall").await;
    assert_eq!(read, b"small");
    assert_eq!(error.kind(), TransportErrorKind::Closed);
}

#[tokio::test]
async fn a_chunked_body_without_its_end_breaks_off() {
    let (read, error) =
        body_of("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\n").await;
    assert_eq!(read, b"first");
    assert_eq!(error.kind(), TransportErrorKind::Closed);
}

#[tokio::test]
async fn a_chunk_without_a_size_is_a_protocol_error() {
    let (read, error) =
        body_of("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nfirst\r\nzz\r\n").await;
    assert_eq!(read, b"first");
    assert_eq!(error.kind(), TransportErrorKind::Protocol);
}
