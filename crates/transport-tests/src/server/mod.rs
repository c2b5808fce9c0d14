//! A server that follows a script.

mod connection;
mod exchange;
pub mod http2;
mod identity;
mod received;

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use self::connection::Connection;
pub use self::exchange::{Exchange, Reads};
use self::exchange::{Flow, Then};
use self::http2::Came;
pub use self::identity::Identity;
pub use self::received::Received;

/// How long the server waits for anything, so that a client without a deadline fails its test
/// instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(10);

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

#[derive(Debug, Default)]
struct Stage {
    scene: Mutex<Scene>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Scene {
    script: VecDeque<Exchange>,
    /// How many requests arrived, at least in part.
    begun: usize,
    /// Those that were read to their end.
    requests: Vec<Received>,
    /// One for each connection that was ever made; `None` once it has ended.
    sockets: Vec<Option<TcpStream>>,
    closed: usize,
    resumed: usize,
    /// How often the test gave a cue, and how often it was taken.
    cues: usize,
    taken: usize,
    over: bool,
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

impl Stage {
    fn listen(self: &Arc<Self>, listener: &TcpListener, tls: Option<&Arc<ServerConfig>>) {
        let mut serving = Vec::new();
        while let Ok((socket, _)) = listener.accept() {
            let number = {
                let mut scene = self.scene.lock().unwrap();
                if scene.over {
                    break;
                }
                scene.sockets.push(Some(socket.try_clone().unwrap()));
                scene.sockets.len() - 1
            };
            let (stage, tls) = (Arc::clone(self), tls.cloned());
            serving.push(thread::spawn(move || {
                // The tests look at how a connection ends, from the other side.
                let _ = stage.serve(socket, tls);
                let mut scene = stage.scene.lock().unwrap();
                // The system closes a socket with its last handle.
                scene.sockets[number] = None;
                scene.closed += 1;
                drop(scene);
                stage.changed.notify_all();
            }));
        }
        for thread in serving {
            let _ = thread.join();
        }
    }

    fn serve(&self, socket: TcpStream, tls: Option<Arc<ServerConfig>>) -> io::Result<()> {
        socket.set_nodelay(true)?;
        socket.set_read_timeout(Some(PATIENCE))?;
        let mut connection = Connection::new(socket, tls)?;
        if connection.handshake()? {
            self.scene.lock().unwrap().resumed += 1;
        }
        if connection.speaks_http2() {
            http2::begin(&mut connection)?;
            let (mut last, mut settled) = (0, false);
            loop {
                let (stream, mut whole) = match http2::next(&mut connection)? {
                    Came::Part(stream, whole) => (stream, whole),
                    Came::Settled => {
                        settled = true;
                        continue;
                    }
                };
                if stream <= last {
                    // The rest of a request that has its response.
                    continue;
                }
                last = stream;
                let exchange = self.next_exchange();
                // A client that has not acknowledged the settings learns of a reset when it does, and
                // may not read what was sent before.
                while exchange.reads == Reads::All && !(whole && settled) {
                    match http2::next(&mut connection)? {
                        Came::Part(_, last) => whole |= last,
                        Came::Settled => settled = true,
                    }
                }
                if whole {
                    let mut scene = self.scene.lock().unwrap();
                    scene.requests.push(Received::default());
                }
                for frame in &exchange.frames {
                    connection.write_all(&frame.bytes(stream))?;
                }
                connection.flush()?;
                if !self.goes_on(&exchange.then, &mut connection)? {
                    return Ok(());
                }
            }
        }
        let mut first = [0];
        while connection.read(&mut first)? > 0 {
            let exchange = self.next_exchange();
            let request = Received::read(first[0], &mut connection, exchange.reads)?;
            self.scene.lock().unwrap().requests.extend(request);
            self.write(&mut connection, &exchange)?;
            if !self.goes_on(&exchange.then, &mut connection)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// Takes the next exchange of the script.
    fn next_exchange(&self) -> Exchange {
        let mut scene = self.scene.lock().unwrap();
        scene.begun += 1;
        let exchange = scene.script.pop_front();
        exchange.unwrap_or_else(|| Exchange::reply(599, &[], "the script is at its end"))
    }

    /// Whether the connection takes another request.
    fn goes_on(&self, then: &Then, connection: &mut Connection) -> io::Result<bool> {
        match then {
            Then::Keep => return Ok(true),
            Then::OnCue(bytes) => {
                let scene = self.scene.lock().unwrap();
                let waiting = |scene: &mut Scene| scene.cues == scene.taken && !scene.over;
                drop(self.changed.wait_while(scene, waiting).unwrap());
                connection.write_all(bytes)?;
                connection.flush()?;
                self.scene.lock().unwrap().taken += 1;
                self.changed.notify_all();
                return Ok(true);
            }
            Then::Close => connection.close()?,
            Then::CutOff => {}
            Then::Reset => connection.reset_on_drop()?,
            Then::Hang => {
                self.is_over_after(PATIENCE);
            }
        }
        Ok(false)
    }

    fn write(&self, connection: &mut Connection, exchange: &Exchange) -> io::Result<()> {
        let (at_once, piece, pause) = match exchange.flow {
            Flow::Trickle {
                at_once,
                piece,
                pause,
            } => (at_once, piece, pause),
            Flow::AtOnce | Flow::Endless(_) => (exchange.bytes.len(), 1, Duration::ZERO),
        };
        let (whole, trickled) = exchange.bytes.split_at(at_once);
        connection.write_all(whole)?;
        connection.flush()?;
        for bytes in trickled.chunks(piece) {
            if self.is_over_after(pause) {
                return Ok(());
            }
            connection.write_all(bytes)?;
            connection.flush()?;
        }
        while let Flow::Endless(bytes) = &exchange.flow {
            connection.write_all(bytes)?;
            connection.flush()?;
        }
        Ok(())
    }

    /// Waits, at most until the server is dropped. Returns whether it was.
    fn is_over_after(&self, limit: Duration) -> bool {
        let scene = self.scene.lock().unwrap();
        let waited = self
            .changed
            .wait_timeout_while(scene, limit, |scene| !scene.over);
        waited.unwrap().0.over
    }
}
