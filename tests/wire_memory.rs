//! How much of a reply is held in memory, over real sockets.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::panic, reason = "a broken test may panic")]

mod support;

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::{Request, Response};
use intercom_core::api::contacts;
use intercom_core::error::DecodeErrorKind;
use intercom_core::transport::blocking::Transport as _;
use intercom_core::transport::{Deadline, Transport as _};
use intercom_core::{BaseUrl, Client, Config, Error, blocking};
use intercom_transport_hyper::HyperTransport;
use intercom_transport_ureq::UreqTransport;
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use support::Identity;
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

const MIB: usize = 1 << 20;
const GIB: usize = 1 << 30;

/// The test's share of the memory of this process, which they all have in common.
fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// How much more memory than before was in use at once while this ran, at most.
fn growth(run: impl FnOnce()) -> usize {
    // Sets the peak back to what is in use now.
    std::fs::write("/proc/self/clear_refs", "5").unwrap();
    let before = peak();
    run();
    peak() - before
}

fn peak() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:"));
    let kib = line.unwrap().split_whitespace().nth(1).unwrap();
    kib.parse::<usize>().unwrap() * 1024
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()
        .unwrap()
}

fn tls(identity: &Identity, protocol: &[u8]) -> Arc<ServerConfig> {
    let (certificate, key) = identity.der();
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![certificate.into()], key.try_into().unwrap())
        .unwrap();
    config.alpn_protocols = vec![protocol.to_vec()];
    Arc::new(config)
}

/// Answers one request over HTTP/1.1 with this head, and this piece of a body so many times.
fn serve_http1(
    config: Option<Arc<ServerConfig>>,
    head: String,
    piece: Vec<u8>,
    times: usize,
) -> SocketAddr {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        let (socket, _) = listener.accept().unwrap();
        let mut stream: Box<dyn ReadWrite> = match config {
            None => Box::new(socket),
            Some(config) => {
                let session = ServerConnection::new(config).unwrap();
                Box::new(StreamOwned::new(session, socket))
            }
        };
        let mut asked = Vec::new();
        while !asked.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).unwrap();
            asked.push(byte[0]);
        }
        stream.write_all(head.as_bytes()).unwrap();
        for _ in 0..times {
            if stream.write_all(&piece).is_err() {
                // The client has seen enough.
                return;
            }
        }
        stream.flush().unwrap();
    });
    address
}

trait ReadWrite: Read + Write {}

impl<T: Read + Write> ReadWrite for T {}

/// Answers one request over HTTP/2 with a gibibyte.
async fn serve_http2(listener: tokio::net::TcpListener, config: Arc<ServerConfig>) {
    let (socket, _) = listener.accept().await.unwrap();
    let session = TlsAcceptor::from(config).accept(socket).await.unwrap();
    let mut connection = h2::server::handshake(session).await.unwrap();
    let (_, mut respond) = connection.accept().await.unwrap().unwrap();
    let mut body = respond.send_response(Response::new(()), false).unwrap();
    tokio::spawn(async move { while connection.accept().await.is_some() {} });
    let piece = Bytes::from(vec![b'x'; 64 * 1024]);
    let mut left = GIB;
    while left > 0 {
        body.reserve_capacity(left.min(piece.len()));
        let granted = std::future::poll_fn(|context| body.poll_capacity(context)).await;
        let count = granted.unwrap().unwrap().min(left).min(piece.len());
        left -= count;
        body.send_data(piece.slice(..count), left == 0).unwrap();
    }
}

fn get(url: String) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

/// Reads a body to its end, and gives its length.
async fn length(transport: &HyperTransport, url: String) -> usize {
    let response = transport.send(get(url), Deadline::none()).await.unwrap();
    let (mut body, mut total) = (response.into_body(), 0);
    while let Some(piece) = body.chunk().await {
        total += piece.unwrap().len();
    }
    total
}

fn head_of_a_gibibyte() -> String {
    format!("HTTP/1.1 200 OK\r\ncontent-length: {GIB}\r\n\r\n")
}

#[test]
fn a_gibibyte_streams_through_hyper_in_little_memory() {
    let _alone = alone();
    let identity = Identity::of(&["localhost", "127.0.0.1"]);
    let roots = [identity.der().0];
    let builder = HyperTransport::builder().root_certificates(roots);
    let (transport, runtime) = (builder.build().unwrap(), runtime());
    let grown = growth(|| {
        let config = tls(&identity, b"http/1.1");
        let piece = vec![b'x'; 64 * 1024];
        let server = serve_http1(Some(config), head_of_a_gibibyte(), piece, GIB / (64 * 1024));
        let read = runtime.block_on(length(&transport, format!("https://{server}/")));
        assert_eq!(read, GIB);
    });
    assert!(grown < 16 * MIB, "HTTP/1.1 took {grown} bytes");
    let grown = growth(|| {
        let read = runtime.block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
            let server = listener.local_addr().unwrap();
            tokio::spawn(serve_http2(listener, tls(&identity, b"h2")));
            length(&transport, format!("https://{server}/")).await
        });
        assert_eq!(read, GIB);
    });
    assert!(grown < 16 * MIB, "HTTP/2 took {grown} bytes");
}

#[test]
fn a_gibibyte_streams_through_ureq_in_little_memory() {
    let _alone = alone();
    let identity = Identity::of(&["localhost", "127.0.0.1"]);
    let roots = [identity.der().0];
    let builder = UreqTransport::builder().root_certificates(roots);
    let transport = builder.build().unwrap();
    let grown = growth(|| {
        let config = tls(&identity, b"http/1.1");
        let piece = vec![b'x'; 64 * 1024];
        let server = serve_http1(Some(config), head_of_a_gibibyte(), piece, GIB / (64 * 1024));
        let request = get(format!("https://{server}/"));
        let body = transport
            .send(request, Deadline::none())
            .unwrap()
            .into_body();
        let read = std::io::copy(&mut { body }, &mut std::io::sink()).unwrap();
        assert_eq!(read, GIB as u64);
    });
    assert!(grown < 16 * MIB, "it took {grown} bytes");
}

/// A server whose reply is a mebibyte that expands to a gibibyte, and the config of a client for it
/// that takes 4 MiB.
fn bomb() -> Config {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; MIB]).unwrap();
    let member = encoder.finish().unwrap();
    let length = member.len() * 1024;
    let head =
        format!("HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {length}\r\n\r\n");
    let server = serve_http1(None, head, member, 1024);
    let url = BaseUrl::parse(&format!("http://{server}")).unwrap();
    Config::new("token")
        .base_url(url)
        .max_json_body(4 * MIB as u64)
}

fn is_too_large(error: Error) {
    let Error::Decode(error) = error else {
        panic!("{error}");
    };
    let limit = 4 * MIB as u64;
    assert!(matches!(error.kind, DecodeErrorKind::TooLarge { limit: told, .. } if told == limit));
}

#[test]
fn the_async_client_stops_a_gzip_bomb_at_its_limit() {
    let _alone = alone();
    let identity = Identity::of(&["localhost"]);
    let builder = HyperTransport::builder().root_certificates([identity.der().0]);
    let (transport, runtime, config) = (builder.build().unwrap(), runtime(), bomb());
    let grown = growth(|| {
        let client = Client::new(transport, config);
        is_too_large(
            runtime
                .block_on(client.call(&contacts::Get::new("1")))
                .unwrap_err(),
        );
    });
    assert!(grown < 16 * MIB, "it took {grown} bytes");
}

#[test]
fn the_blocking_client_stops_a_gzip_bomb_at_its_limit() {
    let _alone = alone();
    let identity = Identity::of(&["localhost"]);
    let builder = UreqTransport::builder().root_certificates([identity.der().0]);
    let (transport, config) = (builder.build().unwrap(), bomb());
    let grown = growth(|| {
        let client = blocking::Client::new(transport, config);
        is_too_large(client.call(&contacts::Get::new("1")).unwrap_err());
    });
    assert!(grown < 16 * MIB, "it took {grown} bytes");
}
