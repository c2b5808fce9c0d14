//! The server that plays a script.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::pki_types::PrivateKeyDer;
use rustls::server::WebPkiClientVerifier;
use rustls::{RootCertStore, ServerConfig};

use super::http2::{self, Came};
use super::play::{Flow, Play, Reads, Then};
use super::received::Received;
use super::wire::Wire;

/// How long the server waits for anything: a client that forgets its deadline fails its test, and
/// does not hang it.
const PATIENCE: Duration = Duration::from_secs(10);

/// A certificate that is its own root, with its key.
pub(crate) struct Identity(rcgen::CertifiedKey<rcgen::KeyPair>);

impl Identity {
    /// For these names.
    pub(crate) fn of(names: &[&str]) -> Self {
        let names: Vec<_> = names.iter().map(|&name| name.to_owned()).collect();
        Self(rcgen::generate_simple_self_signed(names).unwrap())
    }

    /// Certificate and key.
    pub(crate) fn pem(&self) -> (Vec<u8>, Vec<u8>) {
        let key = self.0.signing_key.serialize_pem();
        (self.0.cert.pem().into_bytes(), key.into_bytes())
    }

    /// Certificate and key.
    pub(crate) fn der(&self) -> (Vec<u8>, Vec<u8>) {
        (
            self.0.cert.der().to_vec(),
            self.0.signing_key.serialize_der(),
        )
    }
}

/// Listens on a free port of this machine until it is dropped.
///
/// Connections are served at the same time; each request takes the next play of the script. One
/// that comes after the last play is answered with status 599.
pub(crate) struct Server {
    address: SocketAddr,
    secured: Option<Secured>,
    stage: Arc<Stage>,
    listening: Option<JoinHandle<()>>,
}

/// A certificate, and what a server needs to show it.
#[derive(Clone)]
struct Secured {
    identity: Arc<Identity>,
    config: Arc<ServerConfig>,
}

#[derive(Default)]
struct Stage {
    scene: Mutex<Scene>,
    changed: Condvar,
}

#[derive(Default)]
struct Scene {
    script: VecDeque<Play>,
    /// How many requests began to come.
    begun: usize,
    /// Those that came whole.
    requests: Vec<Received>,
    /// One for each connection that was ever made, empty when it has ended.
    sockets: Vec<Option<TcpStream>>,
    closed: usize,
    resumed: usize,
    over: bool,
}

impl Server {
    /// Starts without TLS.
    pub(crate) fn start(script: impl IntoIterator<Item = Play>) -> Self {
        Self::run(script, None)
    }

    /// Starts with TLS and a certificate of its own, see [`certificate`](Self::certificate). It is
    /// for this machine, and for `api.test`, a name that only a proxy finds.
    pub(crate) fn start_tls(script: impl IntoIterator<Item = Play>) -> Self {
        Self::start_secured(script, None)
    }

    /// As [`start_tls`](Self::start_tls), for clients that show this certificate.
    pub(crate) fn start_tls_demanding(
        client: &Identity,
        script: impl IntoIterator<Item = Play>,
    ) -> Self {
        Self::start_secured(script, Some(client))
    }

    fn start_secured(script: impl IntoIterator<Item = Play>, client: Option<&Identity>) -> Self {
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

    /// Starts another server with TLS, which has the same certificate.
    pub(crate) fn another(&self, script: impl IntoIterator<Item = Play>) -> Self {
        Self::run(script, self.secured.clone())
    }

    /// Starts another server with the same certificate, which speaks HTTP/2 alone. Of its requests
    /// it can tell how many there were.
    pub(crate) fn another_http2(&self, script: impl IntoIterator<Item = Play>) -> Self {
        let mut secured = self.secured.clone().expect("has a certificate");
        Arc::make_mut(&mut secured.config).alpn_protocols = vec![b"h2".to_vec()];
        Self::run(script, Some(secured))
    }

    fn run(script: impl IntoIterator<Item = Play>, secured: Option<Secured>) -> Self {
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

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of this path on the server.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.secured.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}{path}", self.address)
    }

    /// The certificate (DER) to trust. Only a server with TLS has one.
    pub(crate) fn certificate(&self) -> Vec<u8> {
        self.identity().der().0
    }

    /// The same in PEM.
    pub(crate) fn certificate_pem(&self) -> Vec<u8> {
        self.identity().pem().0
    }

    fn identity(&self) -> &Identity {
        let secured = self.secured.as_ref();
        &secured
            .expect("the server was started without TLS")
            .identity
    }

    /// How many requests began to come so far, whether or not they were read to their end.
    pub(crate) fn begun(&self) -> usize {
        self.stage.scene.lock().unwrap().begun
    }

    /// The whole requests so far, in the order in which they came.
    pub(crate) fn requests(&self) -> Vec<Received> {
        self.stage.scene.lock().unwrap().requests.clone()
    }

    /// How many connections were made so far.
    pub(crate) fn connections(&self) -> usize {
        self.stage.scene.lock().unwrap().sockets.len()
    }

    /// How many of the connections resumed the TLS session of an earlier one.
    pub(crate) fn resumed(&self) -> usize {
        self.stage.scene.lock().unwrap().resumed
    }

    /// Comes back when this many connections have ended.
    pub(crate) fn wait_for_closed(&self, count: usize) {
        let scene = self.stage.scene.lock().unwrap();
        drop(
            self.stage
                .changed
                .wait_while(scene, |scene| scene.closed < count)
                .unwrap(),
        );
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
                // How a connection ends is what the tests look at, from the other side.
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
        let mut wire = Wire::new(socket, tls)?;
        if wire.handshake()? {
            self.scene.lock().unwrap().resumed += 1;
        }
        if wire.speaks_http2() {
            http2::begin(&mut wire)?;
            let (mut last, mut settled) = (0, false);
            loop {
                let (stream, mut whole) = match http2::next(&mut wire)? {
                    Came::Part(stream, whole) => (stream, whole),
                    Came::Settled => {
                        settled = true;
                        continue;
                    }
                };
                if stream <= last {
                    // The rest of a request that was answered early.
                    continue;
                }
                last = stream;
                let play = self.next_play();
                // A client that still has to answer to the settings learns of a reset by that, and may
                // not get to read what came before.
                while play.reads == Reads::All && !(whole && settled) {
                    match http2::next(&mut wire)? {
                        Came::Part(_, last) => whole |= last,
                        Came::Settled => settled = true,
                    }
                }
                if whole {
                    let mut scene = self.scene.lock().unwrap();
                    scene.requests.push(Received::default());
                }
                for frame in &play.frames {
                    wire.write_all(&frame.bytes(stream))?;
                }
                wire.flush()?;
                if !self.goes_on(play.then, &mut wire)? {
                    return Ok(());
                }
            }
        }
        let mut first = [0];
        while wire.read(&mut first)? > 0 {
            let play = self.next_play();
            let request = Received::read(first[0], &mut wire, play.reads)?;
            self.scene.lock().unwrap().requests.extend(request);
            self.write(&mut wire, &play)?;
            if !self.goes_on(play.then, &mut wire)? {
                return Ok(());
            }
        }
        Ok(())
    }

    /// What to do with a request that began to come.
    fn next_play(&self) -> Play {
        let mut scene = self.scene.lock().unwrap();
        scene.begun += 1;
        let play = scene.script.pop_front();
        play.unwrap_or_else(|| Play::reply(599, &[], "the script is at its end"))
    }

    /// Whether the connection takes another request.
    fn goes_on(&self, then: Then, wire: &mut Wire) -> io::Result<bool> {
        match then {
            Then::Keep => return Ok(true),
            Then::Close => wire.close()?,
            Then::CutOff => {}
            Then::Reset => wire.reset_on_drop()?,
            Then::Hang => {
                self.is_over_after(PATIENCE);
            }
        }
        Ok(false)
    }

    fn write(&self, wire: &mut Wire, play: &Play) -> io::Result<()> {
        let (at_once, piece, pause) = match play.flow {
            Flow::Trickle {
                at_once,
                piece,
                pause,
            } => (at_once, piece, pause),
            Flow::AtOnce | Flow::Endless(_) => (play.bytes.len(), 1, Duration::ZERO),
        };
        let (whole, trickled) = play.bytes.split_at(at_once);
        wire.write_all(whole)?;
        wire.flush()?;
        for bytes in trickled.chunks(piece) {
            if self.is_over_after(pause) {
                return Ok(());
            }
            wire.write_all(bytes)?;
            wire.flush()?;
        }
        while let Flow::Endless(bytes) = &play.flow {
            wire.write_all(bytes)?;
            wire.flush()?;
        }
        Ok(())
    }

    /// Waits so long, or until the server is dropped. True: it was.
    fn is_over_after(&self, limit: Duration) -> bool {
        let scene = self.scene.lock().unwrap();
        let waited = self
            .changed
            .wait_timeout_while(scene, limit, |scene| !scene.over);
        waited.unwrap().0.over
    }
}
