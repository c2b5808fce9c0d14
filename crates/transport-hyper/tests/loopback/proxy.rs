//! Calls through a proxy.

use intercom_core::transport::{Deadline, Transport, TransportErrorKind};
use intercom_transport_hyper::{BuildError, HyperTransport, HyperTransportBuilder};
use tokio::io::{AsyncReadExt, AsyncWriteExt, copy_bidirectional};
use tokio::net::TcpStream;
use tokio::sync::mpsc;

use crate::server::{Server, get, ok, read_head, run_alone, text};
use crate::tls::Identity;

fn builder() -> HyperTransportBuilder {
    HyperTransport::builder().root_certificates([Identity::new().der()])
}

#[tokio::test]
async fn an_https_call_goes_through_the_proxy_encrypted_end_to_end() {
    let identity = Identity::new();
    let server = identity.serve_http1().await;
    let target = server.address;
    let (heard, mut hear) = mpsc::unbounded_channel();
    let proxy = Server::start(move |mut stream| {
        let heard = heard.clone();
        async move {
            heard.send(read_head(&mut stream).await).unwrap();
            stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
            let mut tunnel = TcpStream::connect(target).await.unwrap();
            // However it ends, it is over.
            let _ = copy_bidirectional(&mut stream, &mut tunnel).await;
        }
    })
    .await;
    let transport = HyperTransport::builder()
        .root_certificates([identity.der()])
        .proxy(&format!("http://ada:secret@{}", proxy.address))
        .build()
        .unwrap();

    let request = get(&format!("https://{target}/"));
    let response = transport.send(request, Deadline::none()).await.unwrap();

    assert_eq!(text(response.into_body()).await, "http/1.1");
    let head = hear.recv().await.unwrap();
    assert!(
        head.starts_with(&format!("CONNECT {target} HTTP/1.1\r\n")),
        "{head}"
    );
    // "ada:secret" in base64.
    assert!(
        head.contains("Proxy-Authorization: Basic YWRhOnNlY3JldA==\r\n"),
        "{head}"
    );
}

#[tokio::test]
async fn a_proxy_that_makes_no_connection_is_named_without_its_password() {
    let refuses = Server::replying_once("HTTP/1.1 407 Who Are You\r\n\r\n").await;
    let hangs_up = Server::replying_once("").await;
    let resets = Server::start(|mut stream| async move {
        stream.read_u8().await.unwrap();
    })
    .await;
    for proxy in [refuses, hangs_up, resets] {
        let url = format!("http://ada:secret@{}", proxy.address);
        let transport = builder().proxy(&url).build().unwrap();
        let request = get("https://api.intercom.io/me");
        let error = transport.send(request, Deadline::none()).await.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Connect, "{error}");
        assert!(!error.sent());
        assert!(
            error.to_string().contains(&proxy.address.to_string()),
            "{error}"
        );
        for shown in [format!("{error}{error:?}"), format!("{transport:?}")] {
            assert!(!shown.contains("secret"), "{shown}");
            assert!(!shown.contains("YWRhOnNlY3JldA"), "{shown}");
        }
    }
}

#[tokio::test]
async fn plain_http_to_this_machine_goes_by_no_proxy() {
    let server = Server::replying(ok("", b"direct")).await;
    let proxy = Server::replying("HTTP/1.1 502 Bad Gateway\r\n\r\n").await;
    let transport = builder()
        .proxy(&format!("http://{}", proxy.address))
        .build()
        .unwrap();
    let response = transport
        .send(server.get(), Deadline::none())
        .await
        .unwrap();
    assert_eq!(text(response.into_body()).await, "direct");
    assert_eq!(proxy.connections(), 0);
}

#[test]
fn a_proxy_that_cannot_be_used_is_refused_at_once() {
    for url in [
        "socks5://localhost:1080",
        "https://localhost:3128",
        "ftp://localhost",
        "::",
        "",
    ] {
        let error = builder().proxy(url).build().unwrap_err();
        assert!(matches!(error, BuildError::BadProxy(_)), "{url}: {error:?}");
        assert!(error.to_string().contains("http://"), "{error}");
    }
}

#[test]
#[ignore = "is run by the next test, in an environment of its own"]
fn with_an_environment_that_names_a_proxy_of_an_unknown_kind() {
    assert!(builder().build().is_ok());
    let error = builder().proxy_from_environment().build().unwrap_err();
    assert!(matches!(error, BuildError::BadProxy(_)), "{error:?}");
}

#[test]
fn the_environment_names_the_proxy_when_asked_and_only_then() {
    run_alone(
        "with_an_environment_that_names_a_proxy_of_an_unknown_kind",
        &[("HTTPS_PROXY", "socks5://localhost:1080"), ("NO_PROXY", "")],
    );
}
