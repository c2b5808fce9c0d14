//! Ordinary requests, in the clear.

use bytes::Bytes;
use http::header::{ACCEPT_ENCODING, AUTHORIZATION, LOCATION};
use http::{Request, StatusCode};
use intercom_core::transport::{Deadline, Transport, TransportErrorKind};
use intercom_transport_hyper::HyperTransport;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Runtime;
use tokio::sync::{mpsc, oneshot};

use crate::server::{Server, get, ok, read_head, send, text, transport};

#[tokio::test]
async fn a_request_arrives_whole_and_so_does_its_reply() {
    let (heard, mut hear) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let heard = heard.clone();
        async move {
            let head = read_head(&mut stream).await;
            let mut body = [0; 7];
            stream.read_exact(&mut body).await.unwrap();
            heard.send((head, body)).unwrap();
            stream
                .write_all(&ok("x-request-id: 1\r\n", b"done"))
                .await
                .unwrap();
        }
    })
    .await;
    let request = Request::put(format!("http://{}/contacts/1?a=b", server.address))
        .header("intercom-version", "2.11")
        .body(Bytes::from_static(b"{\"a\":1}"))
        .unwrap();

    let response = send(request).await.unwrap();

    assert_eq!(response.status(), StatusCode::OK);
    assert_eq!(response.headers()["x-request-id"], "1");
    assert_eq!(text(response.into_body()).await, "done");
    let (head, body) = hear.recv().await.unwrap();
    assert!(
        head.starts_with("PUT /contacts/1?a=b HTTP/1.1\r\n"),
        "{head}"
    );
    assert!(
        head.contains(&format!("\r\nhost: {}\r\n", server.address)),
        "{head}"
    );
    assert!(head.contains("\r\nintercom-version: 2.11\r\n"), "{head}");
    assert!(head.contains("\r\ncontent-length: 7\r\n"), "{head}");
    assert!(head.contains("\r\naccept-encoding: gzip\r\n"), "{head}");
    assert_eq!(&body, b"{\"a\":1}");
}

#[tokio::test]
async fn plain_http_to_another_machine_is_refused_and_says_why() {
    let error = send(get("http://api.intercom.io/me")).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Refused);
    assert!(!error.may_have_been_sent());
    assert!(error.to_string().contains("use https://"), "{error}");
}

#[tokio::test]
async fn plain_http_goes_to_localhost_by_name() {
    let server = Server::replying(ok("", b"here")).await;
    let url = format!("http://localhost:{}/", server.address.port());
    let response = send(get(&url)).await.unwrap();
    assert_eq!(text(response.into_body()).await, "here");
}

#[tokio::test]
async fn a_redirect_is_returned_and_not_followed() {
    let reply = "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n";
    let server = Server::replying_once(reply).await;
    let response = send(server.get()).await.unwrap();
    assert_eq!(response.status(), StatusCode::FOUND);
    assert_eq!(response.headers()[LOCATION], "/elsewhere");
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn an_error_status_is_a_response() {
    let server =
        Server::replying("HTTP/1.1 503 Unavailable\r\ncontent-length: 4\r\n\r\nbusy").await;
    let response = send(server.get()).await.unwrap();
    assert_eq!(response.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(text(response.into_body()).await, "busy");
}

#[tokio::test]
async fn an_accept_encoding_of_the_request_is_kept() {
    let (heard, mut hear) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let heard = heard.clone();
        async move {
            heard.send(read_head(&mut stream).await).unwrap();
            stream.write_all(&ok("", b"")).await.unwrap();
        }
    })
    .await;
    let mut request = server.get();
    request
        .headers_mut()
        .insert(ACCEPT_ENCODING, "identity".parse().unwrap());
    send(request).await.unwrap();
    let head = hear.recv().await.unwrap();
    assert!(head.contains("accept-encoding: identity\r\n"), "{head}");
    assert!(!head.contains("gzip"), "{head}");
}

/// Lets the tasks that lie behind a connection do what they can do now.
async fn settle() {
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
}

#[tokio::test]
async fn calls_one_after_another_share_a_connection_also_by_clones() {
    let server = Server::replying(ok("", b"body")).await;
    let transport = transport();
    for _ in 0..3 {
        let response = transport
            .clone()
            .send(server.get(), Deadline::none())
            .await
            .unwrap();
        assert_eq!(text(response.into_body()).await, "body");
        settle().await;
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn an_idle_connection_that_the_server_closed_is_replaced() {
    let server = Server::replying_once(ok("", b"body")).await;
    let transport = transport();
    for _ in 0..2 {
        let response = transport
            .send(server.get(), Deadline::none())
            .await
            .unwrap();
        assert_eq!(text(response.into_body()).await, "body");
        settle().await;
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_request_accepted_by_a_reused_connection_is_not_sent_again() {
    let (heard, mut hear) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let heard = heard.clone();
        async move {
            read_head(&mut stream).await;
            stream.write_all(&ok("", b"")).await.unwrap();
            heard.send(read_head(&mut stream).await).unwrap();
        }
    })
    .await;
    let transport = transport();
    transport
        .send(server.get(), Deadline::none())
        .await
        .unwrap();
    settle().await;
    let request = Request::post(format!("http://{}/second", server.address))
        .body(Bytes::new())
        .unwrap();
    let error = transport.send(request, Deadline::none()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Closed);
    assert!(error.may_have_been_sent());
    assert!(hear.recv().await.unwrap().starts_with("POST /second"));
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_pool_of_size_zero_opens_a_connection_per_call() {
    let server = Server::replying(ok("", b"")).await;
    let transport = HyperTransport::builder()
        .root_certificates([crate::tls::Identity::new().der()])
        .pool_max_idle_per_host(0)
        .build()
        .unwrap();
    for _ in 0..2 {
        transport
            .send(server.get(), Deadline::none())
            .await
            .unwrap();
        settle().await;
    }
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_body_is_readable_before_the_server_finishes_it() {
    let (go_on, wait) = oneshot::channel::<()>();
    let wait = std::sync::Mutex::new(Some(wait));
    let server = Server::start(move |mut stream| {
        let wait = wait.lock().unwrap().take().unwrap();
        async move {
            read_head(&mut stream).await;
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfirst")
                .await
                .unwrap();
            wait.await.unwrap();
            stream.write_all(b"later").await.unwrap();
        }
    })
    .await;
    let mut body = send(server.get()).await.unwrap().into_body();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "first");
    go_on.send(()).unwrap();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "later");
    assert!(body.chunk().await.is_none());
}

#[tokio::test]
async fn an_idle_connection_is_closed_even_without_further_calls() {
    let (server, mut told) =
        server_that_notices(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nbody").await;
    let transport = HyperTransport::builder()
        .root_certificates([crate::tls::Identity::new().der()])
        .pool_idle_timeout(std::time::Duration::from_millis(20))
        .build()
        .unwrap();
    let response = transport.send(server.get(), Deadline::none()).await;
    assert_eq!(text(response.unwrap().into_body()).await, "body");
    assert_eq!(told.recv().await, Some("asked"));
    assert_eq!(told.recv().await, Some("hung up"));
}

/// A server that answers with this, and then tells when the client hangs up.
async fn server_that_notices(
    reply: &'static [u8],
) -> (Server, mpsc::UnboundedReceiver<&'static str>) {
    let (tell, told) = mpsc::unbounded_channel();
    let server = Server::start(move |mut stream| {
        let tell = tell.clone();
        async move {
            read_head(&mut stream).await;
            tell.send("asked").unwrap();
            stream.write_all(reply).await.unwrap();
            assert!(matches!(stream.read(&mut [0]).await, Ok(0) | Err(_)));
            tell.send("hung up").unwrap();
        }
    })
    .await;
    (server, told)
}

#[tokio::test]
async fn dropping_a_call_closes_its_connection() {
    let (server, mut told) = server_that_notices(b"").await;
    let transport = transport();
    tokio::select! {
        biased;
        told = told.recv() => assert_eq!(told, Some("asked")),
        reply = transport.send(server.get(), Deadline::none()) => panic!("{reply:?}"),
    }
    assert_eq!(told.recv().await, Some("hung up"));
}

#[tokio::test]
async fn dropping_a_body_closes_its_connection() {
    let (server, mut told) =
        server_that_notices(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nfirst").await;
    let transport = transport();
    let response = transport
        .send(server.get(), Deadline::none())
        .await
        .unwrap();
    assert_eq!(told.recv().await, Some("asked"));
    drop(response);
    assert_eq!(told.recv().await, Some("hung up"));
}

#[tokio::test]
async fn the_access_token_shows_in_no_debug_and_no_error() {
    let server = Server::replying_once("nonsense\r\n\r\n").await;
    let transport = transport();
    let mut request = server.get();
    request
        .headers_mut()
        .insert(AUTHORIZATION, "Bearer dG9rOmFiYw".parse().unwrap());
    let error = transport.send(request, Deadline::none()).await.unwrap_err();
    for shown in [
        format!("{transport:?}"),
        format!("{error:?}"),
        format!("{error}"),
    ] {
        assert!(!shown.contains("dG9rOmFiYw"), "{shown}");
    }
}

#[test]
fn outside_of_a_runtime_a_call_is_an_error_that_says_so() {
    use std::task::{Context, Poll, Waker};

    let transport = transport();
    let mut call = transport.send(get("http://127.0.0.1:1/"), Deadline::none());
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("it waits for a runtime that is not there");
    };
    assert!(!error.may_have_been_sent());
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}

fn one_thread() -> tokio::runtime::Runtime {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_all().build().unwrap()
}

#[test]
fn a_connection_of_an_idle_runtime_does_not_block_other_runtimes() {
    let (served, first, second) = (Runtime::new().unwrap(), one_thread(), one_thread());
    let server = served.block_on(Server::replying(ok("", b"body")));
    let transport = transport();
    for runtime in [&first, &second, &first] {
        let response = transport.send(server.get(), Deadline::none());
        let body = runtime.block_on(async { text(response.await.unwrap().into_body()).await });
        assert_eq!(body, "body");
    }
    assert_eq!(server.connections(), 2);
}
