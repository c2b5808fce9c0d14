//! A server that does what the plan says.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use crate::http1;
use crate::plan::Plan;
use crate::service::Ledger;

/// Serves on connections that it keeps, in a thread of its own.
pub(crate) struct Server {
    address: SocketAddr,
    pub(crate) ledger: Arc<Ledger>,
    _runtime: Runtime,
}

impl Server {
    pub(crate) fn start(plan: Plan, calls: usize) -> Self {
        let ledger = Arc::new(Ledger::new(plan, calls));
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listener = runtime.block_on(listener).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(accept(listener, Arc::clone(&ledger)));
        Self {
            address,
            ledger,
            _runtime: runtime,
        }
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.ledger.open.load(Ordering::SeqCst)
    }
}

async fn accept(listener: TcpListener, ledger: Arc<Ledger>) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        let number = ledger.connections.fetch_add(1, Ordering::SeqCst);
        socket.set_nodelay(true).unwrap();
        if ledger.plan.turns_away(number) {
            http1::reset(&socket).unwrap();
            continue;
        }
        ledger.open.fetch_add(1, Ordering::SeqCst);
        let ledger = Arc::clone(&ledger);
        tokio::spawn(async move {
            // The client reports how it ends.
            let _ = http1::serve(socket, &ledger).await;
            ledger.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}
