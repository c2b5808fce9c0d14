//! A server that follows a script.

mod connection;
mod exchange;
pub mod http2;
mod identity;
mod received;
mod stage;

use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};

use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

pub use self::exchange::{Exchange, Reads};
pub use self::identity::Identity;
pub use self::received::Received;
use self::stage::{Scene, Stage};

/// A server on a free port of this machine that follows a script, until it is dropped.
///
/// Each request takes the next [`Exchange`] of the script, whatever connection it arrives on. After the
/// last one, the status is 599.
///
/// ```
/// use intercom_transport_tests::{Exchange, Server};
///
/// let server = Server::start([
///     Exchange::reply(200, &[("x-request-id", "1")], "{}"),
///     Exchange::close_before_reply(),
/// ]);
/// assert!(server.url("/me").starts_with("http://127.0.0.1:"));
/// assert_eq!(server.requests(), []);
/// assert_eq!(server.connections(), 0);
/// ```
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    secured: Option<Secured>,
    stage: Arc<Stage>,
    listening: Option<JoinHandle<()>>,
}

/// A certificate, and the configuration that shows it.
#[derive(Debug, Clone)]
struct Secured {
    identity: Arc<Identity>,
    config: Arc<ServerConfig>,
}

impl Server {
    /// Starts a server without TLS.
    pub fn start(script: impl IntoIterator<Item = Exchange>) -> Self {
        Self::run(script, None)
    }

    /// Starts a server with TLS and its own [`certificate`](Self::certificate), for this machine and
    /// for `api.test`, a name that only a proxy resolves.
    pub fn start_tls(script: impl IntoIterator<Item = Exchange>) -> Self {
        Self::start_secured(script, None)
    }

    /// Like [`start_tls`](Self::start_tls), for clients that present this certificate.
    pub fn start_tls_demanding(
        client: &Identity,
        script: impl IntoIterator<Item = Exchange>,
    ) -> Self {
        Self::start_secured(script, Some(client))
    }

    fn start_secured(
        script: impl IntoIterator<Item = Exchange>,
        client: Option<&Identity>,
    ) -> Self {
        let identity = Identity::of(&["localhost", "127.0.0.1", "api.test"]);
        let (certificate, key) = identity.der();
        let key = PrivateKeyDer::Pkcs8(key.into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(Arc::clone(&provider))
            .with_safe_default_protocol_versions()
            .unwrap();
        let config = match client {
            None => config.with_no_client_auth(),
            Some(client) => {
                let mut roots = RootCertStore::empty();
                roots.add(client.der().0.into()).unwrap();
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider);
                config.with_client_cert_verifier(verifier.build().unwrap())
            }
        };
        let config = config
            .with_single_cert(vec![certificate.into()], key)
            .unwrap();
        let secured = Secured {
            identity: Arc::new(identity),
            config: Arc::new(config),
        };
        Self::run(script, Some(secured))
    }

    /// Starts another server with the same certificate.
    #[must_use]
    pub fn another(&self, script: impl IntoIterator<Item = Exchange>) -> Self {
        Self::run(script, self.secured.clone())
    }

    /// Starts another server with the same certificate that speaks only HTTP/2. It counts its requests
    /// and does not decode them.
    ///
    /// # Panics
    ///
    /// If this server has no certificate.
    #[must_use]
    pub fn another_http2(&self, script: impl IntoIterator<Item = Exchange>) -> Self {
        let mut secured = self.secured.clone().expect("has a certificate");
        Arc::make_mut(&mut secured.config).alpn_protocols = vec![b"h2".to_vec()];
        Self::run(script, Some(secured))
    }

    fn run(script: impl IntoIterator<Item = Exchange>, secured: Option<Secured>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let stage = Arc::new(Stage::default());
        stage.scene.lock().unwrap().script = script.into_iter().collect();
        let listening = thread::spawn({
            let stage = Arc::clone(&stage);
            let tls = secured.as_ref().map(|own| Arc::clone(&own.config));
            move || stage.listen(&listener, tls.as_ref())
        });
        Self {
            address,
            secured,
            stage,
            listening: Some(listening),
        }
    }

    /// The address that it listens on.
    #[must_use]
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of a path on the server.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        let scheme = if self.secured.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}{path}", self.address)
    }

    /// The certificate to trust, in DER.
    ///
    /// # Panics
    ///
    /// If the server was started without TLS.
    #[must_use]
    pub fn certificate(&self) -> Vec<u8> {
        self.identity().der().0
    }

    /// The certificate to trust, in PEM.
    ///
    /// # Panics
    ///
    /// If the server was started without TLS.
    #[must_use]
    pub fn certificate_pem(&self) -> Vec<u8> {
        self.identity().pem().0
    }

    fn identity(&self) -> &Identity {
        let secured = self.secured.as_ref();
        &secured
            .expect("the server was started without TLS")
            .identity
    }

    /// How many requests arrived so far, at least in part.
    #[must_use]
    pub fn begun(&self) -> usize {
        self.stage.scene.lock().unwrap().begun
    }

    /// The requests that were read to their end so far, in order.
    #[must_use]
    pub fn requests(&self) -> Vec<Received> {
        self.stage.scene.lock().unwrap().requests.clone()
    }

    /// How many connections were made so far.
    #[must_use]
    pub fn connections(&self) -> usize {
        self.stage.scene.lock().unwrap().sockets.len()
    }

    /// How many of the connections resumed the TLS session of an earlier one.
    #[must_use]
    pub fn resumed(&self) -> usize {
        self.stage.scene.lock().unwrap().resumed
    }

    /// Waits until this many connections have ended.
    pub fn wait_for_closed(&self, count: usize) {
        let scene = self.stage.scene.lock().unwrap();
        drop(
            self.stage
                .changed
                .wait_while(scene, |scene| scene.closed < count)
                .unwrap(),
        );
    }

    /// Makes the server send what an exchange keeps for this moment, and returns when it has.
    pub fn cue(&self) {
        let mut scene = self.stage.scene.lock().unwrap();
        scene.cues += 1;
        self.stage.changed.notify_all();
        let waiting = |scene: &mut Scene| scene.taken < scene.cues && !scene.over;
        drop(self.stage.changed.wait_while(scene, waiting).unwrap());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        {
            let mut scene = self.stage.scene.lock().unwrap();
            scene.over = true;
            for socket in scene.sockets.iter().flatten() {
                let _ = socket.shutdown(Shutdown::Both);
            }
        }
        self.stage.changed.notify_all();
        // Wakes the listener, which then sees that it is over.
        let _ = TcpStream::connect(self.address);
        if let Some(listening) = self.listening.take() {
            let _ = listening.join();
        }
    }
}
