//! The server that plays a script.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{Ipv4Addr, Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use rustls::ServerConfig;
use rustls::pki_types::PrivateKeyDer;

use super::http2;
use super::play::{Flow, Play, Reads, Then};
use super::received::Received;
use super::wire::Wire;

/// How long the server waits for anything: a client that forgets its deadline fails its test, and
/// does not hang it.
const PATIENCE: Duration = Duration::from_secs(10);

/// Listens on a free port of this machine until it is dropped.
///
/// Connections are served at the same time; each request takes the next play of the script. One
/// that comes after the last play is answered with status 599.
pub(crate) struct Server {
    address: SocketAddr,
    identity: Option<Identity>,
    stage: Arc<Stage>,
    listening: Option<JoinHandle<()>>,
}

/// A certificate (DER), and what a server needs to show it.
#[derive(Clone)]
struct Identity {
    certificate: Vec<u8>,
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

    /// Starts with TLS and a certificate of its own, see [`certificate`](Self::certificate).
    pub(crate) fn start_tls(script: impl IntoIterator<Item = Play>) -> Self {
        let names = ["localhost".to_owned(), "127.0.0.1".to_owned()];
        let own = rcgen::generate_simple_self_signed(names).unwrap();
        let key = PrivateKeyDer::Pkcs8(own.signing_key.serialize_der().into());
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![own.cert.der().clone()], key)
            .unwrap();
        let identity = Identity {
            certificate: own.cert.der().to_vec(),
            config: Arc::new(config),
        };
        Self::run(script, Some(identity))
    }

    /// Starts another server with TLS, which has the same certificate.
    pub(crate) fn another(&self, script: impl IntoIterator<Item = Play>) -> Self {
        Self::run(script, self.identity.clone())
    }

    /// Starts another server with the same certificate, which speaks HTTP/2 alone. Of its requests
    /// it can tell how many there were.
    pub(crate) fn another_http2(&self, script: impl IntoIterator<Item = Play>) -> Self {
        let mut identity = self.identity.clone().expect("has a certificate");
        Arc::make_mut(&mut identity.config).alpn_protocols = vec![b"h2".to_vec()];
        Self::run(script, Some(identity))
    }

    fn run(script: impl IntoIterator<Item = Play>, identity: Option<Identity>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        let stage = Arc::new(Stage::default());
        stage.scene.lock().unwrap().script = script.into_iter().collect();
        let listening = thread::spawn({
            let stage = Arc::clone(&stage);
            let tls = identity.as_ref().map(|own| Arc::clone(&own.config));
            move || stage.listen(&listener, tls.as_ref())
        });
        Self {
            address,
            identity,
            stage,
            listening: Some(listening),
        }
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// The URL of this path on the server.
    pub(crate) fn url(&self, path: &str) -> String {
        let scheme = if self.identity.is_some() {
            "https"
        } else {
            "http"
        };
        format!("{scheme}://{}{path}", self.address)
    }

    /// The certificate (DER) to trust. Only a server with TLS has one.
    pub(crate) fn certificate(&self) -> Vec<u8> {
        let identity = self.identity.as_ref();
        let identity = identity.expect("the server was started without TLS");
        identity.certificate.clone()
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
            let mut last = 0;
            loop {
                let (stream, mut whole) = http2::part(&mut wire)?;
                if stream <= last {
                    // The rest of a request that was answered early.
                    continue;
                }
                last = stream;
                let play = self.next_play();
                while play.reads == Reads::All && !whole {
                    whole = http2::part(&mut wire)?.1;
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
            write(&mut wire, &play)?;
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
                let scene = self.scene.lock().unwrap();
                let over = self
                    .changed
                    .wait_timeout_while(scene, PATIENCE, |scene| !scene.over);
                drop(over.unwrap());
            }
        }
        Ok(false)
    }
}

fn write(wire: &mut Wire, play: &Play) -> io::Result<()> {
    let (piece, pause) = match play.flow {
        Flow::Trickle(piece, pause) => (piece, pause),
        Flow::AtOnce | Flow::Endless(_) => (usize::MAX, Duration::ZERO),
    };
    for bytes in play.bytes.chunks(piece) {
        wire.write_all(bytes)?;
        wire.flush()?;
        thread::sleep(pause);
    }
    while let Flow::Endless(bytes) = &play.flow {
        wire.write_all(bytes)?;
        wire.flush()?;
    }
    Ok(())
}
