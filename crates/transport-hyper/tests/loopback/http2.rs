//! HTTP/2 connections that are shared, turn requests away, or die.

use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Deadline, Transport, TransportErrorKind};

use tokio::net::TcpStream;
use tokio_rustls::server::TlsStream;

use crate::server::{get, send_by, text};
use crate::tls::{Identity, url};

#[tokio::test]
async fn many_calls_at_once_share_a_connection() {
    let identity = Identity::new();
    let server = identity.serve(&["h2"], crate::tls::http2).await;
    let transport = identity.trusted().build().unwrap();
    let first = transport.send(get(&url(&server)), Deadline::none()).await;
    assert_eq!(text(first.unwrap().into_body()).await, "h2");
    let calls: Vec<_> = (0..300)
        .map(|_| {
            let (transport, request) = (transport.clone(), get(&url(&server)));
            tokio::spawn(async move {
                let response = transport.send(request, Deadline::none()).await.unwrap();
                text(response.into_body()).await
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), "h2");
    }
    assert_eq!(server.connections(), 1);
}

#[tokio::test]
async fn a_request_refused_by_goaway_was_not_sent() {
    let identity = Identity::new();
    let server = identity
        .serve(&["h2"], |session| async move {
            let mut connection = h2::server::handshake(session).await.unwrap();
            // The preface is over when the client's settings are known; a GOAWAY for the stream 0
            // then turns away whatever comes.
            connection.abrupt_shutdown(h2::Reason::ENHANCE_YOUR_CALM);
            while connection.accept().await.is_some() {}
        })
        .await;
    let transport = identity.trusted().build().unwrap();
    let request = Request::post(url(&server))
        .body(Bytes::from_static(b"{}"))
        .unwrap();
    let error = transport.send(request, Deadline::none()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Closed, "{error}");
    assert!(!error.may_have_been_sent(), "{error:?}");
}

#[tokio::test]
async fn a_silently_dead_connection_is_detected_and_replaced() {
    let identity = Identity::new();
    let first = Arc::new(AtomicBool::new(true));
    let server = identity
        .serve(&["h2"], move |session| {
            let first = first.swap(false, Ordering::SeqCst);
            async move {
                if !first {
                    return crate::tls::http2(session).await;
                }
                let mut connection = h2::server::handshake(session).await.unwrap();
                let (_, mut respond) = connection.accept().await.unwrap().unwrap();
                respond.send_response(Response::new(()), true).unwrap();
                drop(respond);
                // It takes the next request, answers neither that nor any ping, and stays open.
                connection.accept().await.unwrap().unwrap();
                pending().await
            }
        })
        .await;
    let transport = identity.trusted().build().unwrap();
    let send = || transport.send(get(&url(&server)), Deadline::none());
    send().await.unwrap();
    // From here on, time passes as soon as there is nothing to do but wait.
    tokio::time::pause();
    let error = send().await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Closed, "{error}");
    assert!(error.may_have_been_sent());
    tokio::time::resume();
    let response = send().await.unwrap();
    assert_eq!(text(response.into_body()).await, "h2");
    assert_eq!(server.connections(), 2);
}

/// Takes requests and answers none. PINGs are answered for as long as the connection is polled.
async fn answer_nothing(session: TlsStream<TcpStream>) {
    let mut connection = h2::server::handshake(session).await.unwrap();
    let mut unanswered = Vec::new();
    while let Some(Ok(request)) = connection.accept().await {
        unanswered.push(request);
    }
}

#[tokio::test]
async fn a_connection_with_an_unanswered_request_takes_no_new_one() {
    let identity = Identity::new();
    let first = Arc::new(AtomicBool::new(true));
    let server = identity
        .serve(&["h2"], move |session| {
            let first = first.swap(false, Ordering::SeqCst);
            async move {
                if first {
                    answer_nothing(session).await;
                } else {
                    crate::tls::http2(session).await;
                }
            }
        })
        .await;
    let transport = identity.trusted().build().unwrap();
    // On a busy machine, a short time may not even be enough to connect.
    for time in (0..8).map(|doubled| Duration::from_millis(50 << doubled)) {
        let deadline = Deadline::at(Instant::now() + time);
        let error = transport.send(get(&url(&server)), deadline).await;
        let error = error.unwrap_err();
        assert_eq!(error.kind(), TransportErrorKind::Timeout, "{error}");
        if error.may_have_been_sent() {
            break;
        }
    }
    let response = transport.send(get(&url(&server)), Deadline::none()).await;
    assert_eq!(text(response.unwrap().into_body()).await, "h2");
    assert_eq!(server.connections(), 2);
}

#[tokio::test]
async fn empty_frames_without_end_end_the_call() {
    let identity = Identity::new();
    let server = identity
        .serve(&["h2"], |session| async move {
            let mut connection = h2::server::handshake(session).await.unwrap();
            let (_, mut respond) = connection.accept().await.unwrap().unwrap();
            let mut body = respond.send_response(Response::new(()), false).unwrap();
            tokio::spawn(async move { while connection.accept().await.is_some() {} });
            while body.send_data(Bytes::new(), false).is_ok() {
                tokio::task::yield_now().await;
            }
        })
        .await;
    let transport = identity.trusted().build().unwrap();
    let time = Duration::from_millis(500);
    for deadline in [
        Deadline::at(Instant::now() + time),
        Deadline::none().with_idle(Some(time)),
    ] {
        let started = Instant::now();
        let Ok(response) = send_by(&transport, get(&url(&server)), deadline).await else {
            // A busy machine did not get far enough.
            continue;
        };
        let (read, error) = crate::server::read(response.into_body()).await;
        assert_eq!(read, b"");
        // Before the deadline, h2 may call it a flood.
        let kind = error.unwrap().kind();
        let ends = [TransportErrorKind::Timeout, TransportErrorKind::Protocol];
        assert!(ends.contains(&kind), "{kind:?}");
        assert!(started.elapsed() < 8 * time, "{:?}", started.elapsed());
    }
}
