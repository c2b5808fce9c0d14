//! TLS, and HTTP/2 over it.

use std::error::Error as _;
use std::future::Future;
use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response, Version};
use intercom_core::transport::{Deadline, Transport, TransportErrorKind};
use intercom_transport_hyper::{BuildError, HyperTransport, HyperTransportBuilder};
use rustls::pki_types::PrivatePkcs8KeyDer;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;
use tokio::sync::Notify;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

use crate::server::{Server, get, ok, read, read_head, run_alone, text};

/// A certificate for 127.0.0.1, signed by itself, with its key.
pub(crate) struct Identity(rcgen::CertifiedKey<rcgen::KeyPair>);

impl Identity {
    pub(crate) fn new() -> Self {
        Self::of("127.0.0.1")
    }

    fn of(name: &str) -> Self {
        let signing_key = rcgen::KeyPair::generate().unwrap();
        let mut params = rcgen::CertificateParams::new([name.to_owned()]).unwrap();
        // A root is looked up by its subject.
        params
            .distinguished_name
            .push(rcgen::DnType::CommonName, name);
        let cert = params.self_signed(&signing_key).unwrap();
        Self(rcgen::CertifiedKey { cert, signing_key })
    }

    pub(crate) fn der(&self) -> Vec<u8> {
        self.0.cert.der().to_vec()
    }

    /// A server that has this certificate, and answers HTTP/1.1 with the agreed protocol.
    pub(crate) async fn serve_http1(&self) -> Server {
        self.serve(&["http/1.1"], http1).await
    }

    /// Sets up a transport that trusts this certificate.
    pub(crate) fn trusted(&self) -> HyperTransportBuilder {
        HyperTransport::builder().root_certificates([self.der()])
    }

    /// What takes TLS connections with this certificate, for these protocols.
    pub(crate) fn acceptor(&self, protocols: &[&str]) -> TlsAcceptor {
        let key = PrivatePkcs8KeyDer::from(self.0.signing_key.serialize_der());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let mut config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![self.0.cert.der().clone()], key.into())
            .unwrap();
        config.alpn_protocols = protocols
            .iter()
            .map(|name| name.as_bytes().to_vec())
            .collect();
        TlsAcceptor::from(Arc::new(config))
    }

    /// A server that has this certificate, speaks these protocols, and serves sessions so.
    pub(crate) async fn serve<F>(
        &self,
        protocols: &[&str],
        serve: impl Fn(TlsStream<TcpStream>) -> F + Clone + Send + Sync + 'static,
    ) -> Server
    where
        F: Future<Output = ()> + Send,
    {
        let acceptor = self.acceptor(protocols);
        Server::start(move |stream| {
            let (acceptor, serve) = (acceptor.clone(), serve.clone());
            async move {
                if let Ok(session) = acceptor.accept(stream).await {
                    serve(session).await;
                }
            }
        })
        .await
    }
}

pub(crate) fn url(server: &Server) -> String {
    format!("https://{}/", server.address)
}

/// Answers HTTP/1.1 with the protocol that was agreed on.
async fn http1(mut session: TlsStream<TcpStream>) {
    let protocol = agreed(&session);
    while !read_head(&mut session).await.is_empty() {
        session
            .write_all(&ok("", protocol.as_bytes()))
            .await
            .unwrap();
    }
}

/// Answers HTTP/2 with the protocol that was agreed on.
pub(crate) async fn http2(session: TlsStream<TcpStream>) {
    let protocol = agreed(&session);
    let mut connection = h2::server::handshake(session).await.unwrap();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let mut body = respond.send_response(Response::new(()), false).unwrap();
        body.send_data(Bytes::from(protocol.clone()), true).unwrap();
    }
}

fn agreed(session: &TlsStream<TcpStream>) -> String {
    let protocol = session.get_ref().1.alpn_protocol().unwrap_or(b"none");
    String::from_utf8(protocol.to_vec()).unwrap()
}

#[tokio::test]
async fn http2_is_spoken_with_a_server_that_offers_it() {
    let identity = Identity::new();
    let server = identity.serve(&["h2", "http/1.1"], http2).await;
    let transport = identity.trusted().build().unwrap();
    for _ in 0..2 {
        let response = transport
            .send(get(&url(&server)), Deadline::none())
            .await
            .unwrap();
        assert_eq!(response.version(), Version::HTTP_2);
        assert_eq!(text(response.into_body()).await, "h2");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn http1_is_spoken_with_a_server_that_offers_only_that() {
    let identity = Identity::new();
    let server = identity.serve_http1().await;
    let transport = identity.trusted().build().unwrap();
    let response = transport
        .send(get(&url(&server)), Deadline::none())
        .await
        .unwrap();
    assert_eq!(response.version(), Version::HTTP_11);
    assert_eq!(text(response.into_body()).await, "http/1.1");
}

#[tokio::test]
async fn http1_is_spoken_with_a_server_that_offers_nothing() {
    let identity = Identity::new();
    let server = identity.serve(&[], http1).await;
    let transport = identity.trusted().build().unwrap();
    let response = transport
        .send(get(&url(&server)), Deadline::none())
        .await
        .unwrap();
    assert_eq!(text(response.into_body()).await, "none");
}

#[tokio::test]
async fn http2_that_is_switched_off_is_not_offered() {
    let identity = Identity::new();
    let server = identity.serve(&["h2", "http/1.1"], http1).await;
    let transport = identity.trusted().http2(false).build().unwrap();
    let response = transport
        .send(get(&url(&server)), Deadline::none())
        .await
        .unwrap();
    assert_eq!(response.version(), Version::HTTP_11);
    assert_eq!(text(response.into_body()).await, "none");
}

#[tokio::test]
async fn an_untrusted_certificate_fails_the_call_before_sending() {
    let server = Identity::new().serve_http1().await;
    let transport = Identity::of("another root").trusted().build().unwrap();
    let error = transport
        .send(get(&url(&server)), Deadline::none())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error}");
    assert!(!error.may_have_been_sent());
    assert!(error.to_string().contains("root_certificates"), "{error}");
    assert!(error.source().is_some());
}

#[tokio::test]
async fn a_certificate_for_another_name_fails_the_call_before_sending() {
    let identity = Identity::of("api.intercom.io");
    let server = identity.serve_http1().await;
    let transport = identity.trusted().build().unwrap();
    let error = transport
        .send(get(&url(&server)), Deadline::none())
        .await
        .unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error}");
    assert!(!error.may_have_been_sent());
}

#[tokio::test]
async fn a_server_without_tls_ends_the_call_before_anything_is_sent() {
    let talks = Server::start(|mut stream| async move {
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .await
            .unwrap();
        read_head(&mut stream).await;
    })
    .await;
    let hangs_up = Server::start(|_| async {}).await;
    let transport = Identity::new().trusted().build().unwrap();
    for server in [talks, hangs_up] {
        let error = transport
            .send(get(&url(&server)), Deadline::none())
            .await
            .unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Tls, "{error}");
        assert!(!error.may_have_been_sent());
    }
}

/// What a call to an HTTP/2 server gives that resets the stream instead of answering.
async fn reset(reason: h2::Reason) -> (TransportErrorKind, bool) {
    let identity = Identity::new();
    let server = identity
        .serve(&["h2"], move |session| async move {
            let mut connection = h2::server::handshake(session).await.unwrap();
            while let Some(Ok((_, mut respond))) = connection.accept().await {
                respond.send_reset(reason);
            }
        })
        .await;
    let transport = identity.trusted().build().unwrap();
    let request = Request::post(url(&server))
        .body(Bytes::from_static(b"{}"))
        .unwrap();
    let error = transport.send(request, Deadline::none()).await.unwrap_err();
    (error.kind(), error.may_have_been_sent())
}

#[tokio::test]
async fn a_reset_stream_may_have_been_processed_but_a_refused_one_was_not() {
    let closed = TransportErrorKind::Closed;
    assert_eq!(reset(h2::Reason::INTERNAL_ERROR).await, (closed, true));
    assert_eq!(reset(h2::Reason::CANCEL).await, (closed, true));
    assert_eq!(reset(h2::Reason::REFUSED_STREAM).await, (closed, false));
}

/// Sends a part of a body, and resets the stream when that was read: it would overtake it before.
async fn answer_in_part(
    session: TlsStream<TcpStream>,
    reason: h2::Reason,
    has_length: bool,
    was_read: Arc<Notify>,
) {
    let mut connection = h2::server::handshake(session).await.unwrap();
    while let Some(Ok((_, mut respond))) = connection.accept().await {
        let mut head = Response::builder();
        if has_length {
            head = head.header("content-length", 9);
        }
        let head = head.body(());
        let mut body = respond.send_response(head.unwrap(), false).unwrap();
        body.send_data(Bytes::from_static(b"first"), false).unwrap();
        let was_read = was_read.clone();
        tokio::spawn(async move {
            was_read.notified().await;
            body.send_reset(reason);
        });
    }
}

#[tokio::test]
async fn a_truncated_http2_body_is_an_error() {
    for (reason, has_length) in [
        (h2::Reason::NO_ERROR, true),
        (h2::Reason::NO_ERROR, false),
        (h2::Reason::CANCEL, true),
    ] {
        let identity = Identity::new();
        let was_read = Arc::new(Notify::new());
        let server = identity
            .serve(&["h2"], {
                let was_read = was_read.clone();
                move |session| answer_in_part(session, reason, has_length, was_read.clone())
            })
            .await;
        let transport = identity.trusted().build().unwrap();
        let response = transport.send(get(&url(&server)), Deadline::none()).await;
        let mut body = response.unwrap().into_body();
        assert_eq!(body.chunk().await.unwrap().unwrap(), "first");
        was_read.notify_one();
        let (_, error) = read(body).await;
        let error = error.expect("the body should break off");
        assert_eq!(error.kind(), TransportErrorKind::Closed, "{reason:?}");
    }
}

#[test]
fn a_root_that_is_not_a_certificate_is_named() {
    let roots = [Identity::new().der(), b"-----BEGIN NOTHING-----".to_vec()];
    let error = HyperTransport::builder()
        .root_certificates(roots)
        .build()
        .unwrap_err();
    assert!(
        matches!(error, BuildError::BadRoot { index: 1, .. }),
        "{error:?}"
    );
    assert!(error.to_string().contains("DER"), "{error}");
}

#[test]
#[ignore = "is run by the next test, in an environment of its own"]
fn with_a_platform_that_has_no_certificates() {
    let error = HyperTransport::new().unwrap_err();
    assert!(matches!(error, BuildError::NoRoots(_)), "{error:?}");
    assert!(error.to_string().contains("ca-certificates"), "{error}");
    assert!(error.to_string().contains("root_certificates"), "{error}");
    Identity::new().trusted().build().unwrap();
}

#[test]
fn a_platform_without_certificates_is_an_error_unless_roots_are_configured() {
    run_alone(
        "with_a_platform_that_has_no_certificates",
        &[
            ("SSL_CERT_FILE", "/no/such/file"),
            ("SSL_CERT_DIR", "/no/such/directory"),
        ],
    );
}

#[test]
fn a_transport_is_shared_between_threads_freely() {
    fn shared<T: Clone + std::fmt::Debug + Send + Sync + 'static>() {}
    shared::<HyperTransport>();
}
