//! A server that does what the plan says.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::Ordering;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Runtime;
use tokio_rustls::TlsAcceptor;

use crate::plan::{Plan, Wire};
use crate::service::Ledger;
use crate::{http1, http2};

/// Serves on connections that it keeps, in a thread of its own.
pub(crate) struct Server {
    address: SocketAddr,
    wire: Wire,
    /// The certificate to trust, in DER.
    pub(crate) certificate: Vec<u8>,
    pub(crate) ledger: Arc<Ledger>,
    _runtime: Runtime,
}

impl Server {
    pub(crate) fn start(plan: Plan, calls: usize) -> Self {
        let ledger = Arc::new(Ledger::new(plan, calls));
        let (certificate, acceptor) = tls(plan.wire);
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .unwrap();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0));
        let listener = runtime.block_on(listener).unwrap();
        let address = listener.local_addr().unwrap();
        runtime.spawn(accept(listener, Arc::clone(&ledger), acceptor));
        Self {
            address,
            wire: plan.wire,
            certificate,
            ledger,
            _runtime: runtime,
        }
    }

    pub(crate) fn url(&self) -> String {
        let scheme = if self.wire == Wire::Plain {
            "http"
        } else {
            "https"
        };
        format!("{scheme}://{}", self.address)
    }

    /// How many connections are open.
    pub(crate) fn open(&self) -> usize {
        self.ledger.open.load(Ordering::SeqCst)
    }
}

/// A certificate for this machine, and what presents it.
fn tls(wire: Wire) -> (Vec<u8>, TlsAcceptor) {
    let own = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
    let key = PrivateKeyDer::Pkcs8(own.signing_key.serialize_der().into());
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![own.cert.der().clone()], key)
        .unwrap();
    if wire == Wire::Http2 {
        config.alpn_protocols.push(b"h2".to_vec());
    }
    config.alpn_protocols.push(b"http/1.1".to_vec());
    (own.cert.der().to_vec(), Arc::new(config).into())
}

async fn accept(listener: TcpListener, ledger: Arc<Ledger>, acceptor: TlsAcceptor) {
    loop {
        let (socket, _) = listener.accept().await.unwrap();
        let number = ledger.connections.fetch_add(1, Ordering::SeqCst);
        socket.set_nodelay(true).unwrap();
        if ledger.plan.turns_away(number) {
            http1::reset(&socket).unwrap();
            continue;
        }
        ledger.open.fetch_add(1, Ordering::SeqCst);
        let (ledger, acceptor) = (Arc::clone(&ledger), acceptor.clone());
        tokio::spawn(async move {
            serve(socket, &ledger, &acceptor).await;
            ledger.open.fetch_sub(1, Ordering::SeqCst);
        });
    }
}

/// Serves a connection. How it ends is the client's to report.
async fn serve(socket: TcpStream, ledger: &Arc<Ledger>, acceptor: &TlsAcceptor) {
    if ledger.plan.wire == Wire::Plain {
        let _ = http1::serve(socket, ledger).await;
        return;
    }
    let Ok(socket) = acceptor.accept(socket).await else {
        return;
    };
    if socket.get_ref().1.alpn_protocol() == Some(b"h2") {
        let _ = http2::serve(socket, ledger).await;
    } else {
        let _ = http1::serve(socket, ledger).await;
    }
}
