//! The async transport on hyper.

use bytes::Bytes;
use http::{Request, Response};
use intercom_core::transport::{Deadline, Transport, TransportError};
use intercom_transport_hyper::HyperTransport;
use tokio::runtime::Runtime;

use super::{Server, Subject};

/// A transport with a runtime of its own, which its connections live in.
pub(crate) struct OnHyper {
    transport: HyperTransport,
    runtime: Runtime,
}

pub(crate) fn subject() -> OnHyper {
    // A root that no server here has, for machines whose platform gives none.
    trusting(Server::start_tls([]).certificate())
}

fn trusting(root: Vec<u8>) -> OnHyper {
    let transport = HyperTransport::builder().root_certificates([root]).build();
    OnHyper {
        transport: transport.unwrap(),
        runtime: tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap(),
    }
}

impl Subject for OnHyper {
    fn trusting(&self, root: Vec<u8>) -> Box<dyn Subject> {
        Box::new(trusting(root))
    }

    fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Deadline,
    ) -> Result<Response<Vec<u8>>, TransportError> {
        self.runtime.block_on(async {
            settle().await;
            let (parts, mut body) = self.transport.send(request, deadline).await?.into_parts();
            let mut bytes = Vec::new();
            while let Some(chunk) = body.chunk().await {
                bytes.extend_from_slice(&chunk?);
            }
            settle().await;
            Ok(Response::from_parts(parts, bytes))
        })
    }
}

/// Lets the tasks of the connections run, which take a connection back into the pool, or out of it
/// when the server closed it. In a program they run beside the calls; here, only within them.
async fn settle() {
    for _ in 0..16 {
        tokio::task::yield_now().await;
    }
}
