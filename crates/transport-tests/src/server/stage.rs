//! What a server does with its connections.

use std::collections::VecDeque;
use std::io::{self, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

use rustls::ServerConfig;

use super::connection::Connection;
use super::exchange::{Exchange, Flow, Reads, Then};
use super::http2::{self, Came};
use super::received::Received;

/// How long the server waits for anything, so that a client without a deadline fails its test
/// instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(10);

#[derive(Debug, Default)]
pub(super) struct Stage {
    pub(super) scene: Mutex<Scene>,
    pub(super) changed: Condvar,
}

#[derive(Debug, Default)]
pub(super) struct Scene {
    pub(super) script: VecDeque<Exchange>,
    /// How many requests arrived, at least in part.
    pub(super) begun: usize,
    /// The requests that were read to their end.
    pub(super) requests: Vec<Received>,
    /// One for each connection that was ever made; `None` once it has ended.
    pub(super) sockets: Vec<Option<TcpStream>>,
    pub(super) closed: usize,
    pub(super) resumed: usize,
    /// How often the test gave a cue, and how often it was taken.
    pub(super) cues: usize,
    pub(super) taken: usize,
    pub(super) over: bool,
}

impl Stage {
    pub(super) fn listen(
        self: &Arc<Self>,
        listener: &TcpListener,
        tls: Option<&Arc<ServerConfig>>,
    ) {
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
