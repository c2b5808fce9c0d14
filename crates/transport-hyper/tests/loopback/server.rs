//! Servers that do just what a test tells them to, and what the tests ask of them.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Body, Deadline, Transport, TransportError};
use intercom_transport_hyper::HyperTransport;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// A server on a free port; it ends with the runtime of the test.
pub(crate) struct Server {
    pub(crate) address: SocketAddr,
    connections: Arc<AtomicUsize>,
}

impl Server {
    /// Hands each connection to `serve`.
    pub(crate) async fn start<F>(serve: impl Fn(TcpStream) -> F + Send + 'static) -> Self
    where
        F: Future<Output = ()> + Send + 'static,
    {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let connections = Arc::new(AtomicUsize::new(0));
        let count = connections.clone();
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                count.fetch_add(1, Ordering::SeqCst);
                tokio::spawn(serve(stream));
            }
        });
        Self {
            address,
            connections,
        }
    }

    /// Answers every request, on connections that it keeps open, with these bytes.
    pub(crate) async fn replying(reply: impl Into<Vec<u8>>) -> Self {
        let reply: Arc<[u8]> = reply.into().into();
        Self::start(move |mut stream| {
            let reply = reply.clone();
            async move {
                while !read_head(&mut stream).await.is_empty() {
                    stream.write_all(&reply).await.unwrap();
                }
            }
        })
        .await
    }

    /// Answers one request with these bytes and hangs up.
    pub(crate) async fn replying_once(reply: impl Into<Vec<u8>>) -> Self {
        let reply: Arc<[u8]> = reply.into().into();
        Self::start(move |mut stream| {
            let reply = reply.clone();
            async move {
                read_head(&mut stream).await;
                stream.write_all(&reply).await.unwrap();
            }
        })
        .await
    }

    /// How many connections were made to it.
    pub(crate) fn connections(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// A request for the root, in the clear.
    pub(crate) fn get(&self) -> Request<Bytes> {
        get(&format!("http://{}/", self.address))
    }
}

/// Reads a request to the end of its head; nothing when the client hung up before.
pub(crate) async fn read_head(stream: &mut (impl AsyncRead + Unpin)) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        match stream.read_u8().await {
            Ok(byte) => head.push(byte),
            Err(_) => return String::new(),
        }
    }
    String::from_utf8(head).unwrap()
}

/// A response with this body and its length.
pub(crate) fn ok(headers: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let head = format!("HTTP/1.1 200 OK\r\ncontent-length: {length}\r\n{headers}\r\n");
    [head.as_bytes(), body].concat()
}

pub(crate) fn get(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

/// A transport for tests in the clear, which need no platform.
pub(crate) fn transport() -> HyperTransport {
    let certificate = crate::tls::Identity::new();
    HyperTransport::builder()
        .root_certificates([certificate.der()])
        .build()
        .unwrap()
}

/// Sends without a deadline.
pub(crate) async fn send(request: Request<Bytes>) -> Result<Response<Body>, TransportError> {
    send_by(&transport(), request, Deadline::none()).await
}

/// Sends as a client does, which keeps the deadline of the body too.
pub(crate) async fn send_by(
    transport: &HyperTransport,
    request: Request<Bytes>,
    deadline: Deadline,
) -> Result<Response<Body>, TransportError> {
    let transport: Arc<dyn Transport> = Arc::new(transport.clone());
    intercom_core::transport::send(&transport, request, deadline).await
}

/// Reads the whole body, or until it breaks off: then with the error.
pub(crate) async fn read(mut body: Body) -> (Vec<u8>, Option<TransportError>) {
    let mut read = Vec::new();
    while let Some(piece) = body.chunk().await {
        match piece {
            Ok(piece) => read.extend_from_slice(&piece),
            Err(error) => {
                assert!(body.chunk().await.is_none(), "a body went on after its end");
                return (read, Some(error));
            }
        }
    }
    (read, None)
}

/// Reads the whole body as text.
pub(crate) async fn text(body: Body) -> String {
    let (read, error) = read(body).await;
    assert!(error.is_none(), "{error:?}");
    String::from_utf8(read).unwrap()
}

/// Runs one of these tests, which is ignored otherwise, in a process with these variables.
pub(crate) fn run_alone(test: &str, environment: &[(&str, &str)]) {
    let child = std::process::Command::new(std::env::current_exe().unwrap())
        .envs(environment.iter().copied())
        .env_remove("REQUEST_METHOD")
        .args(["--ignored", test])
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(output.contains("1 passed"), "{output}");
}
