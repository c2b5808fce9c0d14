//! What happens between a client and its transport.

#![allow(clippy::unwrap_used, reason = "a broken test may panic")]

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{Request, Response};
use intercom_core::transport::{
    self, Body, Deadline, Transport, TransportError, TransportErrorKind, async_trait, blocking,
};

/// Takes requests of both clients, and replies with `hello` in gzip.
#[derive(Debug, Clone, Default)]
struct Zipping(Arc<Mutex<Vec<Request<Bytes>>>>);

impl Zipping {
    fn reply(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.0.lock().unwrap().push(request);
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(b"hello").unwrap();
        let reply = Response::builder()
            .header("content-encoding", "gzip")
            .header("content-length", "25");
        reply.body(encoder.finish().unwrap().into()).unwrap()
    }

    /// Sends a request as each of the clients does.
    fn send(&self, url: &str) -> [Result<Response<Vec<u8>>, TransportError>; 2] {
        let request = || Request::get(url).body(Bytes::new()).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread();
        let runtime = { runtime }.build().unwrap();
        let asynchronous: Arc<dyn Transport> = Arc::new(self.clone());
        let first = runtime.block_on(async {
            let response = transport::send(&asynchronous, request(), Deadline::none()).await?;
            let (head, mut body) = response.into_parts();
            let mut whole = Vec::new();
            while let Some(piece) = body.chunk().await {
                whole.extend_from_slice(&piece?);
            }
            Ok(Response::from_parts(head, whole))
        });
        let blocking: Arc<dyn blocking::Transport> = Arc::new(self.clone());
        let second = blocking::send(&blocking, request(), Deadline::none()).map(|response| {
            response.map(|mut body| {
                let mut whole = Vec::new();
                std::io::Read::read_to_end(&mut body, &mut whole).unwrap();
                whole
            })
        });
        [first, second]
    }
}

#[async_trait]
impl Transport for Zipping {
    async fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<Body>, TransportError> {
        Ok(self.reply(request).map(Body::from))
    }

    async fn sleep(&self, _: Duration) {}
}

impl blocking::Transport for Zipping {
    fn send(
        &self,
        request: Request<Bytes>,
        _: Deadline,
    ) -> Result<Response<blocking::Body>, TransportError> {
        Ok(self.reply(request).map(blocking::Body::from))
    }

    fn sleep(&self, _: Duration) {}
}

#[test]
fn gzip_is_requested_and_decompressed_above_the_transport() {
    let transport = Zipping::default();
    for response in transport.send("https://api.intercom.io/me") {
        let response = response.unwrap();
        assert_eq!(response.body(), b"hello");
        assert!(response.headers().is_empty(), "{:?}", response.headers());
    }
    for request in &*transport.0.lock().unwrap() {
        assert_eq!(request.headers()["accept-encoding"], "gzip");
    }
}

#[test]
fn a_url_that_would_show_the_token_to_the_network_reaches_no_transport() {
    let transport = Zipping::default();
    for url in [
        "http://api.intercom.io/me",
        "http://[::1].evil.example/me",
        "https://ada:secret@api.intercom.io/me",
    ] {
        let Ok(_) = url.parse::<http::Uri>() else {
            continue;
        };
        for response in transport.send(url) {
            let error = response.unwrap_err();
            assert_eq!(error.kind(), TransportErrorKind::Refused, "{url}");
            assert!(!error.may_have_been_sent(), "{url}");
        }
    }
    assert_eq!(transport.0.lock().unwrap().len(), 0);
}
