//! The async transport on hyper.

use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::Client;
use intercom_core::api::admins;
use intercom_core::transport::{Deadline, Transport, TransportError};
use intercom_transport_hyper::HyperTransport;
use tokio::runtime::Runtime;

use super::{Server, Setup, Subject, set_up};

/// A transport with a runtime of its own, which its connections live in.
pub(crate) struct OnHyper {
    transport: HyperTransport,
    runtime: Runtime,
}

pub(crate) fn subject() -> OnHyper {
    // A root that no server here has, for machines whose platform gives none.
    let roots = vec![Server::start_tls([]).certificate()];
    set_up_so(&Setup {
        roots,
        ..Setup::default()
    })
    .unwrap()
}

fn set_up_so(setup: &Setup) -> Result<OnHyper, String> {
    Ok(OnHyper {
        transport: set_up!(HyperTransport::builder(), setup)?,
        runtime: tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap(),
    })
}

impl Subject for OnHyper {
    fn set_up(&self, setup: &Setup) -> Result<Box<dyn Subject>, String> {
        Ok(Box::new(set_up_so(setup)?))
    }

    fn debug(&self) -> String {
        format!("{:?}", self.transport)
    }

    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.runtime.block_on(async {
            settle().await;
            let response = whole(&self.transport, request, deadline).await;
            settle().await;
            response
        })
    }
}

async fn whole(
    transport: &HyperTransport,
    request: Request<Bytes>,
    deadline: Deadline,
) -> Result<Response<Vec<u8>>, TransportError> {
    let (parts, mut body) = transport.send(request, deadline).await?.into_parts();
    let mut bytes = Vec::new();
    while let Some(chunk) = body.chunk().await {
        bytes.extend_from_slice(&chunk?);
    }
    Ok(Response::from_parts(parts, bytes))
}

/// Lets the tasks of the connections run, which take a connection back into the pool, or out of it
/// when the server closed it. In a program they run beside the calls; here, only within them.
async fn settle() {
    for _ in 0..16 {
        tokio::task::yield_now().await;
    }
}

#[test]
fn outside_of_a_runtime_a_client_fails_at_once_and_says_why() {
    let on_hyper = subject();
    let client = Client::new(on_hyper.transport.clone(), "token");
    let me = admins::Me::new();
    let mut call = pin!(client.call(&me));
    let Poll::Ready(Err(error)) = call.as_mut().poll(&mut Context::from_waker(Waker::noop()))
    else {
        panic!("it waits for a runtime that is not there");
    };
    assert!(error.to_string().contains("tokio runtime"), "{error}");
}
