//! Calls that are dropped on their way, and what stays behind.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::Poll;
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::Response;
use intercom_core::transport::{Deadline, Transport};
use intercom_transport_hyper::HyperTransport;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::runtime::Handle;

use crate::server::{Server, get, read_head, transport};
use crate::tls::{Identity, url};

/// Counts itself while it is there.
struct Present(Arc<AtomicUsize>);

impl Present {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Present {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

/// Comes back when this holds; a test in which it never does fails.
async fn until(what: &str, holds: impl Fn() -> bool) {
    let patience = Instant::now() + Duration::from_secs(10);
    while !holds() {
        assert!(Instant::now() < patience, "{what}");
        tokio::task::yield_now().await;
    }
}

/// Makes a call and reads its reply, but drops it after so many turns. True: it ended before.
async fn ends_within(transport: &HyperTransport, url: &str, turns: usize) -> bool {
    let mut call = pin!(async {
        let response = transport.send(get(url), Deadline::none()).await;
        let mut body = response.unwrap().into_body();
        while let Some(piece) = body.chunk().await {
            piece.unwrap();
        }
    });
    for _ in 0..=turns {
        if poll_fn(|context| Poll::Ready(call.as_mut().poll(context).is_ready())).await {
            return true;
        }
        // Everything else that is ready has its turn.
        tokio::task::yield_now().await;
    }
    false
}

#[tokio::test]
async fn an_http1_call_dropped_at_any_point_leaves_nothing_behind() {
    let open = Arc::new(AtomicUsize::new(0));
    let server = {
        let open = open.clone();
        Server::start(move |mut stream| {
            let present = Present::new(&open);
            async move {
                let _present = present;
                while !read_head(&mut stream).await.is_empty() {
                    // In pieces, so that there is much to be dropped between.
                    let reply = b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nfirst";
                    if stream.write_all(reply).await.is_err() {
                        return;
                    }
                    tokio::task::yield_now().await;
                    if stream.write_all(b"later").await.is_err() {
                        return;
                    }
                }
                // The end of the client's side is the end of this one.
                assert!(matches!(stream.read(&mut [0]).await, Ok(0) | Err(_)));
            }
        })
        .await
    };
    let url = format!("http://{}/", server.address);
    let tasks = Handle::current().metrics().num_alive_tasks();
    let (mut turns, mut ended) = (0, 0);
    while ended < 20 {
        let transport = transport();
        ended += usize::from(ends_within(&transport, &url, turns).await);
        drop(transport);
        turns += 1;
        let none = || open.load(Ordering::SeqCst) == 0;
        until("a connection stays open", none).await;
        let as_before = || Handle::current().metrics().num_alive_tasks() <= tasks;
        until("a task stays alive", as_before).await;
    }
    assert!(turns > ended, "no call was dropped on its way");
}

#[tokio::test]
async fn an_http2_call_dropped_at_any_point_resets_only_its_stream() {
    let identity = Identity::new();
    let streams = Arc::new(AtomicUsize::new(0));
    let server = {
        let streams = streams.clone();
        identity
            .serve(&["h2"], move |session| {
                let streams = streams.clone();
                async move {
                    let mut connection = h2::server::handshake(session).await.unwrap();
                    while let Some(Ok((_, mut respond))) = connection.accept().await {
                        let present = Present::new(&streams);
                        tokio::spawn(async move {
                            let _present = present;
                            let Ok(mut body) = respond.send_response(Response::new(()), false)
                            else {
                                return;
                            };
                            let _ = body.send_data(Bytes::from_static(b"first"), false);
                            // The rest never comes: only a reset ends the stream.
                            let _ = poll_fn(|context| body.poll_reset(context)).await;
                        });
                    }
                }
            })
            .await
    };
    let transport = identity.trusted().build().unwrap();
    // Makes the connection that all others share.
    let response = transport.send(get(&url(&server)), Deadline::none()).await;
    drop(response.unwrap());
    until("a stream stays open", || {
        streams.load(Ordering::SeqCst) == 0
    })
    .await;
    let tasks = Handle::current().metrics().num_alive_tasks();
    for turns in 0..40 {
        assert!(!ends_within(&transport, &url(&server), turns).await);
        let none = || streams.load(Ordering::SeqCst) == 0;
        until("a stream stays open", none).await;
        let as_before = || Handle::current().metrics().num_alive_tasks() <= tasks;
        until("a task stays alive", as_before).await;
    }
    assert_eq!(server.connections(), 1);
}
