//! The first calls of a service, which come all at once.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use intercom_core::transport::{Deadline, Transport, TransportErrorKind};
use intercom_transport_hyper::HyperTransport;
use tokio::io::AsyncWriteExt;
use tokio::sync::Barrier;

use crate::server::{Server, get, ok, read_head, text};
use crate::tls::{Identity, url};

const CALLS: usize = 50;

/// Makes calls at once, and checks that all are answered.
async fn call_at_once(transport: &HyperTransport, server: &Server) {
    let calls: Vec<_> = (0..CALLS)
        .map(|_| {
            let (transport, request) = (transport.clone(), get(&url(server)));
            tokio::spawn(async move {
                let response = transport.send(request, Deadline::none()).await.unwrap();
                text(response.into_body()).await
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_http2_calls_share_the_first_connection() {
    let identity = Identity::new();
    let server = identity.serve(&["h2", "http/1.1"], crate::tls::http2).await;
    call_at_once(&identity.trusted().build().unwrap(), &server).await;
    assert_eq!(server.connections(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn concurrent_http1_calls_use_a_connection_each() {
    let identity = Identity::new();
    // Nobody is answered before all have asked.
    let all = Arc::new(Barrier::new(CALLS));
    let server = identity
        .serve(&["http/1.1"], move |mut session| {
            let all = all.clone();
            async move {
                read_head(&mut session).await;
                all.wait().await;
                session.write_all(&ok("", b"body")).await.unwrap();
            }
        })
        .await;
    call_at_once(&identity.trusted().build().unwrap(), &server).await;
    assert_eq!(server.connections(), CALLS);
}

#[tokio::test]
async fn a_failed_connect_lets_the_next_waiter_try() {
    let identity = Identity::new();
    let acceptor = identity.acceptor(&["h2"]);
    let first = Arc::new(AtomicBool::new(true));
    let server = Server::start(move |stream| {
        let (acceptor, first) = (acceptor.clone(), first.swap(false, Ordering::SeqCst));
        async move {
            if !first {
                crate::tls::http2(acceptor.accept(stream).await.unwrap()).await;
            }
        }
    })
    .await;
    let transport = identity.trusted().build().unwrap();
    let send = || transport.send(get(&url(&server)), Deadline::none());
    let (one, other) = tokio::join!(send(), send());
    let error = one.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Tls, "{error}");
    assert!(!error.may_have_been_sent());
    assert_eq!(text(other.unwrap().into_body()).await, "h2");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_connect_that_is_dropped_lets_the_next_waiter_try() {
    let identity = Identity::new();
    let acceptor = identity.acceptor(&["h2"]);
    let first = Arc::new(AtomicBool::new(true));
    let server = Server::start(move |stream| {
        let (acceptor, first) = (acceptor.clone(), first.swap(false, Ordering::SeqCst));
        async move {
            if first {
                let _open = stream;
                return pending().await;
            }
            crate::tls::http2(acceptor.accept(stream).await.unwrap()).await;
        }
    })
    .await;
    let transport = identity.trusted().build().unwrap();
    let mut one = transport.send(get(&url(&server)), Deadline::none());
    let other = transport.send(get(&url(&server)), Deadline::none());
    tokio::pin!(other);
    tokio::select! {
        biased;
        _ = &mut one => panic!("it cannot end"),
        _ = &mut other => panic!("it waits for the other"),
        () = async { while server.connections() == 0 { tokio::task::yield_now().await } } => {}
    }
    drop(one);
    assert_eq!(text(other.await.unwrap().into_body()).await, "h2");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn a_waiter_keeps_its_own_connect_timeout() {
    let server = Server::start(|stream| async move {
        let _open = stream;
        pending().await
    })
    .await;
    let transport = Identity::new().trusted().build().unwrap();
    let patient = transport.send(get(&url(&server)), Deadline::none());
    let short = Deadline::none().with_connect(Some(Duration::from_millis(50)));
    let error = tokio::select! {
        biased;
        _ = patient => panic!("it cannot end"),
        error = transport.send(get(&url(&server)), short) => error.unwrap_err(),
    };
    assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error}");
    assert!(!error.may_have_been_sent());
    assert!(server.connections() <= 1);
}
