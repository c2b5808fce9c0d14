//! Compressed replies.

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use http::Method;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH};
use intercom_core::transport::TransportErrorKind;

use crate::server::{Server, ok, read, send, text};

const GZIP: &str = "content-encoding: gzip\r\n";

fn compress(data: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).unwrap();
    encoder.finish().unwrap()
}

/// What comes of this body when it is called gzip.
async fn outcome(body: &[u8]) -> (Vec<u8>, Option<TransportErrorKind>) {
    let server = Server::replying(ok(GZIP, body)).await;
    let response = send(server.get()).await.unwrap();
    let (read, error) = read(response.into_body()).await;
    (read, error.map(|error| error.kind()))
}

#[tokio::test]
async fn a_gzip_reply_is_decompressed_and_loses_its_encoding_headers() {
    let server = Server::replying(ok(GZIP, &compress(b"a contact"))).await;
    let response = send(server.get()).await.unwrap();
    assert!(!response.headers().contains_key(CONTENT_ENCODING));
    assert!(!response.headers().contains_key(CONTENT_LENGTH));
    assert_eq!(text(response.into_body()).await, "a contact");
}

#[tokio::test]
async fn a_reply_that_is_a_gzip_file_stays_one() {
    let file = compress(b"id,name\n");
    let server = Server::replying(ok("content-type: application/gzip\r\n", &file)).await;
    let response = send(server.get()).await.unwrap();
    assert_eq!(read(response.into_body()).await.0, file);
}

#[tokio::test]
async fn truncated_gzip_is_an_encoding_error() {
    let compressed = compress(b"a contact");
    let (_, error) = outcome(&compressed[..compressed.len() - 4]).await;
    assert_eq!(error, Some(TransportErrorKind::Encoding));
}

#[tokio::test]
async fn invalid_gzip_is_an_encoding_error() {
    let (read, error) = outcome(b"{\"type\":\"contact\"}").await;
    assert_eq!(error, Some(TransportErrorKind::Encoding));
    assert!(read.is_empty());
}

#[tokio::test]
async fn gzip_that_the_connection_cut_off_is_a_broken_connection() {
    let mut reply = ok(GZIP, &compress(b"a contact"));
    reply.truncate(reply.len() - 4);
    let server = Server::replying_once(reply).await;
    let response = send(server.get()).await.unwrap();
    let (_, error) = read(response.into_body()).await;
    assert_eq!(error.unwrap().kind(), TransportErrorKind::Closed);
}

#[tokio::test]
async fn members_that_follow_each_other_are_one_body() {
    let both = [compress(b"one, "), compress(b"two")].concat();
    assert_eq!(outcome(&both).await, (b"one, two".to_vec(), None));
}

#[tokio::test]
async fn a_gzip_bomb_arrives_in_small_pieces() {
    const SIZE: usize = 8 << 20;
    let server = Server::replying(ok(GZIP, &compress(&vec![0; SIZE]))).await;
    let mut body = send(server.get()).await.unwrap().into_body();
    let mut total = 0;
    while let Some(piece) = body.chunk().await {
        let piece = piece.unwrap();
        assert!(piece.len() <= 64 * 1024, "a piece of {} bytes", piece.len());
        total += piece.len();
    }
    assert_eq!(total, SIZE);
}

#[tokio::test]
async fn a_reply_without_a_body_is_empty_whatever_it_says_of_its_encoding() {
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: 40\r\n{GZIP}\r\n");
    let server = Server::replying(head).await;
    let mut request = server.get();
    *request.method_mut() = Method::HEAD;
    let response = send(request).await.unwrap();
    assert_eq!(response.headers()[CONTENT_LENGTH], "40");
    assert_eq!(text(response.into_body()).await, "");

    let server = Server::replying(format!("HTTP/1.1 204 No Content\r\n{GZIP}\r\n")).await;
    let response = send(server.get()).await.unwrap();
    assert_eq!(text(response.into_body()).await, "");

    let chunked = format!("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n{GZIP}\r\n0\r\n\r\n");
    let server = Server::replying(chunked).await;
    let response = send(server.get()).await.unwrap();
    assert_eq!(text(response.into_body()).await, "");
}
