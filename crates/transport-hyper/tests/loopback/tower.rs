//! Services of tower as transports.

use std::convert::Infallible;
use std::future::{Ready, pending, ready};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use bytes::Bytes;
use http::{Request, Response};
use http_body_util::Full;
use hyper_util::client::legacy::Client;
use hyper_util::rt::TokioExecutor;
use intercom_core::transport::{Deadline, Transport, TransportErrorKind};
use intercom_transport_hyper::TowerTransport;
use tower::limit::ConcurrencyLimit;
use tower_service::Service;

use crate::server::{Server, get, ok, text};

const URL: &str = "https://api.intercom.io/me";

fn soon() -> Deadline {
    Deadline::at(Instant::now() + Duration::from_millis(20))
}

/// A layer written by hand: counts the requests that pass.
#[derive(Clone)]
struct Counting<S>(S, Arc<AtomicUsize>);

impl<S: Service<Q>, Q> Service<Q> for Counting<S> {
    type Response = S::Response;
    type Error = S::Error;
    type Future = S::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.0.poll_ready(context)
    }

    fn call(&mut self, request: Q) -> S::Future {
        self.1.fetch_add(1, Ordering::SeqCst);
        self.0.call(request)
    }
}

#[tokio::test]
async fn a_client_wrapped_in_a_layer_is_a_transport() {
    let server = Server::replying(ok("", b"here")).await;
    let client: Client<_, Full<Bytes>> = Client::builder(TokioExecutor::new()).build_http();
    let count = Arc::new(AtomicUsize::new(0));
    let transport = TowerTransport::new(Counting(client, count.clone()));
    for _ in 0..2 {
        let response = transport.send(server.get(), Deadline::none()).await;
        assert_eq!(text(response.unwrap().into_body()).await, "here");
    }
    assert_eq!(count.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn clones_share_a_connection_limit() {
    let (now, most) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
    let service = {
        let most = most.clone();
        tower::service_fn(move |_: Request<Full<Bytes>>| {
            let (now, most) = (now.clone(), most.clone());
            async move {
                most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                tokio::task::yield_now().await;
                now.fetch_sub(1, Ordering::SeqCst);
                Ok::<_, Infallible>(Response::new(Full::new(Bytes::from_static(b"done"))))
            }
        })
    };
    let transport = Arc::new(TowerTransport::new(ConcurrencyLimit::new(service, 2)));
    let calls: Vec<_> = (0..16)
        .map(|_| {
            let transport = transport.clone();
            tokio::spawn(async move {
                let response = transport.send(get(URL), Deadline::none()).await.unwrap();
                text(response.into_body()).await
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap(), "done");
    }
    assert_eq!(most.load(Ordering::SeqCst), 2);
}

/// A service that is ready, or not, in this way.
#[derive(Clone)]
struct Readiness(fn() -> Poll<Result<(), &'static str>>);

impl Service<Request<Full<Bytes>>> for Readiness {
    type Response = Response<Full<Bytes>>;
    type Error = &'static str;
    type Future = Ready<Result<Self::Response, &'static str>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), &'static str>> {
        (self.0)()
    }

    fn call(&mut self, _: Request<Full<Bytes>>) -> Self::Future {
        ready(Err("it broke"))
    }
}

#[tokio::test]
async fn a_request_that_a_service_was_not_ready_for_was_not_sent() {
    let full = TowerTransport::new(Readiness(|| Poll::Ready(Err("it is full"))));
    let error = full.send(get(URL), Deadline::none()).await.unwrap_err();
    assert!(!error.may_have_been_sent());
    assert!(error.to_string().contains("it is full"), "{error}");

    let busy = TowerTransport::new(Readiness(|| Poll::Pending));
    let error = busy.send(get(URL), soon()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(!error.may_have_been_sent());
}

#[tokio::test]
async fn a_request_passed_to_a_service_counts_as_sent() {
    let breaks = TowerTransport::new(Readiness(|| Poll::Ready(Ok(()))));
    let error = breaks.send(get(URL), Deadline::none()).await.unwrap_err();
    assert!(error.may_have_been_sent());
    assert!(error.to_string().contains("it broke"), "{error}");

    let hangs = TowerTransport::new(tower::service_fn(|_: Request<Full<Bytes>>| {
        pending::<Result<Response<Full<Bytes>>, Infallible>>()
    }));
    let error = hangs.send(get(URL), soon()).await.unwrap_err();
    assert_eq!(error.kind(), TransportErrorKind::Timeout);
    assert!(error.may_have_been_sent());
}
